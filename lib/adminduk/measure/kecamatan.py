"""The kecamatan of one regency beside each other: figures of one date and definition, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adminduk.basis.catalog import Indicator
from adminduk.basis.regions import District
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.inequality import Area, Spread, spread


@dataclass(frozen=True)
class Within:
    """One indicator inside the regency: ``like`` is its own figure, ``rows`` those of its kecamatan by code.

    ``spread`` is held against the regency's target; None where fewer than two kecamatan have people in the base.
    """

    indicator: Indicator
    like: IndicatorRow
    rows: Mapping[str, IndicatorRow]
    spread: Spread | None


def districts(briefing: Briefing) -> tuple[District, ...]:
    """The kecamatan of the regency in the order of their codes; none of a province."""
    own = f"{briefing.region.code}."
    inside = [] if briefing.region.is_province else [d for d in briefing.regions.districts if d.code.startswith(own)]
    return tuple(sorted(inside, key=lambda district: district.code))


def within(briefing: Briefing) -> tuple[Within, ...]:
    """Every coverage that is always reported and of which kecamatan have the counts of the regency's own date."""
    codes = {district.code for district in districts(briefing)}
    found = []
    for entry in briefing.entries:
        if codes and entry.rows and entry.rows[0].denominator is not None and entry.indicator.shown == "always":
            like = entry.rows[0]
            known = briefing.district_rows(entry.indicator, like)
            rows = {code: row for code, row in known.items() if code in codes}
            if rows:
                found.append(Within(entry.indicator, like, rows, _spread(like, rows)))
    return tuple(found)


def _spread(like: IndicatorRow, rows: Mapping[str, IndicatorRow]) -> Spread | None:
    areas = [Area(code, row.numerator or 0, row.denominator or 0) for code, row in rows.items()]
    return spread(areas, like.target.share if like.target else None)
