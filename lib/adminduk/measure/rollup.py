"""A whole from its parts: the ratio of sums, never a mean of percentages (law 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from adminduk.basis.catalog import Indicator
from adminduk.basis.dates import AsOf
from adminduk.measure import ratios
from adminduk.measure.indicators import IndicatorRow, judged, status_of


def roll_up(
    parts: Sequence[IndicatorRow], region_code: str, expected: int, indicator: Indicator
) -> IndicatorRow | None:
    """The province as the sum of its regencies' counts, all of one date, base and kind of base.

    ``parts`` holds at most one row per regency. With fewer than ``expected`` the row is ``parsial`` and
    carries no verdict and no gap. None without any part that has counts. ValueError when the parts are
    not of one measure and date: sums across a break mean nothing (law 6).
    """
    counted = [row for row in parts if row.from_counts]
    if not counted:
        return None
    _one_kind(counted)
    numerator = sum(row.numerator or 0 for row in counted)
    denominator = sum(row.denominator or 0 for row in counted)
    value = ratios.KINDS[indicator.kind](numerator, denominator)
    complete = len(counted) == expected
    whole = replace(
        counted[0],
        region_code=region_code,
        status=status_of(value, indicator) if complete else "parsial",
        numerator=numerator,
        denominator=denominator if indicator.bases else None,
        denominator_as_of=_common(counted),
        value=value,
        published=(),
        approximate=any(row.approximate for row in counted),
        statement="",
        sources=tuple(dict.fromkeys(source for row in counted for source in row.sources)),
        parts=(len(counted), expected),
        gap=None,
        verdict=None,
    )
    return judged(whole, indicator)


def _one_kind(rows: Sequence[IndicatorRow]) -> None:
    """ValueError unless all rows are of one measure and date, each of another region."""
    kinds = {(row.indicator, row.base, row.as_of, row.base_kind) for row in rows}
    if len(kinds) > 1:
        raise ValueError(f"parts of different dates or definitions: {sorted(map(str, kinds))}")
    if len({row.region_code for row in rows}) < len(rows):
        raise ValueError("a part is there twice")


def _common(rows: Sequence[IndicatorRow]) -> AsOf | None:
    """The date of the denominators when all share one."""
    dates = {row.denominator_as_of for row in rows}
    return dates.pop() if len(dates) == 1 else None
