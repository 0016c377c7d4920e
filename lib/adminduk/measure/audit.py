"""Published percentages against their counts.

A percentage is recomputed only from counts of the statement that printed it. An approximate count stands for every
whole number within half of its last unit that is not a trailing zero's: "sekitar 95.000" for 94,500 to 95,500,
"sekitar 21.745" for itself. An approximate percentage stands for everything that rounds to it: "sekitar 4 persen" for
3.5 to 4.5. Such a figure is judged by what comes nearest; it accuses nobody of more than its wording says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import pandas as pd

from adminduk.basis.catalog import Catalog, Indicator, Target
from adminduk.basis.dates import AsOf
from adminduk.basis.regions import Regions
from adminduk.measure import ratios
from adminduk.measure.facts import Claim, Count, claim_of, count_of
from adminduk.measure.indicators import IndicatorRow, stated
from adminduk.measure.targets import UNSTATED, target_for

Kind = Literal["tidak_mengikuti", "putusan_berbalik", "bagian_target"]
Outcome = Literal["holds", "rounding", "does_not_follow", "not_recomputable"]
ROUNDING = Fraction(1, 1000)  # a tenth of a percentage point, as a share
_NOT_REACHED = re.compile(r"\b(belum|tidak|di bawah|kurang dari)\b")
_REACHED = re.compile(r"\b(ter|me)(capai|ncapai|lampaui)|\bdi atas\b")


@dataclass(frozen=True)
class Remark:
    """A published percentage that needs a footnote beside the recomputed share ``value``."""

    kind: Kind
    row: IndicatorRow
    claim: Claim
    value: Fraction


@dataclass(frozen=True)
class Audited:
    """A published percentage and what the counts of its statement make of it.

    ``value`` is the exact share, ``span`` the least and the greatest share that approximate counts allow; both are
    None where nothing can be recomputed. ``verdict_turned``: what was printed puts the figure on the other side of
    ``target`` than its counts do. ``reason``: why the dataset does not use the percentage; ``origin`` its cell.
    """

    claim: Claim
    origin: str
    outcome: Outcome = "not_recomputable"
    verdict_turned: bool = False
    numerator: Count | None = None
    denominator: Count | None = None
    value: Fraction | None = None
    span: tuple[Fraction, Fraction] | None = None
    target: Target | None = None
    reason: str = ""

    @property
    def difference(self) -> Fraction | None:
        """Published minus recomputed, as a share."""
        return None if self.value is None else Fraction(self.claim.percent) / 100 - self.value

    @property
    def approximate(self) -> bool:
        """Whether the source calls the percentage or one of its counts approximate."""
        counts = (self.numerator, self.denominator)
        return self.claim.approximate or any(count.approximate for count in counts if count)


def audit(tables: Mapping[str, pd.DataFrame], catalog: Catalog) -> list[Audited]:
    """Every percentage of the table of claims, those that are kept but not used included, in the table's order."""
    claims = tables["claims"]
    printed = claims[claims["kind"] != "kata"]
    beside = _statements(tables["counts"], set(printed["statement"]))
    return [
        _audited(row, beside.get((row["region_code"], row["statement"]), []), catalog)
        for row in printed.to_dict("records")
    ]


def audit_unused(unused: pd.DataFrame, regions: Regions) -> list[Audited]:
    """The percentages among the received rows that became no claim; no indicator and no target speaks of them."""
    return [_set_aside(row, regions) for row in unused[unused["percent"] != ""].to_dict("records")]


def _statements(counts: pd.DataFrame, wanted: set[str]) -> dict[tuple[str, str], list[Count]]:
    """The usable counts of all sexes and ages together, by region and statement."""
    whole = (counts["sex"] == "") & (counts["age_group"] == "") & (counts["unusable"] == "")
    found: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for row in counts[whole & counts["statement"].isin(wanted)].to_dict("records"):
        found[row["region_code"], row["statement"]].append(count_of(row))
    return found


def _audited(row: dict[str, str], counts: Sequence[Count], catalog: Catalog) -> Audited:
    claim, indicator = claim_of(row), catalog.indicators.get(row["indicator"])
    found = Audited(claim, row["origin"], reason=row["unusable"])
    if indicator is None or not indicator.bases:
        return found
    numerator = stated(counts, indicator.numerator, claim.as_of)
    denominator = _denominator(claim, numerator, indicator, counts)
    found = replace(found, numerator=numerator, denominator=denominator)
    if found.reason:
        return found
    base = denominator.measure if denominator else claim.base
    return _compared(found, target_for(indicator, claim.region_code, claim.as_of, base))


