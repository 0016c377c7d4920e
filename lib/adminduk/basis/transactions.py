"""Several files of a dataset change together or not at all, whatever happens meanwhile.

New contents are written beside the old ones and forced to disk. A marker that then appears there by one rename is
the point from which they are valid; after it each is moved to its place. A change that was interrupted before its
marker is forgotten, one with its marker is finished by whoever comes next; readers see it as finished already.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from adminduk.basis.errors import UNWRITABLE, DataError, Problem
from adminduk.basis.paths import Paths

# Inside the folder of a transaction: the marker, which lists what is valid, and the new contents.
_MARKER, _CONTENTS = "sah.json", "isi"
_WAIT = 60  # seconds for another writer to end
_ATTEMPTS, _PAUSE = 200, 0.02  # of a reader, while somebody moves files


@contextlib.contextmanager
def locked(paths: Paths, dataset: str, wait: float = _WAIT) -> Iterator[None]:
    """One writer at a time; what an earlier one left behind is set right first.

    DataError when the folder cannot be written, or is written by another for more than ``wait`` seconds.
    """
    lock = FileLock(paths.lock(dataset), timeout=wait, mode=0o666, is_singleton=True)
    where = paths.relative(paths.dataset(dataset))
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        what = "sedang ditulis oleh perintah lain"
        raise DataError(
            Problem(where, what, "satu penulis", "tunggu sampai perintah itu selesai, lalu ulangi")
        ) from error
    except OSError as error:
        raise DataError(_unwritable(where, error)) from error
    try:
        _set_right(paths, dataset)
        yield
    finally:
        lock.release()


def commit(paths: Paths, dataset: str, files: Mapping[str, bytes], read_only: Collection[str] = ()) -> None:
    """Write ``files`` (names below the dataset's folder, with forward slashes), all or none of them.

    DataError when there is no room or no permission; then nothing has changed. ``read_only`` names those of them
    that nobody is to change.
    """
    with locked(paths, dataset):
        folder = paths.transaction(dataset, uuid.uuid4().hex)
        try:
            _prepare(folder, files, read_only)
        except BaseException as error:
            if not (folder / _MARKER).exists():
                _forget(folder)
                if isinstance(error, OSError):
                    raise DataError(_unwritable(paths.relative(paths.dataset(dataset)), error)) from error
                raise
        # Valid from here on: an interrupt comes too late, and what cannot be moved now (a file that is open in a
        # spreadsheet on Windows) is moved by the next writer.
        with contextlib.suppress(OSError):
            try:
                _finish(folder)
            except KeyboardInterrupt:
                _finish(folder)


def recover(paths: Paths, dataset: str) -> None:
    """Finish or forget what was interrupted.

    Nothing happens while another writes, or where this user may not write: readers see through it (``read``).
    """
    if _pending(paths, dataset):
        with contextlib.suppress(DataError), locked(paths, dataset, wait=0):
            pass


def exists(paths: Paths, dataset: str, name: str) -> bool:
    """Whether the dataset has a file, one that is valid but not yet moved included."""
    return _place(paths, dataset, name, _valid(paths, dataset)).is_file()


def read(
    paths: Paths, dataset: str, names: Collection[str], apart: Mapping[str, Callable[[Path], Any]] | None = None
) -> dict[str, Any]:
    """The contents of those files that exist, all of one state of the dataset, while others may write.

    Of a file in ``apart`` it is what its function makes of it, instead of its bytes.
    """
    loads = dict.fromkeys(names, Path.read_bytes) | dict(apart or {})
    for _ in range(_ATTEMPTS):
        before = _state(paths, dataset, loads)
        contents = {}
        for name, load in loads.items():
            with contextlib.suppress(FileNotFoundError):  # not every table is there; one that just moved is seen below
                contents[name] = load(_place(paths, dataset, name, _valid(paths, dataset)))
        if _state(paths, dataset, loads) == before:
            return contents
        time.sleep(_PAUSE)
    where = paths.relative(paths.dataset(dataset))
    raise DataError(Problem(where, "terus-menerus ditulis oleh perintah lain", "satu penulis", "tunggu, lalu ulangi"))


def _unwritable(where: str, error: OSError) -> Problem:
    reason = UNWRITABLE.get(error.errno or 0) or error.strerror or str(error)
    next_step = "periksa ruang disk dan izin folder, lalu ulangi"
    return Problem(
        where, f"tidak dapat ditulis ({reason}); tidak ada yang diubah", "tempat di disk dan izin menulis", next_step
    )


def _pending(paths: Paths, dataset: str) -> list[Path]:
    pattern = paths.transaction(dataset, "*")
    return sorted(pattern.parent.glob(pattern.name))


def _valid(paths: Paths, dataset: str) -> list[Path]:
    return [folder for folder in _pending(paths, dataset) if (folder / _MARKER).is_file()]


def _place(paths: Paths, dataset: str, name: str, valid: list[Path]) -> Path:
    """Where the valid content of a file lies now."""
    waiting = [folder / _CONTENTS / name for folder in valid if (folder / _CONTENTS / name).is_file()]
    return waiting[-1] if waiting else paths.dataset(dataset) / name


def _state(paths: Paths, dataset: str, names: Collection[str]) -> tuple:
    """What differs as soon as anything has been moved or made valid."""
    found: list[tuple[int, int, int] | None] = []
    for name in names:
        try:
            seen = os.stat(paths.dataset(dataset) / name)
            found.append((seen.st_ino, seen.st_mtime_ns, seen.st_size))
        except FileNotFoundError:
            found.append(None)
    return tuple(_valid(paths, dataset)), tuple(found)


def _prepare(folder: Path, files: Mapping[str, bytes], read_only: Collection[str]) -> None:
    """Everything on disk, then the marker: the last thing that happens."""
    for name, content in files.items():
        path = folder / _CONTENTS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    for parent in {(folder / _CONTENTS / name).parent for name in files} | {folder, folder.parent}:
        _force(parent)
    told = {"files": sorted(files), "read_only": sorted(read_only)}
    draft = folder / f"{_MARKER}.baru"
    _write(draft, json.dumps(told, indent=1).encode())
    os.replace(draft, folder / _MARKER)
    _force(folder)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _force(folder: Path) -> None:
    """The names in a folder on disk; Windows has no such call, and does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _set_right(paths: Paths, dataset: str) -> None:
    for folder in _pending(paths, dataset):
        if not (folder / _MARKER).is_file():
            _forget(folder)
            continue
        try:
            _finish(folder)
        except OSError as error:
            raise DataError(_unwritable(paths.relative(folder.parent), error)) from error


def _finish(folder: Path) -> None:
    """Move what is valid to its place; done twice it does no harm."""
    told = json.loads((folder / _MARKER).read_bytes())
    dataset = folder.parent
    for name in told["files"]:
        source, target = folder / _CONTENTS / name, dataset / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.exists():
            if name in told["read_only"]:
                source.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
            os.replace(source, target)
    for parent in {(dataset / name).parent for name in told["files"]}:
        _force(parent)
    # The list of what was moved goes last: without it nobody would know.
    shutil.rmtree(folder / _CONTENTS, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):  # a dataset that was to be new leaves no empty folder; any other is not empty
        folder.parent.rmdir()
