"""Days that are left and what they ask for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from math import ceil


def working_days(after: date, until: date, holidays: Collection[date]) -> int:
    """Days from the one after ``after`` to ``until``, Saturdays, Sundays and ``holidays`` left out."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in days)


def needed_per_day(people: int, days: int) -> int | None:
    """The smallest whole number a day that serves ``people`` in ``days``; None without a day left."""
    return ceil(people / days) if days > 0 else None
