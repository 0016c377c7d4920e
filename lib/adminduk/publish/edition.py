"""``adminduk packs``: one edition of a period and dataset, built whole beside its place and then put in force.

An edition is never changed once it is there. A later one with another content gets a number (``-r2``); what did not
change is taken over from the one before, byte for byte.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from adminduk.basis.paths import Paths
from adminduk.present import wording
from adminduk.publish import artefacts, changes, freshness, manifest, provenance, shelf
from adminduk.publish.artefacts import Recipe
from adminduk.publish.index import index_html
from adminduk.publish.manifest import Artefact, Manifest
from adminduk.publish.material import Material, Progress, gather, make_reports

CHANGES = "perubahan.csv"
SUMS = "SHA256SUMS"
RUN = "run.json"
_WORK = ".sedang-"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in the zip: the same files, the same bytes


@dataclass(frozen=True)
class Made:
    """The edition in force, and what had to be made for it; nothing when it was there already."""

    manifest: Manifest
    path: Path
    reports: tuple[str, ...]
    files: tuple[str, ...]
    is_new: bool


def make_packs(paths: Paths, period: str, data: str, progress: Progress) -> Made:
    """The edition of what is known now. Raises ParameterError or DataError for what no region can be printed with;
    a region that fails is told in the manifest."""
    paths.editions(data).mkdir(parents=True, exist_ok=True)
    paths.shelf("").mkdir(parents=True, exist_ok=True)
    with FileLock(paths.shelf(".kunci")):
        shelf.tidy(paths)
        _recover(paths, data, period)
        if (current := freshness.unchanged(paths, period, data)) is not None:
            return Made(current, paths.edition(data, current.edition), (), (), False)
        current, inputs = manifest.in_force(paths, data, period), provenance.everything(paths, data)
        start = time.monotonic()
        material = gather(paths, period, data)
        make_reports(material, progress)
        made = _edition(material, current, start)
        freshness.remember(paths, period, data, inputs, made.manifest.edition)
        return made


def _edition(material: Material, current: Manifest | None, start: float) -> Made:
    paths, data, period = material.paths, material.data, material.period.key
    wanted = artefacts.recipes(material)
    reports = tuple(str(material.jobs[key][0]) for key in material.seconds)
    if current and _same(current, wanted, material):
        return Made(current, paths.edition(data, current.edition), reports, (), False)
    name = _next_name(paths, data, period)
    made, files = _contents(material, current, name, wanted)
    work = paths.edition(data, f"{_WORK}{name}")
    shutil.rmtree(work, ignore_errors=True)
    _write(work, made, files)
    _write_run(work, material, made, time.monotonic() - start)
    _zip(work, f"paket_{data}_{name}.zip")
    os.rename(work, paths.edition(data, name))
    _put_in_force(paths, data, period, name)
    fresh = tuple(entry.path for entry in made.artefacts if entry.version == name)
    return Made(made, paths.edition(data, name), reports, fresh, True)


def _same(current: Manifest, wanted: Sequence[Recipe], material: Material) -> bool:
    """Whether an edition of these recipes would hold what the one in force holds."""
    depends = {entry.path: dict(entry.depends) for entry in current.artefacts if entry.path != CHANGES}
    return depends == {recipe.path: recipe.depends for recipe in wanted} and current.regions == material.standings()


def _contents(
    material: Material, current: Manifest | None, name: str, wanted: Sequence[Recipe]
) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest and the content of every artefact."""
    before = _numbers(material, current)
    moved = changes.moved(before, artefacts.numbers(material)) if current else []
    opening = [f"Edisi ini menggantikan edisi {current.edition}."] if current else []
    kept = {entry.path: entry for entry in current.artefacts} if current else {}

    def finished(recipe: Recipe) -> tuple[Artefact, bytes]:
        old = kept.get(recipe.path)
        if old and dict(old.depends) == recipe.depends and current:
            return old, (material.paths.edition(material.data, current.edition) / old.path).read_bytes()
        told = [*opening, *changes.sentences(moved, recipe.region)] if current and recipe.kind == "pack" else []
        content = recipe.make(name, told)
        return recipe.artefact(name, told, content), content

    with ThreadPoolExecutor(os.cpu_count()) as threads:  # Typst works outside Python's lock
        done = list(threads.map(finished, [*wanted, *_change_note(moved, current)]))
    meeting = material.period.meeting
    return Manifest(
        data=material.data,
        period=material.period.key,
        edition=name,
        replaces=current.edition if current else "",
        simulated=material.simulated,
        title=meeting.name if meeting else "",
        as_of=wording.long_date(material.period.as_of),
        regions=material.standings(),
        artefacts=tuple(entry for entry, _ in done),
        changes=tuple([*opening, *changes.sentences(moved)] if current else ()),
    ), {entry.path: content for entry, content in done}


def _numbers(material: Material, current: Manifest | None) -> list[changes.Told]:
    """What the edition in force tells."""
    if current is None or current.artefact(changes.NUMBERS) is None:
        return []
    return changes.read((material.paths.edition(material.data, current.edition) / changes.NUMBERS).read_bytes())


def _change_note(moved: Sequence[changes.Moved], current: Manifest | None) -> list[Recipe]:
    if current is None:
        return []
    content = changes.table(moved)
    depends = {"isi": provenance.sha256(content), "menggantikan": provenance.sha256(current.edition.encode())}
    title = "Apa yang berubah sejak edisi sebelumnya"
    return [Recipe(CHANGES, "table", title, "", artefacts.office, depends, lambda version, told: content)]


def _write(work: Path, made: Manifest, files: Mapping[str, bytes]) -> None:
    """Every file of the edition, with the page that leads to them and the sums that prove them."""
    pictures = {entry.region: files[entry.path] for entry in made.artefacts if entry.kind == "picture"}
    everything = dict(files)
    everything[manifest.NAME] = made.text().encode()
    everything["index.html"] = index_html(json.loads(made.text()), pictures)
    sums = [f"{provenance.sha256(content)}  {path}" for path, content in sorted(everything.items())]
    everything[SUMS] = ("\n".join(sums) + "\n").encode()
    for path, content in everything.items():
        place = work / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _zip(work: Path, name: str) -> None:
    """All of it in one file; what depends on the run and not on the inputs is left out."""
    inside = sorted(path for path in work.rglob("*") if path.is_file() and path.name != RUN)
    with zipfile.ZipFile(work / name, "w") as archive:
        for path in inside:
            entry = zipfile.ZipInfo(path.relative_to(work).as_posix(), _MOMENT)
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


def _write_run(work: Path, material: Material, made: Manifest, seconds: float) -> None:
    """What was true of this run alone."""
    spent = {" ".join(reversed(key)): round(value, 2) for key, value in material.seconds.items()}
    content = {
        "edition": made.edition,
        "versions": provenance.versions(),
        "commit": provenance.commit(material.paths),
        "seconds": {"all": round(seconds, 2), "reports": spent},
        "outcome": [asdict(region) for region in made.regions],
    }
    (work / RUN).write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


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
