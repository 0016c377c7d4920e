"""What lies ahead of a region: the pace its targets ask for beside the pace observed, and where the pace leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from adminduk.basis.catalog import Indicator, Target
from adminduk.measure import pace, projection
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.pace import Pace, Point, Required
from adminduk.measure.projection import Projection, Refusal
from adminduk.measure.series import points

REPORTS = (
    6  # newest reports over which the longer pace is taken: a quarter of a year where offices report twice a month
)


@dataclass(frozen=True)
class Outlook:
    """A figure of this year, what its target asks for until ``until``, and what was observed.

    ``latest`` is the pace between the last two comparable reports, ``longer`` that over the last ``reports`` of them;
    None where there are too few. ``closing`` is the pace at which the shortage shrank over the same reports, for a
    growing base asks for more; None where they are on another base. ``times`` is how many times that (else the pace
    itself) is needed, slowest and fastest; None where nothing is needed, no day is left, or nothing moved forward.
    """

    indicator: Indicator
    row: IndicatorRow
    until: date
    required: Required
    latest: Pace | None
    longer: Pace | None
    closing: Pace | None
    reports: int
    times: tuple[Fraction, Fraction] | None

    @property
    def observed(self) -> Pace | None:
        return self.longer or self.latest


def outlooks(briefing: Briefing) -> tuple[Outlook, ...]:
    """One for each figure of the period's year that has a target, in the order of the summary."""
    return tuple(_outlook(briefing, entry, row) for entry, row in _judged(briefing))


def deadline(briefing: Briefing, indicator: Indicator) -> date:
    """The day that the period's file names for the indicator, else the last of the year of its target."""
    named = briefing.period.deadline
    if named and named.indicator == indicator.id:
        return named.date
    return date(briefing.period.as_of.year, 12, 31)


def _judged(briefing: Briefing) -> Iterator[tuple[Entry, IndicatorRow]]:
    for entry in briefing.entries:
        if entry.is_current(briefing.period):
            yield from ((entry, row) for row in entry.rows if row.gap is not None and row.as_of.precision != "tahun")


def _outlook(briefing: Briefing, entry: Entry, row: IndicatorRow) -> Outlook:
    until = deadline(briefing, entry.indicator)
    asked = pace.required(row.gap or 0, briefing.period.as_of, until, briefing.days_off(until))
    known = _leading_to(row, points(briefing.history(entry.indicator)))
    reports = min(REPORTS, len(known))
    latest = pace.observed(known)
    longer = pace.observed(known, reports) if reports > 2 else None
    own = _on_its_base(briefing, entry, row)
    goal = row.target.share if row.target and row.denominator is not None else Fraction(0)
    closing = pace.observed(own, max(2, reports), goal) if latest else None
    times = _times(asked, closing or longer or latest)
    return Outlook(entry.indicator, row, until, asked, latest, longer, closing, reports, times)


def _on_its_base(briefing: Briefing, entry: Entry, row: IndicatorRow) -> tuple[Point, ...]:
    return _leading_to(row, points([same for same in briefing.history(entry.indicator) if same.base == row.base]))


def _leading_to(row: IndicatorRow, known: tuple[Point, ...]) -> tuple[Point, ...]:
    """A series that ends with this figure; one that ends before says nothing of how it goes on."""
    return known if known and known[-1].as_of == row.as_of else ()


def _times(asked: Required, seen: Pace | None) -> tuple[Fraction, Fraction] | None:
    """Exact, of what is needed on a calendar day before it is rounded up."""
    whole = pace.times_faster(asked.people, seen) if seen and asked.people and asked.days else None
    return (whole[0] / asked.days, whole[1] / asked.days) if whole else None


@dataclass(frozen=True)
class Forecast:
    """Where the series behind a figure leads until ``until`` on a line, and on a line of logits; or why nowhere.

    ``points`` is the whole series; ``used`` its newest reports dated to the day, as many as the longer pace is of, so
    that the day on which a target is reached is the shortage divided by the pace at which it shrinks.
    """

    indicator: Indicator
    row: IndicatorRow
    points: tuple[Point, ...]
    used: tuple[Point, ...]
    until: date
    linear: Projection | Refusal
    logit: Projection | Refusal

    @property
    def is_reached(self) -> bool:
        return self.row.verdict != "di_bawah"


def forecasts(briefing: Briefing) -> tuple[Forecast, ...]:
    """One for each coverage of the period's year that has a target, until the end of the year after."""
    judged = [(entry, row) for entry, row in _judged(briefing) if row.denominator is not None and row.target]
    return tuple(_forecast(briefing, entry, row, row.target) for entry, row in judged if row.target)


def _forecast(briefing: Briefing, entry: Entry, row: IndicatorRow, target: Target) -> Forecast:
    known = _on_its_base(briefing, entry, row)
    used = tuple(point for point in known if point.as_of.precision == "hari")[-REPORTS:]
    day = briefing.period.as_of
    span = (day, date(day.year + 1, 12, 31))
    linear, logit = (projection.project(used, target.share, span, method) for method in projection.METHODS)
    return Forecast(entry.indicator, row, known, used, span[1], linear, logit)
