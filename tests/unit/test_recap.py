"""The province's overview: the sheet, who carries the gap, what moved, and small numbers that stay hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from handmade import tables
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import aim, line

from adminduk.basis.agenda import Agreed, Decision
from adminduk.basis.dates import AsOf
from adminduk.basis.errors import ParameterError
from adminduk.basis.params import check_params
from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure import recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.districts import lifted, withheld
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.steps import rounded_to_sum, step, steps
from adminduk.present import burden, decisions, districts, movement, tally, wording
from adminduk.present.recap import sheet
from adminduk.present.sources import SourceNumbers

CODES = ["64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.11", "64.71", "64.72", "64.74"]
BONTANG = {"64.74.01": "Bontang Utara", "64.74.02": "Bontang Selatan", "64.74.03": "Bontang Barat"}


@pytest.fixture(scope="module")
def made(paths, regions):
    """``made(counts)``: the province's briefing on lines of counts, and its source numbers."""
    book, period = load_rulebook(paths), load_period(paths, "2024-11-12")

    def make(counts, **changed):
        written = tables(counts)
        own = Briefing(written, book, regions.province, period.model_copy(update=changed))
        return own, SourceNumbers(written["sources"])

    return make


def certificates(*held: int, day: str = "2024-11-12", base: int = 1000) -> list[str]:
    """Children with a certificate, regency by regency in the order of the codes; ``base`` children in each."""
    lines = []
    for code, have in zip(CODES, held, strict=False):
        lines += [f"{code} milik_akta_0_17 {day} {have} f@{day}", f"{code} anak_0_17 {day} {base} f@{day} dinamis"]
    return lines


def table_of(parts) -> dict:
    return next(part.payload for part in parts if part is not None and part.kind == "table")


def said(parts) -> str:
    return " ".join(part.plain for part in parts if part is not None and part.kind == "sentence")


# --- the sheet ---


def test_the_sheet_has_the_regencies_by_code_then_the_province(briefing, published):
    shown = sheet(briefing("64", "2024-11-12"), SourceNumbers(published["sources"])).payload
    assert [row["detail"].split(" ")[0] for row in shown["rows"]] == [*CODES, "64"]
    assert [row["total"] for row in shown["rows"]] == [False] * 10 + [True]
    heads = {head["label"]: (head["target"], head["detail"]) for head in shown["columns"]}
    assert heads["KTP-el"] == ("target 99,40%", "dari wajib KTP")
    assert heads["IKD"] == ("target 30%", "dari wajib KTP")
    assert heads["PKS"] == ("tanpa target 2024", "jumlah")


def test_what_is_asked_of_each_regency_judges_no_sum_of_them(made):
    """At least 15 offices with an agreement in each regency: ten times 14 are 140, and none of the ten has enough."""
    own, numbers = made([f"{code} pks_opd 2023-10-31 14 f@1" for code in CODES], as_of=date(2023, 10, 31))
    shown = sheet(own, numbers).payload
    place = [head["label"] for head in shown["columns"]].index("PKS")
    assert shown["columns"][place]["target"] == "target 15 per daerah"
    cells = [row["cells"][place] for row in shown["rows"]]
    assert [(cell["state"], cell["value"]) for cell in cells] == [("missed", "14")] * 10 + [("plain", "140")]
    (entry,) = [entry for entry in own.entries if entry.indicator.id == "pks_opd"]
    assert wording.verdict(entry.rows[0], entry.indicator) == "target 15 per daerah"


