"""What runs in the prepared process: imports first, then forks; never a thread, never a notebook.

For each kernel the prepared process forks a keeper. The keeper forks the kernel, waits for it, kills what it leaves
behind and tells how it ended. It ends, and its kernel with it, when the one who asked for it is gone.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress

MEMORY_BYTES = 4 * 1024**3
# What a report imports, and ipykernel for it, that costs time and keeps no state of a report.
PRELOAD = (
    "IPython.core.completer",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "sqlite3",
    "pandas",
    "numpy.random",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "holidays.countries",
    "adminduk.report",
    "adminduk.publish.engine.shell",
)
_SUBREAPER, _DEATH_SIGNAL = 36, 1  # of prctl(2)
# What imports put into the environment (the debugger does): a kernel that imports them itself has it too.
_from_imports: dict[str, str] = {}


def main() -> None:
    """The prepared process; its only argument is the number of the socket on which kernels are asked for."""
    asked = socket.socket(fileno=int(sys.argv[1]))
    if sys.path[0] in ("", os.getcwd()):  # as ipykernel's launcher does
        del sys.path[0]
    problem = _preload()
    gc.freeze()  # a collection in a child must not copy every page
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        _, ends, _, _ = socket.recv_fds(asked, 1, 2)
        if not ends:
            return
        if os.fork() == 0:
            asked.close()
            _keep(*(socket.socket(fileno=end) for end in ends), problem)
            os._exit(0)
        for end in ends:
            os.close(end)


def _preload() -> str:
    """Import everything; what went wrong, or nothing."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as ipykernel does
    before = set(os.environ)
    try:
        for name in PRELOAD:
            importlib.import_module(name)
        sys.modules["adminduk.present.theme"].warm_up()
    except Exception:
        return traceback.format_exc()
    _from_imports.update((name, os.environ[name]) for name in os.environ.keys() - before)
    threads = len(os.listdir("/proc/self/task"))
    return f"{threads} threads after the imports; a fork would copy their locks" if threads > 1 else ""


def _keep(control: socket.socket, end: socket.socket, problem: str) -> None:
    """One kernel, for whoever holds the other end of ``control``: tell its number, outlive it, tell how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _prctl(_SUBREAPER, 1)
    if problem:
        control.send(problem.encode())
        return
    child = os.fork()
    if child == 0:
        control.close()
        _become_kernel(end)
    end.close()
    with suppress(BrokenPipeError):
        control.send(str(child).encode())
    status = _outlive(child, control)
    with suppress(BrokenPipeError):
        control.send(str(os.waitstatus_to_exitcode(status)).encode())


def _outlive(child: int, control: socket.socket) -> int:
    """Wait for the child; kill it when nobody is left at ``control``. Nothing of it is left running afterwards."""
    ended = os.pidfd_open(child)
    select.select([ended, control], [], [])
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ended)
    _clear()
    return status


def _clear() -> None:
    """Kill what the report started and left: its orphans are children of this process now."""
    import psutil

    with suppress(ChildProcessError):  # none is left
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        while True:
            for orphan in psutil.Process().children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    orphan.kill()
            os.waitpid(-1, 0)


def _become_kernel(end: socket.socket) -> None:
    code = 1
    try:
        _run_kernel(end)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def _run_kernel(end: socket.socket) -> None:
    import atexit

    from adminduk.publish.engine.shell import Wire, serve

    parent = os.getppid()
    os.setsid()
    _prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it died before its death could be a signal
        return
    wire = Wire(end)
    message = wire.receive()
    if message is None:
        return
    asked = json.loads(message[1][0])
    _settle(asked["environment"], asked["folder"], asked["arguments"])
    serve(wire, asked["key"].encode(), asked["arguments"])
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()


def _settle(environment: dict[str, str], folder: str, arguments: list[str]) -> None:
    """What a process of its own would have been given at its start."""
    import numpy.random

    os.environ.clear()
    os.environ.update(_from_imports | environment)
    time.tzset()
    os.chdir(folder)
    sys.argv = [importlib.util.find_spec("ipykernel_launcher").origin, *arguments]
    numpy.random.seed()  # the generator of `random` seeds itself after a fork
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    main()
