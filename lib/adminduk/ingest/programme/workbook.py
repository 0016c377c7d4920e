"""The programme as an Excel sheet that offices fill in: one row for each activity and executor."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from adminduk.basis import frames
from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.paths import Paths
from adminduk.basis.periods import Period, load_period
from adminduk.basis.programme import SHARE, Document, Fund, ProgramLine, load_known
from adminduk.basis.regions import Region, Regions, load_regions
from adminduk.ingest.programme.columns import COLUMNS, EVERYBODY, GUIDE, MADE_FOR, PERIOD, SHEET, Column
from adminduk.ingest.sheets.delivered import SIMULATED, SIMULATED_TITLE

TITLE_ROW, HEAD, KEYS, FIRST = 0, 3, 4, 5  # rows of the title, of the headings, of the keys, of the first line
_ROOM = 200  # empty rows below the lines that are checked while they are filled in
_CREATED = datetime(2000, 1, 1)
_INK, _PALE, _LINE, _ACCENT = "#14181B", "#EEF1F3", "#B9BFC4", "#0B5FA5"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": _ACCENT},
    "plain": {},
    "strong": {"bold": True},
    "number": {"bold": True, "valign": "top", "align": "right"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": _PALE, "border": 1,
             "border_color": _LINE},
    "key": {"font_size": 7, "font_color": "#50565C", "bg_color": _PALE, "border": 1, "border_color": _LINE},
    "text": {"text_wrap": True, "valign": "top", "border": 1, "border_color": _LINE},
    "code": {"num_format": "@", "valign": "top", "border": 1, "border_color": _LINE},
    "months": {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "border_color": _LINE},
    "amount": {"num_format": "[$-421]#,##0.00", "valign": "top", "border": 1, "border_color": _LINE},
    "whole": {"num_format": "[$-421]#,##0", "valign": "top", "border": 1, "border_color": _LINE},
    "rupiah": {"num_format": "[$-421]#,##0", "valign": "top", "border": 1, "border_color": _LINE},
}  # fmt: skip
_STEPS = (
    "Satu baris untuk satu sub-kegiatan dan satu pelaksana, dengan kata-kata dokumen perencanaan.",
    "Satuan persen berarti target cakupan, misalnya 99,4; satuan lain berarti keluaran yang dihitung, bilangan bulat.",
    "Rupiah ditulis penuh sebagai bilangan, misalnya 150000000. Nol berarti tidak ada; kosong tidak diterima.",
    "Kode ditulis sebagai teks. Indikator, pelaksana, dan lokasi hanya kode di daftar di bawah.",
    "Jangan mengubah baris berisi nama kolom yang kecil di bawah judul kolom; urutan kolom bebas.",
    "Isi jumlah saja. Jangan menulis nama orang, NIK, atau nomor KK; berkas yang memuatnya ditolak.",
    "Simpan sebagai .xlsx, lalu muat dengan perintah make program FILE=nama berkas ini. Semua baris pelaksana "
    "yang disebut di atas diganti dengan isi lembar ini; baris pelaksana lain tetap.",
)


@dataclass(frozen=True)
class _Sheets:
    """What is written: lines of one period, for one executor or for all."""

    period: Period
    lines: Sequence[ProgramLine]
    region: Region | None
    simulated: bool
    catalog: Catalog
    regions: Regions
    indicators: tuple[str, ...]

    @property
    def heading(self) -> str:
        mark = f"{SIMULATED_TITLE}: " if self.simulated else ""
        return f"{mark}Program dan Kegiatan Administrasi Kependudukan {self.period.as_of.year}"


def program_workbook(paths: Paths, period: str, data: str, region: str = "") -> bytes:
    """The workbook with the lines of a period; with ``region`` (code, name or alias) those of one executor.

    The same lines give the same bytes. ParameterError for a period, dataset or region that does not exist.
    """
    frames.check_exists(paths, data)
    regions, chosen = load_regions(paths), load_period(paths, period, data)
    place = regions.find(region) if region else None
    told = _Sheets(
        period=chosen,
        lines=[line for line in chosen.program if place is None or line.pelaksana == place.code],
        region=place,
        simulated=frames.is_simulation(paths, data),
        catalog=load_catalog(paths),
        regions=regions,
        indicators=load_known(paths).planned,
    )
    return _bytes(told)


def write_program(paths: Paths, period: str, data: str, region: str = "") -> Path:
    """Write the workbook beside the forms; where it lies. Errors as ``program_workbook``."""
    content = program_workbook(paths, period, data, region)
    place = load_regions(paths).find(region) if region else None
    mark = SIMULATED if frames.is_simulation(paths, data) else ""
    name = "_".join(filter(None, ("program", place and f"{place.code}_{place.slug}", period, mark)))
    path = paths.form(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _bytes(told: _Sheets) -> bytes:
    buffer = io.BytesIO()
    # Texts stay texts, whatever they begin with.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": told.heading, "created": _CREATED})
        base = {"font_name": "Arial", "font_size": 9, "font_color": _INK}
        styles = {name: book.add_format({**base, **look}) for name, look in _LOOKS.items()}
        sheet, guide = book.add_worksheet(SHEET), book.add_worksheet(GUIDE)
        _write_lines(sheet, told, styles)
        _check_cells(sheet, told, _write_guide(guide, told, styles))
    return buffer.getvalue()


def _write_lines(sheet: Worksheet, told: _Sheets, styles: dict[str, Any]) -> None:
    sheet.write_string(TITLE_ROW, 0, told.heading, styles["title"])
    made_for = f"{told.region.code} {told.region.name}" if told.region else EVERYBODY
    for row, label, value in ((1, PERIOD, told.period.key), (2, MADE_FOR, made_for)):
        sheet.write_string(row, 0, label, styles["strong"])
        sheet.write_string(row, 1, value, styles["plain"])
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEAD, place, column.title(told.period.as_of.year), styles["head"])
        sheet.write_string(KEYS, place, column.key, styles["key"])
        for row in range(FIRST, FIRST + len(told.lines) + _ROOM):
            line = told.lines[row - FIRST] if row - FIRST < len(told.lines) else None
            _write_cell(sheet, (row, place), column, line, styles)
    for row, line in enumerate(told.lines, start=FIRST):
        sheet.set_row(row, _height(line))
    sheet.freeze_panes(FIRST, 4)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, FIRST + max(len(told.lines), 20) - 1, len(COLUMNS) - 1)
    sheet.set_footer("&L&8&A&R&8Halaman &P dari &N")


def _height(line: ProgramLine) -> float:
    """Points for the cell with most rows of text, as not every spreadsheet finds that by itself."""
    told = ((len(str(getattr(line, column.key))), column.width) for column in COLUMNS if column.kind == "text")
    rows = [-(-length // width) for length, width in told]
    return 12.5 * max(1, *rows, -(-len(line.bulan) // 8))


def _write_cell(sheet: Worksheet, cell: tuple[int, int], column: Column, line: ProgramLine | None, styles: Any) -> None:
    look = styles[column.kind]
    if line is None:
        sheet.write_blank(*cell, None, look)
        return
    value = getattr(line, column.key)
    if column.kind == "amount":
        sheet.write_number(*cell, value, look if line.is_share else styles["whole"])
    elif column.kind == "rupiah":
        sheet.write_number(*cell, value, look)
    elif column.kind == "months":
        sheet.write_string(*cell, ", ".join(map(str, value)), look)
    elif (column.key == "lokasi" and value == line.pelaksana) or not value:
        sheet.write_blank(*cell, None, look)
    else:
        sheet.write_string(*cell, value, look)


def _write_guide(sheet: Worksheet, told: _Sheets, styles: dict[str, Any]) -> dict[str, str]:
    """What to do and what the columns mean; the ranges of the code lists by the column that they are for."""
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, told.heading, styles["title"])
    for number, step in enumerate(_STEPS, start=1):
        sheet.write_string(1 + number, 0, f"{number}.", styles["number"])
        sheet.write_string(1 + number, 1, step, styles["wrap"])
    row, ranges = 3 + len(_STEPS), {}
    for name, rows in _tables(told).items():
        sheet.write_string(row, 0, name.capitalize(), styles["head"])
        sheet.write_string(row, 1, "Arti", styles["head"])
        for place, (key, meaning) in enumerate(rows, start=row + 1):
            sheet.write_string(place, 0, key, styles["code"])
            sheet.write_string(place, 1, meaning, styles["text"])
        ranges[name] = f"={GUIDE}!$A${row + 2}:$A${row + 1 + len(rows)}"
        row += 2 + len(rows)
    return ranges


def _tables(told: _Sheets) -> dict[str, list[tuple[str, str]]]:
    """The lists of the guide: a word, and what it means."""
    return {
        "kolom": [(column.title(told.period.as_of.year), column.meaning) for column in COLUMNS],
        "indikator": [(key, _label(told.catalog, key)) for key in told.indicators],
        "pelaksana": [(place.code, place.name) for place in told.regions.all],
        "satuan": [(unit, "target cakupan" if unit == SHARE else "keluaran yang dihitung") for unit in _units(told)],
    }


def _label(catalog: Catalog, key: str) -> str:
    known = {**catalog.measures, **catalog.indicators}
    return known[key].label.id


def _units(told: _Sheets) -> list[str]:
    """Percent, then what the indicators and actions are counted in, and what the lines say already."""
    nouns = {
        told.catalog.indicators[key].missing.id
        if key in told.catalog.indicators
        else told.catalog.measures[key].noun.id
        for key in told.indicators
    }
    return [SHARE, *sorted((nouns | {line.satuan for line in told.lines}) - {SHARE})]


def _check_cells(sheet: Worksheet, told: _Sheets, ranges: dict[str, str]) -> None:
    """What a cell takes while it is filled in; the same is checked when the file comes back."""
    last = FIRST + len(told.lines) + _ROOM - 1
    lists: dict[str, Any] = {
        "indikator": ranges["indikator"],
        "pelaksana": ranges["pelaksana"],
        "lokasi": ranges["pelaksana"],
        "satuan": ranges["satuan"],
        "sumber_dana": list(get_args(Fund)),
        "dokumen": list(get_args(Document)),
    }
    for place, column in enumerate(COLUMNS):
        rule: dict[str, Any] = {}
        if column.key in lists:
            rule = {"validate": "list", "source": lists[column.key]}
        elif column.kind in ("amount", "rupiah"):
            kind = "decimal" if column.kind == "amount" else "integer"
            rule = {"validate": kind, "criteria": ">=", "value": 0}
        if rule:
            told_wrong = {"error_title": column.title(told.period.as_of.year), "error_message": column.meaning}
            severity = {"error_type": "warning"} if column.key == "satuan" else {}
            sheet.data_validation(FIRST, place, last, place, rule | told_wrong | severity)
