"""How Quarto is called. The program that stands in for it only writes down what it was given."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from adminduk.basis.errors import RenderError
from adminduk.basis.paths import find_paths
from adminduk.publish import quarto
from adminduk.publish.compiler import font_folders
from adminduk.publish.plan import plan

STAND_IN = """\
#!{python}
import json, os, pathlib, sys
if sys.argv[1:] == ["--version"]:
    print("{version}")
    sys.exit({version_code})
names = ("TYPST_FONT_PATHS", "SOURCE_DATE_EPOCH", "QUARTO_PYTHON")
here = sorted(str(path) for path in pathlib.Path(".").rglob("*") if path.is_file())
pathlib.Path({told!r}).write_text(json.dumps({{
    "words": sys.argv[1:], "environment": {{name: os.environ.get(name) for name in names}},
    "files": here, "project": pathlib.Path("_quarto.yml").read_text(),
}}))
if {code}:
    print("ERROR: compilation failed", file=sys.stderr)
    sys.exit({code})
pathlib.Path("naskah.pdf").write_bytes(b"%PDF-")
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """``stand_in(version)``: a program ``quarto`` alone on PATH; the file it writes what it was given to."""

    def make(version: str = "1.4.553", code: int = 0, version_code: int = 0) -> Path:
        folder, told = tmp_path / "bin", tmp_path / "told.json"
        folder.mkdir()
        program = folder / "quarto"
        values = {"python": sys.executable, "version": version, "told": str(told), "code": code}
        program.write_text(STAND_IN.format(**values, version_code=version_code))
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("PATH", str(folder))
        return told

    return make


@pytest.mark.parametrize("version", ["1.4", "1.4.553", "1.10.12", "99.9.9", "2.0"])
def test_new_enough(stand_in, version):
    stand_in(version)
    assert Path(quarto.find_quarto()).name == "quarto"


@pytest.mark.parametrize("version", ["1.3.450", "1.3", "0.9.80", "quarto"])
def test_too_old_is_said_with_what_it_is_and_where_to_get_it(stand_in, version):
    stand_in(version)
    with pytest.raises(RenderError) as error:
        quarto.find_quarto()
    assert error.value.exit_code == 12
    assert f"Quarto yang terpasang: {version}" in str(error.value)
    assert "1.4 atau lebih baru" in str(error.value)


def test_a_program_that_fails_at_once_is_a_sentence(stand_in):
    stand_in(version_code=3)
    with pytest.raises(RenderError, match="berhenti dengan kode 3"):
        quarto.find_quarto()


def test_without_it_nothing_is_run_and_the_way_to_it_is_told(tmp_path):
    program = Path(sys.executable).with_name("adminduk")
    environment = os.environ | {"PATH": str(tmp_path), "ADMINDUK_ROOT": str(find_paths().root)}
    words = [sys.executable, program, "report", "--region", "64.71", "--engine", "quarto"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 12
    assert "Quarto tidak terpasang" in done.stderr
    assert "environment.yml" in done.stderr
    assert "Mencetak" not in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_given_the_executed_notebook_and_never_executes(stand_in, tmp_path):
    told = stand_in()
    job = plan(find_paths(), "64.71", "2024-11-12", "published")
    notebook = tmp_path / f"{job.stem}.ipynb"
    notebook.write_text("{}")
    pdf = quarto.render(quarto.find_quarto(), notebook, job)
    given = json.loads(told.read_text())
    assert given["words"] == ["render", "naskah.ipynb", "--to", "typst", "--no-execute"]
    assert given["files"] == [
        "_quarto.yml", "naskah.ipynb", "templat/naskah.lua", "templat/typst-show.typ", "templat/typst-template.typ",
    ]  # fmt: skip
    assert given["environment"] == {
        "TYPST_FONT_PATHS": os.pathsep.join(map(str, font_folders())),
        "SOURCE_DATE_EPOCH": "1731369600",  # 12 November 2024, 0:00 UTC
        "QUARTO_PYTHON": sys.executable,
    }
    assert pdf == tmp_path / "64.71_kota-balikpapan_2024-11-12_quarto.pdf"
    assert pdf.read_bytes() == b"%PDF-"
    assert notebook.read_text() == "{}"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        [pdf.name, notebook.name, "told.json"]
    )


def test_a_failure_leaves_nothing_and_says_its_last_words(stand_in, tmp_path):
    stand_in(code=1)
    job = plan(find_paths(), "64.71", "2024-11-12", "published")
    notebook = tmp_path / f"{job.stem}.ipynb"
    notebook.write_text("{}")
    with pytest.raises(RenderError, match="kode 1: ERROR: compilation failed"):
        quarto.render(quarto.find_quarto(), notebook, job)
    assert not list(tmp_path.glob("*.pdf"))


def test_the_project_file_is_what_the_command_uses():
    root = find_paths().root
    ours = yaml.safe_load((root / "_quarto.yml").read_text(encoding="utf-8"))
    assert ours.pop("project") == {"type": "default", "render": ["outputs/**/*.ipynb", "notebooks/*.ipynb"]}
    folder = quarto.PARTIALS.relative_to(root).as_posix()
    wanted = quarto.settings(folder)
    assert wanted.pop("project") == {"type": "default"}
    assert ours == wanted
    named = [*ours["filters"], *ours["format"]["typst"]["template-partials"]]
    assert all((root / name).is_file() for name in named)
    assert ours["execute"] == {"enabled": False, "echo": False, "warning": False}
    assert "region" not in ours


def test_cell_sources_are_stored_as_lists_of_lines():
    for path in find_paths().notebooks.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert all(isinstance(cell["source"], list) for cell in cells), path.name
