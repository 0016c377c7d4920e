"""Text with separators (CSV) as a grid of cells: encoding and separator are found in the content."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from adminduk.basis.errors import DataError, Problem

# A comma may stand in a number and a semicolon in a sentence, so that at equal odds the rarer sign is the separator.
_SEPARATORS = ("\t", ";", ",")
_SAMPLE = 2_000
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"[\s\d.,%+-]*")
_ADVICE = "simpan sebagai CSV UTF-8 atau sebagai .xlsx, lalu ulangi"


def read_delimited(name: str, content: bytes, rows: int) -> list[list[str | None]]:
    """The records, equally wide, with None where nothing stands; DataError when this is no such text.

    At most ``rows`` + 1 records, enough to see that there are too many.
    """
    text = _decoded(name, content)
    separator = _separator(name, text)
    try:
        records = list(islice(_records(text, separator), rows + 1))
    except csv.Error as error:
        raise DataError(_unreadable(name)) from error
    width = max(map(len, records), default=0)
    return [[cell if cell.strip() else None for cell in row] + [None] * (width - len(row)) for row in records]


def _decoded(name: str, content: bytes) -> str:
    """UTF-8, with or without its mark, else the Windows code page 1252."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise DataError(Problem(name, "isinya bukan buku kerja dan bukan teks", "CSV dalam UTF-8 atau cp1252", _ADVICE))


def _separator(name: str, text: str) -> str:
    """The sign that divides the most records alike; one under which a row of headings can be seen comes first."""
    scores = {}
    for separator in _SEPARATORS:
        try:
            records = [row for row in islice(_records(text, separator), _SAMPLE) if any(map(str.strip, row))]
        except csv.Error:
            continue
        widths = Counter(map(len, records))
        alike = max((number for width, number in widths.items() if width > 1), default=0)
        scores[separator] = (any(map(_is_heading, records)), alike)
    if not scores:
        raise DataError(_unreadable(name))
    return max(scores, key=lambda separator: scores[separator])


def _is_heading(row: list[str]) -> bool:
    """Two or more cells, and every one that is filled has a word."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) > 1 and not any(_NUMBER.fullmatch(cell) for cell in filled)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _unreadable(name: str) -> Problem:
    what = "tanda kutip tidak berpasangan, atau satu sel lebih panjang dari 131.072 huruf"
    return Problem(name, what, "CSV dengan pemisah koma, titik koma atau tab", _ADVICE)
