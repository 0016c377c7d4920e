"""A dataset as deliveries change it: all its tables and the received files at once, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from adminduk.basis import frames, transactions
from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.paths import Paths
from adminduk.basis.transactions import locked, recover

__all__ = ["Changes", "check_name", "commit", "is_name", "locked", "recover"]

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
# Made by a program of its own, and the folder for files that wait to be taken in.
_RESERVED = {"published": "disusun oleh make published", "incoming": "folder untuk berkas yang menunggu dimuat"}


@dataclass(frozen=True)
class Changes:
    """``tables`` replace those of the same name; ``received`` holds files as ``<as_of>/<layout>/<file name>``."""

    tables: Mapping[str, pd.DataFrame]
    received: Mapping[str, bytes] = field(default_factory=dict)


def is_name(dataset: str) -> bool:
    """Whether it can be the name of a dataset, and so leads nowhere but into data/."""
    return _NAME.fullmatch(dataset) is not None


def check_name(dataset: str) -> None:
    """ParameterError for a dataset that deliveries may not change, or that cannot be a folder everywhere."""
    where, expected = "DATA", "nama kumpulan data: huruf kecil, angka, - atau _, misalnya kaltim"
    if dataset in _RESERVED:
        raise ParameterError(
            Problem(where, f"{dataset!r} {_RESERVED[dataset]}; tidak dapat dimuati", expected, "contoh: DATA=kaltim")
        )
    if not is_name(dataset):
        raise ParameterError(Problem(where, f"{dataset!r} bukan nama kumpulan data", expected, "contoh: DATA=kaltim"))


def commit(paths: Paths, dataset: str, changes: Changes) -> None:
    """Write the changes, all or none of them; received files can only be read afterwards.

    DataError when there is no room or no permission; then nothing has changed.
    """
    check_name(dataset)
    files = frames.contents(changes.tables, frames.is_large(paths, dataset))
    folder = paths.received(dataset).name
    received = {f"{folder}/{name}": content for name, content in changes.received.items()}
    transactions.commit(paths, dataset, files | received, read_only=received.keys())


def turn(paths: Paths, dataset: str, large: bool) -> int:
    """Keep the counts by columns, or by rows as people edit them; how many rows there are. None is lost on the way.

    ParameterError for a dataset that does not exist, DataError for one that cannot be used or written.
    """
    counts = frames.read_dataset(paths, dataset)["counts"]
    if frames.is_large(paths, dataset) != large:
        transactions.commit(paths, dataset, frames.contents({"counts": counts}, large))
        # Killed right here both are there, the same; whoever reads is told to take one away.
        paths.counts(dataset, large=not large).unlink()
    return len(counts)
