"""The programme as the planning documents have it: one line for each activity and executor, in their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from adminduk.basis.catalog import load_catalog
from adminduk.basis.models import Model, wrong
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions

Fund = Literal["APBD", "DAK", "APBN"]
Document = Literal["Renja", "RKPD", "RKA", "DPA"]
SHARE = "persen"
MOST_SHARE = 100
_PERSONAL = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True)
class Known:
    """What a line may name: indicators that are coverages, all that can be planned for, and the regions.

    ``key`` is the period in which it is said.
    """

    coverages: tuple[str, ...]
    planned: tuple[str, ...]
    codes: tuple[str, ...]
    key: str = ""


def _named(kind: Literal["coverages", "planned", "codes"]) -> Callable[[str, ValidationInfo], str]:
    """Refuses a word that is none of the known ones of that kind; without a context every word is taken."""

    def check(value: str, info: ValidationInfo) -> str:
        words: Collection[str] = getattr(info.context, kind) if info.context else (value,)
        if value not in words:
            raise PydanticCustomError("literal_error", "nilai tidak dikenal", {"expected": ", ".join(words)})
        return value

    return check


def _not_negative(value: Any) -> Any:
    if value < 0:
        raise wrong("tidak boleh negatif", "nol atau lebih")
    return value


def _month(value: int) -> int:
    if not 1 <= value <= 12:
        raise wrong("bukan bulan", "bilangan 1 sampai 12")
    return value


def _impersonal(value: str) -> str:
    if _PERSONAL.search(value):
        raise wrong("memuat nomor 16 angka seperti NIK", "kata-kata dokumen, tanpa data perorangan")
    return value


def _filled(value: str) -> str:
    if not value:
        raise wrong("wajib diisi", "isi yang tidak kosong")
    return value


def _dotted(value: str) -> str:
    if not re.fullmatch(r"(\d+(\.\d+)*)?", value):
        raise wrong("bukan kode", "angka dan titik, misalnya 2.12.03, atau kosong")
    return value


Words = Annotated[str, AfterValidator(_impersonal)]
Text = Annotated[Words, AfterValidator(_filled)]
Code = Annotated[str, AfterValidator(_dotted)]
Coverage = Annotated[str, AfterValidator(_named("coverages"))]
Planned = Annotated[str, AfterValidator(_named("planned"))]
Place = Annotated[str, AfterValidator(_named("codes"))]
Count = Annotated[int, AfterValidator(_not_negative)]
Amount = Annotated[Decimal, AfterValidator(_not_negative)]
Month = Annotated[int, AfterValidator(_month)]


class ProgramLine(Model):
    """One activity of one executor: what it reaches and costs in the year that ends and in the next."""

    kode_sub_kegiatan: Code = ""
    """Code of the sub-activity in the planning documents."""
    program: Text
    """Programme, in the words of the document."""
    kegiatan: Text
    """Activity, in the words of the document."""
    sub_kegiatan: Text
    """Sub-activity, in the words of the document."""
    indikator: Planned
    """Indicator or programme action it is for."""
    satuan: Text
    """`persen`: a target of coverage; anything else: what is counted."""
    target: Amount
    """Target of the year that ends, in that unit."""
    realisasi: Amount
    """Reached in the year that ends, in that unit."""
    pagu: Count
    """Budget of the year that ends, in rupiah."""
    realisasi_keuangan: Count
    """Spent in the year that ends, in rupiah."""
    target_berikutnya: Amount
    """Target of the next year, in that unit."""
    pagu_berikutnya: Count
    """Budget of the next year, in rupiah."""
    sumber_dana: Fund
    """Where the money comes from."""
    pelaksana: Place
    """Code of the region that does it."""
    lokasi: Annotated[str, Field(validate_default=True)] = ""
    """Code of the region where it happens; the executor's own when absent."""
    dokumen: Document
    """The planning document it stands in."""
    bulan: tuple[Month, ...] = ()
    """Months of the next year in which it happens, 1 to 12."""
    catatan: Words = ""
    """A note."""

    @property
    def is_share(self) -> bool:
        return self.satuan == SHARE

    @field_validator("satuan")
    @classmethod
    def _of_a_coverage(cls, value: str, info: ValidationInfo) -> str:
        named = info.data.get("indikator", "")
        if value == SHARE and info.context and named and named not in info.context.coverages:
            raise wrong(f"hanya untuk indikator cakupan, bukan {named}", "satuan keluarannya, misalnya keping")
        return value

    @field_validator("target", "realisasi", "target_berikutnya")
    @classmethod
    def _in_its_unit(cls, value: Decimal, info: ValidationInfo) -> Decimal:
        unit = info.data.get("satuan", SHARE)
        if unit != SHARE and value != value.to_integral_value():
            raise wrong(f"bukan bilangan bulat, padahal satuannya {unit}", "bilangan bulat")
        # More than 100 % is real where a base is frozen, but nobody plans for it.
        if info.data.get("satuan") == SHARE and info.field_name != "realisasi" and value > MOST_SHARE:
            raise wrong(f"lebih dari {MOST_SHARE} persen", f"0 sampai {MOST_SHARE}")
        return value

    @field_validator("lokasi")
    @classmethod
    def _at_home(cls, value: str, info: ValidationInfo) -> str:
        """Not said, it is the executor's; what is wrong with that is told there."""
        return _named("codes")(value, info) if value else info.data.get("pelaksana", "")

    @field_validator("bulan")
    @classmethod
    def _once(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        twice = [str(month) for month, n in Counter(value).items() if n > 1]
        if twice:
            raise wrong(f"bulan {', '.join(twice)} ditulis dua kali", "setiap bulan satu kali")
        return value


class Newcomers(Model):
    """Those who join the base of an indicator next year: turning 17, or newborn."""

    indikator: Coverage
    """The coverage whose base they join."""
    lokasi: Place
    """Code of the region."""
    jumlah: Count
    """How many they are."""
    sumber: Text
    """Where the number comes from."""


class Outreach(Model):
    """Team days of outreach (*jemput bola*) to be shared out next year, and people one team serves in a day."""

    indikator: Coverage
    """The coverage that outreach is to raise."""
    team_days: Count
    """Team days to be shared out."""
    floor: Count = 0
    """The fewest that every regency gets."""
    per_day: Count
    """People one team serves in a day."""
    per_day_by_region: dict[Place, Count] = Field(default_factory=dict)
    """The same for a region where it differs, by code."""


def load_known(paths: Paths) -> Known:
    """The words of params/ that an agenda may use; ParameterError where those files are wrong themselves."""
    catalog, regions = load_catalog(paths), load_regions(paths)
    actions = (measure.id for measure in catalog.measures.values() if measure.role == "tindakan")
    return Known(
        coverages=tuple(indicator.id for indicator in catalog if indicator.kind == "coverage"),
        planned=(*catalog.indicators, *actions),
        codes=tuple(region.code for region in regions.all),
    )
