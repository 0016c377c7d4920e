"""What figures are held against: every rule with its severity, its thresholds and why they are what they are.

A finding is one row: look at this. It stops nobody by itself; ``tolak`` keeps its region from being printed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from adminduk.basis.errors import Problem, suggestion
from adminduk.basis.models import CHECK, Model, read_model, wrong
from adminduk.basis.paths import Paths

Severity = Literal["tolak", "periksa", "catat"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # the gravest first
DEFAULT = "default"


@dataclass(frozen=True)
class Finding:
    """Rule ``rule`` found something about a region at a date.

    ``as_of`` as the table of counts spells it; ``values`` holds text, whole numbers and lists of these, what the
    rule's sentence needs; ``origin`` the cells it was found in.
    """

    region_code: str
    as_of: str
    rule: str
    severity: Severity
    values: Mapping[str, Any]
    origin: str

    def row(self) -> dict[str, str]:
        """The finding as the table of findings has it: ``values`` as JSON with sorted keys."""
        text = json.dumps(dict(self.values), ensure_ascii=False, sort_keys=True)
        return {**vars(self), "values": text}

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> Finding:
        return cls(**{**row, "values": json.loads(row["values"])})  # type: ignore[arg-type]


def _with_default(percents: dict[str, Decimal]) -> dict[str, Decimal]:
    if DEFAULT not in percents:
        raise wrong(f"kunci {DEFAULT!r} belum ada", f"{DEFAULT}: untuk ukuran yang tidak disebut")
    return percents


Percent = Annotated[Decimal, Field(gt=0)]
Days = Annotated[int, Field(gt=0)]
Number = Annotated[int, Field(gt=0)]
PerMeasure = Annotated[dict[str, Percent], AfterValidator(_with_default)]
Reason = Annotated[str, StringConstraints(min_length=1)]


class Rule(Model):
    """A rule without thresholds."""

    severity: Severity
    """`tolak` keeps the region from being printed, `periksa` asks the office, `catat` is to be known."""
    because: dict[str, Reason]
    """The reason of every other key."""

    @model_validator(mode="after")
    def _explained(self) -> Rule:
        keys = type(self).model_fields.keys() - {"because"}
        told = [f"because.{key} belum diisi" for key in sorted(keys - self.because.keys())]
        told += [f"because.{key}: kunci itu tidak ada" for key in sorted(self.because.keys() - keys)]
        if told:
            raise wrong("; ".join(told), "because menerangkan setiap kunci lain")
        return self


class AboveDenominator(Rule):
    """A numerator above its denominator."""

    frozen: Severity
    """The severity where the denominator is frozen on a DKB."""


class Printed(Rule):
    """A percentage that does not follow from its counts."""

    rounding: Severity
    """The severity where what was printed is less than a tenth of a point off."""


class Pace(Rule):
    """A step of more than ``percent`` in 30 days, and of more than ``least``.

    What has gathered since the last report may come in at once, hence ``days``.
    """

    least: Number
    """Steps up to this many are never told."""
    days: Days
    """Reports closer together are taken to be this many days apart."""
    percent: PerMeasure
    """The step allowed in 30 days, by measure, with a `default`: of the stock for a fall, of the denominator for a
    rise.
    """

    def allowed(self, measure: str, whole: int, days: int) -> int:
        """The largest step of ``measure`` in ``days`` that is not told, of a ``whole`` of that size."""
        share = Fraction(self.percent.get(measure, self.percent[DEFAULT])) / 100
        return max(self.least, int(share * whole * Fraction(max(days, self.days), 30)))


class Copy(Rule):
    """Equal counts far apart: a report that was copied."""

    days: Days
    """Equal counts closer together than this are not told."""
    person_days: Number
    """Told from this product of count and days apart on."""


class Order(Rule):
    """Measures that never exceed another."""

    pairs: tuple[tuple[str, str], ...]
    """Of each two measures the first is never more than the second."""


class OldDenominator(Rule):
    """A denominator much older than its numerator."""

    days: Days
    """A denominator more days older than its numerator is told."""


class MixedPopulations(Rule):
    """A population that moves too far in too short a time: two registers mixed."""

    percent: Percent
    """A population that moves by more is told."""
    days: Days
    """Dates at most this far apart are compared."""


class CheckParams(Model):
    """params/checks.yml: every rule there is, those of ingest first."""

    lk_pr_bukan_jumlah: Rule
    total_bukan_jumlah: Rule
    kecamatan_bukan_kabupaten: Rule
    sisa_bukan_selisih: Rule
    persen_bukan_hasil_bagi: Rule
    angka_meragukan: Rule
    blok_awal_tanpa_dkb: Rule
    kolom_tidak_dikenal: Rule
    kolom_ditafsirkan: Rule
    pembilang_melebihi_penyebut: AboveDenominator
    stok_turun: Pace
    salinan_lama: Copy
    lonjakan: Pace
    penyebut_beku_berubah: Rule
    bagian_bukan_jumlah: Rule
    definisi_berganti: Rule
    persen_tidak_sesuai: Printed
    putusan_karena_pembulatan: Rule
    dua_pernyataan: Rule
    urutan_salah: Order
    daerah_tanpa_data: Rule
    penyebut_lama: OldDenominator
    campur_dkb_bps: MixedPopulations

    def severity(self, rule: str) -> Severity:
        """How grave a rule is; KeyError for one that does not exist."""
        return dict(self)[rule].severity

    def measures(self) -> Iterable[str]:
        """Every measure that a threshold or a pair names."""
        for rule in (self.stok_turun, self.lonjakan):
            yield from (name for name in rule.percent if name != DEFAULT)
        yield from (name for pair in self.urutan_salah.pairs for name in pair)


def unknown_measures(params: CheckParams, known: Collection[str]) -> Iterator[Problem]:
    """Measures that a rule names and the catalogue does not have."""
    for name in sorted({*params.measures()} - {*known}):
        what = f"ukuran {name!r} tidak ada di params/measures.yml"
        yield Problem(
            "params/checks.yml", what, f"salah satu dari: {', '.join(known)}", suggestion(name, known) or CHECK
        )


RULES: tuple[str, ...] = tuple(CheckParams.model_fields)


def load_check_params(paths: Paths) -> CheckParams:
    """The rules; ParameterError with every mistake of the file."""
    return read_model(CheckParams, paths.parameters("checks"), "params/checks.yml")
