"""A page of docs/how-to walked through: what its fenced blocks say is done in a scratch copy of the project.

What a block is stands behind its three backticks, where a code forge shows nothing:

* a language and a path: write this file;
* ``diff``: change the file that it names; the lines beside the change must be there, once;
* ``sh``: run this in the project's folder; it must succeed;
* ``text``: every line stands in the output of the command before; with a path, in that file (a PDF is read).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from adminduk.basis.paths import ROOT_VARIABLE

_BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<path>\S+))?\n(?P<body>.*?)^```$", re.M | re.S)
_COPIED = ("params", "notebooks", "lib", "data/published", "Makefile", "pyproject.toml")
# What stands in for `python bootstrap.py`, which would make another environment: the program of this one.
_PROGRAM = f'"{sys.executable}" -c "from adminduk.cli import main; main()"'


@dataclass(frozen=True)
class Block:
    kind: str
    path: str
    body: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(found["kind"], found["path"] or "", found["body"]) for found in _BLOCK.finditer(page)]


class Walk:
    """A scratch copy of the project in which one page is followed."""

    def __init__(self, project: Path, root: Path) -> None:
        self.root = root
        self.output = ""
        for name in _COPIED:
            copy = shutil.copytree if (project / name).is_dir() else shutil.copy
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            copy(project / name, root / name)

    def follow(self, block: Block) -> None:
        """Do what a block says; AssertionError where the project does not answer as the page says."""
        if block.kind == "sh":
            self._run(block.body)
        elif block.kind == "diff":
            self._change(block.body)
        elif block.kind == "text":
            told = _squeezed(self._read(block.path) if block.path else self.output)
            missing = [line for line in block.body.splitlines() if _squeezed(line) not in told]
            assert not missing, f"{missing} not in {block.path or 'the output'}:\n{told}"
        else:
            assert block.path, f"a block of {block.kind} names no file:\n{block.body}"
            target = self.root / block.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.body, encoding="utf-8")

    def _run(self, commands: str) -> None:
        self._register()
        make = f"make() {{ command make --no-print-directory RUN='{_PROGRAM}' \"$@\"; }}\n"
        done = subprocess.run(
            ["sh", "-ec", make + commands], cwd=self.root, env=self._surroundings(), text=True, timeout=300,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.output = done.stdout
        assert done.returncode == 0, f"{commands}{self.output}"

    def _surroundings(self) -> dict[str, str]:
        programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        library = str(self.root / "lib")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
        return {**kept, ROOT_VARIABLE: str(self.root), "PYTHONPATH": library, "PATH": programs}

    def _register(self) -> None:
        """What installing the package tells of its entry points, as pyproject.toml has them now."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        lines = []
        for group, named in project["entry-points"].items():
            lines += [f"[{group}]", *(f"{name} = {place}" for name, place in named.items())]
        told = self.root / "lib" / f"{project['name']}-{project['version']}.dist-info"
        told.mkdir(exist_ok=True)
        (told / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
        (told / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _change(self, diff: str) -> None:
        name = re.search(r"^\+\+\+ (\S+)$", diff, re.M)
        assert name, f"a diff names its file after +++:\n{diff}"
        path = self.root / name[1]
        text = path.read_text(encoding="utf-8")
        for hunk in re.split(r"^@@.*\n", diff, flags=re.M)[1:]:
            lines = [(line[:1], line[1:] + "\n") for line in hunk.splitlines()]
            before = "".join(line for sign, line in lines if sign != "+")
            after = "".join(line for sign, line in lines if sign != "-")
            assert text.count(before) == 1, f"{text.count(before)} times in {name[1]}:\n{before}"
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")

    def _read(self, name: str) -> str:
        path = self.root / name
        if path.suffix != ".pdf":
            return path.read_text(encoding="utf-8")
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
