"""Tables: title, unit, columns, rows, notes and sources, for paper, the web, Quarto and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.sources import SourceNumbers
from adminduk.present.typesetting import Align, table_html, table_markdown, table_plain

CLAIM_NOTE = "* angka publikasi, jumlah tidak dimuat."
HALF_CLAIM_NOTE = "* angka publikasi, jumlah tidak dimuat atau tidak lengkap."
APPROXIMATE_NOTE = "‡ perkiraan menurut sumbernya; tidak dinilai dan tidak dibandingkan."
COUNT_DASH_NOTE = "– jumlah tidak dimuat dalam sumbernya."
PART_NOTE = "Deret yang panjang dimuat sebagian: yang terbaru dan yang terakhir setiap setengah tahun."
TARGET_DASH_NOTE = "– pada target: tidak ada target yang dimuat untuk tahun itu."


# A series of more figures than this is told by its newest and by the last of each half-year.
_WHOLE_SERIES, _NEWEST = 12, 2


@dataclass(frozen=True)
class Column:
    """A column: its word, and how its cells stand. ``decimal`` aligns on the comma, marks hanging behind."""

    label: str
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A table cannot exist without a title, a unit and its sources.

    The first column is the stub: it names the row. ``groups`` are (label, first row) of row groups,
    ``spanners`` (label, first column, last column) of words above several columns; ``totals`` are rows set
    apart. Notes explain every mark; that there are none has to be said. A ``whole`` table is not broken over pages.
    """

    caption: str
    unit: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    sources: Sequence[int]
    notes: Sequence[str]
    groups: Sequence[tuple[str, int]] = ()
    spanners: Sequence[tuple[str, int, int]] = ()
    totals: Sequence[int] = ()
    whole: bool = False

    def bundle(self) -> Bundle:
        payload = {
            "caption": self.caption,
            "unit": self.unit,
            "columns": [{"label": column.label, "align": column.align} for column in self.columns],
            "rows": [list(row) for row in self.rows],
            "groups": [{"label": label, "start": start} for label, start in self.groups],
            "spanners": [{"label": label, "first": a, "last": b} for label, a, b in self.spanners],
            "total_rows": list(self.totals),
            "notes": list(self.notes),
            "sources": sorted(self.sources),
            "whole": self.whole,
        }
        return Bundle("table", payload, table_html(self), table_markdown(self), table_plain(self))


def history(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """The known figures of the region, newest first within its indicator; long series told in part."""
    every = [pair for entry in briefing.entries for pair in _newest_first(briefing, entry.indicator)]
    known = _told(every)
    if not known:
        return sentences([f"Belum ada angka {briefing.region.name} dalam data ini."], "answer")
    cited = [numbers.of(row.sources) for _, row in known]
    cells = [_history_row(row, used) for (_, row), used in zip(known, cited, strict=True)]
    columns = [
        Column("Keadaan"),
        Column("Pembilang", "right"),
        Column("Penyebut", "right"),
        Column("Capaian", "decimal"),
        Column("Target", "decimal"),
        Column("Sumber", "right"),
    ]
    return Table(
        caption=f"Angka {briefing.region.name} yang diketahui sampai {wording.long_date(briefing.period.as_of)}",
        unit="jumlah dan persen",
        columns=columns,
        rows=cells,
        sources=sorted({number for group in cited for number in group}),
        notes=[*explanations(known), *([PART_NOTE] if len(known) < len(every) else [])],
        groups=_groups(known),
        spanners=[("Jumlah", 1, 2)],
    ).bundle()


def _newest_first(briefing: Briefing, indicator: Indicator) -> list[tuple[Indicator, IndicatorRow]]:
    """The figures of an indicator base by base, as the indicator names them, newest first in each."""
    order = [*indicator.bases]
    rows = sorted(briefing.history(indicator), key=lambda row: row.as_of, reverse=True)
    rows.sort(key=lambda row: order.index(row.base) if row.base in order else len(order))
    return [(indicator, row) for row in rows]


def _told(known: Sequence[tuple[Indicator, IndicatorRow]]) -> list[tuple[Indicator, IndicatorRow]]:
    """Of each series, newest first, what is printed."""
    series: dict[tuple[str, str], list[tuple[Indicator, IndicatorRow]]] = {}
    for indicator, row in known:
        series.setdefault((indicator.id, row.base), []).append((indicator, row))
    return [pair for pairs in series.values() for pair in (pairs if len(pairs) <= _WHOLE_SERIES else _part(pairs))]


def _part(pairs: Sequence[tuple[Indicator, IndicatorRow]]) -> list[tuple[Indicator, IndicatorRow]]:
    halves = [(row.as_of.last.year, row.as_of.last.month > 6) for _, row in pairs]
    kept = {*range(_NEWEST), *(halves.index(half) for half in halves)}
    return [pairs[place] for place in sorted(kept)]


def _groups(known: Sequence[tuple[Indicator, IndicatorRow]]) -> list[tuple[str, int]]:
    """One group for each indicator and base, in the order of the rows."""
    groups: list[tuple[str, int]] = []
    for place, (indicator, row) in enumerate(known):
        label = ", ".join(filter(None, (indicator.short.id, wording.base(indicator, row.base))))
        if not groups or groups[-1][0] != label:  # a row never stands under another base's name
            groups.append((label, place))
    return groups


def _history_row(row: IndicatorRow, cited: Sequence[int]) -> list[str]:
    return [
        wording.short_date(row.as_of),
        wording.DASH if row.numerator is None else wording.number(row.numerator),
        wording.DASH if row.denominator is None else wording.number(row.denominator),
        wording.value(row) + marks(row),
        wording.target(row),
        ", ".join(map(str, cited)),
    ]


def marks(row: IndicatorRow, told: str = "") -> str:
    """The signs behind a figure, each explained under its table; not those whose meaning is ``told`` beside it."""
    signs = {"*": row.claim, "†": wording.over_one(row), "‡": row.approximate}
    return "".join(sign for sign, applies in signs.items() if applies and sign not in told)


def explanations(known: Sequence[tuple[Indicator, IndicatorRow]]) -> list[str]:
    """What the signs and dashes of a table of figures mean, those that occur."""
    rows = [row for _, row in known]
    notes = [claim_note(rows)] if any(row.claim for row in rows) else []
    notes += [APPROXIMATE_NOTE] if any(row.approximate for row in rows) else []
    notes += over_note(rows)
    notes += [COUNT_DASH_NOTE] if any(None in (row.numerator, row.denominator) for row in rows) else []
    notes += [TARGET_DASH_NOTE] if any(row.target is None for row in rows) else []
    return notes


def over_note(rows: Sequence[IndicatorRow]) -> list[str]:
    """What † means: above one, and why, with the dates of each reason."""
    dates: dict[str, list[str]] = {}
    for row in rows:
        if wording.over_one(row):
            dates.setdefault(wording.above_one(row), []).append(wording.short_date(row.as_of))
    told = [f"{reason} ({', '.join(dict.fromkeys(when))})" for reason, when in dates.items()]
    return [f"† lebih dari 100%: {'; '.join(told)}."] if told else []


def claim_note(rows: Sequence[IndicatorRow]) -> str:
    """What * means here: no counts at all, or only one of the two."""
    half = any(row.claim and (row.numerator is not None or row.denominator is not None) for row in rows)
    return HALF_CLAIM_NOTE if half else CLAIM_NOTE
