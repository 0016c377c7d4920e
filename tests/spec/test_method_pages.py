"""The worked examples of docs/method are what the library computes: each yaml block names a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import yaml
from handmade import tables
from programmes import line

from adminduk.basis.catalog import load_catalog
from adminduk.basis.dates import AsOf
from adminduk.basis.paths import find_paths
from adminduk.measure import (
    allocation,
    chance,
    decomposition,
    disclosure,
    harmonise,
    inequality,
    pace,
    projection,
    realisation,
)
from adminduk.measure.band import Pairing
from adminduk.measure.band import band as band_of
from adminduk.measure.facts import gather

PAGES = sorted((find_paths().root / "docs" / "method").glob("*.md"))
BLOCK = re.compile(r"^```yaml\n(formula: .*?)^```$", re.M | re.S)


def blocks() -> list[Any]:
    found = []
    for page in PAGES:
        for number, text in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), start=1):
            example = yaml.safe_load(text)
            found.append(pytest.param(example, id=f"{page.stem}-{number}-{example['formula']}"))
    return found


def points(given: dict) -> list[pace.Point]:
    return [pace.Point(AsOf.parse(str(when)), n, d) for when, n, d in given["points"]]


def areas(given: dict) -> list[inequality.Area]:
    return [inequality.Area(*row) for row in given["areas"]]


def counted(row: list) -> decomposition.Counted:
    return decomposition.Counted(row[0], tuple(row[1]), tuple(row[2]))


def required(given: dict) -> dict[str, Any]:
    return vars(pace.required(given["people"], given["after"], given["until"], given["holidays"]))


def observed(given: dict) -> dict[str, Any]:
    found = pace.observed(points(given), target=Fraction(given.get("target", 0)))
    slowest, fastest = found.per_day
    return {**vars(found), "slowest": slowest, "fastest": fastest}


def carried(given: dict) -> dict[str, Any]:
    found = pace.carried(given["gaps"])
    return {
        "order": " ".join(row.region_code for row in found),
        "cumulative": " ".join(f"{float(row.cumulative):.2f}" for row in found),
    }


def projected(method: projection.Method) -> Callable[[dict], dict[str, Any]]:
    def project(given: dict) -> dict[str, Any]:
        found = projection.project(points(given), Fraction(given["target"]), (date.min, given["until"]), method)
        if isinstance(found, projection.Refusal):
            return {"refused": found.reason}
        low, middle, high = found.expected
        return {**vars(found), "low": low, "expected": middle, "high": high}

    return project


def movement(given: dict) -> dict[str, Any]:
    found = decomposition.movement(counted(given["counted"]))
    return {**vars(found), "change": found.change}


def contributions(given: dict) -> dict[str, Any]:
    found = decomposition.contributions([counted(row) for row in given["parts"]])
    return {
        "coverage": " ".join(str(part.coverage) for part in found),
        "composition": " ".join(str(part.composition) for part in found),
        "total": sum(part.total for part in found),
    }


def spread(given: dict) -> dict[str, Any]:
    found = inequality.spread(areas(given), Fraction(given["target"]))
    first = " ".join(f"{area.region_code}:{short}" for area, short in found.first)
    return {**vars(found), "range": found.range, "first": first}


def wilson(given: dict) -> dict[str, Any]:
    low, high = chance.wilson(given["numerator"], given["denominator"])
    return {"low": low, "high": high}


def funnel(given: dict) -> dict[str, Any]:
    found = chance.funnel(areas(given))
    outside = " ".join(limits.area.region_code for limits in found if limits.outside)
    return {"low": found[0].low, "high": found[0].high, "outside": outside}


def suppress(given: dict) -> dict[str, Any]:
    found = disclosure.suppress(given["table"], given["threshold"])
    return {
        name: " ".join(f"{row},{column}" for row, column in sorted(cells))
        for name, cells in (("small", found.small), ("beside", found.beside))
    }


def uplift(given: dict) -> dict[str, Any]:
    targets = {code: Fraction(share) for code, share in given["targets"].items()}
    found = harmonise.together(targets, given["bases"], Fraction(given["target"]))
    more = harmonise.uplift(targets, given["bases"], Fraction(given["target"]))
    told = " ".join(f"{code}:{people}" for code, people in sorted(more.items()))
    return {**vars(found), "short": found.short, "more": told}


def best(given: dict) -> dict[str, Any]:
    found = allocation.best([allocation.Need(*row) for row in given["needs"]], given["days"], given["floor"])
    return {name: " ".join(map(str, getattr(found, name))) for name in ("days", "served")}


def lags(given: dict) -> dict[str, Any]:
    told = {"target": Decimal(given["target"]), "realisasi": Decimal(given["done"])}
    one = line(**told, pagu=given["budget"], realisasi_keuangan=given["spent"], bulan=tuple(given["months"]))
    return {
        "lags": realisation.lags(one, given["day"]),
        "output": realisation.output_share(one),
        "money": realisation.money_share(one),
    }


def cost(given: dict) -> dict[str, Any]:
    lines = [line(realisasi=Decimal(done), realisasi_keuangan=spent) for done, spent in given["lines"]]
    (found,) = realisation.realised(lines)
    return {"cost": found.cost}


def band(given: dict) -> dict[str, Any]:
    made, indicator = tables(given["counts"]), load_catalog(find_paths()).indicators[given["indicator"]]
    facts = gather(made["counts"], made["claims"], date(2024, 11, 12), {})[given["counts"][0].split()[0]]
    found = band_of(facts, indicator)
    ends = {"lowest": found.lowest, "highest": found.highest}
    told = {name: as_percent(pairing) for name, pairing in ends.items()}
    return {**told, "pairings": len(found.pairings), "dependence": found.dependence}


def as_percent(pairing: Pairing) -> str:
    return f"{float(pairing.value * 100):.4f} {pairing.denominator.measure}"


FORMULAS: dict[str, Callable[[dict], dict[str, Any]]] = {
    "required": required, "observed": observed, "carried": carried, "linear": projected("linear"),
    "logit": projected("logit"), "movement": movement, "contributions": contributions, "spread": spread,
    "wilson": wilson, "funnel": funnel, "suppress": suppress, "uplift": uplift, "best": best, "band": band,
    "lags": lags, "cost": cost,
}  # fmt: skip


@pytest.mark.parametrize("example", blocks())
def test_worked_example(example):
    found = FORMULAS[example["formula"]](example["given"])
    told = {key: as_told(found[key], str(expected)) for key, expected in example["expect"].items()}
    assert told == {key: str(expected) for key, expected in example["expect"].items()}


def test_every_formula_has_an_example():
    assert {param.values[0]["formula"] for param in blocks()} == FORMULAS.keys()


def as_told(value: Any, like: str) -> str:
    """A number with as many decimals as the page shows; anything else as text."""
    if isinstance(value, float | Fraction) and re.fullmatch(r"-?\d+\.\d+", like):
        return f"{float(value):.{len(like.split('.')[1])}f}"
    return value.isoformat() if isinstance(value, date) else str(value)
