"""A project to make editions of."""

from __future__ import annotations

from pathlib import Path

import pytest
from quick_packs import quick

from adminduk.basis.paths import Paths


@pytest.fixture
def project(simulated: Paths, tmp_path: Path) -> Paths:
    return quick(simulated, tmp_path / "proyek")


@pytest.fixture
def province(simulated: Paths, tmp_path: Path) -> Paths:
    """A project with a pack of the province alone, to be made many times."""
    return quick(simulated, tmp_path / "proyek", ["provinsi"])
