"""What a user typed, read; and a word to the one who waits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from adminduk.basis.errors import ParameterError, Problem

T = TypeVar("T")


def agreed(where: str, text: str) -> bool:
    """Whether the user said yes; ParameterError for a word that is neither yes nor no."""
    answers = {"": False, "no": False, "tidak": False, "yes": True, "ya": True}
    if text.casefold() not in answers:
        raise ParameterError(Problem(where, f"{text!r} bukan ya atau tidak", "yes atau kosong", f"contoh: {where}=yes"))
    return answers[text.casefold()]


def day(where: str, text: str) -> date:
    """The day that was given; ParameterError when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = f"{text!r} bukan tanggal" if text else "belum diisi"
        problem = Problem(where, what, "YYYY-MM-DD", f"contoh: {where}=2024-11-15")
        raise ParameterError(problem) from None


def together(*answers: Callable[[], T]) -> list[T]:
    """Every answer; ParameterError with the mistakes of all of them."""
    found, problems = [], []
    for answer in answers:
        try:
            found.append(answer())
        except ParameterError as error:
            problems.extend(error.problems)
    if problems:
        raise ParameterError(*problems)
    return found


def working(what: str) -> None:
    """Say at a terminal what takes a while now; a file or another program gets results only."""
    if sys.stderr.isatty():
        click.echo(f"{what} ...", err=True)
