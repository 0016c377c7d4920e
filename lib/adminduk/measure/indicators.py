"""Counts and claims of one region become indicator rows: a share, and why.

Pairing (law 5): a numerator is divided only by a denominator of the same statement. Without one the figure
stays a claim, or a number without a share. Precedence: the newest wins; at one date counts beat a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

import pandas as pd

from adminduk.basis.catalog import Catalog, Indicator, Target
from adminduk.basis.dates import AsOf
from adminduk.measure import ratios
from adminduk.measure.ratios import Verdict
from adminduk.measure.targets import UNSTATED, target_for

Status = Literal[
    "ok", "tidak_tersedia", "penyebut_nol", "klaim", "parsial", "dirahasiakan", "melebihi_satu"
]  # fmt: skip


@dataclass(frozen=True)
class Count:
    """So many, there, then."""

    region_code: str
    as_of: AsOf
    measure: str
    count: int
    statement: str
    base_kind: str
    approximate: bool
    source: str


@dataclass(frozen=True)
class Claim:
    """What somebody printed: a percentage, a share of the target, or words. ``percent`` as printed."""

    region_code: str
    as_of: AsOf
    indicator: str
    base: str
    kind: str
    percent: str
    words: str
    verdict: str
    standing: str
    approximate: bool
    statement: str
    source: str


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


@dataclass(frozen=True)
class Conflict:
    """Two usable statements that differ at one date; neither is used until params name one."""

    region_code: str
    what: str
    as_of: AsOf
    values: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What is known of one region by one day, conflicts set aside."""

    region_code: str
    counts: tuple[Count, ...]
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]


Preference = tuple[str, str, str]  # region_code, measure, as_of


def gather(
    counts: pd.DataFrame,
    claims: pd.DataFrame,
    region_code: str,
    until: date,
    preferred: dict[Preference, str],
) -> Facts:
    """The usable counts and claims of a region known by ``until``.

    ``preferred`` maps (region_code, measure, as_of) to the statement that params names.
    """
    own_counts = [_count(row) for row in _usable(counts, region_code) if row["sex"] == row["age_group"] == ""]
    own_claims = [_claim(row) for row in _usable(claims, region_code)]
    kept_counts, wrong_counts = _settle_counts([c for c in own_counts if c.as_of.known_by(until)], preferred)
    kept_claims, wrong_claims = _settle_claims([c for c in own_claims if c.as_of.known_by(until)])
    return Facts(region_code, tuple(kept_counts), tuple(kept_claims), (*wrong_counts, *wrong_claims))


def said(claims: pd.DataFrame, region_code: str, until: date) -> tuple[Claim, ...]:
    """Claims in words of a region, said by ``until``, oldest first."""
    found = [_claim(row) for row in _usable(claims, region_code) if row["kind"] == "kata"]
    return tuple(sorted((c for c in found if c.as_of.known_by(until)), key=lambda c: c.as_of))


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


def _usable(frame: pd.DataFrame, region_code: str) -> list[dict[str, str]]:
    chosen = frame[(frame["region_code"] == region_code) & (frame["unusable"] == "")]
    return chosen.to_dict("records")


def _count(row: dict) -> Count:
    return Count(
        region_code=row["region_code"],
        as_of=AsOf.parse(row["as_of"]),
        measure=row["measure"],
        count=int(row["count"]),
        statement=row["statement"],
        base_kind=row["base_kind"],
        approximate=row["approximate"] == "ya",
        source=row["source"],
    )


def _claim(row: dict) -> Claim:
    taken = ("region_code", "indicator", "base", "kind", "percent", "words", "verdict", "standing")
    return Claim(
        **{name: row[name] for name in taken},
        as_of=AsOf.parse(row["as_of"]),
        approximate=row["approximate"] == "ya",
        statement=row["statement"],
        source=row["source"],
    )


def _settle_counts(counts: list[Count], preferred: dict[Preference, str]) -> tuple[list[Count], list[Conflict]]:
    groups: dict[tuple[str, AsOf, str], list[Count]] = defaultdict(list)
    for item in counts:
        groups[(item.measure, item.as_of, item.base_kind)].append(item)
    kept: list[Count] = []
    conflicts: list[Conflict] = []
    for (measure, as_of, _), group in groups.items():
        named = preferred.get((group[0].region_code, measure, str(as_of)))
        chosen = [item for item in group if named in (None, item.statement)]
        if len({item.count for item in chosen}) == 1:
            kept.extend(chosen)
        else:
            values = tuple(f"{item.count} ({item.source})" for item in group)
            conflicts.append(Conflict(group[0].region_code, measure, as_of, values))
    return kept, conflicts


