"""Do ten plans fit the province's target: their sum, and the smallest uplift that closes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    another stays below it, as water stands in a vessel with an uneven floor (water-filling: Cover and Thomas, Elements
    of Information Theory, 2nd ed., 2006, section 9.4; here with whole people). Empty when the sum is reached already.
    """
    missing = together(targets, bases, target).short
    if not missing:
        return {}
    level = _level(targets, bases, target)
    wanted = {code: ceil(share * bases[code]) for code, share in targets.items()}
    lifted = {code: ceil(level * bases[code]) - n for code, n in wanted.items() if targets[code] < level}
    return _trimmed({code: more for code, more in lifted.items() if more > 0}, missing, bases)


def _level(targets: Mapping[str, Fraction], bases: Mapping[str, int], target: Fraction) -> Fraction:
    """The share to which the lowest targets are raised so that together with the others they ask for enough."""
    needed = ceil(target * sum(bases[code] for code in targets))
    steps = sorted(set(targets.values()))
    for number, step in enumerate(steps):
        below = [code for code in targets if targets[code] <= step]
        fixed = sum(ceil(targets[code] * bases[code]) for code in targets if targets[code] > step)
        level = Fraction(needed - fixed, sum(bases[code] for code in below))
        if number + 1 == len(steps) or level <= steps[number + 1]:
            return level
    raise AssertionError("the last step always gives a level")


def _trimmed(lifted: dict[str, int], missing: int, bases: Mapping[str, int]) -> dict[str, int]:
    """Rounding up region by region may ask for a few too many: they are taken back one by one, smallest base first."""
    spare = sum(lifted.values()) - missing
    while spare > 0:
        for code in sorted(lifted, key=lambda code: (bases[code], code)):
            back = min(spare, 1, lifted[code])
            lifted[code] -= back
            spare -= back
    return {code: more for code, more in lifted.items() if more}
