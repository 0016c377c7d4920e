"""The programme as an Excel sheet: out, in again, and everything that is wrong with a cell."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.models import parse_yaml
from adminduk.basis.paths import Paths
from adminduk.basis.periods import load_period
from adminduk.basis.programme import ProgramLine, load_known
from adminduk.basis.vocabulary import fold
from adminduk.ingest.files.privacy import HEADINGS
from adminduk.ingest.programme.blocks import program_block, replaced
from adminduk.ingest.programme.columns import COLUMNS, GUIDE, SHEET
from adminduk.ingest.programme.intake import Receipt, take_program
from adminduk.ingest.programme.workbook import FIRST, program_workbook, write_program

PERIOD, DATA = "2024-11-12", "published"
OFFICE = shutil.which("soffice")
CODES = ("64", "64.01", "64.02", "64.71")
COLUMN = {column.key: place for place, column in enumerate(COLUMNS, start=1)}
Change = Callable[[openpyxl.Workbook], None]
BELOW = "# Catatan analis di bawah program.\nfollow_up: []\n"


def line(**changes: object) -> ProgramLine:
    """An output of Balikpapan, with changes."""
    plain = {
        "kode_sub_kegiatan": "2.12.03.2.02.0005",
        "program": "Program Pencatatan Sipil",
        "kegiatan": "Pelayanan Pencatatan Sipil",
        "sub_kegiatan": "Penerbitan akta",
        "indikator": "akta_kelahiran_0_17",
        "satuan": "akta",
        "target": Decimal(2000),
        "realisasi": Decimal(1830),
        "pagu": 150_000_000,
        "realisasi_keuangan": 141_250_000,
        "target_berikutnya": Decimal(2500),
        "pagu_berikutnya": 175_000_000,
        "sumber_dana": "APBD",
        "pelaksana": "64.71",
        "dokumen": "Renja",
        "bulan": (3, 4, 5),
    }
    return ProgramLine.model_validate(plain | changes)


SHARE = line(
    satuan="persen", target=Decimal("99"), realisasi=Decimal("98.78"), target_berikutnya=Decimal("99.4"), pagu=0,
    realisasi_keuangan=0, pagu_berikutnya=0, kode_sub_kegiatan="", bulan=(), catatan="Sasaran program",
)  # fmt: skip
LINES = (SHARE, line(pelaksana="64.01"), line(), line(pelaksana="64", lokasi="64.08"), line(pelaksana="64.01", pagu=1))


@pytest.fixture
def project(cloned, tmp_path) -> Paths:
    """The project with five lines in the middle of the period's file."""
    paths = cloned(tmp_path / "proyek")
    put(paths, LINES)
    return paths


def put(paths: Paths, lines) -> None:
    path = paths.period(PERIOD)
    text = path.read_text(encoding="utf-8").split("program:")[0]
    path.write_text(f"{text}{program_block(lines)}{BELOW}", encoding="utf-8", newline="\n")


def out(
    paths: Paths, folder: Path, change: Callable[[openpyxl.Workbook], None] | None = None, region: str = ""
) -> Path:
    """The workbook as a file, changed as somebody would in a spreadsheet."""
    file = folder / "program.xlsx"
    file.write_bytes(program_workbook(paths, PERIOD, DATA, region))
    if change:
        book = openpyxl.load_workbook(file)
        change(book)
        book.save(file)
    return file


def at(row: int, key: str) -> tuple[int, int]:
    """The cell of a line, counted from 0, as openpyxl counts."""
    return FIRST + 1 + row, COLUMN[key]


def cells(*changes: tuple[int, str, object]) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        for row, key, value in changes:
            book[SHEET].cell(*at(row, key)).value = value

    return change


def take(paths: Paths, file: Path) -> Receipt:
    return take_program(paths, file, PERIOD, DATA)


def refused(paths: Paths, file: Path) -> list[tuple[str, str]]:
    """What is said of the file, which changes nothing."""
    before = paths.period(PERIOD).read_bytes()
    with pytest.raises(DataError) as error:
        take(paths, file)
    assert paths.period(PERIOD).read_bytes() == before
    return [(problem.where, problem.what) for problem in error.value.problems]


def test_out_and_in_again_changes_no_byte(project, tmp_path):
    before = project.period(PERIOD).read_bytes()
    file = out(project, tmp_path)
    assert take(project, file) == Receipt("program.xlsx", f"params/periods/{PERIOD}.yml", 0, 5, 0, 0)
    assert project.period(PERIOD).read_bytes() == before
    assert program_workbook(project, PERIOD, DATA) == file.read_bytes()


