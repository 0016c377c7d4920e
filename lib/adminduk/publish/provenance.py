"""What a printed thing depends on, as hashes by name: the same hashes, the same bytes.

The names are told to the analyst (``make why``): data (what of it is told), notebook, catatan (the
office's own paragraphs), parameter, pustaka (this library with its templates) and kunci (the versions of
everything else).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from adminduk.basis.paths import Paths
from adminduk.basis.remarks import remark_files

if TYPE_CHECKING:
    from adminduk.publish.plan import Job

Depends = dict[str, str]
# Who gets a pack, and which pack is bound of what, changes no page.
_NO_PAGE = ("attendees", "attendees.example", "mailing")
_TELLING = ("adminduk", "matplotlib", "pandas", "papermill", "typst")
LIBRARY = Path(__file__).parents[1]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def key(depends: Mapping[str, str]) -> str:
    """One hash for all of them."""
    return sha256(json.dumps(dict(depends), sort_keys=True).encode())


def of_report(paths: Paths, job: Job, data_hash: str) -> Depends:
    """What the report of one job depends on; ``data_hash`` stands for the figures that it tells."""
    return {
        **shared(paths, job.period.key, job.data),
        "catatan": _files(paths.root, _remark_files(paths, job)),
        "data": data_hash,
        "notebook": _notebook(paths.notebook(job.notebook)),
        "tugas": key({**job.parameters, "notebook": job.notebook}),
    }


def shared(paths: Paths, period: str, data: str) -> Depends:
    """What everything of a period and dataset depends on."""
    return {"parameter": key(params(paths, period, data)), "pustaka": library(), "kunci": _lock(paths)}


def params(paths: Paths, period: str, data: str) -> dict[str, str]:
    """The hashes of what we say, by file."""
    return _hashes(paths.root, telling(paths, period, data))


def telling(paths: Paths, period: str, data: str) -> list[Path]:
    """The files of what we say to everybody: not of later periods, which tell nothing of this one."""
    apart = (paths.packs, paths.all_remarks)
    found = [path for path in paths.params.rglob("*") if path.stem not in _NO_PAGE]
    told = [path for path in found if not any(path.is_relative_to(folder) for folder in apart)]
    agendas = [paths.simulated_period(data, path.stem) for path in told if path.parent == paths.periods]
    told += [path for path in agendas if path.is_file()]
    later = (paths.periods, paths.simulated_period(data, period).parent)
    return sorted(path for path in told if path.is_file() and (path.parent not in later or path.stem[:10] <= period))


def files_of(paths: Paths, job: Job) -> list[Path]:
    """The files, tables of data/ apart, that the report of one job is made from."""
    return [*telling(paths, job.period.key, job.data), paths.notebook(job.notebook), *_remark_files(paths, job)]


def everything(paths: Paths, data: str) -> str:
    """One hash over every file that an edition could depend on: when it is the same, nothing has to be looked at."""
    folders = [paths.params, paths.notebooks, paths.dataset(data)]
    found = (path for folder in folders for path in folder.rglob("*") if path.stem not in _NO_PAGE)
    return key({"pustaka": library(), "kunci": _lock(paths), "berkas": _files(paths.root, found)})


def versions() -> dict[str, str]:
    """What ran, by name: told beside an edition, for a reader who finds another result."""
    return {"python": sys.version.split()[0], **{name: metadata.version(name) for name in _TELLING}}


def commit(paths: Paths) -> str:
    """The commit that is checked out; empty outside a repository."""
    git = shutil.which("git")
    if git is None:
        return ""
    told = subprocess.run([git, "rev-parse", "HEAD"], cwd=paths.root, capture_output=True, text=True, check=False)
    return told.stdout.strip()


def _notebook(path: Path) -> str:
    """Cells alone: what JupyterLab notes about the kernel makes no page."""
    cells = nbformat.read(path, as_version=4).cells
    return key({str(place): f"{cell.cell_type} {cell.source}" for place, cell in enumerate(cells)})


def _remark_files(paths: Paths, job: Job) -> list[Path]:
    """The office's own paragraphs of this region and period, those of a simulated dataset with them."""
    period, code = job.period.key, job.region.code
    return [*remark_files(paths, period, code), *remark_files(paths, period, code, job.data)]


@cache
def library() -> str:
    return _files(LIBRARY, (path for path in LIBRARY.rglob("*") if "__pycache__" not in path.parts))


@cache
def _lock(paths: Paths) -> str:
    content = paths.locked.read_bytes() if paths.locked.is_file() else b""
    return sha256(content + f"python {sys.version_info.major}.{sys.version_info.minor}".encode())


def _files(root: Path, found: Iterable[Path]) -> str:
    """Names and contents, wherever ``root`` lies."""
    return key(_hashes(root, found))


def _hashes(root: Path, found: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()) for path in found if path.is_file()}
