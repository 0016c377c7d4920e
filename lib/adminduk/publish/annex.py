"""The Excel annex of a region: the tables of its printed pack, with figures that can be reckoned with.

A sheet for each table, a list of the sheets before them, notes and sources behind them. A mark behind a figure stands
in a column of its own, so that the figure stays a number. Nothing in it is a formula, and the same parts give the same
bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import xlsxwriter
from nbformat import NotebookNode
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from adminduk.present.tables import Table
from adminduk.publish.grids import grid
from adminduk.publish.looks import Field, Looks, fields, fit, put, set_up
from adminduk.publish.typeset import BUNDLE, VERSION, printable

Part = tuple[str, Mapping[str, Any]]  # the heading above it, the payload of its bundle

CONTENTS, NOTES = "Isi", "Catatan dan sumber"
SIMULATED = "DATA SIMULASI - bukan angka resmi"
_CREATED = datetime(2000, 1, 1)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST_NAME = 31
_CONTENTS_WIDTHS, _NOTE_WIDTHS = (6, 34, 62, 48), (6, 80, 20, 48)
_READ_ME = (
    "Angka di berkas ini sama dengan angka di paket cetak dan dapat dihitung; persen disimpan sebagai pecahan dari "
    "satu. Tanda *, †, atau ‡ di belakang angka cetak ada di kolom Tanda dan diterangkan di bawah tabelnya. "
    "– berarti tidak ada angka, bukan nol. Berkas ini tidak memuat rumus."
)


def annex_parts(notebook: NotebookNode) -> list[Part]:
    """Every bundle of an executed notebook in its order, also several of one cell, each under its heading."""
    found: list[Part] = []
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = [heading, *(re.sub(r"[*_`]", "", found) for found in _HEADING.findall(cell.source))][-1]
        for output in cell.get("outputs", []):
            payload = output.get("data", {}).get(BUNDLE)
            if isinstance(payload, Mapping) and payload.get("version") == VERSION:
                found.append((payload.get("heading") or heading, payload))
    return found


def annex_xlsx(title: str, stamp: Mapping[str, Any], parts: Sequence[Part]) -> bytes:
    """The workbook. ``stamp`` is what the document bundle of a report says of itself: region, day, simulated or not.

    RenderError when a bundle that should be a table is none.
    """
    sheets = _sheets(parts)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"title": printable(title), "created": _CREATED})
        pages = _Pages(book, title, stamp)
        pages.contents(sheets)
        for sheet in sheets:
            pages.table(sheet)
        pages.notes(parts, sheets)
    return buffer.getvalue()


@dataclass(frozen=True)
class _Sheet:
    """A table under the name of its sheet; ``place`` is that of its part, ``heading`` the question it answers."""

    name: str
    heading: str
    table: Table
    place: int

    @cached_property
    def fields(self) -> list[Field]:
        return fields(self.table)


def _sheets(parts: Sequence[Part]) -> list[_Sheet]:
    tables = [(place, heading, grid(payload, heading)) for place, (heading, payload) in enumerate(parts)]
    kept = [(place, heading, table) for place, heading, table in tables if table is not None and table.columns]
    return [
        _Sheet(sheet_name(number, table.caption), heading, table, place)
        for number, (place, heading, table) in enumerate(kept, 1)
    ]


def sheet_name(number: int, caption: str) -> str:
    """A name that Excel takes, unique by its number: the first words of the caption up to its first stop."""
    plain = "".join(char for char in printable(caption) if ord(char) <= 0xFFFF)
    words = re.split(r"[,:(;]", re.sub(r"[\[\]*?/\\'\s]+", " ", plain).strip())[0].split()
    name = str(number)
    for word in words or ["Tabel"]:
        if len(name) + 1 + len(word) > _LONGEST_NAME:
            break
        name = f"{name} {word}"
    return name


class _Pages:
    """Writes the sheets of one workbook, each with what it is about at its head."""

    def __init__(self, book: xlsxwriter.Workbook, title: str, stamp: Mapping[str, Any]) -> None:
        self.book, self.title, self.stamp = book, title, stamp
        self.looks = Looks(book)
        self.simulated = SIMULATED if stamp.get("simulated") else ""

    def contents(self, sheets: Sequence[_Sheet]) -> None:
        """What is in the file, with a link to each sheet."""
        sheet = self.book.add_worksheet(CONTENTS)
        widths = _CONTENTS_WIDTHS
        row = self._head(sheet, self.title, "", widths)
        row = put(sheet, row, _READ_ME, self.looks.note, widths) + 1
        for column, word in enumerate(("No.", "Lembar", "Isi", "Bagian")):
            sheet.write_string(row, column, word, self.looks.head)
        told = [(item.name, item.table.caption, item.heading) for item in sheets]
        told.append((NOTES, "Catatan, metode, dan daftar sumber", ""))
        for number, (name, caption, heading) in enumerate(told, 1):
            at = row + number
            sheet.write_number(at, 0, number, self.looks.number)
            sheet.write_url(at, 1, f"internal:{quote_sheetname(name)}!A1", self.looks.link, name)
            sheet.write_string(at, 2, printable(caption), self.looks.text)
            sheet.write_string(at, 3, printable(heading), self.looks.text)
            fit(sheet, at, [*zip((name, caption, heading), widths[1:], strict=True)])
        self._set_up(sheet, widths, (row, row), 0)

    def table(self, item: _Sheet) -> None:
        """Caption and unit above, the head that stays, the rows, the notes under them."""
        sheet, table = self.book.add_worksheet(item.name), item.table
        columns = item.fields
        widths = [column.width for column in columns]
        first = self._head(sheet, table.caption, table.unit, widths)
        last = self.looks.write_heads(sheet, first, table, columns)
        row = self.looks.write_body(sheet, last + 1, table, columns) + 1
        sources = f"Sumber: {', '.join(map(str, sorted(table.sources)))}, lihat lembar {NOTES}." * bool(table.sources)
        for note in filter(None, (*table.notes, sources)):
            row = put(sheet, row, note, self.looks.note, widths)
        self._set_up(sheet, widths, (first, last), 1)

    def notes(self, parts: Sequence[Part], sheets: Sequence[_Sheet]) -> None:
        """How the figures are made and where they come from, in the order of the documents."""
        sheet = self.book.add_worksheet(NOTES)
        widths = _NOTE_WIDTHS
        row = self._head(sheet, NOTES, "", widths)
        top = row
        lists = [place for place, (_, payload) in enumerate(parts) if payload.get("kind") == "sources"]
        before = -1
        for place, (_, payload) in enumerate(parts):
            if payload.get("kind") == "notes":
                row = self._blocks(sheet, row, payload)
            elif payload.get("kind") == "sources":
                named = [item.name.split()[0] for item in sheets if before < item.place < place]
                several = f", lembar {named[0]} sampai {named[-1]}" if named and len(lists) > 1 else ""
                row, before = self._sources(sheet, row, payload, f"Sumber{several}"), place
        self._set_up(sheet, widths, (top - 1, top - 1), 0)

    def _blocks(self, sheet: Worksheet, row: int, payload: Mapping[str, Any]) -> int:
        for block in payload["blocks"]:
            lines = [(block["heading"], self.looks.strong)] if block["heading"] else []
            lines += [(text, self.looks.text) for text in block["paragraphs"]]
            lines += [(f"• {text}", self.looks.text) for text in block["items"]]
            for text, look in lines:
                sheet.write_string(row, 1, printable(text), look)
                fit(sheet, row, [(text, _NOTE_WIDTHS[1])])
                row += 1
        return row + 1

    def _sources(self, sheet: Worksheet, row: int, payload: Mapping[str, Any], heading: str) -> int:
        """A line for each source, by the number that the tables cite."""
        for column, word in enumerate(("No.", heading, "Terbit", "Alamat")):
            sheet.write_string(row, column, word, self.looks.head)
        for item in payload["items"]:
            row += 1
            told = ". ".join(filter(None, (item["title"], item["note"])))
            sheet.write_number(row, 0, item["number"], self.looks.number)
            texts = [told, item["published"], item["address"]]
            for column, text in enumerate(texts, 1):
                self.looks.write(sheet, row, column, text)
            fit(sheet, row, [*zip(texts, _NOTE_WIDTHS[1:], strict=True)])
        for note in payload.get("notes", ()):
            row += 1
            self.looks.write(sheet, row, 1, note)
        return row + 2

    def _head(self, sheet: Worksheet, caption: str, unit: str, widths: Sequence[int]) -> int:
        """Region, day and meeting; simulated or not; caption; unit. The row after them."""
        about = (self.stamp.get(key, "") for key in ("region_name", "as_of_text", "meeting", "status"))
        name, day, meeting, status = map(str, about)
        line = " · ".join(filter(None, (name, day and f"keadaan {day}", meeting, status)))
        told = [(line, self.looks.about), (self.simulated, self.looks.simulated)]
        told += [(caption, self.looks.caption), (unit and f"Satuan: {unit}", self.looks.note)]
        row = 0
        for text, look in told:
            row = put(sheet, row, text, look, widths) if text else row
        return row

    def _set_up(self, sheet: Worksheet, widths: Sequence[int], head: tuple[int, int], still: int) -> None:
        stamp = self.stamp
        told = [f"{stamp.get('region_code', '')} {stamp.get('region_name', '')}", stamp.get("period", "")]
        told += [f"sidik data {sign[:8]}" for sign in filter(None, [str(stamp.get("data_hash", ""))])]
        set_up(sheet, widths, head, still)
        # A space after the size: digits would be read as part of it.
        foot = " · ".join(filter(None, (str(text).strip() for text in told))).replace("&", "&&")[:180]
        sheet.set_footer(f'&L&"Arial"&8 {foot}&R&"Arial"&8 Halaman &P dari &N')
        sheet.set_header(f'&C&"Arial,Bold"&9 {self.simulated}' if self.simulated else "")
