"""params/sources.yml: the layouts and limits as they are, and their mistakes named."""

from __future__ import annotations

import shutil

import pytest

from adminduk.basis.errors import ParameterError
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.basis.sources import load_preferences, load_sources
from adminduk.basis.vocabulary import fold


@pytest.fixture
def copy(paths, tmp_path) -> Paths:
    shutil.copytree(paths.params, tmp_path / "params")
    shutil.copytree(paths.notebooks, tmp_path / "notebooks")
    return Paths(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("measure: wajib_ktp\n", "measure: wajib_kpt\n", "Maksud Anda wajib_ktp?"),
        ("indicator: akta_kelahiran_0_17", "indicator: akta_kelahiran_17", "Maksud Anda akta_kelahiran_0_17?"),
        ("base: anak_0_16}", "base: anak_0_17}", "penyebut 'anak_0_17' tidak ada"),
        ("base: disebut", "base: disbut", "Maksud Anda disebut?"),
        ("shape: panjang", "shape: panjnag", "Maksud Anda panjang?"),
        ("difference: [wajib_ktp, rekam]", "difference: [wajib_ktp, rekm]", "'rekm' bukan kolom dengan measure"),
        ("share: {numerator: rekam,", "share: {numerator: ktp,", "'ktp' bukan kolom dengan measure"),
        ("words: [blm_ktp,", "words: [cetak_ktp,", "judul 'cetak ktp' dipakai ktp, blm_ktp"),
        ("words: [awal, data awal", "words: [dinamis, data awal", "judul 'dinamis' dipakai awal, dinamis"),
        ("    blocks: *blok\n", "", "blocks wajib untuk base: blok"),
        ("      persen:\n", "      persen:\n        measure: rekam_ktp_el\n", "satu dari measure, difference, share"),
        ("        note: Cetak", "        catatan: Cetak", "kunci tidak dikenal"),
        ("megabytes: 25", "megabytes: 0", "limits.megabytes"),
        ("rows: 100000", "rows: banyak", "bukan bilangan bulat"),
        ("    title: Lembar KIA per kelurahan\n", "", "layouts.kelurahan_kia.title: wajib diisi"),
        ("  aside: [selisih]", "  asid: [selisih]", "Maksud Anda aside?"),
        ("  panjang:\n    title", "  panjang:\n    title: Satu\n  panjang:\n    title", "dua kali"),
    ],
)
def test_a_mistake_is_named(copy, old, new, told):
    path = copy.parameters("sources")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    assert told in str(error.value)
    assert "params/sources.yml" in str(error.value)


def test_the_layouts_that_ship(paths):
    told = "formulir kelurahan_ktp kelurahan_kia kelurahan_akta rekap_provinsi arus rilis_dkb panjang"
    assert list(load_sources(paths).layouts) == told.split()


def test_the_form_and_the_long_table_know_every_measure(paths, catalog):
    layouts = load_sources(paths).layouts
    for name in ("formulir", "panjang"):
        assert list(layouts[name].columns) == list(catalog.measures)
    assert layouts["formulir"].columns["aktif_ikd"].words == ("aktif_ikd",)
    assert {"aktif_ikd", "ikd", "aktivasi ikd"} < set(layouts["panjang"].columns["aktif_ikd"].words)


def test_a_layout_speaks_of_flows_or_of_stocks_and_rekam_of_each_is_another_measure(paths):
    layouts = load_sources(paths).layouts
    assert layouts["arus"].columns["rekam"].measure == "arus_rekam_ktp_el"
    assert layouts["kelurahan_ktp"].columns["rekam"].measure == "rekam_ktp_el"


def test_preferences_are_read_when_a_layout_is_wrong(copy, paths):
    """A report asks for them; it does not depend on how spreadsheets look."""
    path = copy.parameters("sources")
    path.write_text(path.read_text(encoding="utf-8").replace("base: disebut", "base: x", 1), encoding="utf-8")
    assert load_preferences(copy) == load_preferences(paths)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wajib KTP-el", "wajib_ktpel"),
        ("WAJIB  KTP elektronik", "wajib.ktp"),
        ("kab/kota", "Kab. Kota"),
        ("Anak 0 s.d. 16 tahun", "anak 0-16 tahun"),
        ("% rekam", "persen rekam"),
        ("LK+PR", "lk pr"),
        ("\uff2b\uff34\uff30", "ktp"),
    ],
)
def test_headings_that_mean_the_same_fold_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("anak 0-16", "anak 0-17"), ("rekam", "belum rekam"), ("ktp", "kia")])
def test_headings_that_mean_something_else_stay_apart(one, other):
    assert fold(one) != fold(other)
