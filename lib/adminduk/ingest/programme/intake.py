"""The programme sheet taken in: read, checked as a whole, and put in the period's file in place of what stood there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from adminduk.basis import frames, transactions
from adminduk.basis.agenda import parse_agenda
from adminduk.basis.errors import UNWRITABLE, DataError, ParameterError, Problem
from adminduk.basis.models import parse_yaml
from adminduk.basis.paths import Paths
from adminduk.basis.periods import load_period
from adminduk.basis.places import load_places
from adminduk.basis.programme import ProgramLine, load_known
from adminduk.basis.regions import load_regions
from adminduk.basis.sources import load_sources
from adminduk.ingest.files.privacy import personal
from adminduk.ingest.files.workbooks import Workbook, open_workbook
from adminduk.ingest.programme.blocks import PROGRAM, replaced
from adminduk.ingest.programme.columns import EVERYBODY
from adminduk.ingest.programme.table import Told, read_program

_HEAD = "# DATA SIMULASI. Angka, kode, dan kegiatan buatan.\n"


@dataclass(frozen=True)
class Receipt:
    """What taking in a sheet changed: lines that are new or changed, that stay as they were, and that are gone.

    ``written`` is the file as a reader of a message knows it; ``others`` counts lines of executors that the sheet
    does not speak of.
    """

    file: str
    written: str
    new: int
    same: int
    gone: int
    others: int

    @property
    def changed(self) -> bool:
        return bool(self.new or self.gone)


def take_program(paths: Paths, file: Path, period: str, data: str, replace: bool = False) -> Receipt:
    """Put the lines of a sheet that ``program_workbook`` made in the file of the period, all of them or none.

    A sheet made for one executor replaces the lines of that one; with fewer lines than before only if ``replace``.
    For a simulated dataset the file is the one that it brings. DataError with everything that is wrong, each with its
    cell; ParameterError for a period or dataset that does not exist. Nothing has changed then.
    """
    frames.check_exists(paths, data)
    before = load_period(paths, period, data).program
    workbook = open_workbook(file, load_sources(paths).limits)
    problems = personal(workbook, load_places(paths))
    if problems:
        raise DataError(*problems)
    told = read_program(workbook, period, load_known(paths), load_regions(paths))
    simulated = frames.is_simulation(paths, data)
    if told.simulated != simulated:
        raise DataError(_mixed(workbook, data, simulated))
    own = [line for line in before if told.executor in (EVERYBODY, line.pelaksana)]
    if len(told.lines) < len(own) and not replace:
        raise DataError(_fewer(workbook, len(told.lines), len(own)))
    lines = _together(before, told)
    _write(paths, period, data if simulated else "", lines)
    same = sum(line in own for line in told.lines)
    target = paths.simulated_period(data, period) if simulated else paths.period(period)
    gone = sum(line not in told.lines for line in own)
    others = len(before) - len(own)
    return Receipt(file.name, paths.relative(target), len(told.lines) - same, same, gone, others)


def _fewer(workbook: Workbook, now: int, before: int) -> Problem:
    what = f"berisi {now} baris, sedangkan {before} baris sudah dimuat; yang lain akan hilang"
    next_step = "lengkapi lembarnya, atau ulangi dengan REPLACE=yes bila memang berkurang"
    return Problem(f"{workbook.name}, lembar PROGRAM", what, "paling sedikit sebanyak sebelumnya", next_step)


def _mixed(workbook: Workbook, data: str, simulated: bool) -> Problem:
    what = f"bukan data simulasi, sedangkan data/{data} simulasi" if simulated else "data simulasi"
    expected = f"lembar yang dibuat untuk data/{data}"
    return Problem(workbook.name, what, expected, f"buat lembarnya dengan DATA={data}, lalu isi")


def _together(before: Sequence[ProgramLine], told: Told) -> list[ProgramLine]:
    """The sheet's lines where those of its executor stood; the others stay in their order."""
    if told.executor == EVERYBODY:
        return list(told.lines)
    own = [place for place, line in enumerate(before) if line.pelaksana == told.executor]
    start = own[0] if own else len(before)
    others = [(place, line) for place, line in enumerate(before) if line.pelaksana != told.executor]
    above = [line for place, line in others if place < start]
    return [*above, *told.lines, *(line for place, line in others if place > start)]


def _write(paths: Paths, period: str, simulated: str, lines: Sequence[ProgramLine]) -> None:
    """The period's file with those lines; ``simulated`` names the dataset whose own file it is."""
    if not simulated:
        path = paths.period(period)
        _replace(path, _changed(path.read_bytes(), paths.relative(path), lines))
        return
    path = paths.simulated_period(simulated, period)
    name = path.relative_to(paths.dataset(simulated)).as_posix()
    with transactions.locked(paths, simulated):
        content = transactions.read(paths, simulated, [name]).get(name, _HEAD.encode())
        transactions.commit(paths, simulated, {name: _changed(content, paths.relative(path), lines)})


def _changed(content: bytes, name: str, lines: Sequence[ProgramLine]) -> bytes:
    """The file's new content, read again before it is written: the lines are there and all else is as it was."""
    before = parse_yaml(content, name) or {}
    try:
        after = replaced(content.decode(), lines).encode()
        found = parse_yaml(after, name) or {}
        there = parse_agenda({PROGRAM: found.get(PROGRAM, [])}, name, "", None).program
    except (ValueError, ParameterError) as error:
        raise DataError(_unplaced(name)) from error
    others = {key: value for key, value in found.items() if key != PROGRAM}
    if others != {key: value for key, value in before.items() if key != PROGRAM} or list(there) != list(lines):
        raise DataError(_unplaced(name))
    return after


def _unplaced(name: str) -> Problem:
    expected = "kunci program: di awal baris, barisnya di bawahnya"
    return Problem(name, "bagian program tidak dapat diganti dengan aman", expected, "rapikan berkasnya, lalu ulangi")


def _replace(path: Path, content: bytes) -> None:
    """Written beside its place and moved there; DataError when there is no room or no permission."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".baru", delete=False) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                draft.close()
                shutil.copymode(path, draft.name)
                os.replace(draft.name, path)
            finally:
                Path(draft.name).unlink(missing_ok=True)
    except OSError as error:
        what = f"tidak dapat ditulis ({UNWRITABLE.get(error.errno or 0) or error.strerror}); tidak ada yang diubah"
        raise DataError(
            Problem(
                path.name, what, "tempat di disk dan izin menulis", "periksa ruang disk dan izin folder, lalu ulangi"
            )
        ) from error
