"""A kernel that hangs, crashes, eats memory or is killed: noticed, named, and nothing of it is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from engines import chosen, execute, notebook
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from adminduk.basis.errors import ParameterError
from adminduk.publish.engine import prepared
from adminduk.publish.engine.setting import engine
from adminduk.publish.plan import plan
from adminduk.publish.run import build

IN_C = "import ctypes\nctypes.CDLL(None).pause()"
DEATHS = {
    "os._exit": ("import os\nos._exit(3)", "kode 3"),
    "segfault": ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
    "kill": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
    "abort": ("import os\nos.abort()", "SIGABRT"),
}
LONG = str(9_000_000 + os.getpid())  # seconds: other tests at the same time sleep as well
LEFT = f"import subprocess\nleft = [subprocess.Popen(['sleep', '{LONG}'], start_new_session=new) for new in (0, 1)]\n"


def outputs(executed):
    return [cell.outputs for cell in executed.cells]


def value(executed, number):
    return executed.cells[number].outputs[0]["data"]["text/plain"]


def gone(number, seconds=1.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if psutil.Process(number).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def sleepers():
    return [process for process in psutil.process_iter(["cmdline"]) if process.info["cmdline"] == ["sleep", LONG]]


@pytest.mark.parametrize("source", [IN_C, "while True: pass", "import time\ntime.sleep(600)"])
def test_a_cell_that_takes_too_long_is_killed_with_all_it_started(tmp_path, source):
    with pytest.raises(CellTimeoutError):
        execute("fork", notebook([LEFT + source]), tmp_path, execution_timeout=1)
    assert sleepers() == []


@pytest.mark.parametrize("name", DEATHS)
def test_a_kernel_that_dies_says_how(tmp_path, name):
    source, told = DEATHS[name]
    with pytest.raises(DeadKernelError, match=told):
        execute("fork", notebook([LEFT, source]), tmp_path)
    assert sleepers() == []


def test_memory_has_a_limit(tmp_path):
    executed = execute("fork", notebook(["a = bytearray(5 * 1024**3)"], ["raises-exception"]), tmp_path)
    assert outputs(executed)[0][0]["ename"] == "MemoryError"


def test_nothing_is_left_of_a_notebook_that_ended_well(tmp_path):
    executed = execute("fork", notebook([LEFT + "left[0].pid"]), tmp_path)
    assert gone(int(value(executed, 0)))
    assert sleepers() == []


def test_exit_functions_run(tmp_path):
    told = tmp_path / "pamit"
    execute("fork", notebook([f"import atexit, pathlib\natexit.register(pathlib.Path({str(told)!r}).touch)"]), tmp_path)
    assert told.exists()


def test_no_report_sees_another(tmp_path):
    first = ["import os, sys, builtins, pandas, matplotlib", "pandas.set_option('display.max_rows', 7)",
             "matplotlib.rcParams['font.size'] = 7; os.environ['BEKAS'] = ''\nbuiltins.bekas = 1; sys.path.append('x')",
             "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"]  # fmt: skip
    execute("fork", notebook(first), tmp_path)
    second = ["import os, sys, builtins, pandas, matplotlib, threading",
              "pandas.get_option('display.max_rows'), matplotlib.rcParams['font.size'], os.environ.get('BEKAS'), "
              "hasattr(builtins, 'bekas'), 'x' in sys.path, os.listdir(), len(Out)"]  # fmt: skip
    executed = execute("fork", notebook(second), tmp_path)
    assert value(executed, 1) == "(500, 10.0, None, False, False, [], 0)"


def test_random_numbers_differ_between_reports(tmp_path):
    cells = ["import random, numpy, uuid", "random.random(), numpy.random.random(), uuid.uuid4()"]
    assert len({value(execute("fork", notebook(cells), tmp_path), 1) for _ in range(3)}) == 3


def test_a_prepared_process_that_was_killed_is_replaced(tmp_path):
    executed = execute("fork", notebook(["import os\nos.getppid()"]), tmp_path)
    keeper = int(value(executed, 0))
    assert gone(keeper)
    alive = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    ours = [child for child in alive if "adminduk.publish.engine.nursery" in child.cmdline()]
    for process in ours:
        process.kill()
    assert all(gone(process.pid) for process in ours)
    assert value(execute("fork", notebook(["40 + 2"]), tmp_path), 0) == "42"


PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from engines import execute, notebook
execute("fork", notebook([sys.argv[3]]), Path(sys.argv[2]))
"""
CELL = """
import os, subprocess, time
numbers = [os.getpid(), os.getppid(), subprocess.Popen(['sleep', '987654']).pid]
open({told!r}, 'w').write(' '.join(map(str, numbers)))
time.sleep(600)
"""


@pytest.mark.parametrize("victim", ["program", "kernel", "keeper"])
def test_kill_leaves_nothing_running_after_a_second(tmp_path, victim):
    told = tmp_path / "nomor"
    arguments = [os.path.dirname(__file__), str(tmp_path), CELL.format(told=str(told))]
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not (told.exists() and len(told.read_text().split()) == 3) and time.monotonic() < until:
        time.sleep(0.05)
    kernel, keeper, sleeper = map(int, told.read_text().split())
    os.kill({"program": program.pid, "kernel": kernel, "keeper": keeper}[victim], signal.SIGKILL)
    assert [gone(number) for number in (kernel, keeper, sleeper)] == [True] * 3
    assert program.wait(30) != 0


def test_a_failed_preload_is_told(tmp_path, monkeypatch):
    (tmp_path / "matplotlib").mkdir()
    (tmp_path / "matplotlib" / "__init__.py").write_text("raise ImportError('sengaja')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(prepared, "_asked", None)
    with pytest.raises(RuntimeError, match="sengaja"):
        prepared.Child().wait(60)


def test_another_word_for_an_engine_is_refused(paths):
    with chosen("garpu"), pytest.raises(ParameterError, match="fork atau kernel"):
        engine()


def test_a_report_names_the_cell_that_killed_the_kernel(cloned, tmp_path):
    paths = cloned(tmp_path / "proyek")
    source = paths.notebook("capaian_wilayah")
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace('"report"\n', '"import os; os._exit(3)"\n', 1), encoding="utf-8")
    with pytest.raises(Exception, match=r"sel 3 .*kernel berhenti sebelum selesai.*kode 3"):
        build(plan(paths, "64.71", "2024-11-12", "published"), paths)
