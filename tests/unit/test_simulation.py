"""The simulated edition: sums, order, growth, exact totals as published, the same bytes again, and its faults."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.basis import frames
from adminduk.basis.places import load_places
from adminduk.ingest.simulation.apportion import apportion, draw, grown
from adminduk.ingest.simulation.edition import COUNTED, simulate, write_edition
from adminduk.ingest.simulation.faults import FAULTS
from adminduk.ingest.simulation.nation import national_regions, simulate_nation
from adminduk.ingest.simulation.offices import LAST, fortnights
from adminduk.publish.gate import examine

STOCKS = (
    "rekam_ktp_el",
    "milik_kia",
    "milik_akta_0_17",
    "aktif_ikd",
    "rekam_pemula",
    "buku_pokok_pemakaman",
    "pks_opd",
)
PAIRS = (
    ("rekam_ktp_el", "wajib_ktp"), ("rekam_pemula", "pemula"), ("milik_kia", "anak_0_16"), ("anak_0_16", "anak_0_17"),
    ("milik_akta_0_17", "anak_0_17"), ("aktif_ikd", "rekam_ktp_el"), ("buku_pokok_pemakaman", "desa_kelurahan"),
    ("nik_baru_usia_wajib_direkam", "nik_baru_usia_wajib"),
)  # fmt: skip
KEY = ["region_code", "as_of", "measure", "sex", "statement"]


@pytest.fixture(scope="module")
def edition(paths):
    return simulate(paths)


@pytest.fixture(scope="module")
def counts(edition) -> pd.DataFrame:
    return edition.tables["counts"]


@pytest.fixture(scope="module")
def sound(paths) -> pd.DataFrame:
    """The most detailed edition, in which nothing is planted; what moves with the register in it."""
    table = simulate(paths, "kelurahan").tables["counts"]
    return table[table["base_kind"] != "beku"]


@given(st.integers(0, 10**6), st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_parts_give_the_whole_and_are_within_one_of_their_share(total, weights):
    parts = apportion(total, np.array(weights))
    assert parts.sum() == total
    assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


def test_largest_remainder_by_hand():
    # 10 by 5 : 3 : 1 is 5.56, 3.33, 1.11: the one that is left goes to the first.
    assert apportion(10, np.array([5, 3, 1])).tolist() == [6, 3, 1]
    # With at most 4 the first leaves 6 for 3 : 1, that is 4.5 and 1.5: the one that is left goes to the earlier.
    assert apportion(10, np.array([5, 3, 1]), np.array([4, 9, 9])).tolist() == [4, 5, 1]
    with pytest.raises(ValueError, match="does not fit"):
        apportion(10, np.array([1, 1]), np.array([4, 5]))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=30), st.integers(0, 500), st.integers(0, 999))
def test_a_stock_never_falls_and_reaches_its_last_value(pace, growth, threshold):
    stock = grown(np.array([1000]), np.array([growth]), np.array(pace)[:, None], np.array([threshold]))[:, 0]
    assert (np.diff(stock) >= 0).all()
    assert (stock[0], stock[-1]) == (1000 - growth, 1000)


def test_draws_depend_on_their_key_alone():
    assert draw("64|ukuran", 1, 6, (4,)).tolist() == draw("64|ukuran", 1, 6, (4,)).tolist()
    assert draw("64|ukuran", 1, 6, (50,)).tolist() != draw("64|laju", 1, 6, (50,)).tolist()
    assert set(draw("64|ukuran", 1, 6, (200,)).tolist()) == {1, 2, 3, 4, 5, 6}


def test_reports_every_fortnight():
    days = [day.isoformat() for day in fortnights()]
    assert len(days) == 24 + 20 + 1
    assert days[:3] == ["2023-01-15", "2023-01-31", "2023-02-15"]
    assert days[-3:] == ["2024-10-15", "2024-10-31", "2024-11-12"]
    assert "2024-02-29" in days


def test_sums_of_the_last_day_are_those_published(counts, published):
    told = published["counts"]
    province = told[(told["region_code"] == "64") & (told["as_of"] == LAST.isoformat())]
    expected = dict(zip(province["measure"], province["count"], strict=True))
    own = counts[(counts["as_of"] == LAST.isoformat()) & (counts["region_code"].str.count(r"\.") == 1)]
    sums = own.groupby("measure")["count"].sum()
    assert {measure: sums[measure] for measure in COUNTED} == {measure: expected[measure] for measure in COUNTED}
    assert sums["aktif_ikd"] == 165_439


def test_population_of_the_regencies_is_that_published(counts):
    own = counts[counts["statement"] == "DKB-2024-S2"]
    assert dict(zip(own["region_code"], own["count"], strict=True))["64.11"] == 39_715
    assert own["count"].sum() == 4_123_303


def test_every_region_and_measure_is_there_and_no_province(counts, regions, catalog):
    assert set(counts["region_code"]) == {place.code for place in (*regions.regencies, *regions.districts)}
    assert set(counts["measure"]) == set(catalog.measures)
    assert not counts.duplicated([*KEY, "base_kind"]).any()


def test_simulated_data_says_so(edition):
    sources = edition.tables["sources"]
    assert frames.is_simulated(edition.tables)
    assert sources["id"].str.startswith("simulasi-").all()
    assert sources["title"].str.startswith("DATA SIMULASI: ").all()
    assert set(edition.tables["counts"]["source"]) | set(edition.tables["claims"]["source"]) == set(sources["id"])


def test_parts_give_the_whole_where_nothing_is_planted(sound):
    by_sex = sound.pivot_table(index=["region_code", "as_of", "measure", "statement"], columns="sex", values="count")
    sexed = by_sex.dropna()
    assert len(sexed) > 100_000
    assert (sexed["L"] + sexed["P"] == sexed[""]).all()
    parents = sound["region_code"].str.rpartition(".")[0]
    sums = sound.assign(region_code=parents).groupby(KEY)["count"].sum()
    whole = sound.set_index(KEY)["count"]
    both = whole.index.intersection(sums.index)
    assert len(both) > 40_000
    assert (whole[both] == sums[both]).all()


def test_stocks_never_fall(sound):
    stocks = sound[sound["measure"].isin(STOCKS) & ~sound["statement"].str.startswith("DKB")]
    ordered = stocks.drop_duplicates(["region_code", "as_of", "measure", "sex", "base_kind"]).sort_values("as_of")
    steps = ordered.groupby(["region_code", "measure", "sex"])["count"].diff().dropna()
    assert len(steps) > 100_000
    assert steps.min() >= 0


@pytest.mark.parametrize(("part", "whole"), PAIRS)
def test_a_part_is_never_more_than_its_whole(sound, part, whole):
    index = ["region_code", "as_of", "sex"]
    parts, wholes = (
        sound[sound["measure"] == measure].drop_duplicates(index).set_index(index)["count"] for measure in (part, whole)
    )
    both = parts.index.intersection(wholes.index)
    assert len(both) > 0
    assert (parts[both] <= wholes[both]).all()


def test_some_coverage_on_the_frozen_register_is_above_one(counts):
    sheet = counts[(counts["statement"] == "kelurahan_ktp@2023-12-31") & (counts["sex"] == "")]
    table = sheet.pivot(index="region_code", columns="measure", values="count")
    above = table["rekam_ktp_el"] > table["wajib_ktp"]
    assert above["64.71"]
    assert not above["64.07"]


def test_the_same_bytes_again(edition, paths):
    again = simulate(paths)
    for table, frame in edition.tables.items():
        assert frames.to_csv(again.tables[table], table) == frames.to_csv(frame, table)
    assert again.faults.equals(edition.faults)


@pytest.mark.parametrize("refusal", [False, True])
def test_the_checks_find_what_is_planted_all_and_only(paths, cloned, tmp_path, refusal):
    made, project = simulate(paths, refusal=refusal), cloned(tmp_path)
    write_edition(project, made, "demo")
    examined = examine(project, "demo")
    found = Counter((f.region_code, f.as_of, f.rule, f.severity) for f in examined.findings)
    listed = made.faults[["region_code", "as_of", "rule", "severity"]]
    assert found == Counter(listed.itertuples(index=False, name=None))
    assert [region.code for region in examined.stopped] == (["64.11"] if refusal else [])
    planted = made.faults[~made.faults["what"].str.contains("bukan cacat")]
    assert len(planted.drop_duplicates(["rule", "what"])) == len(FAULTS) + 1 + refusal  # one of them plants two
    assert {"tolak"} & set(planted["severity"]) == ({"tolak"} if refusal else set())


def test_villages_have_their_real_codes(paths, sound):
    villages = {code for code in sound["region_code"] if code.count(".") == 3}
    assert villages == {code for code in load_places(paths).codes() if code.count(".") == 3}
    assert len(villages) == 1038


def test_the_nation_has_every_regency(paths):
    regions = national_regions()
    assert (len(regions), regions["province_code"].nunique()) == (514, 38)
    names = dict(zip(regions["code"], regions["name"], strict=True))
    assert (names["64.02"], names["64.71"]) == ("Kabupaten Kutai Kartanegara", "Kota Balikpapan")
    counts = simulate_nation(paths, regions).tables["counts"]
    assert set(counts["region_code"]) == set(regions["code"])
    assert set(counts["sex"]) == {""}
