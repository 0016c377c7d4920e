"""The form as an Excel workbook: an instruction sheet, then the two sheets to fill in."""

from __future__ import annotations

import io
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from adminduk.basis import frames
from adminduk.basis.catalog import Measure, load_catalog
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.ingest.form.asked import Form, figures_before
from adminduk.ingest.form.sheets import DistrictSheet, Styles, print_set_up, sentence, write_by_regency
from adminduk.ingest.sheets.delivered import SIMULATED

GUIDE, BY_DISTRICT, BY_REGENCY = "Petunjuk", "Isian", "Isian daerah"


def write_form(paths: Paths, region: str, as_of: date, data: str) -> Path:
    """Write the empty form of a region (all regencies when empty or the province) and say where it lies.

    Figures from before come from ``data`` where that dataset exists; beside simulated ones the form says so.
    ParameterError for an unknown region.
    """
    regions = load_regions(paths)
    place = regions.find(region) if region else regions.province
    known = frames.read_dataset(paths, data) if data in frames.datasets(paths) else None
    simulated = known is not None and frames.is_simulated(known)
    form = Form(
        regions=regions,
        regencies=regions.regencies if place.is_province else (place,),
        as_of=as_of,
        catalog=load_catalog(paths),
        before={} if known is None else figures_before(known["counts"], as_of),
        simulated=simulated,
    )
    path = paths.form(f"formulir_{place.code}_{place.slug}_{as_of.isoformat()}{f'_{SIMULATED}' * simulated}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(form_bytes(form))
    return path


def next_report(today: date) -> date:
    """The next day offices report for: the 15th or the last of the month, today included."""
    if today.day <= 15:
        return today.replace(day=15)
    return today.replace(day=monthrange(today.year, today.month)[1])


def form_bytes(form: Form) -> bytes:
    """The workbook; the same form gives the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": "Formulir Laporan 15 Harian", "created": datetime(2000, 1, 1)})
        book.set_calc_mode("auto")
        styles = Styles(book)
        _write_guide(book.add_worksheet(GUIDE), form, styles)
        sheet = book.add_worksheet(BY_DISTRICT)
        DistrictSheet(sheet, form, styles).write()
        write_by_regency(book.add_worksheet(BY_REGENCY), form, styles)
        sheet.activate()
    return buffer.getvalue()


def _write_guide(sheet: Worksheet, form: Form, styles: Styles) -> None:
    """What to do, in plain Indonesian, and what each column means."""
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 2, 22)
    sheet.set_column(3, 3, 22)
    sheet.write(0, 0, "Formulir Laporan 15 Harian", styles.title)
    sheet.write(1, 0, "Petunjuk pengisian", styles.lead)
    office = f"{form.regions.office} {form.regions.province.name}"
    row = 3
    for number, told in enumerate(_STEPS, start=1):
        sheet.write_string(row, 0, f"{number}.", styles.strong)
        sheet.merge_range(row, 1, row, 3, told.format(office=office), styles.text)
        sheet.set_row(row, 4 + 12.5 * (1 + len(told) // 105))
        row += 1
    row += 1
    for column, told in ((1, "Yang dilaporkan"), (2, "Nama kolom"), (3, "Diisi per")):
        sheet.write(row, column, told, styles.head)
    for measure in form.measures:
        row += 1
        for column, told in enumerate(_meaning(measure), start=1):
            sheet.write_string(row, column, told, styles.label)
    print_set_up(sheet, (0, 0), [])
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)


def _meaning(measure: Measure) -> Iterable[str]:
    per = {"kecamatan": "kecamatan dan kabupaten/kota", "kabupaten_kota": "kabupaten/kota"}[measure.per]
    return f"{sentence(measure.label.id)} ({measure.noun.id})", measure.id, per


_STEPS = (
    "Isi sel berwarna kuning di lembar Isian dan Isian daerah. Kode, nama wilayah, dan angka sebelumnya sudah tertulis "
    "dan terkunci.",
    "Tulis bilangan bulat tanpa titik, koma, atau tanda persen, misalnya 757418. Persentase dihitung oleh program.",
    "Kosongkan sel bila angkanya belum ada. Kosong berarti belum diketahui; 0 berarti benar-benar nol.",
    "Untuk setiap penyebut (wajib KTP, anak, pemilih pemula, penduduk, desa dan kelurahan) tulis tanggalnya dan pilih "
    "jenisnya: beku bila dari DKB (tanggal 30 Juni atau 31 Desember), dinamis bila dari register yang terus bergerak.",
    "Baris kabupaten/kota (tebal) adalah angka seluruh daerah. Bila kecamatan juga diisi, jumlah dan selisihnya tampak "
    "di bawahnya; selisih yang bukan nol berwarna merah dan perlu diperiksa sebelum dikirim.",
    "Pembilang yang lebih besar daripada penyebutnya berwarna merah. Itu benar hanya bila penyebutnya beku.",
    "Tindakan program (blangko yang dimusnahkan, jemput bola, usul penonaktifan, dan lainnya) adalah jumlah sejak "
    "laporan sebelumnya.",
    "Isi jumlah saja. Jangan menulis nama, NIK, nomor KK, atau data pribadi lain di sel mana pun; berkas yang "
    "memuatnya ditolak.",
    "Simpan sebagai berkas Excel (.xlsx), lalu kirim ke {office}.",
)
