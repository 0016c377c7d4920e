"""Exact arithmetic: the gap, the verdict, the rounding interval."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.measure import ratios

counts = st.integers(min_value=0, max_value=5_000_000)
wholes = st.integers(min_value=1, max_value=5_000_000)
targets = st.decimals(min_value="0.01", max_value="120", places=2).map(lambda d: Fraction(d) / 100)


@given(counts, wholes, targets)
def test_gap_is_the_smallest_number_that_reaches_the_target(numerator, denominator, target):
    missing = ratios.gap(numerator, denominator, target)
    assert Fraction(numerator + missing, denominator) >= target
    assert missing == 0 or Fraction(numerator + missing - 1, denominator) < target


@given(counts, wholes, targets)
def test_verdict_and_gap_agree(numerator, denominator, target):
    below = ratios.judge(Fraction(numerator, denominator), target) == "di_bawah"
    assert below == (ratios.gap(numerator, denominator, target) > 0)


@given(counts, wholes, targets, st.integers(min_value=1, max_value=50))
def test_scaling_all_counts_keeps_the_verdict(numerator, denominator, target, factor):
    one = ratios.judge(Fraction(numerator, denominator), target)
    assert ratios.judge(Fraction(numerator * factor, denominator * factor), target) == one


@given(counts, wholes, st.integers(min_value=0, max_value=4))
def test_an_exact_share_lies_in_the_interval_of_its_printed_form(numerator, denominator, decimals):
    percent = Fraction(numerator, denominator) * 100
    scaled = percent * 10**decimals + Fraction(1, 2)
    printed = Decimal(scaled.numerator // scaled.denominator).scaleb(-decimals)
    low, high = ratios.rounding_interval(str(printed))
    assert low <= percent / 100 < high
    assert ratios.follows(str(printed), percent / 100)


@pytest.mark.parametrize(
    ("percent", "target", "verdict"),
    [
        ("99.98", "99.40", "melampaui"),
        ("99", "99", None),  # 98.5 .. 99.5 lies on both sides
        ("99.40", "99.4", None),
        ("99.41", "99.4", "melampaui"),  # 99.405 is above 99.4
        ("99.395", "99.4", "di_bawah"),  # up to 99.3955
        ("0.60", "25", "di_bawah"),
        ("95", "99.3", "di_bawah"),
    ],
)
def test_a_claim_is_judged_only_when_its_interval_lies_on_one_side(percent, target, verdict):
    assert ratios.judge_claim(percent, Fraction(target) / 100) == verdict


def test_a_zero_denominator_gives_no_share():
    assert ratios.coverage(5, 0) is None


@pytest.mark.parametrize(
    ("printed", "numerator", "denominator", "follows"),
    [
        ("62.28", 53614, 86085, True),  # 62.2803...
        ("104.38", 2692573, 2582065, False),  # 104.2798...
        ("99", 1234871, 1250088, True),  # 98.7827... rounds to 99
        ("41.31", 100385, 243040, False),  # 41.3039...
    ],
)
def test_whether_a_printed_percentage_follows_from_its_counts(printed, numerator, denominator, follows):
    assert ratios.follows(printed, Fraction(numerator, denominator)) is follows
