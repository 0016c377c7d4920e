"""The same cells in both engines."""

from __future__ import annotations

import pytest
from engines import ENGINES, notebook, outcome


@pytest.fixture
def both(tmp_path):
    """``both(cells)``: what each engine leaves of the same cells, or of the same file, as text to be compared."""

    def run(cells, tags=(), **settings):
        made = notebook(cells, tags) if isinstance(cells, list) else cells
        return [outcome(engine, made, tmp_path, **settings) for engine in ENGINES]

    return run
