"""Forms of a meeting: tables of words whose columns have fixed shares of the page, a deed's opening, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adminduk.present.bundles import Bundle, escape, markdown_text
from adminduk.present.tables import Table

BLANK = "…" * 12


@dataclass(frozen=True)
class Ruled:
    """A table of words: ``widths`` are the shares of its columns, a line break in a cell is kept on paper.

    ``alerts`` are rows whose cell in column ``alert`` presses; a row is at least ``row_mm`` high, so that there is
    room for a pen in one that is empty.
    """

    table: Table
    widths: Sequence[float]
    alerts: Sequence[int] = ()
    alert: int = 0
    row_mm: float = 0

    def bundle(self) -> Bundle:
        rows = [[_flat(cell) for cell in row] for row in self.table.rows]
        made = replace(self.table, rows=rows).bundle()
        kept = {"rows": [list(row) for row in self.table.rows]}
        own = {"widths": [*self.widths], "alerts": [*self.alerts], "alert": self.alert, "row_mm": self.row_mm}
        return Bundle("ruled", {**made.payload, **kept, **own}, made.html, made.markdown, made.plain)


def _flat(cell: str) -> str:
    """A cell of several lines in one, where a line break would break the table."""
    return cell.replace(".\n", ". ").replace("\n", ", ")


def opening(title: str, meeting: str, number: str, paragraphs: Sequence[str]) -> Bundle:
    """The head of a deed, and what it says first."""
    payload = {"title": title, "meeting": meeting, "number": number, "paragraphs": list(paragraphs)}
    head = [title, meeting, number]
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return Bundle(
        "deed",
        payload,
        f'<div class="adminduk-answer"><p><strong>{"<br>".join(map(escape, head))}</strong></p>{body}</div>',
        "\n\n".join(map(markdown_text, [*head, *paragraphs])),
        "\n".join([*head, *paragraphs]),
    )


def signatures(closing: Sequence[str], offices: Sequence[str], dated: str) -> Bundle:
    """Who signs: an office each, with room for name, NIP and signature; never broken over pages."""
    heads = ("Jabatan", "Nama dan NIP", "Tanda tangan")
    payload = {"closing": list(closing), "offices": list(offices), "dated": dated, "heads": ["No.", *heads]}
    lines = [f"{place}. {office}; nama: {BLANK}; NIP: {BLANK}; tanda tangan: {BLANK}" for place, office in _of(offices)]
    rows = "".join(
        f'<tr><th scope="row">{place}. {escape(office)}</th><td>{BLANK}<br>NIP {BLANK}</td><td>{BLANK}</td></tr>'
        for place, office in _of(offices)
    )
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in heads)
    said = "".join(f"<p>{escape(text)}</p>" for text in (*closing, dated))
    return Bundle(
        "signatures",
        payload,
        f'<div class="adminduk-answer">{said}</div><div class="adminduk-table"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>",
        "\n\n".join(map(markdown_text, [*closing, dated, *lines])),
        "\n".join([*closing, dated, *lines]),
    )


def _of(offices: Sequence[str]) -> list[tuple[int, str]]:
    return [*enumerate(offices, 1)]