def test_a_new_line_stands_in_the_file_and_the_rest_is_as_it_was(project, tmp_path):
    before = project.period(PERIOD).read_text(encoding="utf-8")
    file = out(project, tmp_path, cells((2, "target_berikutnya", 2600), (2, "catatan", "Naik: ada 100 lagi")))
    assert take(project, file) == Receipt("program.xlsx", f"params/periods/{PERIOD}.yml", 1, 4, 1, 0)
    text = project.period(PERIOD).read_text(encoding="utf-8")
    assert text.startswith(before.split("program:")[0]) and text.endswith(BELOW)
    assert load_period(project, PERIOD).program[2].target_berikutnya == 2600
    assert load_period(project, PERIOD).follow_up == ()


def test_a_file_without_programme_gets_one_at_its_end(project, tmp_path):
    file = out(project, tmp_path)
    path = project.period(PERIOD)
    bare = path.read_text(encoding="utf-8").split("program:")[0] + "# tanpa baris baru di akhir"
    path.write_text(bare, encoding="utf-8")
    assert take(project, file).new == 5
    assert path.read_text(encoding="utf-8") == f"{bare}\n{program_block(LINES)}"


def test_a_sheet_of_one_executor_leaves_the_others(project, tmp_path):
    file = out(project, tmp_path, cells((0, "realisasi", 1900)), region="Paser")
    assert take(project, file) == Receipt("program.xlsx", f"params/periods/{PERIOD}.yml", 1, 1, 1, 3)
    found = load_period(project, PERIOD).program
    assert [one.pelaksana for one in found] == ["64.71", "64.01", "64.01", "64.71", "64"]
    assert (found[0], found[3], found[4]) == (LINES[0], LINES[2], LINES[3])
    wrong = refused(project, out(project, tmp_path, cells((1, "pelaksana", "64.02")), region="Paser"))
    assert wrong == [("program.xlsx, lembar PROGRAM, sel N7", "Pelaksana: '64.02' bukan pelaksana lembar ini")]


def test_lines_are_not_lost_without_a_word(project, tmp_path):
    def emptied(book: openpyxl.Workbook) -> None:
        book[SHEET].delete_rows(at(0, "program")[0], 5)

    file = out(project, tmp_path, emptied)
    assert refused(project, file) == [
        ("program.xlsx, lembar PROGRAM", "berisi 0 baris, sedangkan 5 baris sudah dimuat; yang lain akan hilang")
    ]
    assert take_program(project, file, PERIOD, DATA, replace=True).gone == 5
    assert load_period(project, PERIOD).program == ()


def test_cells_are_typed_and_checked_where_they_are_filled_in(project):
    book = openpyxl.load_workbook(io.BytesIO(program_workbook(project, PERIOD, DATA)))
    assert book.sheetnames == [SHEET, GUIDE]
    sheet = book[SHEET]
    assert sheet.freeze_panes == "E6"
    values = {key: sheet.cell(*at(2, key)).value for key in COLUMN}
    assert values["kode_sub_kegiatan"] == "2.12.03.2.02.0005" and values["pelaksana"] == "64.71"
    assert (values["target"], values["pagu"], values["bulan"]) == (2000, 150_000_000, "3, 4, 5")
    assert values["lokasi"] is None and sheet.cell(*at(3, "lokasi")).value == "64.08"
    assert sheet.cell(*at(0, "realisasi")).value == 98.78
    assert [sheet.cell(FIRST - 1, COLUMN[key]).value for key in ("target", "pagu_berikutnya")] == [
        "Target 2024", "Pagu 2025 (Rp)",
    ]  # fmt: skip
    rules = {str(rule.sqref).rstrip("0123456789:"): rule.type for rule in sheet.data_validations.dataValidation}
    assert sorted(rules.values()).count("list") == 6
    listed = [cell.value for cell in book[GUIDE]["A"]]
    assert {"kia", "jemput_bola_terekam", "64.11", "persen"} <= set(listed)


