"""Where a process cannot fork, or must not, the stock kernel runs: tried in an interpreter that lacks it."""

from __future__ import annotations

import os
import subprocess
import sys

import nbformat
import pytest

from adminduk.basis.paths import ROOT_VARIABLE

NO_FORK = "import os\ndel os.fork, os.forkpty, os.register_at_fork"
SETTING = "import os, sys\n{}\nfrom adminduk.publish.engine.setting import engine\nprint(engine())"
REPORT = "import sys\nsys.argv[1:] = ['report', '--region', 'Balikpapan']\nfrom adminduk.cli import main\nmain()"
POOL = """
from adminduk.publish.pool import Processes
with Processes(2) as crew:
    print([crew.submit(str.upper, word).result() for word in 'ab'])
"""


@pytest.fixture
def interpreter(cloned, tmp_path):
    """``interpreter(change, code)``: what the code prints in an interpreter that begins with this change."""
    project, start = cloned(tmp_path / "proyek"), tmp_path / "awal"
    start.mkdir()

    def run(change, code, **settings):
        (start / "sitecustomize.py").write_text(change)
        named = {"PYTHONPATH": str(start), ROOT_VARIABLE: str(project.root), "ADMINDUK_ENGINE": ""} | settings
        command = [sys.executable, "-c", code]
        ended = subprocess.run(command, env=os.environ | named, capture_output=True, text=True, timeout=300)
        return ended.returncode, ended.stdout, ended.stderr, project

    return run


def test_a_report_is_printed_without_fork(interpreter):
    code, told, errors, project = interpreter(NO_FORK, REPORT)
    assert code == 0, errors
    assert ".pdf selesai" in told
    [made] = (project.root / "outputs").rglob("*.ipynb")
    cells = [cell for cell in nbformat.read(made, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


def test_the_pool_works_without_fork(interpreter):
    code, told, errors, _ = interpreter(NO_FORK, POOL)
    assert (code, told, errors) == (0, "['A', 'B']\n", "")


@pytest.mark.parametrize("lack", ["del os.fork", "sys.platform = 'darwin'", "sys.platform = 'win32'"])
def test_only_the_stock_kernel_can_be_chosen(interpreter, lack):
    assert interpreter("", SETTING.format(lack))[1] == "kernel\n"
    code, _, errors, _ = interpreter("", SETTING.format(lack), ADMINDUK_ENGINE="fork")
    assert code == 1 and "ParameterError" in errors and "berisi 'fork'" in errors


def test_linux_forks(interpreter):
    assert interpreter("", SETTING.format(""))[1] == "fork\n"
