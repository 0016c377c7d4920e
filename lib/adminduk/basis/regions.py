"""Regions: official codes (Kemendagri), names, and the many ways people write them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.models import Model, read_model
from adminduk.basis.paths import Paths

Kind = Literal["provinsi", "kabupaten", "kota"]
Peers = Literal["", "kota", "kabupaten_besar", "kabupaten_kecil"]
ProvinceCode = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
RegencyCode = Annotated[str, StringConstraints(pattern=r"^\d{2}\.\d{2}$")]
BpsCode = Annotated[str, StringConstraints(pattern=r"^(\d{4})?$")]
DistrictCode = Annotated[str, StringConstraints(pattern=r"^\d{2}\.\d{2}\.\d{2}$")]
Count = Annotated[int, Field(ge=0)]

_PREFIXES = re.compile(r"^(provinsi|prov|kabupaten|kab|kota)\b\.?\s*")


class District(Model):
    """A kecamatan with the number of its kelurahan and desa."""

    code: DistrictCode
    """Kemendagri code of the kecamatan."""
    name: str
    """Name without its kind."""
    kelurahan: Count
    """How many kelurahan it has; `villages.csv` must list as many."""
    desa: Count
    """How many desa it has; `villages.csv` must list as many."""


class Region(Model):
    """A province, kabupaten or kota."""

    code: ProvinceCode | RegencyCode
    """Kemendagri code, always quoted text; joins every table."""
    name: str
    """Official name with its kind."""
    kind: Kind
    """What it is in law."""
    peers: Peers = ""
    """The group of regencies it is held against; empty for the province."""
    bps: BpsCode = ""
    """Code of the statistics office, known only to recognise a file that uses it."""
    aliases: tuple[str, ...] = ()
    """Other ways people write the name; no two regions share one."""
    kecamatan: Count
    """Number of kecamatan; must equal those listed."""
    kelurahan: Count
    """Number of kelurahan; must equal the sum of its kecamatan."""
    desa: Count
    """Number of desa; must equal the sum of its kecamatan."""
    area_km2: Decimal
    """Area in square kilometres; the province's must be the sum."""
    tile: tuple[int, int] = (0, 0)
    """Column and row of a regency in the tile map."""

    @property
    def slug(self) -> str:
        """The name as it stands in a file name: ``kota-balikpapan``."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")

    @property
    def short_name(self) -> str:
        """The name without its kind: ``Balikpapan``."""
        return self.name.split(" ", 1)[1]

    @property
    def is_province(self) -> bool:
        return self.kind == "provinsi"


class Regions(Model):
    """One province, its kabupaten and kota, and their kecamatan."""

    office: str = "Disdukcapil"
    """What the province calls its registry."""
    province: Region
    """The province; the report of `REGION=64`."""
    regencies: tuple[Region, ...]
    """Its kabupaten and kota, in the order of every list."""
    districts: tuple[District, ...]
    """Every kecamatan of these."""

    @model_validator(mode="after")
    def _adds_up(self) -> Regions:
        wrong = [*self._repeated(), *self._orphans(), *self._sums(), *self._ungrouped()]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _repeated(self) -> Iterable[str]:
        codes = Counter(place.code for place in (*self.all, *self.districts))
        yield from (f"kode {code} ditulis {n} kali" for code, n in codes.items() if n > 1)
        bps = Counter(region.bps for region in self.regencies if region.bps)
        yield from (f"kode BPS {code} ditulis {n} kali" for code, n in bps.items() if n > 1)
        spellings = Counter(key for region in self.all for key in set(_spellings(region)))
        yield from (f"sebutan {key!r} dipakai {n} wilayah" for key, n in spellings.items() if n > 1)

    def _orphans(self) -> Iterable[str]:
        for region in self.regencies:
            if not region.code.startswith(self.province.code + "."):
                yield f"{region.code} bukan bagian dari provinsi {self.province.code}"
        known = {region.code for region in self.regencies}
        yield from (f"{d.code} tidak punya kabupaten/kota" for d in self.districts if d.code[:5] not in known)

    def _sums(self) -> Iterable[str]:
        for region in self.regencies:
            own = [d for d in self.districts if d.code.startswith(region.code)]
            yield from _difference(region, "kecamatan", region.kecamatan, len(own))
            yield from _difference(region, "kelurahan", region.kelurahan, sum(d.kelurahan for d in own))
            yield from _difference(region, "desa", region.desa, sum(d.desa for d in own))
        for field in ("kecamatan", "kelurahan", "desa", "area_km2"):
            parts = sum(getattr(region, field) for region in self.regencies)
            yield from _difference(self.province, field, getattr(self.province, field), parts)

    def _ungrouped(self) -> Iterable[str]:
        """A kota is held against kota, a kabupaten against kabupaten; the province against nobody."""
        for place in self.all:
            if not place.peers.startswith(place.kind) and not (place.is_province and not place.peers):
                yield f"{place.code}: peers {place.peers!r} tidak cocok dengan {place.kind}"

    def peers_of(self, region: Region) -> tuple[Region, ...]:
        """The regencies of its group, itself among them, in the order of their codes; none of the province."""
        same = [place for place in self.regencies if place.peers and place.peers == region.peers]
        return tuple(sorted(same, key=lambda place: place.code))

    @property
    def all(self) -> tuple[Region, ...]:
        """The province, then its regencies in code order as the file has them."""
        return (self.province, *self.regencies)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that a table may speak of, kecamatan included."""
        return frozenset(place.code for place in (*self.all, *self.districts))

    @cached_property
    def _by_spelling(self) -> dict[str, Region]:
        return {key: region for region in self.all for key in _spellings(region)}

    def get(self, code: str) -> Region:
        """The region with this official code; KeyError when there is none."""
        return {region.code: region for region in self.all}[code]

    def find(self, text: str) -> Region:
        """A region by code (with or without dots), official name or alias, in any case.

        Raises ParameterError with "Maksud Anda ...?" or the list of regions.
        """
        found = self._by_spelling.get(_spelling(text))
        if found is not None:
            return found
        hint = suggestion(text, [name for region in self.all for name in _names(region)])
        listed = ", ".join(f"{region.code} {region.name}" for region in self.all)
        raise ParameterError(
            Problem(
                where="REGION",
                what=f"wilayah {text!r} tidak dikenal" if text.strip() else "wilayah belum diisi",
                expected=f"kode, nama atau sebutan salah satu dari: {listed}",
                next_step=hint or "contoh: make report REGION=Balikpapan",
            )
        )


