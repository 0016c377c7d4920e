"""Numbers as people write them are read exactly or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.ingest.files.workbooks import Percent
from adminduk.ingest.sheets.numbers import read_counts, read_percents

counts = st.integers(0, 10**15 - 1)
styles = st.sampled_from(["indonesia", "inggris"])
signs = {"indonesia": ".", "inggris": ","}


def grouped(number: int, style: str) -> str:
    return f"{number:,}".replace(",", signs[style])


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("2.868.568", 2868568),
        ("2,868,568", 2868568),
        ("1.211. 010", 1211010),
        (" 1.211.010\u00a0", 1211010),
        ("1.2 11.010", 1211010),
        ("1 211 010", 1211010),
        ("1\u202f211\u202f010", 1211010),
        ("\ufeff39962", 39962),
        ("39962", 39962),
        ("39.962,00", 39962),
        ("39,962.00", 39962),
        ("100,0", 100),
        ("0", 0),
        ("0,000", 0),
        (39962, 39962),
        (39962.0, 39962),
        (0, 0),
    ],
)
def test_a_count_is_read(value, count):
    column = read_counts([value])
    assert column.values == (count,)
    assert type(column.values[0]) is int
    assert column.wrong == ()


@pytest.mark.parametrize("value", [None, "", "  ", "-", "–", "—", "--", "n/a", "N/A", "NA", "na", "n.a.", " - "])
def test_nothing_stays_nothing_and_is_not_zero(value):
    for read in (read_counts, read_percents):
        assert read([value, "7"]).values == (None, 7)
        assert read([value]).wrong == ()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("nihil", "'nihil': bukan bilangan"),
        ("12 orang", "bukan bilangan"),
        ("+5", "bukan bilangan"),
        ("-5", "bukan bilangan"),
        ("(5)", "bukan bilangan"),
        ("007", "bukan bilangan"),
        ("12 34", "bukan bilangan"),
        ("1 2.5", "bukan bilangan"),
        ("1.2345.678", "bukan bilangan"),
        ("1.234.56", "bukan bilangan"),
        ("1,234.567.890", "bukan bilangan"),
        ("1e5", "bukan bilangan"),
        ("12²", "bukan bilangan"),
        ("٣", "bukan bilangan"),
        ("9" * 5000, "bukan bilangan"),
        ("1.234.567.890.123.456", "lebih dari 15 angka"),
        ("99,65 %", "bukan bilangan"),
        ("99,65", "'99,65': pecahan"),
        ("0,123", "'0,123': pecahan"),
        (39.962, "pemisah ribuan"),
        (0.5, "pecahan"),
        (-5, "negatif"),
        (-0.5, "negatif"),
        (1e300, "terlalu besar"),
        (float("nan"), "terlalu besar"),
        (float("inf"), "terlalu besar"),
        (Percent(1.0), "persen"),
        (True, "nilai logika"),
        (date(2024, 11, 15), "tanggal"),
        ("#REF!", "galat lembar kerja #REF!"),
        ("Err:502", "galat lembar kerja Err:502"),
        ("39,962", "dapat berarti 39962 atau pecahan"),
        ("39.962", "dapat berarti 39962 atau pecahan"),
        ("1.000", "dapat berarti 1000 atau pecahan"),
        ("39.9 62", "dapat berarti"),
    ],
)
def test_what_is_no_count_or_may_be_two_is_told_and_not_read(value, told):
    column = read_counts(["7", value])
    assert column.values == (7, None)
    assert [place for place, _ in column.wrong] == [1]
    assert told in column.wrong[0][1]


@pytest.mark.parametrize(
    ("values", "style", "count"),
    [
        (["39,962", "2,868,568"], "auto", 39962),
        (["39,962", "1,234.0"], "auto", 39962),
        (["39.962", "2.868.568"], "auto", 39962),
        (["39.962", "5,0"], "auto", 39962),
        (["39,962", "41,003"], "auto", 39962),  # no column of counts has three decimals each time
        (["39,962", "2,868,568"], "indonesia", 39962),  # what is seen weighs more than what is declared
    ],
)
def test_the_other_values_decide_an_ambiguous_one_and_it_is_recorded(values, style, count):
    column = read_counts(values, style)
    assert column.values[0] == count
    assert column.wrong == ()
    assert column.doubtful[0] == (0, f"{values[0]!r} dibaca {count} menurut nilai lain di kolom ini")


def test_what_the_layout_declares_decides_where_the_column_does_not():
    assert read_counts(["39.962", "987"], "indonesia").values == (39962, 987)
    assert read_counts(["39.962", "2.868.568"], "indonesia").doubtful == ()
    assert read_counts(["39,962", "987"], "inggris").doubtful == ()
    assert read_counts(["39,962"], "indonesia").wrong == ((0, "'39,962': pecahan, bukan jumlah"),)


@pytest.mark.parametrize(
    "values",
    [
        ["39,962", "2.868.568"],  # by the other value a fraction, which no count is
        ["39,962", "2.868.568", "1,211,010"],  # both styles
        ["39,962", "39,962"],  # the same once more is no other value
        ["39,962", "41.003"],
        ["1.000", "2.000"],  # a thousand and two, or one and two with decimals
        ["39,962", "987", "12345"],
    ],
)
def test_what_the_column_does_not_decide_is_not_read(values):
    column = read_counts(values)
    assert column.values[0] is None
    assert column.wrong[0][0] == 0


@given(number=counts, style=styles, data=st.data())
def test_every_way_to_write_a_whole_number_gives_it_back(number, style, data):
    """Plain, grouped, with decimals of nothing, with stray spaces around signs and at the ends."""
    text = data.draw(st.sampled_from([str(number), grouped(number, style)]))
    decimals = {"indonesia": ",", "inggris": "."}[style] + data.draw(st.sampled_from(["0", "00"]))
    text += data.draw(st.sampled_from(["", decimals]))
    space = data.draw(st.sampled_from(["", " ", "  ", "\u00a0"]))
    for sign in ".,":
        text = text.replace(sign, f"{sign}{space}" if data.draw(st.booleans()) else f"{space}{sign}")
    column = read_counts([f"{space}{text}{space}", grouped(2868568, style)])
    assert column.values == (number, 2868568)
    assert column.wrong == ()


@given(numbers=st.lists(counts, min_size=1), style=styles)
def test_a_declared_style_reads_whole_columns_without_doubt(numbers, style):
    column = read_counts([grouped(number, style) for number in numbers], style)
    assert column.values == tuple(numbers)
    assert (column.wrong, column.doubtful) == ((), ())


@given(values=st.lists(st.one_of(st.none(), st.text("0123456789., -%", max_size=12), st.floats(), st.integers())))
def test_no_value_is_changed_silently(values):
    """What is read has the digits that were written, apart from decimals of nothing; all else is told or was blank."""
    column = read_counts(values)
    told = dict(column.wrong)
    for place, (value, count) in enumerate(zip(values, column.values, strict=True)):
        assert (place in told) <= (count is None)
        if isinstance(value, str) and count is not None:
            digits = "".join(filter(str.isdigit, value))
            assert digits.startswith(str(count))
            assert set(digits.removeprefix(str(count))) <= {"0"}
        elif isinstance(value, int | float) and count is not None:
            assert value == count
        elif count is None and place not in told:
            assert value is None or not any(map(str.isdigit, value))


@given(values=st.lists(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.dates())))
def test_anything_in_a_column_is_read_or_told(values):
    for read in (read_counts, read_percents):
        column = read(values)
        assert len(column.values) == len(values)
        for place, _ in column.wrong:
            assert column.values[place] is None


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        ("99,65 %", "99.65"),
        ("99.65%", "99.65"),
        ("99,65", "99.65"),
        ("100 persen", "100"),
        ("102,4%", "102.4"),
        ("5,7673 %", "5.7673"),
        (99.65, "99.65"),
        (100, "100"),
        (Percent(0.9965), "99.65"),
        (Percent(1.0), "100"),
        (Percent(1.024), "102.4"),
    ],
)
def test_a_percentage_is_read_as_printed(value, percent):
    column = read_percents([value])
    assert [str(number) for number in column.values] == [percent]
    assert (column.wrong, column.doubtful) == ((), ())


def test_three_decimals_of_a_percentage_are_decided_by_the_column_or_recorded():
    assert read_percents(["99,646", "98,5"]).values[0] == Decimal("99.646")
    assert read_percents(["99,646"]).doubtful == ((0, "'99,646' dibaca dengan koma desimal"),)
    assert read_percents(["99,646"], "indonesia").doubtful == ()
    told = "'99,646': seribu persen atau lebih menurut nilai lain di kolom ini"
    assert read_percents(["99,646", "98.5"]).wrong == ((0, told),)


def test_small_numbers_that_may_be_shares_are_recorded_and_not_changed():
    column = read_percents([0.9965, 1, 0, None])
    assert column.values == (Decimal("0.9965"), 1, 0, None)
    assert [place for place, _ in column.doubtful] == [0, 1]
    assert read_percents([0.9965, 98.5]).doubtful == ()
    assert read_percents([0.9965, "98,5 %"]).doubtful == ()
    assert read_percents([Percent(0.9965)]).doubtful == ()


@pytest.mark.parametrize("value", ["x", "9 9", "%", "#DIV/0!", -1, True, date(2024, 1, 1)])
def test_what_is_no_percentage_is_told(value):
    assert read_percents([value]).values == (None,)
    assert [place for place, _ in read_percents([value]).wrong] == [0]
