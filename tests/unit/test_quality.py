"""The quality of the data: findings with what to do, who reported, who is withheld, what was done; by hand."""

from __future__ import annotations

import re
from datetime import date

import pytest
from handmade import tables

from adminduk.basis import frames
from adminduk.basis.checks import RULES
from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure import actions
from adminduk.measure.briefing import Briefing
from adminduk.measure.delivery import delivery
from adminduk.measure.facts import gather
from adminduk.present import quality, undertakings
from adminduk.present.remedies import REMEDIES, step
from adminduk.present.sources import SourceNumbers

# Paser: two reports; Kutai Kartanegara: one, older; a denominator alone is no report; Berau only printed something.
COUNTS = [
    "64.01 blanko_dimusnahkan 2024-10-31 100 p-okt",
    "64.01 blanko_dimusnahkan 2024-11-12 25 p-nov",
    "64.01 nik_baru_usia_wajib 2024-11-12 8 p-nov",
    "64.01 nik_baru_usia_wajib_direkam 2024-11-12 6 p-nov",
    "64.02 blanko_dimusnahkan 2024-10-31 7 k-okt",
    "64.02 blanko_dimusnahkan 2023-12-31 500 k-des",
    "64.07 wajib_ktp 2024-11-12 1000 d dinamis",
]
CLAIMS = ["64.03 kia 2024-06-13 anak_0_16 70.1 b-juni"]


@pytest.fixture(scope="module")
def made(paths, regions):
    def make(code: str, counts=COUNTS, claims=CLAIMS, **others) -> Briefing:
        book, period = load_rulebook(paths), load_period(paths, "2024-11-12")
        return Briefing(tables(counts, claims) | others, book, regions.get(code), period)

    return make


def numbers() -> SourceNumbers:
    return SourceNumbers(tables(COUNTS, CLAIMS)["sources"])


def test_every_rule_has_its_remedy_in_the_words_of_its_page(paths):
    assert set(REMEDIES) == set(RULES)
    for rule, remedy in REMEDIES.items():
        page = (paths.root / "docs" / "method" / f"{rule}.md").read_text(encoding="utf-8")
        plain = " ".join(page.replace("`", "").split())
        assert plain.startswith(f"# {remedy.title} ")
        assert plain.endswith(f"**Yang dilakukan.** {remedy.step}"), rule


def test_a_remedy_is_that_of_the_severity():
    assert step("pembilang_melebihi_penyebut", "catat") == "Tidak ada."
    assert step("pembilang_melebihi_penyebut", "periksa").startswith("Minta kantor memeriksa keduanya")
    assert step("salinan_lama", "periksa") == "Minta laporan tanggal itu yang sebenarnya."


def test_actions_are_added_within_the_year():
    counts = tables(COUNTS)["counts"]
    facts = gather(counts, tables()["claims"], date(2024, 11, 12), {})["64.02"]
    start = date(2023, 12, 31)
    assert actions.done(facts, "blanko_dimusnahkan", start, date(2024, 11, 12)).count == 7
    assert actions.done(facts, "blanko_dimusnahkan", date(2023, 1, 1), date(2024, 11, 12)).count == 507
    assert actions.done(facts, "mitra", start, date(2024, 11, 12)) is None


def test_sums_say_of_how_many_and_missing_is_not_zero(made):
    """Paser 100 + 25, Kutai Kartanegara 7: 132 of two regencies; nobody told of names."""
    table = undertakings.answer(made("64"), numbers())[0].payload
    by_name = {row[0]: row[1:] for row in table["rows"]}
    assert by_name["Paser"] == ["125", "–", "–", "–", "–"]
    assert by_name["Kutai Kartanegara"][0] == "7"
    assert by_name["Berau"] == ["–"] * 5
    assert by_name["Jumlah"] == ["132 (2 dari 10)", "–", "–", "–", "–"]
    assert "– tidak dilaporkan; kosong bukan nol." in table["notes"]
    assert table["spanners"] == [{"label": "Usul penonaktifan", "first": 2, "last": 4}]


