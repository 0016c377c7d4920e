"""The findings of a dataset, and what they keep from being printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.checks import Finding
from adminduk.basis.dates import AsOf
from adminduk.basis.errors import DataError, Problem
from adminduk.basis.paths import Paths
from adminduk.basis.periods import Period, load_period, period_ids
from adminduk.basis.places import load_places
from adminduk.basis.regions import Region
from adminduk.basis.rulebook import Rulebook, load_rulebook
from adminduk.measure.checks import review, stopping, stops
from adminduk.measure.evidence import Evidence, Scope
from adminduk.present import wording
from adminduk.present.findings import sentence
from adminduk.present.listing import listing


@dataclass(frozen=True)
class Examined:
    """The findings of a dataset by region, the gravest first, and the regions that are not printed."""

    findings: tuple[Finding, ...]
    stopped: tuple[Region, ...]
    lines: tuple[str, ...]

    @property
    def refuses(self) -> bool:
        return any(found.severity == "tolak" for found in self.findings)


def examine(paths: Paths, data: str, period: str = "") -> Examined:
    """What is found in a dataset up to a period; without one in all of it.

    Raises ParameterError for a period or dataset that does not exist, DataError for one that cannot be used.
    """
    book = load_rulebook(paths)
    chosen = load_period(paths, period, data) if period else None
    tables = frames.read_dataset(paths, data)
    frames.check_regions(tables, load_places(paths).codes(), data)
    until = chosen.as_of if chosen else date.max
    day = chosen.as_of if chosen else _last_period(paths, tables)
    evidence = Evidence(tables, book, Scope(day, until, book.regions.province.code))
    found = tuple(review(evidence))
    grave = stopping(evidence)
    stopped = tuple(region for region in book.regions.all if stops(grave, region.code))
    lines = [*listing(found, book.catalog, load_places(paths))]
    if stopped:
        names = wording.listing([region.name for region in stopped])
        lines.append(f"Tidak dicetak sampai angkanya diperbaiki: {names}.")
    return Examined(found, stopped, tuple(lines))


def _last_period(paths: Paths, tables: Mapping[str, pd.DataFrame]) -> date:
    """The newest period that the dataset reaches: the year in which regencies are expected to report."""
    newest = max((AsOf.parse(text).last for text in tables["counts"]["as_of"].unique()), default=date.max)
    periods = [date.fromisoformat(key) for key in period_ids(paths)]
    return max((day for day in periods if day <= newest), default=min(periods, default=newest))


def check_printable(book: Rulebook, tables: Mapping[str, pd.DataFrame], region: Region, period: Period) -> None:
    """DataError naming every finding that keeps the region from being printed at this period."""
    levels = 0 if region.is_province else 3
    check_evidence(Evidence(tables, book, Scope(period.as_of, period.as_of, region.code, levels)), region)


def check_evidence(evidence: Evidence, region: Region) -> None:
    """DataError as ``check_printable``, from the evidence of the region and what lies in it."""
    looked_at = evidence.narrow(0) if region.is_province else evidence
    problems = [_problem(found, region, evidence.book) for found in stops(stopping(looked_at), region.code)]
    if problems:
        raise DataError(*problems)


def _problem(found: Finding, region: Region, book: Rulebook) -> Problem:
    return Problem(
        where=f"{region.name} ({found.region_code}, {found.origin})",
        what=f"tidak dicetak. {sentence(found, book.catalog)}",
        expected=f"angka yang lolos aturan {found.rule} (docs/method/{found.rule}.md)",
        next_step="minta angka yang benar, lalu muat dengan make ingest ... REPLACE=yes",
    )
