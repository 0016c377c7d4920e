"""Typst source from the bundles that a report displays.

A bundle becomes one call of a function of the template with one Typst literal as argument. Text
travels only inside string literals, so nothing in the data can be read as Typst code or markup.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adminduk.basis.errors import Problem, RenderError

BUNDLE = "application/vnd.adminduk+json"
VERSION = 1

# kind of bundle: (function of the template, keys that it cannot do without)
_KINDS: dict[str, tuple[str, frozenset[str]]] = {
    "summary": ("ringkasan", frozenset({"caption", "columns", "rows", "notes"})),
    "sentence": ("kalimat", frozenset()),
    "table": ("tabel", frozenset({"caption", "columns", "rows"})),
    "figure": ("gambar", frozenset({"caption", "svg", "alt", "width_mm", "height_mm"})),
    "checklist": ("daftar-periksa", frozenset({"caption", "items"})),
    "notes": ("keterangan-blok", frozenset({"blocks"})),
    "sources": ("daftar-sumber", frozenset({"items"})),
    "recap": ("rekap", frozenset({"caption", "stub", "columns", "rows", "legend", "notes", "sources"})),
    "matrix": ("matriks", frozenset({"caption", "unit", "columns", "rows", "groups", "widths", "notes"})),
    "numbered": ("daftar-bernomor", frozenset({"items"})),
    "ruled": ("tabel-uraian", frozenset({"caption", "columns", "rows", "widths", "alerts", "alert", "row_mm"})),
    "deed": ("pembuka-berita", frozenset({"title", "meeting", "number", "paragraphs"})),
    "signatures": ("tanda-tangan", frozenset({"closing", "offices", "dated", "heads"})),
}
_EMPTY_ROW = {
    "detail": "",
    "value": "",
    "mark": "",
    "target": "",
    "gap": "",
    "change": "",
    "date": "",
    "sources": [],
    "reference": None,
    "verdict": {"state": "none", "text": ""},
    "note": "",
    "empty": "",
    "bar": None,
}
_EMPTY_BAR = {"target": None, "reference": None, "style": "solid", "stale": False}
# Characters that no font shows and that only disturb: control (but for line ends and tabs) and surrogate.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")


@dataclass(frozen=True)
class Piece:
    """Typst source of one stretch of a page: a heading's inline content (level > 0) or blocks."""

    typst: str
    level: int = 0
    plain: str = ""


def printable(text: str) -> str:
    """``text`` without characters that cannot stand on paper, with plain line ends."""
    lines = _LINE_END.sub("\n", text).replace("\ufeff", "")
    return _UNPRINTABLE.sub("", lines)


def string(text: str) -> str:
    """A Typst string literal."""
    escaped = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def literal(value: Any) -> str:
    """A Typst literal of the values that JSON knows."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "none"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        named = {printable(str(key)): item for key, item in value.items()}  # Typst takes no key twice
        pairs = [f"{string(key)}: {literal(item)}" for key, item in named.items()]
        return f"({', '.join(pairs)})" if pairs else "(:)"
    if isinstance(value, Sequence):
        return "(" + "".join(f"{literal(item)}, " for item in value) + ")"
    raise TypeError(f"no Typst literal for {type(value).__name__}")


def call(function: str, *arguments: Any) -> str:
    """A call of a function of the template, as a block of its own."""
    return f"#{function}({', '.join(literal(argument) for argument in arguments)})"


def known(payload: Any) -> bool:
    """Whether this is a bundle that the template can print."""
    return isinstance(payload, Mapping) and payload.get("version") == VERSION and payload.get("kind") in _KINDS


def bundle(payload: Mapping[str, Any], where: str) -> list[Piece]:
    """The pieces that print ``payload``; ``where`` names its cell in a message."""
    kind = payload["kind"]
    function, required = _KINDS[kind]
    missing = sorted(required - payload.keys())
    if kind == "sentence" and not {"text", "texts"} & payload.keys():
        missing = ["text"]
    if missing:
        raise RenderError(_incomplete(where, kind, missing))
    if kind == "figure" and not str(payload["alt"]).strip():
        raise RenderError(no_alt(where, f"gambar “{payload['caption']}”"))
    data = _completed(kind, payload)
    if kind == "notes":
        blocks = [_note_block(function, block) for block in data["blocks"]]
        return [piece for block in blocks for piece in block]
    return [*heading(data.pop("heading", ""), data.pop("level", 2)), Piece(call(function, data))]


def heading(text: str, level: int) -> list[Piece]:
    """A heading from data; none when it is empty."""
    return [Piece(f"#{string(text)}", level, text)] if says_something(text) else []


def says_something(text: str) -> bool:
    """Whether there is anything to read: an outline takes no heading of spaces and marks alone."""
    return any(unicodedata.category(char)[0] in "LNPS" for char in printable(text))


def _note_block(function: str, block: Mapping[str, Any]) -> list[Piece]:
    full = {"paragraphs": [], "items": [], **block}
    return [*heading(full.pop("heading", ""), 3), Piece(call(function, full))]


def no_alt(where: str, what: str, next_step: str = "") -> Problem:
    """PDF/UA-1 takes no picture that cannot be read aloud."""
    return Problem(
        where=where,
        what=f"{what} tidak mempunyai teks alternatif",
        expected="teks yang mengatakan temuan gambar itu beserta angkanya",
        next_step=next_step or "isi teks alternatif (alt) gambar itu, lalu jalankan lagi",
    )


def _incomplete(where: str, kind: str, missing: list[str]) -> Problem:
    return Problem(
        where=where,
        what=f"keluaran jenis {kind} tidak lengkap: {', '.join(missing)} tidak ada",
        expected="semua isian yang dipakai templat naskah",
        next_step="perbaiki fungsi laporan yang menampilkan keluaran ini",
    )


def _completed(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """``payload`` with what may be left out filled in, so that the template need not ask."""
    data = {key: value for key, value in payload.items() if key not in ("version", "kind")}
    if kind == "summary":
        data["columns"] = {"reference": "", **data["columns"]}
        data["rows"] = [_completed_row(row) for row in data["rows"]]
    if kind == "checklist":
        data["items"] = [{"detail": "", **item} for item in data["items"]]
    return data


def _completed_row(row: Mapping[str, Any]) -> dict[str, Any]:
    full = {**_EMPTY_ROW, **row}
    if full["bar"] is not None:
        full["bar"] = {**_EMPTY_BAR, **full["bar"]}
    if full["reference"] is not None:
        full["reference"] = {"detail": "", **full["reference"]}
    return full
