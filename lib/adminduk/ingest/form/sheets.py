"""The sheets of the form: cells, their looks, their checks, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from adminduk.basis.catalog import Measure
from adminduk.basis.regions import Region
from adminduk.ingest.form.asked import Form
from adminduk.ingest.sheets.delivered import SIMULATED_TITLE

CODE, NAME, MEASURE, LABEL, COUNT = "kode_wilayah", "nama_wilayah", "ukuran", "uraian", "jumlah"
AS_OF, BASE_DATE, BASE_KIND, BEFORE = "keadaan_per", "tanggal_penyebut", "jenis_penyebut", "sebelum_"
KINDS = ("beku", "dinamis")

_LARGEST = 99_999_999
_EARLIEST = date(2000, 1, 1)
_PAIRS_A_PAGE = 5  # measures side by side on a sheet of A4 that can still be read
_INK, _PALE, _LINE, _ACCENT = "#14181B", "#EEF1F3", "#B9BFC4", "#0B5FA5"


class Styles:
    """The few looks of a cell. Everything is locked but what an office fills in."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        edge = {"border": 1, "border_color": _LINE, "valign": "vcenter"}
        count = {"num_format": "[$-421]#,##0", "align": "right"}
        day = {"num_format": "[$-421]d mmm yyyy", "align": "center"}
        empty = {"locked": False, "bg_color": "#FFFBE6"}
        known = {"font_color": "#50565C", "bg_color": _PALE}
        looks = {
            "title": {"bold": True, "font_size": 15, "font_color": _ACCENT},
            "lead": {"font_size": 10.5},
            "text": {"text_wrap": True, "valign": "top"},
            "strong": {"bold": True, "valign": "top"},
            "head": {**edge, "bold": True, "text_wrap": True, "align": "center", "bg_color": _PALE},
            "machine": {**edge, "font_size": 6.5, "font_color": "#50565C", "shrink": True, "align": "center"},
            "label": {**edge, "text_wrap": True},
            "place": {**edge},
            "regency": {**edge, "bold": True},
            "sum": {**edge, "italic": True},
            "asked": {**edge, **count, **empty},
            "asked_day": {**edge, **day, **empty},
            "asked_kind": {**edge, **empty, "align": "center"},
            "day": {**edge, **day, "bold": True},
            "before": {**edge, **count, **known},
            "before_head": {**edge, **day, **known, "font_size": 8, "shrink": True},
            "computed": {**edge, **count, "italic": True},
            "blank": {**edge, **known},
            "wrong": {"bg_color": "#F6D5CE", "font_color": "#8A2B18", "bold": True},
        }
        self._formats = {
            name: book.add_format({"font_name": "Arial", "font_size": 9, "font_color": _INK, **look})
            for name, look in looks.items()
        }

    def __getattr__(self, name: str) -> Any:
        return self._formats[name]


