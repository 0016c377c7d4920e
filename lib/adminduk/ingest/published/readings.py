"""What a careful person read in the titles and notes of the received rows, as typed entries.

A reading selects rows (by source and indicator, or by line) and says about them what the columns of
the received file do not say. Nothing in titles and notes is interpreted by program.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from adminduk.basis.dates import AsOf
from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.models import Model, read_model
from adminduk.basis.paths import Paths
from adminduk.ingest.published.received import Row

FILE = "readings.yml"

Part = Literal["numerator", "denominator", "percent"]
BaseKind = Literal["beku", "dinamis", "tidak_disebut"]
Text = Annotated[str, Field(min_length=1)]
Word = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
When = Annotated[AsOf, BeforeValidator(lambda text: AsOf.parse(str(text)))]
Words = Annotated[tuple[Word, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]

# What a reading says about a row; the other fields of a reading select rows or explain.
SAYS = (
    "as_of", "denominator", "base", "base_as_of", "base_kind", "kind", "percent", "verdict",
    "standing", "approximate", "unusable", "unused",
)  # fmt: skip
# What can only be said of a row that has this cell.
NEEDS = {"denominator": "denominator", "base_as_of": "denominator", "base_kind": "denominator"}


class Source(Model):
    """Where figures were published; received rows find it by address."""

    id: Slug
    """Name that counts and claims refer to."""
    title: Text
    """Title as published."""
    address: Text
    """Where it was published; received rows find it by this."""
    published: When | None = None
    """Day, month or year of publication."""
    note: str = ""
    """What a reader has to know of it."""


class Rule(Model):
    """What the columns of one received indicator count; or why the indicator is not used."""

    numerator: str = ""
    """Measure in the column `numerator`."""
    denominator: str = ""
    """Measure in the column `denominator`."""
    base: str = ""
    """Base that its percentages are told of."""
    base_kind: Literal["", "tidak_disebut"] = ""
    """Kind of the base where no reading says it."""
    unused: str = ""
    """Why the indicator is not used."""


class Reading(Model):
    """Rows, and what was read about them."""

    line: Annotated[int, Field(gt=1)] | None = None
    """The row by its line in the file; then region and indicator must fit, too."""
    source: str = ""
    """Rows of this source."""
    indicator: Words
    """Rows of this received indicator, or of these."""
    region: str = ""
    """Only rows of this region."""
    period: str = ""
    """Only rows of this period as received."""
    why: str = ""
    """Why it is read so, where that is not obvious."""

    as_of: When | None = None
    """Date of the row."""
    denominator: str = ""
    """Measure of the denominator."""
    base: str = ""
    """Base of the percentage."""
    base_as_of: When | None = None
    """Date of the denominator."""
    base_kind: BaseKind | None = None
    """Kind of the denominator."""
    kind: Literal["bagian_target"] | None = None
    """The percentage is a share of the target, not of the base."""
    percent: Annotated[str, Field(pattern=r"^(\d+(\.\d+)?)?$")] = ""
    """Percentage that stands in words only."""
    verdict: str = ""
    """Verdict as printed."""
    standing: Literal["", "tertinggi", "terendah"] = ""
    """Said to be the highest or the lowest."""
    approximate: tuple[Part, ...] = ()
    """Parts given as approximate."""
    unusable: dict[Part, Text] = Field(default_factory=dict)
    """Parts that are kept and not used, each with the reason."""
    unused: dict[Part, Text] = Field(default_factory=dict)
    """Parts that are not even kept, each with the reason."""

    @model_validator(mode="after")
    def _complete(self) -> Reading:
        if self.line is None and not self.source:
            raise ValueError("baris dipilih dengan source dan indicator, atau dengan line")
        if self.line is not None and not self.region:
            raise ValueError("line memerlukan region dan indicator sebagai pengaman")
        if not self.said:
            raise ValueError("bacaan tidak menyatakan apa pun")
        return self

    @property
    def said(self) -> dict[str, Any]:
        """What this reading says, without what it leaves open."""
        return {key: value for key in SAYS if (value := getattr(self, key))}

    def selects(self, row: Row, source: str) -> bool:
        wanted = (
            (self.line, row.line),
            (self.source, source),
            (self.region, row.region_code),
            (self.period, row.period),
        )
        return row.indicator in self.indicator and all(given == found for given, found in wanted if given)


class Readings(Model):
    """The whole file."""

    sources: tuple[Source, ...]
    """One entry for each address."""
    indicators: dict[str, Rule]
    """What the columns of a received indicator count."""
    rows: tuple[Reading, ...] = ()
    """What was read about rows."""

    @model_validator(mode="after")
    def _unique(self) -> Readings:
        for field in ("id", "address"):
            seen = [getattr(source, field) for source in self.sources]
            twice = sorted({value for value in seen if seen.count(value) > 1})
            if twice:
                raise ValueError(f"{field} sumber ditulis dua kali: {', '.join(twice)}")
        return self

    @property
    def by_address(self) -> dict[str, Source]:
        return {source.address: source for source in self.sources}


def load_readings(paths: Paths, dataset: str) -> Readings:
    path = paths.readings(dataset)
    return read_model(Readings, path, paths.relative(path))


def apply_readings(readings: Readings, rows: Iterable[Row], name: str) -> dict[str, dict[str, Any]]:
    """What was read about each row, by its origin; ParameterError for readings that do not fit.

    ``name`` is how messages call the file. Every row must have a source in ``readings``.
    """
    sources = {address: source.id for address, source in readings.by_address.items()}
    by_row = [(row, sources[row.address]) for row in rows]
    said: dict[str, dict[str, Any]] = {row.origin: {} for row, _ in by_row}
    problems: list[Problem] = []
    for number, reading in enumerate(readings.rows, start=1):
        where = f"{name}: bacaan ke-{number} ({reading.source or f'line {reading.line}'})"
        chosen = [row for row, source in by_row if reading.selects(row, source)]
        problems.extend(_empty(reading, chosen, readings, where))
        for row in chosen:
            problems.extend(_unfit(reading, row, said[row.origin], where))
            said[row.origin].update(reading.said)
    if problems:
        raise ParameterError(*problems)
    return said


def _empty(reading: Reading, chosen: list[Row], readings: Readings, where: str) -> Iterable[Problem]:
    """A reading, or one of its indicators, that selects nothing."""
    sources = {source.id for source in readings.sources}
    for indicator in reading.indicator:
        if any(row.indicator == indicator for row in chosen):
            continue
        hint = ""
        if indicator not in readings.indicators:
            hint = suggestion(indicator, readings.indicators)
        elif reading.source and reading.source not in sources:
            hint = suggestion(reading.source, sources)
        yield Problem(
            where,
            f"tidak memilih satu baris pun untuk {indicator}",
            "baris yang ada di received/",
            hint or "perbaiki atau hapus bacaan ini",
        )


def _unfit(reading: Reading, row: Row, earlier: dict[str, Any], where: str) -> Iterable[Problem]:
    """What a reading cannot say of this row: it is said already, or the row has no such cell."""
    for key in sorted(reading.said.keys() & earlier.keys()):
        yield Problem(
            where, f"{row.place}: {key} sudah dinyatakan bacaan lain", "satu bacaan saja", "hapus salah satunya"
        )
    parts = {*reading.approximate, *reading.unusable, *reading.unused}
    parts |= {NEEDS[key] for key in reading.said if key in NEEDS}
    for part in sorted(parts):
        if not row.has(part) and not (part == "percent" and reading.percent):
            yield Problem(
                where,
                f"{row.place}: {part} kosong",
                "baris yang memuatnya",
                "perbaiki pilihan baris, atau hapus bacaan itu",
            )
    if reading.percent and row.percent:
        yield Problem(
            where, f"{row.place}: percent sudah ada di berkas", "bacaan tanpa percent", "hapus percent dari bacaan itu"
        )
