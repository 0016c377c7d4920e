"""The arithmetic of a figure: exact, on integers and fractions, never on rounded numbers (laws 1 and 2).

Coverage is a ratio of two counts. A target is an exact fraction (99.40 percent is 497/500). A published
percentage is an interval: every number that rounds to what was printed.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Literal

Verdict = Literal["melampaui", "mencapai", "di_bawah"]


def coverage(numerator: int, denominator: int) -> Fraction | None:
    """``numerator / denominator`` as an exact share; None when the denominator is zero."""
    return Fraction(numerator, denominator) if denominator else None


def judge(value: Fraction, target: Fraction) -> Verdict:
    """Where an exact value stands against an exact target."""
    if value > target:
        return "melampaui"
    return "mencapai" if value == target else "di_bawah"


def gap(numerator: int, denominator: int, target: Fraction) -> int:
    """The smallest number of people (or documents) that must be added to reach the target.

    The least n >= 0 with (numerator + n) / denominator >= target.
    """
    return max(0, ceil(target * denominator) - numerator)


def rounding_interval(percent: str) -> tuple[Fraction, Fraction]:
    """The shares [low, high) that print as ``percent`` when rounded half up: "99.98" -> 99.975 .. 99.985 %."""
    printed = Decimal(percent)
    half = Fraction(1, 2) * Fraction(10) ** int(printed.as_tuple().exponent)
    return (Fraction(printed) - half) / 100, (Fraction(printed) + half) / 100


def judge_claim(percent: str, target: Fraction) -> Verdict | None:
    """The verdict of a printed percentage, only if its whole rounding interval lies on one side.

    A claim is never said to equal its target: what was printed does not tell. The upper end is taken
    as included, so that a claim rounded half to even gets no verdict that it might not deserve.
    """
    low, high = rounding_interval(percent)
    if high < target:
        return "di_bawah"
    return "melampaui" if low > target else None


def follows(percent: str, value: Fraction, up_to: Fraction | None = None) -> bool:
    """Whether a printed percentage is the exact value rounded to the printed decimals (either way at a half).

    Of a value that is known only from ``value`` to ``up_to``: whether one of these is.
    """
    low, high = rounding_interval(percent)
    return low <= (value if up_to is None else up_to) and value <= high


def share_of_target(value: Fraction, target: Fraction) -> Fraction:
    """How much of the target has been reached: 5.4756 % of a 30 % target is 18.25 %."""
    return value / target


def count_value(numerator: int, _denominator: int) -> Fraction:
    """A count stands for itself."""
    return Fraction(numerator)


# The kinds of arithmetic an indicator file may name.
KINDS: dict[str, Callable[[int, int], Fraction | None]] = {"coverage": coverage, "count": count_value}
