"""Plans against each other and against the counts, on small programmes whose answers are worked out by hand."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from handmade import tables
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import aim, joining, line, planned

from adminduk.basis.agenda import Outreach
from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure import realisation
from adminduk.measure.briefing import Briefing
from adminduk.measure.outreach import shared
from adminduk.measure.plans import plans

PERIOD = "2024-11-12"
# Certificates: 900 of 1,000, 1,900 of 2,000, 985 of 1,000. Cards: 500 of 1,000 in each. Recordings: 30 and 70 left.
COUNTS = [
    "64.01 anak_0_17 2024-11-12 1000 a dinamis", "64.01 milik_akta_0_17 2024-11-12 900 a",
    "64.02 anak_0_17 2024-11-12 2000 b dinamis", "64.02 milik_akta_0_17 2024-11-12 1900 b",
    "64.71 anak_0_17 2024-11-12 1000 c dinamis", "64.71 milik_akta_0_17 2024-11-12 985 c",
    "64.01 anak_0_16 2024-11-12 1000 a dinamis", "64.01 milik_kia 2024-11-12 500 a",
    "64.71 anak_0_16 2024-11-12 1000 c dinamis", "64.71 milik_kia 2024-11-12 500 c",
    "64.01 wajib_ktp 2024-11-12 1000 a dinamis", "64.01 rekam_ktp_el 2024-11-12 970 a",
    "64.71 wajib_ktp 2024-11-12 3000 c dinamis", "64.71 rekam_ktp_el 2024-11-12 2930 c",
]  # fmt: skip
TARGETS = (aim("64.01", "90"), aim("64.02", "95"), aim("64.71", "99"), aim("64", "97"))


@pytest.fixture(scope="module")
def found(paths, regions):
    """``found(lines, code="64.71", newcomers=...)``: the plans that such a programme makes."""
    book, period = load_rulebook(paths), load_period(paths, PERIOD)

    def make(*lines, code="64", counts=COUNTS, **told):
        return plans(Briefing(tables(counts), book, regions.get(code), planned(period, *lines, **told)))

    return make


def covers(made, indicator):
    """By region: planned, gap, newcomers and what stays open."""
    own = (cover for cover in made.covers if cover.indicator.id == indicator)
    return {cover.region_code: (cover.planned, cover.gap, cover.newcomers, cover.short) for cover in own}


def test_without_lines_nothing_is_found(found):
    made = found()
    assert (made.lines, made.sums, made.covers, made.twice, made.lagging) == ((), (), (), (), ())


def test_three_targets_against_the_provinces(found):
    """900 + 1,900 + 990 = 3,790 of 4,000; 97 % asks for 3,880: 90 short, 63 in Paser and 27 in Kutai Kartanegara."""
    (one,) = found(*TARGETS).sums
    assert (one.total.asked, one.total.needed, one.total.short) == (3790, 3880, 90)
    assert one.more == {"64.01": 63, "64.02": 27}
    assert (len(one.targets), one.of, one.goal.own) == (3, 10, True)
    assert one.asked("64.71") == 990


def test_a_province_without_a_line_is_held_to_the_stated_target_of_next_year(found):
    """For children's cards 60 % is stated for 2025: 600 + 700 of 2,000 against 1,200."""
    (one,) = found(aim("64.01", "60", "kia"), aim("64.71", "70", "kia")).sums
    assert (one.goal.value, one.goal.year, one.goal.own) == (Fraction(60, 100), 2025, False)
    assert (one.total.asked, one.total.needed, one.more) == (1300, 1200, {})


def test_where_no_target_of_next_year_is_known_this_years_is_used_and_named(found):
    (one,) = found(aim("64.01", "99")).sums
    assert (one.goal.value, one.goal.year) == (Fraction(99, 100), 2024)


def test_a_target_without_counts_is_not_weighed(found):
    (one,) = found(*TARGETS, aim("64.08", "50")).sums
    assert "64.08" not in one.targets and one.total.base == 4000


def test_the_most_binding_document_sets_the_target_and_a_differing_one_is_named(found):
    made = found(aim("64.01", "95", dokumen="Renja"), aim("64.01", "91", dokumen="DPA"))
    assert made.sums[0].targets == {"64.01": Fraction(91, 100)}
    assert [[one.dokumen for one in lines] for lines in made.rivals] == [["DPA", "Renja"]]
    assert found(aim("64.01", "91"), aim("64.01", "91", dokumen="DPA")).rivals == ()


