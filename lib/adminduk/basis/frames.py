"""The tables that cross the walls, and the only reader and writer of them.

Files are CSV, UTF-8, line feed, plain integers and decimal points; every cell is read as text first,
so that a code such as 64.10 keeps its zero and an empty cell stays empty.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from adminduk.basis.dates import AsOf
from adminduk.basis.errors import DataError, ParameterError, Problem, suggestion
from adminduk.basis.paths import Paths

COUNTS = (
    "region_code", "as_of", "precision", "measure", "sex", "age_group", "count", "statement",
    "base_kind", "approximate", "unusable", "source", "origin",
)  # fmt: skip
CLAIMS = (
    "region_code", "as_of", "precision", "indicator", "base", "kind", "percent", "words", "verdict",
    "standing", "approximate", "unusable", "statement", "source", "origin",
)  # fmt: skip
SOURCES = ("id", "title", "address", "published", "note")
UNUSED = ("origin", "region", "indicator", "period", "numerator", "denominator", "percent", "reason", "source")
TABLES = {"counts": COUNTS, "claims": CLAIMS, "sources": SOURCES, "unused": UNUSED}

YES, NO = "ya", "tidak"
BASE_KINDS = ("", "beku", "dinamis", "tidak_disebut")
CLAIM_KINDS = ("persen", "bagian_target", "kata")
STANDINGS = ("", "tertinggi", "terendah")

_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
# A 16-digit number is a NIK: personal, and never a count (law 8).
NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_PERCENT = re.compile(r"\d+(\.\d+)?")


def datasets(paths: Paths) -> list[str]:
    """The datasets that exist: folders under data/ with a table of counts."""
    return sorted(path.parent.name for path in paths.datasets.glob("*/counts.csv"))


def read_dataset(paths: Paths, name: str) -> dict[str, pd.DataFrame]:
    """Counts, claims and sources of a dataset, checked; all mistakes at once.

    ``count`` becomes an integer; every other column stays text, an unknown cell the empty text.
    Raises ParameterError for a dataset that does not exist, DataError for tables that cannot be used.
    """
    known = datasets(paths)
    if name not in known:
        raise ParameterError(
            Problem(
                where="DATA",
                what=f"kumpulan data {name!r} tidak ada",
                expected=f"salah satu dari: {', '.join(known) or '(belum ada)'}",
                next_step=suggestion(name, known),
            )
        )
    problems: list[Problem] = []
    tables = {}
    for table in ("counts", "claims", "sources"):
        path = paths.table(name, table)
        frame, wrong = _read(path, table, paths.relative(path))
        tables[table] = frame
        problems.extend(wrong)
    if not problems:
        problems = list(_unknown_sources(tables, name))
    if problems:
        raise DataError(*problems)
    tables["counts"]["count"] = tables["counts"]["count"].astype("int64")
    return tables


def is_simulated(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether any figure is simulated: simulated data says so in its source."""
    return bool(tables["sources"]["id"].str.contains("simulasi").any())