@pytest.mark.parametrize(
    "code, indicator, cell",
    [
        ("64", "KTP-el", ("reached", "99,65%", "", [])),
        ("64", "Akta kelahiran 0-17 tahun", ("missed", "98,78%", "", ["kurang 2.717 akta"])),
        ("64", "IKD", ("missed", "5,75%", "", ["kurang 698.192 aktivasi"])),
        ("64", "Buku Pokok Pemakaman", ("none", "", "", ["pernyataan tanpa angka", "19 Nov 2024"])),
        ("64.71", "KTP-el", ("reached", "99,98%", "*", ["13 Jun 2024"])),
        ("64.01", "KTP-el", ("reached", "101,18%", "†", ["15 Apr 2022, target 99,3%"])),
        (
            "64.01",
            "Akta kelahiran 0-17 tahun",
            ("missed", "95,94%", "", ["kurang 996 akta", "15 Apr 2022, target 97%"]),
        ),
        ("64.03", "IKD", ("missed", "1,74%", "*", ["13 Jun 2024", "penyebut tidak disebut"])),
        ("64.72", "IKD", ("none", "", "", ["sekitar 21.745 aktivasi", "tanpa penyebut, 30 Okt 2023"])),
        ("64.07", "IKD", ("none", "", "", ["belum ada angka"])),
    ],
)
def test_a_cell_says_its_figure_and_what_the_head_does_not(briefing, published, code, indicator, cell):
    shown = sheet(briefing("64", "2024-11-12"), SourceNumbers(published["sources"])).payload
    place = [head["label"] for head in shown["columns"]].index(indicator)
    row = next(row for row in shown["rows"] if row["detail"].split(" ")[0] == code)
    found = row["cells"][place]
    assert (found["state"], found["value"], found["mark"], found["small"]) == cell


def test_a_regency_that_is_not_printed_is_not_told(made):
    """More activated than recorded cannot be: the sheet withholds the regency, and no share is taken of it."""
    wrong = ["64.11 aktif_ikd 2024-11-12 20 f@2024-11-12", "64.11 rekam_ktp_el 2024-11-12 10 f@2024-11-12"]
    own, numbers = made([*certificates(*[900] * 10), *wrong])
    assert list(own.stopped) == ["64.11"]
    withheld_row = sheet(own, numbers).payload["rows"][6]
    assert {tuple(cell["small"]) for cell in withheld_row["cells"]} == {("ditahan, perlu diperbaiki",)}
    assert "64.11" not in [share.region_code for share in recap.burdens(own)[0].shares]
    assert "Angka Kabupaten Mahakam Ulu ditahan sampai diperbaiki." in said(tally.answer(own, numbers))


# --- who carries the gap ---


def test_who_carries_the_gap_worked_by_hand(made):
    """Of 990 asked for in each: 50, 30, 15 and 5 short, together 100; the first two carry 80 %."""
    own, numbers = made(certificates(975, 940, 990, 1000, 985, 960, 990, 990, 990, 990))
    (found,) = recap.burdens(own)
    assert [(share.region_code, share.gap) for share in found.shares] == [
        ("64.02", 50), ("64.09", 30), ("64.01", 15), ("64.08", 5)]  # fmt: skip
    assert (found.gap, len(found.most()), found.is_complete) == (100, 2, True)
    answer = burden.answer(own, numbers)
    assert [row[1:] for row in table_of(answer)["rows"]] == [
        ["94,00%", "50", "50,00%", "50,00%"],
        ["96,00%", "30", "30,00%", "80,00%"],
        ["97,50%", "15", "15,00%", "95,00%"],
        ["98,50%", "5", "5,00%", "100,00%"],
    ]
    assert (
        "dua daerah (Kutai Kartanegara dan Penajam Paser Utara) menanggung 80,00% dari 100 akta yang kurang; "
        "4 dari 10 kabupaten/kota di bawah target 99%."
    ) in said(answer)


def test_the_province_may_be_short_of_fewer_than_its_regencies(made):
    """9,810 of 10,000 held, 9,900 asked for: 90 short; the one with 1,000 of 1,000 does not close the others' 100."""
    own, numbers = made(certificates(975, 940, 990, 1000, 985, 960, 990, 990, 990, 990))
    notes = table_of(burden.answer(own, numbers))["notes"]
    assert notes == [
        "Kelebihan sebuah daerah tidak menutup kekurangan daerah lain, maka jumlahnya melebihi kekurangan provinsi "
        "(Akta kelahiran 0-17 tahun kurang 90)."
    ]


