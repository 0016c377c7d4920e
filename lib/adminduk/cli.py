"""The terminal's door: everything ``make`` does is one call of this."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from typing import Any

import click

from adminduk.basis.defaults import DATA, INCOMING, NOTEBOOK, PERIOD
from adminduk.basis.errors import ParameterError, Problem, UserError
from adminduk.basis.paths import ROOT_VARIABLE, find_paths

INTERRUPTED = 130
_LOCK = [
    "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-emit-index-url", "--quiet", "--custom-compile-command", "adminduk lock",
]  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Paket rapat administrasi kependudukan Kalimantan Timur."""


@cli.command()
@click.option("--region", default="", help="kode, nama, atau sebutan wilayah (mis. Balikpapan, 64.71, kukar)")
@click.option("--period", default=PERIOD, show_default=True, help="periode di params/periods")
@click.option("--data", default=DATA, show_default=True, help="kumpulan data di data/")
@click.option("--notebook", default=NOTEBOOK, show_default=True, help="notebook di notebooks/")
def report(region: str, period: str, data: str, notebook: str) -> None:
    """Cetak satu wilayah menjadi PDF, dengan notebook dan HTML di sampingnya."""
    # Imported here, as in the other commands: an interrupt meanwhile is still told politely.
    from adminduk.publish.plan import plan

    start = time.monotonic()
    paths = find_paths()
    job = plan(paths, region, period, data, notebook)
    click.echo(f"Mencetak {job.region.name}, keadaan {job.period.key} ...", err=True)
    from adminduk.publish.run import build

    pdf = build(job, paths)
    seconds = f"{time.monotonic() - start:.1f}".replace(".", ",")
    click.echo(f"{paths.relative(pdf)} selesai dalam {seconds} detik")


@cli.command()
def params() -> None:
    """Periksa semua berkas di params/."""
    from adminduk.basis.params import check_params

    click.echo(f"params/: {check_params(find_paths())} berkas benar.")


@cli.command()
def published() -> None:
    """Susun ulang data/published dari berkas yang diterima."""
    from adminduk.ingest.published import write_published

    paths = find_paths()
    write_published(paths)
    click.echo(f"{paths.relative(paths.dataset('published'))} sudah disusun ulang.")


@cli.command()
@click.option("--region", default="", help="wilayah; kosong: seluruh provinsi")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD); kosong: laporan berikutnya")
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data untuk angka sebelumnya")
def template(region: str, as_of: str, data: str) -> None:
    """Tulis formulir Excel kosong untuk laporan 15 harian."""
    from adminduk.ingest.form_workbook import next_report, write_form

    paths = find_paths()
    day = _day("AS_OF", as_of) if as_of else next_report(date.today())
    click.echo(paths.relative(write_form(paths, region, day, data)))


@cli.command()
def lab() -> None:
    """Buka notebook di JupyterLab."""
    paths = find_paths()
    environment = {**os.environ, ROOT_VARIABLE: str(paths.root), "JUPYTER_PREFER_ENV_PATH": "1"}
    _run([sys.executable, "-m", "jupyterlab", str(paths.notebooks)], environment)


@cli.command()
@click.argument("arguments", nargs=-1)
def test(arguments: tuple[str, ...]) -> None:
    """Jalankan semua pemeriksaan dan uji; ARGUMENTS diteruskan ke pytest."""
    _run([sys.executable, "-m", "ruff", "check", "."])
    _run([sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"])
    _run([sys.executable, "-m", "pytest", *arguments])


@cli.command()
def lock() -> None:
    """Kunci ulang versi semua paket."""
    uv = [sys.executable, "-m", "uv", *_LOCK]
    _run([*uv, "--group", "build", "--group", "held", "--output-file", "requirements.lock", "pyproject.toml"])
    _run([*uv, "--group", "dev", "--constraints", "requirements.lock", "--output-file", "requirements-dev.lock"])


def _day(where: str, text: str) -> date:
    """The day that was given; ParameterError when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = Problem(where, f"{text!r} bukan tanggal", "YYYY-MM-DD, misalnya 2024-11-15", "perbaiki tanggalnya")
        raise ParameterError(problem) from None


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a program in the project's folder; its exit code is ours when it fails."""
    code = subprocess.call(command, cwd=find_paths().root, env=environment)
    if code:
        raise SystemExit(code)


def main() -> Any:
    """The program: user errors as sentences with their exit code, bugs with their traceback."""
    # A polite kill ends like Ctrl-C, so that no kernel and no half-written file stays behind.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
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
