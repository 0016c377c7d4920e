"""The regencies of a province beside each other: one figure each, or why there is none, and who carries the gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from adminduk.basis.catalog import Indicator, Target
from adminduk.basis.dates import AsOf
from adminduk.basis.regions import Region
from adminduk.measure import indicators
from adminduk.measure.briefing import Briefing
from adminduk.measure.facts import Claim, Count
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.pace import Carried, carried
from adminduk.measure.targets import target_for, target_of_each

Why = Literal["", "ditahan", "kata", "tanpa_penyebut", "berbeda", "tidak_dipakai", "belum_ada"]


@dataclass(frozen=True)
class Cell:
    """The newest figure of a region, on the base that the indicator names first; else why there is none.

    ``lone`` is a numerator that nothing may divide, ``told`` what was said without a number.
    """

    region: Region
    indicator: Indicator
    row: IndicatorRow | None
    why: Why
    lone: Count | None = None
    told: Claim | None = None


def columns(briefing: Briefing) -> tuple[Indicator, ...]:
    """The indicators that every regency is asked for at the period."""
    return tuple(entry.indicator for entry in briefing.entries if entry.indicator.shown == "always")


def places(briefing: Briefing) -> tuple[Region, ...]:
    """The regencies in the order of their codes, then the province."""
    regions = briefing.regions
    return (*sorted(regions.regencies, key=lambda place: place.code), regions.province)


def target(briefing: Briefing, indicator: Indicator) -> Target | None:
    """The province's target at the period, on the base that the indicator names first; else that of each regency."""
    when, base = AsOf.parse(briefing.period.as_of.isoformat()), next(iter(indicator.bases), "")
    return target_for(indicator, briefing.regions.province.code, when, base) or target_of_each(indicator, when)


def cell(briefing: Briefing, indicator: Indicator, region: Region) -> Cell:
    """What the sheet says of one region and indicator. Of a regency that is not printed nothing is said."""
    if region.code in briefing.stopped:
        return Cell(region, indicator, None, "ditahan")
    order = [*indicator.bases]
    rows = indicators.latest(briefing.history(indicator, region.code))
    if rows:
        first = min(rows, key=lambda row: order.index(row.base) if row.base in order else len(order))
        return Cell(region, indicator, first, "")
    facts = briefing.facts(region.code)
    lone = indicators.lone_numerator(facts, indicator)
    told = [claim for claim in briefing.told if region.is_province and claim.indicator == indicator.id]
    known = (indicator.id, indicator.numerator, *indicator.bases)
    reasons: dict[Why, bool] = {
        "kata": bool(told),
        "tanpa_penyebut": lone is not None,
        "berbeda": any(conflict.what in known for conflict in facts.conflicts),
        "tidak_dipakai": any(item.indicator == indicator.id for item in facts.refused),
    }
    why: Why = next((reason for reason, applies in reasons.items() if applies), "belum_ada")
    return Cell(region, indicator, None, why, lone, told[-1] if told else None)


def cohort(briefing: Briefing, indicator: Indicator) -> tuple[IndicatorRow, ...]:
    """The regencies' figures of one date and definition, of those that are printed; highest first."""
    return tuple(row for row in briefing.cohort(indicator) if row.region_code not in briefing.stopped)


@dataclass(frozen=True)
class Burden:
    """Who carries the gap of one indicator: ``rows`` of one date and definition, ``shares`` largest first."""

    indicator: Indicator
    rows: tuple[IndicatorRow, ...]
    shares: tuple[Carried, ...]
    regencies: int

    @property
    def gap(self) -> int:
        """People short in all regencies together; a regency above its target takes nothing from another's gap."""
        return sum(share.gap for share in self.shares)

    @property
    def is_complete(self) -> bool:
        return len(self.rows) == self.regencies

    def most(self, part: float = 2 / 3) -> tuple[Carried, ...]:
        """The fewest regencies that carry at least ``part`` of the gap."""
        few = sum(share.cumulative < part for share in self.shares) + 1
        return self.shares[:few]


def burdens(briefing: Briefing) -> tuple[Burden, ...]:
    """For each indicator with a target at the date that half of the regencies or more have a figure of."""
    found = (burden_of(briefing, indicator) for indicator in columns(briefing))
    return tuple(one for one in found if one is not None)


def burden_of(briefing: Briefing, indicator: Indicator) -> Burden | None:
    """That of one indicator; None where its figures may not be held against each other or have no target."""
    rows = cohort(briefing, indicator)
    if not rows or not indicator.bases or any(row.gap is None for row in rows):
        return None
    shares = carried({row.region_code: row.gap or 0 for row in rows})
    return Burden(indicator, rows, shares, len(briefing.regions.regencies))
