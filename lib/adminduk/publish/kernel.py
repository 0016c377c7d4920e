"""The kernel that a report runs in."""

from __future__ import annotations

import subprocess
from typing import Any

from jupyter_client.manager import AsyncKernelManager

# A report shows its tables whole; pandas would cut them after 60 rows or 20 columns.
_WHOLE_TABLES = (
    "__import__('pandas').set_option('display.max_rows', 500, 'display.min_rows', 60, 'display.max_columns', 200)"
)
SETTING = f"--IPKernelApp.exec_lines={_WHOLE_TABLES}"


class QuietKernelManager(AsyncKernelManager):
    """A kernel whose own chatter stays out of the terminal; what cells print goes into the notebook anyway."""

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        arguments = [*options.get("extra_arguments", []), SETTING]
        return await super()._async_pre_start_kernel(**{**silent, **options, "extra_arguments": arguments})
