"""A Dask scheduler with workers on this computer: each a process of its own that shares nothing but the package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

from adminduk.basis.errors import Problem, RenderError
from adminduk.basis.paths import ROOT_VARIABLE

_HOST = ["--host", "127.0.0.1", "--no-dashboard"]
_SCHEDULER = ["-m", "distributed.cli.dask_scheduler", *_HOST, "--port", "0"]
# Without a nanny a worker may have children of its own, and one that was killed stays away.
_WORKER = ["-m", "distributed.cli.dask_worker", *_HOST, "--no-nanny", "--nthreads", "1", "--memory-limit", "0"]
_SECONDS = 60.0


class Machines:
    """Started with the block, and ended with it. RenderError when no scheduler can be started."""

    def __enter__(self) -> Machines:
        self._folder = tempfile.TemporaryDirectory(prefix="mesin-", ignore_cleanup_errors=True)
        self._root = Path(self._folder.name)
        self.processes: list[subprocess.Popen[bytes]] = []
        told = self._root / "penjadwal.json"
        self._start("penjadwal", [*_SCHEDULER, "--scheduler-file", str(told)])
        until = time.monotonic() + _SECONDS
        while not told.exists():
            if time.monotonic() > until or self.processes[0].poll() is not None:
                self.__exit__(None, None, None)
                what = "penjadwal Dask tidak dapat dimulai di komputer ini"
                raise RenderError(Problem("SCHEDULER", what, "port yang bebas", "ulangi"))
            time.sleep(0.05)
        self.address: str = json.loads(told.read_text(encoding="utf-8"))["address"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        self._folder.cleanup()

    def hire(self, name: str, library: Path | None = None) -> subprocess.Popen[bytes]:
        """One more worker of that name, with the package in the folder ``library`` instead of the installed one."""
        return self._start(name, [*_WORKER, "--name", name, "--local-directory", ".", self.address], library)

    def said(self, name: str) -> str:
        """What the worker of that name wrote into its log."""
        return (self._root / name / "catatan.txt").read_text(encoding="utf-8")

    def _start(self, name: str, arguments: list[str], library: Path | None = None) -> subprocess.Popen[bytes]:
        room = self._root / name
        room.mkdir()
        environment = {key: value for key, value in os.environ.items() if key != ROOT_VARIABLE}
        if library:
            environment["PYTHONPATH"] = str(library)
        with (room / "catatan.txt").open("wb") as log:
            process = subprocess.Popen([sys.executable, *arguments], cwd=room, env=environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process
