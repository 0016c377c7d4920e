"""The reader of workbooks, run as a process of its own.

Files come from anywhere. One that makes the reader crash, hang or ask for all the memory ends this process
and nothing else. It takes a pickled Task on its standard input and answers with pickled sheets or problems;
it reads nothing else, writes nothing, and no macro is ever run.
"""

from __future__ import annotations

import io
import pickle
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from adminduk.basis.errors import DataError, Problem
from adminduk.ingest.files import archives, biff, opendocument, openxml
from adminduk.ingest.files.archives import locked
from adminduk.ingest.files.marks import Cell, Marks

MEMORY = 3_000 * archives.MEGABYTE
# Up to here every whole number is exactly a float.
_EXACT = 2**53


class Task(NamedTuple):
    """A workbook to be read; ``kind`` is xlsx, ods or xls."""

    name: str
    kind: str
    content: bytes
    unpacked_megabytes: int
    rows: int
    columns: int


@dataclass
class Read:
    """One worksheet: ``rows`` from A1 on, equally wide, with None where nothing stands."""

    name: str
    hidden: bool
    rows: list[list[Any]]
    marks: Marks


def read(task: Task) -> list[Read]:
    """Every worksheet; DataError with all reasons against the file."""
    content, marks = _marked(task)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise DataError(locked(task.name)) from error
    sheets = []
    for place, told in enumerate(workbook.sheets_metadata):
        if told.typ == SheetTypeEnum.WorkSheet:
            own = marks[place] if isinstance(marks, list) else marks[told.name]
            sheet = workbook.get_sheet_by_index(place)
            own.covered |= _below(sheet.merged_cell_ranges or [], own)
            rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            sheets.append(Read(told.name, told.visible != SheetVisibleEnum.Visible, rows, own))
    return sheets


def _marked(task: Task) -> tuple[bytes, dict[str, Marks] | list[Marks]]:
    """The content to be read, and the marks of its sheets, which must be within the limits."""
    content, marks = task.content, None
    if task.kind == "xls":
        marks = biff.marks(task.name, content)
        numbered = {f"lembar ke-{place}": own for place, own in enumerate(marks, start=1)}
    else:
        parts = archives.unpack(task.name, content, task.unpacked_megabytes)
        if task.kind == "xlsx":
            marks = openxml.marks(task.name, parts)
        else:
            marks = opendocument.marks(task.name, parts, task.rows, task.columns)
        content, numbered = archives.pack(parts), {f"lembar {name}": own for name, own in marks.items()}
    problems = [
        Problem(
            f"{task.name}, {sheet}",
            f"{found} {what}",
            f"paling banyak {most} (params/sources.yml: limits)",
            "kirim per bagian",
        )
        for sheet, own in numbered.items()
        for found, most, what in ((own.rows, task.rows, "baris"), (own.columns, task.columns, "kolom"))
        if found > most
    ]
    if problems:
        raise DataError(*problems)
    return content, marks


def _below(merged: list[tuple[Cell, Cell]], marks: Marks) -> set[Cell]:
    """The cells of merged ranges but the first of each, as far as the sheet reaches."""
    return {
        (row, column)
        for first, last in merged
        for row in range(first[0], min(last[0] + 1, marks.rows))
        for column in range(first[1], min(last[1] + 1, marks.columns))
        if (row, column) != first
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) <= _EXACT
        return int(value) if whole else value if value - value == 0 else str(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, bool | int | date) else None


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY if most < 0 else min(MEMORY, most), most))


def main() -> None:
    """Answer one task. What the reader raises ends the process; the caller says that the file is damaged."""
    task: Task = pickle.load(sys.stdin.buffer)
    _limit_memory()
    try:
        answer: list[Read] | tuple[Problem, ...] = read(task)
    except DataError as error:
        answer = error.problems
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
