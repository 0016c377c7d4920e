"""The figures of a file as rows of the tables: counts with the sums that follow, claims, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from adminduk.basis.catalog import Catalog
from adminduk.basis.frames import CLAIMS, COUNTS, SOURCES
from adminduk.basis.layouts import Layout
from adminduk.basis.places import Places
from adminduk.basis.releases import Release
from adminduk.basis.rows import NO
from adminduk.ingest.files.workbooks import Workbook
from adminduk.ingest.sheets.addresses import origin, plain
from adminduk.ingest.sheets.days import long_day
from adminduk.ingest.sheets.figures import Doubt, Figure
from adminduk.ingest.sheets.sums import by_group, parent_sums

Row = dict[str, str]
SIMULATED, SIMULATED_TITLE = "simulasi", "DATA SIMULASI"


@dataclass(frozen=True)
class Delivered:
    """The figures of one file, L + P included and rows of sums left out."""

    workbook: Workbook
    layout: Layout
    figures: Sequence[Figure]
    places: Places
    catalog: Catalog

    @property
    def as_of(self) -> date:
        """The latest day that a figure is of."""
        return max(figure.day for figure in self.figures)

    @property
    def region(self) -> str:
        """The smallest place that holds all places of the file."""
        codes = {figure.code for figure in self.figures}
        shortest = min(codes, key=len)
        lengths = (length for length in (13, 8, 5, 2) if length <= len(shortest))
        return next((shortest[:length] for length in lengths if len({code[:length] for code in codes}) == 1), "")

    def counts(self) -> list[Row]:
        """A row for each count, then for each place that is the sum of its parts and is not told by itself."""
        own = [figure for figure in self.figures if figure.column.measure]
        rows = [self._count(figure, figure.code, int(figure.value), self._origin(figure)) for figure in own]
        for told in by_group(own).values():
            for code, added in parent_sums(told, self.places).items():
                if code not in told:
                    where = f"{plain(self.workbook.name)}:jumlah {added.rows} baris"
                    rows.append(self._count(added.like, code, added.value, where))
        return rows

    @cached_property
    def lone_shares(self) -> list[Figure]:
        """Percentages of rows that lack the counts for them."""
        told = {(figure.line, figure.block, figure.sex, figure.name) for figure in self.figures}
        found = []
        for figure in self.figures:
            share = figure.column.share
            names = (share.numerator, share.denominator) if share and not figure.sex else ()
            if any((figure.line, figure.block, "", name) not in told for name in names):
                found.append(figure)
        return found

    def claims(self, doubts: Sequence[Doubt]) -> list[Row]:
        """The percentages without counts; one that may be a share of one is no claim."""
        doubtful = {(doubt.line, doubt.cell) for doubt in doubts}
        sure = (figure for figure in self.lone_shares if (figure.line, figure.cell) not in doubtful)
        return [self._claim(figure, its.indicator, its.base) for figure in sure if (its := figure.column.share)]

    def sources(self) -> list[Row]:
        """One source for each day."""
        days = sorted({figure.day for figure in self.figures})
        return [dict.fromkeys(SOURCES, "") | {"id": self._source(day), "title": self._title(day)} for day in days]

    @cached_property
    def is_simulated(self) -> bool:
        """Whether the file says so, in its name or in a cell."""
        told = (value for sheet in self.workbook.sheets for row in sheet.rows for value in row)
        in_a_cell = any(isinstance(value, str) and SIMULATED_TITLE in value.upper() for value in told)
        return SIMULATED in self.workbook.name.casefold() or in_a_cell

    def _source(self, day: date) -> str:
        release = Release.of(day) if self.layout.base == "rilis" else None
        name = release.id.lower() if release else f"{self.layout.id}-{day}"
        return f"{SIMULATED}-{name}" if self.is_simulated else name

    def _title(self, day: date) -> str:
        title = f"{self.layout.title}, keadaan {long_day(day)}"
        return f"{SIMULATED_TITLE}: {title}" if self.is_simulated else title

    def _statement(self, figure: Figure) -> str:
        release = Release.of(figure.day) if self.layout.base == "rilis" else None
        block = f"/{figure.block}" if figure.block else ""
        return figure.statement or (release.id if release else f"{self.layout.id}{block}@{figure.day}")

    def _origin(self, figure: Figure) -> str:
        return origin(self.workbook, figure.line.header.sheet, figure.cell)

    def _common(self, figure: Figure, code: str, day: date, where: str) -> Row:
        return {
            "region_code": code,
            "as_of": day.isoformat(),
            "precision": "hari",
            "statement": self._statement(figure),
            "approximate": NO,
            "source": self._source(figure.day),
            "origin": where,
        }

    def _count(self, figure: Figure, code: str, count: int, where: str) -> Row:
        is_base = self.catalog.measures[figure.column.measure].role == "penyebut"
        day = figure.base_day if is_base and figure.base_day else figure.day
        told = {"measure": figure.column.measure, "sex": figure.sex, "count": str(count)}
        row = self._common(figure, code, day, where) | told | {"base_kind": figure.base_kind}
        return dict.fromkeys(COUNTS, "") | row

    def _claim(self, figure: Figure, indicator: str, base: str) -> Row:
        told = {"indicator": indicator, "base": base, "kind": "persen", "percent": f"{figure.value:f}"}
        row = self._common(figure, figure.code, figure.day, self._origin(figure)) | told
        return dict.fromkeys(CLAIMS, "") | row
