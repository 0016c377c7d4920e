"""Pace, readiness and projection of a report: published values, values by hand, and the printed numbers read back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
from handmade import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.basis.holidays import LocalHoliday, LocalHolidays, national_holidays
from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.measure.outlook import forecasts, outlooks
from adminduk.measure.pace import Pace
from adminduk.measure.projection import Projection, Refusal
from adminduk.measure.readiness import readiness
from adminduk.present import forecast, outlook, rates
from adminduk.present.sources import SourceNumbers

BASES = {
    "milik_akta_0_17": "anak_0_17",
    "milik_kia": "anak_0_16",
    "rekam_ktp_el": "wajib_ktp",
    "buku_pokok_pemakaman": "desa_kelurahan",
}


@pytest.fixture(scope="module")
def made(paths, regions):
    """``made(lines)``: Balikpapan's briefing on lines of counts, and its source numbers."""
    book = load_rulebook(paths)
    period = load_period(paths, "2024-11-12")

    def make(lines, holidays=(), **changed):
        written = tables(lines)
        own = book if not holidays else type(book)(**{**vars(book), "holidays": LocalHolidays(local=holidays)})
        found = Briefing(written, own, regions.get("64.71"), period.model_copy(update=changed))
        return found, SourceNumbers(written["sources"])

    return make


def report(day: str, measure: str, have: int, of_all: int, kind: str = "dinamis") -> list[str]:
    return [f"64.71 {measure} {day} {have} f@{day}", f"64.71 {BASES[measure]} {day} {of_all} f@{day} {kind}"]


def three(*held: int, of_all: int = 1000) -> list[str]:
    """Certificates on 23 October, 2 and 12 November 2024."""
    days = ("2024-10-23", "2024-11-02", "2024-11-12")
    return [line for day, have in zip(days, held, strict=True) for line in report(day, "milik_akta_0_17", have, of_all)]


def others() -> list[str]:
    """Two more indicators of the day, above their targets, so that the report is a full one."""
    return [*report("2024-11-12", "milik_kia", 700, 1000), *report("2024-11-12", "rekam_ktp_el", 2000, 2010)]


def said(parts) -> str:
    return " ".join(part.plain for part in parts if part is not None and part.kind == "sentence")


def table_of(parts, caption: str) -> dict:
    found = [part.payload for part in parts if part is not None and part.kind == "table"]
    return next(payload for payload in found if caption in payload["caption"])


def whole(text: str) -> int:
    return int(text.replace(".", ""))


# --- what is needed, what was seen ---


def test_the_province_as_published(briefing):
    """49 days to 31 December, 32 of them working: 12 in November, 20 in December (25 holiday, 26 joint leave)."""
    found = {(one.indicator.id, one.row.base): one for one in outlooks(briefing("64", "2024-11-12"))}
    named, recorded = found["ikd", "wajib_ktp"], found["ikd", "rekam_ktp_el"]
    assert [one.required.people for one in (named, recorded)] == [698192, 695132]
    assert (named.required.days, named.required.working_days) == (49, 32)
    assert named.required.per_working_day == 21819  # 698.192 / 32 = 21.818,5
    assert rates.a_day(named.latest) == rates.a_day(recorded.latest) == "210 sampai 733"
    assert named.times == (Fraction(698192, 49) / Fraction(8800, 12), Fraction(698192, 49) / Fraction(8800, 42))
    card = found["perekaman_ktp_el", "wajib_ktp"]
    assert (card.required.people, card.until, card.observed) == (0, date(2024, 11, 27), None)


def test_the_published_sentences(briefing, published):
    parts = outlook.answer(briefing("64", "2024-11-12"), SourceNumbers(published["sources"]))
    pace = "laju teramati 210 sampai 733 per hari, perlu menjadi 19 sampai 68 kali lipat bila penyebut tidak bertambah"
    assert pace in said(parts)
    assert "KTP-el dan KIA sudah mencapai target 2024." in said(parts)
    told = "10.201 orang belum terlayani; 10 hari kerja (13 sampai 26 November 2024), 1.021 orang per hari kerja."
    assert told in said(parts)
    assert "KTP-el pemilih pemula: jumlah keadaan 12 November 2024 belum dimuat; terakhir 71,61%" in said(parts)


