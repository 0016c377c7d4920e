"""Numbers in words, and small differences with a fixed number of decimals."""

from __future__ import annotations

from babel.numbers import format_decimal

from adminduk.present import wording
from adminduk.present.spelling import words

_MOST_IN_WORDS = 10


def spelled(count: int) -> str:
    """3 -> "tiga"; figures from eleven on."""
    return words(count) if count <= _MOST_IN_WORDS else wording.number(count)


def thousandths(count: int) -> str:
    """A signed number of thousandths: 790 -> "+0,790"."""
    sign = "+" if count > 0 else wording.MINUS if count < 0 else ""
    return sign + unsigned(count)


def unsigned(count: int) -> str:
    """The size of a number of thousandths: -790 -> "0,790"."""
    return format_decimal(abs(count) / 1000, format="#,##0.000", locale=wording.LOCALE)
