"""The paragraphs for a chat group: the sentences of page 1, where a region stands, nothing but plain text."""

from __future__ import annotations

import re

import pytest
from handmade import tables

from adminduk.basis.regions import Regions
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.present.digest import SIMULATED, digest, digests, is_simulated
from adminduk.present.narrative import message

BALIKPAPAN, PROVINCE, PERIOD = "64.71", "64", "2024-11-12"


@pytest.fixture
def made(paths, briefing):
    """``made("64.71", counts)``: a briefing of figures written in the test."""

    def make(code: str, counts: list[str]) -> Briefing:
        book, period = load_rulebook(paths), briefing(PROVINCE, PERIOD).period
        return Briefing(tables(counts), book, book.regions.get(code), period)

    return make


def pair(code: str, numerator: int, denominator: int, statement: str = "s") -> list[str]:
    when = "2024-11-12"
    return [
        f"{code} milik_kia {when} {numerator} {statement}",
        f"{code} anak_0_16 {when} {denominator} {statement} dinamis",
    ]


def test_the_province_of_the_meeting(briefing):
    told = digest(briefing(PROVINCE, PERIOD))
    assert told.startswith("Provinsi Kalimantan Timur, keadaan 12 November 2024: KTP-el 99,65% dan KIA 76,17%")
    assert "akta kelahiran 0-17 tahun 98,78% (target 99%, kurang 2.717 akta)" in told
    assert told.endswith("1.021 orang per hari kerja.")


def test_a_regency_says_where_it_stands(briefing):
    told = digest(briefing(BALIKPAPAN, PERIOD))
    assert told.startswith("Kota Balikpapan, keadaan 12 November 2024: Menurut angka publikasi 13 Juni 2024")
    assert told.endswith(
        "Di antara kabupaten/kota: KTP-el, KTP-el pemilih pemula, dan KIA tertinggi menurut DKP3A, 13 Juni 2024; akta "
        "kelahiran 0-17 tahun peringkat 1 dari 6 kabupaten/kota yang angkanya dimuat, 15 April 2022."
    )


def test_the_province_counts_who_is_below(made, regions: Regions):
    """KIA of ten regencies in per mil of 1,000 children; the target of 2024 is 60 %: 599 and 500 miss it."""
    have = [599, 500, 600, 601, 700, 800, 900, 950, 990, 1000]
    counts = [line for place, n in zip(regions.regencies, have, strict=True) for line in pair(place.code, n, 1000)]
    assert digest(made(PROVINCE, counts)).endswith("Kabupaten/kota di bawah target: KIA 2 dari 10 (12 November 2024).")
    first = digest(made(regions.regencies[0].code, counts))
    assert "KIA peringkat 9 dari 10 kabupaten/kota yang angkanya dimuat, 12 November 2024." in first


def test_every_region_is_one_paragraph_of_plain_text(briefing, regions: Regions):
    briefings = [briefing(place.code, PERIOD) for place in (regions.province, *regions.regencies)]
    text = digests(briefings)
    head, *paragraphs = text.removesuffix("\n").split("\n\n")
    assert head.split("\n") == [
        "Rapat Koordinasi Daerah Kependudukan dan Pencatatan Sipil se-Kalimantan Timur",
        "Balikpapan, 19 November 2024",
        "Keadaan 12 November 2024",
    ]
    assert paragraphs == [digest(one) for one in briefings]
    for one, told in zip(briefings, paragraphs, strict=True):
        assert told.startswith(f"{one.region.name}, keadaan 12 November 2024: ")
        assert " ".join(message(one)) in told
        assert "\n" not in told
        assert not re.search(r"[*_`<>#|]|\s\s|!", told)


def test_a_period_without_a_meeting_has_a_short_head(briefing):
    assert digests([briefing(BALIKPAPAN, "2022-04-15")]).startswith("Keadaan 15 April 2022\n\nKota Balikpapan, ")
    assert digests([]) == ""


def test_simulated_figures_say_so_in_each_paragraph(made, briefing):
    """Also in the paragraph of a region that has no figure itself: it is pasted without its head."""
    counts = pair("64.71", 650, 1000, "simulasi-laporan")
    with_figures, without = made("64.71", counts), made("64.72", counts)
    assert digest(with_figures).startswith(f"{SIMULATED}. Kota Balikpapan, keadaan")
    assert digest(without).startswith(f"{SIMULATED}. Kota Samarinda, keadaan")
    assert digests([with_figures, without]).split("\n\n")[0].endswith(f"\n{SIMULATED}")
    assert not is_simulated(briefing(BALIKPAPAN, PERIOD))
    assert "SIMULASI" not in digests([briefing(BALIKPAPAN, PERIOD)])
