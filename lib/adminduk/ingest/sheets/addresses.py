"""How a cell of a received file is called: in the tables (its origin) and in a message."""

from __future__ import annotations

import re

from adminduk.basis.rows import NIK
from adminduk.ingest.files.workbooks import Sheet, Workbook

_CONTROL = re.compile(r"[\x00-\x1f\x7f\s]+")
_FORMULA = re.compile(r"^[\s=+\-@']+")
_LONGEST = 80


def plain(text: object) -> str:
    """Words from a file, fit to stand in a table of ours: never a formula, never a NIK, one line, not endless."""
    line = _CONTROL.sub(" ", str(text)).strip()
    return NIK.sub("[16 angka]", _FORMULA.sub("_", line))[:_LONGEST]


def origin(workbook: Workbook, sheet: Sheet, cell: str) -> str:
    """``berkas.xlsx:Data!C7``; a CSV has no sheet: ``berkas.csv:C7``."""
    where = f"{plain(sheet.name)}!{cell}" if sheet.name else cell
    return f"{plain(workbook.name)}:{where}"


def spot(workbook: Workbook, sheet: Sheet, row: int, column: int | None = None) -> str:
    """The same for the reader of a message; without a column the row."""
    where = f"baris {row + 1}" if column is None else f"sel {sheet.cell(row, column)}"
    return f"{workbook.name}, lembar {sheet.name}, {where}" if sheet.name else f"{workbook.name}, {where}"
