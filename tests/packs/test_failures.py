"""What goes wrong in one region, or with the machine, stays there."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from quick_packs import DATA, PERIOD, silent, sums, write_notebook

from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.ingest.simulation.messy import write_demo
from adminduk.publish.edition import make_packs

KILLS = 20 if os.environ.get("ADMINDUK_SOAK") else 3
PROGRAM = [sys.executable, "-c", "from adminduk.cli import main; main()"]


def run(paths: Paths, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, ROOT_VARIABLE: str(paths.root)}
    return subprocess.run(
        [*PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False, **options
    )


def test_a_broken_and_a_withheld_region_among_ten(project):
    """The table tells them apart, the others are printed, and the edition says that it is not whole."""
    write_demo(project, "kecamatan", refusal=True)
    # No figure of that name for Berau alone: its notebook fails.
    write_notebook(project, 'report.sentence({"64.03": "tidak ada"}.get(region, "pesan"))', 'report.table("ringkasan")')
    ended = run(project, "packs", "--data", DATA)
    assert ended.returncode == 12, ended.stderr
    held = "64.11"  # whose fault ``write_demo`` plants
    made = make_packs(project, PERIOD, DATA, silent)
    outcomes = {region.code: region.outcome for region in made.manifest.regions}
    assert outcomes.pop("64.03") == "gagal" and outcomes.pop(held) == "ditahan"
    assert set(outcomes.values()) == {"dicetak"} and len(outcomes) == 9
    failed = next(region for region in made.manifest.regions if region.code == "64.03")
    assert "sel 4" in failed.where and "ringkas" in failed.where and "tidak dikenal" in failed.cause
    assert not made.manifest.complete
    assert "Kabupaten Berau" in ended.stdout and "GAGAL" in ended.stdout and "ditahan oleh temuan" in ended.stdout
    assert "TIDAK LENGKAP" in ended.stdout and "TIDAK LENGKAP" in (made.path / "index.html").read_text(encoding="utf-8")
    printed = {path.name.partition("_")[0] for path in (made.path / "paket").iterdir()}
    assert printed == {"semua", *outcomes}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_at_any_moment_it_ends_as_if_undisturbed(province, tmp_path):
    other = Paths(shutil.copytree(province.root, tmp_path / "tenang"))
    wanted = sums(make_packs(other, PERIOD, DATA, silent).path)
    moments = random.Random(64)
    start = time.monotonic()
    for _ in range(KILLS):
        environment = {**os.environ, ROOT_VARIABLE: str(province.root)}
        process = subprocess.Popen(
            [*PROGRAM, "packs", "--data", DATA], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=moments.uniform(1, 9))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        assert not [path for path in province.editions(DATA).glob("2*") if path.is_dir() and unlike(path, wanted)]
    assert time.monotonic() > start
    assert sums(make_packs(province, PERIOD, DATA, silent).path) == wanted
    assert not list(province.shelf("").glob(".sedang-*"))


def unlike(path: Path, wanted: dict[str, str]) -> bool:
    """Whether an edition that is there is not the whole one."""
    return sums(path) != wanted


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_damaged(province):
    made = make_packs(province, PERIOD, DATA, silent)
    before = sums(made.path)
    write_notebook(province, 'report.sentence("pesan")')
    ended = run(province, "packs", "--data", DATA, preexec_fn=_small_files)
    assert ended.returncode == 12 and "Traceback" not in ended.stderr
    assert "tidak dapat ditulis" in ended.stderr
    assert sums(made.path) == before and make_packs(province, PERIOD, DATA, silent).manifest.edition == f"{PERIOD}-r2"


def _small_files() -> None:
    """No file may grow beyond a few kilobytes: as on a disk that is full, for root too."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
