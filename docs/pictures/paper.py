"""Pages as they are printed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from adminduk.basis.defaults import DATA, NOTEBOOK, PERIOD
from adminduk.publish.plan import plan
from adminduk.publish.run import build
from adminduk.publish.slides import print_slides
from pictures.scratch import Scratch

WIDTH = 900  # pixels, of a page upright or across
OFFICE = "64.71"  # whose pages the manual explains
PROVINCE = "64"


def page(pdf: Path, number: int, width: int = WIDTH) -> bytes:
    """Page ``number`` (the first is 0) of a PDF as a PNG."""
    with pypdfium2.PdfDocument(pdf) as document:
        shown, stream = document[number], io.BytesIO()
        shown.render(scale=width / shown.get_width()).to_pil().save(stream, "PNG")
        return stream.getvalue()


def trimmed(picture: bytes) -> bytes:
    """A picture down to its last mark above the foot: what is empty below it is cut away."""
    image, stream = Image.open(io.BytesIO(picture)).convert("L"), io.BytesIO()
    above = image.crop((0, 0, image.width, int(image.height * 0.93)))
    _, _, _, last = ImageOps.invert(above).getbbox()
    Image.open(io.BytesIO(picture)).crop((0, 0, image.width, last + 30)).save(stream, "PNG")
    return stream.getvalue()


def printed(scratch: Scratch, region: str, data: str, notebook: str = NOTEBOOK) -> Path:
    """The PDF of one notebook, printed once."""
    job = plan(scratch.paths, region, PERIOD, data, notebook)
    pdf = job.desk(scratch.paths) / f"{job.stem}.pdf"
    return pdf if pdf.is_file() else build(job, scratch.paths)


def published(region: str, number: int = 0) -> Callable[[Scratch], bytes]:
    """A page of a region's briefing, from published figures."""
    return lambda scratch: page(printed(scratch, region, DATA), number)


def briefing(number: int) -> Callable[[Scratch], bytes]:
    """A page of the office's briefing, from simulated figures."""
    return lambda scratch: page(printed(scratch, OFFICE, scratch.demo), number)


def document(notebook: str, number: int = 0) -> Callable[[Scratch], bytes]:
    """A page of one of the meeting's documents, from simulated figures."""
    return lambda scratch: page(printed(scratch, PROVINCE, scratch.demo, notebook), number)


def slide(number: int) -> Callable[[Scratch], bytes]:
    """One of the speaker's slides, from simulated figures."""
    return lambda scratch: page(print_slides(plan(scratch.paths, OFFICE, PERIOD, scratch.demo), scratch.paths), number)


def cover(scratch: Scratch) -> bytes:
    """The cover of the office's pack."""
    (pack,) = scratch.edition.glob(f"paket/{OFFICE}*.pdf")
    return page(pack, 0)
