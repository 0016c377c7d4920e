"""One description of a table or of page 1, three renderers: for the web, for Quarto's Markdown, as plain text.

Paper is set from the same description by ``publish``. A cell is text; nothing in it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, Protocol

from adminduk.present import theme, wording
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
    claimed = bar["style"] == "hollow"
    fill = "white" if claimed else "url(#h)" if bar["stale"] else theme.ACCENT
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 {wide + 4:g} 17" width="{wide + 4:g}" height="17">'
        '<pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0V4" stroke="{theme.ACCENT}" stroke-width="3"/></pattern>'
        f'<path d="M0 3H{wide:g}V12H0Z" fill="{theme.GRID}"/>'
        f'<path d="M0 3H{at["value"]:.1f}V12H0Z" fill="white"/>'
        f'<path d="M0 3H{at["value"]:.1f}V12H0Z" fill="{fill}" stroke="{theme.ACCENT}"/>'
    ]
    if claimed and bar["stale"]:  # an old claim is both: hollow above, hatched below
        shapes.append(f'<path d="M0 7.5H{at["value"]:.1f}V12H0Z" fill="url(#h)" stroke="{theme.ACCENT}"/>')
    if bar["reference"] is not None:
        shapes.append(f'<path d="M{at["reference"]:.1f} 12l3 5h-6Z" fill="{theme.OTHERS}"/>')
    if bar["target"] is not None:
        shapes.append(f'<path d="M{at["target"]:.1f} 1V14" stroke="white" stroke-width="4"/>')
        shapes.append(f'<path d="M{at["target"]:.1f} 0V15" stroke="{theme.INK}" stroke-width="2"/>')
    return f'<br><img class="bar" src="{svg_address("".join([*shapes, "</svg>"]))}" alt="">'


_SHOWN = ("value", "target", "gap", "change", "reference", "date", "source")
_SIGNS = {"reached": "✓", "missed": "▲", "unjudged": "○", "none": "–"}  # shape and word, never colour alone


def _shown(columns: dict[str, str]) -> list[str]:
    return [key for key in _SHOWN if columns[key]]


def _text(row: dict[str, Any], key: str) -> str:
    """What stands in one column of a summary row, for the web and plain text."""
    if key == "source":
        return ", ".join(map(str, row["sources"]))
    cell = row[key]
    if key == "reference":
        return f"{cell['text']} ({cell['detail']})" if cell else "" if row["empty"] else wording.DASH
    if isinstance(cell, dict):
        return f"{cell['text']} {cell['detail']}".strip()
    return cell + row["mark"] if key == "value" else cell


def summary_html(payload: dict[str, Any]) -> str:
    """Page 1's table: figures and bar, verdict with its sign."""
    columns = payload["columns"]
    words = (columns["label"], *map(columns.get, _shown(columns)), "Penilaian")
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in words)
    body = "".join(
        f'<tr class="{row["verdict"]["state"]}"><th scope="row">{escape(row["label"])}{_small(row["detail"])}</th>'
        f"{_cells_html(row, columns)}<td>{_verdict_html(row)}</td></tr>"
        for row in payload["rows"]
    )
    notes = [*payload["notes"], *filter(None, [payload["bar_note"]])]
    under = "".join(f'<p class="adminduk-under">{escape(note)}</p>' for note in notes)
    return (
        f'<div class="adminduk-summary"><table><caption>{escape(payload["caption"])}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{under}</div>"
    )


def _cells_html(row: dict[str, Any], columns: dict[str, str]) -> str:
    """The figures; where there is none, the reason in their place, beside what is known of the province."""
    shown, reason = _shown(columns), ""
    if row["empty"]:
        own = [key for key in shown if key in ("value", "target", "gap", "change")]
        reason = f'<td colspan="{len(own)}">{_SIGNS["none"]} {escape(row["empty"])}</td>'
        shown = shown[len(own) :]
    cells = (
        f'<td class="{key}" data-label="{escape(columns[key])}">{escape(_text(row, key))}'
        f"{bar_html(row['bar']) if key == 'value' else ''}</td>"
        if _text(row, key)
        else "<td></td>"
        for key in shown
    )
    return reason + "".join(cells)


def _verdict_html(row: dict[str, Any]) -> str:
    """The verdict with its sign; what else there is to say stands apart from it."""
    verdict = row["verdict"]
    told = f"{_SIGNS[verdict['state']]} {escape(verdict['text'])}" if verdict["text"] else ""
    return (f'<span class="verdict">{told}</span>' if told else "") + _small(row["note"])


def _small(text: str) -> str:
    return f"<br><small>{escape(text)}</small>" if text else ""


def _lines(payload: dict[str, Any]) -> list[str]:
    columns, lines = payload["columns"], []
    for row in payload["rows"]:
        name = ", ".join(filter(None, (row["label"], row["detail"])))
        texts = [f"{columns[key]} {_text(row, key)}" for key in _shown(columns) if _text(row, key)]
        lines.append(f"{name}: {'; '.join(filter(None, (row['empty'], *texts, row['verdict']['text'], row['note'])))}")
    return lines


def summary_markdown(payload: dict[str, Any]) -> str:
    """Its caption, a list with an item for each row of page 1, and its notes."""
    items = "\n".join(f"- {markdown_text(line)}" for line in _lines(payload))
    return "\n\n".join([markdown_text(payload["caption"]), items, *map(markdown_text, payload["notes"])])


def summary_plain(payload: dict[str, Any]) -> str:
    """A line for each row of page 1, and the notes."""
    return "\n".join([payload["caption"], *_lines(payload), *payload["notes"]])
