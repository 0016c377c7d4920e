"""Simulated sheets as rows of cells, written the many ways in which offices write them.

A hand is one office clerk's way of writing one file: which words stand above a column, how codes and numbers
look, what else is on the sheet. It is drawn from the file's name, so the same file is always written the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from adminduk.basis.places import Places
from adminduk.ingest.simulation.apportion import draw
from adminduk.ingest.simulation.sheets import Column

Cell = str | int | date | None
SIGNS = {"": ("jml", "JML", "L+P", "Jumlah"), "L": ("lk", "LK", "L", "Laki-laki"), "P": ("pr", "PR", "P", "Perempuan")}
_EMPTY = ("-", "", "n/a", "–")


@lru_cache(maxsize=4096)
def _drawn(key: str, many: int) -> int:
    return int(draw(key, 0, many - 1, (1,))[0])


@dataclass(frozen=True)
class Hand:
    """How one file is written. ``typed``: cells are text, as they always are in a CSV; ``slip``: what goes wrong."""

    key: str
    typed: bool
    slip: str = ""

    def pick(self, what: str, options: Sequence[Any]) -> Any:
        return options[_drawn(f"{self.key}|{what}", len(options))]

    def one_in(self, many: int, what: str) -> bool:
        return self.pick(what, range(many)) == 0

    def counts(self, values: Sequence[int | None], what: str) -> list[Cell]:
        """Counts as numbers, plain text or text with dots, of which a few have a stray space behind the first.

        What is not there, or cannot be (less than nothing), is written as such.
        """
        style = self.pick("angka", ("polos", "bertitik") if self.typed else ("bilangan", "polos", "bertitik"))
        stray = draw(f"{self.key}|spasi|{what}", 0, 39, (len(values),)) == 0
        pairs = zip(values, stray.tolist(), strict=True)
        return [self.nothing() if value is None or value < 0 else _count(value, style, odd) for value, odd in pairs]

    def nothing(self) -> str:
        return self.pick("kosong", _EMPTY)

    def percent(self, part: int, whole: int) -> Cell:
        exact = Fraction(100 * part, whole)
        hundredths = int(exact * 100 + Fraction(1, 2))
        text = f"{hundredths // 100},{hundredths % 100:02d}"
        return text + self.pick("persen", ("%", " %", ""))

    def code(self, code: str) -> Cell:
        """With dots or without, as text or as a number."""
        style = self.pick("kode", ("bertitik", "rapat") if self.typed else ("bertitik", "rapat", "bilangan"))
        plain = code.replace(".", "")
        return {"bertitik": code, "rapat": plain, "bilangan": int(plain)}[style]

    def day(self, day: date) -> Cell:
        """A date as a spreadsheet's own, or as people type it."""
        styles = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
        return day.strftime(self.pick("tanggal", styles)) if self.typed else day


def _count(value: int, style: str, stray: bool) -> Cell:
    if style == "bilangan":
        return value
    text = f"{value:,}".replace(",", ".") if style == "bertitik" else str(value)
    return text.replace(".", ". ", 1) if stray else text


@dataclass(frozen=True)
class Gazetteer:
    """Names as people write them; ``aliases`` are the other names of regencies."""

    places: Places
    aliases: Mapping[str, Sequence[str]]

    def name(self, code: str, hand: Hand) -> str:
        place = self.places.by_code(code)
        if place is None:
            raise KeyError(code)
        if place.level == "kabupaten_kota":
            kind = hand.pick("kab", (place.kind, {"kabupaten": "kab."}.get(place.kind, place.kind))).capitalize()
            known = self.aliases.get(code, ())
            text = known[0] if known and hand.one_in(2, f"sebutan|{code}") else f"{kind} {place.name}"
        else:
            text = f"Kec. {place.name}" if place.level == "kecamatan" and hand.one_in(3, "kec") else place.name
        return text.upper() if hand.one_in(2, "huruf") else text


@dataclass(frozen=True)
class Field:
    """One column of a sheet: the words above it from the outermost in, a cell for each place, and its total."""

    words: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: Cell = None


def triplet(words: tuple[str, ...], column: Column, hand: Hand) -> Iterator[Field]:
    """A measure for men, women and all, in one of the usual orders.

    The column for all may be missing where it is the sum of the others.
    """
    order = hand.pick("urutan", ((1, 2, 0), (0, 1, 2)))
    whole, men, women = column.counts[:, 0], column.counts[:, 1], column.counts[:, 2]
    adds_up = bool((men + women == whole).all())
    for sex in (sex for sex in order if sex or not adds_up or not hand.one_in(6, "tanpa jumlah")):
        letter = ("", "L", "P")[sex]
        sign = hand.pick("jenis kelamin", range(len(SIGNS[letter])))
        yield counted((*words, SIGNS[letter][sign]), column.counts[:, sex].tolist(), hand)


def counted(words: tuple[str, ...], counts: Sequence[int | None], hand: Hand) -> Field:
    """A column of counts with its total, unless that would be the sum of something else."""
    known = [count for count in counts if count is not None and count >= 0]
    total = sum(known) + 10 * (hand.slip == f"jumlah {words[0]}") if len(known) == len(counts) else None
    *cells, last = hand.counts([*counts, total], "|".join(words))
    return Field(words, tuple(cells), last if total is not None else None)


def table(fields: Sequence[Field], hand: Hand) -> list[list[Cell]]:
    """Header, a row for each place, and often a row of totals, with blank rows here and there."""
    rows = [*_header(fields, hand)]
    length = len(fields[0].cells)
    for place in range(length):
        if place and hand.one_in(60, f"baris kosong|{place}"):
            rows.append([None] * len(fields))
        rows.append([field.cells[place] for field in fields])
    if not hand.one_in(4, "tanpa baris jumlah") and any(field.total is not None for field in fields):
        rows.append(_totals(fields))
    return rows


def _header(fields: Sequence[Field], hand: Hand) -> Iterator[list[Cell]]:
    """All words of a column in one cell, or the outer ones once above the inner ones."""
    depth = max(len(field.words) for field in fields)
    if depth == 1 or hand.one_in(2, "satu baris judul"):
        joint = hand.pick("sambungan", (" ", "_", "\n"))
        yield [joint.join(field.words) for field in fields]
        return
    for level in range(depth):
        row: list[Cell] = []
        for place, field in enumerate(fields):
            above = field.words[: level + 1]
            repeated = place and level < depth - 1 and fields[place - 1].words[: level + 1] == above
            row.append(field.words[level] if level < len(field.words) and not repeated else None)
        yield row


def _totals(fields: Sequence[Field]) -> list[Cell]:
    """The name of the row stands in the first column of names."""
    named = next(place for place, field in enumerate(fields) if field.total is None and field.words[0].lower() != "no")
    return ["JUMLAH" if place == named else field.total for place, field in enumerate(fields)]
