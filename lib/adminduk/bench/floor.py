"""The floor: what a report costs when nothing but the report is made.

A plain function runs the notebook's own cells in a process that is warm, and prints what they display. There is no
Jupyter, no kernel, no limit on time and no isolation; figures, tables, the exporter and the PDF standard are the
batch's own. The proof that it does the same work is its result: the same PDF and the same picture, byte for byte.
"""

from __future__ import annotations

import ast
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import nbformat
from nbformat import NotebookNode

from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.publish.compiler import picture, print_pdf
from adminduk.publish.export import typst_source
from adminduk.publish.plan import PARAMETERS_TAG, Job

Tick = Callable[[str], None]
Place = tuple[Paths, Job]  # a report, and the small project with its slice of the data
Made = tuple[bytes, bytes]  # PDF, page 1 as a picture


def report(paths: Paths, job: Job, tick: Tick = lambda step: None) -> Made:
    """One report; ``tick`` is given the name of each step when it is done."""
    os.environ[ROOT_VARIABLE] = str(paths.root)  # whose report the notebook opens
    notebook = nbformat.read(paths.notebook(job.notebook), as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            _run(cell, names, job)
            tick(_step(cell))
    source = typst_source(notebook, job.stem)
    tick("markdown (pandoc)")
    printed = print_pdf(source)
    tick("PDF (Typst)")
    page = picture(printed.pdf)
    tick("picture of page 1 (Typst)")
    return printed.pdf, page


def _run(cell: NotebookNode, names: dict[str, Any], job: Job) -> None:
    """Run a cell and put what it displays into its outputs, as a kernel would send it."""
    body = ast.parse(cell.source).body
    shown = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "sel", "exec"), names)
    if PARAMETERS_TAG in cell.metadata.get("tags", []):
        names.update(job.parameters)
    value = eval(compile(ast.Expression(shown.value), "sel", "eval"), names) if shown else None
    displayed = getattr(value, "parts", [value] if value is not None else [])
    cell.outputs = [nbformat.v4.new_output("display_data", data=part._repr_mimebundle_()) for part in displayed]


def _step(cell: NotebookNode) -> str:
    return cell.source.strip().splitlines()[-1]


def steps(paths: Paths, job: Job) -> dict[str, float]:
    """Seconds of each step of one report, in order."""
    found: dict[str, float] = {}
    last = time.perf_counter()

    def tick(step: str) -> None:
        nonlocal last
        now = time.perf_counter()
        found[step] = found.get(step, 0.0) + now - last
        last = now

    report(paths, job, tick)
    return found


@contextmanager
def warm(first: Place, processes: int) -> Iterator[Callable[[Sequence[Place]], list[Made]]]:
    """A function that makes reports in ``processes`` that have printed the ``first`` already."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=report,
                             initargs=first) as pool:  # fmt: skip

        def reports(places: Sequence[Place]) -> list[Made]:
            return list(pool.map(report, *zip(*places, strict=True)))

        reports([first] * processes)

        yield reports
