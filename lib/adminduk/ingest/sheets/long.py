"""A long table: a row for each count, with the word for what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from adminduk.basis.catalog import Catalog
from adminduk.basis.errors import suggestion
from adminduk.basis.layouts import Sex
from adminduk.basis.releases import DKB_DAYS, Release
from adminduk.basis.rows import BASE_KINDS
from adminduk.ingest.sheets.days import read_day
from adminduk.ingest.sheets.figures import FROZEN, UNSTATED, Cells, Figure
from adminduk.ingest.sheets.headings import Field, Headings
from adminduk.ingest.sheets.rows import Line, is_blank

_STATEMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._/-]{0,79}")


class LongTable:
    """The figures of a long table; what is wrong is in ``cells.problems`` afterwards."""

    def __init__(self, cells: Cells, catalog: Catalog) -> None:
        self.cells, self.catalog = cells, catalog
        self.headings = Headings(cells.header.layout)
        names = ("measure", "count", "sex", "base_kind", "base_date", "statement")
        self.columns = {name: cells.column(Field("panjang", name)) for name in names}

    def read(self) -> Iterator[Figure]:
        count = self.columns["count"]
        for line, value in self.cells.counts(count if count is not None else 0):
            name, sex = self._measure(line), self._sex(line)
            if name and sex is not None:
                kind, base_day = self._base(line, name)
                cell = self.cells.header.sheet.cell(line.row, count or 0)
                day = self.cells.days[line.row]
                yield Figure(line, cell, name, value, day, "", sex, kind, base_day, self._statement(line))

    def _text(self, line: Line, name: str) -> str:
        value = self.cells.value(line.row, self.columns[name])
        return "" if is_blank(value) else str(value).strip()

    def _refuse(self, line: Line, name: str, what: str, expected: str) -> None:
        if line.place or line.labelled:
            self.cells.refuse(line.row, self.columns[name] or 0, what, expected)

    def _measure(self, line: Line) -> str:
        text = self._text(line, "measure")
        name = self.headings.column(text)
        if not name and (text or line.place):
            known = self.cells.header.layout.columns
            hint = suggestion(text, known)
            self._refuse(line, "measure", f"ukuran {text!r} tidak dikenal. {hint}".strip(), ", ".join(known))
        return name

    def _sex(self, line: Line) -> Sex | None:
        sex = self.headings.sex(self._text(line, "sex"))
        if sex is None:
            self._refuse(line, "sex", f"jenis kelamin {self._text(line, 'sex')!r}", "L, P, atau kosong")
        return sex

    def _base(self, line: Line, name: str) -> tuple[str, date | None]:
        """The kind and the own day of a denominator, as the row says; a frozen one must have a day."""
        measure = self.cells.header.layout.columns[name].measure
        is_base = self.catalog.measures[measure].role == "penyebut"
        kind = self._text(line, "base_kind").casefold().replace(" ", "_") or (UNSTATED if is_base else "")
        if kind not in BASE_KINDS:
            self._refuse(line, "base_kind", f"jenis penyebut {kind!r}", " / ".join(BASE_KINDS[1:]))
        said = self._text(line, "base_date")
        day = read_day(self.cells.value(line.row, self.columns["base_date"])) if said else None
        if said and (day is None or day > self.cells.days[line.row]):
            self._refuse(line, "base_date", f"tanggal penyebut {said!r}", "tanggal, tidak sesudah tanggal baris itu")
        elif is_base and kind == FROZEN and self.cells.header.layout.labels and day and Release.of(day) is None:
            self._refuse(line, "base_date", f"tanggal penyebut {said} untuk penyebut beku", DKB_DAYS)
        elif is_base and self.cells.header.layout.labels and (day is None or kind == UNSTATED):
            self._refuse(line, "base_date", "tanggal atau jenis penyebut belum diisi", "tanggal, dan beku atau dinamis")
        elif is_base and kind == FROZEN and day is None:
            name = "base_date" if self.columns["base_date"] is not None else "base_kind"
            self._refuse(line, name, "penyebut beku tanpa tanggal penyebut", "tanggal DKB-nya")
        return kind, day if is_base else None

    def _statement(self, line: Line) -> str:
        """The statement that a row names: a plain word, because it goes into the tables as it is."""
        text = self._text(line, "statement")
        if text and not _STATEMENT.fullmatch(text):
            self._refuse(line, "statement", f"pernyataan {text!r}", "huruf, angka, dan @ . _ / - saja")
        return text
