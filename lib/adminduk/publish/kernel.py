"""The kernel that a report runs in."""

from __future__ import annotations

import subprocess
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class QuietKernelManager(AsyncKernelManager):
    """A kernel whose own chatter stays out of the terminal; what cells print goes into the notebook anyway."""

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return await super()._async_pre_start_kernel(**{**silent, **options})
