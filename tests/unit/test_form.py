"""The form an office fills in: made from params/, locked but for what is asked, legible on paper."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import date

import openpyxl
import pypdfium2
import pytest

from adminduk.basis import frames
from adminduk.basis.catalog import load_catalog
from adminduk.basis.paths import Paths
from adminduk.ingest.form.asked import Form, figures_before
from adminduk.ingest.form.workbook import BY_DISTRICT, BY_REGENCY, GUIDE, form_bytes, next_report, write_form

DAY = date(2024, 11, 15)
OFFICE = shutil.which("soffice")


def made(regions, catalog, published, *codes) -> Form:
    regencies = tuple(region for region in regions.regencies if not codes or region.code in codes)
    return Form(regions, regencies, DAY, catalog, figures_before(published["counts"], DAY))


def opened(form: Form) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(form_bytes(form)))


def ids(sheet) -> tuple[int, dict[str, int]]:
    """The row of the machine words, and the column of each."""
    row = next(cell.row for cell in sheet["A"] if cell.value == "kode_wilayah")
    return row, {cell.value: cell.column for cell in sheet[row] if cell.value}


@pytest.fixture
def balikpapan(regions, catalog, published):
    return opened(made(regions, catalog, published, "64.71"))


def test_every_regency_and_kecamatan_stands_there_by_code_and_name(regions, catalog, published):
    sheet = opened(made(regions, catalog, published))[BY_DISTRICT]
    rows = [row for row in sheet.iter_rows(max_col=2, values_only=True) if re.match(r"64\.", str(row[0]))]
    told = {code: name.strip() for code, name in rows}
    assert len(rows) == 115
    assert told == {place.code: place.name for place in (*regions.regencies, *regions.districts)}


def test_the_guide_names_the_office_that_the_form_goes_to(regions, catalog, published):
    for office in ("DKP3A", "Dinas Contoh"):
        guide = opened(made(regions.model_copy(update={"office": office}), catalog, published, "64.71"))[GUIDE]
        told = [cell.value for cell in guide["B"] if cell.value]
        assert f"Simpan sebagai berkas Excel (.xlsx), lalu kirim ke {office} Provinsi Kalimantan Timur." in told


def test_only_what_is_asked_can_be_written(balikpapan):
    for name in (GUIDE, BY_DISTRICT, BY_REGENCY):
        assert balikpapan[name].protection.sheet
    sheet = balikpapan[BY_DISTRICT]
    row, columns = ids(sheet)
    asked = {column for word, column in columns.items() if word in {"wajib_ktp", "rekam_ktp_el", "milik_kia"}}
    for line in range(row + 1, row + 8):  # Kota Balikpapan and its six kecamatan
        assert sheet.cell(line, 1).protection.locked and sheet.cell(line, 2).protection.locked
        assert all(not sheet.cell(line, column).protection.locked for column in asked)
        assert sheet.cell(line, columns["sebelum_wajib_ktp"]).protection.locked


def test_the_figures_from_before_stand_beside_the_empty_ones(balikpapan):
    """Kota Balikpapan, as published: 504,961 of 494,718 (DKB 31 December 2021), 15 April 2022."""
    sheet = balikpapan[BY_DISTRICT]
    row, columns = ids(sheet)
    assert sheet.cell(row + 1, columns["wajib_ktp"]).value is None
    assert sheet.cell(row + 1, columns["sebelum_wajib_ktp"]).value == 494718
    assert sheet.cell(row + 1, columns["sebelum_rekam_ktp_el"]).value == 504961
    assert sheet.cell(row - 1, columns["sebelum_rekam_ktp_el"]).value.date() == date(2022, 4, 15)


def test_every_base_is_asked_with_its_date_and_kind(balikpapan):
    sheet = balikpapan[BY_DISTRICT]
    _, columns = ids(sheet)
    labelled = {cell.value: cell.row for cell in sheet["A"] if cell.value in ("tanggal_penyebut", "jenis_penyebut")}
    open_to_write = {
        word: not sheet.cell(labelled["tanggal_penyebut"], column).protection.locked for word, column in columns.items()
    }
    assert {word for word, is_open in open_to_write.items() if is_open} == {
        "wajib_ktp", "pemula", "anak_0_16", "anak_0_17", "penduduk"
    }  # fmt: skip


def test_cells_take_whole_numbers_dates_and_kinds_only(balikpapan):
    rules = balikpapan[BY_DISTRICT].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"whole", "date", "list"}
    whole = [rule for rule in rules if rule.type == "whole"]
    assert {(rule.formula1, rule.formula2) for rule in whole} == {("0", "99999999")}
    assert all(rule.showErrorMessage for rule in rules)


def test_the_difference_of_parts_and_whole_is_computed(balikpapan):
    sheet = balikpapan[BY_DISTRICT]
    row, columns = ids(sheet)
    letter = sheet.cell(row, columns["wajib_ktp"]).column_letter
    parts = f"{letter}{row + 2}:{letter}{row + 7}"
    assert sheet.cell(row + 8, columns["wajib_ktp"]).value == f'=IF(COUNT({parts})=0,"",SUM({parts}))'
    difference = sheet.cell(row + 9, columns["wajib_ktp"]).value
    assert difference == f'=IF(OR(COUNT({parts})=0,COUNT({letter}{row + 1})=0),"",{letter}{row + 1}-SUM({parts}))'


def test_what_a_whole_regency_reports_stands_in_rows(balikpapan, catalog):
    sheet = balikpapan[BY_REGENCY]
    _, columns = ids(sheet)
    asked = {sheet.cell(line, columns["ukuran"]).value for line in range(8, sheet.max_row + 1)}
    actions = {measure.id for measure in catalog.measures.values() if measure.role == "tindakan"}
    assert asked == actions | {"desa_kelurahan", "buku_pokok_pemakaman", "pks_opd"}
    assert len(actions) == 10


def test_a_new_indicator_brings_its_own_columns(paths, regions, published, tmp_path):
    shutil.copytree(paths.params, tmp_path / "params")
    project = Paths(tmp_path)
    measures = project.parameters("measures")
    line = "  {0}: {{label: {{id: {0}, en: {0}}}, noun: {{id: orang, en: people}}, role: {1}, per: kecamatan}}\n"
    measures.write_text(
        measures.read_text(encoding="utf-8")
        + line.format("warga_rentan", "penyebut")
        + line.format("warga_rentan_terekam", "pembilang"),
        encoding="utf-8",
    )
    kia = (project.indicators / "kia.yml").read_text(encoding="utf-8")
    body = re.sub(r"^targets:.*", "", kia, flags=re.S | re.M).replace("milik_kia", "warga_rentan_terekam")
    (project.indicators / "rentan.yml").write_text(body.replace("anak_0_16", "warga_rentan"), encoding="utf-8")
    sheet = opened(made(regions, load_catalog(project), published, "64.71"))[BY_DISTRICT]
    _, columns = ids(sheet)
    assert {"warga_rentan", "warga_rentan_terekam", "sebelum_warga_rentan"} <= columns.keys()


def test_the_same_form_has_the_same_bytes(regions, catalog, published):
    form = made(regions, catalog, published, "64.11")
    assert form_bytes(form) == form_bytes(form)


def test_where_it_is_written(cloned, tmp_path):
    project = cloned(tmp_path)
    path = write_form(project, "Kukar", DAY, "kaltim")
    told = "outputs/formulir/formulir_64.02_kabupaten-kutai-kartanegara_2024-11-15.xlsx"
    assert project.relative(path) == told
    assert openpyxl.load_workbook(path).sheetnames == ["Petunjuk", "Isian", "Isian daerah"]
    assert "kaltim" not in frames.datasets(project)


def test_beside_simulated_figures_the_form_and_what_is_made_of_it_say_so(cloned, tmp_path):
    project = cloned(tmp_path)
    shutil.copytree(project.dataset("published"), project.dataset("latihan"))
    sources = project.table("latihan", "sources")
    sources.write_text(sources.read_text("utf-8") + "simulasi-1,DATA SIMULASI: uji,,,\n", encoding="utf-8")
    path = write_form(project, "Kukar", DAY, "latihan")
    assert path.name == "formulir_64.02_kabupaten-kutai-kartanegara_2024-11-15_simulasi.xlsx"
    book = openpyxl.load_workbook(path)
    for name in (BY_DISTRICT, BY_REGENCY):
        assert book[name]["A2"].value.startswith("DATA SIMULASI - bukan angka resmi. Kabupaten Kutai Kartanegara")


@pytest.mark.parametrize(
    "today, told",
    [
        (date(2024, 11, 12), date(2024, 11, 15)),
        (date(2024, 11, 15), date(2024, 11, 15)),
        (date(2024, 11, 16), date(2024, 11, 30)),
        (date(2024, 2, 20), date(2024, 2, 29)),
    ],
)
def test_offices_report_on_the_15th_and_at_the_end_of_the_month(today, told):
    assert next_report(today) == told


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice not found")
@pytest.mark.parametrize("codes, pages", [(("64.71",), 4), (("64.02",), 4), ((), None)])
def test_it_is_legible_on_paper(regions, catalog, published, tmp_path, codes, pages):
    """Printed by a real spreadsheet: as many pages as planned, nothing cut, no number as hashes."""
    file = tmp_path / "formulir.xlsx"
    file.write_bytes(form_bytes(made(regions, catalog, published, *codes)))
    command = [OFFICE, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, file], check=True, capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(tmp_path / "formulir.pdf") as pdf:
        sizes = {tuple(sorted(round(side / 72 * 25.4) for side in page.get_size())) for page in pdf}
        texts = [page.get_textpage().get_text_range() for page in pdf]
        assert sizes == {(210, 297)}
        assert pages is None or len(pdf) == pages
    text = "\n".join(texts)
    assert "###" not in text
    # Each sheet of the table names its columns, and no column stands alone on a page.
    table = [page for page in texts if "tanggal_penyebut" in page or "Kode wilayah" in page]
    assert all(page.count("diisi") in (0, 5) for page in table)
    names = [region.name for region in regions.regencies if not codes or region.code in codes]
    assert all(name in text for name in names)
