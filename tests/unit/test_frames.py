"""The tables: every mistake of a file at once, nothing personal, the same bytes when written again."""

from __future__ import annotations

import shutil
from datetime import date

import pandas as pd
import pytest

from adminduk.basis import frames, slices
from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.paths import Paths


@pytest.fixture
def copy(paths, tmp_path) -> Paths:
    (tmp_path / "data").mkdir()
    shutil.copytree(paths.dataset("published"), tmp_path / "data" / "kaltim")
    return Paths(tmp_path)


def change(paths: Paths, table: str, old: str, new: str) -> None:
    path = paths.dataset("kaltim") / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_read_is_written_again_to_the_byte(copy):
    for table, frame in frames.read_dataset(copy, "kaltim").items():
        if frame.empty:
            continue
        path = copy.dataset("kaltim") / f"{table}.csv"
        before = path.read_bytes()
        frames.write_table(frame, table, path)
        assert path.read_bytes() == before
        assert [p for p in path.parent.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("counts", "2868568", "2868568.5", "bilangan bulat"),
        ("counts", ",2868568,", ",-5,", "bilangan bulat"),
        ("counts", ",2868568,", ",,", "bilangan bulat"),
        ("counts", "2024-11-12,hari", "2024-11-12,bulan", "precision 'bulan'"),
        ("counts", "2024-11-12,hari", "2024-11-31,hari", "counts.csv, baris"),
        ("counts", "64,2024-11-12", "6471,2024-11-12", "kode wilayah '6471'"),
        ("counts", ",dinamis,", ",bergerak,", "base_kind 'bergerak'"),
        ("counts", "region_code,as_of", "region,as_of", "kolom kurang: region_code"),
        ("claims", ",99.65,", ',"99,65",', "percent"),
        ("claims", ",tertinggi,", ",terbaik,", "standing 'terbaik'"),
    ],
)
def test_a_mistake_is_named_with_file_and_row(copy, table, old, new, told):
    change(copy, table, old, new)
    with pytest.raises(DataError) as error:
        frames.read_dataset(copy, "kaltim")
    assert told in str(error.value)
    assert f"data/kaltim/{table}.csv" in str(error.value)


def test_a_sixteen_digit_number_stops_the_file(copy):
    change(copy, "claims", ",99.65,", ",6471010101010001,")
    with pytest.raises(DataError, match="16 angka, seperti NIK"):
        frames.read_dataset(copy, "kaltim")


def test_all_mistakes_at_once(copy):
    change(copy, "counts", ",2868568,", ",x,")
    change(copy, "claims", ",tertinggi,", ",terbaik,")
    with pytest.raises(DataError) as error:
        frames.read_dataset(copy, "kaltim")
    assert len(error.value.problems) == 2


def test_a_source_that_is_not_listed(copy):
    change(copy, "sources", "antara-2018-06-28-ktp,", "antara-2018-06-28-kpt,")
    with pytest.raises(DataError, match="Maksud Anda antara-2018-06-28-kpt"):
        frames.read_dataset(copy, "kaltim")


def test_a_dataset_that_does_not_exist_lists_those_that_do(copy):
    with pytest.raises(ParameterError) as error:
        frames.read_dataset(copy, "kaltm")
    assert "salah satu dari: kaltim" in str(error.value)
    assert "Maksud Anda kaltim?" in str(error.value)


def test_the_data_hash_does_not_depend_on_row_order(published):
    shuffled = {table: frame.sample(frac=1, random_state=1) for table, frame in published.items()}
    assert frames.digest(sorted(published.items())) == frames.digest(sorted(shuffled.items()))


DELIVERED = {
    "journal": "2024-11-16T01:00:00+00:00,a.csv,{sha},arus,2024-11-15,,64.71,1,0,0,0",
    "findings": '64.71,2024-11-15,lk_pr_bukan_jumlah,periksa,"{{""measure"": ""penduduk""}}",a.csv:B2',
    "confirmations": "64.71,2024-11-15,hari,penduduk,,,arus@2024-11-15,12,Kabid PIAK,2024-11-20",
}


def put(paths: Paths, table: str, row: str) -> None:
    text = ",".join(frames.TABLES[table]) + "\n" + row + "\n"
    (paths.dataset("kaltim") / f"{table}.csv").write_text(text, encoding="utf-8")


