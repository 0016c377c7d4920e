"""What a user typed, read; and a word to the one who waits."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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


@contextmanager
def working(what: str, always: bool = False) -> Iterator[None]:
    """Say at a terminal what takes a while now, and count the seconds of what takes long.

    A file or another program gets results only, or with ``always`` one line before them.
    """
    if not sys.stderr.isatty():
        if always:
            click.echo(f"{what} ...", err=True)
        yield
        return
    done = threading.Event()
    click.echo(f"{what} ...", err=True, nl=False)
    counter = threading.Thread(target=_count, args=(what, done), daemon=True)
    counter.start()
    try:
        yield
    finally:
        done.set()
        counter.join()
        click.echo(err=True)


@contextmanager
def line_by_line(what: str) -> Iterator[Callable[[str], None]]:
    """A function that prints one result; before each of them it is said what takes a while."""
    with ExitStack() as shown:
        shown.enter_context(working(what))

        def tell(line: str) -> None:
            shown.close()
            click.echo(line)
            shown.enter_context(working(what))

        yield tell


def seconds(start: float) -> str:
    """How long it took since then (of ``time.monotonic``), in words."""
    return f"{time.monotonic() - start:.1f} detik".replace(".", ",")


def _count(what: str, done: threading.Event) -> None:
    start = time.monotonic()
    while not done.wait(1):
        click.echo(f"\r{what} ... {time.monotonic() - start:.0f} detik", err=True, nl=False)
