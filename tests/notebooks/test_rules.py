"""The rules every notebook keeps, so that it tells and does not compute; the message says what and where."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from adminduk.basis.paths import find_paths
from adminduk.publish.plan import declared_parameters
from adminduk.publish.rules import broken_rules

NOTEBOOKS = sorted(find_paths().notebooks.glob("*.ipynb"))
PARAMETERS = 'region = "64.71"\nperiod = "2024-11-12"\ndata = "published"'


def stored(path: Path, tmp_path: Path) -> Path:
    """The notebook as git would store it; outside a clone as it lies there."""
    if not (find_paths().root / ".git").exists():
        return path
    name = find_paths().relative(path)
    listed = subprocess.run(["git", "show", f":{name}"], cwd=find_paths().root, capture_output=True, check=False)
    if listed.returncode:  # new, and not added yet
        return path
    copy = tmp_path / path.name
    copy.write_bytes(listed.stdout)
    return copy


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_keeps_the_rules(path: Path):
    assert broken_rules(path, stored=False) == []
    assert set(declared_parameters(path)) == {"region", "period", "data"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_committed_holds_no_outputs_and_no_injected_parameters(path: Path, tmp_path: Path):
    assert broken_rules(stored(path, tmp_path)) == []


@pytest.fixture
def broken(tmp_path: Path):
    """``broken(cell, ...)``: the messages about a notebook of a title, parameters and these cells."""

    def told(*cells, title="# Judul", parameters=PARAMETERS, **metadata) -> list[str]:
        tagged = new_code_cell(parameters, metadata={"tags": ["parameters"]})
        path = tmp_path / "uji.ipynb"
        nbformat.write(new_notebook(cells=[new_markdown_cell(title), tagged, *cells], metadata=metadata), path)
        return [f"{each.where}: {each.what}" for each in broken_rules(path)]

    return told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x\nfor x in y:\n    x", "uji.ipynb, sel 3, baris 2: logika (For)"),
        ("import pandas, adminduk", "uji.ipynb, sel 3, baris 1: mengimpor pandas"),
        ("from . import x", "uji.ipynb, sel 3, baris 1: mengimpor ."),
        ('a\nopen("data/x")', "uji.ipynb, sel 3, baris 2: sebuah jalur berkas"),
        ("\n".join("a" for _ in range(7)), "uji.ipynb, sel 3, baris 7: 7 baris kode dalam satu sel"),
        ("a if b else c", "uji.ipynb, sel 3, baris 1: logika (IfExp)"),
        ("a\n%matplotlib inline", "uji.ipynb, sel 3, baris 2: bukan Python yang benar"),
    ],
)
def test_a_broken_rule_explains_itself(broken, source, told):
    assert broken(new_code_cell(source)) == [told]


def test_every_message_says_what_is_expected(tmp_path: Path):
    path = tmp_path / "uji.ipynb"
    cells = [new_markdown_cell("Cakupan 99,65%"), *(new_code_cell("[x for x in y]") for _ in range(15))]
    nbformat.write(new_notebook(cells=cells), path)
    found = broken_rules(path)
    assert len(found) == 3 + 15 + 1  # title, parameters, number of cells; logic of each; a number
    assert all(problem.expected for problem in found)


def test_stored_outputs_typed_numbers_and_metadata_are_found(broken):
    code = new_code_cell("a", execution_count=3)
    injected = new_code_cell("a", metadata={"tags": ["injected-parameters"]})
    prose = new_markdown_cell("Cakupan {jumlah} baik\nCakupan 99,65%")
    assert broken(code, injected, prose, papermill={}) == [
        "uji.ipynb, metadata papermill: ikut tersimpan",
        "uji.ipynb, sel 3: disimpan dengan keluaran",
        "uji.ipynb, sel 4: parameter hasil pencetakan ikut disimpan",
        "uji.ipynb, sel 5, baris 2: bilangan yang diketik di dalam kalimat",
    ]


def test_other_parameters_are_found(broken):
    assert broken(parameters='wilayah = "64.71"') == ["uji.ipynb, sel 2: parameternya wilayah"]
    assert "bukan penetapan nilai" in broken(parameters="print(x)")[0]


def test_what_is_no_notebook_is_told(tmp_path: Path):
    path = tmp_path / "uji.ipynb"
    path.write_text("{", encoding="utf-8")
    assert [problem.what for problem in broken_rules(path)] == ["bukan notebook Jupyter yang utuh"]
    nbformat.write(new_notebook(), path)
    assert [problem.where for problem in broken_rules(path)] == ["uji.ipynb, sel 1", "uji.ipynb, sel 2"]
