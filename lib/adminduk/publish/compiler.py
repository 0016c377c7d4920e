"""Typst source to PDF/UA-1: the same source gives the same bytes, on every machine."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from adminduk.basis.errors import Problem, RenderError
from adminduk.publish.fit import fitting
from adminduk.publish.typeset import no_alt

TEMPLATES = Path(__file__).parent / "templates"
STAND_IN = "□"
_NO_WIDTH = "\u200b"
_MAIN = "main.typ"
_A4_INCHES = 210 / 25.4
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_BAD_CODEPOINT = re.compile(r'disallowed codepoint `"(.+?)"`')
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass(frozen=True)
class Naskah:
    """Typst source of one document and the files beside it.

    ``date`` (ISO) is written into the PDF as its time of making; ``places`` says from which line
    on the source comes from which cell, so that a message can name it. ``most_pages`` is the length that
    was asked for (0: any).
    """

    source: str
    files: dict[str, bytes] = field(default_factory=dict)
    date: str = ""
    places: tuple[tuple[int, str], ...] = ()
    most_pages: int = 0

    def place(self, line: int) -> str:
        """The cell that a line of the source comes from."""
        index = bisect_right(self.places, line, key=lambda entry: entry[0]) - 1
        return self.places[index][1] if index >= 0 else "naskah"


def compile_pdf(naskah: Naskah) -> bytes:
    """The PDF; RenderError with the cell when Typst refuses the source."""
    return _compile(naskah, {"format": "pdf", "pdf_standards": ["ua-1"]})


def picture(naskah: Naskah, width: int = 1080) -> bytes:
    """Page 1 as a PNG of ``width`` pixels, to be shared in a chat group."""
    pages = _compile(naskah, {"format": "png", "ppi": width / _A4_INCHES})
    return pages[0] if isinstance(pages, list) else pages


def templates() -> dict[str, bytes]:
    """What generated source imports: it stands beside the source when it is compiled."""
    return {path.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))}


def _compile(naskah: Naskah, options: dict[str, Any], tries: int = 3) -> bytes:
    import typst  # the only place that needs it, and not at hand on every platform

    guilty = cache(lambda: _guilty(naskah, options))
    try:
        content, warnings = _typeset(naskah, options)
    except typst.TypstError as error:
        missing = _missing(error.diagnostic)
        if missing and tries > 0:
            return _compile(_without(naskah, missing), options, tries - 1)
        raise RenderError(*_problems(error, naskah, guilty)) from None
    if warnings:
        raise RenderError(*(problem for item in warnings for problem in _problems(item, naskah, guilty)))
    return content


def _typeset(naskah: Naskah, options: dict[str, Any]) -> tuple[Any, list[Any]]:
    import typst

    with tempfile.TemporaryDirectory(prefix="naskah-") as folder:
        root = Path(folder)
        _write(naskah, root)

        def compiler(density: str) -> Any:
            return typst.Compiler(root / _MAIN, root=root, font_paths=_fonts(), sys_inputs={"kerapatan": density})

        return fitting(compiler, naskah.most_pages).compile_with_warnings(timestamp=_timestamp(naskah.date), **options)


def _guilty(naskah: Naskah, options: dict[str, Any]) -> str:
    """The first cell that cannot be set by itself: Typst does not always say which line it was at."""
    import typst

    lines = naskah.source.split("\n")
    starts = [start - 1 for start, _ in naskah.places] or [len(lines)]
    places = [(0, "naskah"), *naskah.places]  # nothing but the head comes first
    for (start, end), (_, where) in zip(pairwise([starts[0], *starts, len(lines)]), places, strict=True):
        alone = replace(naskah, source="\n".join([*lines[: starts[0]], *lines[start:end]]))
        try:
            _typeset(alone, options)
        except typst.TypstError:
            return where
    return "naskah"


def _write(naskah: Naskah, root: Path) -> None:
    for name, content in {**templates(), **naskah.files}.items():
        (root / name).write_bytes(content)
    (root / _MAIN).write_bytes(naskah.source.encode())


@cache
def _fonts() -> Any:
    """IBM Plex Sans and what Typst brings along; never what a machine happens to have."""
    import fontpkg_ibm_plex_sans as plex
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[Path(plex.ROOT) / "files"],
    )


def _timestamp(date: str) -> datetime:
    try:
        return datetime.fromisoformat(date).replace(tzinfo=UTC) if date else _EPOCH
    except ValueError:
        what = f"tanggal dokumen tidak terbaca: {date}"
        raise RenderError(Problem("naskah", what, "tanggal seperti 2024-11-12", "jalankan notebook lagi")) from None


def _missing(diagnostic: str) -> set[str]:
    """Characters that no font has; PDF/UA allows no empty box in their place."""
    found = _NO_GLYPH.findall(diagnostic) + _BAD_CODEPOINT.findall(diagnostic)
    texts = [_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) for text in found]
    return {char for text in texts for char in text if not char.isascii() and char != STAND_IN}


def _without(naskah: Naskah, missing: set[str]) -> Naskah:
    """The same with a visible box instead of each character that cannot be set, or a space of no width.

    Nothing is deleted: two characters that come to stand side by side could mean something to Typst.
    """
    table = {ord(char): _NO_WIDTH if unicodedata.category(char) in ("Mn", "Me", "Cf") else STAND_IN for char in missing}
    files = {name: _redrawn(content, table) for name, content in naskah.files.items()}
    return replace(naskah, source=naskah.source.translate(table), files=files)


def _redrawn(picture: bytes, table: dict[int, str]) -> bytes:
    """An SVG with its text translated; other pictures hold no text."""
    if b"<svg" not in picture[:4096]:
        return picture
    text = picture.decode(errors="replace")
    return _ENTITY.sub(lambda match: table.get(_code(match), match[0]), text).translate(table).encode()


def _code(entity: re.Match[str]) -> int:
    return int(entity[1], 16) if entity[1] else int(entity[2])


def _problems(report: Any, naskah: Naskah, guilty: Callable[[], str]) -> Iterable[Problem]:
    """One problem for each complaint in Typst's diagnostic."""
    for text in re.split(r"\n(?=error: |warning: )", report.diagnostic.strip()):
        message = text.splitlines()[0].partition(": ")[2]
        line = re.search(rf"{re.escape(_MAIN)}:(\d+):", text)
        where = naskah.place(int(line[1])) if line else guilty()
        if "missing alt text" in message:
            yield no_alt(where, "gambar atau rumus")
        else:
            yield Problem(
                where=where,
                what=f"tidak dapat dicetak: {message}",
                expected="isi sel yang dapat disusun menjadi PDF/UA-1",
                next_step="sederhanakan keluaran sel ini, lalu jalankan lagi",
            )
