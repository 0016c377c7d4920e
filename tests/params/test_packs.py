"""Packs: typed, and held against the notebooks that are there."""

from __future__ import annotations

import pytest

from adminduk.basis.errors import ParameterError
from adminduk.basis.packs import load_packs
from adminduk.basis.params import check_params


def test_every_region_has_one_pack_without_a_suffix(paths, regions):
    packs = load_packs(paths)
    plain = [region.code for pack in packs for region in pack.of(regions) if not pack.suffix]
    assert sorted(plain) == sorted(region.code for region in regions.all)


def test_every_mistake_is_told_at_once(cloned, tmp_path):
    paths = cloned(tmp_path)
    (paths.packs / "daerah.yml").write_text("label: Paket\nregions: kabupaten_kota\nnotebooks: [capaian]\n")
    (paths.packs / "kedua.yml").write_text("label: Paket\nregions: provinsi\nnotebooks: [mutu_data]\n")
    (paths.packs / "salah.yml").write_text("label: Paket\nregions: kota\nnotebook: [mutu_data]\n")
    with pytest.raises(ParameterError) as raised:
        check_params(paths)
    told = str(raised.value)
    assert "params/packs/daerah.yml: notebooks: notebook 'capaian' tidak ada" in told
    assert "2 paket untuk provinsi dengan suffix ''" in told
    assert "params/packs/salah.yml: regions" in told and "Maksud Anda notebooks?" in told
