"""Where text stands on a printed page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pypdfium2

MM = 72 / 25.4
MARGIN = 20 * MM
_HANG = 1.2 * MM  # punctuation hangs into the margin

Box = tuple[float, float, float, float]  # left, bottom, right, top in points


def text_boxes(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    found = [(text.get_text_bounded(*box).replace("\u200b", "").strip(), box) for box in boxes]
    # The two slashes of an address lean into each other by design of the typeface.
    return [(words, box) for words, box in found if words.strip("/")]


def overlap(one: Box, other: Box) -> float:
    """Shared area as a part of the smaller box."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or tall <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return wide * tall / min(areas)


def misplaced(page: pypdfium2.PdfPage, boxes: Sequence[tuple[str, Box]]) -> list[tuple[str, ...]]:
    """Texts that reach into the margins or out of the page, and pairs that overlap."""
    width, height = page.get_size()
    found: list[tuple[str, ...]] = []
    for text, (left, bottom, right, top) in boxes:
        if left < MARGIN - _HANG or right > width - MARGIN + _HANG or bottom < 0 or top > height:
            found.append((text,))
    pairs = combinations(boxes, 2)
    return found + [(text, other) for (text, box), (other, place) in pairs if overlap(box, place) >= 0.2]
