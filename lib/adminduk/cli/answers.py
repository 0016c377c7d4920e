"""What a user typed, read."""

from __future__ import annotations

from datetime import date

from adminduk.basis.errors import ParameterError, Problem


def agreed(where: str, text: str) -> bool:
    """Whether the user said yes; ParameterError for a word that is neither yes nor no."""
    answers = {"": False, "no": False, "tidak": False, "yes": True, "ya": True}
    if text.casefold() not in answers:
        raise ParameterError(Problem(where, f"{text!r} bukan ya atau tidak", "yes atau kosong", "contoh: REPLACE=yes"))
    return answers[text.casefold()]


def day(where: str, text: str) -> date:
    """The day that was given; ParameterError when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = Problem(where, f"{text!r} bukan tanggal", "YYYY-MM-DD, misalnya 2024-11-15", "perbaiki tanggalnya")
        raise ParameterError(problem) from None
