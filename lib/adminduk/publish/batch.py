"""Several documents of one period and dataset, one after the other; one that fails does not stop the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from adminduk.basis.errors import Problem, UserError
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.measure.briefing import Briefing
from adminduk.present.opening import open_briefing
from adminduk.publish.matrix import matrix_xlsx
from adminduk.publish.plan import Job, plan
from adminduk.publish.run import build
from adminduk.publish.speech import speech_docx

Tell = Callable[[str], None]
Task = tuple[str, Callable[[], Path]]  # what it is called, and what makes it

MEETING = ("rekap_provinsi", "harmonisasi_program", "mutu_data", "berita_acara")
OFFICE: dict[str, Callable[[Briefing], bytes]] = {
    "matriks_harmonisasi.xlsx": matrix_xlsx,
    "bahan_sambutan.docx": speech_docx,
}


def print_all(paths: Paths, period: str, data: str, tell: Tell) -> None:
    """Print the briefing of the province and of each regency; ``tell`` is given a line about each.

    At the end the first error is raised with the problems of all.
    """
    regions = load_regions(paths).all
    _each([(region.name, lambda code=region.code: build(plan(paths, code, period, data), paths)) for region in regions],
          paths, tell)  # fmt: skip


def print_meeting(paths: Paths, period: str, data: str, tell: Tell) -> None:
    """The documents of the meeting, of the province: notebooks as PDF, the matrix for Excel, the speech for Word."""
    code = load_regions(paths).province.code
    first = plan(paths, code, period, data, MEETING[0])
    tasks: list[Task] = [
        (name, lambda name=name: build(plan(paths, code, period, data, name), paths)) for name in MEETING
    ]
    tasks += [(name, lambda name=name: _office(paths, first, name)) for name in OFFICE]
    _each(tasks, paths, tell)


def _office(paths: Paths, job: Job, name: str) -> Path:
    """Write one document for Excel or Word, whole or not at all."""
    opened = open_briefing(paths, job.region.code, job.period.key, job.data)
    path = job.desk(paths) / job.beside(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}")
    made.write_bytes(OFFICE[name](opened.briefing))
    os.replace(made, path)
    return path


def _each(tasks: Sequence[Task], paths: Paths, tell: Tell) -> None:
    failed: list[UserError] = []
    for number, (name, make) in enumerate(tasks, start=1):
        try:
            told = paths.relative(make())
        except UserError as error:
            failed.append(error)
            told = f"{name} tidak dicetak"
        tell(f"({number}/{len(tasks)}) {told}")
    problems: list[Problem] = [problem for error in failed for problem in error.problems]
    if failed:
        raise type(failed[0])(*problems)
