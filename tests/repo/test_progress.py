"""At a terminal a command says at once what it is doing; a file or another program gets results only."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys

import pytest

from adminduk.basis.paths import ROOT_VARIABLE, Paths

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
PROGRAM = [sys.executable, "-c", "from adminduk.cli import main; main()"]
SAID = {
    "params": "Memeriksa params/ ...",
    "notebooks": "Memeriksa notebook ...",
    "check": "Memeriksa data/published ...",
    "template": "Menulis formulir ...",
    "program": "Menulis lembar program ...",
    "published": "Menyusun ulang data/published ...",
    "meeting --data x": "Mencetak ...",
    "send --data x": "Membaca edisi dan penerima ...",
    "slides --region x": "Mencetak salindia ...",
    "verify": "Menyiapkan edisi ...",
    "why --region Berau": "Membandingkan Kabupaten Berau dengan edisi yang berlaku ...",
}


@pytest.fixture(scope="module")
def project(cloned, tmp_path_factory) -> Paths:
    return cloned(tmp_path_factory.mktemp("proyek"))


def at_a_terminal(project: Paths, *command: str) -> str:
    """Everything that a terminal shows of a program."""
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=project.root, env=environment(project), stdout=theirs, stderr=theirs):
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that nobody writes there any more
            while part := os.read(ours, 4096):
                shown += part
        os.close(ours)
    return shown.decode()


def environment(project: Paths) -> dict[str, str]:
    return {**os.environ, ROOT_VARIABLE: str(project.root)}


@pytest.mark.parametrize("command", SAID)
def test_what_takes_a_while_is_said_first(project, command):
    assert at_a_terminal(project, *PROGRAM, *command.split(" ")).startswith(SAID[command])


def test_a_program_gets_results_only(project):
    done = subprocess.run(
        [*PROGRAM, "params"], cwd=project.root, env=environment(project), capture_output=True, text=True, timeout=300
    )
    assert done.stderr == ""
    assert done.stdout.endswith("berkas benar.\n")


def test_what_takes_long_counts_the_seconds(project):
    waiting = "from adminduk.cli.answers import working\nimport time\nwith working('Menunggu'):\n    time.sleep(2.5)"
    shown = at_a_terminal(project, sys.executable, "-c", waiting)
    assert "\rMenunggu ... 2 detik" in shown
