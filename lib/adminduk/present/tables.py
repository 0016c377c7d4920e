"""Tables: title, unit, columns, rows, notes and sources, for paper, the web, Quarto and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import wording
from adminduk.present.bundles import Bundle, escape, markdown_text, sentences, source_line
from adminduk.present.sources import SourceNumbers

CLAIM_NOTE = "* angka publikasi, jumlah tidak dimuat."
HALF_CLAIM_NOTE = "* angka publikasi, jumlah tidak dimuat atau tidak lengkap."
APPROXIMATE_NOTE = "‡ perkiraan menurut sumbernya; tidak dinilai dan tidak dibandingkan."
COUNT_DASH_NOTE = "– jumlah tidak dimuat dalam sumbernya."
TARGET_DASH_NOTE = "– pada target: tidak ada target yang dimuat untuk tahun itu."


@dataclass(frozen=True)
class Column:
    label: str
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """A table cannot exist without a title, a unit and its sources."""

    caption: str
    unit: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    sources: Sequence[int]
    notes: Sequence[str] = ()

    def bundle(self) -> Bundle:
        payload = {
            "caption": self.caption,
            "unit": self.unit,
            "columns": [{"label": column.label, "align": column.align} for column in self.columns],
            "rows": [list(row) for row in self.rows],
            "total_rows": [],
            "notes": list(self.notes),
            "sources": sorted(self.sources),
        }
        return Bundle("table", payload, self._html(), self._markdown(), self._plain())

    def _under(self) -> list[str]:
        return [line for line in (*self.notes, source_line(self.sources)) if line]

    def _html(self) -> str:
        head = "".join(f'<th scope="col" class="{c.align}">{escape(c.label)}</th>' for c in self.columns)
        body = "".join(
            "<tr>"
            + "".join(
                f'<td class="{column.align}">{escape(cell)}</td>'
                for column, cell in zip(self.columns, row, strict=True)
            )
            + "</tr>"
            for row in self.rows
        )
        under = "".join(f'<p class="adminduk-under">{escape(line)}</p>' for line in self._under())
        title = f"{escape(self.caption)} <small>({escape(self.unit)})</small>"
        return (
            f'<div class="adminduk-table"><table><caption>{title}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{under}</div>"
        )

    def _markdown(self) -> str:
        rules = {"left": ":---", "right": "---:", "center": ":---:"}
        lines = [
            "| " + " | ".join(markdown_text(column.label) for column in self.columns) + " |",
            "|" + "|".join(rules[column.align] for column in self.columns) + "|",
            *("| " + " | ".join(map(markdown_text, row)) + " |" for row in self.rows),
            "",
            f": {markdown_text(self.caption)} \\({markdown_text(self.unit)}\\)",
            "",
            *(f"{markdown_text(line)}\n" for line in self._under()),
        ]
        return "\n".join(lines)

    def _plain(self) -> str:
        return "\n".join(
            [
                f"{self.caption} ({self.unit})",
                "\t".join(column.label for column in self.columns),
                *("\t".join(row) for row in self.rows),
                *self._under(),
            ]
        )


def history(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Every known figure of the region, newest first within its indicator."""
    known = [
        (entry.indicator, row) for entry in briefing.entries for row in reversed(briefing.history(entry.indicator))
    ]
    if not known:
        return sentences([f"Belum ada angka {briefing.region.name} dalam data ini."], "answer")
    cited = [numbers.of(row.sources) for _, row in known]
    cells = [_history_row(indicator, row, used) for (indicator, row), used in zip(known, cited, strict=True)]
    columns = [
        Column("Indikator"),
        Column("Keadaan"),
        Column("Pembilang", "right"),
        Column("Penyebut", "right"),
        Column("Capaian", "right"),
        Column("Target", "right"),
        Column("Sumber", "right"),
    ]
    caption = f"Angka {briefing.region.name} yang diketahui sampai {wording.long_date(briefing.period.as_of)}"
    used = sorted({number for group in cited for number in group})
    return Table(caption, "jumlah dan persen", columns, cells, used, explanations(known)).bundle()


def _history_row(indicator: Indicator, row: IndicatorRow, cited: Sequence[int]) -> list[str]:
    name = indicator.short.id
    if len(indicator.bases) > 1:
        name += f", {wording.base(indicator, row.base)}"
    return [
        name,
        wording.short_date(row.as_of),
        wording.DASH if row.numerator is None else wording.number(row.numerator),
        wording.DASH if row.denominator is None else wording.number(row.denominator),
        wording.value(row) + marks(row),
        wording.target(row),
        ", ".join(map(str, cited)),
    ]


def marks(row: IndicatorRow) -> str:
    """The signs behind a figure, each explained under its table."""
    signs = {"*": row.claim, "†": row.status == "melebihi_satu", "‡": row.approximate}
    return "".join(sign for sign, applies in signs.items() if applies)


def explanations(known: Sequence[tuple[Indicator, IndicatorRow]]) -> list[str]:
    """What the signs and dashes of a table of figures mean, those that occur."""
    rows = [row for _, row in known]
    over = dict.fromkeys(filter(None, (wording.over_one(row) for row in rows)))
    notes = [claim_note(rows)] if any(row.claim for row in rows) else []
    notes += [APPROXIMATE_NOTE] if any(row.approximate for row in rows) else []
    notes += [f"† {reason}." for reason in over]
    notes += [COUNT_DASH_NOTE] if any(None in (row.numerator, row.denominator) for row in rows) else []
    notes += [TARGET_DASH_NOTE] if any(row.target is None for row in rows) else []
    return notes


def claim_note(rows: Sequence[IndicatorRow]) -> str:
    """What * means here: no counts at all, or only one of the two."""
    half = any(row.claim and (row.numerator is not None or row.denominator is not None) for row in rows)
    return HALF_CLAIM_NOTE if half else CLAIM_NOTE
