"""From the tables of a workbook to counts, claims and findings: all of it, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from adminduk.basis.catalog import Catalog
from adminduk.basis.checks import Finding
from adminduk.basis.errors import DataError, ParameterError, Problem
from adminduk.basis.layouts import Layout
from adminduk.basis.places import Places
from adminduk.ingest.files.workbooks import Workbook
from adminduk.ingest.sheets.addresses import origin, plain, spot
from adminduk.ingest.sheets.days import read_day
from adminduk.ingest.sheets.delivered import Delivered, Row
from adminduk.ingest.sheets.figures import Cells, Doubt, Figure
from adminduk.ingest.sheets.headings import Field
from adminduk.ingest.sheets.long import LongTable
from adminduk.ingest.sheets.recognise import Match
from adminduk.ingest.sheets.reconcile import Reconciliation
from adminduk.ingest.sheets.rows import Line, Rows, is_blank
from adminduk.ingest.sheets.sums import with_totals
from adminduk.ingest.sheets.tables import Header
from adminduk.ingest.sheets.terms import Terms, needs_day, read_terms
from adminduk.ingest.sheets.wide import is_put_aside, read_wide

_DAY = "perbaiki tanggal di lembar itu, lalu ulangi"
_ONE, _DROP = "satu baris untuk setiap wilayah", "hapus salah satu baris"
_NAMED = 20  # rows that are named when a place stands in two


@dataclass(frozen=True)
class Extract:
    """What a file says: rows in the columns of the tables; ``as_of`` is the latest day that a figure is of.

    ``ignored``: headings of columns that the layout knows and does not use. The severities of the findings are those
    of params/checks.yml, which ``load_sources`` puts into the layout.
    """

    layout: Layout
    as_of: date
    counts: list[Row]
    claims: list[Row]
    sources: list[Row]
    findings: list[Row]
    ignored: list[str]


def extract(  # noqa: PLR0913 - what was said of the file, and what is known beside it
    workbook: Workbook,
    match: Match,
    as_of: date | None,
    denominator: str,
    places: Places,
    catalog: Catalog,
    today: date | None = None,
) -> Extract:
    """Every figure of the matched tables, the sums that follow from them, and what does not add up.

    ``as_of`` may be None for the form and for rows with dates of their own. Numerators of a layout that borrows its
    denominators come alone: only who knows the dataset can add them. ParameterError when AS_OF or DENOMINATOR do not
    fit the layout; DataError with everything that is wrong with the file.
    """
    layout = match.layout
    terms = read_terms(layout, as_of, denominator, today or date.today())
    if layout.labels:
        terms = replace(terms, as_of=_labelled_day(workbook, match, terms))
    elif terms.as_of is None and not all(Field("tanggal") in header.fields.values() for header in match.tables):
        raise ParameterError(needs_day(layout))
    tables = [_read_table(workbook, header, terms, places, catalog) for header in match.tables]
    figures = _whole(workbook, layout, tables)
    own = [figure for figure in figures if figure.line.place]
    said = Delivered(workbook, layout, own, places, catalog)
    doubts = [*_that_matter(tables, said)]
    findings = [*_about_columns(workbook, tables, said), *_about_doubts(workbook, doubts, said)]
    findings += Reconciliation(workbook, figures, places, said.region).findings()
    ignored = [plain(text) for table in tables for text in _ignored(table.header)]
    rows = [finding.row() for finding in findings]
    return Extract(layout, said.as_of, said.counts(), said.claims(doubts), said.sources(), rows, ignored)


@dataclass(frozen=True)
class _Table:
    """A table as it was read."""

    header: Header
    lines: Sequence[Line]
    figures: Sequence[Figure]
    doubts: Sequence[Doubt]
    problems: Sequence[Problem]
    put_aside: Sequence[int]


def _read_table(workbook: Workbook, header: Header, terms: Terms, places: Places, catalog: Catalog) -> _Table:
    rows = Rows(workbook, header, places)
    lines = rows.read()
    cells = Cells(workbook, header, lines, terms)
    figures = [*(LongTable(cells, catalog).read() if header.is_long else read_wide(cells, catalog))]
    problems = [*_doubled(workbook, header), *rows.problems, *cells.problems]
    fields = sorted(header.fields.items())
    aside = [column for column, field in fields if field.role == "kolom" and is_put_aside(cells, field)]
    return _Table(header, lines, figures, cells.doubts, problems, aside)


def _labelled_day(workbook: Workbook, match: Match, terms: Terms) -> date | None:
    """The day that stands above the tables of a form; it must be one, and AS_OF if that is given."""
    problems: list[Problem] = []
    days: set[date] = set()
    for header in match.tables:
        label = match.layout.labels.as_of if match.layout.labels else ""
        row = header.label(label) or 0
        filled = [(column, value) for column, value in enumerate(header.sheet.rows[row]) if not is_blank(value)]
        column, value = filled[1] if len(filled) > 1 else (0, None)
        day = read_day(value)
        where = spot(workbook, header.sheet, row, column)
        if day is None:
            problems.append(Problem(where, f"{label} belum diisi tanggal", "tanggal keadaan, mis. 2024-11-15", _DAY))
        elif day > terms.today:
            problems.append(Problem(where, f"{label} {day} belum tiba", f"paling akhir {terms.today}", _DAY))
        elif terms.as_of and day != terms.as_of:
            problems.append(
                Problem(
                    where,
                    f"{label} {day}, padahal AS_OF {terms.as_of}",
                    "tanggal yang sama",
                    "perbaiki AS_OF atau tanggal di lembar itu, lalu ulangi",
                )
            )
        days |= {day} if day else set()
    if len(days) > 1:
        listed = ", ".join(map(str, sorted(days)))
        problems.append(
            Problem(workbook.name, f"lembar-lembarnya dari tanggal berbeda: {listed}", "satu tanggal", _DAY)
        )
    if problems:
        raise DataError(*problems)
    return next(iter(days), None)


def _whole(workbook: Workbook, layout: Layout, tables: Sequence[_Table]) -> list[Figure]:
    """The figures of all tables, L + P included; DataError with everything that is wrong with any of them."""
    figures = [figure for table in tables for figure in table.figures]
    problems = [problem for table in tables for problem in table.problems]
    problems += _repeated(workbook, figures)
    if not problems and not any(figure.line.place for figure in figures):
        aside = any(table.put_aside for table in tables)
        hint = "sebutkan DKB blok awalnya, misalnya DENOMINATOR=DKB-2024-S1" if aside else "periksa apakah sudah diisi"
        problems.append(Problem(workbook.name, "tidak memuat angka yang dapat dipakai", layout.title, hint))
    if problems:
        raise DataError(*problems)
    return with_totals(figures)


def _doubled(workbook: Workbook, header: Header) -> Iterator[Problem]:
    """Two columns that say the same: which one counts is not guessed."""
    for column, field in header.repeated.items():
        if field.role != "kunci":
            first = next(other for other, its in header.fields.items() if its == field)
            yield Problem(
                spot(workbook, header.sheet, header.bottom, column),
                f"kolom {header.texts[column]!r} sama artinya dengan {header.sheet.cell(header.bottom, first)}",
                "setiap hal dalam satu kolom",
                "hapus salah satu, atau ganti judulnya bila isinya lain",
            )


def _repeated(workbook: Workbook, figures: Iterable[Figure]) -> Iterator[Problem]:
    """Rows that tell the same thing of the same place again."""
    first: dict[tuple[Any, ...], Line] = {}
    again: dict[Line, Line] = {}
    for figure in figures:
        line = figure.line
        if line.place:
            told = first.setdefault((figure.code, *figure.group), line)
            if told is not line:
                again.setdefault(line, told)
    for line, told in [*again.items()][:_NAMED]:
        where = spot(workbook, told.header.sheet, told.row)
        code = line.place.code if line.place else ""
        yield Problem(
            spot(workbook, line.header.sheet, line.row),
            f"wilayah {code} sudah ada ({where})",
            _ONE,
            _DROP,
        )
    if len(again) > _NAMED:
        yield Problem(
            workbook.name, f"{len(again) - _NAMED} baris lain juga mengulang wilayah yang sudah ada", _ONE, _DROP
        )


def _ignored(header: Header) -> Iterator[str]:
    """Headings that are known and not used, and codes or names beside those that are used."""
    columns = header.layout.columns
    unused = {c for c, field in header.fields.items() if field.role == "kolom" and not columns[field.name].used}
    yield from (header.texts[column] for column in sorted(unused | set(header.repeated)))


def _about_columns(workbook: Workbook, tables: Iterable[_Table], said: Delivered) -> Iterator[Finding]:
    """What is to be known about how columns were read."""
    for table in tables:
        header = table.header
        for rule, column, values in _column_findings(table):
            where = origin(workbook, header.sheet, header.sheet.cell(header.bottom, column))
            severity = header.layout.severities[rule]
            yield Finding(said.region, said.as_of.isoformat(), rule, severity, values, where)


def _that_matter(tables: Iterable[_Table], said: Delivered) -> Iterator[Doubt]:
    """Doubts about counts, and about percentages that stand alone; others only check counts."""
    shares = {(figure.line, figure.cell) for figure in said.figures if figure.column.share}
    checks = shares - {(figure.line, figure.cell) for figure in said.lone_shares}
    for table in tables:
        yield from (doubt for doubt in table.doubts if (doubt.line, doubt.cell) not in checks)


def _about_doubts(workbook: Workbook, doubts: Iterable[Doubt], said: Delivered) -> Iterator[Finding]:
    """``angka_meragukan``: a count as a number, a percentage as it was read."""
    for doubt in doubts:
        code = doubt.line.place.code if doubt.line.place else said.region
        value = doubt.value if isinstance(doubt.value, int) else f"{doubt.value:f}"
        values = {"column": doubt.heading, "text": doubt.text, "count": value}
        severity = doubt.line.header.layout.severities["angka_meragukan"]
        where = origin(workbook, doubt.line.header.sheet, doubt.cell)
        yield Finding(code, doubt.day.isoformat(), "angka_meragukan", severity, values, where)


def _column_findings(table: _Table) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Rule, column and values for columns that are not known, are interpreted, or are put aside."""
    header, layout = table.header, table.header.layout
    for column in header.unknown if layout.exact == "tidak" else ():
        yield "kolom_tidak_dikenal", column, {"column": plain(header.texts[column])}
    for column, field in sorted(header.fields.items()):
        told = layout.columns.get(field.name) if field.role == "kolom" else None
        if told and told.note and any(its.name == field.name and its.sex == field.sex for its in table.figures):
            yield "kolom_ditafsirkan", column, {"column": plain(header.texts[column]), "measure": told.measure}
    if table.put_aside:
        rows = sum(line.place is not None for line in table.lines)
        yield "blok_awal_tanpa_dkb", table.put_aside[0], {"layout": layout.id, "rows": rows}
