"""The exporter ``naskah``: an executed notebook becomes a PDF that can be handed out.

The notebook becomes Typst source (:func:`typst_source`), the source a PDF/UA-1 document
(:func:`compile_pdf`). Both are functions of their input: the same notebook gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from adminduk.basis.errors import RenderError
from adminduk.publish.compiler import Naskah, compile_pdf, print_pdf
from adminduk.publish.markdown import Snippet, convert
from adminduk.publish.outputs import Part, document, parts
from adminduk.publish.typeset import Piece, literal

__all__ = ["Naskah", "NaskahExporter", "compile_pdf", "typst_source"]

# Tables that may get a page that lies on its side.
_LYING = ("#tabel-bebas(", "#matriks(")
_DOCUMENT = (
    "title_prefix",
    "region_code",
    "region_name",
    "as_of_text",
    "period",
    "meeting",
    "language",
    "simulated",
    "data_hash",
    "status",
)


class NaskahExporter(Exporter):
    """``jupyter nbconvert --to naskah``, and an entry in JupyterLab's export menu."""

    export_from_notebook = "PDF naskah"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kwargs: Any) -> tuple[bytes, Any]:
        notebook, resources = super().from_notebook_node(nb, resources, **kwargs)
        metadata = resources.get("metadata", {})
        folder = Path(metadata["path"] or ".") if "path" in metadata else None
        naskah = typst_source(notebook, metadata.get("name", ""), folder)
        resources["output_extension"] = self.file_extension
        printed = print_pdf(naskah)
        for box in printed.boxes:
            self.log.warning("%s", box)
        return printed.pdf, resources


def typst_source(nb: NotebookNode, name: str = "", folder: Path | None = None) -> Naskah:
    """The Typst source of an executed notebook.

    ``name`` stands in messages, and in the masthead when the notebook has no title; pictures that
    markdown names as files are looked for in ``folder``.
    """
    shown = list(parts(nb, name or "notebook"))
    printed, files = _printed(shown, folder)
    about = document(nb)
    title, flow = _title(printed)
    if about:
        flow = without_empty_sections(flow)
    page = _Page(title or name or "Naskah", about)
    for part, pieces in flow:
        page.add(part, pieces)
    for part in shown:
        files.update(part.files)
    return Naskah(
        "\n".join(page.lines) + "\n", files, about.get("date", ""), tuple(page.places), int(about.get("most_pages", 0))
    )


def _printed(shown: Sequence[Part], folder: Path | None) -> tuple[list[tuple[Part, list[Piece]]], dict[str, bytes]]:
    """Each part with its pieces: one call of pandoc for all that need it."""
    snippets = [part.content for part in shown if isinstance(part.content, Snippet)]
    problems = [problem for part in shown if isinstance(part.content, RenderError) for problem in part.content.problems]
    converted, files = [], {}
    try:
        converted, files = convert(snippets, folder)
    except RenderError as error:
        problems += error.problems
    if problems:  # all at once, in the order of the notebook
        places = {part.where: place for place, part in reversed(list(enumerate(shown)))}
        raise RenderError(*sorted(problems, key=lambda problem: places.get(problem.where, -1)))
    queue = iter(converted)
    return [(part, next(queue) if isinstance(part.content, Snippet) else part.content) for part in shown], files


def _title(
    printed: Sequence[tuple[Part, list[Piece]]],
) -> tuple[str, list[tuple[Part, list[Piece]]]]:
    """The first level-1 heading, which moves to the masthead, and the rest."""
    title = ""
    flow = []
    for part, pieces in printed:
        index = next((i for i, piece in enumerate(pieces) if piece.level == 1), None)
        if not title and index is not None:
            title = pieces[index].plain
            pieces = pieces[:index] + pieces[index + 1 :]
        flow.append((part, pieces))
    return title, flow


def without_empty_sections(
    flow: Sequence[tuple[Part, list[Piece]]],
) -> list[tuple[Part, list[Piece]]]:
    """A report's headings under which nothing is said are left out: no page of empty questions."""
    kept: list[tuple[Part, list[Piece]]] = []
    following: int | None = 0  # level of the heading that comes next; 0 at the end; None for content
    for part, pieces in reversed(flow):
        stay: list[Piece] = []
        for piece in reversed(pieces):
            if piece.level and following is not None and following <= piece.level:
                continue
            following = piece.level or None
            stay.append(piece)
        kept.append((part, stay[::-1]))
    return kept[::-1]


class _Page:
    """The source as it grows, and which of its lines comes from which cell."""

    def __init__(self, title: str, about: Mapping[str, Any]) -> None:
        about = {key: about[key] for key in _DOCUMENT if about.get(key) is not None}
        names = (about.get("region_name"), about.get("as_of_text"))
        full = " - ".join(text for text in (title, *names) if text)
        if about.get("title_prefix"):
            full = f"{about['title_prefix']} {full}"
        self.lines = [
            '#import "naskah.typ": *',
            "#show: naskah.with(",
            f"  dokumen: {literal(about)},",
            f"  judul: {literal(title)},",
            f"  judul-pdf: {literal(full)},",
            ")",
        ]
        self.places: list[tuple[int, str]] = []
        self._level = 0
        self._page_is_full = False

    def add(self, part: Part, pieces: Sequence[Piece]) -> None:
        blocks = [block for piece in pieces for block in self._blocks(piece)]
        if not blocks:
            return
        if part.kind == "remark":
            blocks = ["#catatan[", *blocks, "]"]
        if blocks[0].startswith(_LYING):
            blocks[0] = self._with_headings(blocks[0])
        self.places.append((self._next_line(), part.where))
        self.lines += ["", *blocks]
        self._page_is_full = self._page_is_full or part.kind == "summary"

    def _blocks(self, piece: Piece) -> Iterator[str]:
        if piece.level == 0:
            yield piece.typst
            return
        if self._page_is_full:  # page 1 stands alone: what follows its table starts anew
            yield "#pagebreak(weak: true)"
            self._page_is_full = False
        # The title is level 1 in a notebook; on paper it stands in the masthead. No level is
        # skipped: PDF/UA takes none that is.
        self._level = max(1, min(piece.level - 1, self._level + 1))
        yield f"#heading(depth: {self._level})[{piece.typst}]"

    def _with_headings(self, table: str) -> str:
        """A table takes the headings right above it along, should it get a page that lies on its side."""
        headings = []
        for index in range(len(self.lines) - 1, -1, -1):
            if self.lines[index] and not self.lines[index].startswith("#heading("):
                break
            headings.append(self.lines[index])
            self.lines[index] = ""  # the line stays: others are counted from it
        above = " ".join(filter(None, reversed(headings)))
        function, arguments = table.split("(", 1)
        return f"{function}(atasnya: [{above}], {arguments}" if above else table

    def _next_line(self) -> int:
        return sum(block.count("\n") + 1 for block in self.lines) + 1
