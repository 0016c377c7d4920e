"""User errors: where, what, what was expected, what to do next; all of them at once.

Three kinds, each with its exit code. Anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

import difflib
import errno
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
}


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
        if self.next_step:
            lines.append(f"  Langkah berikut: {self.next_step}")
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
    """The "Maksud Anda ...?" for a misspelt word; empty when nothing is near."""
    by_fold = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.7)
    return f"Maksud Anda {by_fold[near[0]]}?" if near else ""
