"""Quarto, where it is installed: the executed notebook as PDF by its road, with our page. It never executes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from adminduk.basis.errors import Problem, RenderError
from adminduk.publish.compiler import TEMPLATES, font_folders
from adminduk.publish.plan import Job

LEAST = (1, 4)
PROJECT = "_quarto.yml"
PARTIALS = TEMPLATES / "quarto"
SECONDS = 300
_FILES = ("typst-template.typ", "typst-show.typ")
_FILTER = "naskah.lua"
_HOW = (
    "pasang lewat conda (conda env create -f environment.yml) atau dengan pemasang dari quarto.org; atau cetak tanpa "
    "ENGINE=quarto"
)


def find_quarto() -> str:
    """The path of the program; RenderError where there is none, or one too old to know Typst."""
    wanted = f"Quarto {'.'.join(map(str, LEAST))} atau lebih baru di PATH"
    program = shutil.which("quarto")
    if program is None:
        raise RenderError(Problem("ENGINE=quarto", "Quarto tidak terpasang", wanted, _HOW))
    answer = _run([program, "--version"], Path.cwd(), os.environ)
    found = re.match(r"\s*(\d+)\.(\d+)", answer)
    if found is None or (int(found[1]), int(found[2])) < LEAST:
        told = answer.strip().splitlines()[0] if answer.strip() else "tanpa versi"
        raise RenderError(Problem("ENGINE=quarto", f"Quarto yang terpasang: {told}", wanted, _HOW))
    return program


def render(program: str, notebook: Path, job: Job) -> Path:
    """The PDF of an executed notebook beside it, under the name of the job and ``_quarto``; whole or not at all."""
    path = notebook.with_name(f"{job.stem}_quarto.pdf")
    with tempfile.TemporaryDirectory(prefix="quarto-") as folder:
        work = Path(folder)
        shutil.copy(notebook, work / "naskah.ipynb")
        shutil.copytree(PARTIALS, work / "templat")
        (work / PROJECT).write_text(written(settings("templat")), encoding="utf-8")
        _run(command(program, "naskah.ipynb"), work, environment(job))
        made = work / "naskah.pdf"
        if not made.is_file():
            raise RenderError(Problem(str(job), "Quarto selesai tanpa menulis PDF", "satu PDF", "jalankan lagi"))
        hidden = path.with_name(f".{path.name}")
        shutil.copy(made, hidden)
        os.replace(hidden, path)
    return path


def command(program: str, notebook: str) -> list[str]:
    """Parameters are not given: without execution Quarto ignores them, with it it rewrites the notebook."""
    return [program, "render", notebook, "--to", "typst", "--no-execute"]


def settings(folder: str) -> dict[str, Any]:
    """What ``_quarto.yml`` says; ``folder`` holds the partials, as seen from it."""
    typst = {
        "papersize": "a4",
        "template-partials": [f"{folder}/{name}" for name in _FILES],
        "pdf-standard": "ua-1",
    }
    return {
        "project": {"type": "default"},
        "lang": "id",
        "execute": {"enabled": False, "echo": False, "warning": False},
        "filters": [f"{folder}/{_FILTER}"],
        "format": {"typst": typst},
    }


def written(content: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True)


def environment(job: Job) -> dict[str, str]:
    """For Quarto's Typst: our fonts, and the period's day as the time of making."""
    day = datetime(job.period.as_of.year, job.period.as_of.month, job.period.as_of.day, tzinfo=UTC)
    return {
        **os.environ,
        "TYPST_FONT_PATHS": os.pathsep.join(map(str, font_folders())),
        "SOURCE_DATE_EPOCH": str(int(day.timestamp())),
        "QUARTO_PYTHON": sys.executable,
    }


def _run(words: list[str], folder: Path, variables: Mapping[str, str]) -> str:
    """What the program says; RenderError with its last lines when it fails, hangs or does not start."""
    try:
        done = subprocess.run(
            words, cwd=folder, env=dict(variables), capture_output=True, text=True, errors="replace", timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise RenderError(_failed(f"lebih lama dari {SECONDS} detik")) from None
    except OSError as error:
        raise RenderError(_failed(f"tidak dapat dijalankan ({error.strerror})")) from None
    if done.returncode:
        last = "; ".join(line.strip() for line in done.stderr.strip().splitlines()[-3:])
        raise RenderError(_failed(f"berhenti dengan kode {done.returncode}: {last}"))
    return done.stdout


def _failed(what: str) -> Problem:
    return Problem("Quarto", what, "PDF dari notebook yang sudah dijalankan", "periksa dengan quarto check")
