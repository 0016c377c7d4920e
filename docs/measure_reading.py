"""What a report's data costs to read: the whole of a table in rows, or its own part of one by columns.

Prints the table of docs/reading-times.md: ``python docs/measure_reading.py [largest number of rows]``. Its figures are
made up.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from adminduk.basis import frames, parquet
from adminduk.basis.paths import Paths

ROUNDS = 3
DATA, REGION = "simulasi", "25.07"
# Names, and so many of each: provinces, regencies of a province, kecamatan of a regency, villages of a kecamatan.
SIZES = {"200.000": (38, 14, 14, 0, 26), "30.000.000": (38, 14, 14, 11, 330)}
REGIONS = """
CREATE TABLE region AS
WITH p AS (SELECT printf('%02d', 10 + i) AS code FROM range(1, {0} + 1) t(i)),
     r AS (SELECT p.code || printf('.%02d', i) AS code FROM p, range(1, {1} + 1) t(i)),
     k AS (SELECT r.code || printf('.%02d', i) AS code FROM r, range(1, {2} + 1) t(i)),
     v AS (SELECT k.code || printf('.%04d', 1000 + i) AS code FROM k, range(1, {3} + 1) t(i))
SELECT code FROM p UNION ALL SELECT code FROM r UNION ALL SELECT code FROM k UNION ALL SELECT code FROM v
"""
COUNTS = """
CREATE VIEW counts AS
SELECT code AS region_code, strftime(DATE '2024-01-01' + CAST(n // 30 AS INTEGER), '%Y-%m-%d') AS as_of,
       'hari' AS precision, 'ukuran_' || (n % 30) AS measure, '' AS sex, '' AS age_group,
       CAST(hash(code, n) % 100000 AS BIGINT) AS count, 'simulasi' AS statement, 'dinamis' AS base_kind,
       'tidak' AS approximate, '' AS unusable, 'simulasi' AS source, 'simulasi' AS origin
FROM region, range({4}) t(n)
"""


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000_000
    print(f"{platform.machine()}, {os.cpu_count()} core, Python {platform.python_version()}, {ROUNDS} putaran\n")
    print("| table of counts | file, MB | rows read | seconds (median, shortest to longest) | most memory, MiB |")
    print("|---|---|---|---|---|")
    for name, sizes in SIZES.items():
        if int(name.replace(".", "")) > most:
            continue
        with tempfile.TemporaryDirectory() as work:
            paths = Paths(Path(work))
            _write(paths, sizes)
            _measured(f"{name.replace('.', ',')} rows by columns, one region", paths, REGION)
            if most == 200_000 or "000.000" not in name:
                _turned(paths)
                _measured(f"{name.replace('.', ',')} rows as CSV, the whole", paths, "")


def _write(paths: Paths, sizes: tuple[int, ...]) -> None:
    """A dataset with so many made-up counts, by columns."""
    paths.dataset(DATA).mkdir(parents=True)
    with duckdb.connect() as link:
        link.execute("SET preserve_insertion_order = false")
        link.execute(f"SET temp_directory = '{paths.root}'")
        link.execute(REGIONS.format(*sizes))
        link.execute(COUNTS.format(*sizes))
        parquet.write_parquet(link, "counts", frames.COUNTS, paths.counts(DATA, large=True))
    paths.table(DATA, "claims").write_text(",".join(frames.CLAIMS) + "\n", encoding="utf-8")
    sources = ",".join(frames.SOURCES) + "\nsimulasi,Angka simulasi,,,\n"
    paths.table(DATA, "sources").write_text(sources, encoding="utf-8")


def _turned(paths: Paths) -> None:
    frames.write_table(frames.read_dataset(paths, DATA)["counts"], "counts", paths.counts(DATA, large=False))
    paths.counts(DATA, large=True).unlink()


def _measured(name: str, paths: Paths, within: str) -> None:
    """Read each time in a new process, as a report does."""
    seconds, told = [], ""
    for _ in range(ROUNDS):
        command = [sys.executable, __file__, "--read", str(paths.root), within]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds.append(float(told.split()[0]))
    _, rows, memory = told.split()
    size = sum(path.stat().st_size for path in paths.dataset(DATA).glob("counts.*")) / 1e6
    span = f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"
    print(f"| {name} | {size:.1f} | {int(rows):,} | {span} | {memory} |", flush=True)


def _read(root: str, within: str) -> None:
    start = time.perf_counter()
    counts = frames.read_dataset(Paths(Path(root)), DATA, within)["counts"]
    seconds = time.perf_counter() - start
    # What resource tells counts the process that started this one, too.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    print(seconds, len(counts), int(status["VmHWM"].split()[0]) // 1024)


if __name__ == "__main__":
    _read(*sys.argv[2:4]) if sys.argv[1:2] == ["--read"] else main()
