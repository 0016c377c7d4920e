"""Typst source to PDF/UA-1: the same source gives the same bytes, on every machine."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from html import unescape
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from adminduk.basis.errors import Problem, RenderError
from adminduk.publish import lettering
from adminduk.publish.fit import fitting
from adminduk.publish.typeset import no_alt

TEMPLATES = Path(__file__).parent / "templates"
STAND_IN = "□"
_NO_WIDTH = "\u200b"
_REPLACE = "tulis dengan kata atau karakter lain, lalu jalankan lagi"
MAIN = "main.typ"
_A4_INCHES = 210 / 25.4
# Packages that hold fonts, and where in them. The template says which is asked first.
_FONTS = (
    ("fontpkg_ibm_plex_sans", "files"),
    ("fontpkg_ibm_plex_sans_arabic", "files"),
    ("manimgx_fonts",),
    ("weblate_fonts", "static", "weblate_fonts", "kurinto", "ttf"),
)
_PAGE_1 = '#set page("a4", margin: 0pt)\n#image("naskah.pdf", page: 1, width: 100%)\n'
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_BAD_CODEPOINT = re.compile(r'disallowed codepoint `"(.+?)"`')
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_JOINED = "text with missing codepoints"
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass(frozen=True)
class Naskah:
    """Typst source of one document and the files beside it.

    ``date`` (ISO) is written into the PDF as its time of making; ``places`` says from which line
    on the source comes from which cell, so that a message can name it. ``most_pages`` is the length that
    was asked for (0: any); ``density`` how tight it is set (empty: as its length asks).
    """

    source: str
    files: dict[str, bytes] = field(default_factory=dict)
    date: str = ""
    places: tuple[tuple[int, str], ...] = ()
    most_pages: int = 0
    density: str = ""

    def place(self, line: int) -> str:
        """The cell that a line of the source comes from."""
        index = bisect_right(self.places, line, key=lambda entry: entry[0]) - 1
        return self.places[index][1] if index >= 0 else "naskah"


@dataclass(frozen=True)
class Printed:
    """A PDF, and what in its text no font has.

    ``naskah`` is what was set, with its density: a visible box stands in it for each such character. ``boxes`` tells
    the analyst so, one entry for each cell.
    """

    pdf: bytes
    naskah: Naskah
    boxes: tuple[Problem, ...] = ()


def compile_pdf(naskah: Naskah) -> bytes:
    """The PDF; RenderError with the cell when Typst refuses the source."""
    return print_pdf(naskah).pdf


def print_pdf(naskah: Naskah) -> Printed:
    """The PDF and what could not be shown in it; RenderError with the cell when Typst refuses the source."""
    private = _private(naskah)
    content, shown, missing = _compile(_without(naskah, private), {"format": "pdf", "pdf_standards": ["ua-1"]})
    return Printed(content, shown, tuple(_boxes(naskah, private | missing)))


def picture(pdf: bytes, width: int = 1080) -> bytes:
    """Page 1 of a PDF as a PNG of ``width`` pixels, to be shared in a chat group."""
    import typst

    # Typst would draw every page of the source; of the PDF it draws the one that is asked for.
    with tempfile.TemporaryDirectory(prefix="gambar-") as folder:
        root = Path(folder)
        (root / "naskah.pdf").write_bytes(pdf)
        (root / MAIN).write_text(_PAGE_1, encoding="utf-8")
        compiler = typst.Compiler(root / MAIN, root=root, font_paths=_fonts())
        return compiler.compile(format="png", ppi=width / _A4_INCHES)


def templates() -> dict[str, bytes]:
    """What generated source imports: it stands beside the source when it is compiled."""
    return {path.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))}


def _compile(naskah: Naskah, options: dict[str, Any], tries: int = 3) -> tuple[Any, Naskah, set[str]]:
    """What Typst makes, of which source it made it, and the characters that were replaced in that source."""
    import typst  # the only place that needs it, and not at hand on every platform

    guilty = cache(lambda: _guilty(naskah, options))
    try:
        content, warnings, density = _typeset(naskah, options)
    except typst.TypstError as error:
        mended, missing = _mended(naskah, error.diagnostic)
        if mended != naskah and tries > 0:
            content, shown, others = _compile(mended, options, tries - 1)
            return content, shown, missing | others
        raise RenderError(*_problems(error, naskah, guilty)) from None
    if warnings:
        raise RenderError(*(problem for item in warnings for problem in _problems(item, naskah, guilty)))
    return content, replace(naskah, density=density), set()


def _typeset(naskah: Naskah, options: dict[str, Any]) -> tuple[Any, list[Any], str]:
    """What Typst makes, its warnings, and the density that was chosen."""
    import typst

    with tempfile.TemporaryDirectory(prefix="naskah-") as folder:
        root = Path(folder)
        _write(naskah, root)

        @cache
        def compiler(density: str) -> Any:
            return typst.Compiler(root / MAIN, root=root, font_paths=_fonts(), sys_inputs={"kerapatan": density})

        density = naskah.density or fitting(compiler, naskah.most_pages)
        return *compiler(density).compile_with_warnings(timestamp=_timestamp(naskah.date), **options), density


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
    families = frozenset(_fonts().families())
    pictures = {name: lettering.settable(content, families) for name, content in naskah.files.items()}
    for name, content in {**templates(), **pictures}.items():
        (root / name).parent.mkdir(exist_ok=True)  # a report in a pack has a folder
        (root / name).write_bytes(content)
    (root / MAIN).write_bytes(naskah.source.encode())


@cache
def _fonts() -> Any:
    """What the packages named above and Typst bring along; never what a machine happens to have."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=font_folders())


