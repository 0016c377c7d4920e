"""Days as people write them: 15/11/2024, 2024-11-15, 15 November 2024; or only the month."""

from __future__ import annotations

import re
from datetime import date, datetime

from adminduk.basis.dates import AsOf
from adminduk.ingest.files.workbooks import Value

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
# The first three letters decide; besides the usual ones older and English spellings.
_BEGINNINGS = {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)} | {
    "peb": 2, "may": 5, "ags": 8, "agt": 8, "aug": 8, "oct": 10, "nop": 11, "dec": 12,
}  # fmt: skip

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?!\d)")
_NAMED = re.compile(r"(?:(?<!\d)(\d{1,2})[-/. ]+)?([a-z]{3,9})[-/., ]+(\d{4})(?!\d)")


def read_when(value: Value) -> AsOf | None:
    """The day, or the month where only that is said; None when the cell says neither or more than one."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return AsOf(day, day)
    if not isinstance(value, str):
        return None
    text = value.strip().casefold()
    said = [f"{y}-{int(m):02}-{int(d):02}" for y, m, d in _YEAR_FIRST.findall(text)]
    said += [f"{y}-{int(m):02}-{int(d):02}" for d, m, y in _DAY_FIRST.findall(text)]
    for day, word, year in _NAMED.findall(text):
        month = _BEGINNINGS.get(word[:3], 0)
        said += [f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")] if month else []
    try:
        (only,) = set(said)
        return AsOf.parse(only)
    except ValueError:  # none, several, or a day that no calendar has
        return None


def read_day(value: Value) -> date | None:
    """The day that a cell says, None when it says none."""
    when = read_when(value)
    return when.first if when and when.precision == "hari" else None


def long_day(day: date) -> str:
    """ "15 November 2024", as it stands in the title of a source."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
