"""One job from notebook to paper: execute, check, export, and put the files in place together.

papermill runs the notebook in a kernel of its own: own process, own directory, own IPC sockets, a limit on
time. Everything is made in a directory beside its place and moved when all of it is there.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from adminduk.basis.errors import Problem, RenderError
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.present.opening import OPENED_VARIABLE
from adminduk.publish.engine.setting import PAPERMILL, engine
from adminduk.publish.plan import Job

KERNEL = "python3"
CELL_SECONDS = 300
START_SECONDS = 120
OPENED = "dibuka.pickle"
FAILED = ".gagal.ipynb"
EARLIER = ".lama"
ENDINGS = (".ipynb", ".html", ".png", ".pdf")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# A mistake that the program told in the cell, as its own message says it.
_OWN = re.compile(r"\w+Error: (?P<what>.+)\n  Seharusnya: (?P<expected>.+)\n  Langkah berikut: (?P<next_step>.+)")


def build(job: Job, paths: Paths, opened: bytes = b"") -> Path:
    """Print one report; the path of its PDF.

    ``opened`` is what was opened for it already (``present.opening.keep``).

    Beside it lie the executed notebook, its HTML, and page 1 as a picture. Characters that no font has are told on
    standard error, cell by cell. RenderError names region, notebook, cell and cause; then the failed
    notebook is kept, and what an earlier run printed is put aside under another name (``.lama``).
    """
    desk = job.desk(paths)
    desk.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kerja-", dir=desk) as work:
        made = Path(work)
        (made / OPENED).write_bytes(opened)
        # Imported before the other thread imports what it shares with this.
        import papermill  # noqa: F401

        try:
            with ThreadPoolExecutor(1) as beside:
                beside.submit(_import_exporters)  # while the notebook runs elsewhere
                notebook = execute(job, paths, made / f"{job.stem}.ipynb", made / OPENED if opened else None)
            boxes = _export(notebook, job, made)
        except RenderError:
            _keep_failed(made, desk, job)
            raise
        _put_in_place(made, desk, job)
    for box in boxes:
        print(box, file=sys.stderr)
    return desk / f"{job.stem}.pdf"


def _import_exporters() -> None:
    import adminduk.publish.export
    import adminduk.publish.html  # noqa: F401


def execute(job: Job, paths: Paths, output: Path, opened: Path | None = None) -> NotebookNode:
    """Run the job's notebook in a private kernel and write it, normalised, to ``output``.

    ``opened`` holds what was opened for it already (``present.opening.keep``).
    """
    # Imported here: papermill takes a moment, and a misspelt region should not wait for it.
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from adminduk.publish.engine.dialogue import KernelEnded

    # When a run is interrupted asyncio tells of tasks that nobody waits for any more; the error itself is raised.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    source = paths.notebook(job.notebook)
    with _kernel_home(paths, opened) as home:
        running = _Running(job, source, output)
        try:
            executed = papermill.execute_notebook(
                source,
                output,
                parameters=job.parameters,
                engine_name=PAPERMILL[engine()],
                kernel_name=KERNEL,
                cwd=home,
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                start_timeout=START_SECONDS,
                execution_timeout=CELL_SECONDS,
                on_cell_execute=running.cell,
                kernel_manager_class=f"{__name__.rpartition('.')[0]}.kernel.QuietKernelManager",
                config=_kernel_settings(home),
            )
        except PapermillExecutionError as error:
            cause = f"{error.ename}: {_ANSI.sub('', error.evalue)}"
            raise RenderError(_failure(job, running.number(error.cell_index), error.source, cause)) from error
        except CellTimeoutError as error:
            raise running.stopped(f"lebih lama dari {CELL_SECONDS} detik") from error
        except DeadKernelError as error:
            how = f" ({error})" if isinstance(error, KernelEnded) else ""
            raise running.stopped(f"kernel berhenti sebelum selesai{how}") from error
    _check_complete(job, executed)
    normalise(executed)
    nbformat.write(executed, output)
    return executed


class _Running:
    """Remembers the cells that were started, to tell and to keep what happened when the kernel is gone."""

    def __init__(self, job: Job, source: Path, output: Path) -> None:
        self._job, self._source, self._output = job, source, output
        self._started: dict[int, NotebookNode] = {}

    def cell(self, cell: NotebookNode, cell_index: int, **_: Any) -> None:
        self._started[cell_index] = cell

    def stopped(self, cause: str) -> RenderError:
        """The error to raise; the notebook is kept as far as it came, with the cause in its last cell."""
        if not self._started:
            expected = "kernel Python yang dapat dimulai"
            return RenderError(Problem(str(self._job), cause, expected, "jalankan notebook di JupyterLab"))
        index = max(self._started)
        self._keep(index, cause)
        return RenderError(_failure(self._job, self.number(index), self._started[index].source, cause))

    def number(self, index: int) -> int:
        """How the analyst counts the cell that has this index in the notebook that runs."""
        from adminduk.publish.outputs import cell_number

        return cell_number(self._notebook().cells, index)

    def _notebook(self) -> NotebookNode:
        """The notebook as papermill runs it."""
        from papermill.iorw import load_notebook_node
        from papermill.parameterize import parameterize_notebook

        notebook = load_notebook_node(str(self._source))
        return parameterize_notebook(notebook, self._job.parameters, kernel_name=KERNEL, language="python")

    def _keep(self, index: int, cause: str) -> None:
        notebook = self._notebook()
        for place, cell in self._started.items():
            notebook.cells[place] = cell
        error = nbformat.v4.new_output("error", ename="KernelBerhenti", evalue=cause, traceback=[cause])
        notebook.cells[index].outputs.append(error)
        normalise(notebook)
        nbformat.write(notebook, self._output)


@contextmanager
def _kernel_home(paths: Paths, opened: Path | None) -> Iterator[str]:
    """A short private directory for one kernel: its working directory, connection file, sockets and log."""
    wanted = {ROOT_VARIABLE: str(paths.root), OPENED_VARIABLE: str(opened or "")}
    with tempfile.TemporaryDirectory(prefix="ad-") as home, _environment(wanted):
        # Found before one of the user's, which would move what an analyst draws.
        (Path(home) / "matplotlibrc").touch()
        yield home


def _kernel_settings(home: str) -> Any:
    """On POSIX the sockets are IPC with absolute paths; kernels that share a directory cross their wires."""
    from traitlets.config import Config

    settings: dict[str, Any] = {"connection_file": os.path.join(home, "kernel.json")}
    if sys.platform != "win32":
        settings |= {"transport": "ipc", "ip": os.path.join(home, "s")}
    return Config({"KernelManager": settings})


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for the kernel that is started meanwhile."""
    # The interpreter's own kernelspec goes before one in the user's home; linear algebra needs one thread.
    wanted = {
        **values,
        "JUPYTER_PREFER_ENV_PATH": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _failure(job: Job, number: int, source: str, cause: str) -> Problem:
    line = next((line.strip() for line in source.splitlines() if line.strip()), "")
    where = f"{job}, sel {number} ({line})"
    look = f"buka {job.stem}{FAILED} di folder hasil; cetakan sebelumnya disimpan di situ sebagai {EARLIER}"
    if own := _OWN.fullmatch(cause):
        return Problem(where, own["what"], own["expected"], f"{own['next_step']} ({look})")
    return Problem(where, cause, "setiap sel berjalan sampai selesai", look)


def _check_complete(job: Job, executed: NotebookNode) -> None:
    """Every code cell ran, and none ended in an error that papermill lets pass (``sys.exit(0)``, allowed errors)."""
    from adminduk.publish.outputs import cell_number

    for index, cell in enumerate(executed.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        number = cell_number(executed.cells, index)
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors:
            cause = f"{errors[0].ename}: {_ANSI.sub('', errors[0].evalue)}"
            raise RenderError(_failure(job, number, cell.source, cause))
        if cell.execution_count is None:
            raise RenderError(_failure(job, number, cell.source, "sel tidak dijalankan"))


def normalise(notebook: NotebookNode) -> None:
    """Take out what differs between two runs of one job: times, paths, the random id of the injected cell."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"


def _export(notebook: NotebookNode, job: Job, work: Path) -> list[Problem]:
    """PDF, page 1 as a picture to share, and HTML, all of one executed notebook; what no font of ours has."""
    from adminduk.publish.compiler import Printed, picture, print_pdf
    from adminduk.publish.export import typst_source
    from adminduk.publish.html import html

    def print_it() -> tuple[Printed, bytes]:
        printed = print_pdf(typst_source(notebook, job.stem, work))
        return printed, picture(printed.pdf)

    try:
        with ThreadPoolExecutor(1) as beside:  # Typst needs no Python while it works
            printing = beside.submit(print_it)
            try:
                page = html(notebook)
            finally:
                printed, png = printing.result()
    except RenderError as error:
        raise RenderError(*named(job, error.problems)) from error
    (work / f"{job.stem}.pdf").write_bytes(printed.pdf)
    (work / f"{job.stem}.png").write_bytes(png)
    (work / f"{job.stem}.html").write_text(page, encoding="utf-8", newline="\n")
    return named(job, printed.boxes)


def named(job: Job, problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, said of this job."""
    return [replace(problem, where=f"{job}, {problem.where}") for problem in problems]


def _keep_failed(work: Path, desk: Path, job: Job) -> None:
    for ending in ENDINGS:
        printed = desk / f"{job.stem}{ending}"
        if printed.exists():
            os.replace(printed, desk / f"{job.stem}{EARLIER}{ending}")
    failed = work / f"{job.stem}.ipynb"
    if failed.exists():
        shutil.move(failed, desk / f"{job.stem}{FAILED}")


def _put_in_place(work: Path, desk: Path, job: Job) -> None:
    """Move the files; the PDF last, so that a new one never stands beside an older notebook."""
    for ending in ENDINGS:
        os.replace(work / f"{job.stem}{ending}", desk / f"{job.stem}{ending}")
    for leftover in (FAILED, *(f"{EARLIER}{ending}" for ending in ENDINGS)):
        (desk / f"{job.stem}{leftover}").unlink(missing_ok=True)
