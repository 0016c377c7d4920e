"""Taking in is killed at random moments: the dataset is then as before or as after, and nothing in between.

A few times in every run of the tests; as often as ADMINDUK_SOAK says in ``make soak``.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from adminduk.basis import frames
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.ingest.intake import Delivery, take_in

KILLS = int(os.environ.get("ADMINDUK_SOAK", "6"))
DAY, TODAY = date(2024, 11, 15), date(2024, 11, 20)

# Says when it is ready, so that the moments fall into taking in and not into starting Python.
TAKE = """
import sys
from datetime import date
from pathlib import Path
from adminduk.basis.paths import find_paths
from adminduk.ingest.intake import Delivery, take_in
print("siap", flush=True)
take_in(find_paths(), "kaltim", [Delivery(Path(sys.argv[1]), date(2024, 11, 15), "kelurahan_ktp", "dinamis")],
        replace=True, today=date(2024, 11, 20))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def sheet(folder: Path, name: str, more: int) -> Path:
    """Every kecamatan of the province with its figures."""
    codes = [line.split(",")[0] for line in VILLAGES.read_text(encoding="utf-8").splitlines()[1:]]
    rows = [f"{code},{1000 + place % 700},{900 + place % 700 + more}" for place, code in enumerate(sorted(set(codes)))]
    path = folder / name
    path.write_text("\n".join(["kode_wilayah,wajib_ktp,rekam", *rows]) + "\n", encoding="utf-8")
    return path


VILLAGES = Path(__file__).resolve().parents[2] / "params" / "villages.csv"


@pytest.fixture
def project(cloned, tmp_path) -> Paths:
    made = cloned(tmp_path / "proyek")
    take(made, sheet(tmp_path, "lama.csv", 0))
    return made


def take(paths: Paths, path: Path) -> None:
    take_in(paths, "kaltim", [Delivery(path, DAY, "kelurahan_ktp", "dinamis")], replace=True, today=TODAY)


def state(paths: Paths, dataset: str = "kaltim") -> dict[str, list[tuple[str, ...]]]:
    """Everything the dataset says but for the hour at which it was told."""
    tables = frames.read_dataset(paths, dataset)
    timeless = {name: frame.drop(columns=["when", "replaced_when"], errors="ignore") for name, frame in tables.items()}
    return {name: sorted(map(tuple, frame.astype(str).to_numpy())) for name, frame in timeless.items()}


def start(paths: Paths, path: Path) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", TAKE, str(path)],
        cwd=paths.root,
        env={**os.environ, ROOT_VARIABLE: str(paths.root)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "siap\n"
    return process


def received(paths: Paths) -> set[str]:
    folder = paths.received("kaltim")
    return {path.name for path in folder.rglob("*") if path.is_file()}


def wait_for_writing(paths: Paths, process: subprocess.Popen) -> None:
    while process.poll() is None and not list(paths.dataset("kaltim").glob(".transaksi-*")):
        time.sleep(0.001)


def test_a_killed_delivery_leaves_the_dataset_whole(project, tmp_path):
    new = sheet(tmp_path, "baru.csv", 1)
    kept = shutil.copytree(project.dataset("kaltim"), tmp_path / "asal")
    before = state(project)
    process, began = start(project, new), time.monotonic()
    assert process.wait(timeout=300) == 0
    seconds, after = time.monotonic() - began, state(project)
    assert before != after
    seen = []
    chance = random.Random(64)
    for number in range(KILLS):
        shutil.rmtree(project.dataset("kaltim"))
        shutil.copytree(kept, project.dataset("kaltim"))
        process = start(project, new)
        if number % 2:  # where files are written and moved
            wait_for_writing(project, process)
            time.sleep(chance.uniform(0, 0.03))
        else:
            time.sleep(chance.uniform(0, seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = state(project)
        assert found in (before, after), f"kill {number}"
        assert received(project) == ({"lama.csv", "baru.csv"} if found == after else {"lama.csv"})
        assert not list(project.dataset("kaltim").glob(".transaksi-*"))
        seen.append(found == after)
        take(project, new)
        assert state(project) == after
    print(f"{KILLS} kali dimatikan: {seen.count(False)} seperti sebelumnya, {seen.count(True)} seperti sesudahnya")


def test_a_first_delivery_that_is_killed_leaves_no_dataset_or_a_whole_one(project, tmp_path):
    after = state(project)
    chance = random.Random(65)
    for _ in range(max(2, KILLS // 3)):
        shutil.rmtree(project.dataset("kaltim"))
        process = start(project, tmp_path / "lama.csv")
        time.sleep(chance.uniform(0.2, 1.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if "kaltim" in frames.datasets(project):
            assert state(project) == after
        else:
            take(project, tmp_path / "lama.csv")
            assert state(project) == after
