"""A decision and its figure: how it stood when it was taken, and how it stands now (laws 5 to 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from adminduk.measure import compare
from adminduk.measure.compare import Change
from adminduk.measure.indicators import IndicatorRow


@dataclass(frozen=True)
class Progress:
    """``now``, and what has changed since the decision; None where no figure of then may be held against it."""

    now: IndicatorRow
    change: Change | None


def progress(rows: Sequence[IndicatorRow], decided: date, first_base: str) -> Progress | None:
    """The newest of ``rows`` known since ``decided``; of several bases the one that the indicator names first.

    None where nothing newer is known.
    """
    later = [row for row in rows if row.as_of.first > decided]
    if not later:
        return None
    newest = max(row.as_of for row in later)
    now = min((row for row in later if row.as_of == newest), key=lambda row: row.base != first_base)
    return Progress(now, compare.change(now, rows, decided))
