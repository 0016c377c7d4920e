"""How the sheets of the annex look: columns and their widths, looks of cells, what stands still, how it is printed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from adminduk.present.tables import Table
from adminduk.publish.cells import Cell, day, read
from adminduk.publish.typeset import printable

_INK, _FAINT, _PALE, _LINE, _ACCENT, _MISSED = "#14181B", "#50565C", "#EEF1F3", "#B9BFC4", "#0B5FA5", "#B5402A"
_A4 = 9
_UPRIGHT, _LANDSCAPE = 100, 170  # characters that fit side by side on A4 and can still be read
_NARROWEST, _LEAST_WORDS, _MOST_WORDS = 7, 12, 46
_LINE_HEIGHT = 12.5
_LONGEST = 32_767  # characters in one cell
_MARK = "Tanda"
# A text that begins so would become a formula as soon as somebody edits its cell, were it not marked as text.
_TO_FORMULAS = ("=", "+", "-", "@", "\t")
_GUARD = {"quote_prefix": True}


@dataclass(frozen=True)
class Field:
    """A column of the sheet with its cells read, and what was printed in them; ``at`` is its place."""

    label: str
    cells: Sequence[Cell]
    printed: Sequence[str]
    is_figure: bool
    at: int
    is_mark: bool = False
    width: int = 0

    def wide(self, most: int) -> int:
        """In characters: figures stand in one line, words are broken after ``most``, heads between words."""
        longest = max((len(line) for text in self.printed for line in text.split("\n")), default=0)
        word = max(map(len, self.label.split()), default=0)
        typed = all(cell.number_format or not cell.value.strip() for cell in self.cells)
        shown = longest if self.is_figure or typed else min(longest, most)
        return max(_NARROWEST, word + 2, min(shown, 2 * _MOST_WORDS) + 2)


def fields(table: Table) -> list[Field]:
    """The columns of a sheet. In columns of words only days are typed: "64.10" and "1" may be a code or a number.

    Where a figure has a mark, a column for the marks follows. Words get as much room as there is on A4.
    """
    made: list[Field] = []
    for place, column in enumerate(table.columns):
        printed = [printable(row[place]) for row in table.rows]
        is_figure = column.align != "left"
        cells = [read(text) if is_figure else day(text) or Cell(text) for text in printed]
        made.append(Field(column.label, cells, printed, is_figure, len(made)))
        marks = [cell.mark for cell in cells]
        if any(marks):
            made.append(Field(_MARK, [Cell(mark) for mark in marks], marks, False, len(made), is_mark=True))
    rooms = range(_MOST_WORDS, _LEAST_WORDS, -2)
    most = next((room for room in rooms if sum(each.wide(room) for each in made) <= _LANDSCAPE), _LEAST_WORDS)
    return [replace(each, width=each.wide(most)) for each in made]


class Looks:
    """The looks of cells, made when they are first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        edge = {"bottom": 1, "bottom_color": _LINE}
        head = {**_GUARD, "text_wrap": True, "valign": "bottom", "bold": True, "bg_color": _PALE, "bottom": 1}
        small = {**_GUARD, "text_wrap": True, "valign": "top", "font_color": _FAINT}
        self._words = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1, **edge}
        self._figures = {"align": "right", "valign": "top", **edge}
        self.text = self._look({**_GUARD, **self._words})
        self.number = self._look({**self._figures, "num_format": "0"})
        self.strong = self._look({**_GUARD, "bold": True, "font_size": 10, "valign": "bottom"})
        self.link = self._look({**self._words, "font_color": _ACCENT, "underline": 1})
        self.head = self._look({**head, "align": "left", "indent": 1})
        self._head_right = self._look({**head, "align": "right"})
        self._spanner = self._look({**head, "align": "center", "bottom_color": _LINE})
        self._group = self._look({**_GUARD, **self._words, "bold": True, "font_color": _ACCENT})
        self.caption = self._look({**_GUARD, "bold": True, "font_size": 12, "text_wrap": True, "valign": "top"})
        self.about = self._look(small)
        self.note = self._look({**small, "font_size": 8.5})
        self.simulated = self._look({"bold": True, "font_size": 11, "font_color": "#FFFFFF", "bg_color": _MISSED})

    def _look(self, told: dict[str, Any]) -> Any:
        key = tuple(sorted(told.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Arial", "font_size": 9, "font_color": _INK, **told})
        return self._made[key]

    def write(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """Words, or a day, in a column of words."""
        self._write(sheet, (row, column), day(text) or Cell(printable(text)), self._words)

    def _write(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, look: dict[str, Any]) -> None:
        if cell.value == "":
            sheet.write_blank(*at, None, self._look(look))
        elif isinstance(cell.value, str):
            guard = _GUARD if cell.value.startswith(_TO_FORMULAS) else {}
            sheet.write_string(*at, _fitting(cell.value), self._look({**look, **guard}))
        elif isinstance(cell.value, date):
            told = {**look, "align": "left", "indent": 1, "num_format": cell.number_format}
            sheet.write_datetime(*at, datetime.combine(cell.value, datetime.min.time()), self._look(told))
        else:
            sheet.write_number(*at, float(cell.value), self._look({**look, "num_format": cell.number_format}))

    def write_heads(self, sheet: Worksheet, row: int, table: Table, columns: Sequence[Field]) -> int:
        """Words over several columns, then those over each; the last row of them."""
        if table.spanners:
            self._write_spanners(sheet, row, table, columns)
            row += 1
        for column in columns:
            look = self._head_right if column.is_figure else self.head
            sheet.write_string(row, column.at, printable(column.label), look)
        fit(sheet, row, [(column.label, column.width) for column in columns])
        return row

    def _write_spanners(self, sheet: Worksheet, row: int, table: Table, columns: Sequence[Field]) -> None:
        starts = [column.at for column in columns if not column.is_mark]
        ends = [*(start - 1 for start in starts[1:]), len(columns) - 1]
        texts = []
        for column in columns:
            sheet.write_blank(row, column.at, None, self._spanner)
        for label, first, last in table.spanners:
            _merged(sheet, (row, starts[first], ends[last]), label, self._spanner)
            texts.append((label, sum(column.width for column in columns[starts[first] : ends[last] + 1])))
        fit(sheet, row, texts)

    def write_body(self, sheet: Worksheet, row: int, table: Table, columns: Sequence[Field]) -> int:
        """Rows, groups with their label above them; the row after them."""
        starts = {start: label for label, start in table.groups}
        widths = [column.width for column in columns]
        first = row
        for place in range(len(table.rows)):
            if place in starts:
                row = put(sheet, row, starts[place], self._group, widths)
            total = {"bold": True, "top": 1} if place in table.totals else {}
            for column in columns:
                look = self._figures if column.is_figure else self._words
                self._write(sheet, (row, column.at), column.cells[place], {**look, **total})
            fit(sheet, row, [(column.printed[place], column.width) for column in columns])
            row += 1
        # Codes and years are meant to be text; Excel need not doubt them.
        sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:XFD{row + 1}"})
        return row


def put(sheet: Worksheet, row: int, text: str, look: Any, widths: Sequence[int]) -> int:
    """Words across all columns; the row after them."""
    _merged(sheet, (row, 0, len(widths) - 1), text, look)
    size = look.font_size / 9
    fit(sheet, row, [(text, sum(widths) / size)], size)
    return row + 1


def _merged(sheet: Worksheet, at: tuple[int, int, int], text: str, look: Any) -> None:
    row, first, last = at
    if first < last:
        sheet.merge_range(row, first, row, last, "", look)
    sheet.write_string(row, first, _fitting(printable(text)), look)


def fit(sheet: Worksheet, row: int, texts: Sequence[tuple[str, float]], size: float = 1.0) -> None:
    """The height of a row for its texts and the characters that each has room for; not every program finds its own."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    sheet.set_row(row, min(400, ceil(_LINE_HEIGHT * size * lines) + 2))


def _lines(text: str, width: float) -> int:
    """Of small letters a third more go into a width than digits of the normal size, in which widths are told."""
    return sum(max(1, len(textwrap.wrap(line, max(1, int(width * 1.35))))) for line in text.split("\n"))


def _fitting(text: str) -> str:
    """As much as a cell holds; what is cut says so."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2] + " …"


def set_up(sheet: Worksheet, widths: Sequence[int], head: tuple[int, int], still: int) -> None:
    """Widths, what stands still on the screen (``still`` columns and the head), and A4 with the head on each page."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(head[1] + 1, still)
    sheet.repeat_rows(*head)
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    if sum(widths) > _UPRIGHT:
        sheet.set_landscape()
    if sum(widths) > _LANDSCAPE:
        sheet.repeat_columns(0)
    sheet.fit_to_pages(ceil(sum(widths) / _LANDSCAPE), 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
