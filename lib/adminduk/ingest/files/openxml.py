"""What the XML of an .xlsx says beside the values (ECMA-376, SpreadsheetML)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from adminduk.basis.errors import DataError
from adminduk.ingest.files.archives import damaged
from adminduk.ingest.files.marks import Marks, Visitor, elements, is_percent, visit

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TRUE = ("1", "true")


def marks(name: str, parts: Mapping[str, bytes]) -> dict[str, Marks]:
    """The marks of every worksheet by its name; DataError when the workbook's own lists are broken."""
    by_path = {path.casefold(): content for path, content in parts.items()}
    paths, recalculated = _sheets(name, by_path)
    visit(name, by_path.get(_STRINGS.casefold(), b"<sst/>"), Visitor())
    percents = _percent_styles(name, by_path.get(_STYLES, b"<styleSheet/>"))
    found = {}
    for title, path in paths.items():
        visitor = _Cells(name, percents, recalculated)
        visit(name, by_path[path], visitor)
        found[title] = visitor.marks
    return found


def _sheets(name: str, parts: Mapping[str, bytes]) -> tuple[dict[str, str], bool]:
    """The path of every sheet by its name, and whether the workbook asks to be computed when it is opened."""
    relations: dict[str, str] = {}
    targets: dict[str, str] = {}
    recalculated: list[bool] = []

    def workbook(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            relations[attributes.get("name", "")] = attributes.get("id", "")
        elif tag == "calcPr":
            recalculated.append(attributes.get("fullCalcOnLoad") in _TRUE)

    def relation(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            path = posixpath.join("/xl", attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = posixpath.normpath(path).lstrip("/").casefold()

    for path, told in ((WORKBOOK, workbook), (_RELATIONS, relation)):
        if path.casefold() not in parts:
            raise DataError(damaged(name))
        elements(name, parts[path.casefold()], told)
    paths = {title: targets.get(relation, "") for title, relation in relations.items()}
    return {title: path for title, path in paths.items() if path in parts}, any(recalculated)


def _percent_styles(name: str, content: bytes) -> set[str]:
    """The numbers of the cell styles that show a percentage."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = [""]

    def style(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside[0] = tag
        elif tag == "xf" and inside[0] == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))

    elements(name, content, style)
    return {
        str(place)
        for place, number in enumerate(styles)
        if is_percent(int(number) if number.isdecimal() else 0, codes.get(number, ""))
    }


class _Cells(Visitor):
    """Walks through one worksheet.

    ``recalculated``: the workbook asks to be computed when it is opened. The programs that write so do not compute;
    the 0 that they put beside a formula is a placeholder.
    """

    def __init__(self, name: str, percents: set[str], recalculated: bool) -> None:
        self.marks = Marks()
        self._name, self._percents, self._recalculated = name, percents, recalculated
        self._row, self._column = -1, -1
        self._kind = self._style = self._value = ""
        self._hidden = self._formula = self._filled = self._reading = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            self._row = self._number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column, self._hidden = -1, attributes.get("hidden") in _TRUE
        elif tag == "c":
            self._place(attributes.get("r", ""))
            self._kind, self._style, self._value = attributes.get("t", "n"), attributes.get("s", "0"), ""
            self._formula = self._filled = False
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "is"):
            self._filled = self._filled or tag == "is"
            self._reading = tag == "v"

    def text(self, text: str) -> None:
        if self._reading:
            self._value += text

    def end(self, tag: str) -> None:
        if tag == "v":
            self._reading = False
        elif tag == "c" and (self._formula or self._filled or self._value):
            self._mark((self._row, self._column))

    def _mark(self, cell: tuple[int, int]) -> None:
        self.marks.reach(*cell)
        if self._hidden and cell[0] not in self.marks.hidden[-1:]:
            self.marks.hidden.append(cell[0])
        if self._kind == "e":
            self.marks.errors[cell] = self._value.strip() or "#N/A"
        elif self._formula and self._never_computed():
            self.marks.uncached.add(cell)
        elif self._kind == "n" and self._style in self._percents:
            self.marks.percents.add(cell)

    def _never_computed(self) -> bool:
        value = self._value.strip()
        if self._kind in ("str", "s", "b"):
            return False
        return not value or (self._recalculated and value == "0")

    def _place(self, reference: str) -> None:
        if not reference:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference.upper())
        if found is None:
            raise DataError(damaged(self._name))
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        self._row, self._column = self._number(found[2]), column - 1

    def _number(self, text: str) -> int:
        if not re.fullmatch(r"0*[1-9]\d{0,6}", text):
            raise DataError(damaged(self._name))
        return int(text) - 1
