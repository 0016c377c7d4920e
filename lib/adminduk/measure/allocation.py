"""Where a given number of outreach (*jemput bola*) team days serves most people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np


@dataclass(frozen=True)
class Need:
    """A regency: people still to be served, and people one team serves there in a day (whole numbers)."""

    region_code: str
    people: int
    per_day: int


@dataclass(frozen=True)
class Allocation:
    """Team days for each regency, in the order given, and the people they serve."""

    days: tuple[int, ...]
    served: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.served)


def served(needs: Sequence[Need], days: Sequence[int]) -> Allocation:
    """Whom so many team days serve: never more than there are."""
    people = (min(need.people, need.per_day * n) for need, n in zip(needs, days, strict=True))
    return Allocation(tuple(days), tuple(people))


def best(needs: Sequence[Need], days: int, floor: int) -> Allocation:
    """The allocation of ``days`` that serves most people, with at least ``floor`` days for each regency.

    An integer program, solved exactly (HiGHS through ``scipy.optimize.milp``): maximise the people served, whole
    days x and people y with ``y <= people``, ``y <= per_day * x``, ``x >= floor`` and all x together ``days``. Days
    that serve nobody more are left with the regencies that come first. ValueError when the floors alone need more.
    """
    # Slow to import, and asked for by one document only.
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = len(needs)
    if floor * n > days:
        raise ValueError(f"{n} regencies with {floor} days each need {floor * n} days, not {days}")
    goal = np.concatenate([np.zeros(n), -np.ones(n)])
    pace = np.diag([float(need.per_day) for need in needs])
    limits = [
        LinearConstraint(np.hstack([-pace, np.eye(n)]), ub=np.zeros(n)),
        LinearConstraint(np.concatenate([np.ones(n), np.zeros(n)]), lb=days, ub=days),
    ]
    bounds = Bounds(
        np.concatenate([np.full(n, float(floor)), np.zeros(n)]),
        np.concatenate([np.full(n, float(days)), [float(need.people) for need in needs]]),
    )
    found = milp(goal, constraints=limits, bounds=bounds, integrality=np.ones(2 * n), options={"mip_rel_gap": 0.0})
    if not found.success:  # floors fit, so there is a solution
        raise RuntimeError(found.message)
    return served(needs, [round(value) for value in found.x[:n]])


def equal(needs: Sequence[Need], days: int) -> Allocation:
    """The same number of days for everybody; what is left over goes to the regencies that come first."""
    return served(needs, _shares(days, [Fraction(1)] * len(needs)))


def proportional(needs: Sequence[Need], days: int, population: Sequence[int]) -> Allocation:
    """Days by population: whole parts first, then by largest remainder (Hamilton's method; Balinski and Young, Fair
    Representation, 1982)."""
    return served(needs, _shares(days, [Fraction(people) for people in population]))


def _shares(days: int, weights: Sequence[Fraction]) -> list[int]:
    whole = sum(weights)
    exact = [days * weight / whole for weight in weights]
    found = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in order[: days - sum(found)]:
        found[place] += 1
    return found
