"""The rules at their edges: what they find, what they leave, and that the order of rows makes no difference."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from handmade import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.basis import frames
from adminduk.basis.checks import Finding
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.checks import CHECKS, review, stopping, stops
from adminduk.measure.evidence import Evidence, Scope
from adminduk.measure.series_checks import outliers

LAST = date(2024, 11, 12)


@pytest.fixture(scope="module")
def book(paths):
    return load_rulebook(paths)


@pytest.fixture(scope="module")
def check(book):
    """``check(counts, claims)``: (rule, as_of) of everything that is found in a region."""

    def found(counts, claims=(), within="64.71", until=date.max):
        evidence = Evidence(tables(counts, claims), book, Scope(LAST, until, within))
        rules = [name for name in CHECKS if name != "daerah_tanpa_data"]
        return [(item.rule, item.as_of) for item in review(evidence, rules)]

    return found


def stock(*counts: str, measure: str = "rekam_ktp_el", kind: str = "") -> list[str]:
    """A series of one numerator: "2024-01-15 1000"."""
    return [f"64.71 {measure} {line} s{number} {kind}" for number, line in enumerate(counts)]


# 0.15 % of 100,000 in 30 days is 150; from 1 to 31 January are 30 days.
@pytest.mark.parametrize(("count", "told"), [("99850", []), ("99849", [("stok_turun", "2024-01-31")])])
def test_a_stock_may_fall_a_little(check, count, told):
    assert check(stock("2024-01-01 100000", f"2024-01-31 {count}")) == told


@pytest.mark.parametrize(
    "counts",
    [
        stock("2024-01-01 100000", "2024-01-31 ~90000"),  # approximate
        stock("2024-01-01 100000", "2024-01-31 !90000"),  # unusable
        stock("2023 100000", "2024-01-31 90000"),  # of a year only
        stock("2024-01-31 100000", "2024-01 90000"),  # the same month
        [*stock("2024-01-01 100000", kind="beku"), *stock("2024-01-31 90000", kind="dinamis")],
        stock("2024-01-01 100000", "2024-01-31 90000", measure="jemput_bola_terekam"),  # an action, not a stock
        ["64.71 rekam_ktp_el/L 2024-01-01 100000 a", "64.71 rekam_ktp_el/L 2024-01-31 90000 b"],
    ],
)
def test_what_is_not_comparable_does_not_fall(check, counts):
    assert check(counts) == []


def test_a_month_is_granted_whole(check):
    """January to February is at most 59 days: 0.15 % * 59 / 30 of 100,000 is 295."""
    assert check(stock("2024-01 100000", "2024-02 99705")) == []
    assert check(stock("2024-01 100000", "2024-02 99704")) == [("stok_turun", "2024-02")]


def test_one_wrong_figure_is_told_once_and_so_is_a_new_level(check):
    days = ("2024-01-15", "2024-01-31", "2024-02-15", "2024-02-29")
    wrong = stock(*map(" ".join, zip(days, ("100000", "10000", "100100", "100200"), strict=True)))
    level = stock(*map(" ".join, zip(days, ("100000", "90000", "90100", "90200"), strict=True)))
    assert check(wrong) == [("stok_turun", "2024-01-31")]
    assert check(level) == [("stok_turun", "2024-01-31")]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_outliers_are_points_that_fit_neither_neighbour_nor_the_last_that_fitted(values):
    class Point:
        def __init__(self, place, count):
            self.as_of, self.count = type("Day", (), {"first": place, "last": place}), count

    points = [Point(*pair) for pair in enumerate(values)]
    found = [*outliers(points, lambda one, other: abs(one.count - other.count) > 2)]
    assert all(abs(before.count - point.count) > 2 for before, point in found)
    assert found == [] or max(values) - min(values) > 2


# 2 % of 100,000 in 30 days is 2,000.
@pytest.mark.parametrize(("count", "told"), [("52000", []), ("52001", [("lonjakan", "2024-01-31")])])
def test_a_stock_rises_no_faster_than_offices_work(check, count, told):
    whole = [f"64.71 wajib_ktp 2024-01-{day} 100000 s{number} dinamis" for number, day in enumerate(("01", "31"))]
    assert check([*stock("2024-01-01 50000", f"2024-01-31 {count}"), *whole]) == told


def test_without_a_denominator_no_pace_is_judged(check):
    assert check(stock("2024-01-01 50000", "2024-01-31 90000")) == []


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2024-08-31 20000", "2024-09-15 20000", [("salinan_lama", "2024-09-15")]),  # 20,000 * 15 = 300,000
        ("2024-08-31 19999", "2024-09-15 19999", []),
        ("2024-09-06 90000", "2024-09-15 90000", []),  # nine days
        ("2024-09-05 90000", "2024-09-15 90000", [("salinan_lama", "2024-09-15")]),
        ("2024-08-31 20000", "2024-09-15 20001", []),
    ],
)
def test_a_copy_is_told_where_something_must_have_changed(check, first, second, told):
    assert check(stock(first, second)) == told


def test_a_copy_of_an_older_report_is_no_fall_besides(check):
    counts = stock("2024-08-15 20000", "2024-08-31 20300", "2024-09-15 20000")
    assert check(counts) == [("salinan_lama", "2024-09-15")]


def test_a_copied_file_is_told_of_the_area_that_it_covers(check):
    """The kecamatan repeats its count too, and what it had gained in between is no fall of its own."""
    counts = [
        f"{code} rekam_ktp_el {day} {count} {day}"
        for code, counted in (("64.71", (90000, 91000, 90000)), ("64.71.01", (25000, 25300, 25000)))
        for day, count in zip(("2024-08-15", "2024-08-31", "2024-09-15"), counted, strict=True)
    ]
    assert check(counts) == [("salinan_lama", "2024-09-15")]
    assert check(counts[3:]) == [("salinan_lama", "2024-09-15")]
    small = [line.replace(" 25", " 5") for line in counts]  # 5,000 for 31 days alone would say nothing
    assert check(small) == [("salinan_lama", "2024-09-15")]


def test_what_a_regency_shares_with_its_kecamatan_is_told_once(check):
    counts = [
        f"{code} {measure} {day} {count} {day} {kind}"
        for code in ("64.71", "64.71.01")
        for measure, day, count, kind in (
            ("milik_kia", "2023-12-31", 500, ""),
            ("anak_0_16", "2023-12-31", 1000, "beku"),
            ("milik_kia", "2024-01-15", 505, ""),
            ("anak_0_16", "2024-01-15", 1000, "dinamis"),
        )
    ]
    assert check(counts) == [("definisi_berganti", "2024-01-15")]


def test_a_frozen_and_a_moving_denominator_of_one_date_may_differ(check):
    counts = ["64.71 wajib_ktp 2024-06-30 1000 a beku", "64.71 wajib_ktp 2024-06-30 1010 b dinamis"]
    assert check(counts) == []
    assert check([counts[0], "64.71 wajib_ktp 2024-06-30 1010 b beku"]) == [("penyebut_beku_berubah", "2024-06-30")]
    assert check([counts[1], "64.71 wajib_ktp 2024-06-30 1000 a dinamis"]) == [("dua_pernyataan", "2024-06-30")]


def test_a_chosen_statement_is_no_longer_a_finding(book):
    """The population of Penajam Paser Utara at the end of 2024, for which params prefer the national table."""
    said = ["201707 metrotv", "202067 kepmendagri-2024-12-31-penduduk@2024-12-31"]
    lines = [f"64.09 penduduk 2024-12-31 {each}" for each in said]
    assert review(Evidence(tables(lines), book, Scope(LAST, date.max, "64.09")), ["dua_pernyataan"]) == []


def test_parts_are_added_only_when_all_are_there_of_one_kind(check):
    whole, parts = "64.74 milik_kia 2024-09-15 610 a", [f"64.74.0{n} milik_kia 2024-09-15 200 a" for n in (1, 2, 3)]
    assert check([whole, *parts], within="64.74") == [("bagian_bukan_jumlah", "2024-09-15")]
    assert check([whole, *parts[:2]], within="64.74") == []
    assert check([whole, *(part.replace("200 a", "200 a beku") for part in parts)], within="64.74") == []
    assert check([whole.replace("610", "600"), *parts], within="64.74") == []


@pytest.mark.parametrize(
    ("small", "large", "told"),
    [
        ("2024-09-15 1001 a", "2024-09-15 1000 b", True),
        ("2024-09-15 1000 a", "2024-09-15 1000 b", False),
        ("2024-09-15 1001 a", "2024-09-14 1000 b", False),  # another day
        ("2024-09 1001 a", "2024-09 1000 b", False),  # days of one month may differ
        ("2024-09-15 1001 a dinamis", "2024-09-15 1000 b beku", False),  # another register
        ("2024-09-15 ~1001 a", "2024-09-15 1000 b", False),
    ],
)
def test_a_part_is_never_more_than_its_whole(check, small, large, told):
    found = check([f"64.71 anak_0_16 {small}", f"64.71 anak_0_17 {large}"])
    assert (("urutan_salah", "2024-09-15") in found) == told


def test_what_the_wrong_order_says_is_not_said_again_as_above_its_denominator(check):
    counts = ["64.71 aktif_ikd 2024-09-15 1200 a", "64.71 rekam_ktp_el 2024-09-15 1000 a dinamis"]
    assert check(counts) == [("urutan_salah", "2024-09-15")]


def test_what_is_dated_after_the_period_is_not_known(check):
    counts = stock("2024-01-01 100000", "2024-01-31 90000")
    assert check(counts, until=date(2024, 1, 30)) == []


def wrong_order(day: str, code: str = "64.71") -> list[str]:
    return [f"{code} anak_0_16 {day} 1001 {day}", f"{code} anak_0_17 {day} 1000 {day}"]


def stopped(book, counts: list[str], code: str, until: date = LAST) -> list[str]:
    evidence = Evidence(tables(counts), book, Scope(until, until, "64"))
    return [found.region_code for found in stops(stopping(evidence), code)]


def test_a_region_is_stopped_while_the_wrong_figure_is_its_newest(book):
    wrong, right = wrong_order("2024-06-30"), "64.71 anak_0_16 2024-09-30 990 b"
    assert stopped(book, wrong, "64.71") == ["64.71"]
    assert stopped(book, wrong, "64.72") == stopped(book, wrong, "64") == []
    assert stopped(book, [*wrong, right], "64.71") == []
    assert stopped(book, [*wrong, right], "64.71", date(2024, 7, 31)) == ["64.71"]  # the right one not yet known
    assert stopped(book, wrong, "64.71", date(2024, 6, 29)) == []


def test_a_kecamatan_stops_its_regency_and_a_regency_not_its_province(book):
    assert stopped(book, wrong_order("2024-06-30", "64.71.01"), "64.71") == ["64.71.01"]
    assert stopped(book, wrong_order("2024-06-30", "64.71.01"), "64") == []
    assert stopped(book, wrong_order("2024-06-30", "64"), "64") == ["64"]


def stored(*rows: dict) -> pd.DataFrame:
    found = [Finding("64.71", "2024-09-15", origin="a.xlsx:Lembar!D7", **row).row() for row in rows]
    return pd.DataFrame(found, columns=list(frames.FINDINGS), dtype=str)


def test_findings_of_ingest_stand_with_the_computed_ones_and_are_not_told_twice(book):
    counts = [f"64.71 {measure} 2024-09-15 {n} a" for measure, n in (("milik_kia", 9), ("milik_kia/L", 4))]
    given_tables = tables([*counts, "64.71 milik_kia/P 2024-09-15 4 a"])
    values = {"measure": "milik_kia", "male": 4, "female": 4, "total": 9}
    sexes = {"rule": "lk_pr_bukan_jumlah", "severity": "periksa", "values": values}
    column = {"rule": "kolom_tidak_dikenal", "severity": "catat", "values": {"column": "KETERANGAN"}}
    scope = Scope(LAST, LAST, "64.71")
    alone = review(Evidence(given_tables, book, scope))
    both = review(Evidence(given_tables | {"findings": stored(column, sexes)}, book, scope))
    assert [found.rule for found in alone] == ["bagian_bukan_jumlah"]
    assert [found.rule for found in both] == ["lk_pr_bukan_jumlah", "kolom_tidak_dikenal"]
    early = Scope(LAST, date(2024, 9, 14), "64.71")
    assert review(Evidence(given_tables | {"findings": stored(column)}, book, early), ["stok_turun"]) == []


def fortnights(code: str, start: int) -> list[str]:
    """Two years of reports that grow quietly: 0.1 % a fortnight, on a register that grows with them."""
    lines, day = [], date(2023, 1, 15)
    for number in range(44):
        when, grown = day.isoformat(), start * (1000 + number) // 1000
        for measure, share in (("wajib_ktp", 70), ("rekam_ktp_el", 69), ("anak_0_16", 30), ("milik_kia", 20)):
            kind = " dinamis" if measure in ("wajib_ktp", "anak_0_16") else ""
            lines.append(f"{code} {measure} {when} {grown * share // 100} f@{when}{kind}")
        day += timedelta(days=15)
    return lines


def test_a_clean_series_gives_nothing(check):
    parts = {f"64.74.0{n}": 40_000 + 10_000 * n for n in (1, 2, 3)}
    assert check([line for code, start in parts.items() for line in fortnights(code, start)], within="64.74") == []


def test_what_was_published_holds_what_is_known_of_it(book, published):
    """Each of these was looked at: see docs/method for why it is told."""
    evidence = Evidence(published, book, Scope(LAST, date.max, "64"))
    found = {(item.region_code, item.rule, item.as_of) for item in review(evidence) if item.severity == "periksa"}
    told_by_the_counts = {key for key in found if key[1] not in ("persen_tidak_sesuai", "daerah_tanpa_data")}
    assert told_by_the_counts == {
        ("64", "lonjakan", "2020-11"),
        ("64", "stok_turun", "2023-07-31"),
        ("64", "putusan_karena_pembulatan", "2024-11-12"),
        ("64", "pembilang_melebihi_penyebut", "2020-11"),
        ("64.09", "dua_pernyataan", "2025-01"),
        ("64.74", "stok_turun", "2022-05"),
    }
    assert {code for code, rule, _ in found if rule == "daerah_tanpa_data"} == {"64.02", "64.08", "64.11", "64.72"}
    assert {key[::2] for key in found if key[1] == "persen_tidak_sesuai"} == {
        *(("64", when) for when in ("2020-10", "2020-11", "2023-07-31", "2023-10-31")),
        ("64.08", "2020-10-16"),
        ("64.72", "2022-04-15"),
    }
    assert stopping(evidence) == []


@settings(deadline=None, max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(book, published, random):
    def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
        order = list(range(len(frame)))
        random.shuffle(order)
        return frame.iloc[order]

    scope = Scope(LAST, date.max, "64")
    mixed = {name: shuffled(frame) for name, frame in published.items()}
    assert review(Evidence(mixed, book, scope)) == review(Evidence(published, book, scope))


@pytest.mark.parametrize("levels", [0, 1, 2])
@pytest.mark.parametrize("code", ["64", "64.71", "64.08"])
def test_narrower_evidence_is_that_of_the_narrower_scope(code, levels, published, book):
    wide = Evidence(published, book, Scope(LAST, LAST, code))
    assert len(list(wide.histories())) > 0
    narrow, anew = wide.narrow(levels), Evidence(published, book, Scope(LAST, LAST, code, levels))
    assert (narrow.rows, narrow.facts, narrow.stored()) == (anew.rows, anew.facts, anew.stored())
    assert list(narrow.histories()) == list(anew.histories())
    assert review(narrow) == review(anew)
