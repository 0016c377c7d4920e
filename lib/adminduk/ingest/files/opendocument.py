"""What the XML of an .ods says beside the values (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Mapping

from adminduk.basis.errors import DataError
from adminduk.ingest.files.archives import damaged, locked
from adminduk.ingest.files.marks import ERROR, Marks, Visitor, elements, visit

CONTENT = "content.xml"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_VALUES = {
    "float": "value", "percentage": "value", "currency": "value",
    "date": "date-value", "time": "time-value", "boolean": "boolean-value",
}  # fmt: skip
# No spreadsheet program has more rows.
_MOST = 1_048_576


def marks(name: str, parts: Mapping[str, bytes], rows: int, columns: int) -> dict[str, Marks]:
    """The marks of every sheet by its name; those beyond ``rows`` and ``columns`` are only counted."""
    check_unlocked(name, parts)
    if CONTENT not in parts:
        raise DataError(damaged(name))
    visitor = _Cells(name, rows, columns)
    visit(name, parts[CONTENT], visitor)
    return visitor.found


def check_unlocked(name: str, parts: Mapping[str, bytes]) -> None:
    """DataError when the document says that it is encrypted."""

    def told(tag: str, _: Mapping[str, str]) -> None:
        if tag == "encryption-data":
            raise DataError(locked(name))

    if _MANIFEST in parts:
        elements(name, parts[_MANIFEST], told)


class _Cells(Visitor):
    """Walks through all sheets; repeated rows and cells stand for as many."""

    def __init__(self, name: str, rows: int, columns: int) -> None:
        self.found: dict[str, Marks] = {}
        self._name, self._limits = name, (rows, columns)
        self._marks = Marks()
        self._row = self._column = self._depth = 0
        self._repeated = 1
        self._hidden = False
        self._attributes: Mapping[str, str] = {}
        self._tag = self._text = ""
        self._shown = False
        self._notes = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._marks = self.found[attributes.get("name", "")] = Marks()
                self._row = 0
        elif tag == "annotation":
            self._notes += 1
        elif self._depth == 1 and tag == "table-row":
            self._repeated = self._number(attributes.get("number-rows-repeated", "1"))
            self._hidden = attributes.get("visibility", "visible") != "visible"
            self._column = 0
        elif self._depth == 1 and tag in ("table-cell", "covered-table-cell"):
            self._tag, self._attributes, self._text, self._shown = tag, attributes, "", False
        elif tag == "p" and not self._notes:
            self._shown = True

    def text(self, text: str) -> None:
        if self._tag and not self._notes:
            self._text += text

    def end(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
        elif tag == "annotation":
            self._notes -= 1
        elif self._depth == 1 and tag == "table-row":
            self._row += self._repeated
        elif self._depth == 1 and tag == self._tag:
            repeated = self._number(self._attributes.get("number-columns-repeated", "1"))
            self._mark(repeated)
            self._column += repeated
            self._tag = ""

    def _mark(self, repeated: int) -> None:
        attributes, kind = self._attributes, self._attributes.get("value-type", "")
        if not kind and "formula" not in attributes and not self._text.strip():
            return
        self._marks.reach(self._row + self._repeated - 1, self._column + repeated - 1)
        rows = range(self._row, min(self._row + self._repeated, self._limits[0]))
        cells = [
            (row, column)
            for row in rows
            for column in range(self._column, min(self._column + repeated, self._limits[1]))
        ]
        if self._hidden:
            self._marks.hidden.extend(row for row in rows if row not in self._marks.hidden[-len(rows) :])
        if self._tag == "covered-table-cell":
            self._marks.covered.update(cells)
        elif ERROR.fullmatch(self._text.strip()):
            self._marks.errors.update(dict.fromkeys(cells, self._text.strip()))
        elif "formula" in attributes and self._never_computed(kind):
            self._marks.uncached.update(cells)
        elif kind == "percentage":
            self._marks.percents.update(cells)

    def _never_computed(self, kind: str) -> bool:
        """A formula without the attribute of its value; that of an empty text has a paragraph only."""
        return _VALUES[kind] not in self._attributes if kind in _VALUES else not kind and not self._shown

    def _number(self, text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 7 or not 0 < int(text) <= _MOST:
            raise DataError(damaged(self._name))
        return int(text)
