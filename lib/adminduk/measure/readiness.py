"""How ready a region is for the period's deadline: who has been served, who has not, and what that asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from adminduk.basis.catalog import Indicator
from adminduk.measure import pace
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.pace import Required


@dataclass(frozen=True)
class Readiness:
    """Those not yet served of everybody in the base, and what that asks for until the period's deadline.

    ``working`` are the first and the last working day until then; None where none is left.
    """

    indicator: Indicator
    row: IndicatorRow
    left: int
    required: Required
    working: tuple[date, date] | None


def readiness(briefing: Briefing) -> tuple[Readiness, ...]:
    """For the indicators of the deadline that have exact counts of the period's own day; empty without a deadline.

    Only these counts say how many are left that day.
    """
    named = briefing.period.deadline
    counted = [entry for entry in asked(briefing) if entry.rows and _today(briefing, entry.rows[0])]
    return tuple(_ready(briefing, entry, named.date) for entry in counted if named)


def asked(briefing: Briefing) -> tuple[Entry, ...]:
    """The entries of the deadline's indicator and of those that the period asks for."""
    named = briefing.period.deadline
    wanted = (named.indicator, *briefing.period.asks) if named else ()
    return tuple(entry for entry in briefing.entries if entry.indicator.id in wanted)


def _today(briefing: Briefing, row: IndicatorRow) -> bool:
    today = row.as_of.precision == "hari" and row.as_of.last == briefing.period.as_of
    exact = row.from_counts and row.denominator is not None and not row.approximate
    return today and exact and row.status != "parsial"


def _ready(briefing: Briefing, entry: Entry, until: date) -> Readiness:
    row, after, off = entry.rows[0], briefing.period.as_of, briefing.days_off(until)
    left = max(0, (row.denominator or 0) - (row.numerator or 0))
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    work = [day for day in days if pace.working_days(day - timedelta(days=1), day, off)]
    span = (work[0], work[-1]) if work else None
    return Readiness(entry.indicator, row, left, pace.required(left, after, until, off), span)