def test_tables_of_deliveries_are_read_where_they_are_and_empty_where_not(copy):
    assert all(frames.read_dataset(copy, "kaltim")[table].empty for table in frames.OPTIONAL)
    for table, row in DELIVERED.items():
        put(copy, table, row.format(sha="1" * 16 + "a" + "0" * 16 + "b" * 31))
    tables = frames.read_dataset(copy, "kaltim")
    assert {table: len(tables[table]) for table in DELIVERED} == {"journal": 1, "findings": 1, "confirmations": 1}
    assert list(tables["replaced"].columns) == [*frames.COUNTS, "replaced_when", "replaced_by"]


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("journal", "{sha}", "abc", "64 angka heksadesimal"),
        ("findings", "periksa", "penting", "tolak / periksa / catat"),
        ("findings", '"{{""measure"": ""penduduk""}}"', "penduduk", "objek JSON"),
        ("confirmations", ",12,", ",dua belas,", "bilangan bulat"),
        ("confirmations", "Kabid PIAK", "6471010101010001", "16 angka, seperti NIK"),
    ],
)
def test_a_mistake_in_a_table_of_deliveries_is_named(copy, table, old, new, told):
    row = DELIVERED[table]
    assert old in row
    put(copy, table, row.replace(old, new).format(sha="a" * 64))
    with pytest.raises(DataError, match=rf"data/kaltim/{table}\.csv, baris 2") as error:
        frames.read_dataset(copy, "kaltim")
    assert told in str(error.value)


def test_mistakes_are_told_in_the_order_of_the_rows_and_of_a_row_with_a_nik_only_that(copy):
    path = copy.dataset("kaltim") / "counts.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, (column, text) in {7: (6, "x"), 3: (8, "y"), 5: (6, "6471010101010001")}.items():
        cells = lines[number].split(",")
        cells[column] = text
        cells[9] = "mungkin"
        lines[number] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        frames.read_dataset(copy, "kaltim")
    told = [(problem.where.rpartition(" ")[2], problem.what.split()[0]) for problem in error.value.problems]
    assert told == [("4", "approximate"), ("4", "base_kind"), ("6", "memuat"), ("8", "approximate"), ("8", "count")]


def rows(*places: tuple[str, str, str]) -> pd.DataFrame:
    """Rows of a table of counts: region, date, statement."""
    cells = [
        dict.fromkeys(frames.COUNTS, "") | {"region_code": code, "as_of": day, "statement": said}
        for code, day, said in places
    ]
    return pd.DataFrame(cells, columns=list(frames.COUNTS))


CODES = ["64", "64.71", "64.71.01", "64.71.01.1001", "64.72", "64.72.01", "64.72.01.1001"]


@pytest.mark.parametrize(
    ("region", "kept"),
    [("64.71", ["64", "64.71", "64.71.01", "64.72"]), ("64", CODES)],
)
def test_a_report_rests_on_the_regencies_and_on_its_own_kecamatan(region, kept):
    counts = rows(*((code, "2024-11-15", "arus@2024-11-15") for code in CODES))
    tables = {"counts": counts, "findings": counts, "journal": frames.empty("journal")}
    assert list(slices.slice_for(tables, region)["counts"]["region_code"]) == kept
    below = [code for code in CODES if code.count(".") < 2 or code.startswith(f"{region}.")]
    assert list(slices.slice_for(tables, region)["findings"]["region_code"]) == below


def test_the_data_hash_of_a_report_changes_with_what_it_rests_on_and_with_nothing_else(copy):
    def hashed(region: str = "64.71") -> str:
        return frames.data_hash(slices.slice_for(frames.read_dataset(copy, "kaltim"), region))

    before = hashed()
    put(copy, "journal", DELIVERED["journal"].format(sha="a" * 64))
    assert hashed() == before
    put(copy, "findings", DELIVERED["findings"].format().replace("64.71,", "64.72.01,", 1))
    assert hashed() == before
    put(copy, "confirmations", DELIVERED["confirmations"])
    assert hashed() != before


def test_the_figures_of_a_day_are_dated_or_stated_so():
    counts = rows(
        ("64.71", "2024-11-15", "ktp@2024-11-15"),
        ("64.71", "2024-06-30", "ktp@2024-11-15"),
        ("64.71", "2024-06-30", "DKB-2024-S1"),
        ("64.71.01", "2024-11-15", "ktp@2024-11-15"),
        ("64.72", "2024-11-15", "ktp@2024-11-15"),
        ("64", "2024-11-15", "rilis@2024-11-15"),
    )
    day = [date(2024, 11, 15)]
    assert list(slices.figures_of(counts, "64.71", day).index) == [0, 1, 3]
    assert list(slices.figures_of(counts, "64.71", [date(2024, 6, 30)]).index) == [1, 2]
    assert list(slices.figures_of(counts, "64", day).index) == [0, 1, 4, 5]
    assert slices.figures_of(counts, "64.74", day).empty
