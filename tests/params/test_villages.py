"""params/villages.csv: complete, and its mistakes named with the line."""

from __future__ import annotations

import csv
import shutil
from collections import Counter

import pytest

from adminduk.basis.errors import ParameterError
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.basis.places import load_places


@pytest.fixture
def copy(paths, tmp_path) -> Paths:
    shutil.copytree(paths.params, tmp_path / "params")
    shutil.copytree(paths.notebooks, tmp_path / "notebooks")
    return Paths(tmp_path)


def test_every_kelurahan_and_desa_is_there(paths, regions):
    """197 kelurahan and 841 desa in 105 kecamatan, as the province counts them."""
    with paths.villages.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = Counter(row["code"][9] for row in rows)
    assert kinds == {"1": 197, "2": 841}
    assert (regions.province.kelurahan, regions.province.desa) == (197, 841)
    assert len({row["code"] for row in rows}) == 1038
    assert rows == sorted(rows, key=lambda row: row["code"])
    assert all(row["name"] == " ".join(row["name"].split()) for row in rows)


def test_the_gazetteer_has_every_level(paths):
    codes = load_places(paths).codes()
    assert Counter(code.count(".") for code in codes) == {0: 1, 1: 10, 2: 105, 3: 1038}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("64.71.01.1001,Manggar\n", "", "64.71.01 Balikpapan Timur punya 3 kelurahan"),
        ("64.71.01.1001,Manggar\n", "64.71.01.2001,Manggar\n", "64.71.01 Balikpapan Timur punya 1 desa"),
        ("64.71.01.1001,", "64.71.01.1002,", "kode 64.71.01.1002 ditulis dua kali"),
        ("64.71.01.1001,", "6471011001,", "kode '6471011001'"),
        ("64.71.01.1001,", "64.71.01.3001,", "kode '64.71.01.3001'"),
        ("64.71.01.1001,", "64.71.09.1001,", "kecamatan 64.71.09 tidak ada di params/regions.yml"),
        ("64.71.01.1001,Manggar\n", "64.71.01.1001,\n", "nama kosong"),
        ("code,name\n", "kode,nama\n", "kolom kode, nama"),
    ],
)
def test_a_mistake_is_named(copy, old, new, told):
    text = copy.villages.read_text(encoding="utf-8")
    assert old in text
    copy.villages.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    assert told in str(error.value)
    assert "params/villages.csv" in str(error.value)


def test_a_mistake_is_named_with_its_line_and_beside_the_others(copy):
    rows = copy.villages.read_text(encoding="utf-8").splitlines(keepends=True)
    rows[2], rows[4] = "64.01.01.9999,Busui\n", "bukan kode,Biu\n"
    copy.villages.write_text("".join(rows), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        load_places(copy)
    places = [problem.where for problem in error.value.problems]
    assert places == ["params/villages.csv, baris 3", "params/villages.csv, baris 5", "params/villages.csv"]
    assert error.value.problems[2].what == "64.01.01 Batu Sopang punya 7 desa"


@pytest.mark.parametrize(
    ("content", "told"), [(None, "berkas tidak ada"), (b"\xff\xfe", "bukan UTF-8"), (b"", "kolom")]
)
def test_a_file_that_is_no_table_is_a_parameter_error(copy, content, told):
    copy.villages.unlink()
    if content is not None:
        copy.villages.write_bytes(content)
    with pytest.raises(ParameterError, match=told):
        check_params(copy)


def test_a_changed_file_is_read_again(copy):
    assert load_places(copy).by_code("64.71.01.1001").name == "Manggar"
    text = copy.villages.read_text(encoding="utf-8")
    copy.villages.write_text(text.replace("64.71.01.1001,Manggar\n", "64.71.01.1001,Manggar Kota\n"), encoding="utf-8")
    assert load_places(copy).by_code("64.71.01.1001").name == "Manggar Kota"


def test_regions_that_are_wrong_are_told_once(copy):
    path = copy.parameters("regions")
    path.write_text(path.read_text(encoding="utf-8").replace("kelurahan: 34", "kelurahan: 33"), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    assert len(error.value.problems) == 1
