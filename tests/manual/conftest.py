"""A desk to try the manual at: the project again, with its Makefile, data/demo and notebooks that print quickly."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from trial import Trial

from adminduk.basis.paths import ROOT_VARIABLE, Paths

# Stands in for every name of Python on PATH: what bootstrap.py would hand to the environment it makes is run in ours.
PYTHON = """#!/bin/sh
[ "$1" = bootstrap.py ] || exec '{python}' "$@"
shift
exec '{python}' -u -c 'from adminduk.cli import main; main()' "$@"
"""
KEPT = 5  # cells of a notebook, from its title on; then its remark


@pytest.fixture(scope="session")
def desk(simulated: Paths, paths: Paths, tmp_path_factory) -> Callable[[str], Trial]:
    """``desk("rapat")``: a desk of its own for one page."""
    programs = tmp_path_factory.mktemp("program")
    for name in ("python", "python3", "py"):
        (programs / name).write_text(PYTHON.format(python=sys.executable), encoding="utf-8")
        (programs / name).chmod(0o755)

    def make(page: str) -> Trial:
        root = tmp_path_factory.mktemp(page) / "proyek"
        shutil.copytree(simulated.root, root)
        shutil.copytree(paths.lab_settings, root / "lab")
        for name in ("Makefile", "bootstrap.py", "requirements.lock"):
            shutil.copy(paths.root / name, root)
        for notebook in (root / "notebooks").glob("*.ipynb"):
            _shorten(notebook)
        return Trial(root, _environment(root, programs))

    return make


def _shorten(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    remarks = [cell for cell in notebook.cells[KEPT:] if cell.source.startswith("report.remark(")]
    notebook.cells = [*notebook.cells[:KEPT], *remarks]
    nbformat.write(notebook, path)


def _environment(root: Path, programs: Path) -> dict[str, str]:
    """That of a user without settings, at a terminal that no make started, whose browser shows nothing."""
    home = root.parent / "rumah"
    home.mkdir()
    server = {"ServerApp": {"allow_root": True, "open_browser": False}}
    (home / "jupyter_server_config.json").write_text(json.dumps(server), encoding="utf-8")
    ours = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"}
    kept = {k: v for k, v in os.environ.items() if k not in ours and not k.startswith("ADMINDUK_")}
    told = {ROOT_VARIABLE: str(root), "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home), "BROWSER": "true"}
    return {**kept, **told, "PATH": f"{programs}{os.pathsep}{kept['PATH']}", "JUPYTER_RUNTIME_DIR": str(home / "jalan")}
