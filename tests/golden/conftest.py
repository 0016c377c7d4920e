"""Reports printed once for all tests of a worker, by the road that ``make report`` takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from filelock import FileLock

from adminduk.basis.paths import Paths
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
def common(cloned, tmp_path_factory, worker_id) -> Paths:
    """One project for all workers: what one of them printed, the others read."""
    base = tmp_path_factory.getbasetemp()
    root = (base if worker_id == "master" else base.parent) / "bersama"
    with FileLock(f"{root}.kunci"):
        return Paths(root) if root.is_dir() else cloned(root)


@pytest.fixture(scope="session")
def printed(common: Paths):
    """``printed("64.71", "2024-11-12")``."""
    made: dict[tuple[str, str], Printed] = {}

    def make(region: str, period: str) -> Printed:
        key = (region, period)
        if key not in made:
            job = plan(common, region, period, "published")
            pdf = job.desk(common) / f"{job.stem}.pdf"
            with FileLock(common.root / f"{job.stem}.kunci"):
                if not pdf.is_file():
                    build(job, common)
            made[key] = Printed(pdf, read_pages(pdf))
        return made[key]

    return make
