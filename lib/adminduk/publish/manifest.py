"""The manifest of an edition: what is in it, of which hashes, and what each part depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from adminduk.basis.datasets import is_name
from adminduk.basis.errors import DataError, ParameterError, Problem
from adminduk.basis.paths import Paths
from adminduk.basis.periods import period_ids

FORMAT = 1
NAME = "manifest.json"
SUMS = "SHA256SUMS"
Audience = Literal["publik", "daerah", "internal"]
Outcome = Literal["dicetak", "ditahan", "gagal"]


@dataclass(frozen=True)
class Artefact:
    """One file of an edition. ``region`` is empty for what is about all of them.

    ``version`` names the edition in which it was made: later ones that change nothing of it keep it as it is.
    ``changes`` are the lines that tell on it what moved. ``depends`` are hashes by name.
    """

    path: str
    kind: str
    title: str
    region: str
    audience: Audience
    version: str
    depends: Mapping[str, str]
    changes: tuple[str, ...] = ()
    bytes: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Standing:
    """How a region fared: ``cause`` says what keeps it from being printed, ``where`` the notebook and its cell."""

    code: str
    name: str
    outcome: Outcome
    where: str = ""
    cause: str = ""


@dataclass(frozen=True)
class Manifest:
    """``replaces`` is the edition that this one corrects; ``changes`` what moved since it.

    ``inputs`` are the hashes of the files under params/ that stand behind every artefact.
    """

    data: str
    period: str
    edition: str
    replaces: str
    simulated: bool
    title: str
    as_of: str
    regions: tuple[Standing, ...]
    artefacts: tuple[Artefact, ...]
    changes: tuple[str, ...] = field(default=())
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether nothing failed; a region that its figures withhold is no failure."""
        return all(region.outcome != "gagal" for region in self.regions)

    @property
    def withholds(self) -> bool:
        return any(region.outcome == "ditahan" for region in self.regions)

    def text(self) -> str:
        content = {"format": FORMAT, "complete": self.complete, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def artefact(self, path: str) -> Artefact | None:
        return next((found for found in self.artefacts if found.path == path), None)


def read(path: Path) -> Manifest:
    """The manifest in a file, as it was written by ``Manifest.text``."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["regions"] = tuple(_made(Standing, entry) for entry in content["regions"])
    content["artefacts"] = tuple(_made(Artefact, entry) for entry in content["artefacts"])
    return _made(Manifest, content)


def in_force(paths: Paths, data: str, period: str) -> Manifest | None:
    """The manifest of the edition in force; None before the first.

    DataError when it is not the one that the edition was made with: nothing that it says could be believed.
    """
    if not is_name(data) or period not in period_ids(paths):  # a path to somewhere else
        return None
    pointer = paths.current_edition(data, period)
    name = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    folder = paths.edition(data, name)
    if not name or not folder.is_dir():
        return None
    _check(paths, folder)
    return read(folder / NAME)


def _check(paths: Paths, folder: Path) -> None:
    """DataError when the manifest is not the one whose sum stands beside it."""
    path, sums = folder / NAME, folder / SUMS
    if path.is_file() and sums.is_file():
        line = f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {NAME}"
        if line in sums.read_text(encoding="utf-8", errors="replace").splitlines():
            return
    next_step = "pulihkan folder edisi itu dari salinannya, atau pindahkan folder itu lalu jalankan make packs"
    what = f"hilang atau berubah: berkas ini tidak cocok dengan {SUMS}"
    raise DataError(Problem(paths.relative(path), what, "edisi seperti saat dibuat", next_step))


def needed(paths: Paths, data: str, period: str) -> Manifest:
    """As ``in_force``; ParameterError when there is no edition yet."""
    found = in_force(paths, data, period)
    if found is None:
        wanted = f"periode ({', '.join(period_ids(paths))}) yang paketnya sudah dibuat"
        next_step = f"jalankan make packs PERIOD={period} DATA={data}"
        raise ParameterError(Problem(f"PERIOD={period} DATA={data}", "belum ada edisi", wanted, next_step))
    return found


def _made(model: Any, content: Mapping[str, Any]) -> Any:
    known = {entry.name for entry in fields(model)}
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in content.items() if key in known}
    return model(**given)
