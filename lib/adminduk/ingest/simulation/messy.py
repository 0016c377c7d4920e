"""The simulated edition as the files that offices would have sent, with a list of what was said of them on arrival.

Ingesting the files in the order of the list gives back the counts of the edition, to the last digit. Every file
name says that it is simulated.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.paths import Paths
from adminduk.basis.places import load_places
from adminduk.basis.regions import Region, Regions, load_regions
from adminduk.ingest.form.asked import Form
from adminduk.ingest.form.workbook import form_bytes
from adminduk.ingest.simulation.agenda import agenda_files
from adminduk.ingest.simulation.edition import DATASETS, Level, simulate, write_edition
from adminduk.ingest.simulation.filled import Answers, filled_form
from adminduk.ingest.simulation.grids import Gazetteer, Hand
from adminduk.ingest.simulation.offices import LAST
from adminduk.ingest.simulation.papers import PAPERS, Rows
from adminduk.ingest.simulation.sheets import Sheet

MANIFEST = "kiriman.csv"
_COLUMNS = ("file", "as_of", "source", "denominator")
_CREATED = datetime(2000, 1, 1)
_CODINGS = ("utf-8-sig", "utf-8", "cp1252")
# Slips of the pen: they change no count, and are found when the file is taken in.
_SLIPS = {
    "simulasi_rekap_provinsi_2023-05-15": "jumlah PKS",
    "simulasi_kelurahan_ktp_2023-03-15": "sisa",
    "simulasi_kelurahan_akta_2023-07-15": "persen",
}
_TITLES = {
    "kelurahan_ktp": "LAPORAN PEREKAMAN KTP-EL",
    "kelurahan_kia": "LAPORAN KARTU IDENTITAS ANAK (KIA)",
    "kelurahan_akta": "LAPORAN AKTA KELAHIRAN",
    "rekap_provinsi": "REKAPITULASI LAPORAN KABUPATEN/KOTA",
    "arus": "LAPORAN PDAK",
    "rilis_dkb": "DATA KEPENDUDUKAN BERSIH (DKB)",
    "panjang": "TABEL JUMLAH",
}


def deliveries(sheets: Sequence[Sheet], paths: Paths) -> Iterator[tuple[dict[str, str], bytes]]:
    """Each file with its line of the list: file, as_of, source, denominator; in the order of their arrival."""
    regions = load_regions(paths)
    names = Gazetteer(load_places(paths), {region.code: region.aliases for region in regions.regencies})
    forms = _Forms(regions, load_catalog(paths), sheets)
    for (layout, day), group in _together(sheets).items():
        if layout == "formulir":
            yield from forms.of(day)
        else:
            yield _file(group, names)


def write_demo(paths: Paths, level: Level, refusal: bool) -> str:
    """Write the edition with its deliveries and say what the dataset is called; errors as ``simulate``."""
    made, dataset = simulate(paths, level, refusal), DATASETS[level]
    plans = agenda_files(made.tables["counts"], load_regions(paths), load_catalog(paths), paths, dataset)
    write_edition(paths, made, dataset, delivered_files(made.sheets, paths, dataset) | plans)
    return dataset


def delivered_files(sheets: Sequence[Sheet], paths: Paths, dataset: str) -> dict[str, bytes]:
    """All deliveries and their list, by their names below the folder of the dataset."""
    folder, lines, files = paths.deliveries(dataset).name, [], {}
    for line, content in deliveries(sheets, paths):
        lines.append(line)
        files[f"{folder}/{line['file']}"] = content
    return files | {f"{folder}/{MANIFEST}": manifest(lines)}


def manifest(lines: Sequence[Mapping[str, str]]) -> bytes:
    """The list of deliveries as a CSV."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return buffer.getvalue().encode()


def _together(sheets: Sequence[Sheet]) -> dict[tuple[str, date], list[Sheet]]:
    """What comes in one file: the blocks of one layout at one day."""
    groups: dict[tuple[str, date], list[Sheet]] = {}
    for sheet in sheets:
        groups.setdefault((sheet.layout, sheet.as_of), []).append(sheet)
    return groups


