"""Counts and claims of one region become indicator rows: a share, and why.

Pairing (law 5): a numerator is divided only by a denominator of the same statement. Without one the figure
stays a claim, or a number without a share. Precedence: the newest wins; at one date counts beat a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from adminduk.basis.catalog import Catalog, Indicator, Target
from adminduk.basis.dates import AsOf
from adminduk.measure import ratios
from adminduk.measure.facts import Claim, Count, Facts
from adminduk.measure.ratios import Verdict
from adminduk.measure.targets import UNSTATED, target_for

Status = Literal[
    "ok", "tidak_tersedia", "penyebut_nol", "klaim", "parsial", "dirahasiakan", "melebihi_satu"
]  # fmt: skip


@dataclass(frozen=True)
class IndicatorRow:
    """One share and why. ``value`` is an exact fraction of one, rebuilt from counts, or None.

    ``status`` says why a value is missing or special; ``published`` is what was printed of the same
    figure; ``gap`` counts people or documents short of the target (0 when it is reached). ``parts`` is
    (present, expected) where a whole was summed from its parts.
    """

    region_code: str
    indicator: str
    base: str
    as_of: AsOf
    status: Status
    numerator: int | None = None
    denominator: int | None = None
    denominator_as_of: AsOf | None = None
    base_kind: str = ""
    value: Fraction | None = None
    claim: Claim | None = None
    published: tuple[Claim, ...] = ()
    target: Target | None = None
    gap: int | None = None
    verdict: Verdict | None = None
    approximate: bool = False
    statement: str = ""
    sources: tuple[str, ...] = ()
    parts: tuple[int, int] | None = None

    @property
    def from_counts(self) -> bool:
        return self.value is not None


def history(facts: Facts, indicator: Indicator) -> list[IndicatorRow]:
    """Every figure of one indicator, oldest first: at one date and base one row.

    Rows of year precision are included; series, changes and paces leave them out (law 7).
    """
    rows = [*_counted(facts, indicator)]
    counted = {(row.as_of, base) for row in rows for base in (row.base, UNSTATED)}
    rows += [row for row in _claimed(facts, indicator) if (row.as_of, row.base) not in counted]
    return sorted(rows, key=lambda row: (row.as_of, row.base))


def latest(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The newest figure; several rows when it is known on several bases at that date."""
    newest = max((row.as_of for row in rows), default=None)
    return [row for row in rows if row.as_of == newest]


def lone_numerator(facts: Facts, indicator: Indicator) -> Count | None:
    """The newest numerator for which no denominator may be used; it is told as a number, without a share."""
    paired = {row.statement for row in history(facts, indicator)}
    lone = [
        c for c in facts.counts if c.measure == indicator.numerator and c.statement not in paired and indicator.bases
    ]
    return max(lone, key=lambda c: c.as_of, default=None)


def build(facts: Facts, catalog: Catalog) -> dict[str, list[IndicatorRow]]:
    """The history of every indicator of the catalogue."""
    return {indicator.id: history(facts, indicator) for indicator in catalog}


def _counted(facts: Facts, indicator: Indicator) -> Iterable[IndicatorRow]:
    """Rows rebuilt from counts of one statement; at one date and base one row."""
    best: dict[tuple[AsOf, str], tuple[Count, Count]] = {}
    for numerator in facts.by_measure.get(indicator.numerator, ()):
        if not indicator.bases:
            best.setdefault((numerator.as_of, ""), (numerator, numerator))
        for base in indicator.bases:
            denominator = _denominator(facts, numerator, base)
            if denominator is None:
                continue
            key = (numerator.as_of, base)
            if key not in best or _standing(denominator) < _standing(best[key][1]):
                best[key] = (numerator, denominator)
    for numerator, denominator in best.values():
        yield judged(_row(facts, indicator, numerator, denominator), indicator)


def _denominator(facts: Facts, numerator: Count, base: str) -> Count | None:
    """The denominator of the same statement."""
    return stated(facts.by_statement.get(numerator.statement, ()), base, numerator.as_of)


def stated(counts: Iterable[Count], measure: str, as_of: AsOf) -> Count | None:
    """What the ``counts`` of one statement say of a measure: of that date, else the only one there is.

    None when the statement holds several that could be meant: none of them is guessed.
    """
    same = [c for c in counts if c.measure == measure]
    chosen = [c for c in same if c.as_of == as_of] or same
    return chosen[0] if len({(c.count, c.base_kind, c.as_of) for c in chosen}) == 1 else None


