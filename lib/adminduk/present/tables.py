"""Tables: what stands in them, and their form for the web, for Quarto and as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.compare import Change
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import wording
from adminduk.present.bundles import Bundle, escape, markdown_text, source_line
from adminduk.present.sources import SourceNumbers

SUMMARY_COLUMNS = {
    "label": "Indikator",
    "value": "Capaian",
    "target": "Target",
    "gap": "Selisih",
    "change": "Perubahan",
    "date": "Tanggal",
    "source": "Sumber",
    "reference": "Provinsi",
}
CLAIM_NOTE = "* angka publikasi, jumlah tidak dimuat."
APPROXIMATE_NOTE = "‡ jumlahnya perkiraan menurut sumbernya; tidak dinilai dan tidak dibandingkan."
BAR_NOTE = "Batang mulai dari nol; garis tegak: target{reference}; berongga: angka publikasi; berarsir: data lama."


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
    rows = []
    used: set[int] = set()
    for entry in briefing.entries:
        for row in reversed(briefing.history(entry.indicator)):
            cited = numbers.of(row.sources)
            used.update(cited)
            rows.append(_history_row(row, entry.indicator, cited))
    columns = [
        Column("Indikator"),
        Column("Keadaan"),
        Column("Pembilang", "right"),
        Column("Penyebut", "right"),
        Column("Capaian", "right"),
        Column("Target", "right"),
        Column("Sumber", "right"),
    ]
    notes = [CLAIM_NOTE] if any(cell.endswith("*") for row in rows for cell in row) else []
    notes += [APPROXIMATE_NOTE] if any("‡" in cell for row in rows for cell in row) else []
    notes += _over_one_notes(briefing)
    caption = f"Angka {briefing.region.name} yang diketahui sampai {wording.long_date(briefing.period.as_of)}"
    return Table(caption, "jumlah dan persen", columns, rows, sorted(used), notes).bundle()


def _history_row(row: IndicatorRow, indicator: Indicator, cited: Sequence[int]) -> list[str]:
    name = indicator.short.id
    if len(indicator.bases) > 1:
        name += f", {wording.base(indicator, row.base)}"
    return [
        name,
        wording.short_date(row.as_of),
        wording.DASH if row.numerator is None else wording.number(row.numerator),
        wording.DASH if row.denominator is None else wording.number(row.denominator),
        wording.value(row) + _marks(row),
        wording.target(row),
        ", ".join(map(str, cited)),
    ]


def _marks(row: IndicatorRow) -> str:
    """The signs behind a figure, each explained under the table."""
    signs = {"*": row.claim, "†": row.status == "melebihi_satu", "‡": row.approximate and row.from_counts}
    return "".join(sign for sign, applies in signs.items() if applies)


def _over_one_notes(briefing: Briefing) -> list[str]:
    """Why shares above one are real, once for each reason."""
    reasons = (
        wording.over_one(row, entry.indicator)
        for entry in briefing.entries
        for row in briefing.history(entry.indicator)
    )
    return [f"† {reason}." for reason in dict.fromkeys(filter(None, reasons))]


def summary(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Page 1: one row per indicator and base, with bar, verdict, date and source number."""
    rows = [row for entry in briefing.entries for row in _entry_rows(briefing, entry, numbers)]
    _one_scale(rows)
    columns = dict(SUMMARY_COLUMNS)
    if briefing.region.is_province:
        columns["reference"] = ""
    if not any(change for entry in briefing.entries for change in entry.changes):
        columns["change"] = ""
    reference = "" if briefing.region.is_province else "; segitiga: provinsi"
    notes = [CLAIM_NOTE] if any(row["mark"] for row in rows) else []
    payload = {
        "caption": f"Capaian {briefing.region.name}, keadaan {wording.long_date(briefing.period.as_of)}",
        "unit": "persen dari penyebut yang disebut",
        "columns": columns,
        "rows": rows,
        "notes": [*notes, BAR_NOTE.format(reference=reference)] if any(row["bar"] for row in rows) else notes,
    }
    return Bundle("summary", payload, _summary_html(payload), _summary_markdown(payload), _summary_plain(payload))


def _entry_rows(briefing: Briefing, entry: Entry, numbers: SourceNumbers) -> list[dict[str, Any]]:
    if not entry.rows:
        return [_empty(briefing, entry, numbers)]
    return [
        {
            **_summary_row(briefing, entry, row),
            "change": _change(entry.indicator, change),
            "sources": list(numbers.of(row.sources)),
        }
        for row, change in zip(entry.rows, entry.changes, strict=True)
    ]


def _summary_row(briefing: Briefing, entry: Entry, row: IndicatorRow) -> dict[str, Any]:
    indicator = entry.indicator
    return {
        "label": indicator.short.id,
        "detail": wording.base(indicator, row.base),
        "value": wording.value(row),
        "mark": "*" if row.claim else "",
        "target": wording.target(row),
        "gap": _split(wording.distance(row)),
        "date": wording.short_date(row.as_of),
        "reference": _reference(entry),
        "verdict": {"state": _state(row), "text": wording.verdict(row, indicator)},
        "note": "; ".join(_row_notes(briefing, entry, row)),
        "empty": "",
        "bar": _bar(briefing, entry, row),
    }


def _empty(briefing: Briefing, entry: Entry, numbers: SourceNumbers) -> dict[str, Any]:
    cited = [claim.source for claim in entry.told[-1:]] or ([entry.lone.source] if entry.lone else [])
    return {
        **{key: "" for key in ("value", "mark", "target", "gap", "change", "date", "note")},
        "label": entry.indicator.short.id,
        "detail": "",
        "sources": numbers.of(cited),
        "reference": _reference(entry),
        "verdict": {"state": "none", "text": ""},
        "empty": wording.nothing_known(entry, briefing.period),
        "bar": None,
    }