def test_the_last_two_reports_and_the_last_six(made):
    """Certificates 900, 905, 910, 915, 920, 930, 950 of 1000: 20 in 12 days, and 45 in 88 days over six reports."""
    days = ("2024-08-01", "2024-08-16", "2024-09-01", "2024-09-16", "2024-10-01", "2024-10-31", "2024-11-12")
    held = (900, 905, 910, 915, 920, 930, 950)
    lines = [line for day, have in zip(days, held, strict=True) for line in report(day, "milik_akta_0_17", have, 1000)]
    (one,) = outlooks(made(lines)[0])
    assert one.latest.per_day == (Fraction(20, 12),) * 2
    assert (one.reports, one.longer.per_day) == (6, (Fraction(45, 88),) * 2)
    assert one.required.people == 40  # 990 - 950
    assert one.times == (Fraction(40, 49) / Fraction(45, 88),) * 2  # 1,596: before anything is rounded
    assert rates.times(one.times) == "1,6"


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ((960, 965, 970), "perlu menjadi 0,8 kali lipat"),
        ((968, 969, 970), "perlu menjadi 4,1 kali lipat"),
        ((970, 970, 970), "tidak bertambah"),
        ((975, 974, 970), "tidak bertambah"),
    ],
)
def test_the_pace_held_against_what_is_needed(made, held, told):
    """20 short in 49 days: 0,408 a day, of 0,5 or 0,1 a day."""
    text = said(outlook.answer(*made([*three(*held), *others()])))
    enough = "laju teramati 0,5 per hari, cukup bila laju itu tetap"
    assert (enough if told.startswith("perlu menjadi 0") else told) in text
    assert "kurang 20 akta; sampai 31 Desember 2024 diperlukan 1 akta per hari (1 per hari kerja)" in text


@pytest.mark.parametrize(
    ("base", "told"),
    [
        (1008, "sisa turun 0,1 per hari karena penyebut juga bertambah, perlu menjadi 5,5 kali lipat"),
        (1020, "sisa tidak turun karena penyebut juga bertambah."),
        (980, "sisa turun 1,5 per hari, cukup bila laju itu tetap"),
    ],
)
def test_a_growing_base_asks_for_more(made, base, told):
    """10 more are served in 20 days. 8 more children ask for 7.92 of them, 2.08 in 20 days are 0.104 a day; 28 short in
    49 days ask for 0.571 a day, 5.49 times as much. 20 more ask for 19.8; 20 fewer spare 19.8: 29.8 in 20 days.
    """
    lines = report("2024-10-23", "milik_akta_0_17", 960, 1000) + report("2024-11-12", "milik_akta_0_17", 970, base)
    assert f"laju teramati 0,5 per hari, {told}" in said(outlook.answer(*made([*lines, *others()])))


def test_pace_and_projection_name_one_day(made):
    """10 more certificates and 5 more children in 20 days: 0.5 - 0.99 / 4 = 0.2525 a day.

    99 % of 1,005 are 994.95, 19.95 short: 79.01 days, so on the 80th.
    """
    lines = []
    for day, have, base in (("2024-10-23", 965, 1000), ("2024-11-02", 970, 1003), ("2024-11-12", 975, 1005)):
        lines += report(day, "milik_akta_0_17", have, base)
    own, _ = made([*lines, *others()])
    (ahead,) = [one for one in forecasts(own) if not one.is_reached]
    (pace,) = [one for one in outlooks(own) if one.indicator.id == ahead.indicator.id]
    assert pace.closing.per_day == (Fraction(2525, 10000),) * 2
    assert ahead.linear.reached == date(2024, 11, 12) + timedelta(days=80)


