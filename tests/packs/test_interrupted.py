"""Killed at any moment, packs continue where they were and end as if nobody had disturbed them."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from quick_packs import DATA, PERIOD, quick, silent, sums

from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.publish.edition import make_packs

SOAK = bool(os.environ.get("ADMINDUK_SOAK"))
KILLS = 20 if SOAK else 3
PROGRAM = [sys.executable, "-c", "from adminduk.cli import main; main()"]
# Packs that are killed right before or after one of the steps that put an edition in force.
STEPWISE = """
import os, signal, sys
from adminduk.basis.paths import find_paths
from adminduk.publish import edition, folder, freshness
step, moment, period, data = sys.argv[1:]
owner, name = {"write": (folder, "write"), "pack": (folder, "pack"), "rename": (os, "rename"),
               "force": (edition, "_put_in_force"), "remember": (freshness, "remember")}[step]
done = getattr(owner, name)
def killed(*given):
    if moment == "after":
        done(*given)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, killed)
edition.make_packs(find_paths(), period, data, lambda *_: None)
"""
STEPS = [("rename", "before"), ("rename", "after"), ("force", "after")]
if SOAK:
    STEPS += [("write", "before"), ("write", "after"), ("pack", "after"), ("remember", "after")]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


@pytest.fixture(scope="module")
def calm(simulated, tmp_path_factory) -> Paths:
    """A project whose edition nobody disturbed."""
    paths = quick(simulated, tmp_path_factory.mktemp("tenang") / "proyek", ["provinsi"])
    make_packs(paths, PERIOD, DATA, silent)
    return paths


@pytest.fixture
def project(calm, tmp_path) -> Paths:
    """The same project with nothing but its reports made."""
    paths = Paths(shutil.copytree(calm.root, tmp_path / "proyek"))
    shutil.rmtree(paths.editions(DATA))
    return paths


def environment(paths: Paths) -> dict[str, str]:
    return {**os.environ, ROOT_VARIABLE: str(paths.root)}


def halves(paths: Paths, wanted: dict[str, str]) -> list[Path]:
    """Editions that are there and not the whole one."""
    return [path for path in paths.editions(DATA).glob("2*") if path.is_dir() and sums(path) != wanted]


@pytest.mark.parametrize(("step", "moment"), STEPS)
def test_killed_at_each_step_it_ends_as_if_undisturbed(calm, project, step, moment):
    wanted = sums(calm.edition(DATA, PERIOD))
    command = [sys.executable, "-c", STEPWISE, step, moment, PERIOD, DATA]
    ended = subprocess.run(command, env=environment(project), capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert not halves(project, wanted)
    made = make_packs(project, PERIOD, DATA, silent)
    assert (made.manifest.edition, sums(made.path)) == (PERIOD, wanted)
    assert not list(project.editions(DATA).glob(".sedang-*"))


def test_killed_at_any_moment_it_ends_as_if_undisturbed(calm, project):
    wanted, hits = sums(calm.edition(DATA, PERIOD)), 0
    moments = random.Random(64)
    shutil.rmtree(project.shelf(""))
    for number in range(KILLS):
        process = subprocess.Popen(
            [*PROGRAM, "packs", "--data", DATA], env=environment(project), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(timeout=moments.uniform(1, 9) if number else 1)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        hits += killed
        if project.editions(DATA).is_dir():
            assert not halves(project, wanted)
            if not killed:  # it came to its end: the next one is to have something to do
                shutil.rmtree(project.editions(DATA))
                shutil.rmtree(project.shelf(""))
    assert hits
    assert sums(make_packs(project, PERIOD, DATA, silent).path) == wanted
    assert not list(project.shelf("").glob(".sedang-*"))
