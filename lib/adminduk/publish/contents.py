"""What is in an edition: taken over from the one before where nothing moved, else made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from adminduk.basis.errors import RenderError
from adminduk.basis.paths import Paths
from adminduk.present import wording
from adminduk.publish import artefacts, changes, folder, manifest, provenance
from adminduk.publish.artefacts import Recipe
from adminduk.publish.manifest import Artefact, Manifest
from adminduk.publish.material import BOUND, Material

CHANGES = "perubahan.csv"
Contents = tuple[Manifest, dict[str, bytes]]  # and the content of every artefact by its path
_LOST = "Berkas edisi itu yang hilang atau rusak dibuat lagi: {}."
_UNREAD = "Angka edisi itu tidak dapat dibandingkan: indikator.csv di foldernya hilang atau rusak."


@dataclass(frozen=True)
class Earlier:
    """An edition that is there, and its folder."""

    manifest: Manifest
    place: Path


def earlier(paths: Paths, data: str, name: str) -> Earlier | None:
    """The edition of that name, if it is still there."""
    place = paths.edition(data, name)
    return Earlier(manifest.read(place / manifest.NAME), place) if name and (place / manifest.NAME).is_file() else None


def following(material: Material, current: Earlier | None, name: str, spoiled: Sequence[str] = ()) -> Contents:
    """The edition ``name`` after the one in force; a region of which something cannot be made is noted as failed.

    ``spoiled`` are files of the edition in force that are not what they were.
    """
    told = moved(material, current)
    done = _all_of(material, lambda recipe: _finished(current, name, recipe, told), told, current)
    lines = [*_opening(current), *([_LOST.format(", ".join(spoiled))] if spoiled else [])]
    lines += _sentences(told) if current else []
    return _bound(material, name, current.manifest.edition if current else "", lines, done)


def again(material: Material, current: Earlier, before: Earlier | None) -> Contents:
    """The edition in force as its inputs make it now; only versions and change notes are taken from its manifest.

    ``before`` is the edition that it replaces; without it the list of changes is taken as it is.
    """
    made = current.manifest

    def finished(recipe: Recipe) -> tuple[Artefact, bytes]:
        old = made.artefact(recipe.path)
        version, told = (old.version, old.changes) if old else (made.edition, ())
        content = recipe.make(version, told)
        return recipe.artefact(version, told, content), content

    done = _all_of(material, finished, moved(material, before), before)
    note = made.artefact(CHANGES)
    if before is None and note is not None:
        done.append((note, folder.intact(current.place, note) or b""))
    return _bound(material, made.edition, made.replaces, made.changes, done)


def _all_of(
    material: Material,
    finished: Callable[[Recipe], tuple[Artefact, bytes]],
    moved: Sequence[changes.Moved] | None,
    current: Earlier | None,
) -> list[tuple[Artefact, bytes]]:
    """Every artefact; one that cannot be made fails its region, and what remains is made without that region."""
    while True:
        wanted = [*artefacts.recipes(material), *_change_note(moved, current)]
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # Typst works outside Python's lock
            ends = list(threads.map(lambda recipe: _tried(finished, recipe), wanted))
        failed = {(BOUND, recipe.region): end.problems for recipe, end in zip(wanted, ends, strict=True)
                  if isinstance(end, RenderError)}  # fmt: skip
        if not failed:
            return [end for end in ends if not isinstance(end, RenderError)]
        material.failed.update(failed)


def _tried(
    finished: Callable[[Recipe], tuple[Artefact, bytes]], recipe: Recipe
) -> tuple[Artefact, bytes] | RenderError:
    try:
        return finished(recipe)
    except RenderError as error:
        if not recipe.region:  # of all regions: none of them is to blame
            raise
        return error


def _finished(
    current: Earlier | None, name: str, recipe: Recipe, moved: Sequence[changes.Moved] | None
) -> tuple[Artefact, bytes]:
    """One file: as it is in the edition in force where nothing of it moved and it is still what was made."""
    old = current.manifest.artefact(recipe.path) if current else None
    if current and old and dict(old.depends) == recipe.depends:
        content = folder.intact(current.place, old) or recipe.make(old.version, old.changes)
        if provenance.sha256(content) == old.sha256:
            return old, content
    told = [*_opening(current), *_sentences(moved, recipe.region)] if current and recipe.kind == "pack" else []
    content = recipe.make(name, told)
    return recipe.artefact(name, told, content), content


def _opening(current: Earlier | None) -> list[str]:
    return [f"Edisi ini menggantikan edisi {current.manifest.edition}."] if current else []


def _sentences(moved: Sequence[changes.Moved] | None, region: str = "") -> list[str]:
    return [_UNREAD] if moved is None else [*changes.sentences(moved, region)]


def moved(material: Material, current: Earlier | None) -> list[changes.Moved] | None:
    """What moved since the edition in force; None when nobody can tell any more."""
    if current is None:
        return []
    told = current.manifest.artefact(changes.NUMBERS)
    before = folder.intact(current.place, told) if told else b""
    return None if before is None else changes.moved(changes.read(before), artefacts.numbers(material))


def _change_note(moved: Sequence[changes.Moved] | None, current: Earlier | None) -> list[Recipe]:
    if current is None:
        return []
    content = changes.table(moved or ())
    depends = {"isi": provenance.sha256(content), "menggantikan": provenance.sha256(current.manifest.edition.encode())}
    title = "Apa yang berubah sejak edisi sebelumnya"
    return [Recipe(CHANGES, "table", title, "", artefacts.office, depends, lambda version, told: content)]


def _bound(
    material: Material, name: str, replaces: str, lines: Iterable[str], done: Sequence[tuple[Artefact, bytes]]
) -> Contents:
    meeting = material.period.meeting
    made = Manifest(
        data=material.data,
        period=material.period.key,
        edition=name,
        replaces=replaces,
        simulated=material.simulated,
        title=meeting.name if meeting else "",
        as_of=wording.long_date(material.period.as_of),
        regions=material.standings(),
        artefacts=tuple(entry for entry, _ in done),
        changes=tuple(lines),
        inputs=material.inputs,
    )
    return made, {entry.path: content for entry, content in done}
