"""How the files of the offices look: what params/sources.yml says about kinds of spreadsheets.

A layout is declared, not coded: which words stand over which column, what a column counts, which columns only
check others, what the denominators are. Reading a file by it is the work of ``ingest``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from adminduk.basis.checks import Severity
from adminduk.basis.models import Model
from adminduk.basis.vocabulary import Vocabulary, Words, fold

Style = Literal["auto", "indonesia", "inggris"]
Shape = Literal["lebar", "panjang", "lebar_atau_panjang"]
Yes = Literal["ya", "tidak"]
Sex = Literal["", "L", "P"]
# Where the denominators of a layout come from: named by DENOMINATOR, by block, the release itself, borrowed from a
# release that the dataset holds, or told by the file.
Base = Literal["disebut", "blok", "rilis", "dipinjam", "berkas"]

Positive = Annotated[int, Field(gt=0)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


class Limits(Model):
    """What a received file may be at most; ``rows`` and ``columns`` of one sheet."""

    megabytes: Positive
    unpacked_megabytes: Positive
    rows: Positive
    columns: Positive


class Share(Model):
    """A percentage: column ``numerator`` of column ``denominator``, told of an indicator and one of its bases."""

    numerator: Word
    denominator: Word
    indicator: Word
    base: Word


class Column(Model):
    """One thing that a sheet tells of a region, in up to three columns (men, women, all).

    ``measure``: what its cells count; ``difference``: the column states the first column less the second; ``share``:
    it states a percentage. With none of these the column is known and not used. ``note`` says, where the heading does
    not, why it is read as that measure.
    """

    words: Words
    measure: str = ""
    difference: tuple[Word, Word] | None = None
    share: Share | None = None
    required: Yes = "tidak"
    note: str = ""

    @model_validator(mode="after")
    def _one_meaning(self) -> Column:
        if sum(map(bool, (self.measure, self.difference, self.share))) > 1:
            raise ValueError("pilih satu dari measure, difference, share")
        if self.note and not self.measure:
            raise ValueError("note hanya untuk kolom dengan measure")
        return self

    @property
    def used(self) -> bool:
        return bool(self.measure or self.difference or self.share)


class Block(Model):
    """Columns that stand together under one word; their denominators are frozen on a DKB or move."""

    words: Words
    base_kind: Literal["beku", "dinamis"]


class Day(Model):
    """The column that dates a row. Beside AS_OF its date must be that day, or may be any day up to it."""

    words: Words
    required: Yes
    beside: Literal["sama", "paling_akhir"]


class Labels(Model):
    """Words in the first column above the table: the day in the next cell, base dates and kinds over their columns."""

    as_of: Word
    base_date: Word
    base_kind: Word


class Layout(Model):
    """How a kind of file looks. ``hints`` are words that tell it from a layout with the same headings.

    ``exact``: headings must be the words themselves, and other columns are nobody's business (the form).
    ``every_measure``: each measure of the catalogue is a column.
    """

    id: str = ""
    title: Annotated[str, Field(min_length=1)]
    shape: Shape = "lebar"
    numbers: Style = "auto"
    base: Base
    hints: tuple[str, ...] = ()
    exact: Yes = "tidak"
    every_measure: Yes = "tidak"
    columns: dict[Word, Column] = Field(default_factory=dict)
    blocks: dict[Word, Block] = Field(default_factory=dict)
    day: Day | None = None
    labels: Labels | None = None
    # Filled in by load_sources, the same for every layout.
    words: Vocabulary | None = None
    severities: dict[str, Severity] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Layout:
        wrong = [*self._unknown_columns(), *self._shared_words()]
        if (self.base == "blok") != bool(self.blocks):
            wrong.append("blocks wajib untuk base: blok, dan hanya untuk itu")
        if not self.columns and self.every_measure == "tidak":
            wrong.append("tidak ada kolom")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _unknown_columns(self) -> Iterator[str]:
        for name, column in self.columns.items():
            share = (column.share.numerator, column.share.denominator) if column.share else ()
            for other in (*(column.difference or ()), *share):
                if other not in self.columns or not self.columns[other].measure:
                    yield f"columns.{name}: {other!r} bukan kolom dengan measure"

    def _shared_words(self) -> Iterator[str]:
        """A word that leads to two columns, or to two blocks, decides nothing."""
        for named in (self.columns, self.blocks):
            owners: dict[str, list[str]] = defaultdict(list)
            for name, entry in named.items():
                for word in {fold(word) for word in entry.words}:
                    owners[word].append(name)
            yield from (f"judul {word!r} dipakai {', '.join(names)}" for word, names in owners.items() if names[1:])

    @property
    def vocabulary(self) -> Vocabulary:
        """The shared words; a layout that did not come from ``load_sources`` has none."""
        if self.words is None:
            raise ValueError(f"layout {self.title!r} tidak dimuat lewat load_sources")
        return self.words
