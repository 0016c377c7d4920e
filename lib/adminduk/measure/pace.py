"""Pace: what is needed until a deadline, and what was observed between reports.

Differences and quotients of counts, as docs/method/laju.md defines them with worked examples; nothing is estimated.
Who carries a gap is told by share and cumulative share, as in a Pareto chart (Juran, Quality Control Handbook, 1951).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from adminduk.basis.dates import AsOf

# A month is a twelfth of the mean Gregorian year of 365.2425 days.
DAYS_A_MONTH = Fraction(3652425, 10000) / 12


def working_days(after: date, until: date, holidays: Collection[date]) -> int:
    """Days from the one after ``after`` to ``until``, Saturdays, Sundays and ``holidays`` left out."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in days)


def needed_per_day(people: int, days: int) -> int | None:
    """The smallest whole number a day that serves ``people`` in ``days``; None without a day left."""
    return ceil(people / days) if days > 0 else None


@dataclass(frozen=True)
class Required:
    """What ``people`` still to be served ask for until a deadline: whole numbers, rounded up.

    None where no day of that kind is left. ``per_month`` counts months of 30.44 days, and at least one.
    """

    people: int
    days: int
    working_days: int
    per_day: int | None
    per_working_day: int | None
    per_month: int | None


def required(people: int, after: date, until: date, holidays: Collection[date]) -> Required:
    """The pace that serves ``people`` between the day after ``after`` and ``until``, both counted."""
    days = max(0, (until - after).days)
    work = working_days(after, until, holidays)
    months = max(Fraction(1), days / DAYS_A_MONTH)
    monthly = ceil(people / months) if days else None
    return Required(people, days, work, needed_per_day(people, days), needed_per_day(people, work), monthly)


@dataclass(frozen=True)
class Point:
    """One comparable figure of a series: a numerator on its denominator."""

    as_of: AsOf
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Pace:
    """So many more from ``since`` to ``until``; the days between are a range where dates are imprecise (law 7)."""

    since: AsOf
    until: AsOf
    count: int | Fraction
    fewest_days: int
    most_days: int

    @property
    def per_day(self) -> tuple[Fraction, Fraction]:
        """Slowest and fastest pace that the dates allow; equal when both are known to the day."""
        both = Fraction(self.count, self.most_days), Fraction(self.count, self.fewest_days)
        return min(both), max(both)


def observed(points: Sequence[Point], last: int = 2, target: int | Fraction = 0) -> Pace | None:
    """The pace from the first to the last of the newest ``last`` points, which must be of one definition.

    Counted is what the numerator gained less ``target`` (a share) of what the denominator gained: with 0 the people
    served, with the target the people by which the shortage shrank. Year-only dates are left out. None with fewer
    than ``last`` points, or when the two dates may be one.
    """
    dated = sorted((p for p in points if p.as_of.precision != "tahun"), key=lambda p: p.as_of)[-last:]
    if len(dated) < max(2, last):
        return None
    first, newest = dated[0], dated[-1]
    fewest = (newest.as_of.first - first.as_of.last).days
    most = (newest.as_of.last - first.as_of.first).days
    if fewest <= 0:
        return None
    gained = newest.numerator - first.numerator - target * (newest.denominator - first.denominator)
    return Pace(first.as_of, newest.as_of, gained, fewest, most)


def times_faster(needed: int, pace: Pace) -> tuple[Fraction, Fraction] | None:
    """How many times the observed pace is needed, as a range; None when nothing moved forward."""
    slow, fast = pace.per_day
    return (needed / fast, needed / slow) if slow > 0 else None


@dataclass(frozen=True)
class Carried:
    """A region's part of the whole gap, and that of all regions down to this one."""

    region_code: str
    gap: int
    share: Fraction
    cumulative: Fraction


def carried(gaps: Mapping[str, int]) -> tuple[Carried, ...]:
    """Who carries the gap: regions with a gap, largest first, with cumulative shares that end at one."""
    whole = sum(gaps.values())
    found: list[Carried] = []
    so_far = 0
    for code, gap in sorted(gaps.items(), key=lambda item: (-item[1], item[0])):
        if gap > 0:
            so_far += gap
            found.append(Carried(code, gap, Fraction(gap, whole), Fraction(so_far, whole)))
    return tuple(found)
