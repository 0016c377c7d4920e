"""What the cells of an executed notebook show, as pieces of a page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from adminduk.basis.errors import RenderError
from adminduk.present.bundles import NOTHING
from adminduk.publish.markdown import Snippet, decoded, is_picture
from adminduk.publish.typeset import BUNDLE, Piece, bundle, call, heading, known, no_alt

# The first kind that an output has is printed.
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_SNIPPETS = {"text/html": "html", "text/markdown": "markdown", "text/latex": "markdown"}
_PLAIN = "text/plain"
_MOST_LINES = 300
_MOST_CHARACTERS = 60_000
_LONGEST_LINE = 2_000
_EXTENT = re.compile(r"<tbody>((?:(?!<tbody>).)*)</tbody>\s*</table>\s*<p>(\d+) rows × (\d+) columns</p>", re.DOTALL)
_ELLIPSIS = "<th>...</th>"
# matplotlib says of each letter that its own face lacks it; what of it reaches paper is told by the print itself.
_NO_GLYPH = re.compile(r"^.*UserWarning: Glyph \d+ \(.*missing from .*font.*\n?(?:  .*\n?)?", re.MULTILINE)
_FIG_ALT = re.compile(r"^#\|\s*fig-alt:\s*(.+?)\s*$", re.MULTILINE)
_WRITE_ALT = "tulis “#| fig-alt: isi gambar” sebagai baris pertama sel, atau pakai report.figure"


@dataclass(frozen=True)
class Part:
    """One thing that a cell shows; a snippet still has to go through pandoc, an error is told with all others."""

    where: str
    kind: str
    content: list[Piece] | Snippet | RenderError
    files: dict[str, bytes] = field(default_factory=dict)


def document(notebook: NotebookNode) -> Mapping[str, Any]:
    """The first bundle that says which region and period this is; empty for other notebooks."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            payload = output.get("data", {}).get(BUNDLE)
            if isinstance(payload, Mapping) and payload.get("kind") == "document":
                return payload
    return {}


def parts(notebook: NotebookNode, name: str) -> Iterator[Part]:
    """Everything the notebook shows, in its order. Source code is not part of a page."""
    for index, cell in enumerate(notebook.cells):
        where = f"{name}, sel {cell_number(notebook.cells, index)}"
        if cell.cell_type == "markdown":
            yield Part(
                where,
                "markdown",
                Snippet(where, cell.source, attachments=cell.get("attachments", {})),
            )
        for output in cell.get("outputs", []):
            yield from _output(output, cell, where)


def cell_number(cells: Sequence[NotebookNode], index: int) -> int:
    """The number of a cell as the analyst counts: from 1, without the cell of parameters that papermill puts in."""
    return sum("injected-parameters" not in cell.metadata.get("tags", []) for cell in cells[: index + 1])


def streamed(output: NotebookNode) -> str:
    """What a cell printed, as far as it goes on a page; empty when nothing is left."""
    text = strip_ansi(output.text)
    if output.name == "stderr":
        text = _NO_GLYPH.sub("", text)
    return shortened(text.rstrip("\n"))


def _output(output: NotebookNode, cell: NotebookNode, where: str) -> Iterator[Part]:
    if output.output_type == "stream":
        text = streamed(output)
        if text:
            yield _call(where, "pesan" if output.name == "stderr" else "keluaran", text)
    elif output.output_type == "error":
        trace = strip_ansi("\n".join(output.traceback))
        yield _call(where, "galat", output.ename, strip_ansi(output.evalue), shortened(trace))
    else:
        try:
            yield from _data(output, cell, where)
        except RenderError as error:
            yield Part(where, "refused", error)


def _data(output: NotebookNode, cell: NotebookNode, where: str) -> Iterator[Part]:
    data = output.get("data", {})
    payload = data.get(BUNDLE)
    picture = next((kind for kind in PICTURES if kind in data), None)
    snippet = next((kind for kind in _SNIPPETS if kind in data), None)
    if isinstance(payload, Mapping) and payload.get("kind") in ("document", "remark", NOTHING):
        yield from _written(payload, where)
    elif known(payload):
        yield Part(where, payload["kind"], bundle(payload, where))
    elif picture:
        yield _picture(data[picture], alternative(output, cell, picture), where)
    elif snippet:
        yield Part(where, "markdown", Snippet(where, extent_told(data[snippet]), _SNIPPETS[snippet], flat=True))
    else:
        yield from _rest(data, where)