def test_an_older_figure_of_the_year_has_its_date(made):
    """What is short is that of 31 May; the days to the deadline are counted from the period's day."""
    parts = outlook.answer(*made([*report("2024-05-31", "milik_akta_0_17", 970, 1000), *others()]))
    rows = {cells[0]: cells[1:4] for cells in table_of(parts, "keadaan 12 November 2024")["rows"]}
    assert rows["Akta kelahiran 0-17 tahun, 31 Mei 2024"] == ["20", "1", "1"]
    assert "Teramati" not in said(parts)
    assert "Akta kelahiran 0-17 tahun, 31 Mei 2024: kurang 20 akta" in said(parts)


def test_a_pace_needs_the_newest_figure(made):
    """The newest counts state no kind of base: what was seen before says nothing of how it goes on."""
    lines = [*three(960, 965, 970)[:4], *report("2024-11-12", "milik_akta_0_17", 970, 1000, "tidak_disebut")]
    (one,) = outlooks(made(lines)[0])
    assert (one.observed, one.times) == (None, None)


def test_old_figures_ask_for_no_pace(made):
    lines = report("2023-10-31", "milik_akta_0_17", 900, 1000)
    assert outlooks(made(lines)[0]) == ()
    assert outlook.answer(*made(lines)) == []  # a short report
    assert forecast.answer(*made(lines)) == []


def test_a_full_report_without_counts_says_so(briefing, published):
    parts = outlook.answer(briefing("64.71", "2024-11-12"), SourceNumbers(published["sources"]))
    assert "laju tidak dihitung" in said(parts)
    assert "jumlah keadaan 12 November 2024 belum dimuat" in said(parts)


def test_a_local_holiday_is_no_working_day(made):
    off = LocalHoliday.model_validate({"from": "2024-11-13", "name": "x", "scope": ["64.71"], "source": "y"})
    elsewhere = off.model_copy(update={"scope": ("64.72",)})
    lines = report("2024-11-12", "rekam_ktp_el", 1900, 2000)
    days = [readiness(made(lines, given)[0])[0].required.working_days for given in ((), (off,), (elsewhere,))]
    assert days == [10, 9, 10]
    assert readiness(made(lines, (off,))[0])[0].working == (date(2024, 11, 14), date(2024, 11, 26))


def test_readiness_of_first_time_voters(made):
    lines = ["64.71 rekam_pemula 2024-11-12 800 f", "64.71 pemula 2024-11-12 1000 f dinamis", *others()]
    shown = table_of(outlook.answer(*made(lines)), "Kesiapan")
    assert shown["rows"] == [
        ["KTP-el", "2.010", "2.000", "10", "10", "1"],
        ["KTP-el pemilih pemula", "1.000", "800", "200", "10", "20"],
    ]


def test_no_readiness_without_a_deadline(made):
    own, numbers = made([*three(960, 965, 970), *others()], deadline=None)
    assert readiness(own) == ()
    assert [part.kind for part in outlook.answer(own, numbers)] == ["sentence", "table", "sentence"]


# --- where it leads ---


def test_two_models_reach_the_target(made):
    """970, 975, 980 of 1000: half a certificate a day on a line; 990 twenty days later."""
    (one,) = forecasts(made(three(970, 975, 980))[0])
    assert (one.linear.reached, one.linear.earliest, one.linear.latest) == (date(2024, 12, 2),) * 3
    assert one.logit.reached > one.linear.reached  # odds of 99% are twice those of 98%
    text = said(forecast.answer(*made([*three(970, 975, 980), *others()])))
    assert "target 99% tercapai pada laju sekarang menurut model linear 2 Desember 2024 (rentang 80%" in text


