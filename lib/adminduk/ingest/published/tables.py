"""The published dataset: received figures and what was read about them, as tables.

Every received row ends in at least one of counts, claims and unused; nothing is dropped or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from adminduk.basis.dates import AsOf
from adminduk.basis.errors import DataError, Problem, suggestion
from adminduk.basis.frames import TABLES, UNUSED, write_table
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.basis.rows import NO, YES
from adminduk.ingest.published.readings import (
    FILE,
    Readings,
    Rule,
    apply_readings,
    load_readings,
)
from adminduk.ingest.published.received import FIGURES, TEXTS, Row, read_received

DATASET = "published"
RECEIVED = {"published_figures.csv": FIGURES, "text_claims.csv": TEXTS}

Cells = dict[str, str]


def write_published(paths: Paths) -> None:
    """Make the tables of data/published anew; nothing is written when anything is wrong."""
    for table, frame in build_published(paths).items():
        write_table(frame, table, paths.table(DATASET, table))


def build_published(paths: Paths) -> dict[str, pd.DataFrame]:
    """Counts, claims, sources and unused rows, from the received files and readings.yml."""
    regions = load_regions(paths)
    readings = load_readings(paths, DATASET)
    rows: list[Row] = []
    for name, columns in RECEIVED.items():
        rows += read_received(paths.received(DATASET) / name, columns, regions)
    problems = [problem for row in rows for problem in _uncovered(row, readings)]
    if problems:
        raise DataError(*problems)
    said = apply_readings(readings, rows, paths.relative(paths.readings(DATASET)))
    tables = _tables([_Figure(row, readings, said[row.origin]) for row in rows])
    tables["sources"] = [_source(source) for source in readings.sources]
    return {table: pd.DataFrame(cells, columns=list(TABLES[table]), dtype=str) for table, cells in tables.items()}


def _uncovered(row: Row, readings: Readings) -> Iterable[Problem]:
    """A row that no rule or no source covers."""
    if row.indicator not in readings.indicators:
        yield Problem(
            row.place,
            f"indikator {row.indicator!r} tidak punya aturan di {FILE}",
            "satu dari: " + ", ".join(readings.indicators),
            suggestion(row.indicator, readings.indicators) or f"tambahkan aturannya di {FILE}: indicators",
        )
    if row.address not in readings.by_address:
        yield Problem(
            row.place,
            f"alamat {row.address!r} tidak ada di {FILE}",
            "sumber dengan alamat itu",
            f"tambahkan sumbernya di {FILE}: sources",
        )


@dataclass(frozen=True)
class _Figure:
    """One received row with the rule of its indicator and what was read about it."""

    row: Row
    readings: Readings = field(repr=False)
    said: dict[str, Any]

    @property
    def rule(self) -> Rule:
        return self.readings.indicators[self.row.indicator]

    @property
    def source(self) -> str:
        return self.readings.by_address[self.row.address].id

    @property
    def as_of(self) -> AsOf:
        return self.said.get("as_of") or AsOf.parse(self.row.period)

    def common(self, part: str, as_of: AsOf) -> Cells:
        """The cells that counts and claims share; the statement is dated as the row is."""
        return {
            "region_code": self.row.region_code,
            "as_of": str(as_of),
            "precision": as_of.precision,
            "approximate": YES if part in self.said.get("approximate", ()) else NO,
            "unusable": self.said.get("unusable", {}).get(part, ""),
            "statement": f"{self.source}@{self.as_of}",
            "source": self.source,
            "origin": self.row.origin,
        }

    def uses(self, part: str) -> bool:
        return self.row.has(part) and part not in self.said.get("unused", {})

    def counts(self) -> Iterable[Cells]:
        """The numerator and the denominator, each with its own date and kind."""
        if self.uses("numerator"):
            yield self._count("numerator", self.rule.numerator, self.as_of, self.rule.base_kind)
        if self.uses("denominator"):
            measure = self.said.get("denominator") or self.rule.denominator
            as_of = self.said.get("base_as_of") or self.as_of
            kind = self.said.get("base_kind") or "tidak_disebut"
            yield self._count("denominator", measure, as_of, kind)

    def _count(self, part: str, measure: str, as_of: AsOf, base_kind: str) -> Cells:
        if not measure:
            raise DataError(
                Problem(
                    self.row.place,
                    f"{part} tanpa ukuran",
                    f"ukuran dari aturan {self.row.indicator}, atau dari bacaan baris ini",
                    f"tambahkan bacaannya di {FILE}, atau nyatakan {part} di unused",
                )
            )
        cells = {"measure": measure, "sex": "", "age_group": "", "base_kind": base_kind}
        return {**self.common(part, as_of), **cells, "count": str(int(getattr(self.row, part)))}

    def claims(self) -> Iterable[Cells]:
        percent = self.said.get("percent") or self.row.percent
        if percent and "percent" not in self.said.get("unused", {}):
            yield self._claim(self.said.get("kind") or "persen", percent=percent)
        if self.row.words:
            yield self._claim("kata", words=self.row.words)

    def _claim(self, kind: str, percent: str = "", words: str = "") -> Cells:
        base = self.said.get("base") or self.rule.base or self.rule.denominator
        return {
            **self.common("percent", self.as_of),
            "indicator": self.row.indicator,
            "base": "" if words else base,
            "kind": kind,
            "percent": percent,
            "words": words,
            "verdict": self.said.get("verdict") or self.row.verdict,
            "standing": self.said.get("standing", ""),
        }

    def unused(self) -> Iterable[Cells]:
        """The whole row, or the cells of it, that are not used; one line for each reason."""
        parts = ("numerator", "denominator", "percent")
        if self.rule.unused:
            yield self._unused(self.rule.unused, parts)
        for part, reason in self.said.get("unused", {}).items():
            yield self._unused(reason, (part,))

    def _unused(self, reason: str, parts: Iterable[str]) -> Cells:
        row = self.row
        kept = {part: getattr(row, part) for part in parts}
        told = {"region": row.region, "indicator": row.indicator, "period": row.period}
        rest = {"origin": row.origin, "reason": reason, "source": self.source}
        return dict.fromkeys(UNUSED, "") | told | kept | rest


def _tables(figures: list[_Figure]) -> dict[str, list[Cells]]:
    counts: list[Cells] = []
    claims: list[Cells] = []
    unused: list[Cells] = []
    problems: list[Problem] = []
    for figure in figures:
        unused += figure.unused()
        if figure.rule.unused:
            continue
        claims += figure.claims()
        try:
            counts += figure.counts()
        except DataError as error:
            problems.extend(error.problems)
    merged, rivals = _merge(counts)
    if problems or rivals:
        raise DataError(*problems, *rivals)
    return {"counts": merged, "claims": claims, "unused": unused}


def _merge(counts: Iterable[Cells]) -> tuple[list[Cells], list[Problem]]:
    """One row for what one statement says twice, with both origins.

    A count that is a numerator in one sentence and a denominator in the next keeps the kind of the
    denominator. Two different numbers in one statement are a problem.
    """
    merged: dict[tuple[str, ...], Cells] = {}
    problems: list[Problem] = []
    for cells in counts:
        key = tuple(cells[name] for name in ("region_code", "measure", "as_of", "statement"))
        first = merged.setdefault(key, cells)
        if first is cells:
            continue
        kinds = {first["base_kind"], cells["base_kind"]} - {""}
        same = ("count", "approximate", "unusable", "sex", "age_group")
        if len(kinds) > 1 or any(first[name] != cells[name] for name in same):
            what = f"berbeda dari {first['origin']} dalam satu pernyataan: {' '.join(key[:3])}"
            problems.append(Problem(cells["origin"], what, "satu jumlah", f"perbaiki {FILE}"))
        origin = f"{first['origin']};{cells['origin']}"
        merged[key] = first | {"base_kind": "".join(sorted(kinds)[:1]), "origin": origin}
    return list(merged.values()), problems


def _source(source: Any) -> Cells:
    published = str(source.published) if source.published else ""
    told = {"id": source.id, "title": source.title, "address": source.address}
    return {**told, "published": published, "note": source.note}
