"""A wide table: a row for each place, a column for each thing that is counted of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adminduk.basis.catalog import Catalog
from adminduk.basis.releases import DKB_DAYS, Release
from adminduk.ingest.files.workbooks import Value
from adminduk.ingest.sheets.days import read_day
from adminduk.ingest.sheets.figures import FROZEN, MOVING, UNSTATED, Cells, Figure, Read
from adminduk.ingest.sheets.headings import Field
from adminduk.ingest.sheets.rows import is_blank

_KINDS = (FROZEN, MOVING)


def read_wide(cells: Cells, catalog: Catalog) -> Iterator[Figure]:
    """Every figure of the table; what is wrong is in ``cells.problems`` afterwards.

    A block on a frozen DKB is left out unless DENOMINATOR names that DKB.
    """
    header = cells.header
    for column, field in sorted(header.fields.items()):
        if field.role == "kolom" and header.layout.columns[field.name].used and not is_put_aside(cells, field):
            read = _read(cells, column, field)
            kind, base_day = _base(cells, column, field, catalog) if read else ("", None)
            for line, value in read:
                yield Figure(
                    line, header.sheet.cell(line.row, column), field.name, value, cells.days[line.row],
                    field.block, field.sex, kind, base_day,
                )  # fmt: skip


def is_put_aside(cells: Cells, field: Field) -> bool:
    """Whether a column stands in a block whose DKB nobody named."""
    block = cells.header.layout.blocks.get(field.block)
    return block is not None and block.base_kind == FROZEN and cells.terms.release is None


def _read(cells: Cells, column: int, field: Field) -> Read:
    told = cells.header.layout.columns[field.name]
    if told.share:
        return cells.percents(column)
    return cells.differences(column) if told.difference else cells.counts(column)


def _base(cells: Cells, column: int, field: Field, catalog: Catalog) -> tuple[str, date | None]:
    """Of a denominator its kind and, where it has one of its own, its day; of other columns the kind of their block."""
    layout, release = cells.header.layout, cells.terms.release
    measure = layout.columns[field.name].measure
    is_base = bool(measure) and catalog.measures[measure].role == "penyebut"
    day = release.as_of if release else None
    if field.block:
        kind = layout.blocks[field.block].base_kind
        return kind, day if is_base and kind == FROZEN else None
    if not is_base:
        return "", None
    if layout.labels:
        return _labelled_base(cells, column)
    if layout.base == "rilis" or release:
        return FROZEN, day
    return (MOVING if cells.terms.moving else UNSTATED), None


def _labelled_base(cells: Cells, column: int) -> tuple[str, date | None]:
    """What stands over a denominator of the form; both cells must be filled in when figures stand below."""
    labels = cells.header.layout.labels
    kind_row, day_row = (
        (cells.header.label(word) for word in (labels.base_kind, labels.base_date)) if labels else (None, None)
    )
    kind = _over(cells, kind_row, column)
    day = read_day(_over(cells, day_row, column))
    base_kind = str(kind).strip().casefold() if not is_blank(kind) else ""
    if base_kind not in _KINDS:
        cells.refuse(kind_row or 0, column, "jenis penyebut belum diisi atau tidak dikenal", " atau ".join(_KINDS))
    said = _over(cells, day_row, column)
    what = "tanggal penyebut belum diisi" if is_blank(said) else f"tanggal penyebut {said}"
    if day is None or day > (cells.terms.as_of or cells.terms.today):
        cells.refuse(day_row or 0, column, what, "tanggal DKB atau register, tidak sesudah tanggal formulir")
    elif base_kind == FROZEN and Release.of(day) is None:
        cells.refuse(day_row or 0, column, f"{what} untuk penyebut beku", DKB_DAYS)
    return base_kind, day


def _over(cells: Cells, row: int | None, column: int) -> Value:
    return None if row is None else cells.value(row, column)
