"""A file as received, opened: its sheets as plain values, or DataError with every reason against it."""

from __future__ import annotations

import difflib
import hashlib
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from adminduk.basis.errors import UNREADABLE, DataError, Problem
from adminduk.ingest.files.archives import MEGABYTE, damaged, paths_in
from adminduk.ingest.files.cells import Read, Task
from adminduk.ingest.files.delimited import read_delimited
from adminduk.ingest.files.marks import ERROR
from adminduk.ingest.files.opendocument import CONTENT
from adminduk.ingest.files.openxml import WORKBOOK

if TYPE_CHECKING:
    from adminduk.basis.layouts import Limits

Value = str | int | float | bool | date | None

# Generous: the largest file within the limits takes a few seconds.
SECONDS = 120
PARTS = "kirim per bagian"
EXPECTED = "buku kerja .xlsx, .xls atau .ods, atau CSV"

_READER = (sys.executable, "-I", "-c", "from adminduk.ingest.files.cells import main; main()")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES = {"xlsx": (".xlsx", ".xlsm"), "ods": (".ods",), "xls": (".xls",), "csv": (".csv", ".tsv", ".txt")}
_SAVE = "buka dengan Excel atau LibreOffice, simpan sebagai .xlsx, lalu ulangi"


class Percent(float):
    """A number cell shown as a percentage: 0.9965 stands for 99.65 %."""


