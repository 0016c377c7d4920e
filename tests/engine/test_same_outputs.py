"""What the fork engine makes of a notebook is what the stock kernel makes of it.

``ADMINDUK_NOTEBOOKS_ALIKE=<folder>`` adds the notebooks of a folder: those of papermill's and nbclient's own tests.
"""

from __future__ import annotations

import nbformat
import pytest
from engines import FILES
from exercises import ENDINGS, SETTINGS, TOLERATED

SECONDS = 15  # one of nbclient's never ends
GIVEN = {"allow_errors": True, "execution_timeout": SECONDS, "interrupt_on_timeout": True}
EACH = {f"{path.parent.name}/{path.name}": path for path in FILES}


@pytest.mark.parametrize("name", TOLERATED)
def test_exercises(both, name):
    forked, stock = both(TOLERATED[name], tags=["raises-exception"])
    assert forked.splitlines() == stock.splitlines()


@pytest.mark.parametrize("name", [*ENDINGS, *EACH])
def test_endings(both, name):
    source = ENDINGS.get(name) or EACH[name]
    forked, stock = both(source, kernel_name=kernel(source), execution_timeout=SECONDS)
    assert forked.splitlines() == stock.splitlines()


@pytest.mark.parametrize("name", [*SETTINGS, *EACH])
def test_settings(both, name):
    source, settings = SETTINGS[name] if name in SETTINGS else (EACH[name], GIVEN)
    forked, stock = both(source, **({"kernel_name": kernel(source)} | settings))
    assert forked.splitlines() == stock.splitlines()


def test_a_notebook_without_cells(both):
    forked, stock = both([])
    assert forked == stock


def kernel(source):
    """What papermill has to be told: nothing where the notebook names its kernel."""
    named = not isinstance(source, list) and nbformat.read(source, as_version=4).metadata.get("kernelspec", {})
    return None if named and "name" in named else "python3"
