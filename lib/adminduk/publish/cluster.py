"""Workers on other machines, through Dask's executor: a scheduler's address is all that this program needs to know.

A worker is taken on when it runs the same package, Python and libraries as this program; then it is given a mark, and
jobs go only where the mark is. One that comes later is looked at like the first; any other is refused by name.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from importlib import metadata
from typing import Any

from distributed import Client, KilledWorker
from distributed.scheduler import NoValidWorkerError

from adminduk.basis.errors import ParameterError, Problem, RenderError
from adminduk.basis.paths import Paths
from adminduk.publish import provenance
from adminduk.publish.parcel import Built, Parcel

PATIENCE = 60.0
_LOOK = 1.0  # seconds between two looks at who is there
_CONNECT = "10s"
_LOCKED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
_WHERE = "SCHEDULER"
_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d+")
_HOW = "jalankan dask scheduler, lalu isi SCHEDULER dengan alamat yang ditulisnya"

Identity = Mapping[str, str]


def identity(names: Iterable[str]) -> dict[str, str]:
    """What two workers must have in common to print the same bytes; "" for a distribution that is not there."""
    same = {"adminduk": provenance.library(), "python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    return same | {name: _version(name) for name in names}


def own_identity(paths: Paths) -> dict[str, str]:
    """That of this program: of what the lock file names, what is installed."""
    locked = paths.locked.read_text(encoding="utf-8") if paths.locked.is_file() else ""
    installed = [name for name in _LOCKED.findall(locked) if _version(name)]
    return identity(dict.fromkeys(installed))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


async def enlist(wanted: Identity, mark: str, dask_worker: Any) -> list[str]:
    """Run by a worker: take the mark if it is what is wanted; else the names of what differs."""
    found = identity(name for name in wanted if name not in ("adminduk", "python"))
    different = [name for name in wanted if found[name] != wanted[name]]
    if not different:
        await dask_worker.set_resources(**{mark: 1})  # one, so that it does one job at a time
    return different


class Cluster:
    """The workers of a Dask scheduler. ``tell`` is given a line about each worker that is refused.

    ``patience``: for how many seconds there may be none that can be used before RenderError.
    """

    lost = (KilledWorker, NoValidWorkerError)

    def __init__(self, address: str, paths: Paths, tell: Callable[[str], None], patience: float = PATIENCE) -> None:
        self._patience = patience
        self._wanted = own_identity(paths)
        self._mark = f"adminduk-{provenance.key(self._wanted)[:16]}"
        self._tell = tell
        self._seen: dict[str, bool] = {}  # whether the worker of this address was taken on
        self._told: set[str] = set()
        if not _ADDRESS.fullmatch(address):  # Dask would try for long and end with a traceback
            raise ParameterError(Problem(_WHERE, f"{address!r} bukan alamat penjadwal", "tcp://nama:8786", _HOW))
        try:
            self._client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ParameterError(Problem(_WHERE, f"{address!r} tidak menjawab", "tcp://nama:8786", _HOW)) from error
        self._client.run_on_scheduler(_give_up_at_once)
        self._executor = self._client.get_executor(resources={self._mark: 1}, pure=False)
        self._alone_since = time.monotonic()

    def width(self) -> int:
        """How many workers were taken on; waits until there is one, RenderError when none comes."""
        while not (present := self._present()):
            self._check_patience()
            time.sleep(_LOOK)
        return present

    def submit(self, function: Callable[[Parcel], Built], parcel: Parcel) -> Future[Built]:
        return self._executor.submit(function, parcel)

    def wait(self, futures: Sequence[Future[Built]]) -> Sequence[Future[Built]]:
        while not (done := wait(futures, timeout=_LOOK, return_when=FIRST_COMPLETED).done):
            if not self._present():
                self._check_patience()
        return list(done)

    def renew(self) -> None:
        """Nothing to do: the scheduler goes on with the others, or with those that come."""

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()

    def _present(self) -> int:
        """How many of those taken on are there; newcomers are looked at first."""
        there = set(self._client.scheduler_info()["workers"])
        if new := sorted(there - self._seen.keys()):
            answers = self._client.run(enlist, self._wanted, self._mark, workers=new, on_error="return")
            for address in new:
                self._seen[address] = self._taken(address, answers.get(address))
        present = sum(taken for address, taken in self._seen.items() if address in there)
        if present:
            self._alone_since = time.monotonic()
        return present

    def _taken(self, address: str, answer: list[str] | Exception | None) -> bool:
        if answer == []:
            return True
        different = answer if isinstance(answer, list) else ["adminduk"]
        name = self._client.scheduler_info()["workers"].get(address, {}).get("name", address)
        told = f"Pekerja {name} ({address}) ditolak: versi {', '.join(different)} berbeda dengan di sini."
        self._told.add(told)
        self._tell(told)
        return False

    def _check_patience(self) -> None:
        if time.monotonic() - self._alone_since > self._patience:
            what = " ".join(["tidak ada pekerja yang dapat dipakai.", *sorted(self._told)])
            next_step = "pasang versi yang sama pada pekerja dan jalankan lagi; yang sudah jadi tidak diulang"
            raise RenderError(Problem(_WHERE, what, "dask worker dengan paket yang sama", next_step))


def _give_up_at_once(dask_scheduler: Any) -> None:
    """A job that lost its worker comes back to us, who do it once more alone: Dask would take others down with it."""
    dask_scheduler.allowed_failures = 0
