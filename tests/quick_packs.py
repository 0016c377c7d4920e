"""Packs that are quick to print: one small notebook for every region of the simulated edition."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pypdfium2

from adminduk.basis.paths import Paths

PERIOD, DATA = "2024-11-12", "demo"
SMALL = "ringkas"


def quick(simulated: Paths, root: Path, wanted: Sequence[str] = ("provinsi", "kabupaten_kota")) -> Paths:
    """``simulated`` again in ``root``, with packs of one small notebook: of the province, and of the regencies."""
    shutil.copytree(simulated.root, root)
    paths = Paths(root)
    for path in paths.packs.glob("*.yml"):
        path.unlink()
    for regions in wanted:
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


def text(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


def sums(folder: Path) -> dict[str, str]:
    """The sha256 of every file that does not depend on the run."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
