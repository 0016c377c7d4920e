"""What a user typed, read; and a word to the one who waits."""

from __future__ import annotations

import sys
from datetime import date

import click

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


def working(what: str) -> None:
    """Say at a terminal what takes a while now; a file or another program gets results only."""
    if sys.stderr.isatty():
        click.echo(f"{what} ...", err=True)
