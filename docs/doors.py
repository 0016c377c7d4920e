"""The two doors as pages: the commands of the terminal, and the words of a notebook."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

from fields import spoken, table

from adminduk import report
from adminduk.basis import errors
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.cli import cli, usage
from adminduk.present import narrative
from adminduk.publish.distribute import smtp
from adminduk.publish.engine import setting

# With which codes a command may end besides 0 and 130; the mistakes of tests/spec/messages.yml are held against it.
EXIT_CODES = {
    "audit": "10, 11, 12",
    "columns": "10, 11",
    "bench": "10, 11, 12",
    "bench-cluster": "10, 11, 12 (the editions differ)",
    "bench-nation": "10, 11, 12",
    "check": "10, 11 (also when a finding withholds a region)",
    "confirm": "10, 11",
    "demo": "10, 11, 12",
    "doctor": "10, 12 (something that printing needs is missing)",
    "ingest": "10, 11",
    "lab": "those of JupyterLab",
    "lock": "those of uv",
    "meeting": "10, 11, 12",
    "new": "10, 12",
    "notebooks": "10",
    "packs": "10, 11 (a region is withheld by a finding, nothing failed), 12 (a region failed)",
    "params": "10",
    "preview": "10, 11, 12",
    "program": "10, 11, 12",
    "published": "10, 11, 12",
    "report": "10, 11, 12",
    "send": "10, 11",
    "sent": "10, 11",
    "setup": "10, 12",
    "slides": "10, 11, 12",
    "template": "10, 11, 12",
    "test": "those of ruff, import-linter and pytest",
    "verify": "10, 11, 12 (a file differs)",
    "why": "10, 11",
}


def commands(paths: Paths) -> str:
    """The help of the program, and the make target of each command."""
    lines = re.findall(r"^([a-z-]+):.*?## (.*)$", (paths.root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    targets = dict(lines)
    program = usage.Context(cli, info_name="adminduk", terminal_width=100, **cli.context_settings)
    parts = []
    for name, command in sorted(cli.commands.items()):
        context = usage.Context(command, parent=program, info_name=name)
        make = f"`make {name}`: {targets[name]}\n\n" if name in targets else ""
        if name not in EXIT_CODES:
            raise SystemExit(f"docs/doors.py: say in EXIT_CODES with which codes {name!r} may end")
        codes = f"Exit codes besides 0: {EXIT_CODES[name]}.\n"
        parts.append(f"## {name}\n\n{make}```text\n{command.get_help(context)}\n```\n\n{codes}")
    return (
        "# Commands\n\n`make <target>` calls `adminduk <command>`; without make or a POSIX shell it is "
        "`python bootstrap.py <command> --option value`.\n\n"
        f"## Exit codes\n\n{_exit_codes()}\n## Environment\n\n{_environment()}\n" + "\n".join(parts)
    )


def _exit_codes() -> str:
    kinds = sorted(errors.UserError.__subclasses__(), key=lambda kind: kind.exit_code)
    rows = [("0", "done")]
    rows += [(str(kind.exit_code), f"`{kind.__name__}`: {spoken(kind)}") for kind in kinds]
    rows += [("130", "stopped with Ctrl-C; nothing is left behind"), ("1", "a bug of the program, with its traceback")]
    return table(("code", "meaning"), rows)


def _environment() -> str:
    prefix = smtp.PREFIX
    rows = [
        (f"`{ROOT_VARIABLE}`", "the project's folder, where it is not the working directory or around it"),
        (
            f"`{setting.VARIABLE}`",
            f"`{setting.FORK}` (Linux) or `{setting.KERNEL}`: how notebooks are run; same outputs",
        ),
        (f"`{prefix}HOST`, `{prefix}PORT`", "server for mail, and its port (by the kind of security when absent)"),
        (f"`{prefix}SECURITY`", "`starttls` (default), `tls`, or `tanpa`, which is allowed only to this machine"),
        (f"`{prefix}USER`, `{prefix}PASSWORD`", "login, where the server wants one"),
        (f"`{prefix}FROM`", "sender's address; `USER` where that is an address"),
    ]
    return table(("variable", "meaning"), rows)


def words() -> str:
    """What a notebook may call, with the names that each word knows."""
    known: dict[str, Mapping[str, Callable[..., Any]]] = {
        "answer": report._ANSWERS,
        "sentence": report._SENTENCES,
        "table": report._TABLES,
        "figure": report._FIGURES,
        "notes": report._NOTES,
    }
    parts = [f"# The notebooks' door\n\n{spoken(report)}\n", _word("open_report", report.open_report)]
    for name, method in inspect.getmembers(report.Report, inspect.isfunction):
        if not name.startswith("_"):
            parts.append(_word(f"report.{name}", method))
        if name in known:
            rows = [(f"`{key}`", spoken(made).splitlines()[0]) for key, made in known[name].items()]
            parts.append(table(("name", "what it shows"), rows))
        elif name == "reading":
            parts.append(f"Names: {', '.join(f'`{key}`' for key in narrative.READING)}.\n")
    return "\n".join(parts)


def _word(name: str, function: Callable[..., Any]) -> str:
    wanted = [part for key, part in inspect.signature(function).parameters.items() if key not in ("self", "paths")]
    arguments = ", ".join(re.sub(r": '?([\w.]+)'?", r": \1", str(part)) for part in wanted)
    return f"## {name}({arguments})\n\n{spoken(function)}\n"
