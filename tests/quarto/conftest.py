"""Two executed notebooks, printed by both roads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from adminduk.basis.paths import Paths
from adminduk.publish.compiler import compile_pdf
from adminduk.publish.export import typst_source
from adminduk.publish.plan import Job, plan
from adminduk.publish.run import execute

PERIOD = "2024-11-12"


@dataclass(frozen=True)
class Executed:
    """An executed notebook, and what our own exporter prints of it."""

    job: Job
    notebook: Path
    pdf: Path


@pytest.fixture(scope="session")
def project(cloned, tmp_path_factory) -> Paths:
    return cloned(tmp_path_factory.mktemp("quarto") / "proyek")


@pytest.fixture(scope="session")
def executed(project, tmp_path_factory):
    """``executed("64.71")``: run once."""
    made: dict[str, Executed] = {}

    def make(code: str) -> Executed:
        if code not in made:
            job = plan(project, code, PERIOD, "published")
            folder = tmp_path_factory.mktemp("naskah")
            notebook = folder / f"{job.stem}.ipynb"
            pdf = notebook.with_suffix(".pdf")
            pdf.write_bytes(compile_pdf(typst_source(execute(job, project, notebook), job.stem, folder)))
            made[code] = Executed(job, notebook, pdf)
        return made[code]

    return make