@pytest.mark.parametrize(
    ("change", "cell", "told"),
    [
        ((0, "target", 120), "G6", "'120' lebih dari 100 persen"),
        ((2, "target", 10.5), "G8", "pecahan"),
        ((2, "pagu", "seratus juta"), "I8", "'seratus juta': bukan bilangan"),
        ((2, "pagu", -1), "I8", "bilangan negatif"),
        ((2, "pagu", None), "I8", "wajib diisi"),
        ((2, "realisasi", "#REF!"), "H8", "galat lembar kerja #REF!"),
        ((2, "realisasi", "=1+1"), "H8", "rumus tanpa hasil tersimpan"),
        ((2, "indikator", "akta"), "E8", "'akta' nilai tidak dikenal"),
        ((2, "pelaksana", "64.10"), "N8", "'64.10' nilai tidak dikenal"),
        ((2, "sumber_dana", "APBDP"), "M8", "'APBDP' nilai tidak dikenal"),
        ((2, "bulan", "3, 13"), "Q8", "'13' bukan bulan"),
        ((2, "kode_sub_kegiatan", 2.12), "A8", "tersimpan sebagai bilangan atau tanggal"),
        ((2, "satuan", None), "F8", "wajib diisi"),
        ((2, "catatan", "=HYPERLINK()"), "R8", "rumus tanpa hasil tersimpan"),
    ],
)
def test_a_mistake_is_told_by_its_cell_and_once(project, tmp_path, change, cell, told):
    (wrong,) = refused(project, out(project, tmp_path, cells(change)))
    assert wrong[0] == f"program.xlsx, lembar PROGRAM, sel {cell}"
    assert told in wrong[1]


def test_a_mistake_names_the_column_what_belongs_there_and_the_next_step(project, tmp_path):
    with pytest.raises(DataError) as error:
        take_program(project, out(project, tmp_path, cells((2, "target_berikutnya", None))), PERIOD, DATA)
    (problem,) = error.value.problems
    assert problem.what == "Target 2025: wajib diisi"
    assert problem.expected == "target tahun berikutnya"
    assert problem.next_step == "perbaiki selnya, simpan, lalu muat lagi dengan make program FILE=..."


def test_all_mistakes_are_told_at_once(project, tmp_path):
    def beside(book: openpyxl.Workbook) -> None:
        cells((0, "target", 120), (1, "pagu", "banyak"), (3, "dokumen", "RPJMD"))(book)
        book[SHEET].cell(FIRST + 2, len(COLUMNS) + 2).value = "lihat lampiran"

    wrong = refused(project, out(project, tmp_path, beside))
    assert sorted(where.rpartition(" ")[2] for where, _ in wrong) == ["G6", "I7", "P9", "T7"]


def test_a_row_that_is_there_twice_is_refused(project, tmp_path):
    def copied(book: openpyxl.Workbook) -> None:
        for key in COLUMN:
            book[SHEET].cell(*at(5, key)).value = book[SHEET].cell(*at(2, key)).value

    wrong = refused(project, out(project, tmp_path, copied))
    assert wrong == [("program.xlsx, lembar PROGRAM, sel D11", "Sub-kegiatan: baris sama dengan baris di sel D8")]


def test_the_guide_names_the_command_of_the_project(project):
    book = openpyxl.load_workbook(io.BytesIO(program_workbook(project, PERIOD, DATA)))
    told = " ".join(str(cell.value) for cell in book[GUIDE]["B"])
    assert "make program FILE=" in told and "adminduk program" not in told


def test_numbers_as_people_type_them(project, tmp_path):
    typed = cells((0, "realisasi", "98,78"), (0, "satuan", "Persen"), (2, "pagu", "150.000.000"), (2, "bulan", "3;4 5"))
    assert take(project, out(project, tmp_path, typed)).changed is False

    def shown_as_percent(book: openpyxl.Workbook) -> None:
        cell = book[SHEET].cell(*at(0, "realisasi"))
        cell.value, cell.number_format = 0.9878, "0.00%"

    assert take(project, out(project, tmp_path, shown_as_percent)).changed is False


def test_a_personal_number_stops_the_file_and_is_not_repeated(project, tmp_path):
    ((where, what),) = refused(project, out(project, tmp_path, cells((2, "catatan", "an. 6471012304050001"))))
    assert "16 angka" in what and "6471012304050001" not in where + what


