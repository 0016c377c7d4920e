"""What was typed wrong, and the help, in the words of everything else that a user reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from adminduk.basis.errors import Problem, suggestion

_HEADINGS = {"Options": "Pilihan", "Commands": "Perintah"}
_WORDS = {
    "[OPTIONS]": "[PILIHAN]",
    "COMMAND [ARGS]...": "PERINTAH ...",
    "[ARGUMENTS]...": "[ARGUMENTS] ...",
    " TEXT": " TEKS",
    " INTEGER RANGE": " BILANGAN",
    "[default: ": "[bawaan: ",
    "Show this message and exit.": "tampilkan keterangan ini",
}


class _Formatter(click.HelpFormatter):
    """click's help with our words for its own."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _ours(args), prefix or "Pemakaian: ")

    def section(self, name: str):
        return super().section(_HEADINGS.get(name, name))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_ours(first), _ours(second)) for first, second in rows], col_max, col_spacing)


class Context(click.Context):
    """What a command runs in."""

    formatter_class = _Formatter


def _ours(text: str) -> str:
    for word, own in _WORDS.items():
        text = text.replace(word, own)
    return text


def problem(error: click.UsageError) -> Problem:
    """The mistake with what the command knows instead."""
    # click does not say of which command an option is that lacks its value.
    context = error.ctx or click.Context(click.Command("<perintah>"), info_name="adminduk <perintah>")
    command, name = context.command, context.command_path
    look, usage = f"lihat {name} --help", " ".join([name, *map(_ours, command.collect_usage_pieces(context))])
    match error:
        case click.NoSuchOption():
            return _no_option(error.option_name, command, name, look)
        case click.BadOptionUsage():
            lacking = "requires" in error.message
            what = f"{error.option_name} {'belum diberi nilai' if lacking else 'tidak menerima nilai'}"
            return Problem(name, what, f"{error.option_name}{' <nilai>' if lacking else ''}", look)
        case click.MissingParameter() if error.param:
            return Problem(name, f"{error.param.human_readable_name} belum diisi", usage, look)
        case click.BadParameter() if error.param:
            return _bad_value(error.param, error.message, name, look)
    if isinstance(command, click.Group):
        return _no_command(command, error.message, name, look)
    given = re.search(r"\((.*)\)", error.message)
    what = f"ada kata yang tidak dikenal: {given[1] if given else error.message}"
    return Problem(name, what, f"{usage}; nilai yang memuat spasi di dalam tanda kutip", look)


def _no_option(given: str, command: click.Command, name: str, look: str) -> Problem:
    known = [word for parameter in command.params for word in parameter.opts]
    expected = f"salah satu dari: {', '.join(known) or '--help'}"
    return Problem(name, f"pilihan {given} tidak dikenal", expected, suggestion(given, known) or look)


def _bad_value(parameter: click.Parameter, message: str, name: str, look: str) -> Problem:
    """A value of the wrong kind."""
    given = re.match(r"('.*?'|[^ ]+) is", message)
    kind = parameter.type
    known = list(kind.choices) if isinstance(kind, click.Choice) else []
    expected = f"salah satu dari: {', '.join(known)}" if known else f"bilangan bulat{_range(kind)}"
    what = f"{parameter.opts[0]} {given[1] if given else message} tidak dikenal"
    hint = suggestion(given[1].strip("'"), known) if given else ""
    return Problem(name, what, expected, hint or look)


def _range(kind: click.ParamType) -> str:
    return f" {kind.min} sampai {kind.max}" if isinstance(kind, click.IntRange) else ""


def _no_command(group: click.Group, message: str, name: str, look: str) -> Problem:
    """No command, or one that does not exist."""
    given, known = re.search(r"'(.*)'", message), sorted(group.commands)
    what = f"perintah {given[1]!r} tidak ada" if given else "perintah belum disebut"
    hint = suggestion(given[1], known) if given else ""
    return Problem(name, what, f"salah satu dari: {', '.join(known)}", hint or look)
