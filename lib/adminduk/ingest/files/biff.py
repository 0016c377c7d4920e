"""What the records of an .xls say beside the values ([MS-XLS], Excel 97 to 2003)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from adminduk.basis.errors import DataError, Problem
from adminduk.ingest.files.archives import locked
from adminduk.ingest.files.marks import Marks, is_percent

_STREAMS = ("Workbook", "Book")
_BOF, _END, _SHEET, _LOCKED = (0x0809, 0x0409, 0x0209, 0x0009), 0x0A, 0x85, 0x2F
_FORMAT, _STYLE, _ROW, _FORMULA, _ERROR, _SEVERAL = 0x41E, 0xE0, 0x208, 0x06, 0x205, 0xBD
_TEXTS, _NUMBERS = (0xFD, 0x204, 0xD6), (0x203, 0x27E)
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

Record = tuple[int, int, bytes]


def marks(name: str, content: bytes) -> list[Marks]:
    """The marks of every sheet, worksheets and others, in the order of the workbook."""
    with olefile.OleFileIO(io.BytesIO(content)) as file:
        if file.exists("EncryptedPackage"):
            raise DataError(locked(name))
        stream = next((stream for stream in _STREAMS if file.exists(stream)), "")
        if not stream:
            what = "dokumen Office lama yang bukan buku kerja Excel"
            raise DataError(
                Problem(name, what, "buku kerja .xlsx, .xls atau .ods, atau CSV", "simpan ulang sebagai .xlsx")
            )
        records = list(_records(file.openstream(stream).read()))
    if any(kind == _LOCKED for _, kind, _ in records):
        raise DataError(locked(name))
    sheets = _Workbook(records)
    sheets.settle()
    return sheets.marks


def _records(stream: bytes) -> Iterator[Record]:
    """(position, kind, body) of every record of the stream."""
    position = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        yield position, kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


class _Workbook:
    """The records of a workbook's stream sorted into its sheets.

    In this format every formula has a result, which is empty where it was never computed. A workbook is
    computed as a whole: formulas that are all empty were never computed, single ones are empty texts.
    """

    def __init__(self, records: list[Record]) -> None:
        starts = [struct.unpack_from("<I", body)[0] for _, kind, body in records if kind == _SHEET]
        places = {start: place for place, start in enumerate(starts)}
        self.marks = [Marks() for _ in starts]
        self._hidden: list[set[int]] = [set() for _ in starts]
        self._filled: list[set[int]] = [set() for _ in starts]
        self._empty: list[tuple[int, tuple[int, int]]] = []
        self._computed = False
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        sheet, depth = -1, 0
        for position, kind, body in records:
            if kind in _BOF:
                depth += 1
                sheet = places.get(position, sheet if depth > 1 else -1)
            elif kind == _END:
                depth -= 1
            elif sheet < 0:
                self._global(kind, body)
            elif depth == 1:  # a chart inside a sheet has records of its own
                self._cell(sheet, kind, body)

    def settle(self) -> None:
        """What can only be said when the whole workbook was seen."""
        for place, cell in self._empty if not self._computed else ():
            self.marks[place].uncached.add(cell)
        for marks, hidden, filled in zip(self.marks, self._hidden, self._filled, strict=True):
            marks.hidden = sorted(hidden & filled)

    def _global(self, kind: int, body: bytes) -> None:
        if kind == _FORMAT:
            # Number, length, a flag (absent in Excel 95), then the code in one or two bytes a sign.
            self._codes[struct.unpack_from("<H", body)[0]] = body[4:].replace(b"\0", b"").decode("latin-1")
        elif kind == _STYLE:
            self._styles.append(struct.unpack_from("<H", body, 2)[0])

    def _cell(self, sheet: int, kind: int, body: bytes) -> None:
        if kind == _ROW:
            row, options = struct.unpack_from("<H10xH", body)
            if options & 0x20:
                self._hidden[sheet].add(row)
        elif kind == _SEVERAL:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                (style,) = struct.unpack_from("<H", body, 4 + 6 * place)
                self._number(sheet, (row, first + place), style)
        elif kind in (*_TEXTS, *_NUMBERS, _FORMULA, _ERROR):
            row, column, style = struct.unpack_from("<HHH", body)
            if kind == _FORMULA:
                self._formula(sheet, (row, column), style, body[6:14])
            elif kind == _ERROR:
                self._reach(sheet, (row, column))
                if body[7]:
                    self.marks[sheet].errors[row, column] = _ERRORS.get(body[6], "#N/A")
            elif kind in _TEXTS:
                self._reach(sheet, (row, column))
            else:
                self._number(sheet, (row, column), style)

    def _formula(self, sheet: int, cell: tuple[int, int], style: int, result: bytes) -> None:
        special = result[6:8] == b"\xff\xff"
        if special and result[0] == 3:
            self._reach(sheet, cell)
            self._empty.append((sheet, cell))
            return
        self._computed = True
        if special and result[0] == 2:
            self._reach(sheet, cell)
            self.marks[sheet].errors[cell] = _ERRORS.get(result[2], "#N/A")
        elif special:
            self._reach(sheet, cell)
        else:
            self._number(sheet, cell, style)

    def _number(self, sheet: int, cell: tuple[int, int], style: int) -> None:
        self._reach(sheet, cell)
        number = self._styles[style] if style < len(self._styles) else 0
        if is_percent(number, self._codes.get(number, "")):
            self.marks[sheet].percents.add(cell)

    def _reach(self, sheet: int, cell: tuple[int, int]) -> None:
        self.marks[sheet].reach(*cell)
        self._filled[sheet].add(cell[0])
