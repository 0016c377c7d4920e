"""Whether an edition still holds what is known: found without opening a figure, so that asking again costs nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

from adminduk.basis.paths import Paths
from adminduk.publish import folder, manifest, provenance
from adminduk.publish.manifest import Manifest


def unchanged(paths: Paths, period: str, data: str) -> Manifest | None:
    """The edition in force, when nothing of it failed, its files are there with their sizes and no file that it could
    depend on has changed since; else None."""
    current = manifest.in_force(paths, data, period)
    if current is None or not current.complete:
        return None
    if not folder.is_there(paths.edition(data, current.edition), current):
        return None
    marker = _marker(paths, period, data)
    seen = json.loads(marker.read_text(encoding="utf-8")) if marker.is_file() else []
    return current if seen == [provenance.everything(paths, data), current.edition] else None


def remember(paths: Paths, period: str, data: str, inputs: str, edition: str) -> None:
    """Note that ``edition`` holds what files with the hash ``inputs`` (``provenance.everything``) say."""
    marker = _marker(paths, period, data)
    marker.parent.mkdir(parents=True, exist_ok=True)
    beside = marker.with_suffix(".baru")
    beside.write_text(json.dumps([inputs, edition]), encoding="utf-8")
    os.replace(beside, marker)


def _marker(paths: Paths, period: str, data: str) -> Path:
    return paths.shelf(f"terakhir-{data}-{period}.json")
