"""Many reports by workers that stay: neither memory nor files nor leftovers grow. A thousand in ``make soak``."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
from quick_packs import PERIOD, SMALL, quick

from adminduk.publish.material import gather
from adminduk.publish.parcel import Packer
from adminduk.publish.pool import Processes, run

DATA = "published"
REPORTS = int(os.environ.get("ADMINDUK_SOAK", "12"))
LIMIT, SLACK = 600, 40  # MiB


def open_files() -> int:
    """Of all processes under this one."""
    number = 0
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a fork that set its pages is gone meanwhile
            number += each.num_fds()
    return number


def leftovers() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith("adminduk-")}


def test_report_after_report_nothing_grows(small, tmp_path):
    paths = quick(small, tmp_path / "proyek")
    material = gather(paths, PERIOD, DATA)
    packer = Packer(paths, DATA, material.read, material.kept)
    job = material.jobs[SMALL, "64.03"]
    before = leftovers()
    memory, files, pages = [], [], set()
    with Processes(2) as crew:
        for number, built in run([lambda: packer.pack(*job)] * REPORTS, crew):
            assert built.problems == ()
            pages.add(built.files["laporan.pdf"])
            memory.append(built.memory)
            if number < REPORTS - 2:  # both workers are still at work
                files.append(open_files())
    quarter = REPORTS // 4
    assert len(memory) == REPORTS and len(pages) == 1
    assert max(memory) < LIMIT and max(memory) - max(memory[: 2 * quarter]) < SLACK
    assert max(files[-quarter:]) - max(files[: 2 * quarter]) < 20
    assert len(leftovers() - before) < 6  # those of others who are at work meanwhile
    print(f"{REPORTS} laporan: {memory[0]} sampai {max(memory)} MiB, {max(files)} berkas terbuka")