def test_missing_parts_are_said(made):
    own, numbers = made(certificates(975, 940, 990, 1000, 985, 960, 990))
    answer = burden.answer(own, numbers)
    assert "(7 dari 10 kabupaten/kota)" in table_of(answer)["groups"][0]["label"]
    assert "(angka dimuat untuk 7 dari 10)" in said(answer)


# --- what moved ---


def test_what_moved_worked_by_hand(made):
    """1,000 children in each of ten at both dates; 900 held in each, then 1,000 in the first alone: a point more."""
    before = certificates(*[900] * 10, day="2023-12-31")
    own, numbers = made([*before, *certificates(1000, *[900] * 9)])
    moved = step(own, own.catalog.indicators["akta_kelahiran_0_17"])
    assert (str(moved.since), str(moved.until)) == ("2023-12-31", "2024-11-12")
    assert (moved.movement.documents, moved.movement.base) == (Fraction(1, 100), 0)
    assert movement.effects(moved) == ([1000, 0], [1000, *[0] * 9], [1000, 0])
    answer = movement.answer(own, numbers)
    assert "naik 1,000 poin persen dari 31 Desember 2023 sampai 12 November 2024" in said(answer)
    assert "sumbangan terbesar Paser (+1,000)" in said(answer)


def test_the_date_nearest_to_the_one_compared_with_is_taken(made):
    days = ["2023-06-30", "2024-01-15", "2024-10-31"]
    earlier = [line for day in days for line in certificates(*[900] * 10, day=day)]
    own, _ = made([*earlier, *certificates(*[901] * 10)])
    akta = own.catalog.indicators["akta_kelahiran_0_17"]
    assert str(step(own, akta).since) == "2024-01-15"  # 15 days from 31 December 2023
    alone, _ = made([*earlier, *certificates(*[901] * 10)], compared_with=None)
    assert str(step(alone, akta).since) == "2024-10-31"


def test_nothing_is_decomposed_without_every_regency(made, briefing, published):
    own, numbers = made([*certificates(*[900] * 10, day="2023-12-31"), *certificates(*[900] * 9)])
    assert steps(own, own.catalog) == ()
    assert [part.kind for part in movement.answer(briefing("64", "2024-11-12"), numbers)] == ["sentence"]


shares = st.fractions(min_value=-1, max_value=1, max_denominator=10**6)


@given(st.lists(shares, min_size=1, max_size=12))
def test_printed_effects_add_up_and_stay_next_to_the_exact_ones(values):
    unit = movement.UNIT
    printed = rounded_to_sum(values, unit)
    assert abs(sum(printed) * unit - sum(values)) <= unit / 2
    assert all(abs(one * unit - value) < unit for one, value in zip(printed, values, strict=True))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=10, max_size=10))
def test_the_printed_table_adds_up(made, pairs):
    before = certificates(*(one for one, _ in pairs), day="2023-12-31")
    own, numbers = made([*before, *certificates(*(other for _, other in pairs))])
    rows = {row[0]: row[1] for row in table_of(movement.answer(own, numbers))["rows"]}
    change = thousandth(rows["Perubahan"])
    assert thousandth(rows["Tambahan pembilang"]) + thousandth(rows["Perubahan penyebut"]) == change
    assert sum(thousandth(rows[own.regions.get(code).short_name]) for code in CODES) == change
    assert thousandth(rows["di antaranya cakupan"]) + thousandth(rows["di antaranya susunan"]) == change


def thousandth(text: str) -> int:
    """ "−0,790" -> -790."""
    digits = int("".join(char for char in text if char.isdigit()))
    return -digits if "\N{MINUS SIGN}" in text else digits


# --- kecamatan ---


def kecamatan(code: str, have: int, of_all: int) -> list[str]:
    day = "2024-11-12"
    return [f"{code} milik_akta_0_17 {day} {have} f@{day}", f"{code} anak_0_17 {day} {of_all} f@{day} dinamis"]


