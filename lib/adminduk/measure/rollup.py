"""A whole from its parts: the ratio of sums, never a mean of percentages (law 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from adminduk.basis.catalog import Indicator
from adminduk.measure import ratios
from adminduk.measure.indicators import IndicatorRow, judged


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
    kinds = {(row.indicator, row.base, row.as_of, row.base_kind) for row in counted}
    if len(kinds) > 1:
        raise ValueError(f"parts of different dates or definitions: {sorted(map(str, kinds))}")
    if len({row.region_code for row in counted}) < len(counted):
        raise ValueError("a part is there twice")
    numerator = sum(row.numerator or 0 for row in counted)
    denominator = sum(row.denominator or 0 for row in counted)
    value = ratios.KINDS[indicator.kind](numerator, denominator)
    whole = replace(
        counted[0],
        region_code=region_code,
        numerator=numerator,
        denominator=denominator if indicator.bases else None,
        denominator_as_of=_common(counted),
        value=value,
        published=(),
        approximate=any(row.approximate for row in counted),
        statement="",
        sources=tuple(dict.fromkeys(source for row in counted for source in row.sources)),
        parts=(len(counted), expected),
        target=None,
        gap=None,
        verdict=None,
    )
    if len(counted) < expected:
        return replace(whole, status="parsial")
    if value is None:
        return replace(whole, status="penyebut_nol")
    over = indicator.kind == "coverage" and value > 1
    return judged(replace(whole, status="melebihi_satu" if over else "ok"), indicator)


def _common(rows: Sequence[IndicatorRow]):
    """The date of the denominators when all share one."""
    dates = {row.denominator_as_of for row in rows}
    return dates.pop() if len(dates) == 1 else None
