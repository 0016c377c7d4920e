"""One description of a table, three renderers: for the web, for Quarto's Markdown, as plain text.

Paper is set from the same description by ``publish``. A cell is text; nothing in it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, Protocol

from adminduk.present import theme
from adminduk.present.bundles import escape, markdown_text, source_line, svg_address

Align = Literal["left", "right", "center", "decimal"]
FIGURE_SPACE = "\N{FIGURE SPACE}"
_TAIL = re.compile(r"[,%]")


class Column(Protocol):
    label: str
    align: Align


class Table(Protocol):
    """What the renderers read of a table."""

    caption: str
    unit: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    sources: Sequence[int]
    notes: Sequence[str]
    groups: Sequence[tuple[str, int]]
    spanners: Sequence[tuple[str, int, int]]
    totals: Sequence[int]


def split_decimal(cell: str) -> tuple[str, str]:
    """A figure before and from its decimal comma (or its sign): "99,65%*" -> ("99", ",65%*")."""
    found = _TAIL.search(cell)
    return (cell[: found.start()], cell[found.start() :]) if found else (cell, "")


def aligned(table: Table) -> list[list[str]]:
    """The rows with the figures of decimal columns filled up behind, so that right-aligned commas meet."""
    rows = [list(row) for row in table.rows]
    for place, column in enumerate(table.columns):
        if column.align == "decimal":
            tails = [len(split_decimal(row[place])[1]) for row in rows]
            for row, tail in zip(rows, tails, strict=True):
                row[place] += FIGURE_SPACE * (max(tails) - tail)
    return rows


def under(table: Table) -> list[str]:
    """The lines below a table: notes, then the sources."""
    return [line for line in (*table.notes, source_line(table.sources)) if line]


def table_html(table: Table) -> str:
    parts = [
        f"<caption>{escape(table.caption)} <small>({escape(table.unit)})</small></caption>",
        f"<thead>{_spanners_html(table)}{_head_html(table)}</thead>",
        f"<tbody>{_body_html(table)}</tbody>",
    ]
    below = "".join(f'<p class="adminduk-under">{escape(line)}</p>' for line in under(table))
    return f'<div class="adminduk-table"><table>{"".join(parts)}</table>{below}</div>'


def _class(column: Column) -> str:
    return "right" if column.align == "decimal" else column.align


def _head_html(table: Table) -> str:
    cells = (f'<th scope="col" class="{_class(c)}">{escape(c.label)}</th>' for c in table.columns)
    return f"<tr>{''.join(cells)}</tr>"


def _spanners_html(table: Table) -> str:
    if not table.spanners:
        return ""
    cells, place = [], 0
    for label, first, last in sorted(table.spanners, key=lambda spanner: spanner[1]):
        cells += ["<td></td>"] * (first - place)
        cells.append(f'<th scope="colgroup" colspan="{last - first + 1}" class="spanner">{escape(label)}</th>')
        place = last + 1
    cells += ["<td></td>"] * (len(table.columns) - place)
    return f"<tr>{''.join(cells)}</tr>"


def _body_html(table: Table) -> str:
    starts = {start: label for label, start in table.groups}
    lines = []
    for place, row in enumerate(aligned(table)):
        if place in starts:
            wide = len(table.columns)
            lines.append(f'<tr class="group"><th scope="rowgroup" colspan="{wide}">{escape(starts[place])}</th></tr>')
        stub, *cells = (escape(cell) for cell in row)
        figures = zip(table.columns[1:], cells, strict=True)
        body = "".join(f'<td class="{_class(column)}">{cell}</td>' for column, cell in figures)
        total = ' class="total"' if place in table.totals else ""
        lines.append(f'<tr{total}><th scope="row">{stub}</th>{body}</tr>')
    return "".join(lines)


def table_markdown(table: Table) -> str:
    """A pipe table with its caption; groups become rows of their own, spanners stand before the word."""
    rules = {"left": ":---", "right": "---:", "decimal": "---:", "center": ":---:"}
    starts = {start: label for label, start in table.groups}
    above = {place: label for label, first, last in table.spanners for place in range(first, last + 1)}
    heads = [f"{above[place]}: {c.label}" if place in above else c.label for place, c in enumerate(table.columns)]
    lines = [_pipes(heads), "|" + "|".join(rules[column.align] for column in table.columns) + "|"]
    for place, row in enumerate(table.rows):
        if place in starts:
            lines.append(_pipes([starts[place], *[""] * (len(table.columns) - 1)]))
        lines.append(_pipes(row))
    lines += ["", f": {markdown_text(table.caption)} \\({markdown_text(table.unit)}\\)", ""]
    return "\n".join([*lines, *(f"{markdown_text(line)}\n" for line in under(table))])


def _pipes(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(markdown_text, cells)) + " |"


def table_plain(table: Table) -> str:
    """Columns of fixed width, figures to the right, groups and totals set apart."""
    rows = aligned(table)
    heads = [column.label for column in table.columns]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    starts = {start: label for label, start in table.groups}
    lines = [f"{table.caption} ({table.unit})"]
    if table.spanners:
        words = [""] * len(heads)
        for label, first, _ in table.spanners:
            words[first] = label
        lines.append(_columns(words, widths, table.columns))
    lines += [_columns(heads, widths, table.columns), "-" * (sum(widths) + 2 * len(widths) - 2)]
    for place, row in enumerate(rows):
        if place in starts:
            lines.append(starts[place])
        if place in table.totals:
            lines.append("-" * (sum(widths) + 2 * len(widths) - 2))
        lines.append(_columns(row, widths, table.columns))
    return "\n".join([*lines, *under(table)])


def _columns(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    shown = [
        cell.ljust(width) if column.align == "left" else cell.rjust(width)
        for cell, width, column in zip(cells, widths, columns, strict=True)
    ]
    return "  ".join(shown).rstrip()


def bar_html(bar: dict[str, Any] | None) -> str:
    """The bullet bar as a picture without words: its figures stand beside it."""
    if bar is None:
        return ""
    wide, upper = 150.0, max(1e-6, bar["upper"])
    at = {key: wide * (bar[key] or 0.0) / upper for key in ("value", "target", "reference")}
    fill = "url(#h)" if bar["stale"] else "white" if bar["style"] == "hollow" else theme.ACCENT
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 {wide + 4:g} 17" width="{wide + 4:g}" height="17">'
        '<pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0V4" stroke="{theme.ACCENT}" stroke-width="3"/></pattern>'
        f'<path d="M0 3H{wide:g}V12H0Z" fill="{theme.GRID}"/>'
        f'<path d="M0 3H{at["value"]:.1f}V12H0Z" fill="white"/>'
        f'<path d="M0 3H{at["value"]:.1f}V12H0Z" fill="{fill}" stroke="{theme.ACCENT}"/>'
    ]
    if bar["reference"] is not None:
        shapes.append(f'<path d="M{at["reference"]:.1f} 12l3 5h-6Z" fill="{theme.OTHERS}"/>')
    if bar["target"] is not None:
        shapes.append(f'<path d="M{at["target"]:.1f} 1V14" stroke="white" stroke-width="4"/>')
        shapes.append(f'<path d="M{at["target"]:.1f} 0V15" stroke="{theme.INK}" stroke-width="2"/>')
    return f'<br><img class="bar" src="{svg_address("".join([*shapes, "</svg>"]))}" alt="">'
