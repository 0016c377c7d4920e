"""Where a regency stands in its peer group: those that params name as like it, at one date and definition."""

from __future__ import annotations

from dataclasses import dataclass

from adminduk.basis.catalog import Indicator
from adminduk.measure import compare
from adminduk.measure.briefing import Briefing
from adminduk.measure.compare import Rank
from adminduk.measure.indicators import IndicatorRow


@dataclass(frozen=True)
class Standing:
    """The regency's newest figure ``row``, its place in the group, and the figures of the group by code."""

    indicator: Indicator
    row: IndicatorRow
    rank: Rank
    rows: dict[str, IndicatorRow]


def standings(briefing: Briefing) -> tuple[Standing, ...]:
    """One for each coverage of which at least half of the group have a figure comparable with the regency's newest.

    Plain counts are left out: large and small regencies do not stand on one scale. Empty for a province.
    """
    group = briefing.regions.peers_of(briefing.region)
    found = []
    for entry in briefing.entries:
        if len(group) > 1 and entry.rows and entry.indicator.bases:
            row, key = entry.rows[0], compare.cohort_key(entry.rows[0])
            others = [other for place in group for other in briefing.history(entry.indicator, place.code)]
            rank = compare.rank(row, others, len(group))
            if rank is not None and rank.of > 1:
                rows = {other.region_code: other for other in others if compare.cohort_key(other) == key}
                found.append(Standing(entry.indicator, row, rank, rows))
    return tuple(found)
