"""Which layout a workbook has, and where its tables stand. Never the nearest one: one that fits, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from adminduk.basis.errors import DataError, ParameterError, Problem, suggestion
from adminduk.basis.layouts import Layout
from adminduk.basis.vocabulary import fold
from adminduk.ingest.files.workbooks import Sheet, Workbook
from adminduk.ingest.sheets.addresses import spot
from adminduk.ingest.sheets.headings import Field, Headings
from adminduk.ingest.sheets.tables import Header, find_header, possible_headers

_CLOSEST = 3  # layouts that are named when none fits
_TABLE = 3  # columns with figures that make a sheet a table that must not be passed over
_SHOWN = 8  # unknown headings that are named of each


@dataclass(frozen=True)
class Match:
    """The layout of a workbook, and every table that has it in the order of the sheets."""

    layout: Layout
    tables: tuple[Header, ...]


def recognise(workbook: Workbook, layouts: Mapping[str, Layout], wanted: str = "") -> Match:
    """The layout that fits the workbook, or ``wanted`` if it does.

    A layout fits when some sheet has all it needs, and no sheet has a table that it does not explain. Of layouts with
    the same headings the one is taken whose hints stand on the sheet or in the file name. ParameterError for a
    ``wanted`` that does not exist; DataError with the closest layouts and what is missing or unknown.
    """
    if wanted and wanted not in layouts:
        raise ParameterError(
            Problem(
                "SOURCE",
                f"layout {wanted!r} tidak ada",
                ", ".join(layouts),
                suggestion(wanted, layouts) or "kosongkan SOURCE: berkas dikenali dari isinya",
            )
        )
    readers = {name: Headings(layout) for name, layout in layouts.items()}
    headers = [_headers_of(sheet, readers) for sheet in workbook.sheets]
    apart = [_told_apart(of_sheet, workbook) for of_sheet in headers]
    name = wanted or _chosen(apart, workbook)
    tables = _fitting(name, apart)
    if not tables:
        problems = [*_looks_like_another(workbook, headers, apart, wanted)]
        near = [header for of_sheet in apart for header in of_sheet.values() if wanted in ("", header.layout.id)]
        raise DataError(*problems or _not_fitting(workbook, near, readers, wanted))
    unexplained = [*_unexplained(apart, name, wanted)]
    if unexplained:
        raise DataError(*_not_fitting(workbook, unexplained, readers, wanted))
    return Match(layouts[name], tables)


_Headers = dict[str, Header]  # by layout, of one sheet


def _headers_of(sheet: Sheet, readers: Mapping[str, Headings]) -> _Headers:
    rows = possible_headers(sheet)
    found = {name: find_header(rows, headings) for name, headings in readers.items()}
    return {name: header for name, header in found.items() if header}


def _fitting(name: str, headers: Iterable[_Headers]) -> tuple[Header, ...]:
    return tuple(of_sheet[name] for of_sheet in headers if name in of_sheet and not of_sheet[name].missing)


def _unexplained(headers: Iterable[_Headers], name: str, wanted: str) -> Iterator[Header]:
    """Tables that layout ``name`` does not read whole: of its own kind, or, unless it was asked for, of any kind."""
    for of_sheet in headers:
        own = of_sheet.get(name)
        known = len(own.telling) if own and not own.missing else 0
        for other, header in of_sheet.items():
            is_table = header.missing and len(header.telling) >= max(_TABLE, known + 1)
            if is_table and (other == name or not wanted):
                yield header


def _told_apart(headers: _Headers, workbook: Workbook) -> _Headers:
    """The headers of a sheet without those of layouts that read it the same but are not the ones meant."""
    left = dict(headers)
    for name, header in headers.items():
        same = [other for other, its in headers.items() if its.telling == header.telling and not its.missing]
        if len(same) > 1 and name in same and name not in _meant_by(headers, same, workbook):
            del left[name]
    return left


def _meant_by(headers: _Headers, same: list[str], workbook: Workbook) -> list[str]:
    """Of layouts with the same headings the form; else those that know most words of a long table and are hinted at."""
    unknown = {name: _unknown_words(headers[name]) for name in same}
    knowing = [name for name in same if headers[name].layout.labels]
    knowing = knowing or [name for name in same if unknown[name] == min(unknown.values())]
    for context in (_around(headers[knowing[0]]), _context([workbook.name])):
        hinted = [name for name in knowing if _hinted(headers[name].layout, context)]
        if hinted:
            return hinted
    return knowing


def _looks_like_another(
    workbook: Workbook, headers: Iterable[_Headers], apart: Iterable[_Headers], wanted: str
) -> Iterator[Problem]:
    """Sheets with the headings of ``wanted`` that say they are of another layout with the same headings."""
    for before, after in zip(headers, apart, strict=True):
        header = before.get(wanted)
        if header and not header.missing and wanted not in after:
            others = [name for name, its in after.items() if its.telling == header.telling and not its.missing]
            yield Problem(
                spot(workbook, header.sheet, header.bottom),
                f"menurut judul lembar atau nama berkas ini layout {' atau '.join(others)}, bukan {wanted}",
                f"SOURCE={others[0]}",
                "periksa SOURCE dan isi lembarnya",
            )


def _unknown_words(header: Header) -> int:
    headings = Headings(header.layout)
    return sum(not headings.column(word) for word in _long_words(header))


def _long_words(header: Header) -> set[str]:
    """The words for what is counted in a long table; none in a wide one."""
    columns = [column for column, field in header.fields.items() if field == Field("panjang", "measure")]
    rows = header.sheet.rows[header.bottom + 1 :]
    return {text for row in rows for column in columns if (text := str(row[column] or "").strip())}


def _around(header: Header) -> str:
    """What stands about the figures: the name of the sheet, the rows down to the header, the words of a long table."""
    above = [str(value) for row in header.sheet.rows[: header.bottom + 1] for value in row if value is not None]
    return _context([header.sheet.name, *above, *sorted(_long_words(header))])


def _context(texts: Iterable[str]) -> str:
    return " | ".join(["", *(f" {fold(text)} " for text in texts), ""])


def _hinted(layout: Layout, context: str) -> bool:
    return any(f" {fold(hint)} " in context for hint in layout.hints)


def _chosen(headers: Iterable[_Headers], workbook: Workbook) -> str:
    """The layout that explains every column that any fitting layout explains; empty when none fits at all."""
    names = dict.fromkeys(name for of_sheet in headers for name in of_sheet)
    fitting = {name: tables for name in names if (tables := _fitting(name, headers))}
    told = {name: _telling(tables) for name, tables in fitting.items()}
    everything = _telling(header for tables in fitting.values() for header in tables)
    chosen = [name for name, columns in told.items() if columns == everything]
    if told and len(chosen) != 1:
        raise DataError(_ambiguous(workbook, fitting))
    return next(iter(chosen), "")


def _telling(tables: Iterable[Header]) -> frozenset[tuple[str, int]]:
    return frozenset().union(*(header.telling for header in tables))


def _ambiguous(workbook: Workbook, fitting: Mapping[str, tuple[Header, ...]]) -> Problem:
    where = dict.fromkeys(spot(workbook, header.sheet, header.bottom) for its in fitting.values() for header in its)
    return Problem(
        "; ".join(where),
        f"lebih dari satu layout cocok: {', '.join(fitting)}",
        "satu layout untuk satu berkas",
        f"sebutkan yang dimaksud, misalnya SOURCE={next(iter(fitting))}",
    )


def _not_fitting(
    workbook: Workbook, near: Iterable[Header], readers: Mapping[str, Headings], wanted: str
) -> Iterator[Problem]:
    """The closest layouts, or the wanted one: what is missing, and which headings may have been meant."""
    closest: dict[str, Header] = {}
    for header in sorted(near, key=lambda header: (-len(header.telling), len(header.missing))):
        closest.setdefault(header.layout.id, header)
    for name, header in [*closest.items()][:_CLOSEST]:
        yield Problem(
            spot(workbook, header.sheet, header.bottom),
            f"{'bukan' if wanted else 'paling dekat dengan'} layout {name}: kurang {', '.join(header.missing)}",
            f"judul kolom {header.layout.title}",
            _meant(header, readers[name]),
        )
    if not closest:
        yield Problem(
            workbook.name,
            f"tidak ada lembar dengan judul kolom {wanted or 'yang dikenal'}",
            f"salah satu layout: {wanted or ', '.join(readers)}",
            "periksa apakah berkasnya benar; kantor dapat memakai formulir dari make template",
        )


def _meant(header: Header, headings: Headings) -> str:
    """The unknown headings, each with the heading that is nearest to it."""
    told = []
    for column in header.unknown[:_SHOWN]:
        text = header.texts[column]
        cell, hint = header.sheet.cell(header.bottom, column), headings.nearest(text)
        told.append(f"kolom {cell} {text!r} tidak dikenal. {hint}")
    return " ".join(map(str.strip, told))
