"""Packs: which notebooks are bound together for which regions. One file, one pack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.models import CHECK, Model, parse_model, read_yaml
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Region, Regions


class Pack(Model):
    """Reports that are bound together."""

    id: str
    """Not in the file: its name."""
    label: Annotated[str, Field(min_length=1)]
    """What its cover calls it."""
    regions: Literal["provinsi", "kabupaten_kota"]
    """Who gets one: the province, or each regency."""
    suffix: Annotated[str, Field(pattern=r"[a-z0-9_]*")] = ""
    """Ends the file name of a further pack of the same regions."""
    notebooks: Annotated[tuple[str, ...], Field(min_length=1)]
    """Notebooks in their order."""

    def of(self, regions: Regions) -> tuple[Region, ...]:
        """The regions that get one."""
        return (regions.province,) if self.regions == "provinsi" else tuple(regions.regencies)


def load_packs(paths: Paths) -> tuple[Pack, ...]:
    """Every pack, by file name; ParameterError with every mistake of every file."""
    problems: list[Problem] = []
    packs: list[Pack] = []
    for path in sorted(paths.packs.glob("*.yml")):
        name = paths.relative(path)
        try:
            packs.append(_load(read_yaml(path, name), path.stem, name))
        except ParameterError as error:
            problems.extend(error.problems)
    problems.extend(_strangers(paths, packs))
    problems.extend(_namesakes(packs))
    if problems:
        raise ParameterError(*problems)
    return tuple(packs)


def _load(content: object, key: str, name: str) -> Pack:
    if not re.fullmatch(r"[a-z0-9_]+", key):
        raise ParameterError(
            Problem(name, "nama berkas bukan id", "huruf kecil, angka, garis bawah", "ganti nama berkasnya")
        )
    return parse_model(Pack, {"id": key, **(content if isinstance(content, dict) else {})}, name)


def _strangers(paths: Paths, packs: list[Pack]) -> Iterator[Problem]:
    known = {path.stem for path in paths.notebooks.glob("*.ipynb")}
    for pack in packs:
        for notebook in pack.notebooks:
            if notebook not in known:
                where = f"params/packs/{pack.id}.yml: notebooks"
                what = f"notebook {notebook!r} tidak ada"
                yield Problem(where, what, ", ".join(sorted(known)), suggestion(notebook, known) or CHECK)


def _namesakes(packs: list[Pack]) -> Iterator[Problem]:
    """Two packs that would be one file."""
    for (regions, suffix), number in Counter((pack.regions, pack.suffix) for pack in packs).items():
        if number > 1:
            what = f"{number} paket untuk {regions} dengan suffix {suffix!r}"
            yield Problem("params/packs", what, "suffix yang berbeda", "beri salah satunya suffix lain")
