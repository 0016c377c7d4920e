"""Why a share moved: effects that add up to the change exactly.

Two factors of one ratio: Das Gupta, Standardization and Decomposition of Rates (U.S. Bureau of the Census, P23-186,
1993), chapter 2. A whole and its parts: Kitagawa, Components of a Difference Between Two Rates (Journal of the
American Statistical Association 50, 1955).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Counted:
    """Numerator and denominator of one region, earlier and later."""

    region_code: str
    numerator: tuple[int, int]
    denominator: tuple[int, int]

    @property
    def shares(self) -> tuple[Fraction, Fraction]:
        before, after = (Fraction(n, d) for n, d in zip(self.numerator, self.denominator, strict=True))
        return before, after


@dataclass(frozen=True)
class Movement:
    """The change of one share: through documents issued, and through the base (shares, exact)."""

    documents: Fraction
    base: Fraction

    @property
    def change(self) -> Fraction:
        return self.documents + self.base


def movement(counted: Counted) -> Movement:
    """Change of ``n / d``: each factor's effect is taken at the mean of the other.

    ``documents = (n2 - n1) (1/d1 + 1/d2) / 2`` and ``base = (1/d2 - 1/d1) (n1 + n2) / 2``. ZeroDivisionError for
    an empty denominator, which has no share.
    """
    (n1, n2), (d1, d2) = counted.numerator, counted.denominator
    documents = (n2 - n1) * (Fraction(1, d1) + Fraction(1, d2)) * _HALF
    return Movement(documents, (Fraction(1, d2) - Fraction(1, d1)) * (n1 + n2) * _HALF)


@dataclass(frozen=True)
class Contribution:
    """What one part adds to the change of the whole: by its own coverage, and by its weight (shares, exact)."""

    region_code: str
    coverage: Fraction
    composition: Fraction

    @property
    def total(self) -> Fraction:
        return self.coverage + self.composition


def contributions(parts: Sequence[Counted]) -> tuple[Contribution, ...]:
    """The change of the ratio of sums, part by part; the totals add up to it exactly.

    With weights w (share of the base) and coverages p: coverage effect ``(w1 + w2)/2 * (p2 - p1)``, composition
    effect ``(w2 - w1) * ((p1 + p2)/2 - m)``, where m is the mean of the whole's two coverages. Subtracting m moves
    nothing in the sum, for weights add up to one, and makes a part that grows count as a plus only where its
    coverage is above that of the whole.
    """
    bases = [sum(part.denominator[time] for part in parts) for time in (0, 1)]
    sums = [sum(part.numerator[time] for part in parts) for time in (0, 1)]
    mean = sum(Fraction(n, d) for n, d in zip(sums, bases, strict=True)) * _HALF
    return tuple(_contribution(part, bases, mean) for part in parts)


def _contribution(part: Counted, bases: Sequence[int], mean: Fraction) -> Contribution:
    (p1, p2), (d1, d2) = part.shares, part.denominator
    w1, w2 = Fraction(d1, bases[0]), Fraction(d2, bases[1])
    return Contribution(part.region_code, (w1 + w2) * _HALF * (p2 - p1), (w2 - w1) * ((p1 + p2) * _HALF - mean))
