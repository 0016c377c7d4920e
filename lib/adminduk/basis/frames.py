"""The tables that cross the walls, and the only reader and writer of them.

Files are CSV, UTF-8, line feed, plain integers and decimal points; every cell is read as text first,
so that a code such as 64.10 keeps its zero and an empty cell stays empty. A large table of counts may
lie as ``counts.parquet`` in the place of ``counts.csv``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from adminduk.basis import columns, parquet, transactions
from adminduk.basis.defaults import DATA as PUBLISHED
from adminduk.basis.defaults import INCOMING
from adminduk.basis.errors import DataError, ParameterError, Problem, suggestion
from adminduk.basis.paths import Paths
from adminduk.basis.rows import RESTORE, wrong_rows

TABLES = {table: tuple(said) for table, said in columns.TABLES.items()}
COUNTS, CLAIMS, SOURCES, UNUSED = (TABLES[table] for table in ("counts", "claims", "sources", "unused"))
AUDIT, JOURNAL, FINDINGS = (TABLES[table] for table in ("audit", "journal", "findings"))
FIGURE, BY = columns.FIGURE, tuple(columns.BY)
# What every dataset has, and what those have that are fed by deliveries.
REQUIRED = ("counts", "claims", "sources")
LARGE, LARGE_COMMAND = "counts.parquet", "make columns"
OPTIONAL = ("journal", "replaced", "replaced_claims", "findings", "confirmations")


def datasets(paths: Paths) -> list[str]:
    """The datasets that exist: folders under data/ with a table of counts."""
    folders = sorted(path.name for path in paths.datasets.glob("*") if path.is_dir())
    return [name for name in folders if transactions.exists(paths, name, "counts.csv") or is_large(paths, name)]


def is_large(paths: Paths, name: str) -> bool:
    """Whether the counts of a dataset are kept by columns."""
    return transactions.exists(paths, name, LARGE)


def check_exists(paths: Paths, name: str) -> None:
    """ParameterError with the datasets that exist when ``name`` is none of them."""
    known = datasets(paths)
    if name not in known:
        raise ParameterError(
            Problem(
                where="DATA",
                what=f"kumpulan data {name!r} tidak ada",
                expected=f"salah satu dari: {', '.join(known) or '(belum ada)'}",
                next_step=suggestion(name, known) or _how_to_start(name),
            )
        )


def _how_to_start(name: str) -> str:
    """What makes the dataset that is not there yet."""
    if name == PUBLISHED:
        return "susun ulang dengan make published"
    if name.startswith("demo"):
        return "buat dahulu dengan make demo"
    own = f" DATA={name}" if name != INCOMING and re.fullmatch(r"[a-z0-9_-]+", name) else ""
    return f"pilih salah satunya, atau mulai dengan memuat berkas pertama: make ingest FILE=...{own}"


def read_dataset(paths: Paths, name: str, within: str = "") -> dict[str, pd.DataFrame]:
    """Every table of a dataset, checked; all mistakes at once. A table that it need not have may be empty.

    ``count`` becomes an integer in the table of counts; every other column stays text, an unknown cell the empty
    text. Of counts that are kept by columns only provinces, regencies and what lies ``within`` that region are read.
    What an interrupted delivery left behind is set right first. Raises ParameterError for a dataset that does not
    exist, DataError for tables that cannot be used.
    """
    check_exists(paths, name)
    transactions.recover(paths, name)
    files = {f"{table}.csv": table for table in (*REQUIRED, *OPTIONAL)}
    contents = transactions.read(paths, name, files, {LARGE: partial(_by_columns, within=within)})
    problems = [*_twice(contents, name)]
    if LARGE in contents:
        files = {LARGE if table == "counts" else file: table for file, table in files.items()}
    tables = {}
    for file, table in files.items():
        tables[table], wrong = _parse(contents.get(file), table, f"data/{name}/{file}")
        problems.extend(wrong)
    if not problems:
        problems = list(_unknown_sources(tables, name))
    if problems:
        raise DataError(*problems)
    tables["counts"]["count"] = tables["counts"]["count"].astype("int64")
    return tables


def _reason(error: Exception) -> str:
    """Why a table cannot be read, in words; the line where the reader knows it."""
    if isinstance(error, UnicodeDecodeError):
        return "bukan UTF-8"
    if isinstance(error, pd.errors.EmptyDataError):
        return "kosong"
    line = re.search(r"line (\d+)", str(error))
    return f"baris {line[1]}: jumlah kolom berbeda" if line else "susunannya rusak"


def reader(paths: Paths, name: str) -> Callable[[str], dict[str, pd.DataFrame]]:
    """How to get the tables for one region after the other: read once, or its part at a time where they are large."""
    if is_large(paths, name):
        return lambda region_code: read_dataset(paths, name, region_code)
    tables = read_dataset(paths, name)
    return lambda region_code: tables


def contents(tables: Mapping[str, pd.DataFrame], large: bool) -> dict[str, bytes]:
    """What a dataset's files hold, by their names; with ``large`` the counts by columns."""
    return {
        LARGE if large and table == "counts" else f"{table}.csv": (
            parquet.to_parquet(frame) if large and table == "counts" else to_csv(frame, table).encode()
        )
        for table, frame in tables.items()
    }