def test_outputs_against_gap_and_newcomers(found):
    """Paser aims at 70 %: 200 short and 100 newborn, 250 planned by two executors: 50 stay open.

    Balikpapan plans nothing of its own and is held to the stated 60 %: 100 short.
    """
    made = found(
        aim("64.01", "70", "kia"),
        line(pelaksana="64.01", target_berikutnya=Decimal(150), pagu_berikutnya=1),
        line(pelaksana="64", lokasi="64.01", target_berikutnya=Decimal(100), pagu_berikutnya=1, sumber_dana="APBN"),
        line(pelaksana="64", target_berikutnya=Decimal(40)),
        newcomers=[joining("64.01", 100)],
    )
    assert covers(made, "kia") == {"64.01": (250, 200, 100, 50), "64.71": (0, 100, None, 100)}
    assert made.central == {"kia": 40}
    assert [(c.indicator.id, c.region_code) for c in made.short] == [("kia", "64.01")]
    assert ("kia", "64.71") in {(c.indicator.id, c.region_code) for c in made.unplanned}


def test_other_units_are_an_activity_but_no_output(found):
    made = found(line(satuan="kegiatan", target_berikutnya=Decimal(4)))
    (own,) = [cover for cover in made.covers if (cover.indicator.id, cover.region_code) == ("kia", "64.71")]
    assert (own.planned, own.lines, own.others, own.is_unplanned) == (0, 0, 1, False)
    assert covers(found(line(satuan="Anak", target_berikutnya=Decimal(4))), "kia")["64.71"][0] == 4


def test_an_activity_without_gap_and_without_newcomers(found):
    plan = line(target_berikutnya=Decimal(10))
    made = found(aim("64.71", "50", "kia"), plan)
    assert [(cover.region_code, cover.gap) for cover in made.needless] == [("64.71", 0)]
    assert found(aim("64.71", "50", "kia"), plan, newcomers=[joining("64.71", 5)]).needless == ()
    assert found(aim("64.71", "51", "kia"), plan).needless == ()


def test_a_claim_gives_no_gap(paths, regions):
    """Only a printed percentage: what is planned stands there, whether it suffices cannot be said."""
    made = tables(claims=["64.71 kia 2024-11-12 anak_0_16 55.0 a"])
    period = planned(load_period(paths, PERIOD), line(target_berikutnya=Decimal(10)))
    found = plans(Briefing(made, load_rulebook(paths), regions.get("64"), period))
    assert covers(found, "kia") == {"64.71": (10, None, None, None)}


def test_the_same_thing_paid_for_twice(found):
    ours = line(pagu_berikutnya=5)
    twice = found(ours, line(pelaksana="64", lokasi="64.71", sumber_dana="APBN", pagu_berikutnya=7)).twice
    assert [[(one.pelaksana, one.pagu_berikutnya) for one in same] for same in twice] == [[("64", 7), ("64.71", 5)]]
    assert found(ours, line(pelaksana="64.01", pagu_berikutnya=7)).twice == ()  # another place
    assert found(ours, line(sumber_dana="DAK")).twice == ()  # no money
    assert found(ours, line(indikator="ikd", pagu_berikutnya=7)).twice == ()
    named = {"kode_sub_kegiatan": "", "pagu_berikutnya": 1}
    (same,) = found(line(**named), line(**named, sub_kegiatan="penerbitan  kartu identitas ANAK", dokumen="RKA")).twice
    assert len(same) == 2


@pytest.mark.parametrize(
    ("done", "spent", "months", "told"),
    [
        (75, 80, (), True),  # ten of twelve months are over, one of them is lost: 9/12
        (76, 80, (), False),
        (75, 75, (), False),  # no more money used than output made
        (0, 90, (10,), True),
        (50, 90, (10, 11), False),  # November is not over
        (50, 90, (9, 10), True),
        (0, 90, (12,), False),
    ],
)
def test_money_that_runs_ahead_of_output(done, spent, months, told):
    one = line(
        target=Decimal(100), realisasi=Decimal(done), pagu=100, realisasi_keuangan=spent, bulan=months
    )  # fmt: skip
    assert realisation.lags(one, date(2024, 11, 12)) is told


def test_what_was_done_for_the_money(found):
    """450 of 500 cards for 90 of 120 million rupiah, 100 of 100 for 20 of 20: together 200,000 a card."""
    million = 1_000_000
    made = found(
        line(target=Decimal(500), realisasi=Decimal(450), pagu=120 * million, realisasi_keuangan=90 * million),
        line(pelaksana="64.01", target=Decimal(100), realisasi=Decimal(100), pagu=20 * million,
             realisasi_keuangan=20 * million, target_berikutnya=Decimal(50), pagu_berikutnya=15 * million),
        line(pelaksana="64.02", satuan="kegiatan", target=Decimal(3)),
    )  # fmt: skip
    cards, events = made.realised
    assert (cards.done, cards.target, cards.output_share) == (550, 600, Fraction(11, 12))
    assert (cards.spent, cards.money_share, cards.cost) == (110 * million, Fraction(11, 14), 200_000)
    assert [one.pelaksana for one in cards.span()] == ["64.01", "64.71"]
    assert cards.planned_cost == 300_000
    assert (events.unit, events.output_share, events.money_share, events.cost) == ("kegiatan", 0, None, None)
    assert (made.budget, made.spent, made.next_budget) == (140 * million, 110 * million, 15 * million)


