"""What is written in the charts of an executed notebook, and where it would be cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fontpkg_ibm_plex_sans
import nbformat
from PIL import ImageFont

from adminduk.present.bundles import MIME

_TEXT = "{http://www.w3.org/2000/svg}text"
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # the part of a text that stands before its place
_LARGE = 1000  # pixels: widths are taken from letters so large that rounding is nothing


@cache
def _font() -> ImageFont.FreeTypeFont:
    (path,) = (Path(fontpkg_ibm_plex_sans.__file__).parent / "files").glob("IBMPlexSans[[]*.ttf")
    return ImageFont.truetype(str(path), _LARGE)


def drawings(notebook: Path) -> Iterator[str]:
    """Every chart of a notebook, as SVG."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        for output in cell.get("outputs", []):
            yield from _drawings(output.get("data", {}).get(MIME))


def _drawings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "svg" in value:
            yield value["svg"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _drawings(item)


def cut_off(svg: str) -> list[str]:
    """The texts that do not stand within the drawing from left to right."""
    root = ElementTree.fromstring(svg)
    wide = float(root.get("viewBox", "").split()[2])
    found = []
    for text in root.iter(_TEXT):
        style, words = text.get("style", ""), "".join(text.itertext())
        size = float(re.search(r"([\d.]+)px", style)[1])
        length = _font().getlength(words) * size / _LARGE
        anchor = re.search(r"text-anchor: (\w+)", style)
        left = float(text.get("x", "nan")) - _BEFORE[anchor[1] if anchor else "start"] * length
        if not (left >= -0.5 and left + length <= wide + 0.5):
            found.append(words)
    return found
