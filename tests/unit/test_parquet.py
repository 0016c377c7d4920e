"""Counts by columns: the same figures as in rows, the part that a report reads and no more, the same bytes."""

from __future__ import annotations

import shutil
from functools import partial

import pandas as pd
import pytest
from click.testing import CliRunner

from adminduk.basis import datasets, frames, parquet, slices
from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.cli import cli
from adminduk.present.opening import open_briefing

DATA, PERIOD = "kaltim", "2024-11-12"


@pytest.fixture
def project(cloned, tmp_path) -> Paths:
    """The published figures as a dataset that may be changed."""
    paths = cloned(tmp_path / "proyek")
    shutil.copytree(paths.dataset("published"), paths.dataset(DATA))
    return paths


@pytest.fixture
def large(project) -> Paths:
    datasets.turn(project, DATA, large=True)
    return project


def told(paths: Paths, code: str) -> dict:
    tables = slices.slice_for(frames.read_dataset(paths, DATA, code), code)
    return {name: sorted(map(tuple, frame.to_numpy().tolist())) for name, frame in tables.items()}


def test_there_and_back_is_the_same_to_the_byte(project):
    before = project.counts(DATA, large=False).read_bytes()
    rows = datasets.turn(project, DATA, large=True)
    assert not project.counts(DATA, large=False).exists() and frames.is_large(project, DATA)
    assert DATA in frames.datasets(project)
    first = project.counts(DATA, large=True).read_bytes()
    assert datasets.turn(project, DATA, large=False) == rows == before.count(b"\n") - 1
    assert project.counts(DATA, large=False).read_bytes() == before
    datasets.turn(project, DATA, large=True)
    assert project.counts(DATA, large=True).read_bytes() == first


def test_a_region_is_told_the_same_and_its_page_has_the_same_stamp(project, regions):
    wanted = {region.code: told(project, region.code) for region in regions.all}
    stamps = {region.code: open_briefing(project, region.code, PERIOD, DATA).stamp for region in regions.all}
    datasets.turn(project, DATA, large=True)
    for region in regions.all:
        assert told(project, region.code) == wanted[region.code], region.name
        assert open_briefing(project, region.code, PERIOD, DATA).stamp == stamps[region.code]


def test_no_other_regencys_parts_are_read(project, tmp_path):
    one = frames.read_dataset(project, DATA)["counts"].iloc[:1]
    codes = ["64", "64.03", "64.03.01", "64.7", "64.71", "64.71.01", "64.71.01.1001", "64.72", "64.72.01"]
    path = tmp_path / "counts.parquet"
    path.write_bytes(parquet.to_parquet(pd.concat([one.assign(region_code=code) for code in codes])))
    read = parquet.read_parquet(path, "64.71")["region_code"]
    assert list(read) == ["64", "64.03", "64.7", "64.71", "64.72", "64.71.01", "64.71.01.1001"]
    assert sorted(parquet.read_parquet(path)["region_code"]) == codes


def test_the_order_of_the_rows_makes_no_difference(project):
    counts = frames.read_dataset(project, DATA)["counts"]
    assert parquet.to_parquet(counts) == parquet.to_parquet(counts.iloc[::-1])


def test_a_delivery_keeps_the_form_that_is_there(large):
    claims = frames.read_dataset(large, DATA)["claims"]
    counts = frames.read_dataset(large, DATA)["counts"]
    datasets.commit(large, DATA, datasets.Changes({"counts": counts.iloc[1:], "claims": claims}, {}))
    assert len(frames.read_dataset(large, DATA)["counts"]) == len(counts) - 1
    assert not large.counts(DATA, large=False).exists()


def test_both_forms_at_once_are_refused(large):
    shutil.copy(large.counts("published", large=False), large.counts(DATA, large=False))
    with pytest.raises(DataError, match="ada bersama"):
        frames.read_dataset(large, DATA)


@pytest.mark.parametrize("content", [b"", b"PAR1 bukan tabel PAR1" * 9])
def test_a_file_that_is_no_such_table_is_told(large, content):
    large.counts(DATA, large=True).write_bytes(content)
    for read in (frames.read_dataset, partial(frames.read_dataset, within="64.71")):
        with pytest.raises(DataError, match=r"counts\.parquet: tidak dapat dibaca"):
            read(large, DATA)


def test_the_command_says_where_and_how_many(project, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))
    rows = len(frames.read_dataset(project, DATA)["counts"])
    done = CliRunner().invoke(cli, ["columns", "--data", DATA])
    assert done.exit_code == 0 and f"data/{DATA}/counts.parquet: {rows} baris" in done.output
    with pytest.raises(ParameterError, match="bukan bentuk"):
        CliRunner().invoke(cli, ["columns", "--data", DATA, "--to", "xlsx"], catch_exceptions=False)
