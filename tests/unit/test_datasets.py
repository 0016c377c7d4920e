"""A dataset changes as a whole or not at all, and is whole for whoever reads it meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.basis import frames, transactions
from adminduk.basis.datasets import Changes, check_name, commit, locked, recover
from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.paths import Paths

NAMES = ("counts.csv", "claims.csv", "sources.csv", "received/2024-11-15/arus/a.csv")
OLD = {name: b"lama" for name in NAMES[:3]}
NEW = {name: b"baru " + name.encode() for name in NAMES}


@pytest.fixture
def project(tmp_path) -> Paths:
    (tmp_path / "data").mkdir()
    return Paths(tmp_path)


def contents(paths: Paths) -> dict[str, bytes]:
    """Every file of the dataset, whatever it is called."""
    folder = paths.dataset("kaltim")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def seen(paths: Paths) -> dict[str, bytes]:
    return transactions.read(paths, "kaltim", NAMES)


def interrupted(paths: Paths, valid: bool, moved: int = 0) -> Path:
    """What a writer leaves that is killed before (not ``valid``) or after its change is valid, ``moved`` files on."""
    folder = paths.transaction("kaltim", "abc")
    transactions._prepare(folder, NEW, NAMES[3:])
    for name in sorted(NEW)[:moved]:
        target = paths.dataset("kaltim") / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / transactions._CONTENTS / name, target)
    if not valid:
        (folder / transactions._MARKER).unlink()
    return folder


def test_everything_is_there_and_nothing_else(project):
    table = pd.DataFrame([{"id": "a", "title": "t", "address": "", "published": "", "note": ""}])
    commit(project, "kaltim", Changes({"sources": table}, {"2024-11-15/arus/a.csv": b"x;y"}))
    assert contents(project) == {
        "sources.csv": b"id,title,address,published,note\na,t,,,\n",
        "received/2024-11-15/arus/a.csv": b"x;y",
    }
    received = project.received("kaltim") / "2024-11-15" / "arus" / "a.csv"
    assert received.stat().st_mode & 0o222 == 0


def test_before_it_is_valid_an_interrupted_change_is_forgotten(project):
    transactions.commit(project, "kaltim", OLD)
    interrupted(project, valid=False)
    assert seen(project) == OLD
    recover(project, "kaltim")
    assert contents(project) == OLD


@pytest.mark.parametrize("moved", range(len(NEW) + 1))
def test_once_it_is_valid_an_interrupted_change_is_seen_and_finished(project, moved):
    transactions.commit(project, "kaltim", OLD)
    interrupted(project, valid=True, moved=moved)
    assert seen(project) == NEW
    recover(project, "kaltim")
    assert contents(project) == NEW
    assert seen(project) == NEW


def test_finishing_may_itself_be_interrupted(project):
    folder = interrupted(project, valid=True, moved=len(NEW))
    (folder / transactions._CONTENTS / "received" / "2024-11-15" / "arus").rmdir()
    assert seen(project) == NEW
    recover(project, "kaltim")
    assert contents(project) == NEW


def test_the_next_change_finishes_the_one_before(project):
    interrupted(project, valid=True)
    transactions.commit(project, "kaltim", {"claims.csv": b"baru sekali"})
    assert contents(project) == NEW | {"claims.csv": b"baru sekali"}


def test_the_first_change_of_a_dataset_counts_once_it_is_valid(project):
    folder = interrupted(project, valid=False)
    assert frames.datasets(project) == []
    recover(project, "kaltim")
    assert not folder.parent.exists()
    interrupted(project, valid=True)
    assert frames.datasets(project) == ["kaltim"]


@pytest.mark.parametrize("valid", [True, False])
def test_who_may_not_write_reads_all_the_same(project, valid):
    transactions.commit(project, "kaltim", OLD)
    interrupted(project, valid)
    project.lock("kaltim").unlink(missing_ok=True)
    project.lock("kaltim").mkdir()  # nobody, not even root, can take this for a lock
    before = contents(project)
    recover(project, "kaltim")
    assert contents(project) == before
    assert seen(project) == (NEW if valid else OLD)
    with pytest.raises(DataError, match="tidak dapat ditulis"):
        transactions.commit(project, "kaltim", NEW)


def test_a_place_that_cannot_be_written_is_told(project):
    project.dataset("kaltim").write_text("bukan folder", encoding="utf-8")
    with pytest.raises(DataError) as error:
        transactions.commit(project, "kaltim", NEW)
    assert error.value.problems[0].where == "data/kaltim"
    assert "tidak ada yang diubah" in str(error.value)
    assert project.dataset("kaltim").read_text(encoding="utf-8") == "bukan folder"


FULL = """
import resource, sys
from pathlib import Path
from adminduk.basis import transactions
from adminduk.basis.errors import DataError
from adminduk.basis.paths import Paths
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    transactions.commit(Paths(Path(sys.argv[1])), "kaltim", {"claims.csv": b"x", "counts.csv": b"y" * 5000})
except DataError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
@pytest.mark.parametrize("there", [True, False])
def test_no_room_leaves_everything_as_it_was(project, there):
    if there:
        transactions.commit(project, "kaltim", OLD)
    done = subprocess.run([sys.executable, "-c", FULL, str(project.root)], capture_output=True, text=True)
    assert "data/kaltim: tidak dapat ditulis" in done.stdout, done.stderr
    assert "periksa ruang disk" in done.stdout
    assert contents(project) == (OLD if there else {})
    assert project.dataset("kaltim").exists() is there


