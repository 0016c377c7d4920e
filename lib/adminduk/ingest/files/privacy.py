"""Nothing personal comes in: what looks like data about persons is found before anything is read.

No message repeats what was found (law 8); it says where.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from adminduk.basis.errors import Problem
from adminduk.basis.places import Places
from adminduk.basis.vocabulary import fold
from adminduk.ingest.files.workbooks import Percent, Sheet, Value, Workbook

_NUMBERS = {
    "nik", "no nik", "nomor nik", "nomor induk kependudukan",
    "no kk", "nomor kk", "no kartu keluarga", "nomor kartu keluarga", "no ktp", "nomor ktp",
    "no akta", "nomor akta", "no akta lahir", "nomor akta lahir", "no akta kelahiran", "nomor akta kelahiran",
}  # fmt: skip
_TEXTS = {
    "nama lengkap", "nama lgkp", "nama penduduk", "nama orang", "nama pemohon", "nama almarhum",
    "nama anak", "nama bayi", "nama ibu", "nama ibu kandung", "nama lgkp ibu", "nama ayah", "nama lgkp ayah",
    "nama kepala keluarga", "nama kepala kel", "nama kep kel",
    "alamat", "alamat lengkap", "alamat rumah",
    "tempat lahir", "tmpt lhr", "tempat tanggal lahir", "tempat tgl lahir", "ttl",
}  # fmt: skip
_BIRTHS = {"tanggal lahir", "tanggal lhr", "tgl lahir", "tgl lhr"}
_NAME = "nama"
HEADINGS = frozenset({_NAME, *_NUMBERS, *_TEXTS, *_BIRTHS})  # folded; what may stand below them is looked at
_HEADING = 60

# Together, or in parts divided by single signs; neither the decimals of a fraction nor a piece of a longer number.
_SIXTEEN = re.compile(r"(?<!\d)(?<!\d[.,])\d{16}(?!\d)")
_PARTED = re.compile(r"(?<!\d)(?<!\d[\s.,\-_/])\d(?:[\s.\-_/]{0,2}\d){15}(?![\s.,\-_/]?\d)")
_POWER = re.compile(r"\d[.,]\d+\s*E\+?15", re.IGNORECASE)
_FRACTION = re.compile(r"[-+]?\d{1,3}[.,]\d+\s*%?")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[\s.\-_/]{1,2}){3}(?:19|20)\d\d")
# A count is written with digits and signs between them; a number that names a person may have letters or stars.
_COUNT = re.compile(r"[\d.,\s\-–]{0,14}")
_ADVICE = "hapus data perseorangan dari berkas, lalu ulangi"
_EXPECTED = "jumlah saja, tanpa data perseorangan"


def personal(workbook: Workbook, places: Places) -> list[Problem]:
    """Every column that holds what identifies a person: 16-digit numbers, names, addresses, dates of birth.

    A column called no more than ``nama`` holds persons when most of its texts are no places of the gazetteer, or
    when other columns of its sheet are about persons.
    """
    problems = []
    for sheet in workbook.sheets:
        where = f"{workbook.name}, lembar {sheet.name!r}" if sheet.name else workbook.name
        if _has_number(sheet.name):
            what = "nama lembar memuat bilangan 16 angka, seperti NIK"
            problems.append(Problem(workbook.name, what, _EXPECTED, _ADVICE))
            where = workbook.name
        problems.extend(_numbers(sheet, where))
        problems.extend(_columns(sheet, where, places))
    return problems


def _numbers(sheet: Sheet, where: str) -> Iterator[Problem]:
    """16-digit numbers, told by column."""
    found: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if _has_number(value):
                found[column].append(place)
    for column, rows in sorted(found.items()):
        yield _problem(sheet, where, column, rows, "memuat bilangan 16 angka, seperti NIK atau nomor KK")


def _columns(sheet: Sheet, where: str, places: Places) -> Iterator[Problem]:
    """Columns whose heading says that persons are below it, when something of the kind is."""
    names = []
    known = False
    for place, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            heading = fold(value) if isinstance(value, str) and len(value) <= _HEADING else ""
            if heading == _NAME:
                names.append((place, column))
            rows = _below(sheet, place, column, heading)
            if rows:
                known = True
                yield _problem(sheet, where, column, rows, f"kolom {heading!r} memuat data perseorangan")
    for place, column in names:
        rows = [below for below, value in _texts(sheet, place, column)]
        if rows and (known or _strangers(sheet, place, column, places)):
            yield _problem(sheet, where, column, rows, "kolom 'nama' memuat nama orang")


def _below(sheet: Sheet, place: int, column: int, heading: str) -> list[int]:
    """The rows below a heading that hold what it promises."""
    if heading in _TEXTS:
        return [row for row, _ in _texts(sheet, place, column)]
    below = range(place + 1, len(sheet.rows))
    if heading in _NUMBERS:
        return [row for row in below if _names_a_person(sheet.rows[row][column])]
    if heading in _BIRTHS:
        return [row for row in below if isinstance(sheet.rows[row][column], str | date)]
    return []


def _texts(sheet: Sheet, place: int, column: int) -> list[tuple[int, str]]:
    """The cells below a heading that are words."""
    cells = ((row, sheet.rows[row][column]) for row in range(place + 1, len(sheet.rows)))
    return [(row, value) for row, value in cells if isinstance(value, str) and re.search(r"[^\W\d_]{2}", value)]


def _strangers(sheet: Sheet, place: int, column: int, places: Places) -> bool:
    """Whether most of the different texts below are no names of places."""
    texts = {value for _, value in _texts(sheet, place, column)}
    return sum(1 for text in texts if not places.by_name(text)) * 2 > len(texts)


def _names_a_person(value: Value) -> bool:
    """Whether a cell below such as ``nik`` is no count: too long, or with letters or stars in it."""
    if isinstance(value, str):
        return not _COUNT.fullmatch(value.strip()) and any(map(str.isdigit, value))
    return isinstance(value, int | float) and abs(value) >= 10**9


def _has_number(value: Value) -> bool:
    """Whether 16 digits stand in the cell as one number, however they are parted."""
    if isinstance(value, int | float) and not isinstance(value, bool | Percent):
        return 10**15 <= abs(value) < 10**16
    if not isinstance(value, str) or _FRACTION.fullmatch(value.strip()):
        return False
    if _POWER.search(value):
        return True
    parted = (found[0] for found in _PARTED.finditer(value))
    return _SIXTEEN.search(value) is not None or not all(map(_YEARS.fullmatch, parted))


def _problem(sheet: Sheet, where: str, column: int, rows: list[int], what: str) -> Problem:
    more = f" dan {len(rows) - 1} sel lain di kolom itu" if len(rows) > 1 else ""
    return Problem(f"{where}, sel {sheet.cell(rows[0], column)}{more}", what, _EXPECTED, _ADVICE)