def _denominator(claim: Claim, numerator: Count | None, indicator: Indicator, counts: Sequence[Count]) -> Count | None:
    """The denominator on the claim's base; when none is stated, the one that brings the numerator nearest to it."""
    if claim.base != UNSTATED:
        return stated(counts, claim.base, claim.as_of)
    if numerator is None:
        return None
    known = [count for base in indicator.bases if (count := stated(counts, base, claim.as_of)) and count.count]
    printed, part = Fraction(claim.percent) / 100, numerator.count
    return min(known, key=lambda count: abs(printed - Fraction(part, count.count)), default=None)


def _set_aside(row: dict[str, str], regions: Regions) -> Audited:
    code, as_of, source = regions.find(row["region"]).code, AsOf.parse(row["period"]), row["source"]
    statement = f"{source}@{as_of}"
    claim = Claim(
        code, as_of, row["indicator"], UNSTATED, "persen", row["percent"], "", "", "", False, statement, source
    )
    numerator, denominator = (
        Count(code, as_of, "", int(row[part]), statement, "", False, source) if row[part] else None
        for part in ("numerator", "denominator")
    )
    return _compared(Audited(claim, row["origin"], "not_recomputable", False, numerator, denominator), None)


def _compared(found: Audited, target: Target | None) -> Audited:
    """The percentage against its two counts, where both are known and the denominator is not zero."""
    numerator, denominator = found.numerator, found.denominator
    if numerator is None or denominator is None or not denominator.count:
        return replace(found, target=target)
    (least, most), (fewest, widest) = span(numerator), span(denominator)
    low, high = Fraction(least, widest), Fraction(most, max(1, fewest))
    return replace(
        found,
        outcome=outcome(found.claim, low, high),
        verdict_turned=target is not None and turned(found.claim, low, high, target.share),
        value=Fraction(numerator.count, denominator.count),
        span=(low, high),
        target=target,
    )


def span(count: Count) -> tuple[int, int]:
    """The whole numbers a count may stand for: itself, or within half of 10^k of one with k trailing zeros."""
    digits = str(count.count)
    zeros = len(digits) - len(digits.rstrip("0")) if count.approximate and count.count else 0
    half = 10**zeros // 2
    return count.count - half, count.count + half


def outcome(claim: Claim, low: Fraction, high: Fraction) -> Outcome:
    """Whether a share from ``low`` to ``high`` prints as the claim, and else how far off it is.

    The distance is taken from the printed number, or from all that an approximate percentage may mean.
    """
    if ratios.follows(claim.percent, low, high):
        return "holds"
    printed = Fraction(claim.percent) / 100
    first, last = ratios.rounding_interval(claim.percent) if claim.approximate else (printed, printed)
    return "rounding" if max(first - high, low - last) < ROUNDING else "does_not_follow"


def turned(claim: Claim, low: Fraction, high: Fraction, goal: Fraction) -> bool:
    """Whether what was printed says reached and every share from ``low`` to ``high`` says not, or the reverse."""
    reached = _said_reached(claim, goal)
    if reached is None:
        return False
    return high < goal if reached else low >= goal


def _said_reached(claim: Claim, goal: Fraction) -> bool | None:
    """The verdict as printed; else the one that the printed number implies; None where it implies none."""
    words = claim.verdict.lower()
    if _NOT_REACHED.search(words):
        return False
    if _REACHED.search(words):
        return True
    if claim.kind == "bagian_target":
        return Fraction(claim.percent) >= 100
    first, last = ratios.rounding_interval(claim.percent)
    if claim.approximate and first < goal <= last:
        return None
    return Fraction(claim.percent) / 100 >= goal


def remarks(row: IndicatorRow) -> list[Remark]:
    """What to say about the percentages printed of a figure that was rebuilt from its counts.

    ``tidak_mengikuti``: rounding the exact share to the printed decimals does not give the printed one.
    ``putusan_berbalik``: it does, but what was printed puts the figure on the other side of the target.
    ``bagian_target``: the printed one is the share of the target that was reached, not a coverage.
    Approximate counts and claims accuse nobody.
    """
    if row.value is None or row.approximate:
        return []
    exact = (claim for claim in row.published if not claim.approximate)
    return [*_remarks(row, row.value, exact)]


def _remarks(row: IndicatorRow, value: Fraction, claims: Iterable[Claim]) -> Iterable[Remark]:
    for claim in claims:
        if claim.kind == "bagian_target":
            yield Remark("bagian_target", row, claim, value)
        elif claim.kind == "persen" and outcome(claim, value, value) != "holds":
            yield Remark("tidak_mengikuti", row, claim, value)
        elif claim.kind == "persen" and row.target and turned(claim, value, value, row.target.share):
            yield Remark("putusan_berbalik", row, claim, value)
