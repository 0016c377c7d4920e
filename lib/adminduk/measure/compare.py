"""What may be held against what: changes within one definition, ranks at one date (laws 6 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from adminduk.measure.indicators import IndicatorRow

_STATED_KINDS = ("beku", "dinamis")


@dataclass(frozen=True)
class Change:
    """From an earlier figure to this one. ``points`` (a share) only within one kind of denominator."""

    since: IndicatorRow
    count: int
    points: Fraction | None


def comparable_counts(one: IndicatorRow, other: IndicatorRow) -> bool:
    """Whether two numerators may be subtracted: counts of one measure, exact, no year-only date."""
    return (
        one.indicator == other.indicator
        and one.numerator is not None
        and other.numerator is not None
        and one.from_counts
        and other.from_counts
        and not one.approximate
        and not other.approximate
        and "tahun" not in (one.as_of.precision, other.as_of.precision)
    )


def comparable_shares(one: IndicatorRow, other: IndicatorRow) -> bool:
    """Whether two shares may be subtracted: also one base, and one stated kind of it."""
    return (
        comparable_counts(one, other)
        and one.base == other.base
        and one.base_kind == other.base_kind
        and one.base_kind in _STATED_KINDS
    )


def change(row: IndicatorRow, rows: Sequence[IndicatorRow], not_after: date) -> Change | None:
    """The change since the newest comparable figure of ``rows`` at or before ``not_after``.

    None when there is none.
    """
    earlier = [
        other
        for other in rows
        if other.as_of.known_by(not_after) and other.as_of.last < row.as_of.first and comparable_counts(row, other)
    ]
    if not earlier:
        return None
    same_base = [other for other in earlier if other.base == row.base]
    since = max(same_base or earlier, key=lambda other: other.as_of)
    points = _difference(row, since)
    return Change(since, (row.numerator or 0) - (since.numerator or 0), points)


def _difference(row: IndicatorRow, since: IndicatorRow) -> Fraction | None:
    if row.value is None or since.value is None or not comparable_shares(row, since):
        return None
    return row.value - since.value


def cohort_key(row: IndicatorRow) -> tuple | None:
    """What two regencies' figures must share to stand in one ranking: indicator, base, date, kind of base.

    A frozen base counts with its own date. None for a figure that may not be ranked at all: a claim, an
    approximate one, or one of a year only (law 7).
    """
    if not row.from_counts or row.approximate or row.as_of.precision == "tahun":
        return None
    frozen = row.denominator_as_of if row.base_kind == "beku" else None
    return row.indicator, row.base, row.as_of, row.base_kind, frozen


@dataclass(frozen=True)
class Rank:
    """Place among ``of`` regencies whose figure is known at that date; ``tied`` share the place, and those behind them
    keep theirs (competition ranking, 1 2 2 4)."""

    place: int
    of: int
    tied: int


def rank(row: IndicatorRow, others: Sequence[IndicatorRow], regencies: int) -> Rank | None:
    """The place of ``row`` among figures of one date and definition, highest first.

    ``others`` holds the figures of all regencies, this one included. None when they are fewer than half of
    the ``regencies``, or this one is not among them.
    """
    key = cohort_key(row)
    peers = [other for other in others if key is not None and cohort_key(other) == key]
    if row not in peers or 2 * len(peers) < regencies:
        return None
    values = [other.value for other in peers if other.value is not None]
    higher = sum(value > row.value for value in values)
    return Rank(higher + 1, len(peers), values.count(row.value))
