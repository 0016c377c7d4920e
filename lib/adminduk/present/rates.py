"""Paces, multiples and spans of days as text; a range where dates are imprecise (law 7)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from babel.numbers import format_decimal

from adminduk.measure.pace import Pace
from adminduk.present import wording

_WHOLE_FROM, _MOST = 10, 4


def a_day(seen: Pace) -> str:
    """The pace of a calendar day: "210 sampai 733", "46", "0,4", "−3,5"."""
    return _range(seen.per_day)


def times(found: tuple[Fraction, Fraction]) -> str:
    """How many times: "19 sampai 68", "1,4"; a number that is not one is not printed as one."""
    return _range(found)


def stretch(seen: Pace) -> str:
    """From when to when a pace was observed: "31 Okt 2024 sampai 12 Nov 2024"."""
    return f"{wording.short_date(seen.since)} sampai {wording.short_date(seen.until)}"


def span(first: date, last: date) -> str:
    """From one day to another: "13 sampai 26 November 2024", with the month of the first where it is another."""
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if same else wording.long_date(first)} sampai {wording.long_date(last)}"


def _range(ends: tuple[Fraction, Fraction]) -> str:
    return " sampai ".join(dict.fromkeys(map(_amount, ends)))


def _amount(value: Fraction) -> str:
    """Whole from ten on, else one decimal; more where that would print zero, or one of what is neither."""
    decimals = 0 if abs(value) >= _WHOLE_FROM else 1
    while decimals < _MOST and _rounded(value, decimals) in (0, 1) and _rounded(value, decimals) != value:
        decimals += 1
    shown = _rounded(value, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals and shown.denominator != 1 else "")
    digits = format_decimal(float(abs(shown)), format=pattern, locale=wording.LOCALE)
    return (wording.MINUS if shown < 0 else "") + digits


def _rounded(value: Fraction, decimals: int) -> Fraction:
    """Rounded half away from zero, exactly."""
    scaled = abs(value) * 10**decimals
    whole = Fraction(int(scaled + Fraction(1, 2)), 10**decimals)
    return whole if value >= 0 else -whole
