"""What the rows of a table must be. Looked at value by value, so that large tables are checked quickly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from adminduk.basis.checks import SEVERITIES
from adminduk.basis.dates import AsOf
from adminduk.basis.errors import Problem

YES, NO = "ya", "tidak"
BASE_KINDS = ("", "beku", "dinamis", "tidak_disebut")
CLAIM_KINDS = ("persen", "bagian_target", "kata")
STANDINGS = ("", "tertinggi", "terendah")

RESTORE = "pulihkan berkasnya (git checkout atau cadangan), atau muat ulang (make ingest, make published)"
# A 16-digit number is a NIK: personal, and never a count (law 8).
NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
# An address, also one in a note, may hold a long article number; a hash any digits.
_NOT_PERSONAL = {"sources": ("address", "note"), "journal": ("sha256",)}
_PERSONAL = (
    "memuat bilangan 16 angka, seperti NIK",
    "jumlah saja, tanpa data perseorangan",
    "hapus data perseorangan dari berkas, lalu ulangi",
)

_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_COUNT = re.compile(r"\d{1,15}")
_PERCENT = re.compile(r"\d+(\.\d+)?")
_HASH = re.compile(r"[0-9a-f]{64}")

Told = tuple[str, str]  # what is wrong, what was expected


@dataclass(frozen=True)
class _Check:
    """``wrong`` looks at the values of ``columns`` in one row; None when they are as they must be."""

    columns: tuple[str, ...]
    wrong: Callable[..., Told | None]


def wrong_rows(frame: pd.DataFrame, table: str, where: str) -> list[Problem]:
    """Every mistake of every row, in the order of the rows; of a row with personal data only that."""
    personal = _personal_rows(frame, table)
    found = [(row, -1, Problem(_place(where, row), *_PERSONAL)) for row in personal]
    for order, check in enumerate(_CHECKS.get(table, ())):
        for row, told in _failing(frame, check):
            if row not in personal:
                found.append((row, order, Problem(_place(where, row), *told, RESTORE)))
    return [problem for _, _, problem in sorted(found, key=lambda item: item[:2])]


def _place(where: str, row: int) -> str:
    return f"{where}, baris {row + 2}"


def _personal_rows(frame: pd.DataFrame, table: str) -> set[int]:
    rows: set[int] = set()
    for column in frame.columns.difference(_NOT_PERSONAL.get(table, ())):
        bad = [value for value in frame[column].unique() if NIK.search(value)]
        if bad:
            rows.update(frame[column].isin(bad).to_numpy().nonzero()[0].tolist())
    return rows


def _failing(frame: pd.DataFrame, check: _Check) -> Iterator[tuple[int, Told]]:
    columns = list(check.columns)
    wrong: dict[tuple[str, ...], Told] = {}
    for values in frame[columns].drop_duplicates().itertuples(index=False, name=None):
        told = check.wrong(*values)
        if told:
            wrong[values] = told
    if wrong:
        for row, values in enumerate(frame[columns].itertuples(index=False, name=None)):
            if values in wrong:
                yield row, wrong[values]


def _region(code: str) -> Told | None:
    return None if _CODE.fullmatch(code) else (f"kode wilayah {code!r}", "kode Kemendagri bertitik, mis. 64.71")


def _date(as_of: str) -> Told | None:
    try:
        AsOf.parse(as_of)
    except ValueError as error:
        return str(error), "tanggal, bulan atau tahun yang ada"
    return None


def _precise(as_of: str, precision: str) -> Told | None:
    wrong = _date(as_of)
    if wrong:
        return wrong
    right = AsOf.parse(as_of).precision
    return None if right == precision else (f"precision {precision!r} untuk {as_of}", right)


def _count(count: str) -> Told | None:
    return None if _COUNT.fullmatch(count) else (f"count {count!r}", "bilangan bulat tanpa titik dan tanpa tanda")


def _claim(kind: str, percent: str) -> Told | None:
    if kind not in CLAIM_KINDS:
        return f"kind {kind!r}", " / ".join(CLAIM_KINDS)
    if kind == "kata" or _PERCENT.fullmatch(percent):
        return None
    return f"percent {percent!r}", "persen dengan titik desimal, mis. 99.65"


def _values(text: str) -> Told | None:
    try:
        known = isinstance(json.loads(text), dict)
    except ValueError:
        known = False
    return None if known else (f"values {text!r}", "objek JSON")


def _hash(text: str) -> Told | None:
    return None if _HASH.fullmatch(text) else (f"sha256 {text!r}", "64 angka heksadesimal")


def _one_of(column: str, words: tuple[str, ...], sign: str = " / ") -> _Check:
    expected = sign.join(word for word in words if word)
    return _Check((column,), lambda word: None if word in words else (f"{column} {word!r}", expected))


_PLACE = _Check(("region_code",), _region)
_DATED = _Check(("as_of", "precision"), _precise)
_NUMBER = _Check(("count",), _count)
_COMMON = (_PLACE, _DATED, _one_of("approximate", (YES, NO), " atau "))
_COUNTS = (*_COMMON, _NUMBER, _one_of("base_kind", BASE_KINDS))
_CLAIMS = (*_COMMON, _Check(("kind", "percent"), _claim), _one_of("standing", STANDINGS))
_CHECKS: dict[str, tuple[_Check, ...]] = {
    "counts": _COUNTS,
    "claims": _CLAIMS,
    "replaced": _COUNTS,
    "replaced_claims": _CLAIMS,
    "findings": (_PLACE, _Check(("as_of",), _date), _one_of("severity", SEVERITIES), _Check(("values",), _values)),
    "confirmations": (_PLACE, _DATED, _NUMBER),
    "journal": (_Check(("sha256",), _hash),),
}
