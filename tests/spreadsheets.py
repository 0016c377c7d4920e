"""Spreadsheets made by hand, and what is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.paths import find_paths
from adminduk.basis.places import Places, load_places
from adminduk.basis.sources import Sources, load_sources
from adminduk.ingest.files.workbooks import Sheet, Value, Workbook
from adminduk.ingest.sheets.extract import Extract, extract
from adminduk.ingest.sheets.recognise import Match, recognise

AS_OF, TODAY = date(2024, 11, 15), date(2024, 11, 20)
Rows = Sequence[Sequence[Value]]


@cache
def known() -> tuple[Sources, Places, Catalog]:
    paths = find_paths()
    return load_sources(paths), load_places(paths), load_catalog(paths)


def sheet(rows: Rows, name: str = "Data", uncached: Sequence[tuple[int, int]] = ()) -> Sheet:
    width = max(map(len, rows))
    return Sheet(name, tuple((*row, *[None] * (width - len(row))) for row in rows), frozenset(uncached))


def workbook(*sheets: Sheet, name: str = "berkas.xlsx") -> Workbook:
    return Workbook(name, "0" * 64, b"", sheets)


def recognised(*sheets: Sheet, name: str = "berkas.xlsx", source: str = "") -> Match:
    return recognise(workbook(*sheets, name=name), known()[0].layouts, source)


def read(*sheets: Sheet, name: str = "berkas.xlsx", **said: Any) -> Extract:
    """What the sheets say; ``said`` may have source, as_of and denominator."""
    _, places, catalog = known()
    book = workbook(*sheets, name=name)
    match = recognise(book, known()[0].layouts, said.get("source", ""))
    return extract(book, match, said.get("as_of", AS_OF), said.get("denominator", ""), places, catalog, TODAY)


def counts(found: Extract) -> list[str]:
    """Every count as one line: region, measure, sex, date, kind of denominator, number; "-" for nothing."""
    columns = ("region_code", "measure", "sex", "as_of", "base_kind", "count")
    return sorted(" ".join(row[column] or "-" for column in columns) for row in found.counts)


def triplets(*words: str) -> list[str]:
    return [f"{word}_{sex}" for word in words for sex in ("lk", "pr", "jml")]