def test_not_before_the_end_of_next_year(made):
    (one,) = forecasts(made(three(500, 501, 502))[0])
    assert (one.linear.reached, one.logit.reached) == (None, None)
    text = said(forecast.answer(*made([*three(500, 501, 502), *others()])))
    assert "target 99% tidak tercapai sebelum 31 Desember 2025 pada laju sekarang" in text
    assert "KTP-el dan KIA sudah mencapai target 2024; tidak diproyeksikan." in text


def test_another_base_is_told_of_where_it_leads_elsewhere(made):
    """28% of a growing wajib KTP for ever; of 9.800 recorded 28 more every ten days, 2.940 on 12 December."""
    lines = others()[:2]
    for day, have, base in (("2024-10-23", 2800, 10000), ("2024-11-02", 2828, 10100), ("2024-11-12", 2856, 10200)):
        lines += [f"64.71 aktif_ikd {day} {have} f@{day}", f"64.71 rekam_ktp_el {day} 9800 f@{day}"]
        lines += [f"64.71 wajib_ktp {day} {base} f@{day} dinamis"]
    wide, narrow = [one for one in forecasts(made(lines)[0]) if one.indicator.id == "ikd"]
    assert (wide.linear.reached, narrow.linear.reached) == (None, date(2024, 12, 12))
    text = said(forecast.answer(*made(lines)))
    assert "IKD dari wajib KTP: target 30% tidak tercapai sebelum 31 Desember 2025" in text
    assert "IKD dari perekaman: target 30% tercapai pada laju sekarang menurut model linear 12 Desember 2024" in text


def test_refusals_with_their_reason(made, briefing, published):
    two = made([*three(960, 965, 970)[2:], *others()])
    assert isinstance(forecasts(two[0])[-1].linear, Refusal)
    assert "angka bertanggal yang sebanding kurang dari 3: akta kelahiran 0-17 tahun (2)." in said(
        forecast.answer(*two)
    )
    over = report("2024-10-23", "milik_akta_0_17", 1010, 1000) + three(960, 965, 970)[2:]
    text = said(forecast.answer(*made([*over, *others()])))
    assert "Tidak diproyeksikan karena pembilangnya melebihi penyebut: akta kelahiran 0-17 tahun." in text
    own = forecast.answer(briefing("64", "2024-11-12"), SourceNumbers(published["sources"]))
    assert [part.kind for part in own] == ["sentence"]
    assert "kurang dari 3: akta kelahiran 0-17 tahun (1), IKD dari wajib KTP (1), dan IKD dari perekaman (1)" in said(
        own
    )


def test_the_chart_tells_its_numbers(made):
    own, numbers = made([*three(970, 975, 980), *others()])
    drawn = next(part.payload for part in forecast.answer(own, numbers) if part.kind == "figure")
    assert "3 laporan dari 97,00% (23 Oktober 2024) sampai 98,00% (12 November 2024); target 99%" in drawn["alt"]
    assert "akta kelahiran 0-17 tahun mencapai target" in drawn["caption"]
    for text in ("target 99%", "Akta kelahiran 0-17 tahun", "99%"):
        assert f">{text}</text>" in drawn["svg"]
    assert forecast.answer(own, numbers)[1].payload["svg"] == drawn["svg"]  # the same bytes each time


def test_a_line_beyond_everybody_is_cut_and_marked(made):
    """970, 975, 980 of 1,000 lead to 1,187 at the end of next year; all steps are equal, so the band has no width."""
    (first, _) = table_of(forecast.answer(*made([*three(970, 975, 980), *others()])), "Hari tercapainya")["rows"]
    assert first[4:] == ["100,00%‡", "100,00%‡"]


def test_nothing_is_reached_before_the_day_of_the_period(made):
    """Four certificates a day since 1 October are 990 on 3 November already; the report is of 12 November."""
    lines = []
    for day, have in (("2024-09-11", 890), ("2024-09-21", 930), ("2024-10-01", 970)):
        lines += report(day, "milik_akta_0_17", have, 1000)
    (ahead,) = [one for one in forecasts(made([*lines, *others()])[0]) if not one.is_reached]
    assert ahead.linear.reached == date(2024, 11, 13)


