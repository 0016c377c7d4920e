"""What a job takes along is enough, and no less: the report of the slice is the report of the whole dataset."""

from __future__ import annotations

import pickle
import zlib
from pathlib import Path

import pytest
from quick_packs import DATA, PERIOD, quick, silent

from adminduk.basis import frames
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.basis.periods import load_period
from adminduk.basis.regions import load_regions
from adminduk.basis.rulebook import load_rulebook
from adminduk.present.opening import OPENED_VARIABLE, keep, kept, open_briefing
from adminduk.publish import provenance, shelf
from adminduk.publish.material import gather, make_reports
from adminduk.publish.parcel import Packer, Parcel
from adminduk.publish.plan import plan
from adminduk.report import open_report

REGENCY = "64.03"


@pytest.fixture(scope="module")
def packer(simulated) -> Packer:
    return Packer(simulated, DATA, frames.reader(simulated, DATA), {})


def packed(packer: Packer, paths: Paths, code: str) -> Parcel:
    return packer.pack(plan(paths, code, PERIOD, DATA), {})


def unpacked(parcel: Parcel, root: Path) -> Paths:
    for name, content in parcel.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(zlib.decompress(content))
    return Paths(root)


def rested_on(paths: Paths, code: str) -> dict[str, object]:
    """All that a report of a region is made of: its tables, its period, its rules, what stands on every page."""
    opened = open_briefing(paths, code, PERIOD, DATA)
    tables = {name: frame.to_dict("list") for name, frame in opened.briefing._tables.items()}
    period = load_period(paths, PERIOD, DATA)
    return tables | {"period": period, "book": load_rulebook(paths), "stamp": opened.stamp}


def test_every_region_rests_on_the_same_in_its_slice_as_in_the_whole(simulated, packer, regions, tmp_path):
    for region in regions.all:
        apart = unpacked(packed(packer, simulated, region.code), tmp_path / region.code)
        assert rested_on(apart, region.code) == rested_on(simulated, region.code), region.name


def test_a_regency_takes_no_other_regencys_kecamatan_along(simulated, packer, tmp_path):
    apart = unpacked(packed(packer, simulated, REGENCY), tmp_path)
    codes = set(frames.read_dataset(apart, DATA)["counts"]["region_code"])
    assert {code for code in codes if code.count(".") == 2 and not code.startswith(REGENCY)} == set()
    assert f"{REGENCY}.01" in codes and "64.71" in codes


def test_what_is_known_of_every_region_goes_along(simulated):
    opened = open_briefing(simulated, REGENCY, PERIOD, DATA)
    again = pickle.loads(keep(opened)).briefing
    for region in load_regions(simulated).all:
        assert again.facts(region.code) == opened.briefing.facts(region.code)
        for indicator in again.catalog:
            assert again.history(indicator, region.code) == opened.briefing.history(indicator, region.code)


def test_what_was_opened_is_taken_for_that_report_and_no_other(simulated, tmp_path, monkeypatch):
    opened = open_briefing(simulated, REGENCY, PERIOD, DATA)
    place = tmp_path / "terbuka.pickle"
    place.write_bytes(keep(opened))
    monkeypatch.setenv(OPENED_VARIABLE, str(place))
    assert kept(REGENCY, PERIOD, DATA).stamp == opened.stamp
    others = [("64.71", PERIOD, DATA), (REGENCY, "2024-06-13", DATA), (REGENCY, PERIOD, "published")]
    assert [kept(*other) for other in others] == [None] * 3
    monkeypatch.setenv(ROOT_VARIABLE, str(simulated.root))
    told = [open_report(code, PERIOD, DATA).sentence("pesan").plain for code in (REGENCY, "64.71")]
    monkeypatch.delenv(OPENED_VARIABLE)
    assert told == [open_report(code, PERIOD, DATA).sentence("pesan").plain for code in (REGENCY, "64.71")]


def test_all_at_once_are_the_bytes_of_one_by_one(simulated, tmp_path):
    """Each by a process of its own from its parcel; then each here, from the whole dataset."""
    paths = quick(simulated, tmp_path / "proyek")
    material = gather(paths, PERIOD, DATA)
    make_reports(material, silent)
    assert len(material.ends) == 11 and material.failed == {}
    for job, depends in material.jobs.values():
        place = paths.shelf(provenance.key(depends))
        assert {path.name: path.read_bytes() for path in place.iterdir()} == shelf.make(paths, job, depends), str(job)
    assert all(built.memory > 0 and built.worker and built.files == {} for built in material.ends.values())
