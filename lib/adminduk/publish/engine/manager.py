"""The engine that papermill finds by its entry point, and the kernel manager that it gives to nbclient."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import KernelManager
from papermill.engines import NBClientEngine

from adminduk.publish.engine.dialogue import Dialogue
from adminduk.publish.engine.prepared import Child
from adminduk.publish.kernel import SETTING

GRACE_SECONDS = 3
_LAUNCH = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]


class ForkedKernelManager(KernelManager):
    """A kernel without ports: a child of the prepared process, and a socket to it."""

    _child: Child | None = None
    _dialogue: Dialogue | None = None

    @property
    def has_kernel(self) -> bool:
        return self._child is not None

    async def start_kernel(self, *, extra_arguments: list[str], cwd: str | None = None, **_: Any) -> None:
        self._child = Child()
        arguments = ["-f", self.connection_file, *extra_arguments, SETTING]
        self._dialogue = Dialogue(self._child, cwd or os.getcwd(), arguments)

    def client(self, **_: Any) -> Dialogue:
        return self._dialogue

    async def is_alive(self) -> bool:
        return self._child is not None and self._child.code() is None

    async def interrupt_kernel(self) -> None:
        self._child.interrupt()

    async def shutdown_kernel(self, now: bool = False, **_: Any) -> None:
        """Let it end by itself, with its exit functions; not for long, and not at all when it has to be ``now``."""
        self._child.interrupt()
        if not now:
            self._dialogue.stop()
            until = time.monotonic() + GRACE_SECONDS
            while self._child.code() is None and time.monotonic() < until:
                await asyncio.sleep(0.002)

    async def cleanup_resources(self, restart: bool = False) -> None:
        if self._child is not None:
            self._child.end()


def _is_own(kernel: str) -> bool:
    """Whether the kernel of this name is ipykernel of this Python, started with nothing special."""
    try:
        found = KernelSpecManager().get_kernel_spec(kernel)
    except NoSuchKernel:
        return False
    program, *arguments = found.argv
    here = Path(sys.executable)
    is_here = program in ("python", "python3") or (Path(program).parent == here.parent and here.samefile(program))
    return is_here and arguments == _LAUNCH and not found.env


class ForkEngine(NBClientEngine):
    """Runs a notebook as papermill's own engine does, in a kernel forked from the prepared process.

    A notebook for another kernel than that of this Python runs in that one, as without this engine.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> Any:
        if _is_own(kernel_name):
            settings["kernel_manager_class"] = ForkedKernelManager
        return super().execute_managed_notebook(nb_man, kernel_name, **settings)
