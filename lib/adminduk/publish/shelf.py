"""Reports that were made stand on a shelf under the hash of what they depend on: nothing is made twice.

One report is one folder, written beside its place and moved there whole, so that a kill leaves no half of one.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from adminduk.basis.errors import Problem, RenderError
from adminduk.basis.paths import Paths
from adminduk.publish import provenance
from adminduk.publish.apart import apart
from adminduk.publish.compiler import Naskah, Printed, picture, print_pdf
from adminduk.publish.export import typst_source
from adminduk.publish.outputs import document
from adminduk.publish.plan import Job
from adminduk.publish.run import execute, named

_NOTEBOOK, _NASKAH, _PICTURE, _PDF = "laporan.ipynb", "naskah.json", "halaman1.png", "laporan.pdf"
_WORK = ".sedang-"


@dataclass(frozen=True)
class Report:
    """One report as it was made: its executed notebook, its source as it was set, page 1, all of it.

    ``remarks`` tell the analyst what could not be shown as it was written.
    """

    notebook: NotebookNode
    naskah: Naskah
    picture: bytes
    pdf: bytes
    remarks: tuple[str, ...]


def has(paths: Paths, depends: Mapping[str, str]) -> bool:
    return paths.shelf(provenance.key(depends)).is_dir()


def make(paths: Paths, job: Job, depends: Mapping[str, str]) -> dict[str, bytes]:
    """Run the job's notebook: the files of its report by name. RenderError as ``run.build``."""
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=paths.root) as folder:
        work = Path(folder)
        opened = paths.opened if paths.opened.is_file() else None
        notebook = execute(job, paths, work / _NOTEBOOK, opened)
        try:
            printed, shown = apart(_printed, typst_source(notebook, job.stem, work))
        except RenderError as error:
            raise RenderError(*named(job, error.problems)) from error
        remarks = [str(problem) for problem in named(job, printed.boxes)]
        _check_inputs(paths, job, depends, str(document(notebook).get("data_hash", depends["data"])))
        return {
            _NOTEBOOK: (work / _NOTEBOOK).read_bytes(),
            _NASKAH: _written(printed.naskah, remarks).encode(),
            _PICTURE: shown,
            _PDF: printed.pdf,
        }


def _printed(naskah: Naskah) -> tuple[Printed, bytes]:
    """The PDF, and its first page as a picture."""
    printed = print_pdf(naskah)
    return printed, picture(printed.pdf)


def put(paths: Paths, depends: Mapping[str, str], files: Mapping[str, bytes]) -> None:
    """Put a report that was made on the shelf, whole or not at all."""
    place = paths.shelf(provenance.key(depends))
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=place.parent) as folder:
        work = Path(folder) / place.name
        work.mkdir()
        for name, content in files.items():
            (work / name).write_bytes(content)
        try:
            os.rename(work, place)
        except OSError:
            if not place.is_dir():  # else somebody made the same meanwhile
                raise


def _check_inputs(paths: Paths, job: Job, depends: Mapping[str, str], data_hash: str) -> None:
    """RenderError when a file was changed while the report was made: nobody knows which of the two it tells."""
    found = provenance.of_report(paths, job, data_hash)
    if found | {"kunci": ""} != dict(depends) | {"kunci": ""}:  # the lock file is not what a report is made from
        what, next_step = "berkas masukan berubah selagi laporan ini dicetak", "jalankan lagi"
        raise RenderError(Problem(str(job), what, "data/, params/ dan notebooks/ yang tidak disunting", next_step))


def take(paths: Paths, depends: Mapping[str, str]) -> Report:
    """The report of these hashes; FileNotFoundError when it was not made."""
    place = paths.shelf(provenance.key(depends))
    stored = json.loads((place / _NASKAH).read_text(encoding="utf-8"))
    files = {name: base64.b64decode(content) for name, content in stored["naskah"].pop("files").items()}
    places = tuple((line, cell) for line, cell in stored["naskah"].pop("places"))
    return Report(
        nbformat.read(place / _NOTEBOOK, as_version=4),
        Naskah(files=files, places=places, **stored["naskah"]),
        (place / _PICTURE).read_bytes(),
        (place / _PDF).read_bytes(),
        tuple(stored["remarks"]),
    )


def tidy(paths: Paths) -> None:
    """Take away what a killed run left behind."""
    for left in paths.shelf("").glob(f"{_WORK}*"):
        shutil.rmtree(left)


def _written(naskah: Naskah, remarks: list[str]) -> str:
    content = asdict(naskah)
    content["files"] = {name: base64.b64encode(data).decode() for name, data in naskah.files.items()}
    return json.dumps({"naskah": content, "remarks": remarks}, ensure_ascii=False, sort_keys=True)
