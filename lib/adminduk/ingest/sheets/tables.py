"""Where a table stands on a sheet: its header, of up to three rows, is found by what its cells say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from adminduk.basis.layouts import Layout
from adminduk.ingest.files.workbooks import Sheet
from adminduk.ingest.sheets.headings import Field, Headings

_SEARCHED = 100  # rows from the top in which a header is looked for
_DEEPEST = 3  # rows that a header may have: block, column, sex


@dataclass(frozen=True, eq=False)
class Header:
    """Rows ``top`` to ``bottom`` of a sheet, counted from 0, read as the header of one layout.

    ``texts`` are the headings as they stand, upper rows first; ``repeated`` are columns that say what an earlier one
    said.
    """

    sheet: Sheet
    layout: Layout
    top: int
    bottom: int
    fields: dict[int, Field]
    texts: dict[int, str]
    repeated: dict[int, Field]

    @cached_property
    def is_long(self) -> bool:
        """Whether one row is one figure."""
        return {Field("panjang", "measure"), Field("panjang", "count")} <= set(self.fields.values())

    @property
    def telling(self) -> frozenset[tuple[str, int]]:
        """The columns, by sheet, below which figures stand."""
        return frozenset((self.sheet.name, column) for column, field in self.fields.items() if field.tells)

    @property
    def unknown(self) -> tuple[int, ...]:
        """Columns with a heading that the layout does not know."""
        return tuple(column for column in self.texts if column not in self.fields and column not in self.repeated)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What a table of this layout must have and this one has not, in words."""
        return tuple(_missing(self))

    def label(self, word: str) -> int | None:
        """The row above the table whose first filled cell is ``word``."""
        for row in range(self.top):
            filled = (value for value in self.sheet.rows[row] if value not in (None, ""))
            if str(next(filled, "")).strip() == word:
                return row
        return None


@dataclass(frozen=True)
class Candidate:
    """Rows of a sheet that may be a header, with the words over each column, upper rows first."""

    sheet: Sheet
    top: int
    bottom: int
    stacks: dict[int, list[str]]


def possible_headers(sheet: Sheet) -> list[Candidate]:
    """Every one to three rows near the top of a sheet that may be a header, whatever the layout."""
    speaking = [sum(map(_speaks, row)) for row in sheet.rows[:_SEARCHED]]
    return [
        Candidate(sheet, top, bottom, dict(_stacks(sheet, top, bottom)))
        for bottom, words in enumerate(speaking)
        for top in range(bottom, max(bottom - _DEEPEST, -1), -1)
        if words > 1 and speaking[top]
    ]


def find_header(rows: Iterable[Candidate], headings: Headings) -> Header | None:
    """The rows that read best as a header of the layout; None when no cell of the sheet is a heading of figures.

    Best is: nothing missing, then the most columns, then the fewest rows, then the highest on the sheet.
    """
    read = (_read(each, headings) for each in rows if not headings.exact or each.top == each.bottom)
    return min((header for header in read if header.telling), key=_rank, default=None)


def _rank(header: Header) -> tuple[bool, int, int, int]:
    told = len(header.telling) + len({field for field in header.fields.values() if not field.tells})
    return bool(header.missing), -told, header.bottom - header.top, header.bottom


def _speaks(value: object) -> bool:
    """Whether a cell may be part of a heading: a word, or a percent sign."""
    return isinstance(value, str) and any(sign.isalpha() or sign == "%" for sign in value)


def _read(rows: Candidate, headings: Headings) -> Header:
    read = {column: _field(parts, headings) for column, parts in rows.stacks.items() if _speaks(parts[-1])}
    fields = {column: field for column, field in read.items() if field}
    if headings.layout.shape == "lebar_atau_panjang" and Field("panjang", "measure") not in fields.values():
        fields = {column: field for column, field in fields.items() if field.role != "panjang"}
    texts = {column: " ".join(parts) for column, parts in rows.stacks.items()}
    repeated = {column: fields[column] for column in _repeated(fields, texts, headings)}
    kept = {column: field for column, field in fields.items() if column not in repeated}
    return Header(rows.sheet, headings.layout, rows.top, rows.bottom, kept, texts, repeated)


def _stacks(sheet: Sheet, top: int, bottom: int) -> Iterator[tuple[int, list[str]]]:
    """Each column with the words over it; a word in an upper row goes on over the empty cells to its right."""
    carried = [""] * (bottom - top + 1)
    for column in range(len(sheet.rows[bottom])):
        own = [_words(sheet.rows[row][column]) for row in range(top, bottom + 1)]
        carried = [word or before for word, before in zip(own, carried, strict=True)]
        lowest = max((level for level, word in enumerate(own) if word), default=-1)
        if lowest >= 0:
            yield column, [word for word in (*carried[:lowest], own[lowest]) if word]


def _words(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _field(parts: list[str], headings: Headings) -> Field | None:
    """What all words over a column say together, or those of its lower rows alone; of a block its word is enough."""
    for first in range(len(parts)):
        blocks = [headings.block(part) or part for part in parts[first:-1]]
        for upper in (parts[first:-1], blocks):
            field = headings.read(" ".join([*upper, parts[-1]]))
            if field is not None:
                return field
    return None


def _repeated(fields: dict[int, Field], texts: dict[int, str], headings: Headings) -> list[int]:
    """Columns beside the first of the same meaning; of codes and names that with the better heading is first."""
    ranked = sorted(fields, key=lambda c: (headings.rank(texts[c]) if fields[c].role == "kunci" else 0, c))
    seen: set[Field] = set()
    again = []
    for column in ranked:
        if fields[column] in seen and fields[column].role != "diabaikan":
            again.append(column)
        seen.add(fields[column])
    return sorted(again)


def _missing(header: Header) -> Iterator[str]:
    layout, fields = header.layout, set(header.fields.values())
    if not any(field.role == "kunci" for field in fields):
        yield "kolom kode atau nama wilayah"
    if layout.day and layout.day.required == "ya" and Field("tanggal") not in fields:
        yield f"kolom {layout.day.words[0]}"
    if layout.labels and header.label(layout.labels.as_of) is None:
        yield f"sel {layout.labels.as_of} di atas tabel"
    if layout.shape == "panjang" or any(field == Field("panjang", "measure") for field in fields):
        for name in ("measure", "count"):
            if Field("panjang", name) not in fields:
                yield f"kolom {getattr(layout.vocabulary.long, name)[0]}"
    else:
        yield from _missing_columns(layout, fields)


def _missing_columns(layout: Layout, fields: set[Field]) -> Iterator[str]:
    """Required columns of each block that is there at all; L and P together stand for all."""
    told = Counter((field.block, field.name) for field in fields if field.role == "kolom")
    if not any(layout.columns[name].measure for _, name in told):
        yield "kolom dengan jumlah"
    for block in sorted({block for block, _ in told} or set(layout.blocks) or {""}):
        for name, column in layout.columns.items():
            sexes = {field.sex for field in fields if (field.block, field.name) == (block, name)}
            if column.required == "ya" and "" not in sexes and not {"L", "P"} <= sexes:
                yield f"kolom {'_'.join(filter(None, (block, name)))}" + (" (P dan L, atau jumlah)" if sexes else "")
