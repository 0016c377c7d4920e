"""Do ten plans fit the province's target, and do the activities fit the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil


@dataclass(frozen=True)
class Sum:
    """What the regencies' targets amount to: people (or documents) they ask for, and those the province asks for."""

    asked: int
    needed: int
    base: int

    @property
    def share(self) -> Fraction:
        """The coverage that the regencies' targets give together."""
        return Fraction(self.asked, self.base)

    @property
    def short(self) -> int:
        return max(0, self.needed - self.asked)


def together(targets: Mapping[str, Fraction], bases: Mapping[str, int], target: Fraction) -> Sum:
    """The sum of the regencies' targets, each on its own base, against the province's target on the whole base.

    A target asks for the least whole number of people that reaches it. KeyError for a target without base.
    """
    asked = sum(ceil(share * bases[code]) for code, share in targets.items())
    base = sum(bases[code] for code in targets)
    return Sum(asked, ceil(target * base), base)


def uplift(targets: Mapping[str, Fraction], bases: Mapping[str, int], target: Fraction) -> dict[str, int]:
    """The smallest uplift that closes the sum: people more for each regency that is lifted.

    The lowest targets are raised first, to a common level, so that nobody is asked to go beyond the level while
    another stays below it. Empty when the sum is reached already.
    """
    missing = together(targets, bases, target).short
    if not missing:
        return {}
    level = _level(targets, bases, target)
    wanted = {code: ceil(share * bases[code]) for code, share in targets.items()}
    lifted = {code: ceil(level * bases[code]) - n for code, n in wanted.items() if targets[code] < level}
    return _trimmed({code: more for code, more in lifted.items() if more > 0}, missing, bases)


def _level(targets: Mapping[str, Fraction], bases: Mapping[str, int], target: Fraction) -> Fraction:
    """The share L with ``sum base * max(target, L)`` equal to what the province asks for."""
    needed = target * sum(bases[code] for code in targets)
    steps = sorted(set(targets.values()))
    for number, step in enumerate(steps):
        below = [code for code in targets if targets[code] <= step]
        fixed = sum(targets[code] * bases[code] for code in targets if targets[code] > step)
        level = (needed - fixed) / sum(bases[code] for code in below)
        if number + 1 == len(steps) or level <= steps[number + 1]:
            return level
    raise AssertionError("the last step always gives a level")


def _trimmed(lifted: dict[str, int], missing: int, bases: Mapping[str, int]) -> dict[str, int]:
    """Rounding up region by region may ask for a few too many: they are taken back where the base is smallest."""
    spare = sum(lifted.values()) - missing
    for code in sorted(lifted, key=lambda code: (bases[code], code)):
        back = min(spare, 1, lifted[code])
        lifted[code] -= back
        spare -= back
    return {code: more for code, more in lifted.items() if more}


@dataclass(frozen=True)
class Activity:
    """One line of the programme: what is planned and done for an indicator, by whom, with which money.

    Outputs are counts of ``unit`` (the indicator's documents or people), money is in rupiah.
    """

    code: str
    name: str
    indicator: str
    executor: str
    fund: str
    target: int
    realised: int
    budget: Decimal
    spent: Decimal
    next_target: int
    next_budget: Decimal

    @property
    def output_share(self) -> Fraction | None:
        """Realised output over the target of the year that ends."""
        return Fraction(self.realised, self.target) if self.target else None

    @property
    def money_share(self) -> Fraction | None:
        return Fraction(self.spent) / Fraction(self.budget) if self.budget else None

    @property
    def cost(self) -> Fraction | None:
        """Rupiah per document or person served in the year that ends."""
        return Fraction(self.spent) / self.realised if self.realised else None


@dataclass(frozen=True)
class Cover:
    """Whether next year's planned outputs cover the gap and the year's newcomers (turning 17, newborn)."""

    indicator: str
    region_code: str
    planned: int
    gap: int
    newcomers: int | None

    @property
    def short(self) -> int:
        return max(0, self.gap + (self.newcomers or 0) - self.planned)


def cover(activities: Sequence[Activity], gaps: Mapping[tuple[str, str], int],
          newcomers: Mapping[tuple[str, str], int]) -> list[Cover]:  # fmt: skip
    """One row for each (indicator, region) with a gap, newcomers or a plan; newcomers None where unknown."""
    planned: dict[tuple[str, str], int] = {}
    for activity in activities:
        key = activity.indicator, activity.executor
        planned[key] = planned.get(key, 0) + activity.next_target
    keys = sorted({*planned, *gaps, *newcomers})
    return [Cover(*key, planned.get(key, 0), gaps.get(key, 0), newcomers.get(key)) for key in keys]


def unplanned(rows: Sequence[Cover]) -> list[Cover]:
    """A gap and no activity."""
    return [row for row in rows if row.gap and not row.planned]


def needless(rows: Sequence[Cover]) -> list[Cover]:
    """An activity without a gap and without newcomers known."""
    return [row for row in rows if row.planned and not row.gap and not row.newcomers]


def funded_twice(activities: Sequence[Activity]) -> list[tuple[Activity, ...]]:
    """The same sub-activity for the same executor and indicator with money from more than one line next year."""
    lines: dict[tuple[str, str, str], list[Activity]] = {}
    for activity in activities:
        if activity.next_budget:
            lines.setdefault((activity.code, activity.indicator, activity.executor), []).append(activity)
    return [tuple(found) for _, found in sorted(lines.items()) if len(found) > 1]
