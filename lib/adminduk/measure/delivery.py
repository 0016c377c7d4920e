"""Who delivered: for which days a region has figures of its own, and how old the newest is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from adminduk.basis.catalog import Catalog
from adminduk.basis.dates import AsOf
from adminduk.measure.facts import Claim, Count, Facts


@dataclass(frozen=True)
class Delivery:
    """``on_day``: whether there are counts of the period's day; ``days``: reporting days of its year so far.

    ``newest`` is the newest count or published percentage, denominators apart; ``age`` the days since the last day
    that it may be of.
    """

    on_day: bool
    days: tuple[date, ...]
    newest: AsOf | None
    age: int | None
    is_claim: bool
    sources: tuple[str, ...]


def delivery(facts: Facts, catalog: Catalog, day: date) -> Delivery:
    """What ``facts`` say of a region's reports up to ``day``. A denominator alone is no report."""
    counts = [item for item in facts.counts if catalog.measures[item.measure].role != "penyebut"]
    claims = [item for item in facts.claims if item.kind == "persen"]
    dated = {item.as_of.first for item in counts if item.as_of.precision == "hari"}
    days = tuple(sorted(when for when in dated if when.year == day.year))
    every: list[Count | Claim] = [*counts, *claims]
    newest = max((item.as_of for item in every), default=None)
    told = [item for item in every if item.as_of == newest]
    return Delivery(
        on_day=day in dated,
        days=days,
        newest=newest,
        age=(day - newest.last).days if newest else None,
        is_claim=bool(told) and not any(isinstance(item, Count) for item in told),
        sources=tuple(dict.fromkeys(item.source for item in told)),
    )
