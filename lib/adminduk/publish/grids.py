"""What a report prints as a table, whatever its kind, as one description of a table: for the Excel annex."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from adminduk.basis.errors import Problem, RenderError
from adminduk.present.tables import Column, Table

Payload = Mapping[str, Any]
# Parts of a cell in the order in which they are printed, and those that are no words.
_SAID = ("name", "label", "value", "text", "target", "detail", "small")
_UNSAID = ("align", "key", "mark", "state")


def grid(payload: Payload, heading: str = "") -> Table | None:
    """The table that a bundle is; None for one that is no table. ``heading`` stands above it in the report.

    A kind that is not known here is read as a table when it has columns and rows. RenderError when something of it is
    missing.
    """
    kind = payload.get("kind", "")
    make = _KINDS.get(kind) or (_any if {"columns", "rows"} <= payload.keys() else None)
    try:
        return make({"heading": heading, **payload}) if make else None
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        what = f"keluaran jenis {kind} tidak lengkap ({error})"
        next_step = "perbaiki fungsi laporan yang menampilkan keluaran ini"
        raise RenderError(Problem("lampiran Excel", what, "tabel dengan judul, kolom, dan baris", next_step)) from error


def _table(payload: Payload) -> Table:
    return Table(
        caption=payload["caption"],
        unit=payload.get("unit", ""),
        columns=[Column(column["label"], column.get("align", "left")) for column in payload["columns"]],
        rows=payload["rows"],
        sources=payload.get("sources", ()),
        notes=payload.get("notes", ()),
        groups=[(group["label"], group["start"]) for group in payload.get("groups", ())],
        spanners=[(item["label"], item["first"], item["last"]) for item in payload.get("spanners", ())],
        totals=payload.get("total_rows", ()),
    )


def _summary(payload: Payload) -> Table:
    """Page 1: what stands there under a figure has a column of its own here; bars are left out."""
    words = payload["columns"]
    columns = [
        Column(words["label"]),
        Column("Penyebut"),
        Column(words["value"], "decimal"),
        Column(words["target"], "decimal"),
        Column("Tahun target"),
        Column(words["gap"], "decimal"),
        Column(words["change"], "decimal"),
        Column("Perubahan sejak"),
        Column(words["reference"], "decimal"),
        Column("Keterangan provinsi"),
        Column(words["date"]),
        Column(words["source"]),
        Column("Penilaian"),
        Column("Catatan"),
    ]
    rows = [[*_summary_row(row)] for row in payload["rows"]]
    sources = {number for row in payload["rows"] for number in row["sources"]}
    # Its bracketed numbers stand in the cells themselves.
    return _without_empty(Table(payload["caption"], payload["unit"], columns, rows, sorted(sources), payload["notes"]))


def _summary_row(row: Payload) -> Iterator[str]:
    target, gap, beside = (row[key] or {} for key in ("target", "gap", "reference"))
    change, since = _change(row["change"] or {})
    yield from (row["label"], row["detail"], row["value"] + row["mark"])
    yield from (target.get("text", ""), target.get("detail", ""))
    yield from (_joined(gap), change, since)
    yield from (beside.get("text", ""), beside.get("detail", ""))
    yield from (row["date"], ", ".join(map(str, row["sources"])))
    yield from (row["verdict"]["text"], "; ".join(filter(None, (row["empty"], row["note"]))))


def _change(told: Payload) -> tuple[str, str]:
    """ "+0,25 poin persen" and the day it is counted from."""
    figure, _, since = _joined(told).partition(" sejak ")
    return figure, since


def _recap(payload: Payload) -> Table:
    """The regencies by the indicators: of each its figure, the verdict in words, and what is said under the figure."""
    states = {item["state"]: item["text"] for item in payload["legend"]}
    columns, spanners = [Column(payload["stub"]), Column("Kode dan jenis")], []
    for head in payload["columns"]:
        label = ", ".join(filter(None, (head["label"], head["target"], head["detail"])))
        spanners.append((label, len(columns), len(columns) + 2))
        columns += [Column("Angka", "decimal"), Column("Penilaian"), Column("Keterangan")]
    rows = [
        [row["name"], row["detail"], *chain.from_iterable(_recap_cell(cell, states) for cell in row["cells"])]
        for row in payload["rows"]
    ]
    totals = [place for place, row in enumerate(payload["rows"]) if row["total"]]
    unit = payload.get("unit", "persen dari penyebut yang disebut")
    table = Table(payload["caption"], unit, columns, rows, payload["sources"], payload["notes"], (), spanners, totals)
    return _without_empty(table)


def _recap_cell(cell: Payload, states: Mapping[str, str]) -> list[str]:
    return [cell["value"] + cell["mark"], states.get(cell["state"], ""), "; ".join(cell["small"])]


def _checklist(payload: Payload) -> Table:
    rows = [[item["text"], item.get("detail", ""), ""] for item in payload["items"]]
    columns = [Column("Yang diminta"), Column("Yang ada sekarang"), Column("Sudah dikirim (tanggal)")]
    return Table(payload["caption"], "", columns, rows, (), payload.get("notes", ()))


def _numbered(payload: Payload) -> Table:
    rows = [[str(place), item["subject"], item["text"]] for place, item in enumerate(payload["items"], 1)]
    columns = [Column("No.", "right"), Column("Perihal"), Column("Uraian")]
    return Table(
        payload.get("caption") or payload["heading"] or "Daftar bernomor",
        "",
        columns,
        rows,
        (),
        payload.get("notes", ()),
    )


def _any(payload: Payload) -> Table:
    """A kind that nobody described here: its columns by their words, each cell as one text."""
    heads, keys = _heads(payload["columns"])
    rows = [_cells(row, keys) for row in payload["rows"]]
    wide = max([len(heads), *map(len, rows)])
    heads = [payload.get("stub", ""), *heads] if len(heads) + 1 == wide else heads
    heads += [""] * (wide - len(heads))
    columns = [Column(heads[0]), *(Column(head, "decimal") for head in heads[1:])] if heads else []
    told = (payload.get("unit", ""), columns, [row + [""] * (wide - len(row)) for row in rows])
    return Table(payload["caption"], *told, payload.get("sources", ()), payload.get("notes", ()))


def _heads(columns: Any) -> tuple[list[str], list[str]]:
    """The words over the columns, and the keys under which rows hold them; a word that is empty hides its column."""
    if isinstance(columns, Mapping):
        shown = {key: word for key, word in columns.items() if word}
        return list(map(str, shown.values())), list(shown)
    words = [_joined(column) for column in columns]
    return words, [str(column.get("key", "")) if isinstance(column, Mapping) else column for column in columns]


def _cells(row: Any, keys: Sequence[str]) -> list[str]:
    if not isinstance(row, Mapping):
        return [_joined(cell) for cell in row]
    if "cells" in row:
        return [_joined({key: row[key] for key in ("name", "label") if key in row}), *map(_joined, row["cells"])]
    return [_joined(row.get(key)) for key in keys]


def _joined(value: Any) -> str:
    """Everything that a cell says, a mark right behind its figure. A kept notebook has forgotten the order of keys."""
    if isinstance(value, Mapping):
        texts = [_joined(value[key]) for key in (*_SAID, *sorted(value.keys() - {*_SAID, *_UNSAID})) if key in value]
        if texts and value.get("mark"):
            texts[0] += value["mark"]
        return " ".join(filter(None, texts))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(filter(None, map(_joined, value)))
    return "" if value is None else str(value)


def _without_empty(table: Table) -> Table:
    """Without the columns in which nothing stands or that have no word at their head."""
    kept = [
        place for place, column in enumerate(table.columns) if column.label and any(row[place] for row in table.rows)
    ]
    spanners = []
    for label, first, last in table.spanners:
        under = [new for new, old in enumerate(kept) if first <= old <= last]
        spanners += [(label, under[0], under[-1])] if under else []
    rows = [[row[place] for place in kept] for row in table.rows]
    columns = [table.columns[place] for place in kept]
    told = (table.sources, table.notes, table.groups, spanners, table.totals)
    return Table(table.caption, table.unit, columns, rows, *told)


_KINDS: dict[str, Callable[[Payload], Table]] = {
    "table": _table,
    "matrix": _table,
    "summary": _summary,
    "recap": _recap,
    "checklist": _checklist,
    "numbered": _numbered,
}
