"""The form, filled in as an office would: what is typed goes into the empty cells, everything else stays.

The cells are found as a person finds them, by the words on the sheet. A spreadsheet program would write the
workbook anew; here only the cells change, so that the same figures give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from adminduk.ingest.form.sheets import BASE_DATE, BASE_KIND, CODE, COUNT, MEASURE

Typed = str | int | date
Bases = Mapping[str, tuple[date, str]]
_EPOCH = date(1899, 12, 30)
_TOTAL, _DIFFERENCE = "Jumlah kecamatan", "Selisih dengan kabupaten/kota"


@dataclass(frozen=True)
class Answers:
    """What an office fills in: counts by (region code, measure), and (date, kind) of each denominator."""

    counts: Mapping[tuple[str, str], int]
    bases: Bases


def filled_form(form: bytes, answers: Answers) -> bytes:
    """The workbook of ``form`` with the answers in it and its sums worked out.

    ValueError for an answer for which there is no cell.
    """
    book = python_calamine.load_workbook(io.BytesIO(form))
    counts = dict(answers.counts)
    typed: dict[str, dict[str, Typed]] = {}
    for number, name in enumerate(book.sheet_names, start=1):
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        finder = _by_regency if any(MEASURE in row for row in rows) else _by_district
        cells = finder(rows, counts, answers.bases)
        typed[f"xl/worksheets/sheet{number}.xml"] = {xl_rowcol_to_cell(*place): value for place, value in cells}
    if counts:
        raise ValueError(f"the form has no cell for {', '.join(' '.join(key) for key in counts)}")
    return _typed_in(form, typed)


Placed = Iterator[tuple[tuple[int, int], Typed]]
Counts = dict[tuple[str, str], int]  # what is still to be filled in


def _by_district(rows: list[list], counts: Counts, bases: Bases) -> Placed:
    """A column for each measure; a regency, its kecamatan, their sum and the difference below each other."""
    head = next((number for number, row in enumerate(rows) if row and row[0] == CODE), len(rows))
    labels = {row[0]: number for number, row in enumerate(rows[:head]) if row}
    for column, measure in enumerate(rows[head] if head < len(rows) else ()):
        filled = [*_column(rows, head, column, counts)]
        yield from filled
        if filled and measure in bases:
            yield (labels[BASE_DATE], column), bases[measure][0]
            yield (labels[BASE_KIND], column), bases[measure][1]


def _column(rows: list[list], head: int, column: int, counts: Counts) -> Placed:
    measure, whole, parts = rows[head][column], None, 0
    for number, row in enumerate(rows[head + 1 :], start=head + 1):
        count = counts.pop((row[0], measure), None)
        if count is not None:
            yield (number, column), count
            whole, parts = (count, 0) if row[0].count(".") == 1 else (whole, parts + count)
        elif row[1] == _TOTAL and whole is not None:
            yield (number, column), parts
        elif row[1] == _DIFFERENCE and whole is not None:
            yield (number, column), whole - parts
            whole = None


def _by_regency(rows: list[list], counts: Counts, bases: Bases) -> Placed:
    """A row for each regency and measure."""
    head = next(number for number, row in enumerate(rows) if MEASURE in row)
    at = {word: column for column, word in enumerate(rows[head])}
    for number, row in enumerate(rows[head + 1 :], start=head + 1):
        measure = row[at[MEASURE]]
        count = counts.pop((row[at[CODE]], measure), None)
        if count is None:
            continue
        yield (number, at[COUNT]), count
        if measure in bases:
            yield (number, at[BASE_DATE]), bases[measure][0]
            yield (number, at[BASE_KIND]), bases[measure][1]


def _typed_in(form: bytes, typed: Mapping[str, Mapping[str, Typed]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if cells := typed.get(entry.filename):
                content = _with_cells(content.decode(), cells).encode()
            new.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


_CELL = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?[^>]*?(?:/>|>(<f>.*?</f>)?.*?</c>)')


def _with_cells(xml: str, cells: Mapping[str, Typed]) -> str:
    left = dict(cells)

    def cell(found: re.Match[str]) -> str:
        name, style, formula = found[1], found[2] or "", found[3] or ""
        if name not in left:
            return found[0]
        value = left.pop(name)
        if isinstance(value, str):
            return f'<c r="{name}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        number = (value - _EPOCH).days if isinstance(value, date) else value
        return f'<c r="{name}"{style}>{formula}<v>{number}</v></c>'

    changed = _CELL.sub(cell, xml)
    if left:
        raise ValueError(f"the form has no cells {', '.join(left)}")
    return changed
