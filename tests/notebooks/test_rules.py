"""The rules every notebook keeps, so that it tells and does not compute; the message says what and where."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from adminduk.basis.paths import find_paths
from adminduk.publish.plan import PARAMETERS_TAG, declared_parameters

NOTEBOOKS = sorted(find_paths().notebooks.glob("*.ipynb"))
MOST_CELLS, MOST_LINES = 14, 6
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp,
    ast.Try, ast.With, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.Match,
)  # fmt: skip


def broken_rules(notebook: nbformat.NotebookNode) -> list[str]:
    """Every broken rule, with its cell and line."""
    found = []
    code = [(place, cell) for place, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code"]
    if len(code) > MOST_CELLS:
        found.append(f"{len(code)} sel kode, paling banyak {MOST_CELLS}")
    for place, cell in code:
        found += [f"sel {place}: {rule}" for rule in _code_rules(cell)]
    for place, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "markdown" and re.search(r"\d", re.sub(r"\{.*?\}", "", cell.source)):
            found.append(f"sel {place}: bilangan yang diketik di dalam kalimat")
    first = notebook.cells[0]
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        found.append("sel 1: bukan judul")
    for key in notebook.metadata:
        if key not in ("kernelspec", "language_info"):
            found.append(f"metadata {key!r} tidak disimpan")
    return found


def _code_rules(cell: nbformat.NotebookNode) -> list[str]:
    found = []
    if cell.outputs or cell.execution_count is not None:
        found.append("disimpan dengan keluaran")
    if "injected-parameters" in cell.metadata.get("tags", []):
        found.append("parameter hasil pencetakan ikut disimpan")
    lines = [line for line in cell.source.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        found.append(f"{len(lines)} baris, paling banyak {MOST_LINES}")
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, LOGIC):
            found.append(f"baris {node.lineno}: logika ({type(node).__name__}) tempatnya di lib/")
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            if any((name or "").split(".")[0] != "adminduk" for name in names):
                found.append(f"baris {node.lineno}: hanya adminduk yang diimpor")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[/\\]", node.value):
            found.append(f"baris {node.lineno}: sebuah jalur berkas")
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_keeps_the_rules(path: Path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert broken_rules(notebook) == []
    assert set(declared_parameters(path)) == {"region", "period", "data"}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("for x in y:\n    x", "baris 1: logika (For)"),
        ("import pandas", "hanya adminduk yang diimpor"),
        ('open("data/x")', "sebuah jalur berkas"),
        ("\n".join("a" for _ in range(7)), "7 baris"),
        ("a if b else c", "logika (IfExp)"),
    ],
)
def test_a_broken_rule_explains_itself(source, told):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Judul"), nbformat.v4.new_code_cell(source)]
    )
    assert any(told in rule for rule in broken_rules(notebook))


def test_stored_outputs_and_typed_numbers_are_found():
    code = nbformat.v4.new_code_cell("a", execution_count=3)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Cakupan 99,65%"), code])
    assert broken_rules(notebook) == [
        "sel 2: disimpan dengan keluaran",
        "sel 1: bilangan yang diketik di dalam kalimat",
        "sel 1: bukan judul",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_parameters_cell_comes_second(path: Path):
    cell = nbformat.read(path, as_version=4).cells[1]
    assert PARAMETERS_TAG in cell.metadata.tags