HOLD = """
import sys, time
from pathlib import Path
from adminduk.basis.datasets import locked
from adminduk.basis.paths import Paths
with locked(Paths(Path(sys.argv[1])), "kaltim"):
    print("dipegang", flush=True)
    time.sleep(60)
"""


def test_one_writer_at_a_time_and_a_dead_one_holds_nothing(project):
    interrupted(project, valid=True)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(project.root)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "dipegang\n"
    interrupted(project, valid=False)
    with pytest.raises(DataError, match="sedang ditulis oleh perintah lain"), locked(project, "kaltim", wait=0):
        pass
    before = contents(project)
    recover(project, "kaltim")
    assert contents(project) == before  # what a living writer prepares is not touched
    holder.kill()
    holder.wait()
    with locked(project, "kaltim", wait=10):
        assert contents(project) == NEW


TURN = """
import sys
from pathlib import Path
from adminduk.basis import transactions
from adminduk.basis.paths import Paths
for number in range(60):
    text = str(number).encode() * 1000
    transactions.commit(Paths(Path(sys.argv[1])), "kaltim", dict.fromkeys(["counts.csv", "claims.csv"], text))
"""


def test_a_reader_never_sees_half_of_a_change(project):
    transactions.commit(project, "kaltim", OLD)
    writer = subprocess.Popen([sys.executable, "-c", TURN, str(project.root)])
    states = set()
    limit = time.monotonic() + 60
    while (writer.poll() is None or len(states) < 2) and time.monotonic() < limit:
        found = transactions.read(project, "kaltim", ["counts.csv", "claims.csv"])
        assert found["counts.csv"] == found["claims.csv"]
        states.add(found["counts.csv"])
    assert writer.wait() == 0
    assert len(states) > 2


@settings(max_examples=30, deadline=None)
@given(changes=st.lists(st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=20), min_size=1), max_size=5))
def test_changes_add_up(tmp_path_factory, changes):
    paths = Paths(tmp_path_factory.mktemp("proyek"))
    (paths.root / "data").mkdir()
    expected: dict[str, bytes] = {}
    for files in changes:
        transactions.commit(paths, "kaltim", files)
        expected |= files
        assert contents(paths) == expected


@pytest.mark.parametrize("name", ["", "..", "a/b", "Kaltim", "published", "incoming", "-x", "a b", "x" * 41])
def test_a_name_that_is_no_dataset_of_deliveries(name):
    with pytest.raises(ParameterError, match="DATA"):
        check_name(name)


@pytest.mark.parametrize("name", ["kaltim", "demo-kelurahan", "uji_2024", "64"])
def test_a_name_that_is_one(name):
    check_name(name)
