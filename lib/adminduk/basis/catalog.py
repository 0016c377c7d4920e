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
    en: str

    def get(self, language: str) -> str:
        return self.en if language == "en" else self.id


Role = Literal["penyebut", "pembilang", "tindakan", "arus"]


class Measure(Model):
    """Something that is counted. ``noun`` is what one of it is called ("orang", "akta").

    ``role``: a denominator, a numerator (a stock), a programme action, or a flow between two reports;
    ``per``: the smallest area that offices report it for.
    """

    id: str
    label: Text
    noun: Text
    role: Role
    per: Literal["kecamatan", "kabupaten_kota"]


class Target(Model):
    """A target as somebody stated it, for the years from ``start`` to ``until`` (default: its year).

    ``value`` is in percent for a coverage, a number for a count. ``base`` is the denominator the
    wording names; a target without one is applied to every base. Where documents disagree all stand;
    the one that verdicts use says ``used: ya``. ``stated`` is the day of the document, where known. ``per`` says that
    it asks this of each regency: no sum of regencies is held against it.
    """

    start: Annotated[date, Field(alias="from")]
    until: date | None = None
    value: Decimal
    unit: Literal["persen", "jumlah"] = "persen"
    level: Level
    region: str = ""
    base: str = ""
    per: Literal["", "kabupaten_kota"] = ""
    used: Literal["ya", "tidak"] = "ya"
    document: str
    stated: date | None = None
    source: str
    note: str = ""

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
    until: date | None = None


class Indicator(Model):
    """One file of params/indicators: what is divided by what, and what it should reach."""

    id: str
    order: int
    label: Text
    short: Text
    question: str
    definition: Text
    kind: Literal["coverage", "count"]
    numerator: str
    missing: Text
    bases: dict[str, Text] = Field(default_factory=dict)
    may_exceed_one: str = ""
    in_use: Use = Use()
    shown: Literal["always", "with_data"] = "always"
    stale_after_days: Annotated[int, Field(gt=0)]
    breaks: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()

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


class _Measures(Model):
    measures: dict[str, _MeasureEntry]


class _MeasureEntry(Model):
    label: Text
    noun: Text
    role: Role
    per: Literal["kecamatan", "kabupaten_kota"]


_Measures.model_rebuild()


def load_catalog(paths: Paths) -> Catalog:
    """Measures and indicators; ParameterError with every mistake of every file."""
    problems: list[Problem] = []
    indicators: list[Indicator] = []
    listed = read_model(_Measures, paths.parameters("measures"), "params/measures.yml")
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
        raise ParameterError(Problem(f"{name}: id", "id adalah nama berkas", next_step="hapus baris id"))
    if not re.fullmatch(r"[a-z0-9_]+", path.stem):
        raise ParameterError(Problem(name, "nama berkas bukan id", "huruf kecil, angka, garis bawah"))
    indicator = parse_model(Indicator, {"id": path.stem, **content}, name)
    unknown = [key for key in (indicator.numerator, *indicator.bases) if key not in measures]
    if unknown:
        raise ParameterError(
            *(
                Problem(name, f"ukuran {key!r} tidak ada di params/measures.yml", "", suggestion(key, measures))
                for key in unknown
            )
        )
    return indicator
