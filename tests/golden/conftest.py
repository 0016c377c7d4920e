"""Reports printed once for all tests of a worker, by the road that ``make report`` takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from adminduk.publish.plan import plan
from adminduk.publish.run import build


@dataclass(frozen=True)
class Printed:
    """A printed report: its PDF and the text of each page."""

    pdf: Path
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


def read_pages(pdf: Path) -> tuple[str, ...]:
    """The text of each page, white space folded, so that a line break hides nothing."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture(scope="session")
def printed(cloned, tmp_path_factory):
    """``printed("64.71", "2024-11-12")``."""
    project = cloned(tmp_path_factory.mktemp("proyek"))
    made: dict[tuple[str, str], Printed] = {}

    def make(region: str, period: str) -> Printed:
        key = (region, period)
        if key not in made:
            pdf = build(plan(project, region, period, "published"), project)
            made[key] = Printed(pdf, read_pages(pdf))
        return made[key]

    return make
