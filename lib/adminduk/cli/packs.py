"""Packs: an edition of everything, why it would change, whether it proves itself."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from adminduk.basis.errors import DataError, RenderError
from adminduk.basis.paths import Paths, find_paths
from adminduk.cli import options
from adminduk.cli.answers import agreed, line_by_line, seconds, working

if TYPE_CHECKING:
    from adminduk.publish.manifest import Manifest
    from adminduk.publish.material import Hire


@click.command()
@options.period
@options.data
@click.option("--scheduler", default="", help="alamat penjadwal Dask (tcp://nama:8786); kosong: komputer ini saja")
def packs(period: str, data: str, scheduler: str) -> None:
    """Cetak dan jilid paket setiap wilayah menjadi satu edisi.

    Keluar dengan 12 bila ada yang gagal, 11 bila hanya ada yang ditahan oleh temuan.
    """
    from adminduk.present.editions import outcome
    from adminduk.publish.freshness import unchanged

    paths, start = find_paths(), time.monotonic()
    if (current := unchanged(paths, period, data)) is not None:
        click.echo("\n".join(outcome(current.regions, False, (), ())))
        click.echo(paths.relative(paths.edition(data, current.edition)))
        _leave(current)
        return
    # The kernels are prepared while what makes an edition is imported, which takes two seconds.
    from adminduk.publish.engine.prepared import begin

    begin()
    with _progress() as progress:
        from adminduk.publish.edition import make_packs

        made = make_packs(paths, period, data, progress, _hiring(paths, scheduler))
    click.echo("\n".join(outcome(made.manifest.regions, made.is_new, made.reports, made.files)))
    click.echo(f"{paths.relative(made.path)} ({seconds(start)})")
    for remark in made.remarks:
        click.echo(remark, err=True)
    _leave(made.manifest)


def _leave(manifest: Manifest) -> None:
    """The exit code of an edition that does not hold every region."""
    if not manifest.complete:
        raise SystemExit(RenderError.exit_code)
    if manifest.withholds:
        raise SystemExit(DataError.exit_code)


@click.command()
@options.region
@options.period
@options.data
def why(region: str, period: str, data: str) -> None:
    """Sebutkan apa yang berubah bagi satu wilayah sejak edisi yang berlaku."""
    from adminduk.basis.regions import load_regions
    from adminduk.present.editions import reasons

    paths = find_paths()
    place = load_regions(paths).find(region)
    with working(f"Membandingkan {place.name} dengan edisi yang berlaku"):
        from adminduk.publish.verify import why as changed

        found = changed(paths, period, data, place)
    click.echo("\n".join(reasons(place.name, found.files, found.inputs, found.moved)))


@click.command()
@options.period
@options.data
def verify(period: str, data: str) -> None:
    """Buat ulang edisi yang berlaku di folder bersih dan bandingkan setiap bita."""
    from adminduk.publish.engine.prepared import begin

    begin()
    paths = find_paths()
    with _progress() as progress:
        from adminduk.publish.verify import verify as proved

        found = proved(paths, period, data, progress)
    click.echo(f"Edisi {found.manifest.edition}: {found.files} berkas dibuat ulang dan sama persis.")


@click.command()
@options.period
@options.data
@click.option("--region", default="", help="hanya wilayah ini, dipisah koma; wajib bila edisi tidak lengkap")
@click.option("--confirm", default="", help="yes: kirim sungguhan; kosong: latihan saja")
@click.option("--resend", default="", help="alamat yang pengirimannya tidak pasti dan harus diulang")
def send(period: str, data: str, region: str, confirm: str, resend: str) -> None:
    """Tunjukkan siapa menerima berkas apa, atau kirim edisi yang berlaku lewat SMTP."""
    with working("Membaca edisi dan penerima"):
        from adminduk.publish.distribute.delivery import Order
        from adminduk.publish.distribute.delivery import send as post

    regions = tuple(filter(None, map(str.strip, region.split(","))))
    really = agreed("CONFIRM", confirm)
    with line_by_line("Mengirim" if really else "Menyusun pesan") as tell:
        post(find_paths(), Order(period, data, regions, resend), really, tell)


@click.command()
def sent() -> None:
    """Cetak buku kiriman: siapa menerima apa, kapan, dan apa jawaban server."""
    from adminduk.publish.distribute.delivery import sent_lines

    click.echo("\n".join(sent_lines(find_paths())))


def _hiring(paths: Paths, scheduler: str) -> Hire:
    """Processes of this computer, or the workers of a scheduler."""
    from adminduk.publish.pool import Processes

    if not scheduler:
        return Processes
    from adminduk.publish.cluster import Cluster  # Dask takes a third of a second to load

    return lambda: Cluster(scheduler, paths, lambda line: click.echo(line, err=True))


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
    """A bar with the time that is left on a terminal, elsewhere a line each; what is not counted is only named."""
    if not sys.stderr.isatty():
        yield lambda done, of, name: click.echo(f"({done}/{of}) {name}" if of else f"{name} ...", err=True)
        return
    bars: list = []
    shown = ExitStack()
    shown.enter_context(working("Menyiapkan edisi"))

    def move(done: int, of: int, name: str) -> None:
        shown.close()
        if not of:
            while bars:
                bars.pop().__exit__(None, None, None)
            shown.enter_context(working(name))
            return
        if not bars:
            bars.append(click.progressbar(length=of, file=sys.stderr, show_eta=True, item_show_func=str))
            bars[0].__enter__()
        bars[0].update(1, name)

    try:
        yield move
    finally:
        shown.close()
        for bar in bars:
            bar.__exit__(None, None, None)
