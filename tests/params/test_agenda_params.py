"""The agenda in a period's file: every mistake named with its file and place, all of them at once."""

from __future__ import annotations

import shutil

import pytest

from adminduk.basis.errors import ParameterError
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.basis.periods import load_period

FILE = "params/periods/2024-11-12.yml"
AGENDA = """
program:
  - kode_sub_kegiatan: "2.12.03.2.02.0005"
    program: Program Pencatatan Sipil
    kegiatan: Pelayanan Pencatatan Sipil
    sub_kegiatan: Penerbitan akta
    indikator: akta_kelahiran_0_17
    satuan: akta
    target: 2000
    realisasi: 1830
    pagu: 150000000
    realisasi_keuangan: 141250000
    target_berikutnya: 2500
    pagu_berikutnya: 175000000
    sumber_dana: APBD
    pelaksana: 64.71
    dokumen: Renja
    bulan: [3, 4, 5]
newcomers:
  - {indikator: akta_kelahiran_0_17, lokasi: 64.71, jumlah: 9800, sumber: DKB}
outreach: {indikator: perekaman_ktp_el, team_days: 400, floor: 10, per_day: 40, per_day_by_region: {64.11: 18}}
decisions:
  - {nomor: 1, keputusan: Menerbitkan akta, penanggung_jawab: [64.02, 64.11], tenggat: 2025-03-31}
  - {nomor: 2, keputusan: Merekam pemula, penanggung_jawab: [64], tenggat: 2025-03-31, indikator: jemput_bola_kegiatan}
follow_up:
  - {period: 2023-10-31, nomor: 2, status: berjalan, hasil: sebagian}
"""
EARLIER = """
decisions:
  - {nomor: 2, keputusan: Menambah PKS, penanggung_jawab: [64.01], tenggat: 2024-06-30, indikator: pks_opd}
"""


@pytest.fixture
def copy(paths, tmp_path) -> Paths:
    shutil.copytree(paths.params, tmp_path / "params")
    shutil.copytree(paths.notebooks, tmp_path / "notebooks")
    made = Paths(tmp_path)
    for key, text in (("2024-11-12", AGENDA), ("2023-10-31", EARLIER)):
        path = made.period(key)
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return made


def changed(copy: Paths, *pairs: tuple[str, str]) -> str:
    """What is said of the file after the changes."""
    path = copy.period("2024-11-12")
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    return str(error.value)


