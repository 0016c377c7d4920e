"""The gazetteer: every place down to kelurahan and desa, found by code or by name, never guessed.

Codes and names of kelurahan (1xxx) and desa (2xxx) stand in params/villages.csv. They come from
idn-area-data 3.1.2 (https://github.com/fityannugroho/idn-area-data), whose data are made available
under the Open Database License 1.0 (https://opendatacommons.org/licenses/odbl/1-0/); of each
kecamatan there are as many as params/regions.yml says, which is checked whenever the file is read.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.models import CHECK
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Region, Regions, load_regions

Level = Literal["provinsi", "kabupaten_kota", "kecamatan", "kelurahan"]
# How codes come: text as a rule, numbers where a spreadsheet took them for such.
Code = str | int | float

_LEVELS: tuple[Level, ...] = ("provinsi", "kabupaten_kota", "kecamatan", "kelurahan")
_LENGTHS = (2, 4, 6, 10)
_BPS_DISTRICT = 7
_HEADER = ["code", "name"]
_VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.[12]\d{3}")
_PREFIXES = {
    "provinsi": "provinsi", "prov": "provinsi",
    "kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota",
    "kecamatan": "kecamatan", "kec": "kecamatan",
    "kelurahan": "kelurahan", "kel": "kelurahan",
    "desa": "desa", "ds": "desa", "kampung": "desa",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place by its Kemendagri code; the code of its parent is what stands before the last dot."""

    code: str
    name: str
    level: Level

    @property
    def kind(self) -> str:
        """What stands before its name when it is said in full: provinsi, kabupaten, kota, kecamatan, kelurahan, desa.

        A kabupaten has a number below 71, a kota one from 71 on; a desa starts with 2.
        """
        if self.level == "kabupaten_kota":
            return "kota" if self.code[3] == "7" else "kabupaten"
        if self.level == "kelurahan":
            return "kelurahan" if self.code[9] == "1" else "desa"
        return self.level


class Places:
    """Regions, kecamatan and villages as one gazetteer. Names are those of ``regions.yml`` without their kind."""

    def __init__(self, regions: Regions, villages: Mapping[str, str]) -> None:
        named = [(region.code, region.short_name, region.aliases) for region in regions.all]
        named += [(district.code, district.name, ()) for district in regions.districts]
        named += [(code, name, ()) for code, name in villages.items()]
        self._places: dict[str, Place] = {}
        self._names: dict[str, list[Place]] = defaultdict(list)
        self._children: dict[str, set[str]] = defaultdict(set)
        self._bps: dict[str, Region] = {region.bps: region for region in regions.regencies if region.bps}
        for code, name, aliases in named:
            place = Place(code, name, _LEVELS[code.count(".")])
            self._places[code] = place
            self._children[code.rpartition(".")[0]].add(code)
            for key in {_key(_words(each)) for each in (name, *aliases)}:
                self._names[key].append(place)

    def by_code(self, value: Code) -> Place | None:
        """The place of a code, with or without dots, as text or as a number.

        None where there is no such place, and where the number may be two codes: 64.1 is what a
        spreadsheet makes of 64.10, and what somebody may write for 64.01.
        """
        return self._places.get(_dotted(_digits(value)))

    def by_name(self, text: str, within: str = "") -> tuple[Place, ...]:
        """Every place that ``text`` may name, in the order of codes; those below the code ``within``, if given.

        A kind before the name must be right (``Kota Kutai Barat`` names nothing), case, dots, hyphens,
        apostrophes and spaces do not matter. More than one place means that the name does not decide.
        """
        words, kinds, found = _words(text), set(), set()
        while words:
            found |= {place for place in self._names.get(_key(words), ()) if not kinds or place.kind in kinds}
            if words[0] not in _PREFIXES:
                break
            kinds.add(_PREFIXES[words[0]])
            words = words[1:]
        below = f"{within}." if within else ""
        return tuple(sorted((p for p in found if p.code.startswith(below)), key=lambda place: place.code))

    def is_bps(self, pairs: Iterable[tuple[Code, str]]) -> bool:
        """Whether the (code, name) of a sheet are codes of the statistics office and not of Kemendagri.

        Some row must fit BPS alone, and none may fit Kemendagri alone. The name may be empty.
        """
        systems = {self._system(code, name) for code, name in pairs}
        return "bps" in systems and "kemendagri" not in systems

    def explain_bps(self, pairs: Iterable[tuple[Code, str]]) -> str:
        """One sentence on the first (code, name) that is a code of BPS; empty when there is none."""
        for code, name in pairs:
            if self._system(code, name) == "bps":
                return self._bps_sentence(_digits(code))
        return ""

    def children(self, code: str) -> frozenset[str]:
        """The codes right below ``code``; none for a kelurahan or an unknown code."""
        return frozenset(self._children.get(code, ()))

    def codes(self) -> frozenset[str]:
        """Every code that a table may speak of, kelurahan and desa included."""
        return frozenset(self._places)

    def _system(self, code: Code, name: str) -> str:
        """Which office's code it must be: ``bps``, ``kemendagri``, or empty when it may be both or neither."""
        digits = _digits(code)
        region, own = self._bps.get(digits[:4]), self._places.get(_dotted(digits))
        if region is None:
            return "kemendagri" if own and own in self.by_name(name) else ""
        if own and own in self.by_name(name):
            return "" if own.code == region.code else "kemendagri"
        if len(digits) == _BPS_DISTRICT:
            return "bps"
        if len(digits) == 4:
            meant = {place.code for place in self.by_name(name)}
            return "bps" if own is None or (own.code != region.code and region.code in meant) else ""
        if len(digits) == 10:
            return "bps" if digits[6] not in "12" or self.by_name(name, region.code) else ""
        return ""

    def _bps_sentence(self, digits: str) -> str:
        region = self._bps[digits[:4]]
        same = self._places.get(_dotted(digits[:4]))
        below = "wilayah di " if len(digits) > 4 else ""
        told = f"{digits} adalah kode BPS untuk {below}{region.short_name} (Kemendagri {region.code})"
        if same is None or same.code == region.code:
            return told
        return f"{told}; {same.code} di Kemendagri ialah {same.name}"


