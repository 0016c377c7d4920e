"""What the values of a sheet do not tell: formulas never computed, errors, percentages, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from adminduk.basis.errors import DataError, Problem
from adminduk.ingest.files.archives import damaged

Cell = tuple[int, int]

# As every spreadsheet shows them; LibreOffice has numbered ones besides.
ERROR = re.compile(r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|GETTING_DATA)|Err:\d{3}")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_PERCENT_FORMATS = (9, 10)


@dataclass
class Marks:
    """Cells of one sheet by (row, column), both from 0.

    ``rows`` and ``columns``: how far the sheet has values or formulas; ``hidden``: rows that have values and are
    not shown; ``covered``: cells below a merged one.
    """

    rows: int = 0
    columns: int = 0
    uncached: set[Cell] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)
    percents: set[Cell] = field(default_factory=set)
    covered: set[Cell] = field(default_factory=set)
    hidden: list[int] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """The sheet has something in this cell."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


class Visitor:
    """What is told of an XML document: elements and attributes by their local names, text between them."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text, in one piece or several."""


def visit(name: str, content: bytes, visitor: Visitor) -> None:
    """Walk through one XML part of workbook ``name``; DataError when it is broken or declares entities."""

    def refuse(*_: object) -> None:
        what = "memuat definisi entitas XML, yang tidak pernah ada di buku kerja"
        raise DataError(Problem(name, what, "buku kerja biasa", "jangan dibuka; tanyakan kepada pengirim"))

    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: visitor.start(
        _local(tag), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: visitor.end(_local(tag))
    parser.CharacterDataHandler = visitor.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise DataError(damaged(name)) from error


def elements(name: str, content: bytes, told: Callable[[str, Mapping[str, str]], None]) -> None:
    """Tell every element of a part with its attributes."""
    visitor = Visitor()
    visitor.start = told  # type: ignore[method-assign]
    visit(name, content, visitor)


def is_percent(number: int, code: str) -> bool:
    """Whether a number format shows hundredths as percent; a % in quotes is only a sign."""
    return number in _PERCENT_FORMATS or "%" in _LITERAL.sub("", code)


def _local(name: str) -> str:
    return name.rpartition("|")[2]
