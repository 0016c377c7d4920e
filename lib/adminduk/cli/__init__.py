"""The terminal's door: everything ``make`` does is one call of this."""

from __future__ import annotations

import atexit
import signal
import sys
from typing import Any

import click

from adminduk.basis.errors import UNWRITABLE, ParameterError, Problem, RenderError, UserError
from adminduk.basis.garbage import leave
from adminduk.cli import data, desk, packs, reports, tools, usage

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Paket rapat administrasi kependudukan."""


cli.context_class = usage.Context

for _room in (reports, data, packs, desk, tools):
    for _command in vars(_room).values():
        if isinstance(_command, click.Command):
            _command.context_class = usage.Context
            cli.add_command(_command)


def main() -> Any:
    """The program: user errors as sentences with their exit code, bugs with their traceback."""
    # A polite kill ends like Ctrl-C, so that no kernel and no half-written file stays behind.
    signal.signal(signal.SIGTERM, _end)
    atexit.register(leave)
    # A terminal without a sign such as ‡ shows a question mark for it, instead of failing.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        return cli.main(prog_name="adminduk", standalone_mode=False)
    except UserError as error:
        click.echo(str(error), err=True)
        raise SystemExit(error.exit_code) from None
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        click.echo(str(_unwritable(error)), err=True)
        raise SystemExit(RenderError.exit_code) from None
    except click.UsageError as error:
        click.echo(str(usage.problem(error)), err=True)
        raise SystemExit(ParameterError.exit_code) from None
    except (KeyboardInterrupt, click.Abort):
        click.echo("Dibatalkan.", err=True)
        raise SystemExit(INTERRUPTED) from None


def _end(*_: object) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background by a shell
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.raise_signal(signal.SIGINT)


def _unwritable(error: OSError) -> Problem:
    return Problem(
        where=str(error.filename or "berkas hasil"),
        what=f"tidak dapat ditulis ({UNWRITABLE[error.errno or 0]})",
        expected="tempat di disk dan izin menulis",
        next_step="sediakan tempat atau izin menulis, lalu jalankan lagi; yang sudah ada tidak diubah",
    )
