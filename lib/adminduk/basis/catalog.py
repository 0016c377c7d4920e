"""The catalogue: measures, indicators and their dated targets, as params/ states them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.models import Model, parse_model, read_model, read_yaml
from adminduk.basis.paths import Paths

Level = Literal["nasional", "provinsi", "kabupaten_kota"]


class Text(Model):
    """One text in the languages of a report."""

    id: str
    """In Indonesian."""
    en: str
    """In English."""

    def get(self, language: str) -> str:
        return self.en if language == "en" else self.id


Role = Literal["penyebut", "pembilang", "tindakan", "arus"]


class MeasureEntry(Model):
    """Something that is counted, as params/measures.yml says it."""

    label: Text
    """What is counted, as tables and messages call it."""
    noun: Text
    """What one of it is called (orang, akta)."""
    role: Role
    """A denominator, a numerator (a stock), a programme action, or a flow between two reports."""
    per: Literal["kecamatan", "kabupaten_kota"]
    """The smallest area that offices report it for."""


class Measure(MeasureEntry):
    """Something that is counted."""

    id: str
    """Not in the file: the key of the entry."""


class Measures(Model):
    """params/measures.yml."""

    measures: dict[str, MeasureEntry]
    """One entry for each thing that is counted; the key is the id that the table of counts uses."""


class Target(Model):
    """A target as somebody stated it."""

    start: Annotated[date, Field(alias="from")]
    """First day on which it holds."""
    until: date | None = None
    """Last day on which it holds; without it the end of the first day's year."""
    value: Decimal
    """Percent for a coverage, a number for a count, as the document wrote it."""
    unit: Literal["persen", "jumlah"] = "persen"
    """What `value` is."""
    level: Level
    """Who set it; a region's own goes before the province's, that before the nation's."""
    region: str = ""
    """Code of the regency that set it; only with `level: kabupaten_kota`."""
    base: str = ""
    """The denominator that the wording names; without one it is applied to every base."""
    per: Literal["", "kabupaten_kota"] = ""
    """`kabupaten_kota`: asked of each regency, so no sum of regencies is held against it."""
    used: Literal["ya", "tidak"] = "ya"
    """Where documents disagree all stand; verdicts use the one with `ya`."""
    document: str
    """The document or statement that sets it."""
    stated: date | None = None
    """Day of that document, where known."""
    source: str
    """Where it can be read."""
    note: str = ""
    """What a reader has to know of it."""

    @cached_property
    def last_day(self) -> date:
        return self.until or date(self.start.year, 12, 31)

    @cached_property
    def share(self) -> Fraction:
        """The target as an exact share: 99.40 percent is 497/500."""
        return Fraction(self.value) / 100


class Use(Model):
    """The years in which an indicator is reported."""

    start: Annotated[date | None, Field(alias="from")] = None
    """First day on which it is reported; open when absent."""
    until: date | None = None
    """Last day on which it is reported; open when absent."""


class Indicator(Model):
    """One file of params/indicators: what is divided by what, and what it should reach."""

    id: str
    """Not in the file: its name."""
    order: int
    """Place in every list; lower comes first."""
    label: Text
    """Full name."""
    short: Text
    """Name where room is scarce."""
    question: str
    """The question that the indicator answers."""
    definition: Text
    """What is divided by what, in words."""
    kind: Literal["coverage", "count"]
    """A share of a base, or a plain count."""
    numerator: str
    """Measure that is counted."""
    missing: Text
    """What those are called who are still to be reached."""
    bases: dict[str, Text] = Field(default_factory=dict)
    """Denominator measures and what each is called; only for `kind: coverage`."""
    may_exceed_one: str = ""
    """Why a share above 100 % can be right; empty when it cannot."""
    in_use: Use = Use()
    """The years in which it is reported."""
    shown: Literal["always", "with_data"] = "always"
    """Whether it has a line also where there is no figure."""
    stale_after_days: Annotated[int, Field(gt=0)]
    """A figure older than this is printed as old."""
    breaks: tuple[str, ...] = ()
    """What a reader has to know of a change of definition, a sentence each."""
    targets: tuple[Target, ...] = ()
    """What it should reach, dated, each with its document."""

    @model_validator(mode="after")
    def _consistent(self) -> Indicator:
        wrong = [*self._wrong_bases(), *self._rivals()]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _wrong_bases(self) -> Iterable[str]:
        if (self.kind == "count") == bool(self.bases):
            yield "bases tidak ada pada kind count, dan wajib pada yang lain"
        for target in self.targets:
            if target.base and target.base not in self.bases:
                yield f"target {target.start}: base {target.base!r} tidak ada di bases"
            if (target.level == "kabupaten_kota") != bool(target.region):
                yield f"target {target.start}: region wajib untuk level kabupaten_kota, dan hanya untuk itu"
            if target.last_day < target.start:
                yield f"target {target.start}: until lebih awal daripada from"

    def _rivals(self) -> Iterable[str]:
        used = [target for target in self.targets if target.used == "ya"]
        keys = Counter(
            (year, target.level, target.region, target.base)
            for target in used
            for year in range(target.start.year, target.last_day.year + 1)
        )
        for (year, level, *_), number in keys.items():
            if number > 1:
                yield f"target {year} ({level}): {number} bertanda used: ya, pilih satu"

    def reported_on(self, day: date) -> bool:
        """Whether this indicator is one that a report of ``day`` speaks about."""
        start, until = self.in_use.start, self.in_use.until
        return (start is None or start <= day) and (until is None or day <= until)


@dataclass(frozen=True)
class Catalog:
    """Everything under params/ that says what is measured, loaded and held against each other."""

    measures: dict[str, Measure]
    indicators: dict[str, Indicator]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())


def load_catalog(paths: Paths) -> Catalog:
    """Measures and indicators; ParameterError with every mistake of every file."""
    problems: list[Problem] = []
    indicators: list[Indicator] = []
    listed = read_model(Measures, paths.parameters("measures"), "params/measures.yml")
    measures = {key: Measure(id=key, **dict(entry)) for key, entry in listed.measures.items()}
    for path in sorted(paths.indicators.glob("*.yml")):
        try:
            indicators.append(_load_indicator(path, measures))
        except ParameterError as error:
            problems.extend(error.problems)
    if problems:
        raise ParameterError(*problems)
    indicators.sort(key=lambda indicator: (indicator.order, indicator.id))
    return Catalog(measures, {indicator.id: indicator for indicator in indicators})


def _load_indicator(path: Path, measures: dict[str, Measure]) -> Indicator:
    name = f"params/indicators/{path.name}"
    content = read_yaml(path, name)
    content = content if isinstance(content, dict) else {}
    if "id" in content:
        raise ParameterError(Problem(f"{name}: id", "id adalah nama berkas", "tanpa kunci id", "hapus baris id"))
    if not re.fullmatch(r"[a-z0-9_]+", path.stem):
        raise ParameterError(
            Problem(name, "nama berkas bukan id", "huruf kecil, angka, garis bawah", "ganti nama berkasnya")
        )
    indicator = parse_model(Indicator, {"id": path.stem, **content}, name)
    unknown = [key for key in (indicator.numerator, *indicator.bases) if key not in measures]
    if unknown:
        raise ParameterError(
            *(
                Problem(
                    name,
                    f"ukuran {key!r} tidak ada di params/measures.yml",
                    f"salah satu dari: {', '.join(measures)}",
                    suggestion(key, measures) or "perbaiki id-nya, atau daftarkan ukurannya di params/measures.yml",
                )
                for key in unknown
            )
        )
    return indicator
