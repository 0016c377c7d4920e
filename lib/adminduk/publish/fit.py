"""How tight a document is set, so that its last page is worth its paper.

No page should be less than a third full, and a report about which little is known has at most three pages.
The same source is laid out a little tighter or looser until both hold; of what should hold by the length of the first
layout the nearest to normal is tried first. The result depends on the source alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

# Nearest to normal first. Below 0.82 notes would be well under 7 points.
DENSITIES = ("1.00", "0.97", "1.04", "0.94", "1.08", "0.91", "0.88", "0.86", "0.84", "0.82", "1.12", "1.16")
LEAST_FILLED = 1 / 3
ALMOST_FULL = 0.95


def fitting(compiler: Callable[[str], Any], most_pages: int) -> str:
    """The first density whose layout holds, else the one with fewest pages and the fullest last one."""
    tried: list[tuple[int, bool, float, str]] = []
    left = list(DENSITIES)
    while left:
        density = left.pop(0)
        try:
            pages, filled = _extent(compiler(density))
        except RuntimeError:
            return density  # what cannot be laid out is told, with its place, when it is compiled
        if _holds(pages, filled, most_pages):
            return density
        if not tried:  # a layout takes most of the time of a report: those that should hold are tried first
            length = (pages - 1 + filled) / float(density)
            left.sort(key=lambda other: not _should_hold(length * float(other), most_pages))
        tried.append((pages, filled < LEAST_FILLED, -filled, density))
    return min(tried, key=lambda entry: entry[:3])[3]


def _holds(pages: int, filled: float, most_pages: int) -> bool:
    return (filled >= LEAST_FILLED or pages == 1) and (not most_pages or pages <= most_pages)


def _should_hold(length: float, most_pages: int) -> bool:
    """Whether a document of so many pages, and part of one, is likely to hold: a last page almost full may run over."""
    whole = int(length)
    return length - whole <= ALMOST_FULL and _holds(whole + 1, length - whole, most_pages)


def _extent(compiler: Any) -> tuple[int, float]:
    """Pages of the layout, and how much of its last page is used (0 to 1)."""
    answer = json.loads(compiler.query("<akhir>", field="value"))
    return (int(answer[0]["halaman"]), float(answer[0]["terisi"])) if answer else (1, 1.0)
