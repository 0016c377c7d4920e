"""Page 1's table: one row per indicator and base, with bar, verdict, date and source number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.compare import Change
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import wording
from adminduk.present.bundles import Bundle, escape, markdown_text
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import claim_note, marks
from adminduk.present.typesetting import bar_html

COLUMNS = {
    "label": "Indikator",
    "value": "Capaian",
    "target": "Target",
    "gap": "Selisih",
    "change": "Perubahan",
    "date": "Tanggal",
    "source": "Sumber",
    "reference": "Provinsi",
}
BAR_NOTE = "Batang mulai dari nol; garis tegak: target{reference}; berongga: angka publikasi; berarsir: data lama."


def summary(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """The summary that stands alone on page 1."""
    rows = [row for entry in briefing.entries for row in _entry_rows(briefing, entry, numbers)]
    _one_scale(rows)
    payload = {
        "caption": f"Capaian {briefing.region.name}, keadaan {wording.long_date(briefing.period.as_of)}",
        "unit": "persen dari penyebut yang disebut",
        "columns": _columns(briefing),
        "rows": rows,
        "notes": _notes(briefing, rows),
        "bar_note": _bar_note(briefing, rows),
    }
    return Bundle("summary", payload, _html(payload), _markdown(payload), _plain(payload))


def _columns(briefing: Briefing) -> dict[str, str]:
    """The words at the head; an empty one leaves its column out."""
    columns = dict(COLUMNS)
    if briefing.region.is_province:
        columns["reference"] = ""
    if not any(change for entry in briefing.entries for change in entry.changes):
        columns["change"] = ""
    return columns


def _notes(briefing: Briefing, rows: Sequence[dict[str, Any]]) -> list[str]:
    shown = [row for entry in briefing.entries for row in (*entry.rows, *entry.reference)]
    own = [row for entry in briefing.entries for row in entry.rows]
    notes = [claim_note(own)] if any(row.claim for row in shown) else []
    if any(row["change"] and row["change"]["text"] == wording.DASH for row in rows) and _columns(briefing)["change"]:
        since = wording.long_date(briefing.period.compared_with) if briefing.period.compared_with else ""
        notes.append(f"Perubahan –: tidak ada angka sebanding sampai {since}.")
    return notes


def _bar_note(briefing: Briefing, rows: Sequence[dict[str, Any]]) -> str:
    """How to read the bars, where they are drawn."""
    reference = "" if briefing.region.is_province else "; segitiga: provinsi"
    return BAR_NOTE.format(reference=reference) if any(row["bar"] for row in rows) else ""


def _entry_rows(briefing: Briefing, entry: Entry, numbers: SourceNumbers) -> list[dict[str, Any]]:
    if not entry.rows:
        return [_empty(briefing, entry, numbers)]
    return [
        _row(briefing, entry, row, numbers) | {"change": _change(entry.indicator, change)}
        for row, change in zip(entry.rows, entry.changes, strict=True)
    ]


def _row(briefing: Briefing, entry: Entry, row: IndicatorRow, numbers: SourceNumbers) -> dict[str, Any]:
    indicator = entry.indicator
    cited = list(numbers.of(row.sources))
    return {
        "label": indicator.short.id,
        "detail": wording.base(indicator, row.base),
        "value": wording.value(row),
        "mark": marks(row),
        "target": _target(briefing, row),
        "gap": _split(wording.distance(row)),
        "date": wording.short_date(row.as_of),
        "sources": cited,
        "reference": _reference(entry, row.base, numbers),
        "verdict": {
            "state": _state(row),
            "text": wording.verdict(row, indicator, bool(_target(briefing, row)["detail"])),
        },
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
        "reference": _reference(entry, "", numbers),
        "verdict": {"state": "none", "text": ""},
        "empty": wording.nothing_known(entry, briefing.period),
        "bar": None,
    }


def _state(row: IndicatorRow) -> str:
    if row.verdict is None:
        return "unjudged"
    return "missed" if row.verdict == "di_bawah" else "reached"


def _target(briefing: Briefing, row: IndicatorRow) -> dict[str, str]:
    """The target, with its year where that is not the period's."""
    year = row.as_of.last.year
    old = row.target is not None and year != briefing.period.as_of.year
    return {"text": wording.target(row), "detail": str(year) if old else ""}


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


def _reference_row(entry: Entry, base: str) -> IndicatorRow | None:
    """The province's newest figure on the same base, else the one on the base that is named first."""
    return next((row for row in entry.reference if row.base == base), next(iter(entry.reference), None))


def _reference(entry: Entry, base: str, numbers: SourceNumbers) -> dict[str, str] | None:
    row = _reference_row(entry, base)
    if row is None:
        return None
    cited = ", ".join(map(str, numbers.of(row.sources)))
    basis = wording.base(entry.indicator, row.base) if row.base != base and len(entry.indicator.bases) > 1 else ""
    detail = ", ".join(filter(None, (wording.short_date(row.as_of), basis, wording.parts(row))))
    return {"text": wording.value(row) + marks(row), "detail": f"{detail} [{cited}]"}


def _row_notes(briefing: Briefing, entry: Entry, row: IndicatorRow) -> list[str]:
    found = [wording.over_one(row), wording.parts(row)]
    if entry.is_stale(briefing.period):
        found.append(f"data terakhir {wording.long_date(row.as_of)}")
    if row.claim is not None:
        found.append(wording.standing(row.claim))
    elif entry.rank is not None and row == entry.rows[0]:
        found.append(wording.place(entry.rank))
    if entry.lone is not None and entry.lone.as_of > row.as_of:
        found.append(wording.lone(entry))
    found += [wording.published(remark) for remark in briefing.remarks if remark.row == row]
    return [text for text in found if text]


def _share(row: IndicatorRow | None) -> Fraction | None:
    if row is None:
        return None
    return Fraction(row.claim.percent) / 100 if row.claim else row.value


def _bar(briefing: Briefing, entry: Entry, row: IndicatorRow) -> dict[str, Any] | None:
    share = _share(row)
    if share is None or entry.indicator.kind == "count":
        return None
    reference = _reference_row(entry, row.base)
    # On another base, or with parts missing, the province is another measure: no mark beside this bar.
    comparable = reference is not None and reference.base == row.base and reference.status != "parsial"
    beside = _share(reference) if comparable else None
    return {
        "value": float(share),
        "target": float(row.target.share) if row.target else None,
        "reference": float(beside) if beside is not None else None,
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


def _html(payload: dict[str, Any]) -> str:
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


def _markdown(payload: dict[str, Any]) -> str:
    return "\n".join(f"- {markdown_text(line)}" for line in _lines(payload))


def _plain(payload: dict[str, Any]) -> str:
    return "\n".join([payload["caption"], *_lines(payload), *payload["notes"]])
