"""A printed text read back as what it says: a number, a percentage, an amount, a day, or words.

The other direction of ``present.wording``. What is read and then shown in the returned number format is the same text
again, character for character; a text for which that would not hold stays a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import get_month_names

from adminduk.present.wording import LOCALE, MINUS

MARKS = "*†‡§°"
_INDONESIAN = "[$-421]"  # Excel takes names of months from it, and LibreOffice commas and points too
_DIGITS = 15  # that a spreadsheet keeps exactly
_FIRST_YEAR = 1901  # Excel knows a 29 February 1900
_FIGURE = re.compile(
    rf"(?P<sign>[+{MINUS}]?)(?P<money>(?:Rp)?)(?P<whole>0|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})*)(?:,(?P<part>[0-9]+))?"
    r"(?P<unit>%|(?: (?!dari\b|sampai\b|hingga\b|atau\b|dan\b)[A-Za-z][A-Za-z/-]*){1,5})?"
)
_DAY = re.compile(r"([1-9][0-9]?) ([A-Z][a-z]+) ([0-9]{4})")
_TAIL = re.compile(rf"[{re.escape(MARKS)}]+\Z")
_MONTHS = {
    name: (month, pattern)
    for width, pattern in (("wide", "d mmmm yyyy"), ("abbreviated", "d mmm yyyy"))
    for month, name in get_month_names(width, locale=LOCALE).items()
}


@dataclass(frozen=True)
class Cell:
    """``value`` in a spreadsheet (a percentage as a fraction of one), its number format, and the mark behind it."""

    value: Decimal | date | str
    number_format: str = ""
    mark: str = ""


def read(text: str) -> Cell:
    """A figure, a day or a dash, each with the marks behind it apart; any other text as it stands.

    A month or a year is no day and stays text, so does a number without thousands separator ("2024", "64.71").
    """
    plain = _TAIL.sub("", text)
    cell = _figure(plain) or day(plain)
    if cell is None:
        return Cell(text) if plain.strip(" –") else Cell(plain, mark=text[len(plain) :])
    return Cell(cell.value, cell.number_format, text[len(plain) :])


def day(text: str) -> Cell | None:
    """A day as ``wording.long_date`` and ``wording.short_date`` print it; None for anything else."""
    found = _DAY.fullmatch(text)
    if found is None or found[2] not in _MONTHS or int(found[3]) < _FIRST_YEAR:
        return None
    month, pattern = _MONTHS[found[2]]
    try:
        return Cell(date(int(found[3]), month, int(found[1])), _INDONESIAN + pattern)
    except ValueError:  # a day that no calendar has
        return None


def _figure(text: str) -> Cell | None:
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    whole, part, unit = found["whole"].replace(".", ""), found["part"] or "", found["unit"] or ""
    value = Decimal(f"{whole}.{part}" if part else whole)
    if len(whole) + len(part) > _DIGITS or (found["sign"] and not value):
        return None
    if unit == "%":
        value /= 100
    shown = f"#,##0{'.' + '0' * len(part) if part else ''}"
    shown = (f'"{found["money"]}"' if found["money"] else "") + shown + (f'"{unit}"' if len(unit) > 1 else unit)
    return Cell(-value if found["sign"] == MINUS else value, _signed(shown, found["sign"]))


def _signed(shown: str, sign: str) -> str:
    """With the minus that we print; a figure that was printed with a sign shows a plus too."""
    if not sign:
        return f"{_INDONESIAN}{shown}"
    return f'{_INDONESIAN}"+"{shown};{_INDONESIAN}"{MINUS}"{shown};{_INDONESIAN}{shown}'
