"""``adminduk packs``: one edition of a period and dataset, built whole beside its place and then put in force.

An edition is never changed once it is there. A later one with another content gets a number (``-r2``); what did not
change is taken over from the one before, byte for byte.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from adminduk.basis.errors import UNWRITABLE
from adminduk.basis.frames import check_exists
from adminduk.basis.paths import Paths
from adminduk.basis.periods import load_period
from adminduk.measure.briefing import Briefing
from adminduk.publish import artefacts, folder, freshness, manifest, provenance, shelf
from adminduk.publish.artefacts import Recipe
from adminduk.publish.contents import CHANGES, earlier, following
from adminduk.publish.manifest import Manifest
from adminduk.publish.material import Hire, Material, Progress, begin, make_reports
from adminduk.publish.pool import Processes

_WORK = ".sedang-"


@dataclass(frozen=True)
class Made:
    """The edition in force, and what had to be made for it; nothing when it was there already.

    ``remarks`` tell what could not be shown in a report as it was written.
    """

    manifest: Manifest
    path: Path
    reports: tuple[str, ...]
    files: tuple[str, ...]
    is_new: bool
    remarks: tuple[str, ...] = ()


def make_packs(paths: Paths, period: str, data: str, progress: Progress, hire: Hire = Processes) -> Made:
    """The edition of what is known now; those who build are hired when there is something to build.

    Raises ParameterError or DataError for what no region can be printed with; a region that fails is told in the
    manifest.
    """
    check_exists(paths, data)  # before a folder is made or taken away for such a name
    load_period(paths, period, data)
    with _writing(paths.editions(data)):
        paths.editions(data).mkdir(parents=True, exist_ok=True)
        paths.shelf("").mkdir(parents=True, exist_ok=True)
        with FileLock(paths.shelf(".kunci")):
            shelf.tidy(paths)
            _recover(paths, data, period)
            return _make(paths, period, data, progress, hire)


def _make(paths: Paths, period: str, data: str, progress: Progress, hire: Hire) -> Made:
    if (current := freshness.unchanged(paths, period, data)) is not None:
        return Made(current, paths.edition(data, current.edition), (), (), False)
    current, inputs = manifest.in_force(paths, data, period), provenance.everything(paths, data)
    start = time.monotonic()
    material = begin(paths, period, data)
    make_reports(material, progress, hire)
    made = _edition(material, current, start, progress)
    freshness.remember(paths, period, data, inputs, made.manifest.edition)
    return made


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """A disk that takes nothing more says which folder, where the system does not say it."""
    try:
        yield
    except OSError as error:
        if error.errno in UNWRITABLE and not error.filename:
            error.filename = f"{place} (atau folder sementara {tempfile.gettempdir()})"
        raise


def _edition(material: Material, current: Manifest | None, start: float, progress: Progress) -> Made:
    paths, data, period = material.paths, material.data, material.period.key
    reports = tuple(str(material.jobs[key][0]) for key in material.ends)
    spoiled = folder.damaged(paths.edition(data, current.edition), current) if current else []
    if current and not spoiled and _same(current, artefacts.recipes(material), material):
        return Made(current, paths.edition(data, current.edition), reports, (), False, material.remarks())
    name = _next_name(paths, data, period)
    progress(0, 0, f"Menjilid edisi {name}")
    made, files = following(material, earlier(paths, data, current.edition) if current else None, name, spoiled)
    work = paths.edition(data, f"{_WORK}{name}")
    shutil.rmtree(work, ignore_errors=True)
    folder.write(work, made, files)
    _write_run(work, material, made, time.monotonic() - start)
    folder.pack(work, made)
    os.rename(work, paths.edition(data, name))
    _put_in_force(paths, data, period, name)
    fresh = tuple(entry.path for entry in made.artefacts if entry.version == name)
    return Made(made, paths.edition(data, name), reports, fresh, True, material.remarks())


def _same(current: Manifest, wanted: Sequence[Recipe], material: Material) -> bool:
    """Whether an edition of these recipes would hold what the one in force holds."""
    depends = {entry.path: dict(entry.depends) for entry in current.artefacts if entry.path != CHANGES}
    return depends == {recipe.path: recipe.depends for recipe in wanted} and current.regions == material.standings()


def _write_run(work: Path, material: Material, made: Manifest, seconds: float) -> None:
    """What was true of this run alone."""
    spent = {" ".join(reversed(key)): round(built.seconds, 2) for key, built in material.ends.items()}
    content = {
        "edition": made.edition,
        "versions": provenance.versions(),
        "commit": provenance.commit(material.paths),
        "memory": max((built.memory for built in material.ends.values()), default=0),
        "seconds": {"all": round(seconds, 2), "reports": spent},
        "outcome": [asdict(region) for region in made.regions],
        "findings": {code: _grave(opened.briefing) for code, opened in material.opened.items()},
        "remarks": material.remarks(),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    (work / folder.RUN).write_text(f"{text}\n", encoding="utf-8")


def _grave(briefing: Briefing) -> dict[str, int]:
    """How many findings of each severity stand behind a region's report."""
    return dict(Counter(found.severity for found in briefing.findings))


def _names(paths: Paths, data: str, period: str) -> list[str]:
    """The editions of a period that are there, oldest first."""
    numbered = {}
    for path in paths.editions(data).iterdir():
        found = re.fullmatch(rf"{re.escape(period)}(?:-r(\d+))?", path.name)
        if found and path.is_dir():
            numbered[int(found[1] or 1)] = path.name
    return [numbered[number] for number in sorted(numbered)]


def _next_name(paths: Paths, data: str, period: str) -> str:
    there = _names(paths, data, period)
    if not there:
        return period
    return f"{period}-r{int(there[-1].rpartition('-r')[2]) + 1 if '-r' in there[-1] else 2}"


def _recover(paths: Paths, data: str, period: str) -> None:
    """What a killed run left: half an edition is taken away, a whole one that is not in force yet is put in force."""
    for left in paths.editions(data).glob(f"{_WORK}*"):
        shutil.rmtree(left)
    there = _names(paths, data, period)
    current = manifest.in_force(paths, data, period)
    if there and (current is None or current.edition != there[-1]):
        _put_in_force(paths, data, period, there[-1])


def _put_in_force(paths: Paths, data: str, period: str, name: str) -> None:
    pointer = paths.current_edition(data, period)
    beside = pointer.with_suffix(".baru")
    beside.write_text(f"{name}\n", encoding="utf-8")
    os.replace(beside, pointer)