def _standing(denominator: Count) -> tuple[int, str]:
    """Of two statements about one date the one on the moving register goes first, then by name."""
    order = ("dinamis", "beku", "tidak_disebut", "")
    return order.index(denominator.base_kind), denominator.statement


def _row(facts: Facts, indicator: Indicator, numerator: Count, denominator: Count) -> IndicatorRow:
    base = denominator.measure if indicator.bases else ""
    value = ratios.KINDS[indicator.kind](numerator.count, denominator.count)
    return IndicatorRow(
        region_code=facts.region_code,
        indicator=indicator.id,
        base=base,
        as_of=numerator.as_of,
        status=status_of(value, indicator),
        numerator=numerator.count,
        denominator=denominator.count if indicator.bases else None,
        denominator_as_of=denominator.as_of if indicator.bases else None,
        base_kind=denominator.base_kind,
        value=value,
        published=tuple(_published(facts, indicator, numerator.statement, base)),
        approximate=numerator.approximate or denominator.approximate,
        statement=numerator.statement,
        sources=tuple(dict.fromkeys((numerator.source, denominator.source))),
    )


def status_of(value: Fraction | None, indicator: Indicator) -> Status:
    """What is special about a share that was rebuilt from counts."""
    if value is None:
        return "penyebut_nol"
    return "melebihi_satu" if indicator.kind == "coverage" and value > 1 else "ok"


def _published(facts: Facts, indicator: Indicator, statement: str, base: str) -> Iterable[Claim]:
    """What the same statement printed of the same figure."""
    for claim in facts.claims:
        same = claim.statement == statement and claim.indicator == indicator.id
        if same and claim.base in (base, UNSTATED):
            yield claim


def judged(row: IndicatorRow, indicator: Indicator) -> IndicatorRow:
    """The row with the target of its own year, the gap and the verdict on exact values.

    A figure built from an approximate count, or with parts missing, gets no verdict and no gap.
    """
    target = target_for(indicator, row.region_code, row.as_of, row.base)
    if target is None or row.value is None or row.approximate or row.status == "parsial":
        return replace(row, target=target)
    if indicator.kind == "count":
        goal = Fraction(target.value)
        missing = max(0, int(-(-goal // 1)) - (row.numerator or 0))
    else:
        goal = target.share
        missing = ratios.gap(row.numerator or 0, row.denominator or 0, goal)
    return replace(row, target=target, gap=missing, verdict=ratios.judge(row.value, goal))


def _claimed(facts: Facts, indicator: Indicator) -> Iterable[IndicatorRow]:
    """Rows that stay claims: a printed percentage whose counts are not both known.

    A claim beside counts that contradict each other is not used either.
    """
    seen: set[tuple[AsOf, str]] = set()
    for claim in facts.claims:
        key = (claim.as_of, claim.base)
        if claim.indicator != indicator.id or claim.kind != "persen" or key in seen:
            continue
        seen.add(key)
        if not facts.contradicts((indicator.numerator, *indicator.bases), claim.as_of):
            yield _claim_row(facts, indicator, claim)


def _claim_row(facts: Facts, indicator: Indicator, claim: Claim) -> IndicatorRow:
    """The claim with its verdict, and with that one of its counts that its statement gives."""
    beside = {c.measure: c for c in facts.counts if c.statement == claim.statement}
    numerator, denominator = beside.get(indicator.numerator), beside.get(claim.base)
    target = target_for(indicator, facts.region_code, claim.as_of, claim.base)
    judged_now = target is not None and not claim.approximate
    return IndicatorRow(
        region_code=facts.region_code,
        indicator=indicator.id,
        base=claim.base,
        as_of=claim.as_of,
        status="klaim",
        numerator=numerator.count if numerator else None,
        denominator=denominator.count if denominator else None,
        denominator_as_of=denominator.as_of if denominator else None,
        claim=claim,
        target=target,
        verdict=ratios.judge_claim(claim.percent, target.share) if judged_now and target else None,
        approximate=claim.approximate,
        statement=claim.statement,
        sources=(claim.source,),
    )