def load_places(paths: Paths) -> Places:
    """The gazetteer of the project; ParameterError lists every mistake in params/villages.csv.

    Read once for as long as its two files stay as they are.
    """
    files = (paths.parameters("regions"), paths.villages)
    return _load(paths, tuple(file.stat().st_mtime_ns for file in files if file.exists()))


@lru_cache(maxsize=8)
def _load(paths: Paths, stamp: tuple[int, ...]) -> Places:
    regions = load_regions(paths)
    return Places(regions, _read_villages(paths, regions))


def _read_villages(paths: Paths, regions: Regions) -> dict[str, str]:
    where = paths.relative(paths.villages)
    try:
        lines = paths.villages.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise ParameterError(
            Problem(where, "berkas tidak ada", "CSV dengan kolom code, name", "pulihkan berkasnya")
        ) from error
    except UnicodeDecodeError as error:
        raise ParameterError(Problem(where, "bukan UTF-8", "CSV dalam UTF-8", "simpan ulang sebagai UTF-8")) from error
    header, *rows = [*csv.reader(lines)] or [[]]
    if header != _HEADER:
        raise ParameterError(Problem(f"{where}, baris 1", f"kolom {', '.join(header)}", ", ".join(_HEADER), CHECK))
    problems = [*_wrong_rows(rows, where), *_wrong_numbers(rows, regions, where)]
    if problems:
        raise ParameterError(*problems)
    return {code: name for code, name in rows}


def _wrong_rows(rows: list[list[str]], where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        place = f"{where}, baris {number}"
        if len(row) != 2 or not row[1].strip():
            yield Problem(place, f"{len(row)} kolom atau nama kosong", "kode dan nama", CHECK)
        elif not _VILLAGE.fullmatch(row[0]):
            yield Problem(
                place, f"kode {row[0]!r}", "kode kelurahan (1xxx) atau desa (2xxx), mis. 64.71.01.1001", CHECK
            )
        elif row[0] in seen:
            yield Problem(place, f"kode {row[0]} ditulis dua kali", "setiap kode sekali", CHECK)
        seen.add(row[0] if row else "")


def _wrong_numbers(rows: list[list[str]], regions: Regions, where: str) -> Iterator[Problem]:
    """Where a kecamatan has not as many kelurahan and desa as regions.yml says."""
    found = Counter((row[0][:8], row[0][9:10]) for row in rows if row and _VILLAGE.fullmatch(row[0]))
    known = {district.code for district in regions.districts}
    for code in sorted({district for district, _ in found} - known):
        yield Problem(
            where,
            f"kecamatan {code} tidak ada di params/regions.yml",
            "kecamatan yang terdaftar di sana",
            suggestion(code, known) or CHECK,
        )
    for district in regions.districts:
        for what, kind, whole in (("kelurahan", "1", district.kelurahan), ("desa", "2", district.desa)):
            if found[district.code, kind] != whole:
                number = found[district.code, kind]
                yield Problem(
                    where,
                    f"{district.code} {district.name} punya {number} {what}",
                    f"{whole} (params/regions.yml)",
                    CHECK,
                )


def _digits(value: Code) -> str:
    """The digits of a code; empty when it is none or may be several."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        text = str(int(value)) if value == value // 1 else repr(float(value))
        return text.replace(".", "") if re.fullmatch(r"\d+|\d{2}\.\d{2}", text) else ""
    text = re.sub(r"\s*[.\-\s]\s*", ".", unicodedata.normalize("NFKC", value).strip().lstrip("'"))
    text = re.sub(r"^(\d{4,})\.0$", r"\1", text)  # a number that a program wrote as text
    if not re.fullmatch(r"\d{7}|\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{4})?)?)?", text):
        return ""
    return text.replace(".", "")


def _dotted(digits: str) -> str:
    if len(digits) not in _LENGTHS:
        return ""
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))


def _words(text: str) -> list[str]:
    plain = re.sub(r"['’‘`ʼ]", "", unicodedata.normalize("NFKC", text).casefold())
    return re.findall(r"[^\W_]+", plain)


def _key(words: list[str]) -> str:
    return "".join(words)
