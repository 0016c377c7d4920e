"""Data about persons are found wherever they stand, and never repeated; tables about places are left alone."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.basis.layouts import Limits
from adminduk.basis.places import load_places
from adminduk.ingest.files.privacy import personal
from adminduk.ingest.files.workbooks import Percent, Sheet, Workbook, open_workbook

# Made up: no such district 99 of regency 99 in province 99, no such day.
NIK = "9999990000000001"


@pytest.fixture(scope="module")
def places(paths):
    return load_places(paths)


def book(*rows, name="Lembar1") -> Workbook:
    width = max(map(len, rows))
    padded = tuple((*row, *[None] * (width - len(row))) for row in rows)
    return Workbook("kiriman.xlsx", "", b"", (Sheet(name, padded),))


def parted(sign: str, sizes: tuple[int, ...]) -> str:
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    return sign.join(NIK[end - size : end] for size, end in zip(sizes, ends, strict=True))


@pytest.mark.parametrize(
    "value",
    [
        NIK,
        int(NIK),
        float(NIK),
        f"'{NIK}",
        f"NIK: {NIK}.",
        f"1. {NIK}",
        f"12 {NIK}",
        parted(" ", (4, 4, 4, 4)),
        parted(".", (6, 6, 4)),
        parted(".", (2, 2, 2, 6, 4)),
        parted("-", (4, 4, 4, 4)),
        parted(" ", (1,) * 16),
        "1.234.567.890.123.456",
        "9,99999E+15",  # what Excel makes of it in a CSV
        "6.4710101E15",
    ],
)
def test_sixteen_digits_are_found_however_they_are_written(places, value):
    (problem,) = personal(book(("kode", "jumlah"), ("64.71", value)), places)
    assert problem.where == "kiriman.xlsx, lembar 'Lembar1', sel B2"
    assert problem.what == "memuat bilangan 16 angka, seperti NIK atau nomor KK"


@pytest.mark.parametrize(
    "value",
    [
        "99.64556677889900",
        "99,64556677889900 %",
        "0.1234567890123456",
        "0,12345678901234567",
        0.1234567890123456,
        Percent(0.1234567890123456),
        99.64556677889900,
        "64.71.01.1001",
        "6471011001",
        "197001011990031001",  # 18 digits: another kind of number
        "19700101 199003 1 001",
        "123456789012345",
        "2.868.568.123.456",
        "2021 2022 2023 2024",
        "2021-2022-2023-2024",
        "0812-3456-7890",
        10**14,
        10**16,
        True,
        date(2024, 11, 15),
        None,
    ],
)
def test_other_numbers_are_left_alone(places, value):
    assert personal(book(("kode", "persen"), ("64.71", value)), places) == []


@given(number=st.integers(10**15, 10**16 - 1), column=st.integers(0, 5), row=st.integers(0, 5), exact=st.booleans())
def test_the_cell_is_named_and_the_number_never_repeated(places, number, column, row, exact):
    rows = [[1] * 6 for _ in range(6)]
    rows[row][column] = number if exact else f"{str(number)[:8]} {str(number)[8:]}"
    (problem,) = personal(book(*rows), places)
    assert problem.where.endswith(f"sel {'ABCDEF'[column]}{row + 1}")
    assert not any(digits in str(problem) for digits in (str(number), str(number)[:8], str(number)[8:]))


def test_a_whole_column_is_one_problem_and_every_column_is_told(places):
    rows = [("a", "b", "c"), (NIK, 1, NIK), (NIK, 2, None), (int(NIK), 3, None)]
    problems = personal(book(*rows), places)
    assert [problem.where.rpartition(", ")[2] for problem in problems] == [
        "sel A2 dan 2 sel lain di kolom itu",
        "sel C2",
    ]


def test_every_sheet_is_looked_through_and_the_names_of_sheets_too(places):
    sheets = (Sheet("Satu", ((1,),)), Sheet(NIK, (("x", NIK),)))
    problems = personal(Workbook("kiriman.xlsx", "", b"", sheets), places)
    assert [problem.where for problem in problems] == ["kiriman.xlsx", "kiriman.xlsx, sel B1"]
    assert NIK not in "".join(map(str, problems))


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("NIK", "9999-xxxx-xxxx-0001"),
        ("No. KK", "999999**********"),
        ("no_nik", 999_999_000_000_001),
        ("Nama Lengkap", "Anu Tanpa Nama"),
        ("NAMA_LGKP", "ANU TANPA NAMA"),
        ("nama  kepala   keluarga", "Anu"),
        ("TGL_LHR", date(2001, 2, 3)),
        ("Tanggal Lahir", "3 Februari 2001"),
        ("Alamat", "Jl. Tanpa Nama No. 1"),
        ("Tempat/Tgl. Lahir", "Tanpa Tempat, 3 Februari 2001"),
        ("No. Akta Kelahiran", "6471-LT-01012001-0001"),
    ],
)
def test_a_column_that_says_it_is_about_persons_is_refused(places, heading, value):
    sheet = book(("Laporan",), (None,), ("kode", heading, "jumlah"), ("64.71", value, 5))
    (problem,) = personal(sheet, places)
    assert problem.where.endswith("sel B4")
    assert "data perseorangan" in problem.what
    assert str(value) not in str(problem)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("nama_wilayah", ["Balikpapan", "Kutai Barat"]),
        ("Nama Kecamatan", ["Balikpapan Utara", "Anu Tanpa Nama"]),
        ("nama kelurahan/desa", ["Sepinggan", "Manggar"]),
        ("Nama", ["Balikpapan", "KAB. KUTAI BARAT"]),
        ("Nama", ["Kel. Sepinggan", "Manggar", "Jumlah"]),
        ("nama", []),
        ("NIK", [5, 12]),  # a count of them
        ("NIK", ["1.204", "-"]),
        ("nik baru usia wajib", [5, 12]),
        ("jenis kelamin", ["L", "P"]),
        ("nama lengkap", [None, None]),
        ("Alamat", [None, 3]),
        ("jumlah KK", [123456, 654321]),
        ("akta kelahiran 0-17", ["12.345", "99,1 %"]),
    ],
)
def test_a_column_about_places_or_counts_is_left_alone(places, heading, values):
    assert personal(book(("kode", heading), *(("64.71", value) for value in values)), places) == []


def test_a_column_nama_of_others_than_places_is_refused(places):
    rows = (("no", "nama", "jumlah"), (1, "Anu Tanpa Nama", 1), (2, "Polan Tanpa Marga", 1), (3, "Damai", 1))
    (problem,) = personal(book(*rows), places)
    assert problem.what == "kolom 'nama' memuat nama orang"
    assert problem.where.endswith("sel B2 dan 2 sel lain di kolom itu")


def test_a_column_nama_beside_dates_of_birth_is_refused_also_when_names_are_those_of_places(places):
    """Kelay, Damai and Melak are kecamatan, and may be names of persons."""
    rows = (("nama", "tgl_lhr"), ("Damai", date(2001, 2, 3)), ("Melak", date(2002, 3, 4)))
    assert [problem.what for problem in personal(book(*rows), places)] == [
        "kolom 'tgl lhr' memuat data perseorangan",
        "kolom 'nama' memuat nama orang",
    ]


def test_persons_are_found_in_a_real_file_with_a_hidden_sheet(tmp_path, places):
    made = openpyxl.Workbook()
    made.active.append(["kode", "jumlah"])
    made.active.append(["64.71", 5])
    made.create_sheet("rincian").append(["NIK", "nama"])
    made["rincian"].append([int(NIK), "Anu Tanpa Nama"])
    made["rincian"].sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    opened = open_workbook(tmp_path / "a.xlsx", Limits(megabytes=1, unpacked_megabytes=5, rows=50, columns=50))
    problems = personal(opened, places)
    assert {problem.where for problem in problems} == {
        "a.xlsx, lembar 'rincian', sel A2",
        "a.xlsx, lembar 'rincian', sel B2",
    }
    assert "Anu" not in "".join(map(str, problems))
