"""The lines that sheet PROGRAM says, or everything that is wrong with it, cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from adminduk.basis.agenda import parse_agenda
from adminduk.basis.errors import DataError, ParameterError, Problem
from adminduk.basis.models import CHECK, FILLED
from adminduk.basis.programme import SHARE, Known, ProgramLine
from adminduk.basis.regions import Regions
from adminduk.ingest.files.workbooks import Percent, Sheet, Value, Workbook, is_error
from adminduk.ingest.programme.blocks import PROGRAM
from adminduk.ingest.programme.columns import COLUMNS, EVERYBODY, MADE_FOR, PERIOD, SHEET
from adminduk.ingest.sheets.addresses import spot
from adminduk.ingest.sheets.delivered import SIMULATED_TITLE
from adminduk.ingest.sheets.numbers import read_counts, read_percents

_AGAIN = "buat lembarnya dengan make program, lalu isi"
_MEND = "perbaiki selnya, simpan, lalu muat lagi dengan make program FILE=..."
_MEANINGS = {column.key: column.meaning for column in COLUMNS}
_KINDS = {column.key: column.kind for column in COLUMNS}
_PERCENT = (SHARE, "%")
_PLACE = re.compile(rf"{PROGRAM} ke-(\d+)(?:, (\w+))?")


@dataclass(frozen=True)
class Told:
    """The lines of the sheet, the code of the executor it was made for, or EVERYBODY, and whether its title says
    that it is simulated."""

    lines: tuple[ProgramLine, ...]
    executor: str
    simulated: bool


@dataclass
class _Reading:
    """A sheet while it is read: where its keys stand, its rows, and what was found wrong so far."""

    workbook: Workbook
    sheet: Sheet
    top: int
    columns: dict[str, int]
    rows: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spoilt: set[tuple[int, str]] = field(default_factory=set)

    def cell(self, row: int, key: str) -> Value:
        return self.sheet.rows[row][self.columns[key]]

    def title(self, key: str) -> str:
        """The heading over a column, as the sheet has it above the key; nothing for what is in none."""
        above = self.sheet.rows[self.top - 1][self.columns[key]] if key in self.columns and self.top else ""
        return f"{' '.join(str(above or key).split())}: " if key in self.columns else ""

    def wrong(self, row: int, key: str, what: str, expected: str = "", next_step: str = "") -> None:
        where = spot(self.workbook, self.sheet, row, self.columns.get(key))
        self.problems.append(
            Problem(where, f"{self.title(key)}{what}", expected or _MEANINGS.get(key, ""), next_step or _MEND)
        )
        self.spoilt.add((row, key))


def read_program(workbook: Workbook, period: str, known: Known, regions: Regions) -> Told:
    """The lines of sheet PROGRAM; DataError with every mistake and its cell."""
    reading = _found(workbook)
    executor = _executor(reading, regions)
    _same_period(reading, period)
    _nothing_beside(reading)
    content = [_content(reading, row) for row in reading.rows]
    lines = _lines(reading, content, period, known)
    for row, line in zip(reading.rows, lines, strict=False):
        if executor not in (EVERYBODY, line.pelaksana):
            reading.wrong(row, "pelaksana", f"{line.pelaksana!r} bukan pelaksana lembar ini", executor)
    _each_once(reading, lines)
    if reading.problems:
        raise DataError(*reading.problems)
    above = (value for row in reading.sheet.rows[: reading.top] for value in row)
    simulated = any(isinstance(value, str) and SIMULATED_TITLE in value.upper() for value in above)
    return Told(lines, executor, simulated)


def _each_once(reading: _Reading, lines: tuple[ProgramLine, ...]) -> None:
    """A row copied by mistake would count its money twice."""
    first: dict[ProgramLine, int] = {}
    for row, line in zip(reading.rows, lines, strict=False):
        if first.setdefault(line, row) != row:
            above = reading.sheet.cell(first[line], reading.columns["sub_kegiatan"])
            what = f"baris sama dengan baris di sel {above}"
            reading.wrong(row, "sub_kegiatan", what, "setiap baris satu kali", "hapus atau ubah salah satunya")


def _found(workbook: Workbook) -> _Reading:
    """The sheet with the row of keys; DataError where there is none, or a column is missing or written twice."""
    best: tuple[int, Sheet, int] | None = None
    for sheet in workbook.sheets:
        for place, row in enumerate(sheet.rows):
            score = len({_word(value) for value in row} & _KINDS.keys())
            if score and (best is None or score > best[0]):
                best = score, sheet, place
    if best is None or best[0] < len(_KINDS) // 2:
        expected = f"lembar {SHEET} dengan baris nama kolom: {', '.join(_KINDS)}"
        raise DataError(Problem(workbook.name, f"tidak ada lembar {SHEET} yang dikenali", expected, _AGAIN))
    _, sheet, top = best
    words = [_word(value) for value in sheet.rows[top]]
    where = spot(workbook, sheet, top)
    wrong = [_not_once(key, words, where) for key in _KINDS if words.count(key) != 1]
    if wrong:
        raise DataError(*wrong)
    reading = _Reading(workbook, sheet, top, {key: words.index(key) for key in _KINDS})
    rows = range(top + 1, len(sheet.rows))
    reading.rows = [row for row in rows if any(_stands(reading, row, key) for key in _KINDS)]
    return reading


def _not_once(key: str, words: list[str], where: str) -> Problem:
    what = f"kolom {key} {'tidak ada' if key not in words else 'ada dua'}"
    return Problem(where, what, f"satu kolom {key}: {_MEANINGS[key]}", _AGAIN)


def _word(value: Value) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""


def _stands(reading: _Reading, row: int, key: str) -> bool:
    value = reading.cell(row, key)
    is_formula = (row, reading.columns[key]) in reading.sheet.uncached
    return is_formula or (value is not None and str(value).strip() != "")


def _labelled(reading: _Reading, label: str) -> tuple[int, str]:
    """The row of a label above the keys, and what stands to its right; row -1 where there is none."""
    for place, row in enumerate(reading.sheet.rows[: reading.top]):
        for column, value in enumerate(row[:-1]):
            if _word(value) == label.casefold():
                told = row[column + 1]
                return place, told.isoformat()[:10] if isinstance(told, date) else str(told or "").strip()
    return -1, ""


def _executor(reading: _Reading, regions: Regions) -> str:
    row, told = _labelled(reading, MADE_FOR)
    if told == EVERYBODY:
        return EVERYBODY
    codes = [region.code for region in regions.all]
    code = told.split(" ")[0]
    if code not in codes:
        where = spot(reading.workbook, reading.sheet, max(row, 0))
        what = f"{MADE_FOR!r} menyebut {told!r}" if row >= 0 else f"tidak ada {MADE_FOR!r}"
        reading.problems.append(Problem(where, what, f"{EVERYBODY}, atau kode wilayah", _AGAIN))
    return code


def _same_period(reading: _Reading, period: str) -> None:
    row, told = _labelled(reading, PERIOD)
    if told != period:
        where = spot(reading.workbook, reading.sheet, max(row, 0))
        what = f"lembar ini untuk periode {told or '(tidak disebut)'}"
        reading.problems.append(Problem(where, what, period, "periksa berkas atau PERIOD"))


def _nothing_beside(reading: _Reading) -> None:
    """Values below no key would be lost silently."""
    known = set(reading.columns.values())
    for row in range(reading.top + 1, len(reading.sheet.rows)):
        for column, value in enumerate(reading.sheet.rows[row]):
            if column not in known and value is not None and str(value).strip():
                where = spot(reading.workbook, reading.sheet, row, column)
                what = "berisi sesuatu di luar kolom yang dikenal"
                reading.problems.append(
                    Problem(where, what, "sel kosong", "kosongkan selnya, atau pindahkan isinya ke kolom Catatan")
                )


def _content(reading: _Reading, row: int) -> dict[str, object]:
    """The row as a line of the period's file; cells that cannot be read are told and left out."""
    is_share = _word(reading.cell(row, "satuan")) in _PERCENT
    told: dict[str, object] = {}
    for key, kind in _KINDS.items():
        value = reading.cell(row, key)
        if not _stands(reading, row, key):
            continue
        if (row, reading.columns[key]) in reading.sheet.uncached:
            reading.wrong(row, key, "rumus tanpa hasil tersimpan", "nilai", "buka dan simpan dengan Excel")
        elif is_error(value):
            reading.wrong(row, key, f"galat lembar kerja {str(value).strip()}", "nilai")
        elif kind in ("amount", "rupiah"):
            number, wrong = _number(value, is_share and kind == "amount")
            told |= {key: str(number)} if not wrong else {}
            if wrong:
                reading.wrong(row, key, wrong, "persen" if is_share and kind == "amount" else "bilangan bulat")
        else:
            _text(reading, row, key, value, told)
    return told


