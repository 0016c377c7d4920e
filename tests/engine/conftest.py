"""The same cells in both engines."""

from __future__ import annotations

import pytest
from engines import ENGINES, comparable, execute, notebook


@pytest.fixture
def both(tmp_path):
    """``both(cells)``: what each engine makes of the same cells, as text to be compared."""

    def run(cells, tags=(), **settings):
        made = notebook(cells, tags)
        return [comparable(execute(engine, made, tmp_path, **settings), engine) for engine in ENGINES]

    return run
