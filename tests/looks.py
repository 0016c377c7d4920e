"""Whether a page looks as in a picture of docs/images.

A page that was changed on purpose: look at it, then ``.venv/bin/python docs/make_pictures.py`` and commit its picture.
"""

from __future__ import annotations

import io

from PIL import Image, ImageChops

FEW_COLOURS = 40  # of 255: as far as a pixel of a picture with few colours may be from the page's own
MOST = 10  # pixels of the 290,000 of an upright page at half its size; another digit of a table is 16


def moved(picture: bytes, page: bytes) -> int:
    """How many pixels, at half size, are clearly different; all of them where the size is."""
    known, shown = (Image.open(io.BytesIO(content)).convert("RGB") for content in (picture, page))
    if known.size != shown.size:
        return known.width * known.height
    red, green, blue = ImageChops.difference(known.reduce(2), shown.reduce(2)).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[FEW_COLOURS + 1 :])
