"""What the terminal says of an edition: how each region fared, what was made, and why something would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from adminduk.present import wording

_INPUTS = {
    "data": "angka yang dicetak berubah",
    "notebook": "notebook berubah",
    "catatan": "catatan dinas berubah",
    "parameter": "berkas di params/ berubah",
    "pustaka": "program berubah",
    "kunci": "versi paket Python berubah",
    "tugas": "tugasnya lain",
    "sampul": "sampul berubah",
    "susunan": "susunan atau nama paket berubah",
    "isi": "isinya berubah",
}
UNCHANGED = "Tidak ada yang berubah; edisi yang berlaku tetap."
_OUTCOMES = {"dicetak": "dicetak", "ditahan": "ditahan oleh temuan", "gagal": "GAGAL"}


class Standing(Protocol):
    """How a region fared."""

    name: str
    outcome: str
    where: str
    cause: str


def outcome(regions: Sequence[Standing], is_new: bool, reports: Sequence[str], files: Sequence[str]) -> list[str]:
    """A table of the regions that are not all right, and what was made."""
    wrong = [region for region in regions if region.outcome != "dicetak"]
    lines = []
    if wrong:
        width = max(len(region.name) for region in wrong)
        lines = [f"{region.name:<{width}}  {_OUTCOMES[region.outcome]}  {_cause(region)}" for region in wrong]
        lines.append(f"Edisi ini TIDAK LENGKAP: {len(wrong)} dari {len(regions)} wilayah tidak dicetak.")
    if not is_new:
        return [*lines, UNCHANGED]
    made = f"{wording.number(len(reports))} laporan dicetak, {wording.number(len(files))} berkas dibuat"
    return [*lines, f"{made}; yang lain diambil dari edisi sebelumnya bila ada."]


def _cause(region: Standing) -> str:
    return ": ".join(filter(None, (region.where, region.cause)))


def reasons(region: str, changed: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """One line for each file of the region with what it depends on that has changed."""
    moved = [(path, names) for path, names in changed if names]
    if not moved:
        return [f"{region}: tidak ada yang berubah sejak edisi yang berlaku."]
    return [f"{path}: {'; '.join(dict.fromkeys(map(_reason, names)))}" for path, names in moved]


def _reason(name: str) -> str:
    *before, key = name.split(".")
    told = _INPUTS.get(key, key)
    return f"{told} ({', '.join(before)})" if before and key in ("data", "notebook") else told
