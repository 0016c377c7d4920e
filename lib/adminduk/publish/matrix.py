"""The matriks harmonisasi for Excel: every line in its columns, the findings, and where they come from.

Figures are numbers in the format that paper prints, the head stays and filters, and the same plans give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from adminduk.measure.briefing import Briefing
from adminduk.measure.outreach import shared
from adminduk.measure.plans import Plans, plans
from adminduk.present import agreement, matrix, needs, outreach, realised, targets, wording
from adminduk.present.digest import SIMULATED, is_simulated
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table
from adminduk.publish.looks import Looks, fields, put, set_up

MATRIX, FINDINGS, NOTES = "Matriks", "Temuan", "Sumber dan catatan"
_CREATED = datetime(2000, 1, 1)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_STILL = 6  # columns that stay when the matrix is pushed sideways: up to the executor
_TITLE = "Matriks harmonisasi program dan kegiatan administrasi kependudukan"
_NOTE_WIDTHS = (6, 110)
# Characters: names are broken over lines so that all columns stand side by side on one page.
_WIDTHS = (11, 15, 12, 13, 14, 11, 11, 8, 8, 9, 9, 12, 12, 9, 8, 12, 7, 8, 8, 8, 10)


def matrix_xlsx(briefing: Briefing) -> bytes:
    """The workbook of the plans that concern the region of ``briefing``; without any it says so on its sheets."""
    found, numbers = plans(briefing), SourceNumbers(briefing.sources)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"title": f"{_TITLE} {briefing.period.as_of.year}", "created": _CREATED})
        pages = _Pages(book, briefing)
        lines = matrix.flat(briefing, found)
        if not found.lines:  # missing is not zero
            lines = replace(lines, caption=agreement.nothing(briefing, found))
        pages.table(MATRIX, lines, filtered=True)
        if found.lines:
            pages.table("Jumlah", matrix.totals(briefing, found))
        pages.table(FINDINGS, _findings(briefing, found))
        for name, table in _details(briefing, found, numbers):
            pages.table(name, table)
        pages.notes(agreement.paragraphs(briefing), numbers)
    return buffer.getvalue()


def _findings(briefing: Briefing, found: Plans) -> Table:
    """What has to be agreed, by its number; one row that says so where nothing is found."""
    listed = [*agreement.items(briefing, found)] if found.lines else []
    rows = [[str(place), subject, text] for place, (subject, text) in enumerate(listed, 1)]
    columns = [Column("No.", "right"), Column("Perihal"), Column("Uraian")]
    return Table(
        caption="Apa yang perlu disepakati",
        unit="",
        columns=columns,
        rows=rows or [["", wording.DASH, agreement.nothing(briefing, found)]],
        sources=(),
        notes=[agreement.READING],
    )


def _details(briefing: Briefing, found: Plans, numbers: SourceNumbers) -> list[tuple[str, Table]]:
    """What the findings rest on, each that there is, in full."""
    made = [
        ("Target", targets.table(briefing, found.sums, numbers)),
        ("Kebutuhan", needs.every_table(briefing, found, numbers)),
        ("Realisasi", realised.output_table(briefing, found)),
        ("Biaya", realised.costs_table(briefing, found)),
    ]
    team = shared(briefing)
    if team is not None and team.best is not None:
        made.append(("Hari tim", outreach.table(briefing, team, numbers)))
    return [(name, table) for name, table in made if table.rows]


class _Pages:
    """Writes the sheets, each with region, day and meeting at its head."""

    def __init__(self, book: xlsxwriter.Workbook, briefing: Briefing) -> None:
        self.book, self.briefing, self.looks = book, briefing, Looks(book)
        self.simulated = SIMULATED if is_simulated(briefing) else ""

    def table(self, name: str, table: Table, filtered: bool = False) -> None:
        """One table: the head that is repeated on paper, the rows, the notes under them."""
        sheet, columns = self.book.add_worksheet(name), fields(table)
        if filtered:
            columns = [replace(column, width=width) for column, width in zip(columns, _WIDTHS, strict=True)]
        widths = [column.width for column in columns]
        first = self._head(sheet, table.caption, table.unit, widths)
        last = self.looks.write_heads(sheet, first, table, columns)
        end = self.looks.write_body(sheet, last + 1, table, columns)
        row = end + 1
        cited = f"Sumber: {', '.join(map(str, table.sources))}, lihat lembar {NOTES}." * bool(table.sources)
        for note in filter(None, (*table.notes, cited)):
            row = put(sheet, row, note, self.looks.note, widths)
        self._set_up(sheet, widths, (first, last), _STILL if filtered else 1)
        if filtered:
            sheet.set_landscape()
            sheet.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.7)
            sheet.autofilter(last, 0, max(last, end - 1), len(columns) - 1)

    def notes(self, paragraphs: Sequence[str], numbers: SourceNumbers) -> None:
        """How the findings are made, then the sources by the number under which the tables cite them."""
        sheet = self.book.add_worksheet(NOTES)
        top = row = self._head(sheet, NOTES, "", _NOTE_WIDTHS)
        for text in paragraphs:
            row = put(sheet, row, text, self.looks.text, _NOTE_WIDTHS)
        row += 1
        for item in numbers.cited():
            told = ". ".join(filter(None, (item["title"], item["published"], item["note"], item["address"])))
            sheet.write_number(row, 0, item["number"], self.looks.number)
            self.looks.write(sheet, row, 1, told)
            row += 1
        for note in numbers.notes():
            row = put(sheet, row, note, self.looks.note, _NOTE_WIDTHS)
        self._set_up(sheet, _NOTE_WIDTHS, (top - 1, top - 1), 0)

    def _head(self, sheet: Worksheet, caption: str, unit: str, widths: Sequence[int]) -> int:
        """Region, day and meeting; simulated or not; caption; unit. The row after them."""
        period = self.briefing.period
        meeting = period.meeting.short if period.meeting else ""
        about = (self.briefing.region.name, f"keadaan {wording.long_date(period.as_of)}", meeting)
        told = [(" · ".join(filter(None, about)), self.looks.about), (self.simulated, self.looks.simulated)]
        told += [(caption, self.looks.caption), (unit and f"Satuan: {unit}", self.looks.note)]
        row = 0
        for text, look in told:
            row = put(sheet, row, text, look, widths) if text else row
        return row

    def _set_up(self, sheet: Worksheet, widths: Sequence[int], head: tuple[int, int], still: int) -> None:
        set_up(sheet, widths, head, still)
        sheet.fit_to_pages(1, 0)
        region, period = self.briefing.region, self.briefing.period
        # A space after the size: digits would be read as part of it.
        sheet.set_footer(f'&L&"Arial"&8 {region.code} {region.name} · {period.key}&R&"Arial"&8 Halaman &P dari &N')
        sheet.set_header(f'&C&"Arial,Bold"&9 {self.simulated}' if self.simulated else "")
