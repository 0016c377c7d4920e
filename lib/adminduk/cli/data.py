"""Figures in: what is stated, what is received, what is found in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from adminduk.basis.defaults import INCOMING, PERIOD, RECONCILIATION
from adminduk.basis.errors import DataError, ParameterError, Problem
from adminduk.basis.paths import find_paths
from adminduk.cli import options
from adminduk.cli.answers import agreed, day, together, working


@click.command()
def params() -> None:
    """Periksa semua berkas di params/."""
    with working("Memeriksa params/"):
        from adminduk.basis.params import check_params

        number = check_params(find_paths())
    click.echo(f"params/: {number} berkas benar.")


@click.command()
def published() -> None:
    """Susun ulang data/published dari berkas yang diterima."""
    paths = find_paths()
    with working("Menyusun ulang data/published"):
        from adminduk.ingest.published.tables import write_published

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
        raise ParameterError(
            Problem("FILE", "belum diisi", "nama berkas yang diterima", "contoh: FILE=data/incoming/lembar.xlsx")
        )
    paths = find_paths()
    delivery = Delivery(Path(file), day("AS_OF", as_of) if as_of else None, source, denominator)
    with working(f"Memuat {Path(file).name} ke data/{data}"):
        receipt = take_in(paths, data, [delivery], agreed("REPLACE", replace))
    click.echo("\n".join(lines(receipt, load_catalog(paths), load_places(paths))))


@click.command()
@click.option("--region", default="", help="kabupaten/kota yang angkanya dikonfirmasi")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD)")
@click.option("--by", default="", help='jabatan yang mengonfirmasi, mis. "Kabid PIAK"; bukan nama orang')
@options.incoming
def confirm(region: str, as_of: str, by: str, data: str) -> None:
    """Catat bahwa dinas membenarkan angkanya; tanpa itu angka bertanda sementara."""
    from adminduk.basis.regions import load_regions
    from adminduk.ingest import intake
    from adminduk.present.confirmation import confirmed

    paths = find_paths()
    on, place, office = together(
        lambda: day("AS_OF", as_of), lambda: load_regions(paths).find(region), lambda: intake.office(by)
    )
    figures = intake.confirm(paths, data, place.code, on, office)
    click.echo(confirmed(figures, place.name, on, by))


@click.command()
@options.data
@click.option("--period", default="", help="hanya angka sampai periode ini; kosong: semua angka")
def check(data: str, period: str) -> None:
    """Tampilkan temuan atas satu kumpulan data; keluar dengan 11 bila ada yang berat `tolak`."""
    with working(f"Memeriksa data/{data}"):
        from adminduk.publish.gate import examine

        examined = examine(find_paths(), data, period)
    click.echo("\n".join(examined.lines))
    if examined.refuses:
        raise SystemExit(DataError.exit_code)


@click.command()
@options.data
def audit(data: str) -> None:
    """Hitung ulang persentase yang dipublikasikan dari jumlahnya: tabel, CSV, dan PDF internal."""
    paths = find_paths()
    with working(f"Menghitung ulang persentase di data/{data}"):
        from adminduk.basis.regions import load_regions
        from adminduk.publish.audit import write_audit
        from adminduk.publish.plan import plan

        job = plan(paths, load_regions(paths).province.code, PERIOD, data, RECONCILIATION)
        table, told = write_audit(paths, data)
    click.echo(f"{told}\n\n{paths.relative(table)} sudah ditulis.")
    with working("Mencetak rekonsiliasi"):
        from adminduk.publish.run import build

        pdf = build(job, paths)
    click.echo(f"{paths.relative(pdf)} sudah dicetak.")


@click.command()
@click.option("--region", default="", help="wilayah; kosong: seluruh provinsi")
@click.option("--as-of", default="", help="keadaan per tanggal (YYYY-MM-DD); kosong: laporan berikutnya")
@click.option("--data", default=INCOMING, show_default=True, help="kumpulan data untuk angka sebelumnya")
def template(region: str, as_of: str, data: str) -> None:
    """Tulis formulir Excel kosong untuk laporan 15 harian."""
    from adminduk.basis.datasets import check_name
    from adminduk.basis.frames import datasets
    from adminduk.ingest.form.workbook import next_report, write_form
    from adminduk.present.wording import long_date

    paths = find_paths()
    known = datasets(paths)
    if data != INCOMING and data not in known:
        check_name(data)
    on = day("AS_OF", as_of) if as_of else next_report(date.today())
    with working("Menulis formulir"):
        form = write_form(paths, region, on, data)
    click.echo(f"{paths.relative(form)} untuk keadaan {long_date(on)}.")
    if data not in known:
        click.echo(f"data/{data} belum ada: formulirnya tanpa angka laporan sebelumnya.")
    if not as_of:
        click.echo("Itu laporan berikutnya; untuk tanggal lain, isi AS_OF=YYYY-MM-DD.")


@click.command()
@click.option("--region", default="", help="hanya baris satu pelaksana; kosong: semua")
@options.period
@options.data
@click.option("--file", default="", help="lembar PROGRAM yang sudah diisi; kosong: tulis lembarnya")
@click.option("--replace", default="", help="yes: lembar dengan baris yang lebih sedikit boleh menggantikan")
def program(region: str, period: str, data: str, file: str, replace: str) -> None:
    """Tulis program dan kegiatan satu periode sebagai lembar Excel, atau muat lembar yang sudah diisi."""
    from adminduk.ingest.programme.intake import take_program
    from adminduk.ingest.programme.workbook import write_program
    from adminduk.present.taken import lines

    paths = find_paths()
    if file:
        fewer = agreed("REPLACE", replace)
        with working("Memuat lembar program"):
            receipt = take_program(paths, Path(file), period, data, fewer)
        click.echo("\n".join(lines(receipt)))
    else:
        with working("Menulis lembar program"):
            sheet = write_program(paths, period, data, region)
        click.echo(paths.relative(sheet))


@click.command()
@options.incoming
@click.option("--to", default="parquet", show_default=True, help="parquet; csv: kembali ke bentuk yang disunting orang")
def columns(data: str, to: str) -> None:
    """Simpan tabel jumlah yang besar per kolom (counts.parquet): laporan hanya membaca bagiannya."""
    from adminduk.basis.datasets import turn

    if to not in ("parquet", "csv"):
        raise ParameterError(Problem("TO", f"{to!r} bukan bentuk tabel jumlah", "parquet atau csv", "contoh: TO=csv"))
    paths, large = find_paths(), to == "parquet"
    with working(f"Menulis ulang tabel jumlah kumpulan data {data}"):
        number = turn(paths, data, large)
    click.echo(f"{paths.relative(paths.counts(data, large))}: {number} baris.")
