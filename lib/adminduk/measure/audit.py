"""Published percentages against their counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from adminduk.measure import ratios
from adminduk.measure.facts import Claim
from adminduk.measure.indicators import IndicatorRow

Kind = Literal["tidak_mengikuti", "putusan_berbalik", "bagian_target"]


@dataclass(frozen=True)
class Remark:
    """A published percentage that needs a footnote beside the recomputed share ``value``."""

    kind: Kind
    row: IndicatorRow
    claim: Claim
    value: Fraction


def remarks(row: IndicatorRow) -> list[Remark]:
    """What to say about the percentages printed of a figure that was rebuilt from its counts.

    ``tidak_mengikuti``: rounding the exact share to the printed decimals does not give the printed one.
    ``putusan_berbalik``: it does, but the printed one lies on the other side of the target.
    ``bagian_target``: the printed one is the share of the target that was reached, not a coverage.
    Approximate counts and claims accuse nobody.
    """
    if row.value is None or row.approximate:
        return []
    found = []
    for claim in row.published:
        if claim.approximate:
            continue
        kind = _kind(row.value, row, claim)
        if kind is not None:
            found.append(Remark(kind, row, claim, row.value))
    return found


def _kind(value: Fraction, row: IndicatorRow, claim: Claim) -> Kind | None:
    if claim.kind == "bagian_target":
        return "bagian_target"
    if claim.kind != "persen":
        return None
    if not ratios.follows(claim.percent, value):
        return "tidak_mengikuti"
    if row.target is not None:
        goal = row.target.share
        printed = Fraction(claim.percent) / 100
        if (printed >= goal) != (value >= goal):
            return "putusan_berbalik"
    return None
