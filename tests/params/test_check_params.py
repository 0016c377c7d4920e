"""params/checks.yml: every rule with its reasons, and its mistakes named."""

from __future__ import annotations

import shutil
from fractions import Fraction

import pytest

from adminduk.basis.checks import SEVERITIES, load_check_params
from adminduk.basis.errors import ParameterError
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths


@pytest.fixture
def copy(paths, tmp_path) -> Paths:
    shutil.copytree(paths.params, tmp_path / "params")
    shutil.copytree(paths.notebooks, tmp_path / "notebooks")
    return Paths(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("urutan_salah:", "urutan_salh:", "Maksud Anda urutan_salah?"),
        ("\n  severity: tolak", "\n  severity: tolk", "Maksud Anda tolak?"),
        ("  frozen: catat\n", "", "pembilang_melebihi_penyebut.frozen: wajib diisi"),
        ("  least: 25\n", "  least: 0\n", "stok_turun.least"),
        ("percent: {default: 10, rekam", "percent: {rekam", "kunci 'default' belum ada"),
        ("rekam_ktp_el: 2,", "rekam_ktp: 2,", "Maksud Anda rekam_ktp_el?"),
        ("[aktif_ikd, rekam_ktp_el]", "[aktif_ikd, rekam]", "ukuran 'rekam' tidak ada"),
        (
            "    days: Dua laporan",
            "    hari: Dua laporan",
            "because.days belum diisi; because.hari: kunci itu tidak ada",
        ),
    ],
)
def test_a_mistake_is_named(copy, old, new, told):
    path = copy.parameters("checks")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        check_params(copy)
    assert told in str(error.value)
    assert "params/checks.yml" in str(error.value)


def test_only_what_cannot_be_true_stops_a_region(paths):
    graves = {name for name, rule in load_check_params(paths) if rule.severity == SEVERITIES[0]}
    assert graves == {"urutan_salah"}


def test_a_step_grows_with_the_days_and_never_below_its_least(paths):
    """2 % of 100,000 in 30 days: 2,000; in a day or fifteen: 1,000; of 1,000 in 30 days: 20, so 50."""
    rule = load_check_params(paths).lonjakan
    assert Fraction(rule.percent["rekam_ktp_el"]) == 2
    steps = [rule.allowed("rekam_ktp_el", *given) for given in ((100_000, 30), (100_000, 15), (100_000, 1), (1000, 30))]
    assert steps == [2000, 1000, 1000, 50]
    assert rule.allowed("milik_kia", 100_000, 30) == 10_000  # the default, 10 %
