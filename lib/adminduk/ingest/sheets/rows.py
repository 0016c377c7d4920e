"""Which place each row of a table is about, which rows are sums of others, and which say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from adminduk.basis.errors import Problem, suggestion
from adminduk.basis.places import Level, Place, Places
from adminduk.basis.vocabulary import fold
from adminduk.ingest.files.workbooks import Value, Workbook
from adminduk.ingest.sheets.addresses import spot
from adminduk.ingest.sheets.headings import Headings
from adminduk.ingest.sheets.tables import Header

# The columns with names, the most exact first, and what they name; "place" may name any level.
_NAMED: dict[str, Level | None] = {
    "village": "kelurahan", "district": "kecamatan", "regency": "kabupaten_kota", "place": None,
}  # fmt: skip
_BLANKS = frozenset(("", "-", "–", "—", "n/a", "na"))
_HINTED = 5  # misspelt names for which a likely one is looked up


@dataclass(frozen=True, eq=False)
class Line:
    """A row with figures. Without ``place`` it holds sums: of everything, or of what lies in the place ``of``.

    ``labelled``: the row says that it is one of sums; ``by_name``: the place is known from its name alone.
    """

    header: Header
    row: int
    place: Place | None
    of: str = ""
    labelled: bool = False
    by_name: bool = False


class Rows:
    """The rows of one table."""

    def __init__(self, workbook: Workbook, header: Header, places: Places) -> None:
        self.workbook, self.header, self.places = workbook, header, places
        self.headings = Headings(header.layout)
        self.keys = {field.name: column for column, field in header.fields.items() if field.role == "kunci"}
        self.telling = sorted(column for _, column in header.telling)
        self.find = lru_cache(maxsize=None)(places.by_name)
        self.problems: list[Problem] = []
        self._refused: list[Problem] = []  # by a code or a name; replaced by one sentence where the codes are of BPS
        self._pairs: list[tuple[str | int | float, str]] = []
        self._carried: dict[str, str] = {}  # names in merged cells, which stand in the first of their rows only

    def read(self) -> list[Line]:
        """Every row with figures; what is wrong with the others is in ``problems`` afterwards."""
        lines = [line for row in self._candidates() if (line := self._line(row))]
        if self._refused and self.places.is_bps(self._pairs):
            self._refused = [self._of_bps()]
        self.problems += self._refused
        codes = {line.place.code for line in lines if line.place}
        return [self._as_sum(line, codes) for line in lines]

    def _candidates(self) -> Iterator[int]:
        """Rows below the header that are neither empty nor the header again nor the numbers of its columns."""
        for row in range(self.header.bottom + 1, len(self.header.sheet.rows)):
            cells = self.header.sheet.rows[row]
            filled = any(not is_blank(cells[column]) or self._uncached(row, column) for column in self.telling)
            if filled and not self._is_header(cells) and not _numbers_columns(cells):
                yield row

    def _line(self, row: int) -> Line | None:
        label, names = self._label(row), self._names(row)
        words = self.header.layout.vocabulary
        if _begins(label, words.aside):
            return None
        if _begins(label, words.total):
            return Line(self.header, row, None, self._whole(label, names), labelled=True)
        key = self._key_of_code(names)
        code = self._cell(row, key)
        names.pop(key, None)
        if is_blank(code) and not names and not self._uncached_key(row):
            return Line(self.header, row, None)
        place = self._by_code(row, key, names) if not is_blank(code) else self._by_names(row, names)
        return Line(self.header, row, place, by_name=is_blank(code)) if place else None

    def _key_of_code(self, names: dict[str, str]) -> str:
        """The column of codes, or one of names in which the row has a code."""
        like_codes = (key for key, text in names.items() if not any(map(str.isalpha, text)))
        return "code" if "code" in self.keys else next(like_codes, "code")

    def _cell(self, row: int, key: str) -> Value:
        return self.header.sheet.rows[row][self.keys[key]] if key in self.keys else None

    def _names(self, row: int) -> dict[str, str]:
        """The names in a row, the most exact first."""
        cells = {key: self._cell(row, key) for key in _NAMED}
        names = {key: str(value).strip() for key, value in cells.items() if not is_blank(value)}
        if "regency" in names:
            self._carried.pop("district", None)
        self._carried |= {key: name for key, name in names.items() if key in ("district", "regency")}
        return names

    def _uncached(self, row: int, column: int) -> bool:
        return (row, column) in self.header.sheet.uncached

    def _uncached_key(self, row: int) -> bool:
        return any(self._uncached(row, column) for column in self.keys.values())

    def _label(self, row: int) -> str:
        """What a row of sums calls itself: in the column of codes or of names, or left of all figures."""
        cells = self.header.sheet.rows[row]
        columns = [*self.keys.values(), *range(self.telling[0])]
        if "code" in self.keys and _has_digit(self._cell(row, "code")):
            columns = [self.keys["code"]]
        words = self.header.layout.vocabulary
        texts = [cells[column] for column in dict.fromkeys(columns) if isinstance(cells[column], str)]
        return next((text for text in texts if _begins(text, (*words.total, *words.aside))), "")

    def _only_words(self, row: int) -> bool:
        """Whether there is no figure in a row: a note below the table, a heading within it."""
        cells = self.header.sheet.rows[row]
        return not any(_has_digit(cells[column]) or self._uncached(row, column) for column in self.telling)

    def _whole(self, label: str, names: dict[str, str]) -> str:
        """The place that a row of sums is of: "Jumlah Kecamatan Balikpapan Kota"; empty when it names none."""
        begun = sorted(map(fold, self.header.layout.vocabulary.total), key=len, reverse=True)
        rest = next((fold(label).removeprefix(word) for word in begun if _begins(label, (word,))), "")
        told = [self.find(rest.strip())] if rest.strip() else []
        told += [self._named(key, name, "") for key, name in names.items() if name != label]
        return next((found[0].code for found in told if len(found) == 1), "")

    def _is_header(self, cells: tuple[Value, ...]) -> bool:
        """The header, written again on the next page."""
        again = [c for c, text in self.header.texts.items() if str(cells[c] or "").split() == text.split()]
        return len(again) > 1

    def _by_code(self, row: int, key: str, names: dict[str, str]) -> Place | None:
        code, own = self._cell(row, key), next(iter(names.values()), "")
        if not _has_digit(code) and self._only_words(row):
            return None
        if not isinstance(code, str | int | float):
            return self._refuse(row, key, f"kode {code} bukan kode wilayah", "kode Kemendagri, mis. 64.71.01.1001")
        self._pairs.append((code, own))
        place = self.places.by_code(code)
        if place is None and isinstance(code, float):
            place = next((found for found in self.find(own) if _may_be(code, found.code)), None)
        if place is None:
            known = ", ".join(f"{found.name} berkode {found.code}" for found in self.find(own))
            what = f"kode {code!r} tidak dikenal" + (f"; {known}" if known else "")
            return self._refuse(row, key, what, "kode Kemendagri yang terdaftar, mis. 64.71.01.1001")
        for column, name in names.items():
            self._check_name(row, column, name, place)
        return place

    def _check_name(self, row: int, key: str, name: str, place: Place) -> None:
        """A name beside a code must not be that of another place; a spelling that nobody knows is no matter."""
        level = _NAMED[key]
        named = [found for found in self.find(name) if level in (None, found.level)]
        lineage = {place.code, *(place.code[:length] for length in (2, 5, 8))}
        if named and not any(found.code in lineage for found in named):
            what = f"nama {name!r} bukan nama {place.code} ({place.name})"
            self._refuse(row, key, what, "kode dan nama dari satu wilayah")

    def _by_names(self, row: int, names: dict[str, str]) -> Place | None:
        if self._uncached_key(row):
            what, expected = "rumus tanpa nilai tersimpan pada kode atau nama wilayah", "nilai, bukan rumus"
            return self._refuse(row, next(iter(self.keys)), what, expected)
        key, name = next(iter(names.items()))
        found = self._named(key, name, self._within(key))
        if len(found) == 1:
            return found[0]
        if self._only_words(row):
            return None
        if found:
            listed = ", ".join(f"{place.code} {place.name}" for place in found[:6])
            return self._refuse(row, key, f"nama {name!r} dipakai beberapa wilayah: {listed}", "kolom kode wilayah")
        hint = self._spelling(name) if len(self._refused) < _HINTED else ""
        return self._refuse(row, key, f"wilayah {name!r} tidak dikenal. {hint}".strip(), "nama wilayah yang terdaftar")

    def _within(self, key: str) -> str:
        """The place in which a name is meant, if the names beside it tell."""
        higher = {"village": ("district", "regency"), "district": ("regency",)}.get(key, ())
        for other in (other for other in higher if other in self._carried):
            found = self._named(other, self._carried[other], self._within(other))
            if len(found) == 1:
                return found[0].code
        return ""

    def _named(self, key: str, name: str, within: str) -> list[Place]:
        """The places that a name may mean in its column: of its level, else higher ones, as stand above their parts."""
        level = _NAMED[key]
        named = self.find(name)
        length = {"kelurahan": 3, "kecamatan": 2, "kabupaten_kota": 1}.get(level or "", 3)
        found = [place for place in named if level in (None, place.level)]
        found = found or [place for place in named if place.code.count(".") < length]
        nearer = [place for place in found if within and place.code.startswith(f"{within}.")]
        return nearer or found

    def _spelling(self, name: str) -> str:
        known = {place.name for code in self.places.codes() if (place := self.places.by_code(code))}
        return suggestion(name, sorted(known))

    def _refuse(self, row: int, key: str, what: str, expected: str) -> None:
        where = spot(self.workbook, self.header.sheet, row, self.keys[key])
        self._refused.append(Problem(where, what, expected, "perbaiki sel itu, lalu ulangi"))

    def _of_bps(self) -> Problem:
        column = self.keys.get("code", min(self.keys.values()))
        where = spot(self.workbook, self.header.sheet, self.header.bottom, column)
        return Problem(
            where,
            f"kolom kode memuat kode BPS: {self.places.explain_bps(self._pairs)}",
            "kode Kemendagri",
            "ganti kolom kode, atau hapus kolom itu bila nama wilayahnya lengkap",
        )

    def _as_sum(self, line: Line, codes: set[str]) -> Line:
        """A place known by name alone, above its parts, is their sum: the province; others where parts have codes."""
        if line.place is None or not line.by_name or self.header.is_long:
            return line
        has_parts = any(code.startswith(f"{line.place.code}.") for code in codes)
        if has_parts and (line.place.level == "provinsi" or "code" in self.keys):
            return replace(line, place=None, of=line.place.code, labelled=True)
        return line


def is_blank(value: Value) -> bool:
    """Whether a cell says nothing: empty, a dash, n/a."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _BLANKS)


def _begins(text: str, words: tuple[str, ...]) -> bool:
    folded = f"{fold(text)} "
    return any(folded.startswith(f"{fold(word)} ") for word in words)


def _numbers_columns(cells: tuple[Value, ...]) -> bool:
    """The row of column numbers below many headers: (1) (2) (3)."""
    texts = [str(value).strip("() ") for value in cells if not is_blank(value)]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _has_digit(value: Value) -> bool:
    return any(map(str.isdigit, str(value)))


def _may_be(number: float, code: str) -> bool:
    """Whether a number stands for a code of two parts: 64.1 for 64.10, which a spreadsheet cuts, or for 64.01."""
    left, _, right = repr(number).partition(".")
    return code in (f"{left}.{right:0<2}", f"{left}.{right:0>2}")
