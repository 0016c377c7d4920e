"""Team days of outreach shared out by three rules: to serve most people, equally, and by population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adminduk.basis.agenda import Outreach
from adminduk.basis.catalog import Indicator
from adminduk.measure import allocation
from adminduk.measure.allocation import Allocation, Need
from adminduk.measure.briefing import Briefing
from adminduk.measure.facts import Count
from adminduk.measure.goals import newest
from adminduk.measure.indicators import IndicatorRow

POPULATION = "penduduk"


@dataclass(frozen=True)
class Shared:
    """``needs`` are the people not yet in the numerator, by regency in the order of codes, with ``rows`` beside them.

    ``population`` is the newest of the register of each regency; empty, and the indicator's base takes its place in
    ``weights``, where one is not known or may be of another kind (DKB and BPS are never mixed). ``best`` and the others
    are None where the floors alone take more days than there are.
    """

    outreach: Outreach
    indicator: Indicator
    needs: tuple[Need, ...]
    rows: tuple[IndicatorRow, ...]
    population: tuple[Count, ...]
    weights: tuple[int, ...]
    best: Allocation | None
    equal: Allocation | None
    proportional: Allocation | None


def shared(briefing: Briefing) -> Shared | None:
    """None where the period names no outreach or no regency has a figure."""
    outreach = briefing.period.outreach
    indicator = briefing.catalog.indicators[outreach.indikator] if outreach else None
    if outreach is None or indicator is None:
        return None
    places = sorted(briefing.regions.regencies, key=lambda place: place.code)
    rows = tuple(row for row in (newest(briefing, indicator, place) for place in places) if row and row.denominator)
    if not rows:
        return None
    needs = tuple(_need(outreach, row) for row in rows)
    people = _population(briefing, rows)
    weights = tuple(one.count for one in people) or tuple(row.denominator or 0 for row in rows)
    days, fits = outreach.team_days, outreach.floor * len(needs) <= outreach.team_days
    return Shared(
        outreach,
        indicator,
        needs,
        rows,
        people,
        weights,
        best=allocation.best(needs, days, outreach.floor) if fits else None,
        equal=allocation.equal(needs, days) if fits else None,
        proportional=allocation.proportional(needs, days, weights) if fits else None,
    )


def _need(outreach: Outreach, row: IndicatorRow) -> Need:
    left = max(0, (row.denominator or 0) - (row.numerator or 0))
    return Need(row.region_code, left, outreach.per_day_by_region.get(row.region_code, outreach.per_day))


def _population(briefing: Briefing, rows: Sequence[IndicatorRow]) -> tuple[Count, ...]:
    """The newest population of every regency; empty where one is missing or in doubt."""
    doubted = {(finding.region_code, finding.as_of) for finding in briefing.found_by("campur_dkb_bps")}
    newest_first = (_newest(briefing, row.region_code) for row in rows)
    found = tuple(one for one in newest_first if one and (one.region_code, str(one.as_of)) not in doubted)
    return found if len(found) == len(rows) else ()


def _newest(briefing: Briefing, code: str) -> Count | None:
    known = [item for item in briefing.facts(code).counts if item.measure == POPULATION]
    return max(known, key=lambda item: item.as_of, default=None)
