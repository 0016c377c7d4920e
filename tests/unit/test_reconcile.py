"""The arithmetic of a sheet: what does not add up is told with its cell, what does is left alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheets import read, sheet

HEAD = ["kode", "wajib_ktp", "rekam"]


def findings(rows, **said) -> list[tuple]:
    """Rule, cell and values of every finding."""
    found = read(sheet(rows), **said).findings
    return [(row["rule"], row["origin"].split("!")[1], json.loads(row["values"])) for row in found]


@pytest.mark.parametrize(
    ("percent", "follows"),
    [
        ("99,65 %", True),  # 2,868,568 of 2,878,769 is 99.6456 %
        ("99,6", True),
        ("100 %", True),
        ("99,64 %", False),  # cut, not rounded
        ("99,66 %", False),
        ("99 %", False),
        (99.6456, True),
        (99.645647, True),
        (99.64564714701735, True),  # as a spreadsheet stores a quotient
        (0.9964564714701735, True),  # or shows it as a percentage
        (0.99, False),
    ],
)
def test_a_percentage_follows_when_it_rounds_to_what_is_printed(percent, follows):
    rows = [[*HEAD, "persen"], ["64.71.01.1001", 2878769, 2868568, percent]]
    found = [finding for finding in findings(rows) if finding[0] == "persen_bukan_hasil_bagi"]
    assert found == ([] if follows else [("persen_bukan_hasil_bagi", "D2", _values(percent))])


def _values(percent) -> dict:
    said = str(percent).replace(",", ".").removesuffix(" %")
    return {"measure": "rekam_ktp_el", "numerator": 2868568, "denominator": 2878769, "percent": said}


def test_nothing_is_held_against_a_percentage_of_nothing():
    assert findings([[*HEAD, "persen"], ["64.71.01.1001", 0, 0, "0 %"]]) == []


def test_the_rest_may_be_below_zero_on_a_frozen_denominator():
    rows = [[*HEAD, "belum_rekam"], ["64.71.01.1001", 10, 12, -2], ["64.71.01.1002", 10, 12, "-2"]]
    assert findings(rows, denominator="DKB-2024-S1") == []
    wrong = [*rows, ["64.71.01.1003", 10, 12, 2]]
    values = {"measure": "rekam_ktp_el", "sex": "", "whole": 10, "have": 12, "left": 2}
    assert findings(wrong, denominator="DKB-2024-S1") == [("sisa_bukan_selisih", "D4", values)]


def test_rows_of_sums_are_of_all_rows_of_those_above_or_of_the_place_they_name():
    rows = [
        HEAD,
        ["TOTAL", 60, 57],
        ["64.71.01.1001", 10, 9],
        ["64.71.02.1001", 20, 19],
        ["Jumlah Balikpapan Timur", 10, 9],
        ["64.71.01.1002", 30, 29],
        ["SUB TOTAL", 60, 57],
        ["JUMLAH Kecamatan Balikpapan Timur", 40, 38],
        ["Selisih", 0, 0],
    ]
    found = findings(rows)
    values = {"measure": "wajib_ktp", "sex": "", "sum": 40, "total": 10, "rows": 2}
    assert found == [
        ("total_bukan_jumlah", "B5", values),
        ("total_bukan_jumlah", "C5", values | {"measure": "rekam_ktp_el", "sum": 38, "total": 9}),
    ]


def test_a_kecamatan_is_held_against_its_kelurahan_and_not_added_again():
    villages = [[f"64.71.01.{number}", 10, 9] for number in range(1001, 1005)]
    rows = [HEAD, ["64.71.01", 41, 36], *villages, ["JUMLAH", 40, 36]]
    values = {"measure": "wajib_ktp", "sex": "", "sum": 40, "total": 41, "rows": 4}
    assert findings(rows) == [("kecamatan_bukan_kabupaten", "B2", values)]
    told = [row["count"] for row in read(sheet(rows)).counts if row["region_code"] == "64.71.01"]
    assert told == ["41", "36"]  # as the office says it


def test_a_regency_is_the_sum_of_what_is_said_of_its_kecamatan():
    """Kecamatan of their own rows, and one that is the sum of its kelurahan."""
    villages = [[f"64.74.03.{number}", 10, 9] for number in (1001, 1002, 1003)]
    found = read(sheet([HEAD, ["64.74.01", 100, 90], ["64.74.02", 200, 180], *villages]))
    told = {(row["region_code"], row["measure"]): (row["count"], row["origin"]) for row in found.counts}
    assert told["64.74.03", "wajib_ktp"] == ("30", "berkas.xlsx:jumlah 3 baris")
    assert told["64.74", "wajib_ktp"] == ("330", "berkas.xlsx:jumlah 5 baris")
    assert not [code for code, _ in told if code == "64"]


triples = st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), min_size=3, max_size=3)


@settings(deadline=None, max_examples=40)
@given(triples)
def test_a_sheet_is_reported_exactly_where_it_does_not_add_up(rows):
    """Men, women and their total as printed, in three kecamatan that are all of Bontang."""
    table = [[f"64.74.0{n}", *row, 1] for n, row in enumerate(rows, start=1)]
    found = read(sheet([["kode", "wajib_lk", "wajib_pr", "wajib_jml", "rekam"], *table]))
    wrong = {f"D{n}" for n, (men, women, both) in enumerate(rows, start=2) if men + women != both}
    assert {row["origin"].split("!")[1] for row in found.findings} == wrong
    whole = [row for row in found.counts if (row["region_code"], row["measure"]) == ("64.74", "wajib_ktp")]
    sums = {row["sex"]: int(row["count"]) for row in whole}
    assert sums == {sex: sum(row[place] for row in rows) for place, sex in enumerate(("L", "P", ""))}
