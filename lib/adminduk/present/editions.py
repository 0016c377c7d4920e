"""What the terminal says of an edition: how each region fared, what was made, and why something would change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from adminduk.present import wording

_INPUTS = {
    "data": "angka yang dicetak berubah",
    "notebook": "notebook berubah",
    "catatan": "catatan dinas berubah",
    "parameter": "berkas di params/ berubah",
    "pustaka": "perangkat lunaknya berubah",
    "kunci": "versi paket Python berubah",
    "tugas": "tugasnya lain",
    "sampul": "sampul berubah",
    "susunan": "susunan atau nama paket berubah",
    "isi": "isinya berubah",
}
UNCHANGED = "Tidak ada yang berubah; edisi yang berlaku tetap."
_OUTCOMES = {"dicetak": "dicetak", "ditahan": "ditahan oleh temuan", "gagal": "GAGAL"}
_HEADS = ("Wilayah", "Hasil", "Notebook", "Sel", "Sebab")
_CELL = re.compile(r"notebook (?P<notebook>\w+)(?:, (?P<cell>sel .*))?", re.DOTALL)


class Standing(Protocol):
    """How a region fared."""

    name: str
    outcome: str
    where: str
    cause: str


def outcome(regions: Sequence[Standing], is_new: bool, reports: Sequence[str], files: Sequence[str]) -> list[str]:
    """A table with a line for each region, what is missing of the edition, and what was made."""
    lines = [*table(regions), *missing(regions)]
    if not is_new:
        return [*lines, UNCHANGED]
    made = f"{wording.number(len(reports))} laporan dicetak, {wording.number(len(files))} berkas dibuat"
    return [*lines, f"{made}; yang lain diambil dari edisi sebelumnya bila ada."]


def table(regions: Sequence[Standing]) -> list[str]:
    """Region, outcome, notebook, cell and cause in columns; cells that stay empty everywhere have no column."""
    rows = [_HEADS, *(_row(region) for region in regions)]
    kept = [place for place in range(len(_HEADS)) if place < 2 or any(row[place] for row in rows[1:])]
    widths = {place: max(len(row[place]) for row in rows) for place in kept}
    return ["  ".join(f"{row[place]:<{widths[place]}}" for place in kept).rstrip() for row in rows]


def _row(region: Standing) -> tuple[str, ...]:
    found = _CELL.search(region.where)
    notebook, cell = (found["notebook"], found["cell"] or "") if found else ("", region.where)
    return region.name, _OUTCOMES[region.outcome], notebook, " ".join(cell.split()), " ".join(region.cause.split())


def missing(regions: Sequence[Standing]) -> list[str]:
    """What an edition says wherever it is told that it does not hold every region; nothing when it does."""
    failed, held = ([region.name for region in regions if region.outcome == kind] for kind in ("gagal", "ditahan"))
    lines = []
    if failed:
        lines.append(f"Edisi ini TIDAK LENGKAP: gagal dicetak {wording.listing(failed)}.")
    if held:
        lines.append(f"{wording.number(len(held))} wilayah ditahan oleh temuan: {wording.listing(held)}.")
    return lines


def reasons(
    region: str, changed: Sequence[tuple[str, Sequence[str]]], inputs: Sequence[str] = (), numbers: Sequence[str] = ()
) -> list[str]:
    """One line for each file of the region with what it depends on that has changed; then which of the files
    ``inputs``, and the sentences of the numbers that moved."""
    moved = [(path, names) for path, names in changed if names]
    if not moved:
        return [f"{region}: tidak ada yang berubah sejak edisi yang berlaku."]
    lines = [f"{path}: {words(names)}" for path, names in moved]
    lines += [f"Berkas yang berubah: {', '.join(inputs)}."] if inputs else []
    return [*lines, *numbers]


def words(names: Sequence[str]) -> str:
    """What changed, of these names of what a file depends on."""
    return "; ".join(dict.fromkeys(map(_reason, names)))


def _reason(name: str) -> str:
    *before, key = name.split(".")
    told = _INPUTS.get(key, key)
    return f"{told} ({', '.join(before)})" if before and key in ("data", "notebook") else told