def test_kecamatan_with_most_people_short_come_first(made):
    """Of 1,000 each with 990 asked for: 40 and 90 short; the third has 992."""
    own, numbers = made([
        *certificates(*[900] * 10),
        *(line for code, have in zip(BONTANG, (950, 900, 992), strict=True) for line in kecamatan(code, have, 1000)),
    ])  # fmt: skip
    answer = districts.answer(own, numbers)
    assert table_of(answer)["rows"] == [
        ["Bontang Selatan", "Bontang", "1.000", "900", "100", "90,00%", "90"],
        ["Bontang Utara", "Bontang", "1.000", "950", "50", "95,00%", "40"],
    ]
    assert "dua kecamatan menanggung seluruh 130 akta yang kurang; semuanya di Bontang." in said(answer)


def test_a_small_number_is_withheld_with_those_that_would_give_it_back(made):
    """4 without of 300: hidden, and with it the cheapest row; without it the regency's sums would give them back."""
    own, numbers = made([
        *certificates(*[900] * 10),
        *(line for code, (have, of_all) in zip(BONTANG, ((296, 300), (900, 1000), (950, 1000)), strict=True)
          for line in kecamatan(code, have, of_all)),
    ])  # fmt: skip
    found = lifted(own, own.catalog.indicators["akta_kelahiran_0_17"])
    assert {district.code for district in found.hidden} == {"64.74.01", "64.74.02"}
    rows = table_of(districts.answer(own, numbers))["rows"]
    assert rows[0] == ["Bontang Barat", "Bontang", "1.000", "950", "50", "95,00%", "40"]
    assert [row[3:] for row in rows[1:]] == [["dirahasiakan"] * 4] * 2
    assert "seluruh 40 akta" in said(districts.answer(own, numbers))


areas = st.integers(0, 30).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


@settings(deadline=None)
@given(st.lists(areas, min_size=2, max_size=7), st.integers(2, 8))
def test_what_is_withheld_follows_from_no_sum(rows, threshold):
    """Not one hidden number is fixed by the printed ones, the totals of the rows, and those of their regency."""
    known = {f"64.74.{n:02d}": row(have, of_all) for n, (have, of_all) in enumerate(rows, 1)}
    hidden = withheld(known, threshold)
    small = {code for code, one in known.items() for part in halves(one) if 0 < part < threshold}
    assert small <= hidden
    unknown = [(code, half) for code in sorted(hidden) for half in (0, 1)]
    sums = [[code == line for line, _ in unknown] for code in sorted(hidden)]
    sums += [[half == column for _, column in unknown] for half in (0, 1)]
    system = np.array(sums, dtype=float)
    for place in range(len(unknown)):
        asked = np.zeros((1, len(unknown)))
        asked[0, place] = 1
        fixed = np.linalg.matrix_rank(np.vstack([system, asked])) == np.linalg.matrix_rank(system)
        assert not fixed, (rows, threshold, unknown[place])


def row(have: int, of_all: int) -> IndicatorRow:
    when = AsOf.parse("2024-11-12")
    return IndicatorRow("64.74", "akta_kelahiran_0_17", "anak_0_17", when, "ok", have, of_all)


def halves(one: IndicatorRow) -> tuple[int, int]:
    return one.numerator, one.denominator - one.numerator


# --- findings and decisions ---


def test_findings_are_told_as_numbers_only(made):
    own, numbers = made(["64.71 rekam_ktp_el 2024-11-12 120 f@x", "64.71 wajib_ktp 2024-11-12 100 f@x dinamis"])
    shown = table_of(tally.answer(own, numbers))
    counted = {row[0].split(":")[0]: int(row[1]) for row in shown["rows"]}
    assert counted["tolak"] + counted["periksa"] + counted["catat"] == counted["Jumlah"] == len(own.findings_within)
    assert counted["periksa"] >= 1


