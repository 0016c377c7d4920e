"""How tight a document is set, so that its last page is worth its paper.

No page should be less than a third full, and a report about which little is known has at most three pages.
The same source is laid out a little tighter or looser until both hold; the nearest to normal is taken, so
that the result depends on the source alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

# Nearest to normal first. Below 0.86 notes would be smaller than 7.5 points.
DENSITIES = ("1.00", "0.97", "1.04", "0.94", "1.08", "0.91", "0.88", "0.86", "1.12", "1.16")
LEAST_FILLED = 1 / 3


def fitting(compiler: Callable[[str], Any], most_pages: int) -> Any:
    """The first compiler whose layout holds, else the one with fewest pages and the fullest last one."""
    tried = []
    for density in DENSITIES:
        candidate = compiler(density)
        try:
            pages, filled = _extent(candidate)
        except RuntimeError:
            return candidate  # what cannot be laid out is told, with its place, when it is compiled
        if (not most_pages or pages <= most_pages) and (filled >= LEAST_FILLED or pages == 1):
            return candidate
        tried.append((pages > most_pages > 0, -filled, candidate))
    return min(_compact(tried), key=lambda entry: entry[:2])[2]


def _compact(tried: list[tuple[bool, float, Any]]) -> Iterator[tuple[bool, float, Any]]:
    """What stays within the length that was asked for; everything when nothing does."""
    within = [entry for entry in tried if not entry[0]]
    yield from within or tried


def _extent(compiler: Any) -> tuple[int, float]:
    """Pages of the layout, and how much of its last page is used (0 to 1)."""
    answer = json.loads(compiler.query("<akhir>", field="value"))
    return (int(answer[0]["halaman"]), float(answer[0]["terisi"])) if answer else (1, 1.0)
