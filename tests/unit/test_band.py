"""The band of denominators: every admissible pairing of the newest date, and whether the verdict depends on it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from handmade import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.measure.band import band
from adminduk.measure.facts import gather
from adminduk.measure.ratios import judge
from adminduk.present import denominators


@pytest.fixture(scope="module")
def made(catalog):
    """``made(lines, indicator)``: the band of Balikpapan that these lines of counts give."""

    def make(lines, indicator="akta_kelahiran_0_17"):
        written = tables(lines)
        facts = gather(written["counts"], written["claims"], date(2024, 11, 12), {})["64.71"]
        return band(facts, catalog.indicators[indicator])

    return make


def certificates(statement: str, have: int, base: int, kind: str, day: str = "2024-11-12", of: str = "") -> list[str]:
    return [f"64.71 milik_akta_0_17 {day} {have} {statement}", f"64.71 anak_0_17 {of or day} {base} {statement} {kind}"]


FROZEN = certificates("awal", 950, 1000, "beku", of="2023-12-31")
MOVING = certificates("gerak", 950, 955, "dinamis")


def test_published_ikd_lies_below_on_both_bases(briefing, catalog):
    found = band(briefing("64", "2024-11-12").facts(), catalog.indicators["ikd"])
    assert [pairing.value for pairing in found.pairings] == [Fraction(165439, 2878769), Fraction(165439, 2868568)]
    assert found.dependence == "tidak_bergantung"
    assert denominators.told(found) == (
        "IKD, 12 November 2024: 5,75% (165.439 dari 2.878.769 wajib KTP, dinamis) sampai 5,77% (165.439 dari 2.868.568 "
        "perekaman, dinamis); selisih 0,02 poin persen; penilaian tidak bergantung pada penyebut (di bawah target "
        "pada semuanya)."
    )


def test_frozen_and_moving_on_two_sides_of_the_target(made):
    """950/1000 = 95% is below 99%, 950/955 = 99.48% above."""
    found = made([*FROZEN, *MOVING])
    assert (found.lowest.value, found.highest.value) == (Fraction(19, 20), Fraction(190, 191))
    assert found.dependence == "bergantung"
    assert denominators.told(found).endswith(
        "95,00% (950 dari 1.000 anak usia 0-17 tahun, beku 31 Desember 2023) sampai 99,48% (950 dari 955 anak usia "
        "0-17 tahun, dinamis); selisih 4,48 poin persen; penilaian bergantung pada penyebut."
    )


def test_at_and_above_the_target_are_one_side(made):
    """990/1000 is exactly 99%."""
    found = made([*certificates("awal", 990, 1000, "beku"), *certificates("gerak", 990, 995, "dinamis")])
    assert [pairing.verdict for pairing in found.pairings] == ["mencapai", "melampaui"]
    assert found.dependence == "tidak_bergantung"


def test_one_denominator_gives_no_verdict(made):
    found = made(MOVING)
    assert (len(found.pairings), found.dependence) == (1, None)


def test_no_denominator_is_borrowed_from_another_statement(made):
    """The frozen base was printed without a numerator."""
    assert len(made([*MOVING, "64.71 anak_0_17 2024-11-12 1000 lain beku"]).pairings) == 1
    assert made(["64.71 milik_akta_0_17 2024-11-12 950 a", "64.71 anak_0_17 2024-11-12 955 b dinamis"]) is None


def test_of_several_of_one_kind_none_is_guessed(made):
    """The statement names two frozen registers and none of the numerator's own date."""
    two = ["64.71 anak_0_17 2022-12-31 990 gerak beku", "64.71 anak_0_17 2023-12-31 980 gerak beku"]
    assert [p.denominator.base_kind for p in made([*MOVING, *two]).pairings] == ["dinamis"]


@pytest.mark.parametrize(
    "line",
    [
        "64.71 anak_0_17 2024-11-12 ~940 gerak2 beku",
        "64.71 anak_0_17 2024-11-12 0 gerak2 beku",
    ],
    ids=["approximate", "zero"],
)
def test_what_has_no_exact_share_is_left_out(made, line):
    assert len(made([*MOVING, "64.71 milik_akta_0_17 2024-11-12 950 gerak2", line]).pairings) == 1


def test_only_the_newest_date_counts(made):
    older = certificates("lama", 900, 1000, "beku", day="2024-10-31")
    assert [str(p.numerator.as_of) for p in made([*older, *MOVING]).pairings] == ["2024-11-12"]
    assert made(certificates("tahun", 900, 1000, "beku", day="2024")) is None


def test_without_a_target_there_is_no_verdict(made):
    both = [f"64.71 rekam_pemula 2024-11-12 90 {name}" for name in "ab"]
    both += ["64.71 pemula 2024-11-12 100 a dinamis", "64.71 pemula 2024-11-12 95 b beku"]
    found = made(both, "perekaman_ktp_el_pemula")
    assert (len(found.pairings), found.dependence) == (2, None)
    assert "tidak setiap penyebut punya target" in denominators.told(found)


def test_the_report_tells_those_with_two_bases_or_one_line(briefing, catalog):
    own = denominators.answer(briefing("64", "2024-11-12"))[0].payload["blocks"][0]
    assert own["heading"] == "Pita penyebut"
    assert len(own["items"]) == 1
    single = denominators.answer(briefing("64.71", "2024-11-12"))[0].payload["blocks"][0]
    assert single["items"] == []
    assert "hanya punya satu penyebut" in single["paragraphs"][0]
    assert denominators.answer(briefing("64.11", "2024-11-12")) == []  # short


counts = st.tuples(st.integers(1, 10**6), st.integers(1, 10**6))


@settings(deadline=None)
@given(counts, counts, st.integers(2, 9), st.randoms())
def test_neither_order_nor_scale_matters(made, one, other, times, random):
    def lines(factor):
        frozen = certificates("awal", one[0] * factor, one[1] * factor, "beku")
        return [*frozen, *certificates("gerak", other[0] * factor, other[1] * factor, "dinamis")]

    if one[0] != other[0]:  # one numerator cannot be two numbers at one date: neither is used
        assert made(lines(1)) is None
        one = (other[0], one[1])
    written = lines(1)
    found, mixed, scaled = made(written), made(random.sample(written, len(written))), made(lines(times))
    assert found == mixed
    assert (
        [p.value for p in found.pairings]
        == [p.value for p in scaled.pairings]
        == sorted(p.value for p in found.pairings)
    )
    verdicts = {judge(Fraction(other[0], base), Fraction(99, 100)) == "di_bawah" for base in (one[1], other[1])}
    assert found.dependence == ("bergantung" if len(verdicts) == 2 else "tidak_bergantung") == scaled.dependence
