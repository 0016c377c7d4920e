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
from adminduk.present.bundles import Bundle
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import APPROXIMATE_NOTE, claim_note, marks, over_note
from adminduk.present.typesetting import summary_html, summary_markdown, summary_plain

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
        "bar_note": _bar_note(rows),
    }
    return Bundle("summary", payload, summary_html(payload), summary_markdown(payload), summary_plain(payload))


def _columns(briefing: Briefing) -> dict[str, str]:
    """The words at the head; an empty one leaves its column out."""
    columns = dict(COLUMNS)
    if briefing.region.is_province:
        columns["reference"] = ""
    if not any(change for entry in briefing.entries for change in entry.changes):
        columns["change"] = ""
    return columns


def _notes(briefing: Briefing, rows: Sequence[dict[str, Any]]) -> list[str]:
    own = [row for entry in briefing.entries for row in entry.rows]
    beside = [row for entry in briefing.entries for row in _references(entry)]
    shown = [*own, *beside]
    notes = [claim_note(own)] if any(row.claim for row in shown) else []
    notes += [APPROXIMATE_NOTE] if any(row.approximate for row in shown) else []
    notes += over_note(beside)
    if any(row["change"] and row["change"]["text"] == wording.DASH for row in rows) and _columns(briefing)["change"]:
        since = wording.long_date(briefing.period.compared_with) if briefing.period.compared_with else ""
        notes.append(f"Perubahan –: tidak ada angka sebanding sampai {since}.")
    return notes


def _bar_note(rows: Sequence[dict[str, Any]]) -> str:
    """How to read the bars: the signs that are drawn."""
    bars = [row["bar"] for row in rows if row["bar"]]
    signs = {
        "garis tegak: target": any(bar["target"] is not None for bar in bars),
        "segitiga: provinsi": any(bar["reference"] is not None for bar in bars),
        "berongga: angka publikasi": any(bar["style"] == "hollow" and not bar["stale"] for bar in bars),
        "berarsir: data lama": any(bar["style"] != "hollow" and bar["stale"] for bar in bars),
        "setengah berarsir: angka publikasi lama": any(bar["style"] == "hollow" and bar["stale"] for bar in bars),
    }
    told = "; ".join(["Batang mulai dari nol", *(text for text, drawn in signs.items() if drawn)])
    return f"{told}." if bars else ""


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
        "mark": marks(row, told="†"),  # its note stands in the row
        "target": _target(briefing, row),
        "gap": _split(wording.distance(row)),
        "date": wording.short_date(row.as_of),
        "sources": cited,
        "reference": _reference(entry, row.base, numbers),
        "verdict": {
            "state": state(row),
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
        "empty": wording.nothing_known(entry, briefing.period, briefing.regions.office),
        "bar": None,
    }


def state(row: IndicatorRow) -> str:
    """Which sign stands before a verdict: reached, missed, or unjudged."""
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


def _references(entry: Entry) -> list[IndicatorRow]:
    """The province's figures that stand beside those of this entry."""
    found = [_reference_row(entry, base) for base in [row.base for row in entry.rows] or [""]]
    return [row for row in found if row is not None]


def _reference(entry: Entry, base: str, numbers: SourceNumbers) -> dict[str, str] | None:
    row = _reference_row(entry, base)
    if row is None:
        return None
    cited = ", ".join(map(str, numbers.of(row.sources)))
    basis = wording.base(entry.indicator, row.base) if row.base != base and len(entry.indicator.bases) > 1 else ""
    detail = ", ".join(filter(None, (wording.short_date(row.as_of), basis, wording.parts(row))))
    return {"text": wording.value(row) + marks(row), "detail": f"{detail}\N{NO-BREAK SPACE}[{cited}]"}


def _row_notes(briefing: Briefing, entry: Entry, row: IndicatorRow) -> list[str]:
    found = [wording.over_one(row), wording.parts(row)]
    if entry.is_stale(briefing.period):
        found.append(f"data terakhir {wording.long_date(row.as_of)}")
    if row.claim is not None:
        found.append(wording.standing(row.claim, briefing.regions.office))
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
