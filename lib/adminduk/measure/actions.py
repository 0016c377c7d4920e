"""Programme actions: what offices did between reports, added up. A report that is missing adds nothing, not zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from adminduk.basis.catalog import Catalog, Measure
from adminduk.measure.facts import Facts


@dataclass(frozen=True)
class Done:
    """``count`` of one measure in ``reports`` reports, from the day ``first`` to the day ``last``."""

    count: int
    reports: int
    first: date
    last: date
    sources: tuple[str, ...]


def measures(catalog: Catalog) -> tuple[Measure, ...]:
    """The actions that offices report, in the order of the catalogue."""
    return tuple(measure for measure in catalog.measures.values() if measure.role == "tindakan")


def done(facts: Facts, measure: str, after: date, until: date) -> Done | None:
    """The sum of the day-dated reports after ``after`` and up to ``until``; None without any.

    Each report counts what happened since the one before it, so that reports may be added.
    """
    reports = {
        item.as_of.first: item
        for item in facts.counts
        if item.measure == measure and item.as_of.precision == "hari" and after < item.as_of.first <= until
    }
    if not reports:
        return None
    sources = tuple(dict.fromkeys(reports[day].source for day in sorted(reports)))
    return Done(sum(item.count for item in reports.values()), len(reports), min(reports), max(reports), sources)