def test_another_period_another_sheet_and_simulated_lines_are_refused(project, tmp_path):
    file = out(project, tmp_path)
    with pytest.raises(DataError) as error:
        take_program(project, file, "2023-10-31", DATA)
    assert "lembar ini untuk periode 2024-11-12" in str(error.value)

    def simulated(book: openpyxl.Workbook) -> None:
        book[SHEET]["A1"].value = "DATA SIMULASI: Program"

    assert refused(project, out(project, tmp_path, simulated)) == [("program.xlsx", "data simulasi")]

    def without(book: openpyxl.Workbook) -> None:
        book[SHEET].delete_cols(COLUMN["pagu"])

    assert "kolom pagu tidak ada" in refused(project, out(project, tmp_path, without))[0][1]
    (tmp_path / "lain.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert "tidak ada lembar PROGRAM" in refused(project, tmp_path / "lain.csv")[0][1]
    with pytest.raises(ParameterError):
        take_program(project, file, "2024-11-13", DATA)


# Each example is read by a process of its own, so that a failing one is told as it is.
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_random_lines_go_out_and_come_back(project, tmp_path, data):
    """Whatever the texts, months and numbers: the file is the same byte for byte."""
    known = load_known(project)
    # What no cell may hold, what reads as a NIK or heads a column of persons, and the mark of simulated data stay out.
    letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Nd", "Zl", "Zp"))
    words = st.text(letters, min_size=1, max_size=30).map(str.strip)
    words = words.filter(lambda text: text and text[0].isalpha() and fold(text) not in HEADINGS)
    whole = st.integers(0, 10**9)

    @st.composite
    def lines(draw) -> ProgramLine:
        share = draw(st.booleans())
        percent = st.decimals(0, 100, places=2)
        amount = percent if share else whole.map(Decimal)
        named = draw(st.sampled_from(known.coverages if share else known.planned))
        texts = {key: draw(words) for key in ("program", "kegiatan", "sub_kegiatan", "catatan")}
        amounts = {key: draw(amount) for key in ("target", "realisasi", "target_berikutnya")}
        money = {key: draw(whole) for key in ("pagu", "realisasi_keuangan", "pagu_berikutnya")}
        places = {key: draw(st.sampled_from(CODES)) for key in ("pelaksana", "lokasi")}
        months = tuple(sorted(draw(st.sets(st.integers(1, 12)))))
        unit = "persen" if share else "keping"
        return line(indikator=named, satuan=unit, bulan=months, **texts, **amounts, **money, **places)

    put(project, data.draw(st.lists(lines(), max_size=6, unique=True)))
    before = project.period(PERIOD).read_bytes()
    assert take(project, out(project, tmp_path)).changed is False
    assert project.period(PERIOD).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("as_of: 2024-11-12\nprogram: []  # kosong\nremark: a\n", ("as_of: 2024-11-12\n", "remark: a\n")),
        ("program:\nremark: a\n", ("", "remark: a\n")),
        ("program:\n- {indikator: kia}\n\n# lalu\nremark: a\n", ("", "\n# lalu\nremark: a\n")),
        ("as_of: x\r\nprogram: []\r\nremark: a\r\n", ("as_of: x\r\n", "remark: a\r\n")),
        ("# hanya komentar\n", ("# hanya komentar\n", "")),
        ("", ("", "")),
    ],
)
def test_only_the_block_is_replaced(text, kept):
    after = replaced(text, [line()])
    above, below = kept
    assert after.startswith(above) and after.endswith(below)
    block = after[len(above) : len(after) - len(below)]
    assert block.replace("\r\n", "\n") == program_block([line()])
    assert parse_yaml(after.encode(), "")["program"][0]["pelaksana"] == "64.71"


def test_a_file_that_is_written_in_one_row_is_left_alone(project, tmp_path):
    file = out(project, tmp_path)
    project.period(PERIOD).write_text("{as_of: 2024-11-12, program: []}\n", encoding="utf-8")
    assert "tidak dapat diganti dengan aman" in refused(project, file)[0][1]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice not found")
def test_another_spreadsheet_saves_it_and_prints_it(project, tmp_path):
    """Saved as .ods and read back: the same lines; on paper A3 landscape, no number as hashes."""
    file = write_program(project, PERIOD, DATA, "Balikpapan")
    assert file.name == f"program_64.71_kota-balikpapan_{PERIOD}.xlsx"
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    for kind in ("ods", "pdf"):
        command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, file]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert take(project, tmp_path / f"{file.stem}.ods").changed is False
    with pypdfium2.PdfDocument(tmp_path / f"{file.stem}.pdf") as pdf:
        width, height = (round(side / 72 * 25.4) for side in pdf[0].get_size())
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert (width, height) == (420, 297)
    assert "###" not in text and "Penerbitan akta" in text