def _number(value: Value, is_share: bool) -> tuple[Decimal | int | None, str]:
    """The number of a cell, or what is wrong with it; dots in a text are thousands, as this sheet is ours."""
    if is_share and isinstance(value, int | float) and not isinstance(value, bool | Percent):
        return Decimal(repr(value)), ""
    column = (read_percents if is_share else read_counts)([value], "indonesia")
    wrong = column.wrong or column.doubtful
    if not wrong and column.values[0] is None:
        return None, "wajib diisi"
    return column.values[0], wrong[0][1] if wrong else ""


def _text(reading: _Reading, row: int, key: str, value: Value, told: dict[str, object]) -> None:
    if isinstance(value, bool | date | Percent) or (key == "kode_sub_kegiatan" and not isinstance(value, str)):
        reading.wrong(row, key, "tersimpan sebagai bilangan atau tanggal", "teks", "ubah format selnya menjadi Teks")
        return
    text = str(value).strip()
    if _KINDS[key] == "months":
        told[key] = [part for part in re.split(r"[\s,;]+", text) if part]
    else:
        told[key] = SHARE if key == "satuan" and _word(text) in _PERCENT else text


def _lines(reading: _Reading, content: list, period: str, known: Known) -> tuple[ProgramLine, ...]:
    """The rows as lines; their mistakes are told by cell, once each."""
    try:
        return parse_agenda({PROGRAM: content}, reading.workbook.name, period, known).program
    except ParameterError as error:
        for problem in error.problems:
            found = _PLACE.search(problem.where)
            row, key = (reading.rows[int(found[1]) - 1], found[2] or "") if found else (reading.top, "")
            if (row, key) not in reading.spoilt:
                expected = problem.expected if problem.expected != FILLED else ""
                reading.wrong(row, key, problem.what, expected, problem.next_step.replace(CHECK, ""))
        return ()
