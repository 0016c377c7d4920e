"""The blocks of a page, and a folder in which they are done as a reader would do them.

The word after three backticks says what a block is, and what follows it:

- ``sh``: commands, each with exit code 0; ``sh kode N`` with exit code N; ``sh tidak dijalankan`` cannot be run in a
  test; ``sh sampai ditutup`` runs until the reader closes it
- ``text``: words that the command before has printed; ``…`` stands for more of them
- ``yaml``, ``md`` or ``csv`` and a path: a file of this content; ``tambahkan`` and a path: the same below what is there
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w*) ?(.*)\n((?:.*\n)*?)^```$", re.MULTILINE)
NOT_RUN, UNTIL_CLOSED, ADDED = "tidak dijalankan", "sampai ditutup", "tambahkan "
ENGLISH = {"not run": NOT_RUN}  # as README.md says it
PATIENCE = 900  # seconds
SERVED = re.compile(r"http://(?:localhost|127\.0\.0\.1):\d+")


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, what is said of it, and its lines."""

    kind: str
    about: str
    text: str

    @property
    def commands(self) -> list[str]:
        """Without the words for the reader behind them."""
        lines = (line.partition(" #")[0].strip() for line in self.text.splitlines())
        return [line for line in lines if line]


def blocks(page: Path) -> list[Block]:
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [Block(kind, ENGLISH.get(about, about), *others) for kind, about, *others in found]


class Trial:
    """One reader in a folder of his own."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self.root, self.environment, self.printed = root, environment, ""

    def do(self, block: Block) -> None:
        """What the block asks for; AssertionError when it does not come out as the page says."""
        if block.kind == "sh" and block.about == UNTIL_CLOSED:
            for command in block.commands:
                self._open_and_close(command)
        elif block.kind == "sh" and block.about != NOT_RUN:
            expected = int(block.about.removeprefix("kode ") or 0)
            for command in block.commands:
                code, self.printed = self.run(command)
                assert code == expected, f"{command}\n{code}, not {expected}\n{self.printed}"
        elif block.kind == "text":
            assert [part for part in _parts(block.text) if part not in folded(self.printed)] == [], self.printed
        elif block.about:
            self._write(block)

    def run(self, command: str) -> tuple[int, str]:
        """Exit code of the program, also behind make, and everything printed."""
        done = subprocess.run(
            command, shell=True, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=PATIENCE
        )
        told = re.search(r"^make: \*\*\* .* Error (\d+)$", done.stderr, re.MULTILINE)
        return int(told[1]) if told else done.returncode, done.stdout + done.stderr

    def _write(self, block: Block) -> None:
        path = self.root / block.about.removeprefix(ADDED)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if block.about.startswith(ADDED) else ""
        path.write_text(before + block.text, encoding="utf-8")

    def _open_and_close(self, command: str) -> None:
        """Run until an address is told, then end it as a closed terminal does; nothing of it may stay."""
        log = self.root.parent / "terbuka.txt"
        with log.open("w") as stream:
            program = subprocess.Popen(
                command, shell=True, cwd=self.root, env=self.environment, stdout=stream, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        try:
            end = time.monotonic() + PATIENCE
            while not SERVED.search(log.read_text()):
                assert program.poll() is None and time.monotonic() < end, log.read_text()
                time.sleep(0.2)
        finally:
            os.killpg(program.pid, signal.SIGTERM)
            program.wait(PATIENCE)
        assert "Traceback" not in log.read_text()


def folded(text: str) -> str:
    return " ".join(text.split())


def _parts(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, folded(text).split("…")))