# --- words ---


@pytest.mark.parametrize(
    ("count", "fewest", "most", "told"),
    [
        (8800, 12, 42, "210 sampai 733"),
        (20, 12, 12, "1,7"),
        (0, 12, 12, "0"),
        (-42, 12, 12, "\N{MINUS SIGN}3,5"),
        (1, 50, 50, "0,02"),
        (12, 12, 12, "1"),
        (241, 240, 240, "1,004"),
        (120, 12, 12, "10"),
    ],
)
def test_a_pace_has_the_decimals_it_needs(briefing, count, fewest, most, told):
    when = briefing("64", "2024-11-12").entries[0].rows[0].as_of
    assert rates.a_day(Pace(when, when, count, fewest, most)) == told


def test_days_of_one_month_name_it_once():
    assert rates.span(date(2024, 11, 13), date(2024, 11, 26)) == "13 sampai 26 November 2024"
    assert rates.span(date(2024, 11, 29), date(2024, 12, 2)) == "29 November 2024 sampai 2 Desember 2024"


# --- what is printed is what was computed ---


def test_printed_numbers_are_those_of_the_indicators(briefing, published):
    own = briefing("64", "2024-11-12")
    parts = outlook.answer(own, SourceNumbers(published["sources"]))
    rows = [row for entry in own.entries for row in entry.rows if row.gap is not None]
    printed = {cells[0]: cells for cells in table_of(parts, "Laju")["rows"]}
    assert sorted(whole(cells[1]) for cells in printed.values()) == sorted(row.gap for row in rows)
    for cells in printed.values():
        short = whole(cells[1])
        if short:
            assert [whole(cell) for cell in cells[2:4]] == [-(-short // 49), -(-short // 32)]
    (card,) = table_of(parts, "Kesiapan")["rows"]
    row = next(entry.rows[0] for entry in own.entries if entry.indicator.id == "perekaman_ktp_el")
    assert [whole(cell) for cell in card[1:4]] == [row.denominator, row.numerator, row.denominator - row.numerator]
    told = {whole(found) for found in re.findall(r"kurang ([\d.]+)", said(parts))}
    assert told <= {row.gap for row in rows}


def test_printed_projections_are_those_of_the_models(made):
    own, numbers = made([*three(900, 901, 901), *others()])
    (one,) = [found for found in forecasts(own) if not found.is_reached]
    shown = table_of(forecast.answer(own, numbers), "Hari tercapainya")
    for cells, model in zip(shown["rows"], (one.linear, one.logit), strict=True):
        assert isinstance(model, Projection)
        ends = [cells[4], *cells[5].split(" sampai ")]
        values = [float(text.removesuffix("%").replace(",", ".")) / 100 for text in ends]
        low, middle, high = model.expected
        assert values == pytest.approx([middle, low, high], abs=5.1e-5)


# --- properties ---


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3), st.integers(2, 20), st.randoms())
def test_order_never_matters_and_scaling_counts_scales_gaps(made, held, times, random):
    lines = three(*held)
    (one,), (mixed,) = outlooks(made(lines)[0]), outlooks(made(random.sample(lines, len(lines)))[0])
    (scaled,) = outlooks(made(three(*(have * times for have in held), of_all=1000 * times))[0])
    assert mixed == one
    assert scaled.required.people == times * one.required.people  # 99% of a thousand is whole
    assert [float(pace) for pace in scaled.latest.per_day] == pytest.approx(
        [times * float(p) for p in one.latest.per_day]
    )
    assert scaled.times == one.times


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2026, 12, 1)), st.integers(0, 40))
def test_national_holidays_cover_the_years_between(first, days):
    off = national_holidays(first, first + timedelta(days=days))
    assert {date(first.year, 1, 1), date(first.year, 12, 25)} <= off
    assert date(2024, 11, 27) in national_holidays(date(2024, 11, 12), date(2024, 11, 27))
