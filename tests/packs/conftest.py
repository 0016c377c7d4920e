"""A project to make editions of."""

from __future__ import annotations

from pathlib import Path

import pytest
from quick_packs import quick

from adminduk.basis.paths import Paths
from adminduk.ingest.simulation.messy import write_demo


@pytest.fixture(scope="session")
def simulated(cloned, tmp_path_factory) -> Paths:
    """The project with data/demo, never printed into: copy it."""
    paths = cloned(tmp_path_factory.mktemp("paket") / "asal")
    write_demo(paths, "kecamatan", refusal=False)
    return paths


@pytest.fixture
def project(simulated: Paths, tmp_path: Path) -> Paths:
    return quick(simulated, tmp_path / "proyek")


@pytest.fixture
def province(simulated: Paths, tmp_path: Path) -> Paths:
    """A project with a pack of the province alone, to be made many times."""
    return quick(simulated, tmp_path / "proyek", ["provinsi"])
