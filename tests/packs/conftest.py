"""A project whose packs are quick to print: one small notebook for every region of the simulated edition."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from adminduk.basis.paths import Paths
from adminduk.ingest.simulation.messy import write_demo

PERIOD, DATA = "2024-11-12", "demo"
SMALL = "ringkas"


@pytest.fixture(scope="session")
def simulated(cloned, tmp_path_factory) -> Paths:
    """The project with data/demo, never printed into: copy it."""
    paths = cloned(tmp_path_factory.mktemp("paket") / "asal")
    write_demo(paths)
    return paths


@pytest.fixture
def project(simulated: Paths, tmp_path: Path) -> Paths:
    """``simulated`` with two packs of one small notebook: of the regencies, and of the province."""
    root = tmp_path / "proyek"
    shutil.copytree(simulated.root, root)
    paths = Paths(root)
    for path in paths.packs.glob("*.yml"):
        path.unlink()
    for regions in ("provinsi", "kabupaten_kota"):
        pack = f"label: Paket {regions}\nregions: {regions}\nnotebooks: [{SMALL}]\n"
        (paths.packs / f"{regions}.yml").write_text(pack, encoding="utf-8")
    write_notebook(paths, 'report.sentence("pesan")', 'report.table("ringkasan")')
    return paths


def write_notebook(paths: Paths, *cells: str) -> None:
    source = nbformat.read(paths.notebook("capaian_wilayah"), as_version=4)
    opening = source.cells[:3]  # title, parameters, the cell that opens the report
    source.cells = [*opening, *(nbformat.v4.new_code_cell(cell, id=f"sel-{n}") for n, cell in enumerate(cells))]
    nbformat.write(source, paths.notebook(SMALL))


def silent(done: int, of: int, name: str) -> None:
    """No progress to show."""
