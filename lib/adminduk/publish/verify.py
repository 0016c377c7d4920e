"""``adminduk verify`` and ``adminduk why``: an edition held against what its inputs give now."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from adminduk.basis.errors import Problem, RenderError
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Region
from adminduk.publish import artefacts, edition, manifest, provenance
from adminduk.publish.artefacts import Recipe
from adminduk.publish.manifest import Artefact, Manifest
from adminduk.publish.material import Progress, gather, make_reports

_ROOM = "periksa-"


@dataclass(frozen=True)
class Verified:
    """How many files of the edition were made again and are the same, byte for byte."""

    manifest: Manifest
    files: int


def verify(paths: Paths, period: str, data: str, progress: Progress) -> Verified:
    """Make the edition in force again, in a clean directory, and compare every byte.

    RenderError names each file that differs, and the inputs that are no longer those of the edition.
    """
    current = manifest.needed(paths, data, period)
    with tempfile.TemporaryDirectory(prefix=_ROOM) as folder:
        room = _clean(paths, data, Path(folder).resolve())
        material = gather(room, period, data)
        make_reports(material, progress)
        recipes = {recipe.path: recipe for recipe in artefacts.recipes(material)}
        problems = [problem for entry in current.artefacts for problem in _differs(current, entry, recipes)]
    problems += _sums(paths, current)
    if problems:
        raise RenderError(*problems)
    return Verified(current, len(current.artefacts))


def _clean(paths: Paths, data: str, root: Path) -> Paths:
    """A project with the same inputs and nothing made yet."""
    for folder in (paths.params, paths.notebooks, paths.dataset(data)):
        shutil.copytree(folder, root / folder.relative_to(paths.root))
    if paths.locked.is_file():
        shutil.copy(paths.locked, root)
    return Paths(root)


def _differs(current: Manifest, entry: Artefact, recipes: Mapping[str, Recipe]) -> Iterator[Problem]:
    recipe = recipes.get(entry.path)
    if entry.path == edition.CHANGES:  # it compares with an edition before, and is proved by its sum
        return
    if recipe is None:
        yield Problem(entry.path, "tidak dapat dibuat lagi dari masukan sekarang", "", _why(current))
        return
    moved = differing(entry, recipe)
    if moved:
        yield Problem(entry.path, f"masukan berubah sejak edisi ini: {', '.join(moved)}", "", _why(current))
    elif provenance.sha256(recipe.make(entry.version, entry.changes)) != entry.sha256:
        yield Problem(
            entry.path, "isi yang dibuat ulang berbeda", f"sha256 {entry.sha256}", "laporkan ke pengelola program"
        )


def _why(current: Manifest) -> str:
    return f"jalankan make packs PERIOD={current.period} DATA={current.data} untuk edisi baru"


def _sums(paths: Paths, current: Manifest) -> Iterator[Problem]:
    """Files of the edition that are not what they were when it was made."""
    folder = paths.edition(current.data, current.edition)
    for line in (folder / edition.SUMS).read_text(encoding="utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or provenance.sha256(path.read_bytes()) != wanted:
            yield Problem(paths.relative(path), "berkas hilang atau berubah", f"sha256 {wanted}", "buat edisi baru")


def differing(entry: Artefact, recipe: Recipe) -> list[str]:
    """The names of what an artefact depends on that are not the same any more."""
    names = dict.fromkeys([*entry.depends, *recipe.depends])
    return [name for name in names if entry.depends.get(name) != recipe.depends.get(name)]


def why(paths: Paths, period: str, data: str, region: Region) -> list[tuple[str, list[str]]]:
    """For each file of a region in the edition in force: what it depends on that has changed since."""
    current = manifest.needed(paths, data, period)
    recipes = {recipe.path: recipe for recipe in artefacts.recipes(gather(paths, period, data))}
    own = [entry for entry in current.artefacts if entry.region == region.code and entry.path in recipes]
    return [(entry.path, differing(entry, recipes[entry.path])) for entry in own]
