"""Whether a page looks as in a picture of docs/images or tests/golden/pictures, and where it does not.

A page that was changed on purpose: look at it, then ``.venv/bin/python docs/make_pictures.py`` and commit its picture.
"""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageDraw

FEW_COLOURS = 40  # of 255: as far as a pixel of a picture with few colours may be from the page's own
MOST = 10  # pixels of the 290,000 of an upright page at half its size; another digit of a table is 16


def moved(picture: bytes, page: bytes) -> int:
    """How many pixels, at half size, are clearly different; all of them where the size is."""
    known, shown = _opened(picture), _opened(page)
    if known.size != shown.size:
        return known.width * known.height
    return _different(known, shown).histogram()[255]


def where(picture: bytes, page: bytes) -> str:
    """Where the page differs, in hundredths of its width and height from its top left corner."""
    known, shown = _opened(picture), _opened(page)
    if known.size != shown.size:
        return f"{shown.width} x {shown.height} pixels, not {known.width} x {known.height}"
    mask = _different(known, shown)
    left, top, right, bottom = mask.getbbox()
    across, down = (f"{100 * start // of}-{100 * end // of}%" for start, end, of in (
        (left, right, mask.width), (top, bottom, mask.height),
    ))  # fmt: skip
    return f"across {across}, down {down}"


def marked(picture: bytes, page: bytes) -> bytes:
    """The page with a frame around what differs; of another size, as it is."""
    known, shown, stream = _opened(picture), _opened(page), io.BytesIO()
    if known.size == shown.size:
        left, top, right, bottom = (2 * edge for edge in _different(known, shown).getbbox())
        ImageDraw.Draw(shown).rectangle((left - 6, top - 6, right + 6, bottom + 6), outline="red", width=3)
    shown.save(stream, "PNG")
    return stream.getvalue()


def _opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def _different(known: Image.Image, shown: Image.Image) -> Image.Image:
    """White where two pictures of one size, at half of it, are clearly different; else black."""
    red, green, blue = ImageChops.difference(known.reduce(2), shown.reduce(2)).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda far: 255 * (far > FEW_COLOURS))