def test_a_realised_percentage_that_its_counts_do_not_give_is_named(found):
    """985 of 1,000 are 98.5 %: a document may say 98.5 or 99, not 98.7."""
    said = {"target": Decimal(99)}
    assert found(aim("64.71", "99", realisasi=Decimal("98.5"), **said)).differing == ()
    assert found(aim("64.71", "99", realisasi=Decimal("99"), **said)).differing == ()
    ((_, row),) = found(aim("64.71", "99", realisasi=Decimal("98.7"), **said)).differing
    assert row.value == Fraction(985, 1000)


def test_a_regency_sees_what_it_does_and_what_is_done_there(found):
    lines = (
        line(pelaksana="64.71"),
        line(pelaksana="64", lokasi="64.71"),
        line(pelaksana="64.01"),
        line(pelaksana="64"),
    )
    made = found(*lines, *TARGETS, code="64.71")
    assert {(one.pelaksana, one.lokasi) for one in made.lines} == {("64.71", "64.71"), ("64", "64.71")}
    assert made.sums == () and {cover.region_code for cover in made.covers} == {"64.71"}


programme = st.lists(
    st.builds(
        line,
        pelaksana=st.sampled_from(["64", "64.01", "64.02", "64.71"]),
        indikator=st.sampled_from(["kia", "akta_kelahiran_0_17", "perekaman_ktp_el"]),
        satuan=st.sampled_from(["anak", "akta", "orang", "persen"]),
        target=st.integers(0, 100).map(Decimal),
        realisasi=st.integers(0, 100).map(Decimal),
        pagu=st.integers(0, 9),
        realisasi_keuangan=st.integers(0, 9),
        target_berikutnya=st.integers(0, 100).map(Decimal),
        pagu_berikutnya=st.integers(0, 9),
        sumber_dana=st.sampled_from(["APBD", "DAK"]),
        dokumen=st.sampled_from(["Renja", "DPA"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(programme, st.randoms(use_true_random=False))
def test_the_order_of_lines_never_matters(found, lines, chance: random.Random):
    mixed = [*lines]
    chance.shuffle(mixed)
    assert found(*lines) == found(*mixed)


@settings(max_examples=25, deadline=None)
@given(programme)
def test_parts_sum_to_wholes_and_uplifts_close_exactly(found, lines):
    made = found(*lines)
    assert made.budget == sum(one.budget for one in made.realised) + sum(one.pagu for one in lines if one.is_share)
    assert sum(len(one.lines) for one in made.realised) + sum(one.is_share for one in lines) == len(lines)
    for one in made.sums:
        if one.total:
            assert sum(one.asked(code) for code in one.targets) == one.total.asked
            assert sum(one.more.values()) == one.total.short
            assert all(one.asked(code) + more <= one.bases[code] for code, more in one.more.items())
    for cover in made.covers:
        if cover.short is not None:
            assert cover.short == max(0, cover.gap + (cover.newcomers or 0) - cover.planned)


def test_team_days_go_where_people_are_left(paths, regions):
    """30 and 70 left, ten a day, eight days, one at least: 1 + 7 days serve 10 + 70; 4 + 4 serve 30 + 40.

    By wajib KTP, 1,000 and 3,000, the days are 2 and 6: 20 + 60.
    """
    days = Outreach(indikator="perekaman_ktp_el", team_days=8, floor=1, per_day=10)
    book, period = load_rulebook(paths), load_period(paths, PERIOD)
    made = shared(Briefing(tables(COUNTS), book, regions.get("64"), planned(period, outreach=days)))
    assert [(need.region_code, need.people) for need in made.needs] == [("64.01", 30), ("64.71", 70)]
    assert (made.best.total, made.equal.days, made.equal.total) == (80, (4, 4), 70)
    assert (made.population, made.proportional.days, made.proportional.total) == ((), (2, 6), 80)
    more = [*COUNTS, "64.01 penduduk 2024-06-30 3000 p", "64.71 penduduk 2024-06-30 1000 p"]
    made = shared(Briefing(tables(more), book, regions.get("64"), planned(period, outreach=days)))
    assert (len(made.population), made.proportional.days) == (2, (6, 2))
    doubtful = [*more, "64.01 penduduk 2023-12-31 4000 q", "64.71 penduduk 2023-12-31 1000 q"]
    made = shared(Briefing(tables(doubtful), book, regions.get("64"), planned(period, outreach=days)))
    assert (made.population, made.proportional.days) == ((), (2, 6))  # a quarter fewer in half a year: DKB or BPS?
    few = days.model_copy(update={"floor": 5})
    assert shared(Briefing(tables(COUNTS), book, regions.get("64"), planned(period, outreach=few))).best is None
    assert shared(Briefing(tables(COUNTS), book, regions.get("64"), planned(period))) is None
