"""What the fork engine makes of a notebook is what the stock kernel makes of it."""

from __future__ import annotations

import pytest
from exercises import ENDINGS, TOLERATED


@pytest.mark.parametrize("name", TOLERATED)
def test_exercises(both, name):
    forked, stock = both(TOLERATED[name], tags=["raises-exception"])
    assert forked.splitlines() == stock.splitlines()


@pytest.mark.parametrize("name", ENDINGS)
def test_endings(both, name):
    forked, stock = both(ENDINGS[name])
    assert forked.splitlines() == stock.splitlines()