def check_regions(tables: dict[str, pd.DataFrame], known: Iterable[str], name: str) -> None:
    """DataError when a table speaks of a region that params/regions.yml does not have."""
    codes = set(known)
    problems = [
        Problem(
            f"data/{name}/{table}.csv",
            f"wilayah {code!r} tidak ada di params/regions.yml",
            "kode Kemendagri provinsi, kabupaten/kota, atau kecamatan yang terdaftar",
            suggestion(code, codes) or "perbaiki kodenya atau daftarkan wilayahnya",
        )
        for table in ("counts", "claims")
        for code in sorted(set(tables[table]["region_code"]) - codes)
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
    columns = list(TABLES[table])
    ordered = frame[columns].astype(str)
    if table != "unused":
        ordered = ordered.sort_values(columns, kind="stable")
    return ordered.to_csv(index=False, lineterminator="\n")


def digest(frames: Iterable[tuple[str, pd.DataFrame]]) -> str:
    """The data hash (*sidik data*): sha256 over tables in their written form, row order apart."""
    sha = hashlib.sha256()
    for table, frame in frames:
        sha.update(f"{table}\n{to_csv(frame, table)}".encode())
    return sha.hexdigest()


def _read(path: Path, table: str, where: str) -> tuple[pd.DataFrame, list[Problem]]:
    columns = TABLES[table]
    empty = pd.DataFrame(columns=list(columns), dtype=str)
    try:
        content = path.read_bytes().decode("utf-8-sig")
        frame = pd.read_csv(io.StringIO(content), dtype=str, keep_default_na=False, na_filter=False)
    except FileNotFoundError:
        return empty, [Problem(where, "berkas tidak ada", "CSV dengan kolom " + ", ".join(columns))]
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        return empty, [Problem(where, f"tidak dapat dibaca ({error})", "CSV dalam UTF-8")]
    if tuple(frame.columns) != columns:
        return empty, [_wrong_columns(where, list(frame.columns), columns)]
    return frame, list(_wrong_rows(frame, table, where))


def _wrong_columns(where: str, given: list[str], columns: tuple[str, ...]) -> Problem:
    missing = [column for column in columns if column not in given]
    extra = [column for column in given if column not in columns]
    parts = [f"kolom kurang: {', '.join(missing)}"] if missing else []
    parts += [f"kolom tidak dikenal: {', '.join(extra)}"] if extra else []
    hint = " ".join(filter(None, (suggestion(column, columns) for column in extra)))
    return Problem(where, "; ".join(parts) or "urutan kolom berbeda", ", ".join(columns), hint)


def _wrong_rows(frame: pd.DataFrame, table: str, where: str) -> Iterable[Problem]:
    for number, row in enumerate(frame.to_dict("records"), start=2):
        place = f"{where}, baris {number}"
        # An address may hold a long article number; a figure may not.
        if table != "sources" and any(NIK.search(value) for value in row.values()):
            yield Problem(
                place,
                "memuat bilangan 16 angka, seperti NIK",
                "jumlah saja, tanpa data perseorangan",
                "hapus data perseorangan dari berkas, lalu ulangi",
            )
        elif table == "counts":
            yield from _wrong_count(row, place)
        elif table == "claims":
            yield from _wrong_claim(row, place)


def _wrong_common(row: dict[str, str], place: str) -> Iterable[Problem]:
    if not _CODE.fullmatch(row["region_code"]):
        yield Problem(place, f"kode wilayah {row['region_code']!r}", "kode Kemendagri bertitik, mis. 64.71")
    try:
        precision = AsOf.parse(row["as_of"]).precision
        if precision != row["precision"]:
            yield Problem(place, f"precision {row['precision']!r} untuk {row['as_of']}", precision)
    except ValueError as error:
        yield Problem(place, str(error), "tanggal, bulan atau tahun yang ada")
    if row["approximate"] not in (YES, NO):
        yield Problem(place, f"approximate {row['approximate']!r}", f"{YES} atau {NO}")


def _wrong_count(row: dict[str, str], place: str) -> Iterable[Problem]:
    yield from _wrong_common(row, place)
    if not re.fullmatch(r"\d{1,15}", row["count"]):
        yield Problem(place, f"count {row['count']!r}", "bilangan bulat tanpa titik dan tanpa tanda")
    if row["base_kind"] not in BASE_KINDS:
        yield Problem(place, f"base_kind {row['base_kind']!r}", " / ".join(BASE_KINDS[1:]))


def _wrong_claim(row: dict[str, str], place: str) -> Iterable[Problem]:
    yield from _wrong_common(row, place)
    if row["kind"] not in CLAIM_KINDS:
        yield Problem(place, f"kind {row['kind']!r}", " / ".join(CLAIM_KINDS))
    elif row["kind"] != "kata" and not _PERCENT.fullmatch(row["percent"]):
        yield Problem(place, f"percent {row['percent']!r}", "persen dengan titik desimal, mis. 99.65")
    if row["standing"] not in STANDINGS:
        yield Problem(place, f"standing {row['standing']!r}", " / ".join(STANDINGS[1:]))


def _unknown_sources(tables: dict[str, pd.DataFrame], name: str) -> Iterable[Problem]:
    known = set(tables["sources"]["id"])
    for table in ("counts", "claims"):
        for source in sorted(set(tables[table]["source"]) - known):
            yield Problem(
                f"data/{name}/{table}.csv", f"sumber {source!r} tidak ada di sources.csv", "", suggestion(source, known)
            )
