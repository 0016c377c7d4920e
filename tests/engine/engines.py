"""Run cells or notebooks in either engine, and take out of their outputs what differs between two processes."""

from __future__ import annotations

import copy
import os
import re
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from adminduk.publish.engine.setting import PAPERMILL
from adminduk.publish.run import _environment, _kernel_settings

ENGINES = ("fork", "kernel")
# What differs between two processes of one program, whichever they are.
_PROCESS = [
    (re.compile(r"ipykernel_\d+"), "ipykernel_N"),
    (re.compile(r"(0x|at )[0-9a-f]{8,}"), "0xN"),
    (re.compile(r"(ad-|/tmp/)[a-z0-9_]{8}\b"), "HOME"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+"), "DATE"),
    (re.compile(r"[\d.e+]+ (?:[nμm]?s|min)\b"), "N s"),
    (re.compile(r"PID \d+|pid=\d+"), "PID N"),
    (re.compile(r'"duration": [\d.e-]+'), '"duration": N'),
    (re.compile(r'"id": "[0-9a-f]{8}"'), '"id": "N"'),
    (re.compile(r"\b[0-9a-f]{32}\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "NUMBER"),
]
# More notebooks to run, in a folder that whoever tests gives: those of papermill's and nbclient's own tests.
GIVEN = os.environ.get("ADMINDUK_NOTEBOOKS_ALIKE", "")
FILES = sorted(Path(GIVEN).rglob("*.ipynb")) if GIVEN else []


def notebook(cells, tags=()):
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    for number, source in enumerate(cells):
        cell = nbformat.v4.new_code_cell(source, id=f"sel-{number}", metadata={"tags": list(tags)})
        made.cells.append(cell)
    return made


def execute(engine, made, home, **settings):
    """The executed notebook, also when a cell failed: papermill raises only after it was written."""
    output = home / f"{engine}.ipynb"
    settings = {"kernel_name": "python3", "request_save_on_cell_execute": False, "autosave_cell_every": 0} | settings
    folder = home / f"k-{engine}"
    folder.mkdir(exist_ok=True)
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # ipykernel looks for it, and then watches no file descriptor
    with _environment({}):
        try:
            papermill.execute_notebook(
                copy.deepcopy(made),
                output,
                engine_name=PAPERMILL[engine],
                cwd=str(folder),
                progress_bar=False,
                kernel_manager_class="adminduk.publish.kernel.QuietKernelManager",
                config=_kernel_settings(str(folder)),
                **settings,
            )
        except PapermillExecutionError as error:
            (home / f"{engine}.txt").write_text(plain(str(error), engine), encoding="utf-8")
    executed = nbformat.read(output, as_version=4)
    # papermill points at a failed cell with cells of its own.
    own = "papermill-error-cell-tag"
    executed.cells = [cell for cell in executed.cells if own not in cell.metadata.get("tags", [])]
    return executed


def outcome(engine, made, home, **settings):
    """All that a run leaves, as text: the notebook with papermill's marks in it, and the error that ended it."""
    told = []
    try:
        execute(engine, made, home, request_save_on_cell_execute=True, autosave_cell_every=1, **settings)
    except Exception as error:
        # How it died only the fork engine knows.
        told = ["DeadKernelError" if isinstance(error, DeadKernelError) else f"{type(error).__name__}: {error}"]
    if (home / f"{engine}.txt").exists():
        told += [(home / f"{engine}.txt").read_text(encoding="utf-8")]
    executed = nbformat.read(home / f"{engine}.ipynb", as_version=4)
    for cell in executed.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    if told == ["DeadKernelError"]:  # how much of its last cell came before is chance
        cell = [cell for cell in executed.cells if "execution" in cell.metadata][-1]
        cell.outputs, cell.execution_count, cell.metadata["execution"] = [], None, {}
    return plain("\n".join([nbformat.writes(executed), *told]), engine)


def joined(outputs):
    """Pieces of one stream made one: where a stream is cut depends on when it is flushed."""
    whole = []
    for output in outputs:
        if whole and output.output_type == "stream" and whole[-1].get("name") == output.name:
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def plain(text, engine):
    text = text.replace(f"k-{engine}", "k").replace(f"{engine}.ipynb", "made.ipynb")
    for pattern, instead in _PROCESS:
        text = pattern.sub(instead, text)
    return text


@contextmanager
def chosen(engine):
    before = os.environ.get("ADMINDUK_ENGINE")
    os.environ["ADMINDUK_ENGINE"] = engine
    try:
        yield
    finally:
        os.environ.pop("ADMINDUK_ENGINE")
        if before is not None:
            os.environ["ADMINDUK_ENGINE"] = before