def test_recorded_on_the_spot_is_told_of_those_that_report_both(made):
    told = undertakings.answer(made("64"), numbers())[2].plain
    assert told == "Dari 8 NIK baru usia wajib KTP, 6 orang langsung direkam; 2 belum (1 dari 10 kabupaten/kota)."


def test_every_action_of_the_catalogue_has_a_column(catalog):
    shown = {key for _, words in undertakings._GROUPS for key in words}
    assert shown == {measure.id for measure in actions.measures(catalog)}


def test_a_regency_sees_its_own_actions_with_their_reports(made):
    table = undertakings.answer(made("64.01"), numbers())[0].payload
    assert table["rows"][0] == ["Blangko KTP-el yang dimusnahkan", "125", "keping", "2", "12 Nov 2024"]
    assert table["rows"][-1] == ["Mitra kegiatan", "–", "mitra", "–", "–"]


def test_without_any_report_there_is_one_honest_line(briefing):
    shown = undertakings.answer(briefing("64", "2024-11-12"), None)
    assert [part.plain for part in shown] == ["Belum ada laporan tindakan program 2024 sampai 12 November 2024."]


def test_a_denominator_alone_is_no_report(made, catalog):
    day = date(2024, 11, 12)
    assert delivery(made("64").facts("64.01"), catalog, day).on_day
    nothing = delivery(made("64").facts("64.07"), catalog, day)
    assert (nothing.on_day, nothing.newest, nothing.age) == (False, None, None)


def test_who_reported_and_how_old_the_newest_figure_is(made):
    """31 October to 12 November are 12 days, 13 June to 12 November 152; two days had reports."""
    table = quality.offices(made("64"), numbers())[0].payload
    assert table["rows"][:4] == [
        ["Paser", "ada", "2 dari 2", "12 Nov 2024", "0", "ya"],
        ["Kutai Kartanegara", "belum ada", "1 dari 2", "31 Okt 2024", "12", "ya"],
        ["Berau", "belum ada", "0 dari 2", "13 Jun 2024*", "152", "ya"],
        ["Kutai Barat", "belum ada", "0 dari 2", "–", "–", "ya"],
    ]
    assert table["notes"][-1] == "Kumpulan data ini tidak mencatat kiriman, maka konfirmasi kantor tidak diketahui."
    assert quality.reported(made("64")).startswith(
        "1 dari 10 kabupaten/kota melaporkan keadaan 12 November 2024; belum"
    )


def test_of_a_regency_it_is_told_in_sentences_with_the_source(made):
    told = quality.offices(made("64.03"), numbers())[0].plain.splitlines()
    assert told == [
        "Laporan keadaan 12 November 2024 belum ada.",
        "Hari laporan dengan jumlah pada 2024: 0.",
        "Angka terbaru: 13 Juni 2024 (angka publikasi), 152 hari sebelum hari periode [1].",
        "Kumpulan data ini tidak mencatat kiriman, maka konfirmasi kantor tidak diketahui.",
    ]


def journal() -> dict:
    """A delivery, and that Paser's office stands by one of its three figures of 12 November."""
    line = dict.fromkeys(frames.JOURNAL, "") | {"file": "a.xlsx", "when": "2024-11-12T08:00:00"}
    said = dict.fromkeys(frames.TABLES["confirmations"], "") | {
        "region_code": "64.01", "as_of": "2024-11-12", "precision": "hari", "measure": "blanko_dimusnahkan",
        "statement": "p-nov", "count": "25", "by": "Kabid", "confirmed_on": "2024-11-13",
    }  # fmt: skip
    return {
        "journal": frames.pd.DataFrame([line]),
        "confirmations": frames.pd.DataFrame([said]),
    }


