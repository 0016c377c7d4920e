"""The terminal's door: everything ``make`` does is one call of this."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from adminduk.basis.defaults import DATA, INCOMING, NOTEBOOK, PERIOD, RECONCILIATION
from adminduk.basis.errors import DataError, ParameterError, Problem, UserError
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
    from adminduk.ingest.published.tables import write_published

    paths = find_paths()
    write_published(paths)
    click.echo(f"{paths.relative(paths.dataset('published'))} sudah disusun ulang.")


@cli.command()
@click.option("--file", default="", help="berkas yang diterima: .xlsx, .xls, .ods, atau .csv")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD); formulir menyebutnya sendiri")
@click.option("--source", default="", help="jenis berkas di params/sources.yml; kosong: dikenali dari isinya")
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data yang dimuati")
@click.option("--denominator", default="", help="penyebut di berkas: rilis DKB (mis. DKB-2024-S1) atau dinamis")
@click.option("--replace", default="", help="yes: ganti angka yang berbeda")
def ingest(file: str, as_of: str, source: str, data: str, denominator: str, replace: str) -> None:
    """Muat satu berkas seperti diterima ke satu kumpulan data."""
    from adminduk.basis.catalog import load_catalog
    from adminduk.basis.places import load_places
    from adminduk.ingest.intake import Delivery, take_in
    from adminduk.present.receipt import lines

    if not file:
        raise ParameterError(Problem("FILE", "belum diisi", "nama berkas, misalnya FILE=data/incoming/lembar.xlsx"))
    paths = find_paths()
    delivery = Delivery(Path(file), _day("AS_OF", as_of) if as_of else None, source, denominator)
    receipt = take_in(paths, data, [delivery], _agreed("REPLACE", replace))
    click.echo("\n".join(lines(receipt, load_catalog(paths), load_places(paths))))


@cli.command()
@click.option("--region", default="", help="kabupaten/kota yang angkanya dikonfirmasi")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD)")
@click.option("--by", default="", help='jabatan yang mengonfirmasi, mis. "Kabid PIAK"; bukan nama orang')
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data di data/")
def confirm(region: str, as_of: str, by: str, data: str) -> None:
    """Catat bahwa dinas membenarkan angkanya; tanpa itu angka bertanda sementara."""
    from adminduk.basis.regions import load_regions
    from adminduk.ingest import intake
    from adminduk.present.confirmation import confirmed

    paths, day = find_paths(), _day("AS_OF", as_of)
    figures = intake.confirm(paths, data, region, day, by)
    click.echo(confirmed(figures, load_regions(paths).find(region).name, day, by))


@cli.command()
@click.option("--data", default=DATA, show_default=True, help="kumpulan data di data/")
@click.option("--period", default="", help="hanya angka sampai periode ini; kosong: semua angka")
def check(data: str, period: str) -> None:
    """Tampilkan temuan atas satu kumpulan data; keluar dengan 11 bila ada yang berat `tolak`."""
    from adminduk.publish.gate import examine

    examined = examine(find_paths(), data, period)
    click.echo("\n".join(examined.lines))
    if examined.refuses:
        raise SystemExit(DataError.exit_code)


@cli.command()
@click.option("--data", default=DATA, show_default=True, help="kumpulan data di data/")
def audit(data: str) -> None:
    """Hitung ulang persentase yang dipublikasikan dari jumlahnya: tabel, CSV, dan PDF internal."""
    from adminduk.basis.regions import load_regions
    from adminduk.publish.audit import write_audit
    from adminduk.publish.plan import plan

    paths = find_paths()
    job = plan(paths, load_regions(paths).province.code, PERIOD, data, RECONCILIATION)
    table, told = write_audit(paths, data)
    click.echo(f"{told}\n\n{paths.relative(table)} sudah ditulis.")
    from adminduk.publish.run import build

    click.echo(f"{paths.relative(build(job, paths))} sudah dicetak.")


@cli.command()
@click.option("--region", default="", help="wilayah; kosong: seluruh provinsi")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD); kosong: laporan berikutnya")
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data untuk angka sebelumnya")
def template(region: str, as_of: str, data: str) -> None:
    """Tulis formulir Excel kosong untuk laporan 15 harian."""
    from adminduk.ingest.form.workbook import next_report, write_form

    paths = find_paths()
    day = _day("AS_OF", as_of) if as_of else next_report(date.today())
    click.echo(paths.relative(write_form(paths, region, day, data)))


@cli.command()
@click.option("--level", type=click.Choice(["kecamatan", "kelurahan"]), default="kecamatan", show_default=True,
              help="sampai ke mana angka dirinci; kelurahan: data/demo-kelurahan, tidak dicetak")  # fmt: skip
@click.option("--nation", is_flag=True, help="seluruh 514 kabupaten/kota: data/demo-nasional, tidak dicetak")
@click.option("--with-refusal", is_flag=True, help="tanam juga satu cacat yang menahan laporan sebuah daerah")
@click.option("--no-print", is_flag=True, help="buat datanya saja")
def demo(level: str, nation: bool, with_refusal: bool, no_print: bool) -> None:
    """Buat edisi simulasi dan cetak laporan setiap wilayah; semuanya bertanda DATA SIMULASI."""
    from adminduk.ingest.simulation.messy import write_demo
    from adminduk.ingest.simulation.nation import write_nation

    paths = find_paths()
    data = write_nation(paths) if nation else write_demo(paths, level, with_refusal)
    click.echo(f"{paths.relative(paths.dataset(data))} sudah dibuat.")
    if no_print or nation or level != "kecamatan":
        return
    from adminduk.publish.batch import print_all

    print_all(paths, PERIOD, data, lambda line: click.echo(line))


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


def _agreed(where: str, text: str) -> bool:
    """Whether the user said yes; ParameterError for a word that is neither yes nor no."""
    answers = {"": False, "no": False, "tidak": False, "yes": True, "ya": True}
    if text.casefold() not in answers:
        raise ParameterError(Problem(where, f"{text!r} bukan ya atau tidak", "yes atau kosong", "contoh: REPLACE=yes"))
    return answers[text.casefold()]


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
