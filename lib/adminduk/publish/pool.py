"""Many reports at once: one process for each, and none of them left when the program is gone."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from adminduk.basis.errors import UNWRITABLE, Problem, RenderError, UserError
from adminduk.publish.engine.prepared import adopt, begin


@dataclass(frozen=True)
class Done:
    """How one task ended: its problems are empty when it was done; ``kind`` is the class of the error, ``trace`` the
    way to a bug."""

    seconds: float
    problems: tuple[Problem, ...] = ()
    kind: type[UserError] | None = None
    trace: str = ""


Task = tuple[str, Callable[..., Any], tuple[Any, ...]]  # what it is called, a function of a module, its arguments
_WHY = "prosesnya berhenti sebelum selesai (kehabisan memori atau dimatikan)"
_DIED = Done(0.0, (Problem("proses cetak", _WHY, "", "jalankan lagi; yang sudah jadi tidak diulang"),), RenderError)


def run(tasks: Sequence[Task], tell: Callable[[int, str], None], workers: int | None = None) -> list[Done]:
    """Do every task; ``tell`` is given how many are done and the name of the newest. In the order of ``tasks``."""
    results: dict[int, Done] = {}

    def note(number: int, done: Done) -> None:
        results[number] = done
        tell(len(results), tasks[number][0])
        if done.trace:
            print(done.trace, file=sys.stderr)

    for number, done in _at_once(tasks, range(len(tasks)), workers or os.cpu_count() or 1):
        note(number, done)
    # A process that dies takes the pool with it: what was under way is done again, each task by itself.
    for number in range(len(tasks)):
        if number not in results:
            note(number, next((done for _, done in _at_once(tasks, [number], 1)), _DIED))
    return [results[number] for number in range(len(tasks))]


def _at_once(tasks: Sequence[Task], numbers: Sequence[int], workers: int) -> Iterator[tuple[int, Done]]:
    """The tasks that came to an end, as they do; those that went down with a process are not among them."""
    if not numbers:
        return
    with _executor(min(workers, len(numbers))) as executor:
        waiting = {executor.submit(_timed, *tasks[number]): number for number in numbers}
        for future in as_completed(waiting):
            with suppress(BrokenProcessPool):
                yield waiting[future], future.result()


@contextmanager
def _executor(workers: int) -> Iterator[ProcessPoolExecutor]:
    # A fork of this process would copy its threads' locks; what a worker needs it imports itself.
    context = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(begin(),))
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def _start(prepared: socket.socket | None) -> None:
    """A worker uses the prepared process of the program, and ends with it."""
    if prepared is not None:
        adopt(prepared)
    _end_with_parent()


def _end_with_parent() -> None:
    """A worker ends when the program does, however that ended; its kernel notices by itself."""
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _timed(name: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Done:
    start = time.monotonic()
    try:
        function(*arguments)
    except UserError as error:
        return Done(time.monotonic() - start, tuple(error.problems), type(error))
    except Exception as error:
        if isinstance(error, OSError) and error.errno in UNWRITABLE:  # no task can do better than this one
            raise
        # A bug: its region is told, the others go on.
        return Done(time.monotonic() - start, (_surprise(name, error),), RenderError, traceback.format_exc())
    return Done(time.monotonic() - start)


def _surprise(name: str, error: Exception) -> Problem:
    what = f"{type(error).__name__}: {error}"
    return Problem(name, what, "", "laporkan ke pengelola program, dengan keterangan yang dicetak di terminal")