def test_a_complete_agenda_is_right(copy):
    assert check_params(copy) == len([path for path in copy.params.rglob("*") if path.is_file()])
    period = load_period(copy, "2024-11-12")
    (line,) = period.program
    assert (line.lokasi, line.bulan, line.is_share, str(line.target)) == ("64.71", (3, 4, 5), False, "2000")
    assert period.outreach is not None and period.outreach.per_day_by_region == {"64.11": 18}
    assert [decision.status for decision in period.decisions] == ["disepakati", "disepakati"]


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ("indikator: akta_kelahiran_0_17\n", "indikator: akta_kelahiran\n", "program ke-1, indikator", "Anda akta"),
        ("indikator: akta_kelahiran_0_17\n", "indikator: wajib_ktp\n", "program ke-1, indikator", "tidak dikenal"),
        ("pelaksana: 64.71", "pelaksana: 64.10", "program ke-1, pelaksana", "'64.10' nilai tidak dikenal"),
        ("pelaksana: 64.71", "pelaksana: 64.71\n    lokasi: 6471", "program ke-1, lokasi", "Maksud Anda 64.71?"),
        ("satuan: akta", "satuan: persen", "program ke-1, target", "'2000' lebih dari 100 persen"),
        ("target: 2000", "target: 2000.5", "program ke-1, target", "bukan bilangan bulat, padahal satuannya akta"),
        ("realisasi: 1830", "realisasi: -3", "program ke-1, realisasi", "tidak boleh negatif"),
        ("pagu: 150000000", "pagu: 150.000.000", "program ke-1, pagu", "bukan bilangan bulat"),
        ("    pagu: 150000000\n", "", "program ke-1, pagu", "wajib diisi"),
        ("[3, 4, 5]", "[3, 13]", "program ke-1, bulan ke-2", "bukan bulan"),
        ("[3, 4, 5]", "[3, 3]", "program ke-1, bulan", "bulan 3 ditulis dua kali"),
        ("sumber_dana: APBD", "sumber_dana: apbd", "program ke-1, sumber_dana", "Maksud Anda APBD?"),
        ("dokumen: Renja", "dokumen: Renstra", "program ke-1, dokumen", "'Renja', 'RKPD', 'RKA' atau 'DPA'"),
        ('"2.12.03.2.02.0005"', "2.12.A", "program ke-1, kode_sub_kegiatan", "bukan kode"),
        ("sub_kegiatan: Penerbitan akta", "sub_kegiatan:", "program ke-1, sub_kegiatan", "wajib diisi"),
        ("Penerbitan akta", "Akta 6471012304050001", "program ke-1, sub_kegiatan", "nomor 16 angka seperti NIK"),
        ("    target_berikutnya", "    target_berikut", "program ke-1, target_berikut", "Anda target_berikutnya?"),
        ("indikator: akta_kelahiran_0_17, lok", "indikator: pks_opd, lok", "newcomers ke-1, indikator", "'pks_opd'"),
        ("lokasi: 64.71, jumlah", "lokasi: 64.10, jumlah", "newcomers ke-1, lokasi", "'64.10' nilai tidak dikenal"),
        ("{64.11: 18}", "{64.12: 18}", "outreach.per_day_by_region.64.12", "nilai tidak dikenal"),
        ("- {nomor: 2, keputusan", "- {nomor: 1, keputusan", "decisions", "nomor 1 ditulis 2 kali"),
        ("penanggung_jawab: [64]", "penanggung_jawab: []", "decisions ke-2, penanggung_jawab", "wajib diisi"),
        ("64.11], tenggat: 2025-03-31", "64.11], tenggat: 2024-11-11", "decisions ke-1, tenggat",
         "lebih awal daripada periode 2024-11-12"),
        ("2023-10-31, nomor: 2", "2023-10-31, nomor: 3", "follow_up ke-1", "keputusan nomor 3 pada periode 2023-10-31"),
        ("period: 2023-10-31", "period: 2024-11-12", "follow_up ke-1", "2023-10-31 nomor 2"),
        ("status: berjalan", "status: jalan", "follow_up ke-1, status", "nilai tidak dikenal"),
        ("as_of:", "agreed: []\nas_of:", "agreed", "kunci tidak dikenal"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(copy, old, new, place, told):
    said = changed(copy, (old, new))
    assert f"{FILE}: {place}" in said
    assert told in said


def test_percent_is_for_coverages_only(copy):
    said = changed(
        copy, ("indikator: akta_kelahiran_0_17\n", "indikator: pks_opd\n"), ("satuan: akta", "satuan: persen")
    )
    assert f"{FILE}: program ke-1, satuan: 'persen' hanya untuk indikator cakupan, bukan pks_opd" in said


def test_all_mistakes_are_told_at_once_and_once_each(copy):
    said = changed(
        copy, ("as_of: 2024-11-12", "as_of: 2024-11-13"), ("sumber_dana: APBD", "sumber_dana: BOS"),
        ("jumlah: 9800", "jumlah: banyak"), ("tenggat: 2025-03-31", "tenggat: segera"),
    )  # fmt: skip
    for place in ("as_of", "program ke-1, sumber_dana", "newcomers ke-1, jumlah", "decisions ke-1, tenggat"):
        assert said.count(f"{FILE}: {place}:") == 1


def test_an_earlier_mistake_is_told_once_by_all_later_periods(copy):
    path = copy.period("2023-10-31")
    path.write_text(path.read_text(encoding="utf-8").replace("[64.01]", "[64.99]"), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    assert str(error.value).count("params/periods/2023-10-31.yml: decisions ke-1, penanggung_jawab ke-1") == 1
