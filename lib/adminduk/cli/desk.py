"""The analyst's desk: JupyterLab, preview, a new notebook, and whether everything is in order."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser

import click

from adminduk.basis.errors import ParameterError, Problem, RenderError
from adminduk.basis.paths import ROOT_VARIABLE, find_paths
from adminduk.cli import options
from adminduk.cli.answers import working


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(arguments: tuple[str, ...]) -> None:
    """Buka notebook di JupyterLab; ARGUMENTS diteruskan kepadanya."""
    paths = find_paths()
    environment = {**os.environ, ROOT_VARIABLE: str(paths.root), "JUPYTER_PREFER_ENV_PATH": "1"}
    settings = f"--LabApp.app_settings_dir={paths.lab_settings}"
    command = [sys.executable, "-m", "jupyterlab", settings, *arguments, str(paths.notebooks)]
    code = subprocess.call(command, cwd=paths.root, env=environment)
    if code:
        raise SystemExit(code)


@click.command()
@options.region
@options.period
@options.data
@options.notebook
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="port di mesin ini; 0: yang bebas")
@click.option("--no-browser", is_flag=True, help="jangan buka peramban")
def preview(region: str, period: str, data: str, notebook: str, port: int, no_browser: bool) -> None:
    """Cetak satu wilayah, tampilkan di peramban, dan cetak ulang setiap kali berkasnya disimpan."""
    paths = find_paths()
    with working("Menyiapkan pratinjau"):
        from adminduk.publish.plan import plan
        from adminduk.publish.preview import Order, Preview, served

        plan(paths, region, period, data, notebook)  # what was typed wrong is told at once
    shown = Preview(paths, Order(region, period, data, notebook))
    with served(shown, port) as address:
        click.echo(f"Pratinjau di {address} (Ctrl-C untuk menutup)")
        if not no_browser:
            webbrowser.open(address)
        shown.watch(lambda line: click.echo(line, err=True))


@click.command()
@click.argument("name")
def new(name: str) -> None:
    """Buat notebook baru bernama NAME, yang menaati aturan dan dapat dicetak."""
    from adminduk.publish.draft import first_region, write_draft

    paths = find_paths()
    click.echo(f"{paths.relative(write_draft(paths, name))} sudah dibuat. Cetak dengan:")
    click.echo(f"  make report REGION={first_region(paths)} NOTEBOOK={name}")


@click.command()
def notebooks() -> None:
    """Periksa aturan setiap notebook: sel, baris, dan apa yang perlu diubah."""
    paths = find_paths()
    found = sorted(paths.notebooks.glob("*.ipynb"))
    with working("Memeriksa notebook"):
        from adminduk.publish import repository
        from adminduk.publish.rules import broken_rules

        # Where git takes outputs out by itself, an analyst may keep them meanwhile.
        stored = not repository.is_set_up(paths)
        problems = [problem for path in found for problem in broken_rules(path, stored)]
    if problems:
        raise ParameterError(*problems)
    click.echo(f"{len(found)} notebook menaati aturan.")


@click.command()
def setup() -> None:
    """Siapkan git di folder ini: notebook disimpan tanpa keluaran, perbedaannya terbaca."""
    from adminduk.publish import repository

    paths = find_paths()
    if repository.set_up(paths):
        click.echo("Git di folder ini menyimpan notebook tanpa keluaran.")
    click.echo("Lingkungan kerja siap.")


@click.command()
def doctor() -> None:
    """Tunjukkan apa yang terpasang, apa yang tidak, dan apa akibatnya."""
    with working("Memeriksa apa yang terpasang"):
        from adminduk.publish.equipment import equipment

        pieces = equipment(find_paths())
    width = max(len(piece.name) for piece in pieces)
    for piece in pieces:
        state = "ada" if piece.is_there else "TIDAK" if piece.needed else "tanpa"
        click.echo(f"{state:<5}  {piece.name:<{width}}  {piece.found if piece.is_there else piece.cost}")
    missing = [piece.name for piece in pieces if piece.needed and not piece.is_there]
    if missing:
        what = f"belum beres: {', '.join(missing)}"
        raise RenderError(Problem("lingkungan kerja", what, "semua yang bertanda TIDAK", "ikuti langkah di baris itu"))
    click.echo("Semua yang perlu untuk mencetak ada.")
