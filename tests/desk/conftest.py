"""A desk to work at: the project again, in a folder where files may be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from adminduk.basis.paths import Paths


@pytest.fixture
def desk(cloned, tmp_path: Path) -> Paths:
    return cloned(tmp_path / "meja")
