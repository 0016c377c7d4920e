"""Which engine runs the notebooks: the setting ADMINDUK_ENGINE."""

from __future__ import annotations

import os
import sys

from adminduk.basis.errors import ParameterError, Problem

VARIABLE = "ADMINDUK_ENGINE"
FORK, KERNEL = "fork", "kernel"
PAPERMILL = {FORK: "adminduk", KERNEL: "nbclient"}  # what papermill calls them


def engine() -> str:
    """``fork`` or ``kernel``; ParameterError for another word, or for a fork where it cannot be."""
    able = sys.platform == "linux" and hasattr(os, "fork")
    chosen = os.environ.get(VARIABLE) or (FORK if able else KERNEL)
    allowed = (FORK, KERNEL) if able else (KERNEL,)
    if chosen not in allowed:
        raise ParameterError(
            Problem(
                where=f"pengaturan {VARIABLE}",
                what=f"berisi '{chosen}'",
                expected=" atau ".join(allowed),
                next_step="hapus pengaturan itu, atau isi dengan salah satu nilai tersebut",
            )
        )
    return chosen