def _difference(region: Region, what: str, whole: object, parts: object) -> Iterable[str]:
    if whole != parts:
        yield f"{region.code}: {what} {whole}, jumlah bagiannya {parts}"


def _names(region: Region) -> tuple[str, ...]:
    return (region.name, region.short_name, *region.aliases)


def _spellings(region: Region) -> set[str]:
    """Every key under which a region is found.

    ``Kutai Barat`` and ``KAB. KUTAI BARAT`` both lead to the kabupaten; a prefix of another kind
    (``Kota Kutai Barat``) does not, because it may mean another place.
    """
    keys = {_spelling(region.code)}
    for name in _names(region):
        bare = _PREFIXES.sub("", _spelling(name))
        keys.add(bare)
        for prefix in {"provinsi": ("provinsi", "prov"), "kabupaten": ("kabupaten", "kab"), "kota": ("kota",)}[
            region.kind
        ]:
            keys.add(f"{prefix} {bare}")
    return keys


def _spelling(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    if re.fullmatch(r"\s*[\d.]+\s*", folded):
        return folded.replace(".", "").strip()
    return re.sub(r"[\s.\-_]+", " ", folded).strip()


def load_regions(paths: Paths) -> Regions:
    return read_model(Regions, paths.parameters("regions"), "params/regions.yml")
