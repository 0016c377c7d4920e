"""Numbers and dates as an Indonesian reader expects them, and never across a target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adminduk.basis.dates import AsOf
from adminduk.present import wording

shares = st.fractions(min_value=0, max_value=2, max_denominator=3_000_000)


def read(text: str) -> Fraction:
    """A printed percentage back as a share."""
    return Fraction(Decimal(text.removesuffix("%").replace(".", "").replace(",", "."))) / 100


@given(shares, st.decimals(min_value=1, max_value=110, places=2))
@example(Fraction(1234871, 1250088), Decimal(99))
@example(Fraction(993999, 1000000), Decimal("99.4"))
@example(Fraction(99400000001, 100000000000), Decimal("99.4"))
@example(Fraction(999999, 1000000), Decimal(99))
def test_a_printed_share_stands_on_the_same_side_of_its_target(share, target):
    goal = Fraction(target) / 100
    printed = read(wording.percent(share, goal))
    for limit in (goal, Fraction(0), Fraction(1)):
        assert (printed > limit) == (share > limit)
        assert (printed < limit) == (share < limit)
    assert abs(printed - share) <= Fraction(1, 20_000)


@pytest.mark.parametrize(
    ("share", "target", "printed"),
    [
        (Fraction(2868568, 2878769), "99.40", "99,65%"),
        (Fraction(9939996, 10000000), "99.40", "99,39996%"),  # 99,40% would reach the target
        (Fraction(9999, 10000), "99.40", "99,99%"),
        (Fraction(99999, 100000), "99.40", "99,999%"),  # 100,00% would say that nobody is left
        (Fraction(994, 1000), "99.40", "99,40%"),
        (Fraction(10207, 10000), "99.3", "102,07%"),
    ],
)
def test_printed_examples(share, target, printed):
    assert wording.percent(share, Fraction(target) / 100) == printed


@pytest.mark.parametrize(
    ("difference", "printed"),
    [
        (Fraction(58, 10000), "+0,58 poin persen"),
        (Fraction(-2425, 10000), "−24,25 poin persen"),
        (Fraction(0), "0,00 poin persen"),
        (Fraction(-1, 1000000), "−0,0001 poin persen"),
    ],
)
def test_differences_are_points_with_their_sign(difference, printed):
    assert wording.points(difference) == printed


def test_numbers_and_dates():
    assert wording.number(2868568) == "2.868.568"
    assert wording.long_date(date(2024, 11, 12)) == "12 November 2024"
    assert wording.short_date(date(2024, 8, 5)) == "5 Agu 2024"
    assert wording.long_date(AsOf.parse("2024-10")) == "Oktober 2024"
    assert wording.short_date(AsOf.parse("2024-05")) == "Mei 2024"
    assert wording.long_date(AsOf.parse("2023")) == "2023"
    assert wording.printed_percent("99.4") == "99,4%"
    assert wording.printed_percent("99.40") == "99,40%"
    assert wording.more_or_less(-9190, "akta") == "−9.190 akta"


def test_listing():
    assert wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b"]) == "a dan b"
    assert wording.listing(["a", "b", "c"]) == "a, b, dan c"


def test_names_inside_a_sentence():
    assert wording.in_sentence("Akta kelahiran 0-17 tahun") == "akta kelahiran 0-17 tahun"
    assert wording.in_sentence("KIA") == "KIA"
    assert wording.in_sentence("KTP-el pemilih pemula") == "KTP-el pemilih pemula"
    assert wording.in_sentence("Buku Pokok Pemakaman") == "Buku Pokok Pemakaman"
