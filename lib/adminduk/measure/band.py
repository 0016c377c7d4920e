"""Coverage on every admissible denominator of the newest date: does the verdict depend on which is taken?

The uncertainty of a complete register is not chance but its base: frozen or moving, one definition or another. Nothing
is mixed to find out: a numerator meets only denominators of its own statement (law 5), as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from adminduk.basis.catalog import Indicator, Target
from adminduk.basis.dates import AsOf
from adminduk.measure import ratios
from adminduk.measure.facts import Count, Facts
from adminduk.measure.indicators import stated
from adminduk.measure.ratios import Verdict
from adminduk.measure.targets import target_for

Dependence = Literal["tidak_bergantung", "bergantung"]


@dataclass(frozen=True)
class Pairing:
    """One numerator on one denominator of its statement, with the verdict on the exact share; None without a target."""

    numerator: Count
    denominator: Count
    target: Target | None

    @property
    def value(self) -> Fraction:
        return Fraction(self.numerator.count, self.denominator.count)

    @property
    def verdict(self) -> Verdict | None:
        return ratios.judge(self.value, self.target.share) if self.target else None


@dataclass(frozen=True)
class Band:
    """Every admissible pairing of one date, lowest share first."""

    indicator: Indicator
    as_of: AsOf
    pairings: tuple[Pairing, ...]

    @property
    def lowest(self) -> Pairing:
        return self.pairings[0]

    @property
    def highest(self) -> Pairing:
        return self.pairings[-1]

    @property
    def dependence(self) -> Dependence | None:
        """Whether all pairings lie on one side of their targets; None where one has no target, or only one is there."""
        verdicts = [pairing.verdict for pairing in self.pairings]
        if len(verdicts) < 2 or None in verdicts:
            return None
        return "bergantung" if len({verdict == "di_bawah" for verdict in verdicts}) > 1 else "tidak_bergantung"


def band(facts: Facts, indicator: Indicator) -> Band | None:
    """The band of the newest date that has an exact pairing; None without one, and for plain counts.

    Statements that print the same two numbers of one kind and date count once. Year-only dates are left out (law 7).
    """
    found = sorted(_pairings(facts, indicator), key=lambda pairing: pairing.numerator.as_of)
    if not found:
        return None
    newest = found[-1].numerator.as_of
    distinct = {_key(pairing): pairing for pairing in sorted(found, key=_order) if pairing.numerator.as_of == newest}
    return Band(indicator, newest, tuple(sorted(distinct.values(), key=_order)))


def _pairings(facts: Facts, indicator: Indicator) -> Iterator[Pairing]:
    for numerator in facts.by_measure.get(indicator.numerator, []):
        if numerator.as_of.precision != "tahun":
            for base in indicator.bases:
                for denominator in _denominators(facts, numerator, base):
                    target = target_for(indicator, facts.region_code, numerator.as_of, base)
                    yield Pairing(numerator, denominator, target)


def _denominators(facts: Facts, numerator: Count, base: str) -> Iterator[Count]:
    """Those of the numerator's statement, one for each kind; where a kind has several none of them is guessed."""
    same = [count for count in facts.by_statement[numerator.statement] if count.measure == base]
    for kind in sorted({count.base_kind for count in same}):
        found = stated((count for count in same if count.base_kind == kind), base, numerator.as_of)
        if found is not None and found.count and not (found.approximate or numerator.approximate):
            yield found


def _key(pairing: Pairing) -> tuple:
    below = pairing.denominator
    return pairing.numerator.count, below.measure, below.base_kind, below.as_of, below.count


def _order(pairing: Pairing) -> tuple:
    """Lowest first; equal shares by name, kind, date and statement, so that the order of rows never matters."""
    below = pairing.denominator
    return pairing.value, below.measure, below.base_kind, below.as_of, pairing.numerator.statement
