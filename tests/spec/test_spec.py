"""Worked examples, readable by whoever knows the figures: name, given, expect."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from adminduk.basis import frames
from adminduk.basis.dates import AsOf
from adminduk.basis.holidays import national_holidays
from adminduk.basis.periods import load_period
from adminduk.measure import indicators
from adminduk.measure.audit import remarks
from adminduk.measure.facts import gather, nothing
from adminduk.measure.pace import needed_per_day, working_days
from adminduk.measure.ratios import share_of_target
from adminduk.measure.rollup import roll_up
from adminduk.present import wording
from adminduk.present.narrative import message

HERE = Path(__file__).parent


def examples(name: str) -> list[Any]:
    written = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [pytest.param(example["given"], example["expect"], id=example["name"]) for example in written]


@pytest.mark.parametrize(("given", "expect"), examples("worked_figures.yml"))
def test_published_figures_come_out(given, expect, briefing, catalog):
    indicator = catalog.indicators[given["indicator"]]
    rows = briefing(given["region"], given["period"]).history(indicator)
    chosen = [row for row in rows if str(row.as_of) == given["as_of"] and row.base == given["base"]]
    assert len(chosen) == 1, [(str(row.as_of), row.base) for row in rows]
    row = chosen[0]
    found: dict[str, Any] = {
        "status": row.status,
        "counts": [row.numerator, row.denominator],
        "printed": wording.value(row),
        "published": [claim.percent for claim in row.published if claim.kind == "persen"],
        "published_verdict": next((claim.verdict for claim in row.published), None),
        "target": str(row.target.value) if row.target else None,
        "verdict": row.verdict,
        "gap": row.gap,
        "left": (row.denominator or 0) - (row.numerator or 0),
        "base": [row.base_kind, str(row.denominator_as_of)],
        "standing": row.claim.standing if row.claim else "",
        "remarks": [remark.kind for remark in remarks(row)],
    }
    if "percent_begins" in expect:
        found["percent_begins"] = cut(row.value * 100, expect["percent_begins"])
    if "share_of_target_begins" in expect:
        share = share_of_target(row.value, row.target.share)
        found["share_of_target_begins"] = cut(share * 100, expect["share_of_target_begins"])
    expect = {"status": "ok", **expect}
    assert {key: found[key] for key in expect} == expect


def cut(value: Fraction, like: str) -> str:
    """The decimals of ``value``, cut (not rounded) to as many as ``like`` shows."""
    decimals = len(like.split(".")[1])
    whole, rest = divmod(value.numerator * 10**decimals // value.denominator, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}"


@pytest.mark.parametrize(("given", "expect"), examples("small_tables.yml"))
def test_small_tables(given, expect, catalog, paths):
    counts, claims = counts_table(given.get("counts", [])), claims_table(given.get("claims", []))
    until = load_period(paths, given["period"]).as_of
    preferred = {tuple(key.split()): choice for key, choice in given.get("preferred", {}).items()}
    facts = gather(counts, claims, until, preferred).get("64.71") or nothing("64.71")
    indicator = catalog.indicators[given["indicator"]]
    latest = indicators.latest(indicators.history(facts, indicator))
    found = [[str(row.as_of), row.base, row.status, wording.value(row)] for row in latest]
    assert found == expect["latest"]
    if "lone" in expect:
        lone = indicators.lone_numerator(facts, indicator)
        assert lone is not None
        assert lone.count == expect["lone"]
    assert len(facts.conflicts) == expect.get("conflicts", 0)


def counts_table(lines: list[str]) -> pd.DataFrame:
    rows = []
    for line in lines:
        measure, as_of, count, statement, *kind = line.split()
        row = dict.fromkeys(frames.COUNTS, "") | {
            "region_code": "64.71",
            "as_of": as_of,
            "precision": AsOf.parse(as_of).precision,
            "measure": measure,
            "count": int(count),
            "statement": statement,
            "base_kind": "".join(kind),
            "approximate": "tidak",
            "source": statement,
        }
        rows.append(row)
    return pd.DataFrame(rows, columns=list(frames.COUNTS))


def claims_table(lines: list[str]) -> pd.DataFrame:
    rows = []
    for line in lines:
        indicator, as_of, base, percent, statement = line.split()
        row = dict.fromkeys(frames.CLAIMS, "") | {
            "region_code": "64.71",
            "as_of": as_of,
            "precision": AsOf.parse(as_of).precision,
            "indicator": indicator,
            "base": base,
            "kind": "persen",
            "percent": percent,
            "approximate": "tidak",
            "statement": statement,
            "source": statement,
        }
        rows.append(row)
    return pd.DataFrame(rows, columns=list(frames.CLAIMS))


@pytest.mark.parametrize(("given", "expect"), examples("sums_and_days.yml"))
def test_sums_and_days(given, expect, briefing, catalog, regions):
    if "people" in given:
        after, until = (date.fromisoformat(given[key]) for key in ("after", "until"))
        days = working_days(after, until, national_holidays(after, until))
        assert {"working_days": days, "per_day": needed_per_day(given["people"], days)} == expect
        return
    indicator = catalog.indicators[given["indicator"]]
    known = briefing("64", given["as_of"])
    rows = [row for region in regions.regencies for row in known.history(indicator, region.code)]
    whole = roll_up([row for row in rows if str(row.as_of) == given["as_of"]], "64", 10, indicator)
    found = {
        "counts": [whole.numerator, whole.denominator],
        "printed": wording.value(whole),
        "parts": list(whole.parts),
    }
    assert found == expect


def test_ten_regencies_sum_to_the_published_province(briefing, catalog, regions):
    """KIA on 15 June 2021: the only complete ten-regency table that was published."""
    indicator = catalog.indicators["kia"]
    base = briefing("64", "2021-06-15")
    parts = [
        row
        for region in regions.regencies
        for row in base.history(indicator, region.code)
        if str(row.as_of) == "2021-06-15" and row.from_counts
    ]
    whole = roll_up(parts, "64", 10, indicator)
    assert (whole.numerator, whole.denominator) == (499093, 1174848)
    assert (wording.value(whole), whole.parts, whole.status) == ("42,48%", (10, 10), "ok")
    some = roll_up(parts[:7], "64", 10, indicator)
    assert (some.status, some.verdict, some.gap) == ("parsial", None, None)
    assert wording.parts(some) == "7 dari 10 kabupaten/kota"


def test_polling_day_asks_for_1021_a_working_day(briefing):
    """10,201 people; 13 to 26 November 2024 has ten working days; the 27th is a public holiday."""
    assert "10.201 orang belum melakukan perekaman" in message(briefing("64", "2024-11-12"))[-1]
    assert "10 hari kerja: 1.021 orang per hari kerja" in message(briefing("64", "2024-11-12"))[-1]
