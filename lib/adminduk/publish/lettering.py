"""The text in an SVG, made so that Typst can set it.

Typst sets it with a shaper of its own: that knows no list of faces, loses joined letters (a vowel above, half of an
emoji) when it must look for them in a second face, and gives their later signs no character, which PDF/UA-1 refuses.
So an emoji is written without its variants, a label with other joined letters is given one face that has all of it,
and where need be it becomes a picture; what it says stands in the alternative text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Set
from html import unescape

_ROOT = re.compile(r"<svg\b[^>]*>")
_LABEL = re.compile(r"<text\b([^>]*)>(.*?)</text>", re.DOTALL)
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
# What only chooses among the pictures of one emoji or ties several into one, and the letters of a flag.
_VARIANT = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])")
_FLAG = {0x1F1E6 + number: chr(ord("A") + number) for number in range(26)}
# What passes through a filter is drawn as a picture, even if the filter changes nothing.
_FILTER = "<filter id='naskah-label'><feOffset/></filter>"
_THROUGH = " filter='url(#naskah-label)'"
_MAKERS = ("IBM Plex Sans", "Noto Sans")
_MANY_SCRIPTS = "Kurinto Sans"


def written(picture: bytes) -> str:
    """What stands in an SVG, its entities read; other pictures hold no text."""
    return unescape(picture.decode(errors="replace")) if _is_svg(picture) else ""


def replaced(picture: bytes, table: Mapping[int, str]) -> bytes:
    """An SVG with the characters of ``table`` replaced, also where they are written as numbers."""

    def entity(match: re.Match[str]) -> str:
        return table.get(int(match[1], 16) if match[1] else int(match[2]), match[0])

    return _changed(picture, lambda text: _ENTITY.sub(entity, text).translate(table))


def settable(picture: bytes, families: Set[str]) -> bytes:
    """An SVG with plain emoji, whose labels with joined letters are set in one of ``families`` each."""

    def label(match: re.Match[str]) -> str:
        content = _VARIANT.sub("", match[2]).translate(_FLAG)
        face = "" if "<" in content else _face(unescape(content), families)
        content = f"<tspan font-family='{face}'>{content}</tspan>" if face else content
        return f"<text{match[1]}>{content}</text>"

    return _changed(picture, lambda text: _LABEL.sub(label, text))


def drawn(picture: bytes) -> bytes:
    """An SVG whose labels with joined letters are pictures."""

    def label(match: re.Match[str]) -> str:
        # A letter with its accent may be one character that the face lacks: Typst then looks for its two parts.
        joined = any(map(joins, unicodedata.normalize("NFD", unescape(match[2]))))
        return f"<text{_THROUGH}{match[1]}>{match[2]}</text>" if joined and "filter=" not in match[1] else match[0]

    def labels(text: str) -> str:
        return _ROOT.sub(lambda match: match[0] + _FILTER, _LABEL.sub(label, text), count=1)

    return _changed(picture, labels)


def joins(char: str) -> bool:
    """Whether a character goes with the letter before it: accents, vowel signs, joiners, variants."""
    return unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")


def _is_svg(picture: bytes) -> bool:
    return b"<svg" in picture[:4096] and not picture.startswith(b"#")  # Typst source may hold pictures


def _changed(picture: bytes, change: Callable[[str], str]) -> bytes:
    try:
        return change(picture.decode()).encode() if _is_svg(picture) else picture
    except UnicodeDecodeError:  # in another encoding: it is set as it came
        return picture


def _face(text: str, families: Set[str]) -> str:
    """The face for a label: that of its script, or one of many scripts; none where every letter stands by itself."""
    scripts = {unicodedata.name(char, "").partition(" ")[0] for char in text if not char.isspace()}
    letters = {unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha()}
    if not any(map(joins, text)) or letters <= {"LATIN"}:
        return ""
    own = [f"{maker} {script.title()}" for maker in _MAKERS for script in scripts if len(scripts) == 1]
    return next((name for name in (*own, _MANY_SCRIPTS) if name in families), "")