def _by_columns(path: Path, within: str) -> pd.DataFrame | ValueError:
    try:
        return parquet.read_parquet(path, within)
    except ValueError as error:
        return error


def _twice(found: Collection[str], name: str) -> Iterator[Problem]:
    if {LARGE, "counts.csv"} <= set(found):
        next_step = "hapus yang lama di antara keduanya"
        yield Problem(f"data/{name}", f"counts.csv dan {LARGE} ada bersama", "salah satu saja", next_step)


def empty(table: str) -> pd.DataFrame:
    """A table without a row."""
    return pd.DataFrame(columns=list(TABLES[table]), dtype=str)


def read_unused(paths: Paths, name: str) -> pd.DataFrame:
    """The received rows of a dataset that became neither counts nor claims; empty where no such table is kept.

    Raises DataError for a table that cannot be used.
    """
    path = paths.table(name, "unused")
    if not path.exists():
        return empty("unused")
    frame, problems = _parse(path.read_bytes(), "unused", paths.relative(path))
    if problems:
        raise DataError(*problems)
    return frame


def is_simulated(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether any figure is simulated: simulated data says so in its source."""
    return bool(tables["sources"]["id"].str.contains("simulasi").any())


def is_simulation(paths: Paths, name: str) -> bool:
    """As ``is_simulated``, of a dataset of which nothing but its sources is read."""
    frame, problems = _parse(transactions.read(paths, name, ["sources.csv"]).get("sources.csv"), "sources", name)
    return not problems and is_simulated({"sources": frame})


def check_regions(tables: dict[str, pd.DataFrame], known: Iterable[str], name: str) -> None:
    """DataError when a table speaks of a region that params/regions.yml and params/villages.csv do not have."""
    codes = set(known)
    problems = [
        Problem(
            f"data/{name}/{table}.csv",
            f"wilayah {code!r} tidak ada di params/{'villages.csv' if code.count('.') == 3 else 'regions.yml'}",
            "kode Kemendagri provinsi, kabupaten/kota, kecamatan, kelurahan atau desa yang terdaftar",
            suggestion(code, codes) or "perbaiki kodenya atau daftarkan wilayahnya",
        )
        for table in ("counts", "claims")
        for code in sorted(set(tables[table]["region_code"].unique()) - codes)
    ]
    if problems:
        raise DataError(*problems)


def write_table(frame: pd.DataFrame, table: str, path: Path) -> None:
    """Write one table whole or not at all, rows in a fixed order, the same bytes every time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = to_csv(frame, table)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def to_csv(frame: pd.DataFrame, table: str) -> str:
    """The table as its file holds it; rows in a fixed order, but for received rows that are kept as they came."""
    rows = values(frame.assign(count=frame["count"].astype(str)) if "count" in frame else frame, TABLES[table])
    return "".join(_written([tuple(TABLES[table]), *(rows if table == "unused" else sorted(rows))]))


def lines(frame: pd.DataFrame, table: str) -> list[str]:
    """The table in the order of its rows, as it stands in its file: a text for each; the first names the columns."""
    return _written([tuple(TABLES[table]), *values(frame, TABLES[table])])


def _written(rows: Iterable[tuple]) -> list[str]:
    written: list[str] = []
    csv.writer(SimpleNamespace(write=written.append), lineterminator="\n").writerows(rows)
    return written


def values(frame: pd.DataFrame, names: Iterable[str]) -> list[tuple]:
    """The rows as tuples: column by column, for a frame asks for every cell by itself."""
    return list(zip(*(frame[name].tolist() for name in names), strict=True))


def data_hash(tables: dict[str, pd.DataFrame], beside: str = "") -> str:
    """The data hash of what is printed, with what is told ``beside`` it: when it was received makes no difference."""
    printed = (*REQUIRED, "findings", "confirmations")
    whole = digest(sorted((name, tables[name]) for name in printed if name in REQUIRED or len(tables[name])))
    return hashlib.sha256(f"{whole}\n{beside}".encode()).hexdigest() if beside else whole


def digest(frames: Iterable[tuple[str, pd.DataFrame]]) -> str:
    """The data hash (*sidik data*): sha256 over tables in their written form, row order apart."""
    sha = hashlib.sha256()
    for table, frame in frames:
        sha.update(f"{table}\n{to_csv(frame, table)}".encode())
    return sha.hexdigest()


def _parse(content: Any, table: str, where: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The table of a file's content, or of what was read of it already."""
    if isinstance(content, ValueError):
        expected = f"Parquet yang ditulis {LARGE_COMMAND}"
        return empty(table), [Problem(where, f"tidak dapat dibaca ({content})", expected, RESTORE)]
    if isinstance(content, pd.DataFrame):
        return _checked(content, table, where)
    if content is None:
        expected = "CSV dengan kolom " + ", ".join(TABLES[table])
        return empty(table), [Problem(where, "berkas tidak ada", expected, RESTORE)] if table in REQUIRED else []
    try:
        text = io.StringIO(content.decode("utf-8-sig"))
        frame = pd.read_csv(text, dtype=str, keep_default_na=False, na_filter=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        return empty(table), [Problem(where, f"tidak dapat dibaca ({_reason(error)})", "CSV dalam UTF-8", RESTORE)]
    return _checked(frame, table, where)


def _checked(frame: pd.DataFrame, table: str, where: str) -> tuple[pd.DataFrame, list[Problem]]:
    if tuple(frame.columns) != TABLES[table]:
        return empty(table), [_wrong_columns(where, list(frame.columns), TABLES[table])]
    return frame, wrong_rows(frame, table, where)


def _wrong_columns(where: str, given: list[str], columns: tuple[str, ...]) -> Problem:
    missing = [column for column in columns if column not in given]
    extra = [column for column in given if column not in columns]
    parts = [f"kolom kurang: {', '.join(missing)}"] if missing else []
    parts += [f"kolom tidak dikenal: {', '.join(extra)}"] if extra else []
    hint = " ".join(filter(None, (suggestion(column, columns) for column in extra)))
    return Problem(where, "; ".join(parts) or "urutan kolom berbeda", ", ".join(columns), hint or RESTORE)


def _unknown_sources(tables: dict[str, pd.DataFrame], name: str) -> Iterable[Problem]:
    known = set(tables["sources"]["id"])
    for table in ("counts", "claims"):
        for source in sorted(set(tables[table]["source"]) - known):
            yield Problem(
                f"data/{name}/{table}.csv",
                f"sumber {source!r} tidak ada di sources.csv",
                "id di sources.csv kumpulan data itu",
                suggestion(source, known) or RESTORE,
            )
