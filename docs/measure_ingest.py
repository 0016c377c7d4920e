"""How long it takes to take in one workbook with every desa and kelurahan of the province, every measure.

Prints the table of docs/ingest-times.md: ``python docs/measure_ingest.py``. Its figures are made up and say so.
"""

from __future__ import annotations

import csv
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from adminduk.basis.catalog import load_catalog
from adminduk.basis.paths import ROOT_VARIABLE, find_paths

ROUNDS = 3


def main() -> None:
    paths = find_paths()
    with paths.villages.open(encoding="utf-8", newline="") as file:
        villages = [row["code"] for row in csv.DictReader(file)]
    measures = list(load_catalog(paths).measures)
    print(f"{platform.machine()}, {os.cpu_count()} core, Python {platform.python_version()}, {ROUNDS} putaran\n")
    print("| berkas | baris | angka | detik (median, terpendek-terpanjang) |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        long = Path(work) / "simulasi_panjang.xlsx"
        _write(
            long,
            ["kode_wilayah", "tanggal", "ukuran", "jumlah"],
            [
                [code, "2024-11-15", measure, 1000 + place]
                for place, code in enumerate(villages)
                for measure in measures
            ],
        )
        _measured(f"tabel panjang, {len(villages)} kelurahan x {len(measures)} ukuran", long, "panjang", paths.root)
        wide = Path(work) / "simulasi_ktp.xlsx"
        heads = [f"{word}_{sex}" for word in ("wajib_ktp", "rekam", "belum_rekam") for sex in ("lk", "pr", "jml")]
        numbers = [500, 500, 1000, 450, 450, 900, 50, 50, 100]
        _write(wide, ["kode_wilayah", *heads], [[code, *numbers] for code in villages])
        _measured(f"lembar KTP-el, {len(villages)} kelurahan x {len(heads)} kolom", wide, "kelurahan_ktp", paths.root)


def _write(path: Path, heads: list[str], rows: list[list]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([heads, *rows]):
            sheet.write_row(number, 0, row)


def _measured(name: str, file: Path, source: str, root: Path) -> None:
    """Take the file into a fresh project, each time in a new process, as an analyst does."""
    seconds, told = [], ""
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as work:
            for folder in ("params", "notebooks"):
                shutil.copytree(root / folder, Path(work) / folder)
            program = [sys.executable, "-c", "from adminduk.cli import main; main()"]
            command = [*program, "ingest", "--file", str(file), "--as-of", "2024-11-15",
                       "--source", source]  # fmt: skip
            start = time.monotonic()
            subprocess.run(command, check=True, capture_output=True, env={**os.environ, ROOT_VARIABLE: work})
            seconds.append(time.monotonic() - start)
            counts = (Path(work) / "data" / "kaltim" / "counts.csv").read_text(encoding="utf-8")
            told = f"{len(counts.splitlines()) - 1}"
    span = f"{statistics.median(seconds):.1f} ({min(seconds):.1f}-{max(seconds):.1f})".replace(".", ",")
    rows = {"panjang": "satu baris per angka"}.get(source, "satu baris per kelurahan")
    print(f"| {name} | {rows} | {told} | {span} |")


if __name__ == "__main__":
    main()
