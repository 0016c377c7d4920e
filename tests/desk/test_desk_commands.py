"""A new notebook, the rules as a command, git's filter, and what the doctor says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from adminduk.basis.errors import ParameterError
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.publish import equipment, repository
from adminduk.publish.draft import write_draft
from adminduk.publish.plan import plan
from adminduk.publish.rules import broken_rules
from adminduk.publish.run import build

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git not found")


def adminduk(desk: Paths, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, ROOT_VARIABLE: str(desk.root)}
    command = [sys.executable, "-c", "from adminduk.cli import main; main()", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=desk.root, check=False)


def test_a_new_notebook_keeps_the_rules_and_prints(desk: Paths):
    done = adminduk(desk, "new", "capaian_kecamatan")
    assert done.returncode == 0 and "notebooks/capaian_kecamatan.ipynb sudah dibuat" in done.stdout
    path = desk.notebook("capaian_kecamatan")
    assert broken_rules(path) == []
    pdf = build(plan(desk, "Berau", "2024-11-12", "published", "capaian_kecamatan"), desk)
    assert pdf.name == "64.03_kabupaten-berau_2024-11-12_capaian_kecamatan.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")
    before = path.read_bytes()
    assert "sudah ada" in adminduk(desk, "new", "capaian_kecamatan").stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["../x", "Capaian", "a b", "x.ipynb", "a__b", "_a", "capaian\n"])
def test_a_name_that_cannot_be_is_refused(desk: Paths, name: str):
    with pytest.raises(ParameterError) as raised:
        write_draft(desk, name)
    assert "bukan nama notebook" in str(raised.value)


def test_the_rules_are_a_command(desk: Paths):
    done = adminduk(desk, "notebooks")
    assert (done.returncode, done.stdout) == (0, "6 notebook menaati aturan.\n")
    path = desk.notebook("mutu_data")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source = "import pandas"
    nbformat.write(notebook, path)
    done = adminduk(desk, "notebooks")
    assert done.returncode == 10
    assert "mutu_data.ipynb, sel 4, baris 1: mengimpor pandas" in done.stderr


@pytest.fixture
def clone(desk: Paths, paths: Paths) -> Paths:
    shutil.copy(paths.root / ".gitattributes", desk.root)
    git(desk, "init", "-q")
    assert repository.set_up(desk)
    return desk


def git(desk: Paths, *arguments: str) -> str:
    who = ["-c", "user.name=uji", "-c", "user.email=uji@contoh.example"]
    done = subprocess.run(["git", *who, *arguments], cwd=desk.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_git
def test_git_stores_a_notebook_without_outputs_and_injected_parameters(clone: Paths, tmp_path: Path):
    path = clone.notebook("mutu_data")
    original = nbformat.read(path, as_version=4)
    run = nbformat.read(path, as_version=4)
    run.metadata.language_info.version = "3.11.7"
    run.metadata.papermill = {"duration": 1}
    run.cells[2].update(execution_count=3, outputs=[new_output("stream", text="rahasia")])
    run.cells.insert(2, new_code_cell('region = "64"', metadata={"tags": ["injected-parameters"]}))
    nbformat.write(run, path)
    git(clone, "add", ".")
    stored = tmp_path / "tersimpan.ipynb"
    stored.write_text(git(clone, "show", ":notebooks/mutu_data.ipynb"), encoding="utf-8")
    assert nbformat.read(stored, as_version=4) == original
    assert broken_rules(stored) == []
    assert "rahasia" in path.read_text(encoding="utf-8")  # on the desk they stay
    assert adminduk(clone, "notebooks").returncode == 10  # for what a run put in; not for outputs
    assert "injected" not in adminduk(clone, "notebooks").stderr


@needs_git
def test_a_difference_is_told_by_cell(clone: Paths):
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "awal")
    path = clone.notebook("mutu_data")
    path.write_text(path.read_text(encoding="utf-8").replace("# Mutu data", "# Mutu semua data"), encoding="utf-8")
    told = git(clone, "diff", "--", "notebooks")
    assert "nbdiff" in told and "Mutu semua data" in told and '"source"' not in told


@needs_git
def test_setting_up_twice_changes_nothing_and_without_a_clone_nothing_happens(clone: Paths, tmp_path: Path):
    assert repository.is_set_up(clone)
    assert not repository.set_up(clone)
    assert not repository.set_up(Paths(tmp_path))


@needs_git
def test_without_the_filter_git_still_takes_notebooks(clone: Paths):
    for key in repository.settings():
        git(clone, "config", "--local", "--unset", key)
    git(clone, "add", ".")
    assert git(clone, "show", ":notebooks/mutu_data.ipynb").startswith("{")


def test_no_path_of_a_machine_is_committed(paths: Paths):
    attributes = (paths.root / ".gitattributes").read_text(encoding="utf-8")
    assert "*.ipynb         text eol=lf filter=nbstripout diff=jupyternotebook" in attributes
    assert sys.prefix not in attributes


def test_the_doctor_finds_what_this_environment_has(desk: Paths):
    done = adminduk(desk, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = {re.split(r"\s{2,}", line)[1]: line for line in done.stdout.splitlines()[:-1]}
    assert lines["Typst"].startswith("ada") and lines["bahasa Indonesia JupyterLab"].startswith("ada")
    assert "25 berkas benar" in lines["berkas params"]


def test_the_doctor_ends_with_twelve_when_something_needed_is_missing(desk: Paths):
    desk.period("2024-11-12").write_text("as_of: [", encoding="utf-8")
    done = adminduk(desk, "doctor")
    assert done.returncode == 12
    assert "belum beres: berkas params" in done.stderr
    assert "params/periods/2024-11-12.yml" in done.stdout


def test_the_doctor_sees_where_nothing_can_be_stored(desk: Paths):
    desk.outputs.write_text("", encoding="utf-8")
    (folder,) = [piece for piece in equipment.equipment(desk, {}) if piece.name == "folder outputs"]
    assert folder.needed and not folder.is_there and "beri izin menulis" in folder.cost
    desk.outputs.unlink()
    assert all(piece.is_there for piece in equipment.equipment(desk, {}) if piece.name == "folder outputs")


def test_the_doctor_tells_of_the_mail_server_and_never_the_password(desk: Paths):
    told = {"HOST": "surel.contoh.example", "USER": "a@contoh.example", "PASSWORD": "sangat-rahasia"}
    environment = {f"ADMINDUK_SMTP_{name}": value for name, value in told.items()}
    found = {piece.name: piece for piece in equipment.equipment(desk, environment)}
    assert found["server surel"].found == "surel.contoh.example:587 (starttls), dengan kata sandi"
    assert "sangat-rahasia" not in repr(found)
    assert not {piece.name: piece for piece in equipment.equipment(desk, {})}["server surel"].is_there


def test_a_full_disk_is_missing_space(desk: Paths, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 2**20))
    [disk] = [piece for piece in equipment.equipment(desk, {}) if piece.name == "ruang disk"]
    assert not disk.is_there and disk.needed and disk.cost.startswith("perlu 500 MB")
