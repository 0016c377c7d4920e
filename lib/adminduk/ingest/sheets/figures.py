"""Figures: what one cell counts, of which place, at which day, on which kind of denominator; and how cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from adminduk.basis.errors import Problem
from adminduk.basis.layouts import Column, Sex
from adminduk.ingest.files.workbooks import Value, Workbook, is_error
from adminduk.ingest.sheets.addresses import plain, spot
from adminduk.ingest.sheets.headings import Field
from adminduk.ingest.sheets.numbers import Column as Numbers
from adminduk.ingest.sheets.numbers import read_counts, read_percents
from adminduk.ingest.sheets.rows import Line
from adminduk.ingest.sheets.tables import Header
from adminduk.ingest.sheets.terms import Terms

FROZEN, MOVING, UNSTATED = "beku", "dinamis", "tidak_disebut"
_BELOW_ZERO = re.compile(r"\s*[-−–]\s*(?=\d)")


@dataclass(frozen=True)
class Figure:
    """One cell. ``name`` is a column of the layout, ``day`` that of its row.

    ``base_day`` is the day of a denominator that has its own; ``statement`` what the file calls its statement;
    ``cell`` may name two whose sum this is.
    """

    line: Line
    cell: str
    name: str
    value: int | Decimal
    day: date
    block: str = ""
    sex: Sex = ""
    base_kind: str = ""
    base_day: date | None = None
    statement: str = ""

    @property
    def column(self) -> Column:
        return self.line.header.layout.columns[self.name]

    @property
    def code(self) -> str:
        """The region; empty for a row of sums."""
        return self.line.place.code if self.line.place else ""

    @property
    def group(self) -> tuple[Any, ...]:
        """What figures of several places must share to be summed."""
        return self.name, self.block, self.sex, self.day, self.statement, self.base_kind, self.base_day


@dataclass(frozen=True)
class Doubt:
    """A cell that could be read in two ways, and how it was read in the light of the others."""

    line: Line
    cell: str
    heading: str
    text: str
    value: int | Decimal
    day: date


Read = list[tuple[Line, int | Decimal]]


class Cells:
    """The cells of one table, with what is wrong or doubtful about those that were read."""

    def __init__(self, workbook: Workbook, header: Header, lines: Sequence[Line], terms: Terms) -> None:
        self.workbook, self.header, self.terms = workbook, header, terms
        self.problems: list[Problem] = []
        self.doubts: list[Doubt] = []
        self.days = self._days(lines)
        self.lines = [line for line in lines if line.row in self.days]

    def column(self, field: Field) -> int | None:
        """Where a field stands, if anywhere."""
        return next((column for column, its in self.header.fields.items() if its == field), None)

    def value(self, row: int, column: int | None) -> Value:
        return None if column is None else self.header.sheet.rows[row][column]

    def refuse(self, row: int, column: int, what: str, expected: str, next_step: str = "") -> None:
        where = spot(self.workbook, self.header.sheet, row, column)
        self.problems.append(Problem(where, what, expected, next_step or "perbaiki sel itu, lalu ulangi"))

    def counts(self, column: int) -> Read:
        """The whole numbers in a column, one for each row where one stands."""
        return self._numbers(column, [self._data(line, column) for line in self.lines], read_counts)

    def percents(self, column: int) -> Read:
        return self._numbers(column, [self._data(line, column) for line in self.lines], read_percents)

    def differences(self, column: int) -> Read:
        """Whole numbers that may be below zero: on a frozen denominator more can be done than there was to do."""
        values = [self._data(line, column) for line in self.lines]
        below = {line.row for line, value in zip(self.lines, values, strict=True) if _is_below_zero(value)}
        known = len(self.doubts)
        read = self._numbers(column, [_without_sign(value) for value in values], read_counts)
        del self.doubts[known:]  # such a column only checks others, so what is doubtful in it changes no figure
        return [(line, -value if line.row in below else value) for line, value in read]

    def _days(self, lines: Sequence[Line]) -> dict[int, date]:
        """The day of each row; rows of sums have the day that all others share, or none."""
        days: dict[int, date] = {}
        column, said = self.column(Field("tanggal")), self.header.layout.day
        for line in lines:
            if line.place is None:
                continue
            day = self.terms.day_of(self.value(line.row, column), said if column is not None else None)
            if isinstance(day, str):
                self.refuse(line.row, column or 0, day, "tanggal keadaan, mis. 2024-11-15")
            else:
                days[line.row] = day
        shared = set(days.values())
        return days | {line.row: day for line in lines if not line.place for day in shared if len(shared) == 1}

    def _data(self, line: Line, column: int) -> Value:
        """A value as it stands. Formulas without a result refuse the file, except in a row of sums."""
        value, uncached = self.value(line.row, column), (line.row, column) in self.header.sheet.uncached
        if line.place is None:
            return None if uncached or is_error(value) else value
        if uncached:
            what, expected = "rumus tanpa nilai tersimpan", "nilai yang sudah dihitung"
            self.refuse(line.row, column, what, expected, "buka di Excel atau LibreOffice, simpan, lalu ulangi")
        return value

    def _numbers(self, column: int, values: list[Value], read: Callable[..., Numbers]) -> Read:
        numbers = read(values, self.header.layout.numbers)
        wrong = dict(numbers.wrong)
        for place, reason in wrong.items():
            line = self.lines[place]
            if line.place or line.labelled:
                self.refuse(line.row, column, reason, "bilangan, atau kosong bila tidak ada")
        for place, _ in numbers.doubtful:
            self._doubt(self.lines[place], column, numbers.values[place])
        paired = enumerate(zip(self.lines, numbers.values, strict=True))
        return [(line, value) for place, (line, value) in paired if value is not None and place not in wrong]

    def _doubt(self, line: Line, column: int, value: int | Decimal | None) -> None:
        if line.place and value is not None:
            heading, text = (plain(each) for each in (self.header.texts[column], self.value(line.row, column)))
            cell = self.header.sheet.cell(line.row, column)
            self.doubts.append(Doubt(line, cell, heading, text, value, self.days[line.row]))


def _is_below_zero(value: Value) -> bool:
    if isinstance(value, str):
        return _BELOW_ZERO.match(value) is not None
    return isinstance(value, int | float) and value < 0


def _without_sign(value: Value) -> Value:
    if isinstance(value, str):
        return _BELOW_ZERO.sub("", value, count=1) if _is_below_zero(value) else value
    return -value if isinstance(value, int | float) and value < 0 else value
