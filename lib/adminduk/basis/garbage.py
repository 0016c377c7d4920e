"""When nobody looks for garbage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Libraries that take what is left at the end for a leak, and tell of it.
_TOLD_OF_LEAKS = {"duckdb", "pikepdf"}


@contextmanager
def no_collection() -> Iterator[None]:
    """Where nothing that is made is garbage, the collector would look through all of it again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def leave() -> None:
    """Let the interpreter end without looking through everything once more, which takes a tenth of a report's time."""
    if not _TOLD_OF_LEAKS & sys.modules.keys():
        gc.freeze()