def font_folders() -> list[Path]:
    """Where the fonts of the packages lie."""
    return [Path(str(resources.files(package))).joinpath(*inside) for package, *inside in _FONTS]


def _timestamp(date: str) -> datetime:
    try:
        return datetime.fromisoformat(date).replace(tzinfo=UTC) if date else _EPOCH
    except ValueError:
        what = f"tanggal dokumen tidak terbaca: {date}"
        raise RenderError(Problem("naskah", what, "tanggal seperti 2024-11-12", "jalankan notebook lagi")) from None


def _private(naskah: Naskah) -> set[str]:
    """Characters for private use: a font that happens to have one shows something else than was meant."""
    texts = [naskah.source, *map(lettering.written, naskah.files.values())]
    return {char for text in texts for char in PRIVATE_USE.findall(text)}


def _missing(diagnostic: str) -> set[str]:
    """Characters that no font has; PDF/UA allows no empty box in their place."""
    found = _NO_GLYPH.findall(diagnostic) + _BAD_CODEPOINT.findall(diagnostic)
    texts = [_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) for text in found]
    return {char for text in texts for char in text if not char.isascii() and char != STAND_IN}


def _mended(naskah: Naskah, diagnostic: str) -> tuple[Naskah, set[str]]:
    """The same without what keeps Typst from setting it, as far as we know how, and the characters replaced in it."""
    missing = _missing(diagnostic)
    if _JOINED in diagnostic:
        # A mark that is missed in a label may be there once the label is drawn.
        missing = {char for char in missing if not lettering.joins(char)}
        pictures = {name: lettering.drawn(content) for name, content in naskah.files.items()}
        naskah = replace(naskah, files=pictures)
    return _without(naskah, missing), missing


def _without(naskah: Naskah, missing: set[str]) -> Naskah:
    """The same with a visible box instead of each character that cannot be set, or a space of no width.

    Nothing is deleted: two characters that come to stand side by side could mean something to Typst.
    """
    table = {ord(char): STAND_IN if _visible(char) else _NO_WIDTH for char in missing}
    files = {name: lettering.replaced(content, table) for name, content in naskah.files.items()}
    return replace(naskah, source=naskah.source.translate(table), files=files)


def _visible(char: str) -> bool:
    """Whether a character is one to be seen, and no joiner, mark of direction or choice of a variant."""
    return unicodedata.category(char) != "Cf" and "VARIATION SELECTOR" not in unicodedata.name(char, "")


def _boxes(naskah: Naskah, missing: set[str]) -> Iterator[Problem]:
    """One problem for each cell in which a box stands for a character, in the order of the page."""
    seen = {char for char in missing if _visible(char)}
    drawn = {name: seen & set(lettering.written(content)) for name, content in naskah.files.items()}
    found: dict[str, set[str]] = {}
    for number, line in enumerate(naskah.source.split("\n"), start=1) if seen else ():
        here = (seen & set(unescape(line))).union(*(chars for name, chars in drawn.items() if name in line))
        if here:
            found.setdefault(naskah.place(number), set()).update(here)
    for where, chars in found.items():
        names = ", ".join(f"{char} (U+{ord(char):04X})" for char in sorted(chars))
        what = f"tidak dapat dicetak, diganti kotak {STAND_IN}: {names}"
        yield Problem(where, what, "karakter yang ada di fon", _REPLACE)


def _problems(report: Any, naskah: Naskah, guilty: Callable[[], str]) -> Iterable[Problem]:
    """One problem for each complaint in Typst's diagnostic."""
    for text in re.split(r"\n(?=error: |warning: )", report.diagnostic.strip()):
        message = text.splitlines()[0].partition(": ")[2]
        line = re.search(rf"{re.escape(MAIN)}:(\d+):", text)
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
