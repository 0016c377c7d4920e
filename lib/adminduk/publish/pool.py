"""Many reports at once, by any executor of ``concurrent.futures``: each one's end is told as it comes.

A process that dies may take others' jobs along. What was under way is then done again, each job alone: the job that
kills its worker a second time is given up and named, the others are printed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.context import BaseContext
from typing import Protocol

from adminduk.basis.errors import Problem, RenderError
from adminduk.publish.apart import allow
from adminduk.publish.engine.prepared import adopt, begin
from adminduk.publish.parcel import Built, Parcel, build

Pack = Callable[[], Parcel]  # packed when its turn comes, so that not all lie in memory
_AHEAD = 2  # jobs for each worker that are under way: one that runs, one that waits beside it
# What the workers of this machine have in common is imported once, and each of them is a fork of that.
_PRELOAD = ("papermill", "adminduk.publish.parcel", "typst", "pypandoc", "ipykernel.kernelspec", "IPython.display")
_WHY = "prosesnya dua kali berhenti sebelum selesai (kehabisan memori atau dimatikan)"
_NEXT = "jalankan lagi; yang sudah jadi tidak diulang"


class Crew(Protocol):
    """Those who build. ``width``: how many there are now. Of a job that went down with its worker the future raises
    one of ``lost``; ``renew`` is called before more is given after that."""

    lost: tuple[type[BaseException], ...]

    def width(self) -> int: ...
    def submit(self, function: Callable[[Parcel], Built], parcel: Parcel) -> Future[Built]: ...
    def wait(self, futures: Sequence[Future[Built]]) -> Sequence[Future[Built]]: ...
    def renew(self) -> None: ...


def run(packs: Iterable[Pack], crew: Crew) -> Iterator[tuple[int, Built]]:
    """The number of each job in ``packs`` with its end, as they come to it; a job is taken when there is room."""
    taken: list[Pack] = []
    lost: list[int] = []
    yield from _together(_numbered(packs, taken), crew, lost)
    for number in sorted(lost):
        again: list[int] = []
        yield from _together(iter([(number, taken[number])]), crew, again)
        if again:
            problem = Problem(str(taken[number]().job), _WHY, "proses yang selesai", _NEXT)
            yield number, Built(problems=(problem,), kind=RenderError)


def _numbered(packs: Iterable[Pack], taken: list[Pack]) -> Iterator[tuple[int, Pack]]:
    for number, pack in enumerate(packs):
        taken.append(pack)
        yield number, pack


def _together(packs: Iterator[tuple[int, Pack]], crew: Crew, lost: list[int]) -> Iterator[tuple[int, Built]]:
    """The jobs that came to an end; the numbers of those that went down with a worker are added to ``lost``."""
    waiting: dict[Future[Built], int] = {}
    while True:
        for number, pack in islice(packs, max(0, _AHEAD * crew.width() - len(waiting))):
            waiting[crew.submit(build, pack())] = number
        if not waiting:
            return
        gone = len(lost)
        for future in crew.wait(list(waiting)):
            number = waiting.pop(future)
            if isinstance(future.exception(), crew.lost):
                lost.append(number)
            else:
                built = future.result()
                if built.trace:
                    print(built.trace, file=sys.stderr)
                yield number, built
        if len(lost) > gone:
            crew.renew()


class Processes:
    """Processes of this machine; none of them is left when the program is gone."""

    lost = (BrokenProcessPool,)

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        for _ in range(self._workers):  # they start while the first job is packed
            self._started().submit(int)
        return self

    def __exit__(self, *_: object) -> None:
        self.renew()

    def width(self) -> int:
        return self._workers

    def submit(self, function: Callable[[Parcel], Built], parcel: Parcel) -> Future[Built]:
        try:
            return self._started().submit(function, parcel)
        except BrokenProcessPool as error:  # between two answers
            failed: Future[Built] = Future()
            failed.set_exception(error)
            return failed

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._workers, mp_context=_context(), initializer=begin_worker, initargs=(begin(),)
            )
        return self._executor

    def wait(self, futures: Sequence[Future[Built]]) -> Sequence[Future[Built]]:
        done, others = wait(futures, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), self.lost) for future in done):  # the others are told in a moment
            done |= wait(others).done
        return list(done)

    def renew(self) -> None:
        """Those that are left end; the next job starts others."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _context() -> BaseContext:
    """How a worker is started: a fork of this process would copy its threads' locks.

    Where processes fork, one without threads has imported what all workers need.
    """
    if not hasattr(os, "fork"):
        return multiprocessing.get_context("spawn")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # linear algebra would start threads when it is imported
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *_PRELOAD])
    return context


def begin_worker(prepared: socket.socket | None) -> None:
    """A worker uses the prepared process of the program, and ends with it."""
    if prepared is not None:
        adopt(prepared)
    allow()
    gc.freeze()  # what was imported is no garbage, and a collection would look through all of it
    _end_with_parent()


def _end_with_parent() -> None:
    """A worker ends when the program does, however that ended; its kernel notices by itself."""
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
