"""All markdown and HTML of one notebook as Typst, through one call of pandoc."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, unquote_to_bytes

from adminduk.basis.errors import Problem, RenderError
from adminduk.publish.typeset import Piece, no_alt, printable, says_something

_SCRIPT = Path(__file__).parent / "templates" / "potongan.lua"
_SECONDS = 60
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_DEFINITION = re.compile(r"^(?:[ \t>]|[-*+]|\d+[.)]|\[[ xX]\])*\[\^[^\]\n]+\]:", re.MULTILINE)
_AFTER_BLANK = re.compile(r"\n[ \t]*\n(?=[^ \t\n])")
_NEXT_DEFINITION = re.compile(r"^(\[\^[^\]\n]+\]:[^\n]*)\n(?=\[\^[^\]\n]+\]:)", re.MULTILINE)
_WRITE_ALT = "tulis isinya di antara kurung siku: ![isi gambar](berkas.png)"


@dataclass(frozen=True)
class Snippet:
    """Markdown or HTML of one cell.

    ``flat`` keeps its headings out of the outline; ``boxed`` says that it stands inside a block, where no
    table can have a page of its own; ``literal`` keeps HTML, formulas and pictures as the text that was written.
    """

    where: str
    text: str
    format: Literal["markdown", "html"] = "markdown"
    flat: bool = False
    boxed: bool = False
    literal: bool = False
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def convert(snippets: Sequence[Snippet], folder: Path | None = None) -> tuple[list[list[Piece]], dict[str, bytes]]:
    """The pieces of each snippet, and the images to put beside the source."""
    if not snippets:
        return [], {}
    pieces: list[list[Piece]] = []
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for snippet, answer in zip(snippets, _answers(list(map(_question, snippets))), strict=True):
        pieces.append([_piece(piece) for piece in answer["pieces"]])
        for image in answer["images"]:
            content = _image(image, snippet, folder)
            if isinstance(content, Problem):
                problems.append(content)
            else:
                files[image["name"]] = content
    if problems:
        raise RenderError(*problems)
    return pieces, files


def is_picture(content: bytes) -> bool:
    """Whether Typst can show these bytes."""
    return content.startswith(_MAGIC) or b"<svg" in content[:4096]


@cache
def program() -> str:
    import pypandoc  # only a notebook with markdown needs it

    return str(pypandoc.get_pandoc_path())


def _question(snippet: Snippet) -> dict[str, Any]:
    text = readable(snippet)
    return {
        "text": text,
        "format": snippet.format,
        "flat": snippet.flat,
        "boxed": snippet.boxed,
        "literal": snippet.literal,
        "key": _key(snippet),
    }


# What pandoc answered already: most snippets of a notebook are the same for every region.
_ANSWERED: dict[str, dict] = {}
_MOST_ANSWERED = 1000


def _answers(questions: Sequence[dict[str, Any]]) -> list[dict]:
    asked = {json.dumps(question, sort_keys=True): question for question in questions}
    known = {key: _ANSWERED[key] for key in asked if key in _ANSWERED}
    new = {key: question for key, question in asked.items() if key not in known}
    if new:
        known.update(zip(new, pandoc(_SCRIPT, list(new.values())), strict=True))
        if len(_ANSWERED) > _MOST_ANSWERED:
            _ANSWERED.clear()
        _ANSWERED.update(known)
    return [known[key] for key in map(partial(json.dumps, sort_keys=True), questions)]


def pandoc(script: Path, question: Sequence[Any], seconds: float = _SECONDS) -> list[dict]:
    """What a script of ours answers, run by pandoc: one process for the whole notebook, starting costs more than work.

    RenderError when there is no answer within ``seconds``.
    """
    call = [program(), "lua", str(script)]
    try:
        done = subprocess.run(
            call, input=json.dumps(question).encode(), capture_output=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        what = f"teks sel markdown tidak selesai dibaca dalam {seconds:g} detik"
        problem = Problem("naskah", what, "Markdown yang wajar", "sederhanakan sel markdown, lalu jalankan lagi")
        raise RenderError(problem) from None
    if done.returncode:
        raise RuntimeError(f"pandoc: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)


def readable(snippet: Snippet) -> str:
    text = printable(snippet.text)
    if snippet.format == "html":
        return text
    # Without an empty line between them pandoc takes two footnotes for one.
    return _without_nested_notes(_NEXT_DEFINITION.sub(r"\1\n\n", text))


def _without_nested_notes(text: str) -> str:
    """Footnotes whose own text refers to footnotes as plain characters: pandoc never ends one that names itself."""
    done, place = [], 0
    while found := _DEFINITION.search(text, place):
        end = _AFTER_BLANK.search(text, found.end()) if found[0].startswith("[^") else None
        stop = end.start() if end else len(text)
        body = re.sub(r"\[\^", "[\u200b^", text[found.end() : stop])
        done += [text[place : found.end()], body]
        place = stop
    return "".join([*done, text[place:]])


def _piece(piece: Mapping[str, Any]) -> Piece:
    """A heading without a letter has no place in an outline; what it holds is set as text."""
    return Piece(piece["typst"], piece["level"] if says_something(piece["plain"]) else 0, piece["plain"])


def _key(snippet: Snippet) -> str:
    """Part of the names of its images: snippets that say the same show the same."""
    whole = json.dumps([snippet.text, snippet.attachments], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _image(image: Mapping[str, str], snippet: Snippet, folder: Path | None) -> bytes | Problem:
    source = image["src"]
    name = "gambar sisipan" if source.startswith("data:") else f"gambar {unquote(source)}"
    if not image["alt"].strip():
        return no_alt(snippet.where, name, _WRITE_ALT)
    if re.match(r"(?i)(https?|ftp):|//", source):
        return Problem(
            where=snippet.where,
            what=f"{name} berada di alamat lain dan tidak dapat dicetak",
            expected="gambar yang disisipkan ke sel atau berkas di folder notebook",
            next_step="unduh gambar itu, lalu seret ke dalam sel",
        )
    content = _content(source, snippet.attachments, folder)
    if content is None or not is_picture(content):
        return Problem(
            where=snippet.where,
            what=f"{name} tidak ditemukan atau bukan gambar",
            expected="PNG, JPEG, GIF, WebP atau SVG di folder notebook atau dalam sel",
            next_step="periksa nama berkas gambar itu",
        )
    return content


def _content(source: str, attachments: Mapping[str, Mapping[str, str]], folder: Path | None) -> bytes | None:
    if source.startswith("data:"):
        head, _, body = source.partition(",")
        return decoded(body) if head.endswith(";base64") else unquote_to_bytes(body)
    if source.startswith("attachment:"):
        found = attachments.get(unquote(source.removeprefix("attachment:")), {})
        return decoded(next(iter(found.values()), ""))
    return _file(unquote(source), folder)


def decoded(text: str) -> bytes | None:
    """Bytes of base64 text; None when it is not."""
    try:
        return base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return None


def _file(name: str, folder: Path | None) -> bytes | None:
    """A file in the notebook's own folder or below it, never outside."""
    if folder is None:
        return None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return path.read_bytes()
