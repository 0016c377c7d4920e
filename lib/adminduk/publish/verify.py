"""``adminduk verify`` and ``adminduk why``: an edition held against what its inputs give now."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from adminduk.basis.errors import Problem, RenderError
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Region
from adminduk.present.editions import words
from adminduk.publish import artefacts, changes, folder, manifest, provenance
from adminduk.publish.artefacts import Recipe
from adminduk.publish.contents import CHANGES, Earlier, again, earlier, moved
from adminduk.publish.manifest import Artefact, Manifest
from adminduk.publish.material import BOUND, Material, Progress, gather, make_reports

_ROOM = "periksa-"
_SAME = "masukan yang sama seperti saat edisi ini dibuat"


@dataclass(frozen=True)
class Verified:
    """How many files of the edition were made again and are the same, byte for byte."""

    manifest: Manifest
    files: int


def verify(paths: Paths, period: str, data: str, progress: Progress) -> Verified:
    """Make the edition in force again, in a clean directory, and compare every byte of every file with it.

    RenderError names each file that differs, is missing or is not of the edition, and the inputs that are no longer
    those of the edition; DataError when its manifest is not the one that its sums prove.
    """
    current = manifest.needed(paths, data, period)
    with tempfile.TemporaryDirectory(prefix=_ROOM) as place:
        room = _clean(paths, data, Path(place).resolve())
        material = gather(room, period, data)
        if current.complete:  # what failed is known only after it was tried again
            _compare_inputs(current, material)
        make_reports(material, progress)
        _compare_inputs(current, material)
        problems = [*_differs(paths, current, _again(paths, material, current))]
    if problems:
        raise RenderError(*problems)
    return Verified(current, len(current.artefacts))


def _compare_inputs(current: Manifest, material: Material) -> None:
    """RenderError with what is not as it was when the edition was made: each change once, with its files."""
    recipes = {recipe.path: recipe for recipe in artefacts.recipes(material)}
    files: dict[str, list[str]] = {}
    for entry in current.artefacts:
        if entry.path == CHANGES:  # compares with the edition before, not with the inputs
            continue
        recipe = recipes.get(entry.path)
        other = differing(entry, recipe) if recipe else []
        if other or recipe is None:
            told = words(other) if recipe else "tidak dapat dibuat lagi dari masukan sekarang"
            files.setdefault(told, []).append(entry.path)
    next_step = f"jalankan make packs PERIOD={current.period} DATA={current.data} untuk edisi baru"
    if files:
        raise RenderError(*(Problem(_some(names), what, _SAME, next_step) for what, names in files.items()))


def _some(names: list[str]) -> str:
    """The first of these files, and how many more there are."""
    return f"{names[0]} dan {len(names) - 1} berkas lain" if len(names) > 1 else names[0]


def _again(paths: Paths, material: Material, current: Manifest) -> Path:
    """The edition as its inputs make it, in the clean directory."""
    there = Earlier(current, paths.edition(current.data, current.edition))
    made, files = again(material, there, earlier(paths, current.data, current.replaces))
    place = material.paths.edition(made.data, made.edition)
    folder.write(place, made, files)
    folder.pack(place, made)
    return place


def _clean(paths: Paths, data: str, root: Path) -> Paths:
    """A project with the same inputs and nothing made yet."""
    for source in (paths.params, paths.notebooks, paths.dataset(data)):
        shutil.copytree(source, root / source.relative_to(paths.root))
    if paths.locked.is_file():
        shutil.copy(paths.locked, root)
    return Paths(root)


def _differs(paths: Paths, current: Manifest, made: Path) -> Iterator[Problem]:
    """Files of the edition that are not those that were made again, too many or too few."""
    place = paths.edition(current.data, current.edition)
    wanted, there = folder.names(made), folder.names(place)
    next_step = "pulihkan folder edisi itu dari salinannya, atau jalankan make packs untuk edisi baru"
    for name in sorted(wanted | there):
        where = paths.relative(place / name)
        if name not in wanted:
            yield Problem(where, "berkas asing: bukan bagian edisi ini", "tidak ada", "pindahkan berkas itu")
        elif name not in there or (place / name).read_bytes() != (made / name).read_bytes():
            expected = f"sha256 {provenance.sha256((made / name).read_bytes())}"
            yield Problem(where, "berkas hilang atau berubah", expected, next_step)


def differing(entry: Artefact, recipe: Recipe) -> list[str]:
    """The names of what an artefact depends on that are not the same any more."""
    names = dict.fromkeys([*entry.depends, *recipe.depends])
    return [name for name in names if entry.depends.get(name) != recipe.depends.get(name)]


@dataclass(frozen=True)
class Why:
    """For each file of a region in the edition in force what it depends on that has changed since: ``files``.

    ``inputs`` names the files under params/ that changed; ``moved`` are the sentences of the numbers that did.
    """

    files: list[tuple[str, list[str]]]
    inputs: list[str]
    moved: list[str]


def why(paths: Paths, period: str, data: str, region: Region) -> Why:
    """What has changed for a region since the edition in force."""
    current = manifest.needed(paths, data, period)
    material = gather(paths, period, data)
    for standing in current.regions:  # it is not tried again here whether they still fail
        if standing.outcome == "gagal":
            material.failed[BOUND, standing.code] = (Problem(standing.where, standing.cause),)
    recipes = {recipe.path: recipe for recipe in artefacts.recipes(material)}
    own = [entry for entry in current.artefacts if entry.region == region.code and entry.path in recipes]
    files = [(entry.path, differing(entry, recipes[entry.path])) for entry in own]
    names = sorted(current.inputs.keys() | material.inputs.keys())
    inputs = [name for name in names if current.inputs.get(name) != material.inputs.get(name)]
    there = Earlier(current, paths.edition(data, current.edition))
    told = moved(material, there) or () if any(names for _, names in files) else ()
    return Why(files, inputs, [*changes.sentences(told, region.code)] if told else [])
