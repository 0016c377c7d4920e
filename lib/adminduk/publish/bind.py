"""Reports bound to one document: cover, contents, what changed, then each report as it was set by itself.

PDFs are never merged, for merging loses the structure that a screen reader follows; the sources are compiled once.
Each report keeps a folder of its own with its files, the templates and its density.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from adminduk.publish.compiler import MAIN, Naskah, templates
from adminduk.publish.typeset import call, literal

NORMAL = "1.00"


@dataclass(frozen=True)
class Cover:
    """What stands on the cover and at the foot of the first pages. ``lines`` are pairs of a word and what it says."""

    label: str
    name: str
    title: str
    period: str
    version: str
    simulated: bool
    lines: Sequence[tuple[str, str]]
    notes: Sequence[str] = ()
    date: str = ""

    @property
    def about(self) -> dict[str, Any]:
        plain = {key: value for key, value in vars(self).items() if key != "date"}
        return plain | {"lines": [list(line) for line in self.lines], "notes": list(self.notes)}


@dataclass(frozen=True)
class Changes:
    """What moved since the edition before: paragraphs, then a list."""

    heading: str
    paragraphs: Sequence[str]
    items: Sequence[str] = field(default=())


def bind(cover: Cover, changes: Changes | None, reports: Sequence[Naskah]) -> Naskah:
    """The source of one pack. ``reports`` are in their order, each as it was set."""
    files: dict[str, bytes] = {}
    lines = [
        '#import "paket.typ": *',
        f"#show: paket.with(tentang: {literal(cover.about)}, judul-pdf: {literal(f'{cover.label} - {cover.name}')})",
        *_opening(cover, alone=len(reports) == 1 and not changes),
    ]
    if changes:
        lines.append(call("perubahan", changes.heading, changes.paragraphs, changes.items))
    places = [(1, "sampul paket")]
    for number, naskah in enumerate(reports, start=1):
        folder = f"bagian{number:02}"
        files |= {f"{folder}/{name}": content for name, content in _part(naskah).items()}
        lines.append(f'#include "{folder}/{MAIN}"')
        places.append((len(lines), f"laporan ke-{number}"))
    return Naskah("\n".join(lines) + "\n", files, cover.date, tuple(places), density=NORMAL)


def _opening(cover: Cover, alone: bool) -> list[str]:
    """Cover and contents; those of one report have room on the cover."""
    if not alone:
        return [call("sampul", cover.about), call("daftar-isi", "Daftar isi")]
    return [f'#sampul({literal(cover.about)}, isi: daftar-isi("Daftar isi", halaman-sendiri: false))']


def _part(naskah: Naskah) -> dict[str, bytes]:
    bound = f"#let rapat = {float(naskah.density)}\n#let terikat = true\n".encode()
    return {**templates(), **naskah.files, "kerapatan.typ": bound, MAIN: naskah.source.encode()}
