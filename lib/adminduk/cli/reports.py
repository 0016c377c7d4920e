"""Pages out: single reports, the simulated edition, the documents of the meeting."""

from __future__ import annotations

import time

import click

from adminduk.basis.defaults import PERIOD
from adminduk.basis.garbage import no_collection
from adminduk.basis.paths import find_paths
from adminduk.cli import options
from adminduk.cli.answers import line_by_line, seconds, working


@click.command()
@options.region
@options.period
@options.data
@options.notebook
@click.option("--engine", type=click.Choice(["typst", "quarto"]), default="typst", show_default=True,
              help="quarto: juga dicetak oleh Quarto (1.4 atau lebih baru) di sampingnya")  # fmt: skip
@no_collection()
def report(region: str, period: str, data: str, notebook: str, engine: str) -> None:
    """Cetak satu wilayah menjadi PDF, dengan notebook dan HTML di sampingnya."""
    # Imported here, as in the other commands: an interrupt meanwhile is still told politely.
    from adminduk.publish.engine.prepared import begin

    start = time.monotonic()
    begin()
    paths = find_paths()
    with working("Memeriksa masukan"):
        from adminduk.publish.plan import planned
        from adminduk.publish.quarto import find_quarto, render

        program = find_quarto() if engine == "quarto" else ""
        job, tables = planned(paths, region, period, data, notebook)
    with working(f"Mencetak {job.region.name}, keadaan {job.period.key}", always=True):
        from adminduk.present.opening import Ground, keep
        from adminduk.publish.run import build

        # Opened here, while the process that will run the notebook is still importing.
        opened = Ground(paths, period, data).open(job.region, tables)
        pdf = build(job, paths, keep(opened))
        if program:
            pdf = render(program, pdf.with_suffix(".ipynb"), job)
    click.echo(f"{paths.relative(pdf)} selesai dalam {seconds(start)}")


@click.command()
@click.option("--region", default="", help="kode, nama, atau sebutan wilayah; 64 untuk provinsi")
@options.period
@options.data
def slides(region: str, period: str, data: str) -> None:
    """Cetak salindia satu wilayah untuk pembicara: ringkasan dan satu halaman per indikator (PDF 16:9)."""
    paths = find_paths()
    with working("Mencetak salindia"):
        from adminduk.publish.plan import plan
        from adminduk.publish.slides import print_slides

        pdf = print_slides(plan(paths, region, period, data), paths)
    click.echo(f"{paths.relative(pdf)} selesai")


@click.command()
@click.option("--level", type=click.Choice(["kecamatan", "kelurahan"]), default="kecamatan", show_default=True,
              help="sampai ke mana angka dirinci; kelurahan: data/demo-kelurahan, tidak dicetak")  # fmt: skip
@click.option("--nation", is_flag=True, help="seluruh 514 kabupaten/kota: data/demo-nasional, tidak dicetak")
@click.option("--with-refusal", is_flag=True, help="tanam juga satu cacat yang menahan laporan sebuah daerah")
@click.option("--no-print", is_flag=True, help="buat datanya saja")
def demo(level: str, nation: bool, with_refusal: bool, no_print: bool) -> None:
    """Buat edisi simulasi dan cetak laporan setiap wilayah; semuanya bertanda DATA SIMULASI."""
    prints = not (no_print or nation) and level == "kecamatan"
    if prints:
        from adminduk.publish.engine.prepared import begin

        begin()
    paths = find_paths()
    with working("Membuat data simulasi"):
        from adminduk.ingest.simulation.messy import write_demo
        from adminduk.ingest.simulation.nation import write_nation

        data = write_nation(paths) if nation else write_demo(paths, level, with_refusal)
    click.echo(f"{paths.relative(paths.dataset(data))} sudah dibuat.")
    if not prints:
        return
    with line_by_line("Mencetak") as tell:
        from adminduk.publish.batch import print_all

        print_all(paths, PERIOD, data, tell)


@click.command()
@options.period
@options.data
def meeting(period: str, data: str) -> None:
    """Cetak dokumen rapat provinsi: rekap, harmonisasi (PDF dan Excel), mutu data, berita acara, bahan sambutan."""
    from adminduk.publish.engine.prepared import begin

    begin()
    with line_by_line("Mencetak") as tell:
        from adminduk.publish.batch import print_meeting

        print_meeting(find_paths(), period, data, tell)
