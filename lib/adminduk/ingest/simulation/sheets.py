"""What a simulated office delivers: sheets of counts, and the rows of the table of counts that they mean.

A sheet is one block of one layout at one day. It holds what is printed; sums of parents that are not printed
are made here by the rule of ingest: where all parts of a whole are there, the whole is their sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from adminduk.basis.frames import COUNTS
from adminduk.basis.releases import Release
from adminduk.basis.rows import NO
from adminduk.ingest.simulation.apportion import Whole

SEXES = ("", "L", "P")
PREFIX, TITLE = "simulasi-", "DATA SIMULASI: "


@dataclass(frozen=True)
class Column:
    """The counts of one measure, (places, 3) for the total, L and P, or (places, 1) for the total alone."""

    measure: str
    as_of: date
    base_kind: str
    counts: Whole


@dataclass(frozen=True)
class Sheet:
    """One block of a delivery; ``places`` are its rows, ``denominator`` what is said of it at ingest."""

    layout: str
    block: str
    as_of: date
    denominator: str
    places: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def statement(self) -> str:
        released = Release.of(self.as_of) if self.layout == "rilis_dkb" else None
        return released.id if released else f"{'/'.join(filter(None, (self.layout, self.block)))}@{self.as_of}"

    @property
    def source(self) -> str:
        name = self.statement if self.layout == "rilis_dkb" else f"{self.layout}-{self.as_of}"
        return PREFIX + name.lower()

    def column(self, measure: str) -> Column:
        return next(column for column in self.columns if column.measure == measure)

    def with_column(self, changed: Column) -> Sheet:
        columns = (changed if column.measure == changed.measure else column for column in self.columns)
        return replace(self, columns=tuple(columns))


def summed(places: Sequence[str], counts: Whole) -> tuple[list[str], Whole]:
    """The places with their counts, then every kecamatan and regency that has parts here but no row of its own."""
    codes, rows = list(places), counts
    for dots in (3, 2):
        parts: dict[str, list[int]] = {}
        for place, code in enumerate(codes):
            if code.count(".") == dots:
                parts.setdefault(code.rpartition(".")[0], []).append(place)
        missing = [code for code in parts if code not in set(codes)]
        rows = np.concatenate([rows, *(rows[parts[code]].sum(axis=0, keepdims=True) for code in missing)])
        codes += missing
    return codes, rows


def count_rows(sheets: Iterable[Sheet], origin: str) -> pd.DataFrame:
    """The table of counts that the sheets mean."""
    frames = [_column_rows(sheet, column) for sheet in sheets for column in sheet.columns]
    table = pd.concat(frames, ignore_index=True)
    fixed = {"precision": "hari", "age_group": "", "approximate": NO, "unusable": "", "origin": origin}
    return table.assign(**fixed)[list(COUNTS)]


def _column_rows(sheet: Sheet, column: Column) -> pd.DataFrame:
    codes, counts = summed(sheet.places, column.counts)
    sexes = SEXES[: counts.shape[1]]
    told = {
        "as_of": str(column.as_of),
        "measure": column.measure,
        "statement": sheet.statement,
        "base_kind": column.base_kind,
        "source": sheet.source,
    }
    cells = {"region_code": np.repeat(codes, len(sexes)), "sex": sexes * len(codes), "count": counts.ravel()}
    return pd.DataFrame(cells).assign(**told)
