"""Published figures as they were received: one row per figure, checked before anybody reads it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adminduk.basis.dates import AsOf
from adminduk.basis.errors import DataError, ParameterError, Problem
from adminduk.basis.regions import Regions
from adminduk.basis.rows import NIK

FIGURES = (
    "region", "indicator", "period", "numerator", "denominator", "percent",
    "source_title", "source_url", "note",
)  # fmt: skip
TEXTS = (*FIGURES, "words", "verdict")

_COUNT = re.compile(r"(\d{1,15})?")
_PERCENT = re.compile(r"(\d+(\.\d+)?)?")


@dataclass(frozen=True)
class Row:
    """One received row. ``region`` is what was written, ``region_code`` the official code."""

    file: str
    line: int
    region: str
    region_code: str
    indicator: str
    period: str
    numerator: str
    denominator: str
    percent: str
    address: str
    words: str = ""
    verdict: str = ""

    @property
    def origin(self) -> str:
        """Where it came from: file name and line, the header being line 1."""
        return f"{self.file}:{self.line}"

    @property
    def place(self) -> str:
        """Where it came from, for the reader of a message."""
        return f"{self.file}, baris {self.line}"

    def has(self, part: str) -> bool:
        return bool(getattr(self, part))


_RESTORE = "perbaiki barisnya, atau pulihkan berkasnya dengan git checkout, lalu make published"


def read_received(path: Path, columns: tuple[str, ...], regions: Regions) -> list[Row]:
    """Every row of one received file; DataError with all that is wrong in it."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, cells in _records(path, columns):
        place = f"{path.name}, baris {line}"
        if len(cells) != len(columns):
            problems.append(Problem(place, f"{len(cells)} kolom", f"{len(columns)} kolom", _RESTORE))
            continue
        values = dict(zip(columns, cells, strict=True))
        wrong = list(_wrong(values, place))
        code = _region_code(values["region"], regions)
        if not code:
            wrong.append(
                Problem(
                    place, f"wilayah {values['region']!r} tidak dikenal", "nama wilayah di params/regions.yml", _RESTORE
                )
            )
        if not wrong:
            rows.append(_row(path.name, line, code, values))
        problems.extend(wrong)
    if problems:
        raise DataError(*problems)
    return rows


def _records(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row below the header."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DataError(Problem(path.name, "berkas tidak ada", "CSV di received/", _RESTORE)) from error
    except UnicodeDecodeError as error:
        raise DataError(Problem(path.name, "bukan UTF-8", "CSV dalam UTF-8", _RESTORE)) from error
    reader = csv.reader(text.splitlines(keepends=True))
    header = next(reader, [])
    if tuple(header) != columns:
        raise DataError(Problem(f"{path.name}, baris 1", "kolom berbeda", ", ".join(columns), _RESTORE))
    line = reader.line_num + 1
    for cells in reader:
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _wrong(values: dict[str, str], place: str) -> Iterable[Problem]:
    # An address may hold a long article number; nothing else may hold one.
    if any(NIK.search(value) for key, value in values.items() if key != "source_url"):
        yield Problem(
            place,
            "memuat bilangan 16 angka, seperti NIK",
            "jumlah saja, tanpa data perseorangan",
            "hapus data perseorangan dari berkas, lalu ulangi",
        )
        return
    for key in ("numerator", "denominator"):
        if not _COUNT.fullmatch(values[key]):
            yield Problem(place, f"{key} {values[key]!r}", "bilangan bulat tanpa titik, atau kosong", _RESTORE)
    if not _PERCENT.fullmatch(values["percent"]):
        yield Problem(place, f"percent {values['percent']!r}", "persen dengan titik desimal", _RESTORE)
    if not any(values.get(key) for key in ("numerator", "denominator", "percent", "words")):
        yield Problem(place, "tidak memuat angka maupun pernyataan", "jumlah, persen, atau kata-kata", _RESTORE)
    try:
        AsOf.parse(values["period"])
    except ValueError as error:
        yield Problem(place, str(error), "tanggal, bulan atau tahun yang ada", _RESTORE)


def _region_code(name: str, regions: Regions) -> str:
    try:
        return regions.find(name).code
    except ParameterError:
        return ""


def _row(file: str, line: int, code: str, values: dict[str, str]) -> Row:
    kept = {key: values[key] for key in FIGURES[:6]}
    said = {key: values[key] for key in ("words", "verdict") if key in values}
    return Row(file=file, line=line, region_code=code, address=values["source_url"], **kept, **said)
