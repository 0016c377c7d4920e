"""A date that is as precise as its source: a day, a month or a year (law 7)."""

from __future__ import annotations

import calendar
import contextlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, total_ordering
from typing import Literal

Precision = Literal["hari", "bulan", "tahun"]

_SHAPES: dict[Precision, re.Pattern[str]] = {
    "hari": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "bulan": re.compile(r"\d{4}-\d{2}"),
    "tahun": re.compile(r"\d{4}"),
}


@total_ordering
@dataclass(frozen=True)
class AsOf:
    """A reporting date kept as the interval [first, last] that its source allows.

    Ordered by the last possible day; at one last day the more precise date is the later one,
    because less of it can lie before.
    """

    first: date
    last: date

    @staticmethod
    @cache
    def parse(text: str) -> AsOf:
        """``2024-11-12``, ``2024-10`` or ``2024``; ValueError for anything else."""
        for precision, shape in _SHAPES.items():
            if shape.fullmatch(text):
                with contextlib.suppress(ValueError):  # a day or month that no calendar has
                    return _interval(text, precision)
        raise ValueError(f"{text!r} bukan tanggal (YYYY-MM-DD), bulan (YYYY-MM) atau tahun (YYYY)")

    @property
    def precision(self) -> Precision:
        if self.first == self.last:
            return "hari"
        return "bulan" if self.first.month == self.last.month else "tahun"

    def __str__(self) -> str:
        return self.first.isoformat()[: {"hari": 10, "bulan": 7, "tahun": 4}[self.precision]]

    def __lt__(self, other: AsOf) -> bool:
        return (self.last, self.first) < (other.last, other.first)

    def known_by(self, day: date) -> bool:
        """Whether the whole interval lies at or before ``day``."""
        return self.last <= day


def _interval(text: str, precision: Precision) -> AsOf:
    numbers = [int(part) for part in text.split("-")]
    if precision == "hari":
        day = date(*numbers)
        return AsOf(day, day)
    if precision == "bulan":
        year, month = numbers
        return AsOf(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return AsOf(date(numbers[0], 1, 1), date(numbers[0], 12, 31))
