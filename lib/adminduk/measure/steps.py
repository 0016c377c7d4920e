"""Why a province's share moved between two dates for which all its regencies have figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from adminduk.basis.catalog import Indicator
from adminduk.basis.dates import AsOf
from adminduk.measure.briefing import Briefing
from adminduk.measure.compare import cohort_key, comparable_shares
from adminduk.measure.decomposition import Contribution, Counted, Movement, contributions, movement
from adminduk.measure.indicators import IndicatorRow


@dataclass(frozen=True)
class Step:
    """One indicator on one base from ``since`` to ``until``, regency by regency in the order of their codes."""

    indicator: Indicator
    base: str
    since: AsOf
    until: AsOf
    parts: tuple[Counted, ...]
    sources: tuple[str, ...]

    @property
    def whole(self) -> Counted:
        """The province as the sums of its regencies."""
        numerators = (sum(part.numerator[time] for part in self.parts) for time in (0, 1))
        denominators = (sum(part.denominator[time] for part in self.parts) for time in (0, 1))
        (n1, n2), (d1, d2) = numerators, denominators
        return Counted("", (n1, n2), (d1, d2))

    @property
    def movement(self) -> Movement:
        return movement(self.whole)

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        return contributions(self.parts)


def step(briefing: Briefing, indicator: Indicator) -> Step | None:
    """Up to the newest date that all regencies have, from the comparable one nearest to the period's ``compared_with``.

    From the newest before where the period names none. None without two dates, or when a regency is not printed.
    """
    if briefing.stopped:
        return None
    for base in indicator.bases:
        pairs = _comparable(_complete(briefing, indicator, base))
        if pairs:
            newest = max(later[0].as_of for _, later in pairs)
            pairs = [pair for pair in pairs if pair[1][0].as_of == newest]
            return _step(indicator, *_chosen(briefing, pairs))
    return None


def steps(briefing: Briefing, chosen: Iterable[Indicator]) -> tuple[Step, ...]:
    found = (step(briefing, indicator) for indicator in chosen)
    return tuple(one for one in found if one is not None)


Rows = list[IndicatorRow]


def _complete(briefing: Briefing, indicator: Indicator, base: str) -> list[Rows]:
    """The dates at which every regency has a figure of one definition; rows in the order of the codes."""
    groups: dict[tuple, Rows] = {}
    codes = sorted(place.code for place in briefing.regions.regencies)
    for code in codes:
        for row in briefing.history(indicator, code):
            key = cohort_key(row)
            if key is not None and row.base == base and row.denominator:
                groups.setdefault(key, []).append(row)
    return [rows for rows in groups.values() if len(rows) == len(codes)]


def _comparable(groups: Sequence[Rows]) -> list[tuple[Rows, Rows]]:
    return [
        (one, other)
        for one in groups
        for other in groups
        if one[0].as_of.last < other[0].as_of.first and comparable_shares(one[0], other[0])
    ]


def _chosen(briefing: Briefing, pairs: Sequence[tuple[Rows, Rows]]) -> tuple[Rows, Rows]:
    day = briefing.period.compared_with
    if day is None:
        return max(pairs, key=lambda pair: pair[0][0].as_of)
    return min(pairs, key=lambda pair: (abs((pair[0][0].as_of.last - day).days), pair[0][0].as_of))


def _step(indicator: Indicator, before: Rows, after: Rows) -> Step:
    parts = tuple(
        Counted(
            one.region_code,
            (one.numerator or 0, other.numerator or 0),
            (one.denominator or 0, other.denominator or 0),
        )
        for one, other in zip(before, after, strict=True)
    )
    sources = tuple(dict.fromkeys(source for row in (*before, *after) for source in row.sources))
    return Step(indicator, after[0].base, before[0].as_of, after[0].as_of, parts, sources)


def rounded_to_sum(values: Sequence[Fraction], unit: Fraction) -> list[int]:
    """Whole numbers of ``unit`` next to each value that add up to the rounded sum exactly.

    The largest remainders are rounded up, ties in order (method of Hamilton): each value moves by less than ``unit``.
    """
    scaled = [value / unit for value in values]
    whole = [floor(value) for value in scaled]
    missing = floor(sum(scaled, Fraction(0)) + Fraction(1, 2)) - sum(whole)
    order = sorted(range(len(values)), key=lambda place: (whole[place] - scaled[place], place))
    return [value + (place in order[:missing]) for place, value in enumerate(whole)]
