"""How far the parts of a region lie apart, and which of them to lift first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from adminduk.measure import ratios


@dataclass(frozen=True)
class Area:
    """Numerator and denominator of one small area."""

    region_code: str
    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True)
class Spread:
    """``deviation`` is the root of the base-weighted mean square distance from the whole's share.

    ``first`` holds the areas with people short of the target, most people first, with that number.
    """

    share: Fraction
    highest: Area
    lowest: Area
    deviation: float
    first: tuple[tuple[Area, int], ...]

    @property
    def range(self) -> Fraction:
        return self.highest.share - self.lowest.share


def spread(areas: Sequence[Area], target: Fraction | None) -> Spread | None:
    """The weighted spread of shares between areas (between-group standard deviation, weights: denominators).

    Harper and Lynch, Methods for Measuring Cancer Disparities (National Cancer Institute, 2005), "between-group
    variance". None with fewer than two areas that have people in the base. Where shares are equal the code
    decides who stands first.
    """
    counted = sorted((area for area in areas if area.denominator > 0), key=lambda area: area.region_code)
    if len(counted) < 2:
        return None
    base = sum(area.denominator for area in counted)
    whole = Fraction(sum(area.numerator for area in counted), base)
    variance = sum(area.denominator * (area.share - whole) ** 2 for area in counted) / base
    short = [(area, ratios.gap(area.numerator, area.denominator, target)) for area in counted if target is not None]
    return Spread(
        share=whole,
        highest=max(counted, key=lambda area: area.share),
        lowest=min(counted, key=lambda area: area.share),
        deviation=sqrt(variance),
        first=tuple(sorted(((a, n) for a, n in short if n > 0), key=lambda item: -item[1])),
    )