def _settle_claims(claims: list[Claim]) -> tuple[list[Claim], list[Conflict]]:
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for item in claims:
        groups[(item.indicator, item.base, item.kind, str(item.as_of), item.words)].append(item)
    kept: list[Claim] = []
    conflicts: list[Conflict] = []
    for group in groups.values():
        if len({Fraction(item.percent) for item in group if item.percent}) <= 1:
            kept.extend(group)
        else:
            values = tuple(f"{item.percent}% ({item.source})" for item in group)
            conflicts.append(Conflict(group[0].region_code, group[0].indicator, group[0].as_of, values))
    return kept, conflicts


def _counted(facts: Facts, indicator: Indicator) -> Iterable[IndicatorRow]:
    """Rows rebuilt from counts of one statement."""
    seen: set[tuple[AsOf, str]] = set()
    for numerator in (c for c in facts.counts if c.measure == indicator.numerator):
        if not indicator.bases:
            yield judged(_row(facts, indicator, numerator, numerator), indicator)
        for base in indicator.bases:
            for denominator in facts.counts:
                same = denominator.statement == numerator.statement and denominator.measure == base
                if same and (numerator.as_of, base) not in seen:
                    seen.add((numerator.as_of, base))
                    yield judged(_row(facts, indicator, numerator, denominator), indicator)


def _row(facts: Facts, indicator: Indicator, numerator: Count, denominator: Count) -> IndicatorRow:
    value = ratios.KINDS[indicator.kind](numerator.count, denominator.count)
    status: Status = "ok"
    if value is None:
        status = "penyebut_nol"
    elif indicator.kind == "coverage" and value > 1:
        status = "melebihi_satu"
    base = denominator.measure if indicator.bases else ""
    published = tuple(
        claim
        for claim in facts.claims
        if claim.statement == numerator.statement and claim.indicator == indicator.id and claim.base in (base, UNSTATED)
    )
    return IndicatorRow(
        region_code=facts.region_code,
        indicator=indicator.id,
        base=base,
        as_of=numerator.as_of,
        status=status,
        numerator=numerator.count,
        denominator=denominator.count if indicator.bases else None,
        denominator_as_of=denominator.as_of if indicator.bases else None,
        base_kind=denominator.base_kind,
        value=value,
        published=published,
        approximate=numerator.approximate or denominator.approximate,
        statement=numerator.statement,
        sources=tuple(dict.fromkeys((numerator.source, denominator.source))),
    )


def judged(row: IndicatorRow, indicator: Indicator) -> IndicatorRow:
    """The row with the target of its own year, the gap and the verdict on exact values.

    A figure built from an approximate count gets no verdict and no gap.
    """
    target = target_for(indicator, row.region_code, row.as_of, row.base)
    if target is None or row.value is None or row.approximate:
        return replace(row, target=target)
    if indicator.kind == "count":
        goal = Fraction(target.value)
        missing = max(0, int(-(-goal // 1)) - (row.numerator or 0))
    else:
        goal = target.share
        missing = ratios.gap(row.numerator or 0, row.denominator or 0, goal)
    return replace(row, target=target, gap=missing, verdict=ratios.judge(row.value, goal))


def _claimed(facts: Facts, indicator: Indicator) -> Iterable[IndicatorRow]:
    """Rows that stay claims: a printed percentage whose counts are not both known."""
    numerators = {c.statement: c.count for c in facts.counts if c.measure == indicator.numerator}
    seen: set[tuple[AsOf, str]] = set()
    for claim in facts.claims:
        if claim.indicator != indicator.id or claim.kind != "persen" or (claim.as_of, claim.base) in seen:
            continue
        seen.add((claim.as_of, claim.base))
        target = target_for(indicator, facts.region_code, claim.as_of, claim.base)
        verdict = None
        if target is not None and not claim.approximate:
            verdict = ratios.judge_claim(claim.percent, target.share)
        yield IndicatorRow(
            region_code=facts.region_code,
            indicator=indicator.id,
            base=claim.base,
            as_of=claim.as_of,
            status="klaim",
            numerator=numerators.get(claim.statement),
            claim=claim,
            target=target,
            verdict=verdict,
            approximate=claim.approximate,
            statement=claim.statement,
            sources=(claim.source,),
        )
