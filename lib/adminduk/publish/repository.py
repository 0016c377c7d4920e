"""The clone that the notebooks are kept in: git stores them without outputs and shows their differences by cell.

What is set up stands in the clone's own configuration, which is never committed: it names this machine's Python.
`.gitattributes` names the filter; where it is not set up, git stores files as they are.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from adminduk.basis.errors import Problem, RenderError
from adminduk.basis.paths import Paths

# What JupyterLab and a run write beside outputs; cell ids stay, a difference is told by them.
_KEYS = [
    *(f"metadata.{key}" for key in ("papermill", "widgets", "toc", "signature")),
    *(f"cell.metadata.{key}" for key in ("papermill", "execution", "collapsed", "scrolled")),
    *(
        f"metadata.language_info.{key}"
        for key in ("codemirror_mode", "file_extension", "mimetype", "nbconvert_exporter", "pygments_lexer", "version")
    ),
]
_INJECTED = ["--drop-tagged-cells", "injected-parameters"]
_STRIP = ["-m", "nbstripout", "--keep-id", *_INJECTED, "--extra-keys", " ".join(_KEYS)]
_DIFFER = ["-m", "nbdime.vcs.git.diffdriver", "diff"]


def settings() -> dict[str, str]:
    """What the clone's configuration has to say, by key."""
    return {
        "filter.nbstripout.clean": _command(_STRIP),
        "filter.nbstripout.smudge": "cat",
        "diff.jupyternotebook.command": _command(_DIFFER),
    }


def is_clone(paths: Paths) -> bool:
    """Whether the project is a git clone of its own, and git is here."""
    return shutil.which("git") is not None and (paths.root / ".git").exists()


def is_set_up(paths: Paths) -> bool:
    return is_clone(paths) and all(_git(paths, "--get", key) == value for key, value in settings().items())


def set_up(paths: Paths) -> bool:
    """Write the configuration; whether there was anything to write. RenderError when git refuses."""
    if is_set_up(paths) or not is_clone(paths):
        return False
    for key, value in settings().items():
        _git(paths, key, value, must=True)
    return True


def _command(arguments: list[str]) -> str:
    """For the shell that git starts, also on Windows, where it is git's own."""
    return shlex.join([Path(sys.executable).as_posix(), *arguments])


def _git(paths: Paths, *arguments: str, must: bool = False) -> str:
    command = ["git", "config", "--local", *arguments]
    done = subprocess.run(command, cwd=paths.root, capture_output=True, text=True, check=False)
    if must and done.returncode:
        next_step = "periksa izin menulis di folder .git, lalu jalankan lagi"
        raise RenderError(
            Problem(".git/config", f"tidak dapat diatur: {done.stderr.strip()}", "izin menulis", next_step)
        )
    return done.stdout.rstrip("\n")
