"""The preview while the program itself is edited: the processes that print are begun anew, and none is left."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pypdfium2
import pytest

from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.publish.provenance import LIBRARY

WAIT = 180


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program that may be edited."""
    copy = tmp_path / "pustaka" / "adminduk"
    shutil.copytree(LIBRARY, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def preview(program: Path, desk: Paths, tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a preview of Berau by that copy, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = ["preview", "--region", "Berau", "--no-browser", "--port", str(port)]
    command = [sys.executable, "-X", "faulthandler", "-c", "from adminduk.cli import main; main()", *asked]
    environment = os.environ | {"PYTHONPATH": str(program.parent), ROOT_VARIABLE: str(desk.root)}
    with (tmp_path / "pratinjau.txt").open("w") as log:
        # Where tests run in the background of a script, interrupts are ignored from the start.
        heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, preexec_fn=heed)
    yield f"http://127.0.0.1:{port}", process
    process.kill()
    process.wait()


def shown(address: str, is_so: Callable[[dict], bool]) -> dict:
    """What the page is told, as soon as it is so."""
    until = time.monotonic() + WAIT
    told: dict = {}
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/keadaan", timeout=10) as answer:
                told = json.load(answer)
        except OSError:  # it is starting
            told = {}
        if told and not told["is_working"] and is_so(told):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def front(address: str) -> str:
    with urllib.request.urlopen(f"{address}/naskah.pdf", timeout=10) as answer:
        pdf = answer.read()
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def processes(process: subprocess.Popen[bytes], program: Path) -> list[psutil.Process]:
    """All that run because of this preview: the prepared process and the kernels are no children of it."""
    family = psutil.Process(process.pid)
    own = [other for other in psutil.process_iter(["environ", "cmdline"])
           if str(program.parent) in ((other.info["environ"] or {}).get("PYTHONPATH") or "")]  # fmt: skip
    return [*family.children(recursive=True), *own]


def ended(process: subprocess.Popen[bytes], log: Path) -> int:
    """Its exit code; AssertionError with where it is held up, and what it told."""
    try:
        return process.wait(WAIT)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        process.wait(WAIT)
        raise AssertionError(log.read_text()[-10_000:]) from None


def test_an_edited_program_prints_at_once_and_leaves_nothing(preview, program: Path, tmp_path: Path):
    address, process = preview
    shown(address, lambda told: told["version"] == 1)
    assert "Capaian Kabupaten Berau" in front(address)
    wording = program / "present" / "summary.py"
    before = wording.read_text(encoding="utf-8")
    wording.write_text(before.replace("Capaian {", "Keadaan {"), encoding="utf-8")
    shown(address, lambda told: told["version"] == 2)
    assert "Keadaan Kabupaten Berau" in front(address)
    wording.write_text("def", encoding="utf-8")
    assert "SyntaxError" in shown(address, lambda told: told["error"])["error"]
    wording.write_text(before, encoding="utf-8")
    shown(address, lambda told: told["version"] == 3 and not told["error"])
    assert "Capaian Kabupaten Berau" in front(address)
    left = processes(process, program)
    commands = [other.info["cmdline"] for other in left if hasattr(other, "info")]
    assert any("adminduk.publish.engine.nursery" in command for command in commands)
    process.send_signal(signal.SIGINT)
    assert ended(process, tmp_path / "pratinjau.txt") == 130
    _, alive = psutil.wait_procs(left, timeout=5)
    assert alive == []
    assert "Traceback" not in (tmp_path / "pratinjau.txt").read_text().rpartition("Dicetak dalam")[2]
