"""The terminal's door: everything ``make`` does is one call of this."""

from __future__ import annotations

import signal
import sys
from typing import Any

import click

from adminduk.basis.errors import ParameterError, UserError
from adminduk.cli import data, packs, reports, tools

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Paket rapat administrasi kependudukan Kalimantan Timur."""


for _room in (reports, data, packs, tools):
    for _command in vars(_room).values():
        if isinstance(_command, click.Command):
            cli.add_command(_command)


def main() -> Any:
    """The program: user errors as sentences with their exit code, bugs with their traceback."""
    # A polite kill ends like Ctrl-C, so that no kernel and no half-written file stays behind.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    # A terminal without a sign such as ‡ shows a question mark for it, instead of failing.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        return cli.main(standalone_mode=False)
    except UserError as error:
        click.echo(str(error), err=True)
        raise SystemExit(error.exit_code) from None
    except click.UsageError as error:
        error.show()
        raise SystemExit(ParameterError.exit_code) from None
    except (KeyboardInterrupt, click.Abort):
        click.echo("Dibatalkan; tidak ada berkas yang diubah.", err=True)
        raise SystemExit(INTERRUPTED) from None
