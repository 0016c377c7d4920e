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
from adminduk.basis.models import Model, wrong
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
    """What a received file may be at most."""

    megabytes: Positive
    """Size of the file."""
    unpacked_megabytes: Positive
    """Size of what a packed file unpacks to."""
    rows: Positive
    """Rows of one sheet."""
    columns: Positive
    """Columns of one sheet."""


class Share(Model):
    """A percentage that a column states: of what, and of which indicator."""

    numerator: Word
    """Column whose count is divided."""
    denominator: Word
    """Column it is divided by."""
    indicator: Word
    """Indicator it is told of."""
    base: Word
    """Base of that indicator."""


class Column(Model):
    """One thing that a sheet tells of a region, in up to three columns (men, women, all).

    It has one of ``measure``, ``difference`` and ``share``; with none of them it is known and not used.
    """

    words: Words
    """Headings it is known by."""
    measure: str = ""
    """Measure that its cells count."""
    difference: tuple[Word, Word] | None = None
    """The two columns whose difference it states."""
    share: Share | None = None
    """The percentage it states."""
    required: Yes = "tidak"
    """Whether a sheet without it is another kind of file."""
    note: str = ""
    """Why it is read as that measure, where the heading does not say so."""

    @model_validator(mode="after")
    def _one_meaning(self) -> Column:
        if sum(map(bool, (self.measure, self.difference, self.share))) > 1:
            raise wrong("menyebut lebih dari satu makna", "satu dari measure, difference, share")
        if self.note and not self.measure:
            raise wrong("note tanpa measure", "note hanya untuk kolom dengan measure")
        return self

    @property
    def used(self) -> bool:
        return bool(self.measure or self.difference or self.share)


class Block(Model):
    """Columns that stand together under one word; their denominators are frozen on a DKB or move."""

    words: Words
    """Words over the block."""
    base_kind: Literal["beku", "dinamis"]
    """Whether its denominators are frozen on a DKB or move."""


class Day(Model):
    """The column that dates a row."""

    words: Words
    """Headings of the column with the date."""
    required: Yes
    """Whether it must be there."""
    beside: Literal["sama", "paling_akhir"]
    """Beside AS_OF its date must be that day, or any day up to it."""


class Labels(Model):
    """Words in the first column above the table: the day in the next cell, base dates and kinds over their columns."""

    as_of: Word
    """Word before the cell with the day."""
    base_date: Word
    """Word of the line with the dates of the bases."""
    base_kind: Word
    """Word of the line with the kinds of the bases."""


class Layout(Model):
    """How a kind of file looks."""

    id: str = ""
    """Not in the file: the key of the entry."""
    title: Annotated[str, Field(min_length=1)]
    """What messages call this kind of file."""
    shape: Shape = "lebar"
    """One row for each place, or one for each count."""
    numbers: Style = "auto"
    """How thousands and decimals are written."""
    base: Base
    """Where its denominators come from: named by DENOMINATOR, by block, the release itself, a release that the
    dataset holds, or the file.
    """
    hints: tuple[str, ...] = ()
    """Words that tell it from a layout with the same headings."""
    exact: Yes = "tidak"
    """`ya`: headings are the words themselves and other columns are not looked at (the form)."""
    every_measure: Yes = "tidak"
    """`ya`: each measure of the catalogue is a column."""
    columns: dict[Word, Column] = Field(default_factory=dict)
    """What its columns are, by a name of your own."""
    blocks: dict[Word, Block] = Field(default_factory=dict)
    """Columns that stand together under one word; only for `base: blok`."""
    day: Day | None = None
    """The column that dates a row."""
    labels: Labels | None = None
    """Words above the table."""
    words: Vocabulary | None = None
    """Not in the file: the shared words."""
    severities: dict[str, Severity] = Field(default_factory=dict)
    """Not in the file: from `checks.yml`."""

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
