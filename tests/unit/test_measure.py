"""Targets of their own year, changes within one definition, ranks, days, dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from adminduk.basis.dates import AsOf
from adminduk.basis.holidays import national_holidays
from adminduk.measure import compare, pace
from adminduk.measure.audit import remarks
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.rollup import roll_up
from adminduk.measure.targets import applicable, target_for
from adminduk.present import wording


@pytest.mark.parametrize(
    ("indicator", "region", "as_of", "base", "value"),
    [
        ("kia", "64", "2021-06-15", "anak_0_16", "30"),  # 33 stands beside it, not used
        ("kia", "64", "2022-04-15", "anak_0_16", "40"),
        ("kia", "64", "2024-11-12", "anak_0_16", "60"),
        ("akta_kelahiran_0_17", "64", "2025-06-30", "anak_0_17", None),  # none found officially
        ("ikd", "64", "2024-11-12", "wajib_ktp", "30"),
        ("ikd", "64", "2024-11-12", "rekam_ktp_el", "30"),
        ("ikd", "64.09", "2025-06-30", "wajib_ktp", "20"),  # the regency's own
        ("ikd", "64.71", "2025-06-30", "wajib_ktp", "30"),
        ("ikd", "64.71", "2025-06-30", "rekam_ktp_el", None),  # worded on another base
        ("ikd", "64", "2023-05-15", "tidak_disebut", "25"),  # the same on both bases
        ("ikd", "64.71", "2025-11-17", "tidak_disebut", None),  # worded on one base only
        ("perekaman_ktp_el", "64", "2018-06-28", "wajib_ktp", None),
        ("buku_pokok_pemakaman", "64.71", "2022-06-30", "desa_kelurahan", None),  # a count, no share
        ("perekaman_ktp_el_pemula", "64", "2024-06-13", "pemula", None),
    ],
)
def test_the_target_of_the_own_year_base_and_level(catalog, indicator, region, as_of, base, value):
    target = target_for(catalog.indicators[indicator], region, AsOf.parse(as_of), base)
    assert (str(target.value) if target else None) == value


def test_rivals_stand(catalog):
    stated = applicable(catalog.indicators["kia"], "64", AsOf.parse("2022-04-15"))
    assert sorted((str(target.value), target.used) for target in stated) == [("30", "tidak"), ("40", "ya")]


def test_change_in_points_within_one_kind_of_denominator(briefing, catalog):
    """KIA Paser: 62706/91451 - 53614/86085 = 0.68568... - 0.62280..., both on a frozen register."""
    entry = next(e for e in briefing("64.01", "2022-04-15").entries if e.indicator.id == "kia")
    assert entry.changes[0].count == 62706 - 53614
    assert round(float(entry.changes[0].points) * 100, 2) == 6.29


def test_no_change_in_points_across_kinds_of_denominator(briefing):
    """31 October 2023 does not say which denominator it used; 12 November 2024 moves with the register."""
    entry = next(e for e in briefing("64", "2024-11-12").entries if e.indicator.id == "kia")
    assert entry.changes[0].count == 912264 - 776940
    assert entry.changes[0].points is None


def test_claims_have_no_change(briefing):
    for entry in briefing("64.71", "2024-11-12").entries:
        if any(row.claim for row in entry.rows):
            assert entry.changes == (None,) * len(entry.rows)


def test_year_only_figures_are_compared_with_nothing(briefing, catalog):
    rows = briefing("64.09", "2024-11-12").history(catalog.indicators["ikd"])
    yearly = [row for row in rows if row.as_of.precision == "tahun"]
    assert [(row.numerator, row.denominator) for row in yearly] == [(4650, 135000)]
    assert yearly[0].verdict is None  # both counts are approximate
    assert not any(compare.comparable_counts(yearly[0], other) for other in rows)


def test_rank_needs_half_of_the_regencies(briefing):
    def place(code, period, indicator):
        entry = next(e for e in briefing(code, period).entries if e.indicator.id == indicator)
        return (entry.rank.place, entry.rank.of) if entry.rank else None

    assert place("64.11", "2021-06-15", "kia") == (1, 10)  # Mahakam Ulu 76.24 %, the highest of ten
    assert place("64.02", "2021-06-15", "kia") == (10, 10)  # Kutai Kartanegara 22.48 %
    assert place("64.74", "2022-04-15", "perekaman_ktp_el") == (1, 5)  # Bontang 102.29 % of five
    assert place("64.71", "2024-11-12", "perekaman_ktp_el") is None  # a claim has no rank
    assert place("64", "2021-06-15", "kia") is None  # the province is not one of its regencies


def test_sums_across_a_break_are_refused(briefing, catalog, regions):
    indicator = catalog.indicators["kia"]
    base = briefing("64", "2022-04-15")
    mixed = [row for row in base.history(indicator, "64.01") if row.from_counts]
    assert len(mixed) == 2
    with pytest.raises(ValueError, match="different dates"):
        roll_up(mixed, "64", 10, indicator)


def test_province_has_its_own_figure_and_no_partial_sum(briefing, catalog):
    """Six regencies printed birth certificates on 15 April 2022; the province's own figure stands."""
    rows = briefing("64", "2022-04-15").history(catalog.indicators["akta_kelahiran_0_17"])
    assert not [row for row in rows if row.status == "parsial"]


