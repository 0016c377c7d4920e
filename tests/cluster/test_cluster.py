"""Workers that share nothing but the package print the same bytes; another version is refused; none is missed long."""

from __future__ import annotations

import os
import shutil
import signal
from functools import partial
from pathlib import Path

import pytest
from deadly import HERE, Deadly
from distributed import Client
from quick_packs import PERIOD, SMALL, quick, silent, sums

import adminduk
from adminduk.basis.errors import ParameterError, RenderError
from adminduk.basis.paths import Paths
from adminduk.bench.machines import Machines
from adminduk.publish.cluster import Cluster
from adminduk.publish.edition import make_packs
from adminduk.publish.material import gather, make_reports
from adminduk.publish.parcel import Packer
from adminduk.publish.pool import Processes, run

DATA = "published"


@pytest.fixture
def machines(monkeypatch):
    # The scheduler opens what it passes on, so it has to know the same modules as the workers.
    known = [str(HERE), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, known)))
    with Machines() as started:
        yield started


@pytest.fixture
def project(small, tmp_path) -> Paths:
    return quick(small, tmp_path / "proyek")


def test_a_worker_killed_midway_costs_nothing_but_time(project, machines, tmp_path):
    alone = Paths(shutil.copytree(project.root, tmp_path / "sendiri"))
    wanted = sums(make_packs(alone, PERIOD, DATA, silent).path)
    victim = machines.hire("korban")
    machines.hire("penerus")
    told: list[str] = []

    def progress(done: int, of: int, name: str) -> None:
        if of:  # the binding is told too, not counted
            told.append(name)
        if done == 3:
            victim.send_signal(signal.SIGKILL)

    made = make_packs(project, PERIOD, DATA, progress, lambda: Cluster(machines.address, project, told.append))
    assert victim.wait() == -signal.SIGKILL
    assert made.manifest.complete and sorted(told) == sorted(set(told)) and len(told) == 11
    assert sums(made.path) == wanted


def other_library(folder: Path, *missing: str) -> Path:
    """The package once more, with one word more in it, and without some of its modules."""
    library = Path(adminduk.__file__).parent
    shutil.copytree(library, folder / "adminduk", ignore=shutil.ignore_patterns("__pycache__", *missing))
    (folder / "adminduk" / "basis" / "errors.py").open("a", encoding="utf-8").write("\n# lain\n")
    return folder


def test_another_version_is_refused_by_name_and_the_others_do_its_work(project, machines, tmp_path):
    machines.hire("lama", other_library(tmp_path / "lain"))
    machines.hire("purba", other_library(tmp_path / "purba", "cluster.py"))
    machines.hire("sama")
    told: list[str] = []
    with Cluster(machines.address, project, told.append) as crew:
        while len(told) < 2:
            crew.width()
        assert crew.width() == 1
    assert sorted(line.split()[1] for line in told) == ["lama", "purba"]
    assert all("ditolak" in line and "adminduk" in line for line in told)


def test_with_none_but_others_the_run_ends_and_says_who_was_refused(project, machines, tmp_path):
    machines.hire("lama", other_library(tmp_path / "lain"))
    material = gather(project, PERIOD, DATA)
    with Client(machines.address, set_as_default=False) as client:
        client.wait_for_workers(1)
    with pytest.raises(RenderError) as raised:
        make_reports(material, silent, lambda: Cluster(machines.address, project, [].append, patience=3))
    assert "Pekerja lama" in str(raised.value) and "adminduk" in str(raised.value)


def test_no_scheduler_is_a_mistake_of_the_user(project):
    with pytest.raises(ParameterError, match="SCHEDULER"):
        Cluster("tcp://127.0.0.1:9", project, [].append)


@pytest.mark.parametrize("where", ["here", "cluster"])
def test_a_job_that_kills_its_worker_twice_is_named_and_the_others_are_printed(project, machines, where):
    material = gather(project, PERIOD, DATA)
    packer = Packer(project, DATA, material.read, material.kept)
    jobs = [material.jobs[SMALL, code] for code in ("64.01", "64.03", "64.71", "64.72", "64.74")]
    jobs[1] = Deadly(**vars(jobs[1][0])), jobs[1][1]
    packs = [partial(packer.pack, *job) for job in jobs]
    for name in ("satu", "dua", "tiga"):
        machines.hire(name)
    with Processes() if where == "here" else Cluster(machines.address, project, [].append) as crew:
        ends = dict(run(packs, crew))
    killed = [process.poll() for process in machines.processes].count(-signal.SIGKILL)
    assert killed == (0 if where == "here" else 2)
    assert sorted(ends) == [0, 1, 2, 3, 4]
    (problem,) = ends.pop(1).problems
    assert "Kabupaten Berau" in problem.where and "dua kali berhenti" in problem.what
    assert all(built.problems == () and built.files["laporan.pdf"] for built in ends.values())
