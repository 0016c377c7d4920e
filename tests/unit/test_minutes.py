"""What was agreed and what became of it; the minutes to sign. Figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from handmade import tables

from adminduk.basis.agenda import Agreed, Decision
from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.present import minutes
from adminduk.present.sources import SourceNumbers
from adminduk.present.spelling import day_in_words, words

COUNTS = [
    "64.71 milik_kia 2023-10-31 800 lama",
    "64.71 anak_0_16 2023-10-31 1000 lama dinamis",
    "64.71 milik_kia 2024-11-12 930 baru",
    "64.71 anak_0_16 2024-11-12 1000 baru dinamis",
    "64.74 milik_kia 2023-10-31 500 lama",
    "64.74 anak_0_16 2023-10-31 1000 lama beku",
    "64.74 milik_kia 2024-11-12 640 baru",
    "64.74 anak_0_16 2024-11-12 1000 baru dinamis",
    "64.71 blanko_dimusnahkan 2023-10-15 999 lama",
    "64.71 blanko_dimusnahkan 2024-10-31 40 okt",
    "64.71 blanko_dimusnahkan 2024-11-12 60 baru",
]


def decision(nomor: int, codes: tuple[str, ...], tenggat: date, indikator: str | None = None) -> Decision:
    return Decision(
        nomor=nomor,
        keputusan=f"Keputusan ke-{nomor}",
        penanggung_jawab=codes,
        tenggat=tenggat,
        indikator=indikator,
    )


KIA = Agreed(decision(1, ("64.71", "64.74"), date(2024, 3, 31), "kia"), "2023-10-31", "berjalan", "Sedang dikerjakan")
BLANKS = Agreed(decision(2, ("64.71",), date(2024, 12, 31), "blanko_dimusnahkan"), "2023-10-31", "disepakati")
DONE = Agreed(decision(3, ("64",), date(2024, 1, 15)), "2023-10-31", "selesai", "Sudah dipakai.")
NOBODY = Agreed(decision(4, ("64.03",), date(2024, 11, 19), "pks_opd"), "2023-10-31", "disepakati")


@pytest.fixture(scope="module")
def told(paths, regions):
    """``told("64", KIA, ...)``: a briefing of the handmade counts with what was agreed before."""
    frames, book, period = tables(COUNTS), load_rulebook(paths), load_period(paths, "2024-11-12")

    def make(code: str, *agreed: Agreed, **changed) -> Briefing:
        when = period.model_copy(update={"agreed": agreed, **changed})
        return Briefing(frames, book, regions.get(code), when)

    return make


def rows(briefing: Briefing) -> list[list[str]]:
    numbers = SourceNumbers(tables(COUNTS)["sources"])
    return minutes.follow_up(briefing, numbers)[0].payload["rows"]


def test_a_row_says_what_was_decided_by_whom_until_when_and_what_came_of_it(told):
    row = rows(told("64", KIA))[0]
    assert row[:5] == [
        "1",
        "Keputusan ke-1",
        "Kota Balikpapan dan Kota Bontang",
        "31 Mar 2024",
        "berjalan\nlewat tenggat",
    ]


def test_shares_are_held_against_each_other_only_on_one_kind_of_base(told):
    """Balikpapan 800 and 930 of 1,000 on a moving base; Bontang's base was frozen then: only numerators."""
    assert rows(told("64", KIA))[0][5] == (
        "Sedang dikerjakan.\n"
        "KIA, 31 Okt 2023 dan 12 Nov 2024: Balikpapan 80,00% menjadi 93,00%.\n"
        "KIA, 31 Okt 2023 dan 12 Nov 2024: Bontang 500 menjadi 640 (anak)."
    )


def test_an_action_is_told_by_what_was_reported_since(told):
    """40 and 60 since 31 October 2023; the 999 of before are not counted."""
    row = rows(told("64", BLANKS))[0]
    assert row[4] == "belum dilaporkan"
    assert row[5] == "Blangko KTP-el yang dimusnahkan: Balikpapan 100 keping (2 laporan sejak 31 Okt 2024)."


def test_without_a_newer_figure_nothing_is_made_up(told):
    assert rows(told("64", NOBODY))[0][5] == "PKS, belum ada angka sejak 31 Okt 2023: Berau."


def test_a_regency_reads_its_own_decisions_and_figures_only(told):
    found = rows(told("64.74", KIA, BLANKS, DONE))
    assert [row[0] for row in found] == ["1"]
    assert "Balikpapan 80,00%" not in found[0][5] and "Bontang 500 menjadi 640" in found[0][5]
    assert minutes.tally(told("64.74", KIA, BLANKS, DONE)) == (
        "Satu keputusan yang menjadi tanggung jawab Kota Bontang: berjalan, lewat tenggat."
    )


def test_the_tally_counts_each_status_and_those_overdue(told):
    """The day of the meeting is 19 November 2024: a deadline of that day has not passed."""
    briefing = told("64", KIA, BLANKS, DONE, NOBODY)
    assert minutes.tally(briefing) == (
        "Dari 4 keputusan, 1 selesai, 1 berjalan, dan 2 belum dilaporkan; 1 lewat tenggat."
    )
    shown = minutes.follow_up(briefing, SourceNumbers(tables(COUNTS)["sources"]))[0]
    assert shown.payload["alerts"] == [0]
    assert "\n1    Keputusan ke-1" in shown.plain and "berjalan, lewat tenggat" in shown.plain


