"""How tight a document is set, so that its last page is worth its paper.

No page should be less than a third full, and a report about which little is known has at most three pages.
The same source is laid out a little tighter or looser until both hold; the nearest to normal is taken, so
that the result depends on the source alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

# Nearest to normal first. Below 0.82 notes would be well under 7 points.
DENSITIES = ("1.00", "0.97", "1.04", "0.94", "1.08", "0.91", "0.88", "0.86", "0.84", "0.82", "1.12", "1.16")
LEAST_FILLED = 1 / 3


def fitting(compiler: Callable[[str], Any], most_pages: int) -> str:
    """The first density whose layout holds, else the one with fewest pages and the fullest last one."""
    tried: list[tuple[int, bool, float, str]] = []
    for density in DENSITIES:
        try:
            pages, filled = _extent(compiler(density))
        except RuntimeError:
            return density  # what cannot be laid out is told, with its place, when it is compiled
        well = filled >= LEAST_FILLED or pages == 1
        if well and (not most_pages or pages <= most_pages):
            return density
        tried.append((pages, not well, -filled, density))
    return min(tried, key=lambda entry: entry[:3])[3]


def _extent(compiler: Any) -> tuple[int, float]:
    """Pages of the layout, and how much of its last page is used (0 to 1)."""
    answer = json.loads(compiler.query("<akhir>", field="value"))
    return (int(answer[0]["halaman"]), float(answer[0]["terisi"])) if answer else (1, 1.0)
