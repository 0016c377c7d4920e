"""What the rules look at: the usable figures of a dataset up to a day, settled and paired as everywhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.catalog import Indicator
from adminduk.basis.checks import Finding
from adminduk.basis.dates import AsOf
from adminduk.basis.rulebook import Rulebook
from adminduk.measure import indicators
from adminduk.measure.facts import Count, Facts, gather
from adminduk.measure.indicators import IndicatorRow

_ORDER = ["region_code", "as_of", "measure", "sex", "age_group", "statement", "base_kind", "source", "origin", "count"]
_CLAIM_ORDER = ["region_code", "as_of", "indicator", "base", "statement", "source", "origin", "percent", "words"]


class Row(NamedTuple):
    """One usable row of the table of counts."""

    region_code: str
    as_of: str
    measure: str
    sex: str
    age_group: str
    count: int
    statement: str
    base_kind: str
    approximate: str
    source: str
    origin: str


Key = tuple[str, str, str]  # measure, as_of, kind of base


@dataclass(frozen=True)
class Scope:
    """Which figures are looked at: those known by ``until``, of the region ``within`` and of ``levels`` below it.

    ``day`` is the day of the period that asks for figures: which are current, and which year is looked for.
    """

    day: date
    until: date
    within: str
    levels: int = 3

    def has(self, code: str) -> bool:
        return lies_in(code, self.within) and code.count(".") - self.within.count(".") <= self.levels


class Evidence:
    """The figures of a scope. The order of the rows of ``tables`` makes no difference."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], book: Rulebook, scope: Scope) -> None:
        self.book, self.scope = book, scope
        counts = tables["counts"]
        self._counts = _ordered(_chosen(counts[counts["unusable"] == ""], scope), _ORDER)
        self._claims = _ordered(_chosen(tables["claims"], scope), _CLAIM_ORDER)
        stored = tables.get("findings")
        self._stored = [] if stored is None else _chosen(stored, scope).to_dict("records")
        self._titles = dict(zip(tables["sources"]["id"], tables["sources"]["title"], strict=True))

    def narrow(self, levels: int) -> Evidence:
        """The evidence of fewer levels; what was settled of each region is not settled again."""
        narrow = copy(self)
        for name in self.__dict__.keys() - {"book", "_titles"}:
            del narrow.__dict__[name]
        narrow.scope = scope = replace(self.scope, levels=levels)
        narrow._counts, narrow._claims = (_lying(frame, scope) for frame in (self._counts, self._claims))
        narrow._stored = [row for row in self._stored if scope.has(row["region_code"])]
        narrow.facts = {code: facts for code, facts in self.facts.items() if scope.has(code)}
        return narrow

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every usable row, sexes and ages included."""
        return tuple(map(Row._make, frames.values(self._counts, Row._fields)))

    @cached_property
    def facts(self) -> dict[str, Facts]:
        """What is known of each region that has a figure, in the order of the codes."""
        return gather(self._counts, self._claims, self.scope.until, self.book.preferred)

    @cached_property
    def _histories(self) -> dict[str, dict[str, list[IndicatorRow]]]:
        return {code: indicators.build(facts, self.book.catalog) for code, facts in self.facts.items()}

    def histories(self) -> Iterator[tuple[str, Indicator, Sequence[IndicatorRow]]]:
        """Every region and indicator with its figures, oldest first."""
        for code, built in self._histories.items():
            for indicator in self.book.catalog:
                if built[indicator.id]:
                    yield code, indicator, built[indicator.id]

    @cached_property
    def _sizes(self) -> dict[tuple[str, str], int]:
        sizes: dict[tuple[str, str], int] = defaultdict(int)
        for code, indicator, rows in self.histories():
            for row in rows:
                if row.from_counts and not row.approximate:
                    key = code, indicator.numerator
                    sizes[key] = max(sizes[key], row.denominator or 0)
        return dict(sizes)

    def size(self, code: str, measure: str) -> int:
        """How large a whole the numerator is part of: its largest denominator; 0 where none is known."""
        return self._sizes.get((code, measure), 0)

    @cached_property
    def by_key(self) -> dict[Key, dict[str, Count]]:
        """The settled counts that may stand beside each other: of one measure, date and kind of base.

        Approximate counts are left out; each region is there once.
        """
        found: dict[Key, dict[str, Count]] = defaultdict(dict)
        for code, facts in self.facts.items():
            for item in facts.counts:
                if not item.approximate:
                    found[item.measure, str(item.as_of), item.base_kind].setdefault(code, item)
        return dict(found)

    @cached_property
    def _origins(self) -> dict[tuple[str, str, str], list[Row]]:
        found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self.rows:
            if not row.sex and not row.age_group:
                found[row.region_code, row.measure, row.as_of].append(row)
        return dict(found)

    def rows_of(self, code: str, measure: str, as_of: AsOf) -> list[Row]:
        """The rows of all sexes and ages together that state this count."""
        return self._origins.get((code, measure, str(as_of)), [])

    def origin(self, *counts: Count) -> str:
        """The cells from which counts were read."""
        return cells(
            row.origin
            for item in counts
            for row in self.rows_of(item.region_code, item.measure, item.as_of)
            if row.statement == item.statement
        )

    def claimed_in(self, code: str, indicator: str, as_of: AsOf) -> list[str]:
        """The cells of every usable claim about an indicator at a date."""
        claims = self._claims[(self._claims["region_code"] == code) & (self._claims["indicator"] == indicator)]
        return [*claims[(claims["as_of"] == str(as_of)) & (claims["unusable"] == "")]["origin"]]

    def title(self, source: str) -> str:
        return self._titles.get(source, source)

    @cached_property
    def _dates(self) -> dict[tuple[str, str], set[AsOf]]:
        found: dict[tuple[str, str], set[AsOf]] = defaultdict(set)
        for code, facts in self.facts.items():
            for item in (*facts.counts, *facts.claims, *facts.conflicts):
                what = item.measure if isinstance(item, Count) else ""
                found[code, what].add(item.as_of)
                found[code, ""].add(item.as_of)
        return dict(found)

    def dates(self, code: str, measure: str = "") -> set[AsOf]:
        """The dates of the usable figures of a region, or of one of its measures."""
        return self._dates.get((code, measure), set())

    def finding(self, rule: str, code: str, as_of: AsOf | date, origin: str, **values: Any) -> Finding:
        """A finding with the severity that params give its rule."""
        when = as_of.isoformat() if isinstance(as_of, date) else str(as_of)
        return Finding(code, when, rule, self.book.params.severity(rule), values, origin)

    def stored(self) -> list[Finding]:
        """What was found when files were taken in, as the dataset keeps it."""
        return [Finding.from_row(row) for row in self._stored]


def _chosen(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows of the scope's regions whose whole interval lies at or before its last day."""
    frame = _lying(frame, scope)
    known = {text for text in frame["as_of"].unique() if AsOf.parse(text).known_by(scope.until)}
    return frame[frame["as_of"].isin(known)]


def _lying(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows of the scope's regions."""
    return frame[frame["region_code"].isin({code for code in frame["region_code"].unique() if scope.has(code)})]


def _ordered(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    rows = frames.values(frame, names)
    return frame.iloc[sorted(range(len(rows)), key=rows.__getitem__)]


def lies_in(code: str, within: str) -> bool:
    """Whether a region is ``within`` or a part of it."""
    return code == within or code.startswith(f"{within}.")


def cells(origins: Iterable[str]) -> str:
    """Where something was read, each cell once."""
    return "; ".join(dict.fromkeys(part.strip() for origin in origins for part in origin.split(";")))