class DistrictSheet:
    """Sheet ``Isian``: a regency with its kecamatan below it, each measure beside its figure from before."""

    TOP, HEAD, IDS, FIRST = 3, 6, 8, 9  # rows of the labelled cells, of the headings, of the ids, of the data

    def __init__(self, sheet: Worksheet, form: Form, styles: Styles) -> None:
        self.sheet, self.form, self.styles = sheet, form, styles
        self.measures = form.asked("kecamatan")
        self.columns = {measure.id: 2 + 2 * number for number, measure in enumerate(self.measures)}

    def write(self) -> None:
        _head(self.sheet, self.form, self.styles)
        self._labelled_cells()
        self._headings()
        row = self.FIRST
        for regency in self.form.regencies:
            row = self._block(row, regency)
        self._set_up(row)

    def _labelled_cells(self) -> None:
        styles, sheet = self.styles, self.sheet
        sheet.write(self.TOP, 0, AS_OF, styles.machine)
        sheet.write_datetime(self.TOP, 1, datetime.combine(self.form.as_of, datetime.min.time()), styles.day)
        for offset, (word, told) in enumerate(
            ((BASE_DATE, "Tanggal DKB atau register penyebut"), (BASE_KIND, "Penyebut beku (DKB) atau dinamis"))
        ):
            sheet.write(self.TOP + 1 + offset, 0, word, styles.machine)
            sheet.write(self.TOP + 1 + offset, 1, told, styles.label)
        for measure in self.measures:
            if measure.role == "penyebut":
                column = self.columns[measure.id]
                _ask_base(sheet, (self.TOP + 1, column), (self.TOP + 2, column), self)

    def _headings(self) -> None:
        styles, sheet, top = self.styles, self.sheet, self.HEAD
        sheet.merge_range(top, 0, top + 1, 0, "Kode wilayah", styles.head)
        sheet.merge_range(top, 1, top + 1, 1, "Kabupaten/kota dan kecamatan", styles.head)
        sheet.write(self.IDS, 0, CODE, styles.machine)
        sheet.write(self.IDS, 1, NAME, styles.machine)
        for measure in self.measures:
            column = self.columns[measure.id]
            sheet.merge_range(top, column, top, column + 1, sentence(measure.label.id), styles.head)
            sheet.write(top + 1, column, "diisi", styles.head)
            self._day_before(top + 1, column + 1, measure.id)
            sheet.write(self.IDS, column, measure.id, styles.machine)
            sheet.write(self.IDS, column + 1, f"{BEFORE}{measure.id}", styles.machine)

    def _day_before(self, row: int, column: int, measure: str) -> None:
        """The day of the figures from before, where all are of one day."""
        codes = {place.code for regency in self.form.regencies for place in (regency, *self.form.districts(regency))}
        days = {day for (code, known), (_, day) in self.form.before.items() if known == measure and code in codes}
        if len(days) == 1:
            midnight = datetime.combine(days.pop(), datetime.min.time())
            self.sheet.write_datetime(row, column, midnight, self.styles.before_head)
        else:
            self.sheet.write(row, column, "sebelumnya", self.styles.before_head)

    def _block(self, row: int, regency: Region) -> int:
        """A regency, its kecamatan, their sum and the difference; the row after them."""
        styles, sheet = self.styles, self.sheet
        districts = self.form.districts(regency)
        self._place(row, regency.code, regency.name, styles.regency)
        for offset, place in enumerate(districts, start=1):
            self._place(row + offset, place.code, f"   {place.name}", styles.place)
        first, last = row + 1, row + len(districts)
        for offset, told in enumerate(("Jumlah kecamatan", "Selisih dengan kabupaten/kota"), start=1):
            sheet.write_blank(last + offset, 0, None, styles.blank)
            sheet.write(last + offset, 1, told, styles.sum)
        for column in (self.columns[measure.id] for measure in self.measures):
            self._sum(row, first, last, column)
        for numerator, base in self.form.pairs:
            _above(sheet, (row, last), self.columns[numerator], self.columns[base], styles.wrong)
        return last + 3

    def _place(self, row: int, code: str, name: str, style: Any) -> None:
        self.sheet.write_string(row, 0, code, style)
        self.sheet.write_string(row, 1, name, style)
        for measure in self.measures:
            column = self.columns[measure.id]
            self.sheet.write_blank(row, column, None, self.styles.asked)
            _known(self.sheet, row, column + 1, self.form.before.get((code, measure.id)), self.styles)

    def _sum(self, row: int, first: int, last: int, column: int) -> None:
        cells = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
        whole = xl_rowcol_to_cell(row, column)
        filled = f"OR(COUNT({cells})=0,COUNT({whole})=0)"
        styles = self.styles
        self.sheet.write_formula(last + 1, column, f'=IF(COUNT({cells})=0,"",SUM({cells}))', styles.computed, "")
        self.sheet.write_formula(last + 2, column, f'=IF({filled},"",{whole}-SUM({cells}))', styles.computed, "")
        for offset in (1, 2):
            self.sheet.write_blank(last + offset, column + 1, None, styles.blank)
        wrong = f"=AND(ISNUMBER({xl_rowcol_to_cell(last + 2, column)}),{xl_rowcol_to_cell(last + 2, column)}<>0)"
        self.sheet.conditional_format(
            last + 2, column, last + 2, column, {"type": "formula", "criteria": wrong, "format": styles.wrong}
        )

    def _set_up(self, end: int) -> None:
        """Cell checks, what stands still on the screen, and how it is printed."""
        sheet = self.sheet
        for column in self.columns.values():
            sheet.data_validation(self.FIRST, column, end - 2, column, _WHOLE)
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, 31)
        sheet.set_column(2, 1 + 2 * len(self.measures), 10)
        sheet.set_row(self.HEAD, 40)
        sheet.freeze_panes(self.FIRST, 2)
        sheet.repeat_columns(0, 1)
        pages = range(2 + 2 * _PAIRS_A_PAGE, 2 + 2 * len(self.measures), 2 * _PAIRS_A_PAGE)
        print_set_up(sheet, (self.HEAD, self.IDS), [*pages])


_WHOLE = {
    "validate": "integer", "criteria": "between", "minimum": 0, "maximum": _LARGEST, "ignore_blank": True,
    "error_title": "Bukan jumlah",
    "error_message": "Isi bilangan bulat tanpa titik, koma, atau persen. Kosongkan bila belum ada.",
}  # fmt: skip


