"""An edition as a directory: how it is written and packed, and how its files prove themselves afterwards."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from adminduk.publish import manifest, provenance
from adminduk.publish.index import index_html
from adminduk.publish.manifest import SUMS, Artefact, Manifest

RUN, INDEX = "run.json", "index.html"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in the zip: the same files, the same bytes


def write(folder: Path, made: Manifest, files: Mapping[str, bytes]) -> None:
    """Every file of the edition, with the page that leads to them and the sums that prove them."""
    pictures = {entry.region: files[entry.path] for entry in made.artefacts if entry.kind == "picture"}
    everything = dict(files)
    everything[manifest.NAME] = made.text().encode()
    everything[INDEX] = index_html(json.loads(made.text()), pictures)
    sums = [f"{provenance.sha256(content)}  {path}" for path, content in sorted(everything.items())]
    everything[SUMS] = ("\n".join(sums) + "\n").encode()
    for path, content in everything.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def pack(folder: Path, made: Manifest) -> None:
    """All of it in one file; what depends on the run and not on the inputs is left out."""
    inside = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RUN)
    with zipfile.ZipFile(folder / archive(made), "w") as packed:
        for path in inside:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _MOMENT)
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())


def archive(made: Manifest) -> str:
    """The name of the file that holds all the others."""
    return f"paket_{made.data}_{made.edition}.zip"


def names(folder: Path) -> set[str]:
    """The files of an edition, without what tells of the run alone."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {RUN}


def intact(folder: Path, entry: Artefact) -> bytes | None:
    """A file as it was made; None when it is gone or another one by now."""
    path = folder / entry.path
    content = path.read_bytes() if path.is_file() else None
    return content if content is not None and provenance.sha256(content) == entry.sha256 else None


def damaged(folder: Path, made: Manifest) -> list[str]:
    """The files that are gone, and those that are not the ones that were made."""
    lost = [entry.path for entry in made.artefacts if intact(folder, entry) is None]
    sums = [line.partition("  ") for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()]
    known = {entry.path for entry in made.artefacts} | {manifest.NAME}
    for wanted, _, name in sums:
        path = folder / name
        if name not in known and not (path.is_file() and provenance.sha256(path.read_bytes()) == wanted):
            lost.append(name)
    return lost + [name for name in (archive(made),) if not (folder / name).is_file()]


def is_there(folder: Path, made: Manifest) -> bool:
    """Whether every file is there, the artefacts with their sizes: what can be seen without reading one."""
    sizes = ((folder / entry.path, entry.bytes) for entry in made.artefacts)
    whole = all(path.is_file() and path.stat().st_size == size for path, size in sizes)
    return whole and all((folder / name).is_file() for name in (INDEX, archive(made)))
