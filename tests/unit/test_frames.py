"""The tables: every mistake of a file at once, nothing personal, the same bytes when written again."""

from __future__ import annotations

import shutil

import pytest

from adminduk.basis import frames
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
