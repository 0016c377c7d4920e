"""The plain tool chains, as one would type them: the same notebook, the same environment, processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.publish.markdown import program
from adminduk.publish.plan import Job

_PYTHON = [sys.executable, "-m"]
_MAIN = [sys.executable, "-c", "from adminduk.cli import main; main()"]


class ChainError(RuntimeError):
    """A tool of a chain failed; with the end of what it said."""


def present(browsers: Path) -> dict[str, Callable[[Paths, Job, Path], None]]:
    """The chains whose programs are on PATH; ``browsers`` is a folder that playwright may look into."""
    chains: dict[str, Callable[[Paths, Job, Path], None]] = {}
    if shutil.which("xelatex"):
        chains["xelatex"] = xelatex
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser and _offer(browser, browsers):
        os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(browsers)
        chains["webpdf"] = _webpdf
    if shutil.which("quarto"):
        chains["quarto"] = _quarto
    return chains


def each(
    chain: Callable[[Paths, Job, Path], None], paths: Paths, jobs: Sequence[Job], work: Path, at_once: int
) -> None:
    """Run a chain for every job, ``at_once`` side by side, each in a folder of its own."""
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(lambda job: chain(paths, job, _fresh(work / job.stem)), jobs))


def cold(paths: Paths, job: Job, work: Path) -> None:
    """One report of ours as the analyst asks for it: the command, from nothing."""
    asked = ["--region", job.region.code, "--period", job.period.key, "--data", job.data]
    _call([*_MAIN, "report", *asked], paths, _fresh(work))


def packs(paths: Paths, job: Job, work: Path) -> None:
    """The edition of the job's period and dataset; when nothing changed since the last time this only says so."""
    _call([*_MAIN, "packs", "--period", job.period.key, "--data", job.data], paths, _fresh(work))


def xelatex(paths: Paths, job: Job, work: Path) -> None:
    _execute(paths, job, work)
    _call([*_PYTHON, "nbconvert", "--to", "pdf", "laporan.ipynb"], paths, work)


def _webpdf(paths: Paths, job: Job, work: Path) -> None:
    _execute(paths, job, work)
    options = ["--disable-chromium-sandbox"]  # a browser started by root, as in a container, has none
    _call([*_PYTHON, "nbconvert", "--to", "webpdf", *options, "laporan.ipynb"], paths, work)


def _quarto(paths: Paths, job: Job, work: Path) -> None:
    shutil.copy(paths.notebook(job.notebook), work / "laporan.ipynb")
    given = [part for name, value in job.parameters.items() for part in ("-P", f"{name}:'{value}'")]
    _call(["quarto", "render", "laporan.ipynb", "--execute", "--to", "typst", *given], paths, work)


def _execute(paths: Paths, job: Job, work: Path) -> None:
    # -r: as text; papermill reads a code such as 64.02 as a number otherwise.
    given = [part for name, value in job.parameters.items() for part in ("-r", name, value)]
    notebook = str(paths.notebook(job.notebook))
    _call([*_PYTHON, "papermill", "-k", "python3", "--no-progress-bar", *given, notebook, "laporan.ipynb"], paths, work)


def _call(command: Sequence[str], paths: Paths, work: Path) -> None:
    search = os.pathsep.join([str(Path(sys.executable).parent), str(Path(program()).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": search, ROOT_VARIABLE: str(paths.root), "JUPYTER_PREFER_ENV_PATH": "1"}
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ChainError(f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _offer(browser: str, folder: Path) -> bool:
    """Put the system's browser where playwright looks for its own: nothing is downloaded."""
    command = [*_PYTHON, "playwright", "install", "--dry-run", "chromium"]
    told = subprocess.run(command, capture_output=True, text=True, check=False,
                          env={**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(folder)})  # fmt: skip
    places = [Path(line.split(":", 1)[1].strip()) for line in told.stdout.splitlines() if "Install location" in line]
    inside = {"chromium": "chrome-linux64/chrome"}
    inside["chromium_headless_shell"] = "chrome-headless-shell-linux64/chrome-headless-shell"
    for place in places:
        name = place.name.rpartition("-")[0]
        if name in inside:
            (place / inside[name]).parent.mkdir(parents=True, exist_ok=True)
            (place / inside[name]).symlink_to(browser)
    return bool(places)
