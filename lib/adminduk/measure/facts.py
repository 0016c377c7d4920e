"""What is known of one region by one day: counts and claims, with what contradicts itself set aside.

Two usable statements that differ at one date are a finding; neither is used until params name one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.dates import AsOf
from adminduk.measure import ratios


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
class Conflict:
    """Statements that differ about ``what`` (a measure or an indicator) at one date.

    ``values`` holds what each says, a count or a percentage as printed, and its source.
    """

    region_code: str
    what: str
    as_of: AsOf
    values: tuple[tuple[int | str, str], ...]


@dataclass(frozen=True)
class Refused:
    """A claim that is kept but not used, and why."""

    indicator: str
    as_of: AsOf
    statement: str
    reason: str


@dataclass(frozen=True)
class Facts:
    """What is known of one region by one day, conflicts set aside."""

    region_code: str
    counts: tuple[Count, ...]
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    refused: tuple[Refused, ...]

    @cached_property
    def by_statement(self) -> dict[str, list[Count]]:
        """The counts of each statement."""
        return {group[0].statement: group for group in _grouped(self.counts, lambda item: item.statement)}

    @cached_property
    def by_measure(self) -> dict[str, list[Count]]:
        """The counts of each measure."""
        return {group[0].measure: group for group in _grouped(self.counts, lambda item: item.measure)}

    def contradicts(self, what: Iterable[str], as_of: AsOf) -> bool:
        """Whether statements about one of these measures or indicators differ at that date."""
        wanted = set(what)
        return any(conflict.what in wanted and conflict.as_of == as_of for conflict in self.conflicts)


Preference = tuple[str, str, str]  # region_code, measure or indicator, as_of
Cells = dict[str, Any]  # a row of a table by its columns


def gather(
    counts: pd.DataFrame,
    claims: pd.DataFrame,
    until: date,
    preferred: Mapping[Preference, str],
) -> dict[str, Facts]:
    """The counts and claims of each region known by ``until``, of all sexes and ages together, by ascending code.

    ``preferred`` maps (region_code, measure or indicator, as_of) to the statement that params name.
    """
    told, printed = _by_region(counts), _by_region(claims)
    return {
        code: _settled(code, told.get(code, []), printed.get(code, []), until, preferred)
        for code in sorted({*told, *printed})
    }


def nothing(region_code: str) -> Facts:
    """The facts of a region of which nothing is known."""
    return Facts(region_code, (), (), (), ())


def _settled(
    region_code: str, told: list[Cells], printed: list[Cells], until: date, preferred: Mapping[Preference, str]
) -> Facts:
    counts = [
        item for item in map(count_of, (row for row in told if not row["unusable"])) if item.as_of.known_by(until)
    ]
    rows = [row for row in printed if AsOf.parse(row["as_of"]).known_by(until)]
    claims = [claim_of(row) for row in rows if not row["unusable"]]
    refused = tuple(
        Refused(row["indicator"], AsOf.parse(row["as_of"]), row["statement"], row["unusable"])
        for row in rows
        if row["unusable"]
    )
    kept_counts, wrong_counts = _settle_counts(counts, preferred)
    kept_claims, wrong_claims = _settle_claims(claims, preferred)
    conflicts = (*wrong_counts, *wrong_claims)
    return Facts(region_code, tuple(kept_counts), tuple(kept_claims), conflicts, refused)


def said(claims: pd.DataFrame, region_code: str, until: date) -> tuple[Claim, ...]:
    """Claims in words of a region, said by ``until``, oldest first."""
    own = _by_region(claims[claims["region_code"] == region_code])[region_code]
    found = [claim_of(row) for row in own if row["kind"] == "kata" and not row["unusable"]]
    return tuple(sorted((c for c in found if c.as_of.known_by(until)), key=lambda c: c.as_of))


def _by_region(frame: pd.DataFrame) -> dict[str, list[Cells]]:
    """The rows of all sexes and ages together, in their order."""
    if "sex" in frame:
        frame = frame[(frame["sex"] == "") & (frame["age_group"] == "")]
    found: dict[str, list[Cells]] = defaultdict(list)
    names = list(frame.columns)
    for values in frames.values(frame, names):
        row = dict(zip(names, values, strict=True))
        found[row["region_code"]].append(row)
    return found


def count_of(row: Cells) -> Count:
    """One row of the table of counts."""
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


def claim_of(row: Cells) -> Claim:
    """One row of the table of claims."""
    taken = ("region_code", "indicator", "base", "kind", "percent", "words", "verdict", "standing")
    return Claim(
        **{name: row[name] for name in taken},
        as_of=AsOf.parse(row["as_of"]),
        approximate=row["approximate"] == "ya",
        statement=row["statement"],
        source=row["source"],
    )


def _settle_counts(counts: list[Count], preferred: Mapping[Preference, str]) -> tuple[list[Count], list[Conflict]]:
    """A frozen and a moving denominator of one date may differ; within one kind nothing may."""
    kept: list[Count] = []
    conflicts: list[Conflict] = []
    for group in _grouped(counts, lambda item: (item.measure, item.as_of)):
        if len(group) == 1:  # most are: nothing to choose and nobody to contradict
            kept += group
            continue
        chosen = _preferred(group, group[0].measure, preferred)
        kinds = {item.base_kind for item in chosen} - {""} or {""}
        agree = all(len({c.count for c in chosen if c.base_kind in ("", kind)}) == 1 for kind in kinds)
        if agree:
            kept.extend(chosen)
        else:
            values = tuple((item.count, item.source) for item in group)
            conflicts.append(Conflict(group[0].region_code, group[0].measure, group[0].as_of, values))
    return kept, conflicts


def _settle_claims(claims: list[Claim], preferred: Mapping[Preference, str]) -> tuple[list[Claim], list[Conflict]]:
    """Percentages that one exact value can print as agree: 70 and 70.2 do, 70 and 71 do not."""
    kept: list[Claim] = []
    conflicts: list[Conflict] = []
    for group in _grouped(claims, lambda item: (item.indicator, item.base, item.kind, item.as_of, item.words)):
        chosen = _preferred(group, group[0].indicator, preferred)
        intervals = [ratios.rounding_interval(item.percent) for item in chosen if item.percent]
        if not intervals or max(low for low, _ in intervals) < min(high for _, high in intervals):
            kept.extend(sorted(chosen, key=lambda item: -len(item.percent)))
        else:
            values = tuple((item.percent, item.source) for item in group)
            conflicts.append(Conflict(group[0].region_code, group[0].indicator, group[0].as_of, values))
    return kept, conflicts


def _grouped(items: Sequence, key) -> list[list]:
    groups: dict[Hashable, list] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return list(groups.values())


def _preferred(group: list, what: str, preferred: Mapping[Preference, str]) -> list:
    """The items of the statement that params name; all of them when none is named or it is not there."""
    named = preferred.get((group[0].region_code, what, str(group[0].as_of)))
    return [item for item in group if item.statement == named] or group
