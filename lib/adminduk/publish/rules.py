"""The rules a notebook keeps, so that it tells and does not compute. A broken one says cell, line and what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode, ValidationError

from adminduk.basis.errors import ParameterError, Problem
from adminduk.publish.plan import PARAMETERS_TAG, declared_parameters

MOST_CELLS, MOST_LINES = 14, 6
PARAMETERS = ("region", "period", "data")
METADATA = ("kernelspec", "language_info")
_LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp,
    ast.Try, ast.With, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.Match,
)  # fmt: skip
_BRACES = re.compile(r"\{.*?\}")
_CLEAR = "hapus semua keluaran di JupyterLab, lalu simpan; atau `make setup`, agar git membuangnya sendiri"
_LIBRARY = "tulis perhitungannya di lib/adminduk, panggil dari sel dengan satu kata report"


def broken_rules(path: Path, stored: bool = True) -> list[Problem]:
    """Every broken rule of one notebook, in the order of its cells.

    ``stored`` asks also that it holds no outputs, as it does in git; on an analyst's desk it may.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.reader.NotJSONError, ValidationError):
        what, next_step = "bukan notebook Jupyter yang utuh", "buka dan simpan di JupyterLab"
        return [Problem(path.name, what, "berkas .ipynb", next_step)]
    found = [*_of_notebook(notebook, path)]
    for number, cell in enumerate(notebook.cells, 1):
        where = f"{path.name}, sel {number}"
        if cell.cell_type == "markdown":
            found += _of_prose(cell.source, where)
        elif cell.cell_type == "code":
            found += [*(_of_outputs(cell, where) if stored else ()), *_of_code(cell, where)]
    return found


def _of_notebook(notebook: NotebookNode, path: Path) -> Iterator[Problem]:
    cells = notebook.cells
    first, second = (cells[place] if len(cells) > place else None for place in (0, 1))
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield Problem(
            f"{path.name}, sel 1",
            "bukan judul",
            "sel Markdown yang dimulai dengan # dan spasi",
            "tambahkan judul di sel pertama",
        )
    if second is None or PARAMETERS_TAG not in second.metadata.get("tags", []):
        expected = f"sel kode bertanda {PARAMETERS_TAG}, dengan {', '.join(PARAMETERS)}"
        yield Problem(f"{path.name}, sel 2", "bukan sel parameter", expected, "salin sel kedua dari notebook lain")
    else:
        yield from _of_parameters(path)
    count = sum(cell.cell_type == "code" for cell in cells)
    if count > MOST_CELLS:
        next_step = "gabungkan yang menjawab satu pertanyaan, atau bagi menjadi dua notebook"
        yield Problem(path.name, f"{count} sel kode", f"paling banyak {MOST_CELLS}", next_step)
    for key in notebook.metadata:
        if key not in METADATA:
            yield Problem(f"{path.name}, metadata {key}", "ikut tersimpan", f"hanya {' dan '.join(METADATA)}", _CLEAR)


def _of_parameters(path: Path) -> Iterator[Problem]:
    try:
        declared = declared_parameters(path)
    except ParameterError as error:
        yield from error.problems
        return
    if set(declared) != set(PARAMETERS):
        what = f"parameternya {', '.join(declared) or 'tidak ada'}"
        yield Problem(
            f"{path.name}, sel 2", what, f"tepat {', '.join(PARAMETERS)}", "salin sel kedua dari notebook lain"
        )


def _of_prose(source: str, where: str) -> Iterator[Problem]:
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"\d", _BRACES.sub("", line)):
            next_step = "pakai report.sentence atau report.table, supaya bilangannya mengikuti data"
            yield Problem(f"{where}, baris {number}", "bilangan yang diketik di dalam kalimat", "teks saja", next_step)


def _of_outputs(cell: NotebookNode, where: str) -> Iterator[Problem]:
    if cell.outputs or cell.execution_count is not None:
        yield Problem(where, "disimpan dengan keluaran", "sel tanpa keluaran dan tanpa nomor jalan", _CLEAR)


def _of_code(cell: NotebookNode, where: str) -> Iterator[Problem]:
    if "injected-parameters" in cell.metadata.get("tags", []):
        yield Problem(where, "parameter hasil pencetakan ikut disimpan", "hanya sel parameters", "hapus sel ini")
    lines = [number for number, line in enumerate(cell.source.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        at, what = lines[MOST_LINES], f"{len(lines)} baris kode dalam satu sel"
        yield Problem(f"{where}, baris {at}", what, f"paling banyak {MOST_LINES}", "bagi menjadi beberapa sel")
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield Problem(
            f"{where}, baris {error.lineno}",
            "bukan Python yang benar",
            "Python biasa tanpa % dan !",
            "perbaiki baris itu",
        )
        return
    for node in ast.walk(tree):
        yield from _of_node(node, where)


def _of_node(node: ast.AST, where: str) -> Iterator[Problem]:
    line = f"{where}, baris {getattr(node, 'lineno', 1)}"
    if isinstance(node, _LOGIC):
        yield Problem(line, f"logika ({type(node).__name__})", "pemanggilan report saja", _LIBRARY)
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        foreign = [name or "." for name in names if (name or "").split(".")[0] != "adminduk"]
        if foreign:
            yield Problem(line, f"mengimpor {', '.join(foreign)}", "hanya adminduk yang diimpor", _LIBRARY)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[/\\]", node.value):
        yield Problem(line, "sebuah jalur berkas", "nama saja: jalur berkas ada di adminduk.basis.paths", _LIBRARY)
