"""Work in a process of its own, whose memory is given back when it is done.

Typst keeps what it worked out for the last ten documents, half a gigabyte for reports of ten pages, and looks through
it at every one. So a worker of ours has each report set by a fork of itself, which costs no more and leaves nothing.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")
_DEATH_SIGNAL = 1  # of prctl(2)
_allowed = False


def allow() -> None:
    """From now on this process may be forked: no thread of it holds anything, and Typst never ran in it."""
    global _allowed
    _allowed = hasattr(os, "fork")


def apart(function: Callable[..., Result], *arguments: Any) -> Result:
    """What the function returns or raises, in a fork where this process allows it.

    RuntimeError when the fork ends without an answer.
    """
    if not _allowed:
        return function(*arguments)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(writing, function, arguments)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if not told:
        raise RuntimeError(f"proses yang menyusun halaman berhenti ({os.waitstatus_to_exitcode(status)})")
    is_well, answer = pickle.loads(told)
    if is_well:
        return answer
    raise answer


def _answer(writing: int, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Write what the function gives, and end."""
    try:
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)  # nobody sets what nobody waits for
        try:
            told = True, function(*arguments)
        except Exception as error:
            told = False, error
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(told, pipe)
    finally:
        os._exit(0)