def _line(name: str, sheet: Sheet) -> dict[str, str]:
    return {"file": name, "as_of": str(sheet.as_of), "source": sheet.layout, "denominator": sheet.denominator}


def _file(group: Sequence[Sheet], names: Gazetteer) -> tuple[dict[str, str], bytes]:
    """One delivery in the manner of the clerk who made it."""
    first = group[0]
    stem = f"simulasi_{first.layout}_{first.as_of}"
    suffix = Hand(stem, False).pick("jenis", ("xlsx", "xlsx", "csv"))
    hand = Hand(stem, suffix == "csv", _SLIPS.get(stem, ""))
    rows = _framed(PAPERS[first.layout](group, hand, names), first, hand)
    content = _comma_separated(rows, hand) if suffix == "csv" else _workbook(rows, hand)
    return _line(f"{stem}.{suffix}", first), content


def _framed(rows: Rows, sheet: Sheet, hand: Hand) -> Rows:
    """Titles above the table and a note below it, on most sheets."""
    above: Rows = [[f"DATA SIMULASI: {_TITLES[sheet.layout]}"], ["KEADAAN", hand.day(sheet.as_of)], []]
    below: Rows = [[], ["Sumber: data simulasi, bukan angka resmi"]]
    return [*(above if hand.one_in(2, "judul") else []), *rows, *(below if hand.one_in(2, "catatan kaki") else [])]


def _comma_separated(rows: Rows, hand: Hand) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=hand.pick("pemisah", (",", ";", "\t")), lineterminator="\r\n")
    width = max(map(len, rows))
    writer.writerows(["" if cell is None else cell for cell in [*row, *[None] * (width - len(row))]] for row in rows)
    return buffer.getvalue().encode(hand.pick("sandi", _CODINGS))


def _workbook(rows: Rows, hand: Hand) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet(hand.pick("nama lembar", ("Sheet1", "Data", "LAPORAN", "Lembar 1")))
        left = hand.pick("kolom kosong", (0, 0, 1))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row, start=left):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, datetime.combine(cell, datetime.min.time()))
                elif cell is not None:
                    sheet.write_number(number, column, cell)
    return buffer.getvalue()


class _Forms:
    """The forms: one for all regencies, at the last day one from each."""

    def __init__(self, regions: Regions, catalog: Catalog, sheets: Sequence[Sheet]) -> None:
        self.regions, self.catalog = regions, catalog
        self.sheets = [sheet for sheet in sheets if sheet.layout == "formulir"]
        self.days = sorted({sheet.as_of for sheet in self.sheets})

    def of(self, day: date) -> Iterator[tuple[dict[str, str], bytes]]:
        sheets = [sheet for sheet in self.sheets if sheet.as_of == day]
        if day < LAST:
            yield _line(f"simulasi_formulir_{day}.xlsx", sheets[0]), self._filled(self.regions.regencies, day)
            return
        for regency in self.regions.regencies:
            name = f"simulasi_formulir_{regency.code}_{regency.slug}_{day}.xlsx"
            yield _line(name, sheets[0]), self._filled((regency,), day)

    def _filled(self, regencies: tuple[Region, ...], day: date) -> bytes:
        earlier = max((other for other in self.days if other < day), default=None)
        before = {key: (count, earlier) for key, count in self._counts(earlier).items()} if earlier else {}
        form = Form(self.regions, regencies, day, self.catalog, before)
        columns = [column for sheet in self.sheets if sheet.as_of == day for column in sheet.columns]
        bases = {column.measure: (column.as_of, column.base_kind) for column in columns if column.base_kind}
        own = tuple(region.code for region in regencies)
        counts = {key: count for key, count in self._counts(day).items() if key[0].startswith(own)}
        return filled_form(form_bytes(form), Answers(counts, bases))

    def _counts(self, day: date) -> dict[tuple[str, str], int]:
        return {
            (place, column.measure): count
            for sheet in self.sheets
            if sheet.as_of == day
            for column in sheet.columns
            for place, count in zip(sheet.places, column.counts[:, 0].tolist(), strict=True)
        }
