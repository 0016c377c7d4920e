"""Properties of the mathematics: effects add up, order and scale never matter, what is hidden stays hidden."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from adminduk.basis.dates import AsOf
from adminduk.measure import ratios
from adminduk.measure.chance import funnel, wilson
from adminduk.measure.decomposition import Counted, contributions, movement
from adminduk.measure.disclosure import suppress
from adminduk.measure.inequality import Area, spread
from adminduk.measure.pace import Point, carried, observed, required, times_faster
from adminduk.measure.projection import Projection, project

base = st.integers(1, 3_000_000)
pair = st.tuples(st.integers(0, 3_000_000), st.integers(0, 3_000_000))
parts = st.lists(st.tuples(pair, st.tuples(base, base)), min_size=1, max_size=10).map(
    lambda rows: [Counted(str(n), *row) for n, row in enumerate(rows)]
)
areas = st.lists(base.flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), min_size=2, max_size=12).map(
    lambda rows: [Area(f"{n:02d}", *row) for n, row in enumerate(rows)]
)


@given(pair, st.tuples(base, base))
def test_two_effects_are_the_change(numerators, denominators):
    counted = Counted("64", numerators, denominators)
    before, after = counted.shares
    assert movement(counted).change == after - before


@given(parts)
def test_contributions_are_the_change_of_the_whole(rows):
    whole = [Fraction(sum(r.numerator[t] for r in rows), sum(r.denominator[t] for r in rows)) for t in (0, 1)]
    assert sum(part.total for part in contributions(rows)) == whole[1] - whole[0]


@given(parts, st.randoms())
def test_the_order_of_parts_never_matters(rows, random):
    mixed = random.sample(rows, len(rows))
    assert set(contributions(mixed)) == set(contributions(rows))


@given(st.integers(0, 10**6), base, st.integers(1, 50), st.decimals(0, 100, places=2))
def test_scaling_all_counts_scales_the_gap(numerator, denominator, times, percent):
    """The gap is rounded up once: the scaled one lies at most ``times - 1`` below ``times`` gaps."""
    target = Fraction(percent) / 100
    gap = ratios.gap(numerator, denominator, target)
    scaled = ratios.gap(numerator * times, denominator * times, target)
    assert times * (gap - 1) < scaled <= times * gap or gap == scaled == 0


@given(st.dictionaries(st.text("0123456789", min_size=2, max_size=4), st.integers(0, 10**6), max_size=12))
def test_carried_shares_end_at_one(gaps):
    rows = carried(gaps)
    assert [row.gap for row in rows] == sorted((gap for gap in gaps.values() if gap), reverse=True)
    assert not rows or rows[-1].cumulative == 1
    assert sum(row.gap for row in rows) == sum(gaps.values())


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=7), st.integers(2, 12))
def test_no_subtraction_gives_a_hidden_cell_back(table, threshold):
    """A cell follows from printed cells and totals exactly when its unit vector lies in the span of the sums."""
    hidden = suppress(table, threshold)
    shape = np.array(table).shape
    assert all((r, c) in hidden.small for r in range(shape[0]) for c in range(shape[1]) if 0 < table[r][c] < threshold)
    unknown = sorted(hidden.all)
    sums = [[float(r == row) for r, _ in unknown] for row in range(shape[0])]
    sums += [[float(c == column) for _, c in unknown] for column in range(shape[1])]
    known = np.array(sums).reshape(sum(shape), len(unknown))
    for place in range(len(unknown)):
        unit = np.eye(len(unknown))[place]
        rank = np.linalg.matrix_rank(known)
        assert np.linalg.matrix_rank(np.vstack([known, unit])) == rank + 1


def test_nothing_small_hides_nothing():
    assert not suppress([[0, 10], [20, 30]], 5).all


@given(areas, st.randoms())
def test_spread_does_not_depend_on_order(rows, random):
    assert spread(random.sample(rows, len(rows)), Fraction(95, 100)) == spread(rows, Fraction(95, 100))


@given(areas)
def test_spread_lies_between_lowest_and_highest(rows):
    found = spread(rows, None)
    assert found.lowest.share <= found.share <= found.highest.share
    assert 0 <= found.deviation <= float(found.range) + 1e-9
    assert found.first == ()


def test_one_area_has_no_spread():
    assert spread([Area("64.71.01", 1, 2), Area("64.71.02", 0, 0)], None) is None


@given(base.flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))
def test_wilson_holds_the_share(counted):
    low, high = wilson(*counted)
    assert 0 <= low <= counted[0] / counted[1] + 1e-12 and counted[0] / counted[1] - 1e-12 <= high <= 1


@given(areas)
def test_funnel_limits_never_shrink_below_chance(rows):
    theta = sum(a.numerator for a in rows) / sum(a.denominator for a in rows)
    for limits in funnel(rows):
        own = 1.959963 * (theta * (1 - theta) / limits.area.denominator) ** 0.5
        assert limits.low <= max(0.0, theta - own) + 1e-9
        assert limits.high >= min(1.0, theta + own) - 1e-9


def point(when: str, numerator: int, denominator: int = 1000) -> Point:
    return Point(AsOf.parse(when), numerator, denominator)


def test_a_year_has_no_pace_and_one_month_has_none():
    assert observed([point("2023", 100), point("2024-01-01", 200)]) is None
    assert observed([point("2024-10", 100), point("2024-10-20", 200)]) is None


def test_the_pace_over_more_points_starts_earlier():
    """100 to 160 in 30 days is 2 a day; the last 10 days brought 40."""
    series = [point("2024-01-01", 100), point("2024-01-21", 120), point("2024-01-31", 160)]
    assert observed(series).per_day == (4, 4)
    assert observed(series, last=3).per_day == (2, 2)
    assert times_faster(8, observed(series)) == (2, 2)
    assert observed(series, last=4) is None


def test_a_falling_stock_has_no_ratio():
    pace = observed([point("2024-01-01", 100), point("2024-01-11", 90)])
    assert pace.per_day == (-1, -1)
    assert times_faster(5, pace) is None


def test_nothing_is_required_after_the_deadline():
    found = required(100, date(2024, 11, 27), date(2024, 11, 27), [])
    assert (found.per_day, found.per_working_day, found.per_month) == (None, None, None)


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=8), st.sampled_from(["linear", "logit"]))
def test_projections_stay_between_nothing_and_everybody(numerators, method):
    series = [point(f"2024-{month:02d}-15", n) for month, n in enumerate(numerators, start=1)]
    found = project(series, Fraction(99, 100), (date.min, date(2026, 12, 31)), method)
    assert isinstance(found, Projection)
    low, middle, high = found.expected
    assert 0 <= low <= middle <= high <= 1
    days = [day for day in (found.earliest, found.reached, found.latest) if day]
    assert days == sorted(days)