def write_by_regency(sheet: Worksheet, form: Form, styles: Styles) -> None:
    """Sheet ``Isian daerah``: one row per regency and measure that is reported for the whole of it."""
    _head(sheet, form, styles)
    sheet.write(3, 0, AS_OF, styles.machine)
    sheet.write_datetime(3, 1, datetime.combine(form.as_of, datetime.min.time()), styles.day)
    columns = (
        ("Kode wilayah", CODE, 9), ("Kabupaten/kota", NAME, 30), ("Ukuran", MEASURE, 20), ("Uraian", LABEL, 44),
        ("Diisi", COUNT, 12), ("Sebelumnya", f"{BEFORE}{COUNT}", 12), ("Tanggal penyebut", BASE_DATE, 13),
        ("Jenis penyebut", BASE_KIND, 12),
    )  # fmt: skip
    for column, (told, word, width) in enumerate(columns):
        sheet.write(5, column, told, styles.head)
        sheet.write(6, column, word, styles.machine)
        sheet.set_column(column, column, width)
    row = 7
    for regency in form.regencies:
        for measure in form.asked("kabupaten_kota"):
            _row_by_regency(sheet, row, regency, measure, form, styles)
            row += 1
    sheet.data_validation(7, 4, row - 1, 4, _WHOLE)
    sheet.freeze_panes(7, 2)
    print_set_up(sheet, (5, 6), [])
    sheet.fit_to_pages(1, 0)


def _row_by_regency(sheet: Worksheet, row: int, regency: Region, measure: Measure, form: Form, styles: Styles) -> None:
    sheet.write_string(row, 0, regency.code, styles.place)
    sheet.write_string(row, 1, regency.name, styles.place)
    sheet.write_string(row, 2, measure.id, styles.machine)
    sheet.write_string(row, 3, f"{sentence(measure.label.id)} ({measure.noun.id})", styles.label)
    sheet.write_blank(row, 4, None, styles.asked)
    _known(sheet, row, 5, form.before.get((regency.code, measure.id)), styles)
    if measure.role == "penyebut":
        _ask_base(sheet, (row, 6), (row, 7), _Asking(form, styles))
    else:
        sheet.write_blank(row, 6, None, styles.blank)
        sheet.write_blank(row, 7, None, styles.blank)


@dataclass(frozen=True)
class _Asking:
    form: Form
    styles: Styles


def _ask_base(sheet: Worksheet, day: tuple[int, int], kind: tuple[int, int], asking: Any) -> None:
    """The two cells that say of a denominator when it was counted, and whether it still moves."""
    sheet.write_blank(*day, None, asking.styles.asked_day)
    sheet.data_validation(
        *day, *day,
        {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": asking.form.as_of,
         "error_title": "Bukan tanggal",
         "error_message": "Isi tanggal DKB (30 Juni atau 31 Desember) atau tanggal register."},
    )  # fmt: skip
    sheet.write_blank(*kind, None, asking.styles.asked_kind)
    sheet.data_validation(
        *kind, *kind,
        {"validate": "list", "source": list(KINDS), "error_title": "Jenis penyebut",
         "error_message": "Pilih beku atau dinamis."},
    )  # fmt: skip


def _known(sheet: Worksheet, row: int, column: int, known: tuple[int, date] | None, styles: Styles) -> None:
    if known is None:
        sheet.write_blank(row, column, None, styles.before)
    else:
        sheet.write_number(row, column, known[0], styles.before)


def _above(sheet: Worksheet, rows: tuple[int, int], numerator: int, base: int, style: Any) -> None:
    """A numerator larger than its denominator is coloured at once."""
    first, last = rows
    one, other = (f"${xl_col_to_name(column)}{first + 1}" for column in (numerator, base))
    rule = f"=AND(ISNUMBER({one}),ISNUMBER({other}),{one}>{other})"
    sheet.conditional_format(first, numerator, last, numerator, {"type": "formula", "criteria": rule, "format": style})


def _head(sheet: Worksheet, form: Form, styles: Styles) -> None:
    places = form.regencies[0].name if len(form.regencies) == 1 else form.regions.province.name
    sheet.write(0, 0, "Formulir Laporan 15 Harian", styles.title)
    mark = f"{SIMULATED_TITLE} - bukan angka resmi. " if form.simulated else ""
    sheet.write(1, 0, f"{mark}{places}: isi sel kuning saja", styles.lead)


def print_set_up(sheet: Worksheet, heading: tuple[int, int], breaks: Sequence[int]) -> None:
    sheet.protect("", {"select_locked_cells": True, "format_columns": True})
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    sheet.repeat_rows(*heading)
    sheet.set_footer("&L&8&A&R&8Halaman &P dari &N")
    if breaks:
        sheet.set_v_pagebreaks(breaks)
        sheet.set_print_scale(72)


def sentence(label: str) -> str:
    return label[:1].upper() + label[1:]
