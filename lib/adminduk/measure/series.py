"""The figures of one indicator that may be joined to a series: counts of one definition, base and kind of base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from adminduk.measure.compare import comparable_counts
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.pace import Point

_UNSTATED = "tidak_disebut"


def points(rows: Iterable[IndicatorRow]) -> tuple[Point, ...]:
    """The newest comparable stretch of one indicator's history as points, oldest first.

    ``rows`` are figures of one region and indicator in any order. Only counts of both numerator and denominator
    enter, exact, complete, and dated to a day or a month (laws 5 and 7); the stretch ends where the kind of
    denominator changes (law 6), and figures whose kind no source states are passed over. Of several bases the one
    whose stretch is the newest, then the longest, then the first by name; rows of one base keep to that base.
    """
    by_base: dict[str, list[IndicatorRow]] = defaultdict(list)
    for row in rows:
        if _counted(row):
            by_base[row.base].append(row)
    stretches = [_stretch(sorted(same, key=lambda row: row.as_of)) for _, same in sorted(by_base.items())]
    best = max(stretches, key=lambda stretch: (stretch[-1].as_of, len(stretch)), default=[])
    return tuple(Point(row.as_of, row.numerator or 0, row.denominator or 0) for row in best)


def _counted(row: IndicatorRow) -> bool:
    """Whether a figure may stand in a series at all; comparable with itself: exact counts, more precise than a year."""
    whole = row.denominator is not None and row.status != "parsial" and row.base_kind != _UNSTATED
    return whole and comparable_counts(row, row)


def _stretch(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The newest figures that share the kind of denominator of the very newest."""
    start = next((n for n in range(len(rows) - 1, -1, -1) if _kind(rows[n]) != _kind(rows[-1])), -1)
    return list(rows[start + 1 :])


def _kind(row: IndicatorRow) -> str:
    """A base that is itself a stock (those recorded) has no kind of its own: it moves with the register."""
    return row.base_kind or "dinamis"
