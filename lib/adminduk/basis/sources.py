"""params/sources.yml: how received files look and how large they may be, and which of two statements is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.checks import load_check_params
from adminduk.basis.dates import AsOf
from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.layouts import Column, Layout, Limits, Word
from adminduk.basis.models import CHECK, Model, parse_model, read_model, read_yaml, wrong
from adminduk.basis.paths import Paths
from adminduk.basis.regions import DistrictCode, ProvinceCode, RegencyCode
from adminduk.basis.vocabulary import Vocabulary

NAME = "params/sources.yml"


class Preference(Model):
    """Of statements that differ, the one that is used, and why."""

    region_code: ProvinceCode | RegencyCode | DistrictCode
    """Region whose statements differ."""
    measure: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    """Measure (counts) or indicator (percentages) they differ about."""
    as_of: Annotated[AsOf, BeforeValidator(lambda text: AsOf.parse(str(text)))]
    """Day, month or year they speak of."""
    statement: Annotated[str, Field(min_length=1)]
    """The one that is used."""
    reason: Annotated[str, Field(min_length=1)]
    """Why."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Region, measure and date, as the table of counts spells them."""
        return self.region_code, self.measure, str(self.as_of)


def _one_each(prefer: tuple[Preference, ...]) -> tuple[Preference, ...]:
    keys = Counter(entry.key for entry in prefer)
    twice = [" ".join(key) for key, number in keys.items() if number > 1]
    if twice:
        raise wrong(f"dua pilihan untuk hal yang sama: {', '.join(twice)}", "satu pilihan")
    return prefer


Preferences = Annotated[tuple[Preference, ...], AfterValidator(_one_each)]


class _Preferred(Model):
    """The part of the file that says what is used; it may be empty, then every difference stays an open finding."""

    prefer: Preferences = ()


def load_preferences(paths: Paths) -> tuple[Preference, ...]:
    """The preferences in the order of the file; ParameterError lists every mistake in them."""
    content = read_yaml(paths.parameters("sources"), NAME)
    part = {key: value for key, value in content.items() if key == "prefer"} if isinstance(content, dict) else content
    return parse_model(_Preferred, part, NAME).prefer


class Sources(Model):
    """The whole of params/sources.yml."""

    prefer: Preferences = ()
    """Which of differing statements is used; without an entry none of them is."""
    limits: Limits
    """What a received file may be at most."""
    words: Vocabulary
    """Words that mean the same in every layout."""
    layouts: dict[Word, Layout]
    """How kinds of files look, by id (`SOURCE=`)."""


def read_sources(paths: Paths) -> Sources:
    """The file as it is written; ParameterError lists every mistake that it shows by itself."""
    return read_model(Sources, paths.parameters("sources"), NAME)


def load_sources(paths: Paths) -> Sources:
    """The file with its layouts ready for use: ids, shared words, measures of the catalogue, severities of findings."""
    sources, catalog = read_sources(paths), load_catalog(paths)
    problems = [*loose_ends(sources, catalog)]
    if problems:
        raise ParameterError(*problems)
    severities = {name: rule.severity for name, rule in load_check_params(paths)}
    common = {"words": sources.words, "severities": severities}
    layouts = {
        name: layout.model_copy(update={**common, "id": name, "columns": _columns(layout, catalog)})
        for name, layout in sources.layouts.items()
    }
    return sources.model_copy(update={"layouts": layouts})


def _columns(layout: Layout, catalog: Catalog) -> dict[str, Column]:
    """The columns of a layout; with ``every_measure`` one for each measure, under its id and its label."""
    if layout.every_measure == "tidak":
        return layout.columns
    told = {column.measure: column.words for column in layout.columns.values()}
    if layout.exact == "tidak":
        told = {name: (measure.label.id, *told.get(name, ())) for name, measure in catalog.measures.items()}
    return {name: Column(words=(name, *told.get(name, ())), measure=name) for name in catalog.measures}


def loose_ends(sources: Sources, catalog: Catalog) -> Iterator[Problem]:
    """Measures, indicators and bases that a layout names and the catalogue does not have."""
    for layout_id, layout in sources.layouts.items():
        for column_id, column in layout.columns.items():
            where = f"{NAME}: layouts.{layout_id}.columns.{column_id}"
            if column.measure and column.measure not in catalog.measures:
                yield _unknown(where, "ukuran", column.measure, catalog.measures)
            if column.share is None:
                continue
            indicator = catalog.indicators.get(column.share.indicator)
            if indicator is None:
                yield _unknown(where, "indikator", column.share.indicator, catalog.indicators)
            elif column.share.base not in indicator.bases:
                yield _unknown(where, "penyebut", column.share.base, indicator.bases)


def _unknown(where: str, what: str, given: str, known: Iterable[str]) -> Problem:
    return Problem(where, f"{what} {given!r} tidak ada", ", ".join(known), suggestion(given, known) or CHECK)
