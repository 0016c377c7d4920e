"""The benchmark in its quick form: what it writes, and that floor and batch print the same. No test of times."""

from __future__ import annotations

import json
import re

import pytest

from adminduk.bench import rounds
from adminduk.bench.page import write


@pytest.fixture(scope="module")
def written(cloned, tmp_path_factory):
    """The quick form in a clone; it ends in an AssertionError when the floor prints other bytes than the batch."""
    paths = cloned(tmp_path_factory.mktemp("ukur"))
    told: list[str] = []
    files = write(paths, True, told.append)
    return paths, files, told


def test_files(written):
    paths, files, told = written
    assert files == [paths.bench / name for name in ("bench.json", "benchmarks.svg", "benchmarks.md")]
    assert told == ["putaran 1/1: floor", "putaran 1/1: batch"]
    assert not paths.docs.exists()


def test_ratios(written):
    found = json.loads((written[0].bench / "bench.json").read_text())
    runs, ratios = found["runs"], found["ratios"]
    assert {name: (run["reports"], len(run["seconds"])) for name, run in runs.items()} == {
        "floor": (2, 1), "batch": (2, 1),
    }  # fmt: skip
    assert ratios.pop("share_of_floor") == runs["floor"]["seconds"][0] / runs["batch"]["seconds"][0]
    assert ratios == {"vs_xelatex": None, "vs_webpdf": None, "vs_quarto": None, "cold_of_xelatex": None}


def test_page(written):
    page = (written[0].bench / "benchmarks.md").read_text()
    assert len(re.findall(r"not measured: the program is absent", page)) == 4
    assert '| `report.answer("perkembangan")` |' in page
    assert "matplotlib" not in re.findall(r"^\| `([a-z.]+)` \|", page, re.MULTILINE)


def test_ratio_is_of_one_report():
    runs = {"slow": rounds.Run(2, [9.0, 8.0, 100.0]), "fast": rounds.Run(10, [10.0, 5.0, 4.0])}
    measured = rounds.Measured(rounds.QUICK, runs, {})
    assert measured.ratio("slow", "fast") == 9.0  # 4.5 s a report, and 0.5
    assert measured.ratio("slow", "absent") is None
