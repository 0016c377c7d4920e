"""A project to build reports of, somewhere else than here."""

from __future__ import annotations

import pytest

from adminduk.basis.paths import Paths
from adminduk.ingest.simulation.messy import write_demo


@pytest.fixture(scope="session")
def simulated(cloned, tmp_path_factory) -> Paths:
    """The project with data/demo, never printed into: copy it."""
    paths = cloned(tmp_path_factory.mktemp("gugus") / "asal")
    write_demo(paths, "kecamatan", refusal=False)
    return paths


@pytest.fixture(scope="session")
def small(cloned, tmp_path_factory) -> Paths:
    """The project with the published figures alone, which are quickly read: copy it."""
    return cloned(tmp_path_factory.mktemp("kecil") / "asal")