@dataclass(frozen=True)
class Sheet:
    """``rows[i][j]`` is spreadsheet row i + 1, column j (A is 0); all rows are equally wide.

    Nothing is None. Of merged cells the first has the value. An error of the spreadsheet is its text, see
    ``is_error``. ``uncached`` holds the (i, j) of formulas without a stored result, which are None in ``rows``.
    ``name`` is empty for a CSV.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    uncached: frozenset[tuple[int, int]] = frozenset()

    def cell(self, row: int, column: int) -> str:
        """How a spreadsheet calls the cell: ``cell(6, 1)`` is ``B7``."""
        letters, number = "", column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{row + 1}"


@dataclass(frozen=True)
class Workbook:
    """``notes`` say what a careful reader wants to know: hidden sheets and rows, macros, a suffix that lies."""

    name: str
    sha256: str
    content: bytes
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def is_error(value: Value) -> bool:
    """Whether a cell shows an error of the spreadsheet (``#REF!``, ``Err:502``) in place of a value."""
    return isinstance(value, str) and ERROR.fullmatch(value.strip()) is not None


def open_workbook(path: Path, limits: Limits) -> Workbook:
    """The file at ``path``, which is .xlsx, .xls, .ods or .csv by its content and within ``limits``.

    Whole or not at all: DataError lists why it is not read. Its suffix decides nothing.
    """
    content = _content(path, limits)
    kind = _kind(path.name, content)
    notes = list(_about(path, kind, content))
    if kind == "csv":
        rows = read_delimited(path.name, content, limits.rows)
        sheets = (Sheet("", tuple(map(tuple, rows))),)
        _check_size(path.name, len(rows), len(rows[0]) if rows else 0, limits)
    else:
        read = _read(Task(path.name, kind, content, limits.unpacked_megabytes, limits.rows, limits.columns))
        notes += [note for one in read for note in _hidden(one)]
        sheets = tuple(_sheet(one) for one in read)
    if not any(sheet.rows for sheet in sheets):
        raise DataError(Problem(path.name, "tidak berisi apa pun", EXPECTED, "minta dikirim ulang"))
    return Workbook(path.name, hashlib.sha256(content).hexdigest(), content, sheets, tuple(notes))


def _content(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise DataError(Problem(str(path), "adalah folder", "satu berkas", "sebutkan berkas di dalamnya"))
        if not path.is_file():
            raise DataError(Problem(str(path), "berkas tidak ada", EXPECTED, _alike(path)))
        size = path.stat().st_size
        if size > limits.megabytes * MEGABYTE:
            most = f"paling banyak {limits.megabytes} MB (params/sources.yml: limits)"
            raise DataError(Problem(path.name, f"besarnya {-(-size // MEGABYTE)} MB", most, PARTS))
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # a name that no file can have is a ValueError
        reason = (
            UNREADABLE.get(getattr(error, "errno", None) or 0) or getattr(error, "strerror", "") or "nama tidak sah"
        )
        raise DataError(
            Problem(str(path), f"tidak dapat dibuka ({reason})", EXPECTED, "periksa nama dan izin berkasnya")
        ) from error
    if not content.strip():
        raise DataError(Problem(path.name, "berkas kosong", EXPECTED, "minta dikirim ulang"))
    return content


def _alike(path: Path) -> str:
    """Files in the same folder whose names are nearly the one that was asked for."""
    folder = path.parent
    names = {file.name.casefold(): file.name for file in folder.iterdir()} if folder.is_dir() else {}
    near = difflib.get_close_matches(path.name.casefold(), names, n=3, cutoff=0.6)
    return f"Maksud Anda {' atau '.join(names[name] for name in near)}?" if near else "periksa nama dan foldernya"


def _kind(name: str, content: bytes) -> str:
    """xlsx, ods, xls or csv by the content; DataError for what is known to be something else."""
    if content.startswith(_OLE):
        return "xls"
    if content.startswith(_ZIP):
        return _zipped_kind(name, {path.casefold() for path in paths_in(content)})
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in ((b"%pdf", "PDF"), (b"<?xml", "XML"), (b"<", "halaman web"), (b"{\\rtf", "dokumen RTF")):
        if start.startswith(mark):
            raise DataError(Problem(name, f"isinya {what}, bukan buku kerja", EXPECTED, _SAVE))
    return "csv"


def _zipped_kind(name: str, paths: set[str]) -> str:
    """xlsx or ods; DataError for other archives."""
    if WORKBOOK in paths:
        return "xlsx"
    others = (
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "dokumen Word"),
        ("ppt/presentation.xml", "presentasi"),
    )
    other = next((kind for mark, kind in others if mark in paths), "")
    if not other and CONTENT in paths:
        return "ods"
    what = f"isinya {other or 'arsip zip'}, bukan buku kerja yang dapat dibaca"
    raise DataError(Problem(name, what, EXPECTED, _SAVE) if paths else damaged(name))


def _about(path: Path, kind: str, content: bytes) -> Iterator[str]:
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES[kind]:
        named = f"berakhiran {suffix}" if suffix else "tidak berakhiran"
        yield f"Berkas {named}, tetapi isinya {kind.upper()} dan dibaca sebagai {kind.upper()}."
    if kind == "xlsx" and any(part.casefold().endswith("vbaproject.bin") for part in paths_in(content)):
        yield "Berkas memuat makro, yang diabaikan dan tidak dijalankan."


def _read(task: Task) -> list[Read]:
    """The sheets, read by a process of its own, which may crash without harm."""
    try:
        done = subprocess.run(_READER, input=pickle.dumps(task), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise DataError(Problem(task.name, f"tidak selesai dibaca dalam {SECONDS} detik", EXPECTED, _SAVE)) from error
    if done.returncode:
        raise DataError(damaged(task.name))
    answer = pickle.loads(done.stdout)
    if isinstance(answer, tuple):
        raise DataError(*answer)
    return answer


def _sheet(read: Read) -> Sheet:
    """Values and marks as one grid; the marks may reach further, where there are formulas without a value."""
    marks = read.marks
    height, width = max(len(read.rows), marks.rows), max((*map(len, read.rows), marks.columns))
    rows: list[list[Value]] = [row + [None] * (width - len(row)) for row in read.rows]
    rows += [[None] * width for _ in range(height - len(rows))]
    for row, column in marks.percents:
        value = rows[row][column]
        if isinstance(value, int | float):
            rows[row][column] = Percent(value)
    for (row, column), error in marks.errors.items():
        rows[row][column] = error
    for row, column in marks.covered | marks.uncached:
        rows[row][column] = None
    return Sheet(read.name, tuple(map(tuple, rows)), frozenset(marks.uncached - marks.covered))


def _hidden(read: Read) -> Iterator[str]:
    """What of a sheet is not seen when it is opened."""
    if read.hidden:
        yield f"Lembar {read.name!r} tersembunyi, tetapi tetap dibaca."
    if read.marks.hidden:
        rows = ", ".join(str(row + 1) for row in read.marks.hidden[:10])
        more = " dan lainnya" if len(read.marks.hidden) > 10 else ""
        yield f"Lembar {read.name!r}: baris tersembunyi tetap dibaca ({rows}{more})."
    below = sorted(cell for cell in read.marks.covered if _stands(read, cell))
    if below:
        cells = ", ".join(Sheet("", ()).cell(*cell) for cell in below[:10])
        yield f"Lembar {read.name!r}: isi di balik sel gabungan tidak dibaca ({cells})."


def _stands(read: Read, cell: tuple[int, int]) -> bool:
    row, column = cell
    return row < len(read.rows) and column < len(read.rows[row]) and read.rows[row][column] is not None


def _check_size(name: str, rows: int, columns: int, limits: Limits) -> None:
    """For a CSV, where nothing says beforehand how large it is."""
    found = ((rows, limits.rows, "baris"), (columns, limits.columns, "kolom"))
    problems = [
        Problem(name, f"lebih dari {most} {what}", f"paling banyak {most} (params/sources.yml: limits)", PARTS)
        for number, most, what in found
        if number > most
    ]
    if problems:
        raise DataError(*problems)