def test_whether_the_office_stands_by_its_figures(made):
    table = quality.offices(made("64", **journal()), numbers())[0].payload
    assert [column["label"] for column in table["columns"]][-1] == "Konfirmasi"
    assert [row[-1] for row in table["rows"][:2]] == ["sebagian", "–"]
    told = quality.offices(made("64.01", **journal()), numbers())[0].plain
    assert told.endswith("Dikonfirmasi kantor: 1 dari 3 angka keadaan 12 November 2024.")


ABOVE = [
    line
    for code, more in [("64.71", 50), ("64.71.01", 11), ("64.71.02", 12), ("64.71.03", 13), ("64.71.04", 14)]
    for line in (f"{code} rekam_ktp_el 2024-11-12 {100 + more} s", f"{code} wajib_ktp 2024-11-12 100 s dinamis")
]


def items(briefing: Briefing, heading: str) -> list[str]:
    blocks = quality.found(briefing, numbers())[1].payload["blocks"]
    return next(block["items"] for block in blocks if block["heading"] == heading)


def test_findings_stand_by_severity_and_rule_with_what_to_do(made):
    told = items(made("64.71", ABOVE, []), "Periksa: Pembilang melebihi penyebut")
    assert told[0].startswith("Kota Balikpapan. KTP-el, 12 November 2024: pembilang 150 melebihi penyebut 100")
    assert [line.partition(".")[0] for line in told[1:5]] == [
        "Kecamatan Balikpapan Timur (Kota Balikpapan)",
        "Kecamatan Balikpapan Barat (Kota Balikpapan)",
        "Kecamatan Balikpapan Utara (Kota Balikpapan)",
        "Kecamatan Balikpapan Tengah (Kota Balikpapan)",
    ]
    assert told[-1] == "Yang dilakukan: minta kantor memeriksa keduanya, mulai dari tanggal penarikannya."


def test_the_province_counts_what_many_kecamatan_share(made):
    told = items(made("64", ABOVE, []), "Periksa: Pembilang melebihi penyebut")
    assert len(told) == 3
    assert told[1] == "Kota Balikpapan: 4 temuan serupa pada kecamatan atau bagiannya."


def test_the_message_counts_the_findings(briefing):
    """Published figures of the province: 18 to ask about and 20 to know (see the finding's own tests)."""
    found = quality.message(briefing("64", "2024-11-12"), None)[0].plain.splitlines()
    assert re.fullmatch(r"\d+ temuan dalam data sampai 12 November 2024: \d+ periksa dan \d+ catat\.", found[0])
    counted = [int(number) for number in re.findall(r"\d+", found[0].replace("12 November 2024", ""))]
    assert counted[0] == counted[1] + counted[2] == len(briefing("64", "2024-11-12").findings_within)
    assert found[1:] == [
        "Tidak ada kabupaten/kota yang ditahan.",
        "Belum ada kabupaten/kota yang melaporkan keadaan 12 November 2024.",
    ]


def test_a_regency_that_cannot_be_right_is_named_with_the_reason(made):
    """More activations than recorded people: Paser is withheld, the other nine are not."""
    wrong = ["64.01 rekam_ktp_el 2024-11-12 90 s", "64.01 aktif_ikd 2024-11-12 95 s"]
    briefing = made("64", wrong, [])
    assert quality.withheld(briefing) == "Ditahan: Kabupaten Paser."
    table, why = quality.offices(briefing, SourceNumbers(tables(wrong)["sources"]))
    assert [row[-1] for row in table.payload["rows"]] == ["ditahan", *["ya"] * 9]
    assert why.plain.startswith("Kabupaten Paser ditahan. ") and "95 orang, lebih banyak daripada" in why.plain


def test_sources_that_say_the_same_are_told_once(made):
    """Three statements of one frozen denominator: two say 500, one says 501."""
    same = [f"64.01 wajib_ktp 2023-12-31 {count} {name} beku" for count, name in [(500, "a"), (500, "b"), (501, "c")]]
    told = items(made("64.01", same, []), "Periksa: Penyebut beku yang berubah")[0]
    assert "500 menurut “a” dan 1 sumber lain dan 501 menurut “c”" in told
