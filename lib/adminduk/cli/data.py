"""Figures in: what is stated, what is received, what is found in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from adminduk.basis.defaults import DATA, INCOMING, PERIOD, RECONCILIATION
from adminduk.basis.errors import DataError, ParameterError, Problem
from adminduk.basis.paths import find_paths
from adminduk.cli.answers import agreed, day, working


@click.command()
def params() -> None:
    """Periksa semua berkas di params/."""
    from adminduk.basis.params import check_params

    click.echo(f"params/: {check_params(find_paths())} berkas benar.")


@click.command()
def published() -> None:
    """Susun ulang data/published dari berkas yang diterima."""
    working("Menyusun ulang data/published")
    from adminduk.ingest.published.tables import write_published

    paths = find_paths()
    write_published(paths)
    click.echo(f"{paths.relative(paths.dataset('published'))} sudah disusun ulang.")


@click.command()
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
    working(f"Memuat {Path(file).name} ke data/{data}")
    paths = find_paths()
    delivery = Delivery(Path(file), day("AS_OF", as_of) if as_of else None, source, denominator)
    receipt = take_in(paths, data, [delivery], agreed("REPLACE", replace))
    click.echo("\n".join(lines(receipt, load_catalog(paths), load_places(paths))))


@click.command()
@click.option("--region", default="", help="kabupaten/kota yang angkanya dikonfirmasi")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD)")
@click.option("--by", default="", help='jabatan yang mengonfirmasi, mis. "Kabid PIAK"; bukan nama orang')
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data di data/")
def confirm(region: str, as_of: str, by: str, data: str) -> None:
    """Catat bahwa dinas membenarkan angkanya; tanpa itu angka bertanda sementara."""
    from adminduk.basis.regions import load_regions
    from adminduk.ingest import intake
    from adminduk.present.confirmation import confirmed

    paths, on = find_paths(), day("AS_OF", as_of)
    figures = intake.confirm(paths, data, region, on, by)
    click.echo(confirmed(figures, load_regions(paths).find(region).name, on, by))


@click.command()
@click.option("--data", default=DATA, show_default=True, help="kumpulan data di data/")
@click.option("--period", default="", help="hanya angka sampai periode ini; kosong: semua angka")
def check(data: str, period: str) -> None:
    """Tampilkan temuan atas satu kumpulan data; keluar dengan 11 bila ada yang berat `tolak`."""
    working(f"Memeriksa data/{data}")
    from adminduk.publish.gate import examine

    examined = examine(find_paths(), data, period)
    click.echo("\n".join(examined.lines))
    if examined.refuses:
        raise SystemExit(DataError.exit_code)


@click.command()
@click.option("--data", default=DATA, show_default=True, help="kumpulan data di data/")
def audit(data: str) -> None:
    """Hitung ulang persentase yang dipublikasikan dari jumlahnya: tabel, CSV, dan PDF internal."""
    working(f"Menghitung ulang persentase di data/{data}")
    from adminduk.basis.regions import load_regions
    from adminduk.publish.audit import write_audit
    from adminduk.publish.plan import plan

    paths = find_paths()
    job = plan(paths, load_regions(paths).province.code, PERIOD, data, RECONCILIATION)
    table, told = write_audit(paths, data)
    click.echo(f"{told}\n\n{paths.relative(table)} sudah ditulis.")
    from adminduk.publish.run import build

    working("Mencetak rekonsiliasi")
    click.echo(f"{paths.relative(build(job, paths))} sudah dicetak.")


@click.command()
@click.option("--region", default="", help="wilayah; kosong: seluruh provinsi")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD); kosong: laporan berikutnya")
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data untuk angka sebelumnya")
def template(region: str, as_of: str, data: str) -> None:
    """Tulis formulir Excel kosong untuk laporan 15 harian."""
    working("Menulis formulir")
    from adminduk.ingest.form.workbook import next_report, write_form

    paths = find_paths()
    on = day("AS_OF", as_of) if as_of else next_report(date.today())
    click.echo(paths.relative(write_form(paths, region, on, data)))


@click.command()
@click.option("--region", default="", help="hanya baris satu pelaksana; kosong: semua")
@click.option("--period", default=PERIOD, show_default=True, help="periode di params/periods")
@click.option("--data", default=DATA, show_default=True, help="kumpulan data di data/")
@click.option("--file", default="", help="lembar PROGRAM yang sudah diisi; kosong: tulis lembarnya")
@click.option("--replace", default="", help="yes: lembar dengan baris yang lebih sedikit boleh menggantikan")
def program(region: str, period: str, data: str, file: str, replace: str) -> None:
    """Tulis program dan kegiatan satu periode sebagai lembar Excel, atau muat lembar yang sudah diisi."""
    working("Memuat lembar program" if file else "Menulis lembar program")
    from adminduk.ingest.programme.intake import take_program
    from adminduk.ingest.programme.workbook import write_program
    from adminduk.present.taken import lines

    paths = find_paths()
    if file:
        fewer = agreed("REPLACE", replace)
        click.echo("\n".join(lines(take_program(paths, Path(file), period, data, fewer))))
    else:
        click.echo(paths.relative(write_program(paths, period, data, region)))


@click.command()
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data di data/")
@click.option("--to", default="parquet", show_default=True, help="parquet; csv: kembali ke bentuk yang disunting orang")
def columns(data: str, to: str) -> None:
    """Simpan tabel jumlah yang besar per kolom (counts.parquet): laporan hanya membaca bagiannya."""
    from adminduk.basis.datasets import turn

    if to not in ("parquet", "csv"):
        raise ParameterError(Problem("TO", f"{to!r} bukan bentuk tabel jumlah", "parquet atau csv"))
    paths, large = find_paths(), to == "parquet"
    working(f"Menulis ulang tabel jumlah kumpulan data {data}")
    number = turn(paths, data, large)
    click.echo(f"{paths.relative(paths.counts(data, large))}: {number} baris.")
