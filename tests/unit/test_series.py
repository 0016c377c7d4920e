"""Which figures may be joined to a series: counts of one definition, base and kind of base (laws 5 to 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from handmade import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.basis.dates import AsOf
from adminduk.measure import indicators
from adminduk.measure.facts import gather
from adminduk.measure.pace import Point, observed
from adminduk.measure.series import points


@pytest.fixture(scope="module")
def rows(catalog):
    """``rows(lines, indicator)``: the history of Balikpapan that these lines of counts give."""

    def make(lines, indicator="kia", claims=()):
        made = tables(lines, claims)
        facts = gather(made["counts"], made["claims"], date(2024, 11, 12), {})["64.71"]
        return indicators.history(facts, catalog.indicators[indicator])

    return make


def cards(day: str, have: int, of_all: int = 1000, kind: str = "dinamis", about: str = "") -> list[str]:
    return [f"64.71 milik_kia {day} {about}{have} f@{day}", f"64.71 anak_0_16 {day} {of_all} f@{day} {kind}"]


def point(day: str, have: int, of_all: int = 1000) -> Point:
    return Point(AsOf.parse(day), have, of_all)


def test_published_ikd_has_two_points(briefing, catalog):
    """October states no kind, for its base is itself a stock; the next report says the register moves."""
    known = points(briefing("64", "2024-11-12").history(catalog.indicators["ikd"]))
    assert known == (point("2024-10", 156639, 2860701), point("2024-11-12", 165439, 2868568))
    assert [round(float(pace)) for pace in observed(known).per_day] == [210, 733]


@pytest.mark.parametrize("indicator", ["perekaman_ktp_el", "kia", "akta_kelahiran_0_17"])
def test_published_series_do_not_cross_an_unstated_or_frozen_base(briefing, catalog, indicator):
    known = points(briefing("64", "2024-11-12").history(catalog.indicators[indicator]))
    assert [str(p.as_of) for p in known] == ["2024-11-12"]


def test_a_stretch_ends_where_the_kind_of_base_changes(rows):
    lines = [*cards("2024-01-31", 500), *cards("2024-02-29", 510, 990, "beku"), *cards("2024-03-31", 520)]
    assert points(rows([*lines, *cards("2024-04-30", 530)])) == (point("2024-03-31", 520), point("2024-04-30", 530))


@pytest.mark.parametrize(
    "left_out",
    [
        cards("2024-02-29", 510, kind="tidak_disebut"),
        cards("2024-02-29", 510, about="~"),
        cards("2023", 400),
        ["64.71 milik_kia 2024-02-29 510 f@2024-02-29"],
    ],
    ids=["kind_not_stated", "approximate", "year_only", "without_base"],
)
def test_what_may_not_be_compared_is_passed_over(rows, left_out):
    known = [*cards("2024-01-31", 500), *left_out, *cards("2024-03-31", 520)]
    assert points(rows(known)) == (point("2024-01-31", 500), point("2024-03-31", 520))


def test_a_claim_is_no_point(rows):
    known = rows(cards("2024-01-31", 500), claims=["64.71 kia 2024-03-31 anak_0_16 55.0 siaran"])
    assert len(known) == 2
    assert points(known) == (point("2024-01-31", 500),)


def test_a_sum_with_parts_missing_is_no_point(rows):
    whole, later = rows([*cards("2024-01-31", 500), *cards("2024-03-31", 520)])
    assert points([whole, replace(later, status="parsial")]) == (point("2024-01-31", 500),)


def test_of_two_bases_the_longer_stretch_stands(rows):
    """Recorded people are a base without a kind; wajib KTP changed from frozen to moving in between."""
    lines = []
    for day, have, kind in (("2024-01-31", 20, "beku"), ("2024-03-31", 30, "dinamis")):
        lines += [f"64.71 aktif_ikd {day} {have} f@{day}", f"64.71 rekam_ktp_el {day} 900 f@{day}"]
        lines += [f"64.71 wajib_ktp {day} 1000 f@{day} {kind}"]
    known = rows(lines, "ikd")
    assert points(known) == (point("2024-01-31", 20, 900), point("2024-03-31", 30, 900))
    assert points([row for row in known if row.base == "wajib_ktp"]) == (point("2024-03-31", 30),)


def test_plain_counts_and_nothing_have_no_points(rows):
    assert points(rows(["64.71 pks_opd 2024-03-31 12 f"], "pks_opd")) == ()
    assert points([]) == ()


days = st.lists(
    st.tuples(
        st.dates(date(2023, 1, 1), date(2024, 11, 12)), st.integers(0, 1000), st.sampled_from(["beku", "dinamis"])
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda day: day[0],
)


@settings(deadline=None)
@given(days, st.randoms())
def test_the_order_never_matters_and_the_end_is_the_newest(rows, given_days, random):
    known = rows([line for day, have, kind in given_days for line in cards(day.isoformat(), have, kind=kind)])
    found = points(random.sample(known, len(known)))
    assert found == points(known)
    assert found[-1].as_of == max(row.as_of for row in known)
    kinds = {row.as_of: row.base_kind for row in known}
    assert len({kinds[p.as_of] for p in found}) == 1
    before = [row for row in known if row.as_of < found[0].as_of]
    assert not before or max(before, key=lambda row: row.as_of).base_kind != kinds[found[0].as_of]