def test_working_days_to_polling_day():
    """13-15, 18-22, 25-26 November 2024 are ten days; the 27th was made a public holiday."""
    off = national_holidays(date(2024, 11, 12), date(2024, 11, 27))
    assert date(2024, 11, 27) in off
    assert pace.working_days(date(2024, 11, 12), date(2024, 11, 27), off) == 10
    assert pace.needed_per_day(10201, 10) == 1021
    assert pace.needed_per_day(10201, 0) is None


def test_dates_are_as_precise_as_their_source():
    day, month, year = AsOf.parse("2024-10-16"), AsOf.parse("2024-10"), AsOf.parse("2024")
    assert (day.precision, month.precision, year.precision) == ("hari", "bulan", "tahun")
    assert day < month < year
    assert month.known_by(date(2024, 10, 31))
    assert not month.known_by(date(2024, 10, 30))
    assert [str(when) for when in (day, month, year)] == ["2024-10-16", "2024-10", "2024"]
    for wrong in ("2024-13", "2024-02-30", "24-10-01", "Oktober", ""):
        with pytest.raises(ValueError, match=r"bukan|month|day"):
            AsOf.parse(wrong)


def test_a_zero_is_a_number_and_no_gap(catalog):
    """From 0 of 100 to 5 of 100 on one kind of base: five points."""
    rows = [
        _row(as_of="2024-05-31", numerator=0, denominator=100),
        _row(as_of="2024-06-30", numerator=5, denominator=100),
    ]
    change = compare.change(rows[1], rows, date(2024, 5, 31))
    assert (change.count, change.points) == (5, Fraction(5, 100))


def test_a_partial_sum_keeps_its_target_and_gets_no_verdict(catalog):
    parts = [_row(region_code=f"64.0{n}", numerator=50, denominator=100) for n in (1, 2, 3)]
    whole = roll_up(parts, "64", 10, catalog.indicators["perekaman_ktp_el"])
    assert (whole.status, whole.value, whole.verdict, whole.gap) == ("parsial", Fraction(1, 2), None, None)
    assert str(whole.target.value) == "99.40"
    assert wording.verdict(whole, catalog.indicators["perekaman_ktp_el"]) == "belum lengkap, tidak dinilai"


def test_a_zero_denominator_is_said_to_be_one(catalog):
    row = _row(numerator=0, denominator=0, value=None, status="penyebut_nol")
    assert "penyebutnya nol" in wording.verdict(row, catalog.indicators["perekaman_ktp_el"])


def test_approximate_and_year_only_figures_are_not_ranked():
    rows = [_row(region_code=f"64.0{n}", numerator=n, denominator=10) for n in range(1, 6)]
    assert compare.rank(rows[0], rows, 10).place == 5
    assert compare.rank(rows[0], [*rows[:4], replace(rows[4], approximate=True)], 10) is None
    yearly = [replace(row, as_of=AsOf.parse("2024")) for row in rows]
    assert compare.rank(yearly[0], yearly, 10) is None


def test_approximate_counts_accuse_nobody(briefing, catalog):
    """4,650 of 135,000 is 3.44 %, printed as "about 4 %": both counts were called approximate."""
    row = next(r for r in briefing("64.09", "2024-11-12").history(catalog.indicators["ikd"]) if r.from_counts)
    assert row.approximate
    assert remarks(row) == []


def test_published_percentages_of_older_figures_have_their_footnote(briefing):
    """2,767,407 of 2,788,564 is 99.24 %; it was published as 99.40 % on 31 October 2023."""
    found = {(str(r.row.as_of), r.row.indicator): r.claim.percent for r in briefing("64", "2024-11-12").remarks}
    assert found[("2023-10-31", "perekaman_ktp_el")] == "99.40"
    assert found[("2020-10", "kia")] == "37.90"


def _row(**changed) -> IndicatorRow:
    given = {"numerator": 1, "denominator": 10, "as_of": "2024-06-30", **changed}
    value = Fraction(given["numerator"], given["denominator"]) if given["denominator"] else None
    as_of = AsOf.parse(given.pop("as_of"))
    return IndicatorRow(
        **{
            "region_code": "64.71",
            "indicator": "perekaman_ktp_el",
            "base": "wajib_ktp",
            "base_kind": "dinamis",
            "status": "ok",
            "value": value,
            "denominator_as_of": as_of,
            "as_of": as_of,
            **given,
        }
    )
