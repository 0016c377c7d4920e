"""The sheet that every meeting holds: the regencies by the indicators, on one page that lies on its side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adminduk.basis.catalog import Indicator
from adminduk.measure import recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.recap import Cell
from adminduk.present import wording
from adminduk.present.bundles import Bundle, escape, markdown_text, source_line
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import explanations, marks

STUB = "Kabupaten/kota"
NO_BREAK = "\N{NO-BREAK SPACE}"
_WHY = {
    "ditahan": "ditahan, perlu diperbaiki",
    "kata": "pernyataan tanpa angka",
    "berbeda": "pernyataan yang ada berbeda",
    "tidak_dipakai": "angka terbit tidak dipakai",
    "belum_ada": "belum ada angka",
}
_SIGNS = {"reached": "✓", "missed": "▲", "unjudged": "○", "plain": "", "none": "–"}
_LEGEND = {"reached": "mencapai atau melampaui target", "missed": "di bawah target", "unjudged": "tidak dinilai"}


def sheet(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Ten regencies and the province: figure, verdict, people short; whatever differs from the head stands under it."""
    chosen = recap.columns(briefing)
    cells = [[recap.cell(briefing, indicator, place) for indicator in chosen] for place in recap.places(briefing)]
    used = sorted({number for line in cells for cell in line for number in _cited(cell, numbers)})
    payload = {
        "caption": _message(briefing, cells),
        "stub": STUB,
        "columns": [_head(briefing, indicator) for indicator in chosen],
        "rows": [
            {
                "name": line[0].region.short_name,
                "detail": f"{line[0].region.code} · {line[0].region.kind}",
                "total": line[0].region.is_province,
                "cells": [_cell(briefing, cell) for cell in line],
            }
            for line in cells
        ],
        "legend": _legend(briefing, cells),
        "notes": _notes(briefing, cells),
        "sources": used,
    }
    return Bundle("recap", payload, _html(payload), _markdown(payload), _plain(payload))


def _cited(cell: Cell, numbers: SourceNumbers) -> Sequence[int]:
    said = [item.source for item in (cell.lone, cell.told) if item is not None and cell.row is None]
    return numbers.of(cell.row.sources if cell.row else said)


def _message(briefing: Briefing, cells: Sequence[Sequence[Cell]]) -> str:
    """How many regencies are below target at the period's date, indicator by indicator."""
    when, told, complete = wording.long_date(briefing.period.as_of), [], True
    for place, indicator in enumerate(recap.columns(briefing)):
        rows = [line[place].row for line in cells[:-1]]
        judged = [row for row in rows if row and row.verdict and row.as_of.last == briefing.period.as_of]
        missed = sum(row.verdict == "di_bawah" for row in judged)
        if missed:
            told.append(f"{wording.in_sentence(indicator.short.id)} {missed} dari {len(judged)}")
            complete = complete and len(judged) == len(rows)
    if told:
        some = "" if complete else f" menurut angka {when}"
        return f"Kabupaten/kota di bawah target{some}: {wording.listing(told)}"
    return f"Angka terakhir setiap kabupaten/kota yang diketahui sampai {when}"


def _head(briefing: Briefing, indicator: Indicator) -> dict[str, str]:
    """The indicator, its target of the period, and what it is a part of."""
    goal = recap.target(briefing, indicator)
    year = briefing.period.as_of.year
    stated = f"target {wording.target_value(goal)}" if goal else f"tanpa target {year}"
    stated = wording.per_region(goal) if goal and goal.per else stated
    base = wording.base(indicator, next(iter(indicator.bases), ""))
    return {"label": indicator.short.id, "target": stated, "detail": base or "jumlah"}


def _cell(briefing: Briefing, cell: Cell) -> dict[str, Any]:
    row = cell.row
    if row is None:
        return {"state": "none", "value": "", "mark": "", "small": _reason(cell)}
    return {
        "state": state(row),
        "value": wording.value(row),
        "mark": marks(row),
        "small": [*filter(None, (wording.missing(row, cell.indicator), *_apart(briefing, cell, row)))],
    }


def state(row: IndicatorRow) -> str:
    """The sign of a figure; none where nothing was asked for."""
    if row.verdict is not None:
        return "missed" if row.verdict == "di_bawah" else "reached"
    return "unjudged" if row.target is not None else "plain"


def _reason(cell: Cell) -> list[str]:
    """Why a cell is empty; a number without a share stands there as a number."""
    if cell.why == "tanpa_penyebut" and cell.lone is not None:
        about = "sekitar " if cell.lone.approximate else ""
        counted = f"{about}{wording.number(cell.lone.count)} {wording.people(cell.indicator)}"
        return [counted, f"tanpa penyebut, {wording.short_date(cell.lone.as_of)}"]
    said = [wording.short_date(cell.told.as_of)] if cell.told else []
    return [_WHY[cell.why], *said]


def _apart(briefing: Briefing, cell: Cell, row: IndicatorRow) -> list[str]:
    """What the head of the column does not say of this figure: its date, target, base and missing parts."""
    goal = recap.target(briefing, cell.indicator)
    same_day = row.as_of.first == row.as_of.last == briefing.period.as_of
    other = row.target is not None and (goal is None or row.target.value != goal.value)
    first = next(iter(cell.indicator.bases), "")
    base = wording.base(cell.indicator, row.base) if row.base != first else ""
    dated = "" if same_day else wording.short_date(row.as_of)
    aimed = f"target {wording.target(row)}" if other else ""
    return [", ".join(filter(None, (dated, aimed))), base, wording.parts(row)]


