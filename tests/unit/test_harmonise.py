"""Plans against targets and gaps; team days where they serve most: small cases checked by trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.measure.allocation import Need, best, equal, proportional, served
from adminduk.measure.harmonise import together, uplift

THIRDS = {"64.01": Fraction(90, 100), "64.02": Fraction(95, 100), "64.71": Fraction(99, 100)}
BASES = {"64.01": 1000, "64.02": 2000, "64.71": 1000}


def test_targets_together_against_the_province():
    """900 + 1900 + 990 = 3790 of 4000 (94.75 %); 97 % of 4000 is 3880: 90 short."""
    found = together(THIRDS, BASES, Fraction(97, 100))
    assert (found.asked, found.needed, found.short, found.share) == (3790, 3880, 90, Fraction(3790, 4000))


def test_the_smallest_uplift_lifts_the_lowest_first():
    """1000 L + 2000 L + 990 = 3880, so L = 96.33 %: 964 and 1927, which is one too many, taken from 64.01."""
    assert uplift(THIRDS, BASES, Fraction(97, 100)) == {"64.01": 63, "64.02": 27}


def test_only_the_lowest_is_lifted_when_that_is_enough():
    """95 % of 4000 is 3800: 10 more than 3790, all in 64.01, whose target rises to 91 %."""
    assert uplift(THIRDS, BASES, Fraction(95, 100)) == {"64.01": 10}
    assert uplift(THIRDS, BASES, Fraction(94, 100)) == {}


def test_people_that_others_round_up_for_are_not_asked_for_again():
    """Seven regencies ask for 61 of 101 (60 % are 60.6), each 0.4 too many; only two are lifted, by exactly 12."""
    targets = {f"64.{n:02d}": Fraction(6, 10) for n in range(7)} | {"64.08": Fraction(5, 10), "64.09": Fraction(5, 10)}
    bases = dict.fromkeys(targets, 101)
    whole = together(targets, bases, Fraction(591, 1000))
    assert (whole.asked, whole.needed) == (7 * 61 + 2 * 51, 538)  # 0.591 * 909 = 537.2
    assert uplift(targets, bases, Fraction(591, 1000)) == {"64.08": 4, "64.09": 5}


shares = st.integers(0, 1000).map(lambda n: Fraction(n, 1000))


@given(st.dictionaries(st.sampled_from([f"64.{n:02d}" for n in range(8)]), st.tuples(shares, st.integers(1, 10**6)),
                       min_size=1), shares)  # fmt: skip
def test_an_uplift_closes_the_sum_exactly(regions, target):
    targets = {code: share for code, (share, _) in regions.items()}
    bases = {code: base for code, (_, base) in regions.items()}
    more = uplift(targets, bases, target)
    assert sum(more.values()) == together(targets, bases, target).short
    assert all(n > 0 for n in more.values())


needs = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), min_size=1, max_size=4).map(
    lambda rows: [Need(f"64.{n:02d}", *row) for n, row in enumerate(rows)]
)


@settings(max_examples=60)
@given(needs, st.integers(0, 8), st.integers(0, 2))
def test_no_other_allocation_serves_more(rows, days, floor):
    if floor * len(rows) > days:
        with pytest.raises(ValueError, match="days each"):
            best(rows, days, floor)
        return
    every = (split for split in product(range(floor, days + 1), repeat=len(rows)) if sum(split) == days)
    found = best(rows, days, floor)
    assert found.total == max(served(rows, split).total for split in every)
    assert sum(found.days) == days and min(found.days) >= floor


def test_equal_and_proportional_shares():
    """Ten days: equal 4, 3, 3; by population 700, 200, 100 of 1000: 7, 2, 1."""
    rows = [Need("64.01", 100, 10), Need("64.02", 30, 10), Need("64.71", 500, 10)]
    assert equal(rows, 10).days == (4, 3, 3)
    assert equal(rows, 10).served == (40, 30, 30)
    assert proportional(rows, 10, [700, 200, 100]).days == (7, 2, 1)
    assert proportional(rows, 10, [700, 200, 100]).served == (70, 20, 10)
    assert best(rows, 10, 1).total == 100  # 1 + 1 + 8 days, or any other that wastes no day
    # Largest remainder: 10 * 1/3 = 3.33 each, the first takes the day that is left.
    assert proportional(rows, 10, [5, 5, 5]).days == (4, 3, 3)
