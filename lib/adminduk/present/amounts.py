"""Money, planned outputs and months as text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from babel.numbers import format_decimal

from adminduk.basis.programme import ProgramLine
from adminduk.present import wording

_RUN = 3  # from so many months in a row on, the first and the last are enough


def rupiah(amount: int | Fraction) -> str:
    """150000000 -> "Rp150.000.000"; rounded to whole rupiah, half up."""
    return f"Rp{whole(amount)}"


def whole(amount: int | Fraction) -> str:
    """The same without its sign, under a column that has it."""
    return wording.number(floor(amount + Fraction(1, 2)))


def millions(amount: int) -> str:
    """Rupiah in millions with one decimal: 141250000 -> "141,3"."""
    return format_decimal(Decimal(floor(Fraction(amount, 100_000) + Fraction(1, 2))) / 10, "#,##0.0", wording.LOCALE)


def or_dash(amount: int | Fraction | None) -> str:
    """Money; a dash where there is none."""
    return whole(amount) if amount else wording.DASH


def share(value: Fraction | None) -> str:
    """A share as a percentage; a dash where there is nothing to divide by."""
    return wording.DASH if value is None else wording.percent(value)


def quantity(line: ProgramLine, value: Decimal) -> str:
    """A target or what was realised of it, as the document has it: "99,2%" or "2.500"."""
    return wording.printed_percent(str(value)) if line.is_share else wording.number(int(value))


def target(share: Fraction) -> str:
    """A target of coverage as short as it is exact: 124/125 -> "99,2%"."""
    percent = share * 100
    decimals = next((n for n in range(6) if (percent * 10**n).denominator == 1), None)
    if decimals is None:
        return wording.percent(share)
    digits = str(int(percent * 10**decimals)).rjust(decimals + 1, "0")
    return wording.printed_percent(f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


def months(numbers: Sequence[int]) -> str:
    """Months by their numbers: 1 to 12 -> "1–12", 2, 3, 8 -> "2, 3, 8"; empty for none."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}{wording.DASH}{run[-1]}" if len(run) >= _RUN else ", ".join(map(str, run)) for run in runs
    )