def _state(row: IndicatorRow) -> str:
    if row.verdict is None:
        return "unjudged"
    return "missed" if row.verdict == "di_bawah" else "reached"


def _split(points: str) -> dict[str, str]:
    """ "+0,58 poin persen" as the figure and the small words under it."""
    figure, _, unit = points.partition(" ")
    return {"text": figure, "detail": unit}


def _change(indicator: Indicator, change: Change | None) -> dict[str, str]:
    if change is None:
        return {"text": wording.DASH, "detail": ""}
    since = f"sejak {wording.short_date(change.since.as_of)}"
    if change.points is not None:
        figure = _split(wording.points(change.points))
        return {"text": figure["text"], "detail": f"{figure['detail']} {since}"}
    return {"text": wording.more_or_less(change.count, wording.people(indicator)), "detail": since}


def _reference(entry: Entry) -> dict[str, str] | None:
    """The province beside the region: its newest figure, on the same base where it has one."""
    if not entry.reference:
        return None
    own_base = entry.rows[0].base if entry.rows else None
    row = next((row for row in entry.reference if row.base == own_base), entry.reference[0])
    basis = wording.base(entry.indicator, row.base) if len(entry.indicator.bases) > 1 else ""
    return {
        "text": wording.value(row) + ("*" if row.claim else ""),
        "detail": ", ".join(filter(None, (wording.short_date(row.as_of), basis))),
    }


def _row_notes(briefing: Briefing, entry: Entry, row: IndicatorRow) -> list[str]:
    found = [wording.over_one(row, entry.indicator), wording.parts(row)]
    if entry.is_stale(briefing.period):
        found.append(f"data terakhir {wording.long_date(row.as_of)}")
    if row.claim is not None:
        found.append(wording.standing(row.claim))
    elif entry.rank is not None and row == entry.rows[0]:
        found.append(wording.place(entry.rank))
    found += [wording.published(remark) for remark in briefing.remarks if remark.row == row]
    return [text for text in found if text]


def _share(row: IndicatorRow) -> Fraction | None:
    return Fraction(row.claim.percent) / 100 if row.claim else row.value


def _bar(briefing: Briefing, entry: Entry, row: IndicatorRow) -> dict[str, Any] | None:
    share = _share(row)
    if share is None or entry.indicator.kind == "count":
        return None
    reference = _share(entry.reference[0]) if entry.reference else None
    return {
        "value": float(share),
        "target": float(row.target.share) if row.target else None,
        "reference": float(reference) if reference is not None else None,
        "upper": 1.0,
        "style": "hollow" if row.claim else "solid",
        "stale": entry.is_stale(briefing.period),
    }


def _one_scale(rows: Sequence[dict[str, Any]]) -> None:
    """All bars end at the same value, 100 % or the highest that is there: nothing is clipped."""
    bars = [row["bar"] for row in rows if row["bar"]]
    upper = max([1.0, *(bar[key] or 0.0 for bar in bars for key in ("value", "target", "reference"))])
    for bar in bars:
        bar["upper"] = upper


_SHOWN = ("value", "target", "gap", "change", "reference", "date")


def _cells(row: dict[str, Any], columns: dict[str, str]) -> list[tuple[str, str]]:
    """(column word, text) of one summary row, for the web and plain text."""
    if row["empty"]:
        return [("", row["empty"])]
    shown = []
    for key in _SHOWN:
        if not columns[key]:
            continue
        text = row[key]
        if key == "reference":
            text = f"{text['text']} ({text['detail']})" if text else wording.DASH
        elif key in ("gap", "change"):
            text = f"{text['text']} {text['detail']}".strip()
        elif key == "value":
            text += row["mark"]
        shown.append((columns[key], text))
    shown.append(("", "; ".join(filter(None, (row["verdict"]["text"], row["note"])))))
    return shown


def _summary_html(payload: dict[str, Any]) -> str:
    columns = payload["columns"]
    keys = [key for key in _SHOWN if columns[key]]
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in (columns["label"], *map(columns.get, keys), ""))
    body = []
    for row in payload["rows"]:
        label = escape(row["label"]) + (f"<br><small>{escape(row['detail'])}</small>" if row["detail"] else "")
        cells = _cells(row, columns)
        span = f' colspan="{len(keys) + 1}"' if row["empty"] else ""
        body.append(
            f'<tr class="{row["verdict"]["state"]}"><th scope="row">{label}</th>'
            + "".join(f'<td{span} data-label="{escape(word)}">{escape(text)}</td>' for word, text in cells)
            + "</tr>"
        )
    under = "".join(f'<p class="adminduk-under">{escape(note)}</p>' for note in payload["notes"])
    return (
        f'<div class="adminduk-summary"><table><caption>{escape(payload["caption"])}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{under}</div>"
    )


def _summary_lines(payload: dict[str, Any]) -> list[str]:
    lines = []
    for row in payload["rows"]:
        name = ", ".join(filter(None, (row["label"], row["detail"])))
        texts = [f"{word} {text}" if word else text for word, text in _cells(row, payload["columns"])]
        lines.append(f"{name}: {'; '.join(filter(None, texts))}")
    return lines


def _summary_markdown(payload: dict[str, Any]) -> str:
    return "\n".join(f"- {markdown_text(line)}" for line in _summary_lines(payload))


def _summary_plain(payload: dict[str, Any]) -> str:
    return "\n".join([payload["caption"], *_summary_lines(payload), *payload["notes"]])
