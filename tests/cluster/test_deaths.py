"""Whoever of a run is killed: nothing is left running, and the run, or the next one, goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from quick_packs import PERIOD, quick, silent, write_notebook

from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.publish.edition import make_packs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
DATA = "published"
PROGRAM = [sys.executable, "-c", "from adminduk.cli import main; main()", "packs", "--data", DATA]
SECONDS = 120


@pytest.fixture
def started(tmp_path) -> Path:
    """A folder in which each kernel that runs a cell leaves its number."""
    place = tmp_path / "berjalan"
    place.mkdir()
    return place


@pytest.fixture
def project(small, started, tmp_path) -> Paths:
    paths = quick(small, tmp_path / "proyek")
    # Slow enough to be met at work.
    slow = f'import os, time; open(os.path.join("{started}", str(os.getpid())), "w").close(); time.sleep(2)'
    write_notebook(paths, slow, 'report.sentence("pesan")', 'report.table("ringkasan")')
    return paths


@pytest.fixture
def running(project):
    """A run of a few reports at a time, each in the stock kernel."""
    environment = {**os.environ, ROOT_VARIABLE: str(project.root), "ADMINDUK_ENGINE": "kernel"}
    process = psutil.Popen(PROGRAM, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield process
    for each in [*family(process), process]:
        if each.is_running():
            each.kill()
    process.wait()


def family(process: psutil.Process) -> list[psutil.Process]:
    return process.children(recursive=True) if process.is_running() else []


def executing(started: Path) -> tuple[psutil.Process, psutil.Process]:
    """A worker, and the kernel under it that runs a cell; waits for them."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if numbers := [int(path.name) for path in started.iterdir()]:
            kernel = psutil.Process(numbers[0])
            return kernel.parent(), kernel
        time.sleep(0.05)
    raise AssertionError("no notebook was executed")


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def test_a_killed_program_leaves_nobody_behind(project, started, running):
    executing(started)
    others = family(running)
    running.kill()
    running.wait()
    until = time.monotonic() + 10
    while alive(others) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive(others) == []
    assert make_packs(project, PERIOD, DATA, silent).manifest.complete


def test_a_killed_worker_costs_no_report(started, running):
    worker, kernel = executing(started)
    worker.kill()
    told, wrong = running.communicate()
    assert running.returncode == 0, wrong
    assert "GAGAL" not in told and alive([kernel]) == []


def test_a_killed_kernel_is_named_with_its_cell_and_the_next_run_prints_it(project, started, running):
    executing(started)[1].kill()
    told, wrong = running.communicate()
    assert running.returncode == 12, wrong
    assert told.count("GAGAL") == 1 and "sel " in told
    made = make_packs(project, PERIOD, DATA, silent)
    assert made.manifest.complete and len(made.reports) == 1
