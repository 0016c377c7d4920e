"""User errors: where, what, what was expected, what to do next; all of them at once.

Three kinds, each with its exit code. Anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

import difflib
import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass

# What keeps a file from being written, by the number of the operating system's error.
UNWRITABLE = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.EFBIG: "berkas terlalu besar untuk tempatnya",
    errno.EROFS: "disk hanya dapat dibaca",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.ENOTDIR: "ada berkas di tempat sebuah folder",
    errno.EEXIST: "ada berkas di tempat sebuah folder",
    errno.EISDIR: "ada folder di tempat sebuah berkas",
}
# What keeps a file from being read.
UNREADABLE = {
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EISDIR: "folder, bukan berkas",
    errno.ENOTDIR: "bukan folder",
}
_SHORTEST, _MOST = 4, 4  # letters of a word that is looked for in others; suggestions at once
AGAIN = "perbaiki, lalu ulangi perintah yang sama"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, in words an analyst can act on (Indonesian)."""

    where: str
    what: str
    expected: str = ""
    next_step: str = ""

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}"]
        if self.expected:
            lines.append(f"  Seharusnya: {self.expected}")
        lines.append(f"  Langkah berikut: {self.next_step or AGAIN}")
        return "\n".join(lines)


class UserError(Exception):
    """A mistake in what we were given; never in this program."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems: tuple[Problem, ...] = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[type, tuple[Problem, ...]]:
        return type(self), self.problems


class ParameterError(UserError):
    """A wrong argument or a wrong file under params/."""

    exit_code = 10


class DataError(UserError):
    """Figures that cannot be read or used."""

    exit_code = 11


class RenderError(UserError):
    """A notebook or a page that could not be made."""

    exit_code = 12


def suggestion(word: str, known: Iterable[str]) -> str:
    """The "Maksud Anda ...?" for a misspelt word; empty when nothing is near.

    Codes and dates are the same digits or nothing: a neighbour of a code is another place.
    """
    by_fold = {name.casefold(): name for name in known}
    near = _same_digits if re.fullmatch(r"[\d\W]+", word) else _near
    found = [by_fold[name] for name in near(word.strip().casefold(), list(by_fold))]
    return f"Maksud Anda {' atau '.join(found)}?" if found else ""


def _same_digits(word: str, known: list[str]) -> list[str]:
    """6471 and 64.71; 12-11-2024 and 2024-11-12."""
    joined, parts = re.sub(r"\D", "", word), sorted(map(int, re.findall(r"\d+", word)))
    return [
        name
        for name in known
        if joined and (re.sub(r"\D", "", name) == joined or sorted(map(int, re.findall(r"\d+", name))) == parts)
    ][:1]


def _near(word: str, known: list[str]) -> list[str]:
    """Spelt almost alike; else all words of it in one name, or all words of a name in it; else spelt much alike."""
    alike = difflib.get_close_matches(word, known, n=1, cutoff=0.85)
    return alike or _same_words(word, known) or difflib.get_close_matches(word, known, n=1, cutoff=0.8)


def _same_words(word: str, known: list[str]) -> list[str]:
    """Not more than three, and of two of which one holds the other only the shorter."""
    longer = [name for name in known if len(word) >= _SHORTEST and all(part in name for part in _parts(word))]
    found = longer or [name for name in known if all(part in word for part in _parts(name))]
    least = [name for name in found if not any(other != name and other in name for other in found)]
    return least if len(least) <= _MOST else []


def _parts(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)