def test_what_was_done_or_dropped_is_never_overdue(told):
    briefing = told("64")
    assert not minutes.is_overdue(DONE, briefing)
    assert not minutes.is_overdue(replace(KIA, status="batal"), briefing)


def test_nothing_agreed_is_one_line_for_the_province_and_nothing_for_a_regency(told):
    province = minutes.follow_up(told("64"), SourceNumbers(tables(COUNTS)["sources"]))
    assert [part.plain for part in province] == ["Belum ada keputusan rapat sebelumnya yang dicatat."]
    assert minutes.follow_up(told("64.71"), SourceNumbers(tables(COUNTS)["sources"])) == []
    assert minutes.tally(told("64")) == ""


def test_the_minutes_open_as_a_deed_does(told):
    opening = minutes.minutes_opening(told("64"), None)[0].payload
    assert opening["title"] == "Berita acara"
    assert opening["paragraphs"] == [
        "Pada hari ini, Selasa, tanggal sembilan belas bulan November tahun dua ribu dua puluh empat (19-11-2024), "
        "bertempat di Balikpapan, telah dilaksanakan Rapat Koordinasi Daerah Kependudukan dan Pencatatan Sipil "
        "se-Kalimantan Timur, yang diikuti oleh DKP3A Provinsi Kalimantan Timur serta Dinas Kependudukan dan "
        "Pencatatan Sipil dari sepuluh kabupaten dan kota, dengan hasil sebagai berikut."
    ]


def test_without_a_meeting_day_and_place_stay_open(told):
    text = minutes.minutes_opening(told("64", meeting=None), None)[0].plain
    assert "Pada hari ini, ………" in text and "bertempat di ………" in text
    assert "Rapat Evaluasi Administrasi Kependudukan Provinsi Kalimantan Timur" in text
    signing = minutes.signing(told("64", meeting=None), None)[0].payload
    assert signing["dated"].startswith("………")


def test_the_standing_is_that_of_the_published_figures(briefing):
    found = minutes.standing(briefing("64", "2024-11-12"), None)[0].payload["rows"]
    assert found[0] == ["KTP-el", "2.868.568", "2.878.769", "99,65%", "99,40%", "melampaui target"]
    assert found[3][1:] == ["1.234.871", "1.250.088", "98,78%", "99%", "di bawah target, kurang 2.717 akta"]
    assert found[4][0] == "IKD dari wajib KTP" and found[5][0] == "IKD dari perekaman"
    assert found[1] == ["KTP-el pemilih pemula\n13 Jun 2024", "–", "–", "71,61%*", "–", "tanpa target"]
    assert found[-1] == ["PKS", "–", "–", "–", "–", "belum ada angka sampai 12 November 2024"]


def test_decisions_are_listed_by_number_or_left_to_be_written(told):
    second, first = decision(2, ("64",), date(2025, 1, 31)), decision(1, ("64.71", "64.74"), date(2024, 12, 31))
    found = minutes.decided(told("64", decisions=(second, first)), None)[0].payload
    assert found["rows"] == [
        ["1", "Keputusan ke-1", "Kota Balikpapan dan Kota Bontang", "31 Desember 2024"],
        ["2", "Keputusan ke-2", "Provinsi Kalimantan Timur", "31 Januari 2025"],
    ]
    blank = minutes.decided(told("64"), None)[0].payload
    assert [row[0] for row in blank["rows"]] == list("12345678") and blank["row_mm"] > 0
    assert all(cell == "" for row in blank["rows"] for cell in row[1:])


def test_everybody_is_one_word(told, regions):
    everybody = decision(1, tuple(place.code for place in regions.regencies), date(2024, 12, 31))
    assert minutes.responsible(told("64"), everybody) == "semua kabupaten/kota"
    with_province = everybody.model_copy(update={"penanggung_jawab": ("64", *everybody.penanggung_jawab)})
    assert minutes.responsible(told("64"), with_province) == "Provinsi Kalimantan Timur dan semua kabupaten/kota"


def test_the_province_and_all_ten_offices_sign_without_a_name(told):
    signing = minutes.signing(told("64"), None)[0].payload
    assert len(signing["offices"]) == 11
    assert signing["offices"][0] == "Kepala DKP3A Provinsi Kalimantan Timur"
    assert signing["offices"][-1] == "Kepala Dinas Kependudukan dan Pencatatan Sipil Kota Bontang"
    assert signing["dated"] == "Balikpapan, 19 November 2024"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1945, "seribu sembilan ratus empat puluh lima"),
        (2024, "dua ribu dua puluh empat"),
        (999_999, "sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_numbers_in_words(count, said):
    assert words(count) == said


@pytest.mark.parametrize("count", [-1, 1_000_000])
def test_no_words_for_other_numbers(count):
    with pytest.raises(ValueError, match=str(count)):
        words(count)


def test_independence_day():
    assert day_in_words(date(1945, 8, 17)) == (
        "Jumat, tanggal tujuh belas bulan Agustus tahun seribu sembilan ratus empat puluh lima"
    )