def _rows(cells: Sequence[Sequence[Cell]]) -> list[tuple[Indicator, IndicatorRow]]:
    return [(cell.indicator, cell.row) for line in cells for cell in line if cell.row is not None]


def _legend(briefing: Briefing, cells: Sequence[Sequence[Cell]]) -> list[dict[str, str]]:
    """The signs that occur."""
    found = {state(row) for _, row in _rows(cells)}
    return [{"state": key, "text": text} for key, text in _LEGEND.items() if key in found]


def _notes(briefing: Briefing, cells: Sequence[Sequence[Cell]]) -> list[str]:
    """What the dates, marks and empty cells mean."""
    rows = _rows(cells)
    apart = any(row.as_of.last != briefing.period.as_of for _, row in rows)
    day = wording.long_date(briefing.period.as_of)
    dated = f"Tanpa tanggal: keadaan {day}; yang lain bertanggal dan dinilai dengan target tahunnya."
    notes = [dated if apart else f"Semua angka keadaan {day}."] if rows else []
    notes += [note for note in explanations(rows) if not note.startswith(wording.DASH)]
    if not all(recap.target(briefing, indicator) for indicator in recap.columns(briefing)):
        notes.append(f"Tanpa target {briefing.period.as_of.year}: tidak ada target tahun itu yang ditemukan.")
    empty = {cell.why for line in cells for cell in line if cell.row is None}
    notes += [f"Belum ada angka: sampai {day} tidak ada angka yang dimuat; kosong bukan nol."] * ("belum_ada" in empty)
    notes += ["Ditahan: angkanya tidak mungkin benar dan tidak dicetak sampai diperbaiki."] * ("ditahan" in empty)
    for line in cells:
        for cell in line:
            if cell.told is not None:
                told, said = cell.told.words, wording.long_date(cell.told.as_of)
                notes.append(f"{cell.indicator.short.id}: {told} (pernyataan {briefing.regions.office}, {said}).")
    return notes


def _head_text(head: dict[str, str]) -> str:
    return f"{head['label']} ({head['target']})"


def _under(payload: dict[str, Any]) -> list[str]:
    signs = "; ".join(f"{_SIGNS[item['state']]} {item['text']}" for item in payload["legend"])
    bases = "; ".join(f"{head['label']} {head['detail']}" for head in payload["columns"])
    lines = (f"{signs}." if signs else "", f"{bases}.", *payload["notes"], source_line(payload["sources"]))
    return [line for line in lines if line]


def _html(payload: dict[str, Any]) -> str:
    head = "".join(f'<th scope="col">{escape(_head_text(item))}</th>' for item in payload["columns"])
    body = "".join(
        f'<tr{" class=total" if row["total"] else ""}><th scope="row">{escape(row["name"])}</th>'
        f"{''.join(map(_cell_html, row['cells']))}</tr>"
        for row in payload["rows"]
    )
    under = "".join(f'<p class="adminduk-under">{escape(line)}</p>' for line in _under(payload))
    return (
        f'<div class="adminduk-table"><table><caption>{escape(payload["caption"])}</caption><thead><tr>'
        f'<th scope="col">{STUB}</th>{head}</tr></thead><tbody>{body}</tbody></table>{under}</div>'
    )


def _cell_html(cell: dict[str, Any]) -> str:
    sign, small = _SIGNS[cell["state"]], escape("; ".join(cell["small"]))
    if not cell["value"]:
        return f"<td><small>{sign} {small}</small></td>"
    shown = f"{sign}{NO_BREAK}" * bool(sign) + escape(cell["value"] + cell["mark"])
    below = f"<br><small>{small}</small>" if small else ""
    return f'<td><span class="verdict">{shown}</span>{below}</td>'


def _cell_text(cell: dict[str, Any]) -> str:
    figure = f"{_SIGNS[cell['state']]} {cell['value']}{cell['mark']}".strip()
    small = "; ".join(cell["small"])
    return f"{figure} ({small})" if small else figure


def _markdown(payload: dict[str, Any]) -> str:
    lines = [[STUB, *map(_head_text, payload["columns"])], [":---"] * (1 + len(payload["columns"]))]
    lines += [[f"{row['name']} ({row['detail']})", *map(_cell_text, row["cells"])] for row in payload["rows"]]
    table = ["| " + " | ".join(map(markdown_text, line)) + " |" for line in (lines[0], *lines[2:])]
    table.insert(1, "|" + "|".join(lines[1]) + "|")
    under = [f"{markdown_text(line)}\n" for line in _under(payload)]
    return "\n".join([*table, "", f": {markdown_text(payload['caption'])}", "", *under])


def _plain(payload: dict[str, Any]) -> str:
    heads = payload["columns"]
    lines = [
        f"{row['name']}: "
        + "; ".join(f"{h['label']} {_cell_text(cell)}" for h, cell in zip(heads, row["cells"], strict=True))
        for row in payload["rows"]
    ]
    return "\n".join([payload["caption"], *lines, *_under(payload)])
