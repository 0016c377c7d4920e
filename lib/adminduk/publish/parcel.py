"""One job with everything it needs, and the one function that builds it, here or on another machine.

A parcel holds the parameters, the notebook and the job's slice of the data as bytes; what is made of it comes back as
bytes. So a worker needs nothing but this package, and only who asked for the report writes it anywhere.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import time
import traceback
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from adminduk.basis import frames, slices
from adminduk.basis.errors import UNWRITABLE, Problem, RenderError, UserError
from adminduk.basis.paths import Paths
from adminduk.publish import provenance, shelf
from adminduk.publish.plan import Job

_HOME = "adminduk-"


@dataclass(frozen=True)
class Parcel:
    """``files`` are those of a small project, compressed, by their path in it; ``depends``: what they amount to."""

    job: Job
    depends: Mapping[str, str]
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Built:
    """How a parcel ended: the files of its report, or the problems and the class of the error.

    ``trace`` is the way to a bug. The rest is the row of the ledger: where it was built, in how many seconds, and the
    most memory that the worker and what it started had taken until then, in MiB (0 where the system does not tell).
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    kind: type[UserError] | None = None
    trace: str = ""
    worker: str = ""
    seconds: float = 0.0
    memory: int = 0


class Packer:
    """Packs the jobs of one dataset; ``read`` gives the tables for a region, the same ones while nothing is new.

    ``kept`` is what was opened for a region already, compressed.
    """

    def __init__(
        self, paths: Paths, data: str, read: Callable[[str], dict[str, pd.DataFrame]], kept: Mapping[str, bytes]
    ) -> None:
        self._paths, self._data, self._read, self._kept = paths, data, read, kept
        self._unused = frames.read_unused(paths, data)
        self._given: dict[str, pd.DataFrame] = {}

    def pack(self, job: Job, depends: Mapping[str, str]) -> Parcel:
        """The job with its slice of the data, rows in the order of the dataset."""
        files = {self._name(path): path.read_bytes() for path in provenance.files_of(self._paths, job)}
        self._take(self._read(job.region.code))
        for table, frame in slices.slice_for(self._tables, job.region.code).items():
            header, *rows = self._lines[table]
            if table in frames.REQUIRED or len(frame):
                text = "".join([header, *(rows[place] for place in frame.index)])
                files[self._name(self._paths.table(self._data, table))] = text.encode()
        packed = {name: zlib.compress(content, 1) for name, content in files.items()}
        if job.region.code in self._kept:
            packed[self._name(self._paths.opened)] = self._kept[job.region.code]
        return Parcel(job, depends, packed)

    def _take(self, given: dict[str, pd.DataFrame]) -> None:
        """Rows become text once for all jobs that are given the same tables."""
        if given is not self._given:
            self._given = given
            whole = {**given, "unused": self._unused}
            self._tables = {name: frame.reset_index(drop=True) for name, frame in whole.items()}
            self._lines = {name: frames.lines(frame, name) for name, frame in self._tables.items()}

    def _name(self, path: Path) -> str:
        return path.relative_to(self._paths.root).as_posix()


def build(parcel: Parcel) -> Built:
    """Build the report in a private directory that is gone afterwards. Errors are told, not raised."""
    start = time.monotonic()
    files, problems, kind, trace = {}, (), None, ""
    # The kernel's sockets need a short path; a directory on a full disk is a user error like any other.
    with tempfile.TemporaryDirectory(prefix=_HOME, ignore_cleanup_errors=True) as home:
        try:
            files = shelf.make(unpack(parcel, Path(home).resolve()), parcel.job, parcel.depends)
        except UserError as error:
            problems, kind = tuple(error.problems), type(error)
        except Exception as error:  # a full disk, or a bug: its region is told, the others go on
            problems, kind, trace = (_surprise(parcel.job, error),), RenderError, traceback.format_exc()
    return Built(files, problems, kind, trace, _here(), time.monotonic() - start, _memory())


def _surprise(job: Job, error: Exception) -> Problem:
    if isinstance(error, OSError) and error.errno in UNWRITABLE:
        return Problem(str(job), f"tidak dapat ditulis di {_here()}: {error}", "izin menulis", "periksa disk dan izin")
    what = f"{type(error).__name__}: {error}"
    next_step = "laporkan ke pengelola program, dengan keterangan yang dicetak di terminal"
    return Problem(str(job), what, "berjalan tanpa galat program", next_step)


def unpack(parcel: Parcel, root: Path) -> Paths:
    """The small project of a parcel, written to ``root``."""
    for name, content in parcel.files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(zlib.decompress(content))
    return Paths(root)


def _here() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _memory() -> int:
    """The most memory of this process or of one that it started and that has ended, in MiB."""
    if sys.platform == "win32":
        return 0
    import resource

    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)
