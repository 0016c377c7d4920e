"""What was measured, as bench.json and as a page with a picture."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from adminduk.basis.paths import Paths
from adminduk.bench.rounds import AT_ONCE, QUICK, Measured, Plan, measure, project
from adminduk.present import theme

_PACKAGES = (
    "papermill",
    "nbclient",
    "nbconvert",
    "ipykernel",
    "IPython",
    "pandas",
    "matplotlib",
    "typst",
    "pypandoc-binary",
)
_PROGRAMS = {"xelatex": "xelatex --version", "chromium": "chromium --version", "quarto": "quarto --version"}
_NAMES = {
    "floor": "floor: a warm plain function, and Typst",
    "batch": "batch: `make packs`, reports only",
    "xelatex": "papermill, `nbconvert --to pdf` (xelatex)",
    "webpdf": "papermill, `nbconvert --to webpdf` (chromium)",
    "quarto": "`quarto render --execute`",
    "cold": "one report, cold: `make report`",
    "xelatex_cold": "one report, papermill and xelatex",
    "unchanged": "`make packs` when nothing changed",
}
_BATCHES = ("floor", "batch", "xelatex", "webpdf", "quarto")
_SLOWEST = 12
_FOOT_MM = 13  # of the picture: the scale and what it counts
_INTRODUCTION = """`make bench` measures this and writes this page, `benchmarks.svg` and `outputs/bench/bench.json`.
{machine}; {rounds} rounds, in each of them every way once, one after the other: a machine that is busy with other
things is so for all of them, and ratios hold better than seconds. {at_once} at a time. What is printed is the briefing
(`capaian_wilayah`) of regencies of the simulated edition."""
_SAME_WORK = """`lib/adminduk/bench/floor.py` runs the notebook's own cells in a plain function of a warm process and
prints what they display, with the batch's exporter and PDF standard, and the picture of page 1. Before anything is
measured its PDFs and pictures are held against the batch's: they must be the same bytes. One report alone, median of
the regencies:"""
_IMPORTED = """`python -X importtime -c 'import adminduk.cli'`, each with what it imports itself; the rest waits until
it is needed."""


def write(paths: Paths, quick: bool, tell: Callable[[str], None]) -> list[Path]:
    """Measure and write; the files that were written. The quick form keeps its page beside its figures."""
    with project(paths) as own:
        measured = measure(own, QUICK if quick else Plan(), tell)
    paths.bench.mkdir(parents=True, exist_ok=True)
    docs = paths.bench if quick else paths.docs
    told = _told(measured)
    contents = {
        paths.bench / "bench.json": json.dumps(told, indent=1) + "\n",
        docs / "benchmarks.svg": _picture(measured),
        docs / "benchmarks.md": "\n".join(_page(measured, told)) + "\n",
    }
    for path, content in contents.items():
        path.write_text(content, encoding="utf-8", newline="\n")
    return list(contents)


def _told(measured: Measured) -> dict[str, Any]:
    return {
        "machine": _machine(),
        "versions": _versions(),
        "engine": os.environ.get("ADMINDUK_ENGINE", ""),
        "rounds": measured.plan.rounds,
        "at_once": AT_ONCE,
        "runs": {name: {"reports": run.reports, "seconds": run.seconds} for name, run in measured.runs.items()},
        "ratios": {
            "share_of_floor": measured.ratio("floor", "batch"),
            "vs_xelatex": measured.ratio("xelatex", "batch"),
            "vs_webpdf": measured.ratio("webpdf", "batch"),
            "vs_quarto": measured.ratio("quarto", "batch"),
            "cold_of_xelatex": measured.ratio("cold", "xelatex_cold"),
        },
        "steps": measured.steps,
        "imports": _imports("adminduk.cli"),
    }


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), **{name: metadata.version(name) for name in _PACKAGES}}
    for name, command in _PROGRAMS.items():
        if shutil.which(name):
            told = subprocess.run(command.split(), capture_output=True, text=True, check=False)
            found[name] = told.stdout.strip().partition("\n")[0]
    return found


def _imports(module: str) -> dict[str, float]:
    """The slowest packages that importing ``module`` imports, each with what it imports itself, in seconds."""
    command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    rows = [line.removeprefix("import time:").split("|") for line in told.splitlines()[1:]]
    seconds = {name.strip(): int(whole) / 1e6 for _, whole, name in rows}
    return dict(sorted(seconds.items(), key=lambda row: -row[1])[:_SLOWEST])


def _page(measured: Measured, told: dict[str, Any]) -> Iterator[str]:
    plan, ratios = measured.plan, told["ratios"]
    yield "# How fast reports are printed"
    yield ""
    yield _INTRODUCTION.format(machine=told["machine"], rounds=plan.rounds, at_once=AT_ONCE)
    yield ""
    yield "![Reports per minute](benchmarks.svg)"
    yield ""
    yield from _table(measured)
    yield ""
    yield from _ratios(ratios)
    yield ""
    yield from _floor(measured)
    yield ""
    yield "## What the command line imports before it knows what to do"
    yield ""
    yield _IMPORTED
    yield ""
    yield "| module | ms |"
    yield "|---|---|"
    yield from (f"| `{name}` | {1000 * seconds:.0f} |" for name, seconds in told["imports"].items())
    yield ""
    yield "## Versions"
    yield ""
    yield ", ".join(f"{name} {version}" for name, version in told["versions"].items()) + "."


def _table(measured: Measured) -> Iterator[str]:
    yield "| way | reports in a round | seconds (median, shortest to longest) | per minute |"
    yield "|---|---|---|---|"
    for name, run in measured.runs.items():
        low, middle, high = min(run.seconds), run.each * run.reports, max(run.seconds)
        rate = f"{60 / run.each:.1f}" if name in _BATCHES else ""
        yield f"| {_NAMES[name]} | {run.reports} | {middle:.1f} ({low:.1f} to {high:.1f}) | {rate} |"


def _ratios(ratios: dict[str, float | None]) -> Iterator[str]:
    texts = {
        "share_of_floor": "of the floor's speed",
        "vs_xelatex": "times as fast as the xelatex chain",
        "vs_webpdf": "times as fast as the webpdf chain",
        "vs_quarto": "times as fast as quarto",
        "cold_of_xelatex": "of the time of one xelatex chain, for one report, cold",
    }
    yield "| ratio | |"
    yield "|---|---|"
    for name, text in texts.items():
        value = ratios[name]
        yield f"| `{name}` | {'not measured: the program is absent' if value is None else f'{value:.2f} {text}'} |"


def _floor(measured: Measured) -> Iterator[str]:
    whole = sum(measured.steps.values())
    yield "## The floor, and where its time goes"
    yield ""
    yield _SAME_WORK
    yield ""
    yield "| step | ms | share |"
    yield "|---|---|---|"
    for step, seconds in measured.steps.items():
        yield f"| `{step}` | {1000 * seconds:.0f} | {100 * seconds / whole:.0f} % |"
    yield f"| whole | {1000 * whole:.0f} | |"


def _picture(measured: Measured) -> str:
    """Bars of reports per minute, the fastest on top."""
    rates = {_NAMES[name].replace("`", ""): 60 / run.each for name, run in measured.runs.items() if name in _BATCHES}
    with theme.style():
        tall = _FOOT_MM + 9 * len(rates)
        drawing = Figure(figsize=(170 * theme.MM, tall * theme.MM))
        axes = drawing.add_axes((0.42, _FOOT_MM / tall, 0.5, 1 - _FOOT_MM / tall))
        axes.barh(range(len(rates)), list(rates.values()), color=theme.ACCENT, height=0.55)
        axes.set_yticks(range(len(rates)), list(rates))
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("reports per minute")
        for place, rate in enumerate(rates.values()):
            axes.annotate(f"{rate:.0f}", (rate, place), (3, 0), textcoords="offset points", va="center")
        return theme.to_svg(drawing)
