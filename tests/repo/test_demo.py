"""``adminduk demo`` in a project of its own: the data, the eleven reports, and what is kept from being printed."""

from __future__ import annotations

import os
import subprocess
import sys

import nbformat
import pypdfium2
import pytest

from adminduk.basis import frames
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.basis.regions import load_regions

PERIOD = "2024-11-12"


def run(project: Paths, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from adminduk.cli import main; main()", *arguments],
        cwd=project.root, env={**os.environ, ROOT_VARIABLE: str(project.root)}, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stderr + done.stdout


@pytest.fixture
def project(cloned, tmp_path) -> Paths:
    return cloned(tmp_path)


def test_the_data_alone_then_a_report_of_it(project):
    code, text = run(project, "demo", "--no-print")
    assert (code, text) == (0, "data/demo sudah dibuat.\n")
    assert not (project.root / "outputs").exists()
    assert len(list(project.deliveries("demo").iterdir())) == 175 + 1
    code, text = run(project, "check", "--data", "demo")
    assert code == 0
    assert "0 tolak" in text
    code, text = run(project, "report", "--region", "Mahulu", "--data", "demo")
    assert code == 0, text
    (pdf,) = (project.root / "outputs" / "simulasi" / PERIOD).glob("64.11*/*.pdf")
    pages = pypdfium2.PdfDocument(pdf)
    assert all("DATA SIMULASI" in page.get_textpage().get_text_range() for page in pages)


def test_every_region_is_printed_but_the_one_that_is_refused(project):
    shorten(project)
    code, text = run(project, "demo", "--with-refusal")
    assert code == 11
    assert "Kabupaten Mahakam Ulu tidak dicetak" in text
    assert "NIK baru" in text
    assert "Traceback" not in text
    desk = project.root / "outputs" / "simulasi" / PERIOD
    printed = {pdf.name.split("_")[0] for pdf in desk.glob("*/*.pdf")}
    assert printed == {region.code for region in load_regions(project).all} - {"64.11"}


def shorten(project: Paths) -> None:
    """Keep of the notebook its title, its parameters and the cell that opens the report."""
    path = project.notebook("capaian_wilayah")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = notebook.cells[:3]
    nbformat.write(notebook, path)


def test_the_nation_lies_apart_with_its_regions(project):
    code, text = run(project, "demo", "--nation")
    assert (code, text) == (0, "data/demo-nasional sudah dibuat.\n")
    assert frames.datasets(project) == ["demo-nasional", "published"]
    lines = (project.dataset("demo-nasional") / "wilayah.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "code,name,kind,province_code,province_name"
    assert "64.71,Kota Balikpapan,kota,64,Kalimantan Timur" in lines
    assert len(lines) == 514 + 1
