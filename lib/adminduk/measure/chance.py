"""Chance variation of small areas: Wilson intervals and funnel limits.

A complete register has no sampling error, so no verdict of the pack uses these; they show which differences between
small areas are no larger than chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from adminduk.measure.inequality import Area

WINSORISED = 0.1  # at each end, as Spiegelhalter (2005) does


def wilson(numerator: int, denominator: int, confidence: float = 0.95) -> tuple[float, float]:
    """Score interval of a proportion (Wilson 1927; Newcombe, Statistics in Medicine 17, 1998, method 3).

    ZeroDivisionError for an empty denominator; ValueError when more are counted than it holds.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no proportion")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p, n = numerator / denominator, denominator
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Limits:
    """Where one area's share would lie by chance, around the share of all areas."""

    area: Area
    low: float
    high: float

    @property
    def outside(self) -> bool:
        return not self.low <= float(self.area.share) <= self.high


def funnel(areas: Sequence[Area], confidence: float = 0.95) -> tuple[Limits, ...]:
    """Funnel limits with additive overdispersion (Spiegelhalter, Statistics in Medicine 24, 2005, section 5).

    With z-scores winsorised at 10 % and ``phi`` their mean square, the variance between areas is
    ``tau2 = (I phi - (I - 1)) / (sum w - sum w^2 / sum w)``, w = 1 / s^2, and 0 where phi is below ``(I - 1) / I``;
    limits are ``theta +- z sqrt(s^2 + tau2)``, cut at 0 and 1.
    """
    counted = [area for area in areas if area.denominator > 0]
    theta = sum(area.numerator for area in counted) / sum(area.denominator for area in counted)
    own = [theta * (1 - theta) / area.denominator for area in counted]
    between = _between([float(area.share) - theta for area in counted], own)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    halves = [z * sqrt(variance + between) for variance in own]
    return tuple(
        Limits(area, max(0.0, theta - half), min(1.0, theta + half)) for area, half in zip(counted, halves, strict=True)
    )


def _between(distances: Sequence[float], own: Sequence[float]) -> float:
    """The variance between areas that chance does not explain."""
    if len(own) < 2 or min(own) == 0:
        return 0.0
    scores = sorted(distance / sqrt(variance) for distance, variance in zip(distances, own, strict=True))
    cut = int(WINSORISED * len(scores))
    low, high = scores[cut], scores[len(scores) - 1 - cut]
    squares = sum(min(max(score, low), high) ** 2 for score in scores)
    weights = [1 / variance for variance in own]
    total = sum(weights)
    return max(0.0, (squares - (len(own) - 1)) / (total - sum(weight**2 for weight in weights) / total))
