"""What many tests stand on: the project as it is, and its published figures."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adminduk.basis import frames
from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.paths import Paths, find_paths
from adminduk.basis.periods import load_period
from adminduk.basis.regions import Regions, load_regions
from adminduk.basis.rulebook import load_rulebook
from adminduk.ingest.simulation.messy import write_demo
from adminduk.measure.briefing import Briefing


@pytest.fixture(scope="session")
def paths() -> Paths:
    return find_paths()


@pytest.fixture(scope="session")
def cloned(paths: Paths):
    """``cloned(folder)``: the project again, somewhere else."""

    def clone(root: Path) -> Paths:
        for folder in ("params", "notebooks"):
            shutil.copytree(paths.root / folder, root / folder)
        shutil.copytree(paths.dataset("published"), root / "data" / "published")
        return Paths(root)

    return clone


@pytest.fixture(scope="session")
def simulated(cloned, tmp_path_factory) -> Paths:
    """The project with data/demo, never printed into: copy it."""
    paths = cloned(tmp_path_factory.mktemp("simulasi") / "asal")
    write_demo(paths, "kecamatan", refusal=False)
    return paths


@pytest.fixture(scope="session")
def regions(paths: Paths) -> Regions:
    return load_regions(paths)


@pytest.fixture(scope="session")
def catalog(paths: Paths) -> Catalog:
    return load_catalog(paths)


@pytest.fixture(scope="session")
def published(paths: Paths):
    return frames.read_dataset(paths, "published")


@pytest.fixture(scope="session")
def briefing(paths, regions, published):
    """``briefing("64.71", "2024-11-12")``: what a report of published figures rests on."""
    book = load_rulebook(paths)
    made: dict[tuple[str, str], Briefing] = {}

    def make(code: str, period: str) -> Briefing:
        key = (code, period)
        if key not in made:
            place, when = regions.get(code), load_period(paths, period)
            made[key] = Briefing(published, book, place, when)
        return made[key]

    return make