def test_decisions_below_target_name_who_carries_most(made):
    own, _ = made(certificates(975, 940, 990, 1000, 985, 960, 990, 990, 990, 990))
    assert decisions.items(own) == [
        (
            "Pembagian kekurangan akta kelahiran 0-17 tahun",
            "Capaian 98,10% dari anak usia 0-17 tahun, target 99% tahun 2024, kurang 90 akta; dua daerah (Kutai "
            "Kartanegara dan Penajam Paser Utara) menanggung 80,00% dari 100 akta yang kurang (dijumlahkan "
            "per daerah).",
        )
    ]


def test_a_decision_past_due_comes_first_until_it_is_closed(made):
    agreed = Decision(nomor=2, keputusan="Jemput bola di lima kecamatan.", penanggung_jawab=("64.02", "64.11"),
                      tenggat=date(2024, 6, 30))  # fmt: skip
    late = Agreed(agreed, "2023-10-31", "berjalan", "tiga kecamatan")
    own, _ = made(certificates(*[995] * 10), agreed=(late,))
    assert decisions.items(own) == [
        (
            "Keputusan 2 dari periode 31 Oktober 2023",
            "Jemput bola di lima kecamatan: lewat tenggat 30 Juni 2024, status berjalan, penanggung jawab Kabupaten "
            "Kutai Kartanegara dan Kabupaten Mahakam Ulu.",
        )
    ]
    for changed in (replace(late, status="selesai"), replace(late, status="batal")):
        assert decisions.items(made(certificates(*[995] * 10), agreed=(changed,))[0]) == []


def test_plans_that_do_not_meet_are_put_before_the_meeting(made):
    """Ten targets of 98,5 % of 1,000 children ask for 9,850 certificates, the province's 99 % for 9,900."""
    lines = [*(aim(code, "98.5") for code in CODES), aim("64", "99")]
    lines += [line(pelaksana=code, lokasi="64.71", pagu_berikutnya=1_000_000) for code in ("64", "64.71")]
    told = decisions.items(made(certificates(*[995] * 10), program=tuple(lines))[0])
    assert [subject for subject, _ in told] == ["Target akta kelahiran 0-17 tahun", "Pembiayaan lebih dari sekali"]
    assert told[0][1].startswith("Jumlahnya kurang 50 akta dari target provinsi; kenaikan terkecil")
    assert told[1][1].endswith("bersama-sama Rp2.000.000.")


def test_statements_that_differ_ask_for_a_choice(made):
    own, _ = made([
        "64.71 anak_0_17 2024-11-12 100 f@x dinamis", "64.71 anak_0_17 2024-11-12 120 f@y dinamis",
        "64.71 anak_0_17 2024-11-12 120 f@z dinamis",
    ])  # fmt: skip
    assert decisions.items(own) == [
        (
            "Pernyataan yang berbeda",
            "1 angka dari 1 kabupaten/kota disebut berbeda oleh dua pernyataan; uraiannya disampaikan kepada dinasnya "
            "untuk ditetapkan.",
        )
    ]


def test_the_provinces_own_statements_are_put_before_the_meeting(made):
    own, _ = made([
        "64 anak_0_17 2024-11-12 100 f@x dinamis", "64 anak_0_17 2024-11-12 120 f@y dinamis",
    ])  # fmt: skip
    ((subject, text),) = decisions.items(own)
    assert subject == "Pernyataan berbeda, Provinsi Kalimantan Timur"
    assert text.endswith("12 November 2024: 100 dan 120; perlu ditetapkan yang dipakai.")


def test_regencies_below_a_target_that_the_province_reaches_are_named(made):
    """995 of 1,000 in nine, 980 in one: 9,935 of 10,000 together; Berau is 10 short of 99 %."""
    own, _ = made(certificates(995, 995, 980, *[995] * 7))
    assert decisions.items(own) == [
        (
            "Kabupaten/kota di bawah target akta kelahiran 0-17 tahun",
            "12 November 2024: Berau menanggung seluruh 10 akta yang kurang.",
        )
    ]


def test_the_threshold_is_checked_with_all_other_params(cloned, tmp_path):
    project = cloned(tmp_path)
    project.parameters("disclosure").write_text("threshold: 1\nbecause: terlalu kecil\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"params/disclosure\.yml: threshold"):
        check_params(project)
