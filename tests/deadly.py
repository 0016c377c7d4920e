"""Jobs that bring trouble to whoever builds them, wherever that is."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from adminduk.publish.plan import Job

HERE = Path(__file__).parent


class Deadly(Job):
    """Kills the process: as a job does that takes all memory."""

    @property
    def parameters(self) -> dict[str, str]:
        os.kill(os.getpid(), signal.SIGKILL)
        return super().parameters


class Surprising(Job):
    """Meets a bug of ours."""

    @property
    def parameters(self) -> dict[str, str]:
        return {"angka": str(int("x"))}
