"""A new notebook that keeps the rules and prints as it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from adminduk.basis.defaults import DATA, PERIOD
from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.publish.plan import PARAMETERS_TAG

_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def write_draft(paths: Paths, name: str) -> Path:
    """Write notebooks/``name``.ipynb and return it; ParameterError for a name that cannot be or is taken."""
    where = "NOTEBOOK"
    if not _NAME.fullmatch(name):
        expected = "huruf kecil a sampai z, kata dipisahkan garis bawah, misalnya capaian_kecamatan"
        what, next_step = f"{name!r} bukan nama notebook", "pilih nama lain"
        if not name:
            what, next_step = "belum diisi", "contoh: make new NOTEBOOK=capaian_kecamatan"
        raise ParameterError(Problem(where, what, expected, next_step))
    path = paths.notebook(name)
    content = json.dumps(_draft(name, first_region(paths)), indent=1, ensure_ascii=False) + "\n"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except FileExistsError:
        what, next_step = f"{paths.relative(path)} sudah ada", "pilih nama lain, atau sunting yang sudah ada"
        raise ParameterError(Problem(where, what, "nama yang belum dipakai", next_step)) from None
    return path


def first_region(paths: Paths) -> str:
    """The code that a draft opens with: of the first kota, else of the first regency."""
    regencies = load_regions(paths).regencies
    return next((place.code for place in regencies if place.kind == "kota"), regencies[0].code)


def _draft(name: str, region: str) -> nbformat.NotebookNode:
    parameters = f'region = "{region}"\nperiod = "{PERIOD}"\ndata = "{DATA}"'
    opening = "from adminduk import open_report\n\nreport = open_report(region, period, data)\nreport"
    cells = [
        new_markdown_cell(f"# {name.replace('_', ' ').capitalize()}", id="judul"),
        new_code_cell(parameters, id="parameter", metadata={"tags": [PARAMETERS_TAG]}),
        new_code_cell(opening, id="buka"),
        new_code_cell('report.sentence("pesan")', id="pesan"),
        new_code_cell('report.table("ringkasan")', id="ringkasan"),
        new_markdown_cell("## Bagaimana perkembangannya?", id="tanya-perkembangan"),
        new_code_cell('report.answer("perkembangan")', id="jawab-perkembangan"),
        new_code_cell(f'report.remark("{name}")', id="catatan"),
        new_markdown_cell("## Bagaimana angka-angka ini dihitung, dan dari mana?", id="tanya-metode"),
        new_code_cell('report.answer("catatan")', id="jawab-metode"),
    ]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": _KERNEL, "language_info": {"name": "python"}})
    # Lines one by one, as JupyterLab stores them: a difference shows the line, not the cell.
    for cell in notebook.cells:
        cell.source = cell.source.splitlines(keepends=True)
    return notebook
