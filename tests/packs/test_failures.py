"""What goes wrong in one region, or with the machine, stays there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from quick_packs import DATA, PERIOD, silent, sums, text, write_notebook

from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.ingest.simulation.messy import write_demo
from adminduk.publish import manifest
from adminduk.publish.distribute.plan import parcels
from adminduk.publish.edition import make_packs

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
    note = "gagal dicetak Kabupaten Berau"
    for name in ("semua", "64_provinsi-kalimantan-timur"):
        cover = " ".join(text(made.path / "paket" / f"{name}_{PERIOD}.pdf")[0].split())
        assert note in cover and "1 wilayah ditahan oleh temuan: Kabupaten Mahakam Ulu" in cover
    assert note in (made.path / "ringkasan.txt").read_text(encoding="utf-8")
    heads = ended.stdout.splitlines()[0].split()
    assert heads == ["Wilayah", "Hasil", "Notebook", "Sel", "Sebab"]
    printed = {path.name.partition("_")[0] for path in (made.path / "paket").iterdir()}
    assert printed == {"semua", *outcomes}
    # Once nothing fails the withheld one alone is told: another exit code, an edition that may be sent.
    write_notebook(project, 'report.sentence("pesan")', 'report.table("ringkasan")')
    assert run(project, "packs", "--data", DATA).returncode == 11
    fast = run(project, "packs", "--data", DATA)
    assert fast.returncode == 11 and "Tidak ada yang berubah" in fast.stdout
    assert "1 wilayah ditahan" in fast.stdout and "TIDAK LENGKAP" not in fast.stdout
    current = manifest.in_force(project, DATA, PERIOD)
    assert current.complete and current.withholds
    assert parcels(current, ()) == []


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_an_output_folder_that_takes_nothing_is_told_and_nothing_is_damaged(province, trouble):
    made = make_packs(province, PERIOD, DATA, silent)
    before = sums(made.path)
    write_notebook(province, 'report.sentence("pesan")')
    with _no_room(province, trouble) as options:
        ended = run(province, "packs", "--data", DATA, **options)
        assert ended.returncode == 12 and "Traceback" not in ended.stderr
        assert "tidak dapat ditulis" in ended.stderr and "outputs/" in ended.stderr
        assert sums(made.path) == before
    assert make_packs(province, PERIOD, DATA, silent).manifest.edition == f"{PERIOD}-r2"


@contextmanager
def _no_room(paths: Paths, trouble: str) -> Iterator[dict[str, Any]]:
    """Outputs on a small file system with no room left or mounted read-only; where nobody may mount one, no file may
    grow beyond a few kilobytes, or at all. What a run needs to be in that trouble."""
    outputs = paths.editions(DATA).parents[1]
    kept = Path(shutil.copytree(outputs, paths.root / "salinan"))
    room = sum(path.stat().st_blocks for path in kept.rglob("*")) // 2 + 100
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}k", "tmpfs", str(outputs)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield {"preexec_fn": partial(_small_files, 20_000 if trouble == "full" else 0)}
        return
    try:
        shutil.copytree(kept, outputs, dirs_exist_ok=True)
        if trouble == "read-only":
            subprocess.run(["mount", "-o", "remount,ro", str(outputs)], check=True)
        yield {}
    finally:
        subprocess.run(["umount", str(outputs)], check=True)


def _small_files(most: int) -> None:
    """No file may grow beyond so many bytes: as on a disk that is full, for root too."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