def _written(payload: Mapping[str, Any], where: str) -> Iterator[Part]:
    """The analyst's remark. What the document says of itself stands in the masthead; nothing stays nothing."""
    if payload["kind"] == "remark" and payload.get("markdown", "").strip():
        yield Part(where, "heading", heading(payload.get("heading", ""), 2))
        yield Part(where, "remark", Snippet(where, payload["markdown"], flat=True, boxed=True, literal=True))


def _rest(data: Mapping[str, Any], where: str) -> Iterator[Part]:
    """Plain text, if that is all there is; otherwise the page says what it cannot show."""
    foreign = next((kind for kind in data if kind != _PLAIN), None)
    if foreign:
        payload = data[foreign]
        kind = payload.get("kind", foreign) if foreign == BUNDLE else foreign
        yield _call(where, "tak-tercetak", f"keluaran jenis {kind} tidak dapat dicetak")
    elif _PLAIN in data:
        yield _call(where, "keluaran", shortened(strip_ansi(data[_PLAIN])))


def _picture(content: str, alt: str, where: str) -> Part:
    if not alt.strip():
        raise RenderError(no_alt(where, "gambar", _WRITE_ALT))
    raw = content.encode() if "<svg" in content else decoded(content)
    if raw is None or not is_picture(raw):
        return _call(where, "tak-tercetak", "keluaran jenis gambar ini rusak dan tidak tercetak")
    name = f"gambar-{hashlib.sha256(raw).hexdigest()[:16]}"
    return Part(where, "picture", [Piece(call("lampiran", name, alt))], {name: raw})


def alternative(output: NotebookNode, cell: NotebookNode, kind: str) -> str:
    """From the output's metadata, from the cell's, or from a ``#| fig-alt:`` line in the cell."""
    metadata = output.get("metadata", {})
    of_kind = metadata.get(kind, {})
    of_cell = cell.get("metadata", {})
    comment = _FIG_ALT.search(cell.source)
    candidates = (
        of_kind.get("alt") if isinstance(of_kind, Mapping) else None,
        metadata.get("alt"),
        of_cell.get("alt"),
        of_cell.get("fig-alt"),
        comment[1].strip("\"'") if comment else None,
    )
    return next((str(text) for text in candidates if text), "")


def _call(where: str, function: str, *arguments: str) -> Part:
    return Part(where, function, [Piece(call(function, *arguments))])


def extent_told(text: str) -> str:
    """Under a table that pandas cut: its extent and what is left out, in the page's own words."""

    def told(found: re.Match[str]) -> str:
        rows, columns = int(found[2]), int(found[3])
        left = rows - found[1].count("<tr") + (_ELLIPSIS in found[1])
        rest = f"; {_number(left)} baris tidak dicetak" if left > 0 else ""
        return f"<tbody>{found[1]}</tbody></table><p>{_number(rows)} baris × {_number(columns)} kolom{rest}</p>"

    return _EXTENT.sub(told, text)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _shorter(line: str) -> str:
    rest = len(line) - _LONGEST_LINE
    return line if rest <= 0 else f"{line[:_LONGEST_LINE]}\n… {_number(rest)} karakter lagi tidak dicetak"


def shortened(text: str) -> str:
    """A page is no log: what is cut says so, a line that goes on for pages too."""
    text = "\n".join(map(_shorter, text.split("\n")))
    cut = text[:_MOST_CHARACTERS]
    lines = cut.split("\n")
    rest = text.count("\n") + 1 - min(len(lines), _MOST_LINES)
    if cut == text and rest <= 0:
        return text
    return "\n".join(lines[:_MOST_LINES]) + f"\n… {_number(max(rest, 1))} baris lagi tidak dicetak"
