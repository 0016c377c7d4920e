"""The workshop's own commands."""

from __future__ import annotations

import subprocess
import sys

import click

from adminduk.basis.paths import find_paths

_LOCK = [
    "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-emit-index-url", "--quiet", "--custom-compile-command", "adminduk lock",
]  # fmt: skip


@click.command()
@click.argument("arguments", nargs=-1)
def test(arguments: tuple[str, ...]) -> None:
    """Jalankan semua pemeriksaan dan uji; ARGUMENTS diteruskan ke pytest."""
    run([sys.executable, "-m", "ruff", "check", "."])
    run([sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"])
    run([sys.executable, "-m", "pytest", *arguments])


@click.command("bench-cluster")
def bench_cluster() -> None:
    """Bandingkan edisi simulasi buatan 1, 2, dan 4 pekerja Dask dengan yang lokal, setiap bita."""
    from adminduk.bench.trial import run_laps

    paths = find_paths()
    click.echo(paths.relative(run_laps(paths, click.echo)))


@click.command("bench-nation")
@click.option("--provinces", default="", help="hanya provinsi dengan kode ini, dipisah koma")
def bench_nation(provinces: str) -> None:
    """Cetak 552 laporan simulasi, ulangi, lalu ubah satu kabupaten; catat waktu, memori, dan berkas."""
    from adminduk.bench.nationwide import run_nation

    paths, chosen = find_paths(), tuple(filter(None, map(str.strip, provinces.split(","))))
    click.echo(paths.relative(run_nation(paths, chosen, click.echo)))


@click.command()
@click.option("--quick", is_flag=True, help="satu putaran kecil tanpa rantai alat lain; docs/ tidak diubah")
def bench(quick: bool) -> None:
    """Ukur kecepatan mencetak, di samping batas bawahnya dan rantai alat biasa (sekitar 15 menit)."""
    from adminduk.bench.page import write

    paths = find_paths()
    for path in write(paths, quick, lambda line: click.echo(line, err=True)):
        click.echo(paths.relative(path))


@click.command()
def lock() -> None:
    """Kunci ulang versi semua paket."""
    uv = [sys.executable, "-m", "uv", *_LOCK]
    run([*uv, "--group", "build", "--group", "held", "--output-file", "requirements.lock", "pyproject.toml"])
    run([*uv, "--group", "dev", "--constraints", "requirements.lock", "--output-file", "requirements-dev.lock"])


def run(command: list[str]) -> None:
    """Run a program in the project's folder; its exit code is ours when it fails."""
    code = subprocess.call(command, cwd=find_paths().root)
    if code:
        raise SystemExit(code)
