"""What moved the province's coverage: documents and base, and the part of each regency; printed effects add up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from adminduk.measure import recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.steps import Step, rounded_to_sum, steps
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.numerals import thousandths, unsigned
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

UNIT = Fraction(1, 100_000)  # a thousandth of a percentage point
_READING = (
    "Perubahan cakupan diurai dua kali, dan setiap kali jumlahnya tepat sama dengan perubahan: menurut jumlah "
    "(pembilang yang bertambah dan penyebut yang berubah), dan menurut daerah (cakupan di dalam daerah dan susunan "
    "penduduknya)."
)
_NOTE = "Dibulatkan ke 0,001 poin persen sehingga jumlahnya tepat; setiap angka bergeser kurang dari 0,001."
_NONE = (
    "Belum ada dua tanggal dengan angka sebanding dari seluruh kabupaten/kota; perubahan provinsi tidak diurai dari "
    "sebagian daerah."
)


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, the table, and a sentence for each indicator; one honest line where dates are missing."""
    found = steps(briefing, [one for one in recap.columns(briefing) if recap.target(briefing, one)])
    if not found:
        return [] if briefing.is_sparse else [sentences([_NONE], "answer")]
    return [
        sentences([_READING], "reading"),
        _table(briefing, found, numbers),
        sentences([_told(briefing, step) for step in found], "answer"),
    ]


def effects(step: Step) -> tuple[list[int], list[int], list[int]]:
    """In thousandths of a point, each adding up to the change: by count, by regency, by coverage and composition."""
    by_count = rounded_to_sum([step.movement.documents, step.movement.base], UNIT)
    parts = step.contributions
    by_regency = rounded_to_sum([part.total for part in parts], UNIT)
    zero = Fraction(0)
    kinds = [sum((part.coverage for part in parts), zero), sum((part.composition for part in parts), zero)]
    return by_count, by_regency, rounded_to_sum(kinds, UNIT)


def _table(briefing: Briefing, found: Sequence[Step], numbers: SourceNumbers) -> Bundle:
    names = [briefing.regions.get(part.region_code).short_name for part in found[0].parts]
    stubs = ["Keadaan awal", "Keadaan akhir", "Cakupan awal", "Cakupan akhir", "Perubahan"]
    stubs += ["Tambahan pembilang", "Perubahan penyebut", "Jumlah"]
    stubs += [*names, "Jumlah", "di antaranya cakupan", "di antaranya susunan"]
    columns = [_column(step) for step in found]
    return Table(
        caption=f"Mengapa cakupan {briefing.regions.province.name} berubah",
        unit="persen; perubahan dan sebabnya dalam poin persen",
        columns=[Column("Uraian"), *(Column(step.indicator.short.id, "right") for step in found)],
        rows=[list(line) for line in zip(stubs, *columns, strict=True)],
        sources=numbers.of([source for step in found for source in step.sources]),
        notes=[_NOTE, *_bases(found)],
        groups=[("Perubahan", 0), ("Menurut jumlah", 5), ("Menurut daerah", 8)],
        totals=[4, 7, 8 + len(names)],
    ).bundle()


def _column(step: Step) -> list[str]:
    by_count, by_regency, by_kind = effects(step)
    change = thousandths(sum(by_count))
    before, after = step.whole.shares
    return [
        wording.short_date(step.since),
        wording.short_date(step.until),
        wording.percent(before),
        wording.percent(after),
        change,
        *map(thousandths, by_count),
        change,
        *map(thousandths, by_regency),
        change,
        *map(thousandths, by_kind),
    ]


def _bases(found: Sequence[Step]) -> list[str]:
    """Of what the share is, where an indicator has several bases."""
    named = [_named(step) for step in found if len(step.indicator.bases) > 1]
    return [f"Dihitung {wording.listing(named)}."] if named else []


def _named(step: Step) -> str:
    several = len(step.indicator.bases) > 1
    return (
        f"{step.indicator.short.id} {wording.base(step.indicator, step.base)}" if several else step.indicator.short.id
    )


def _told(briefing: Briefing, step: Step) -> str:
    """The change, its two causes by count, and the regency that moved it most."""
    (documents, base), by_regency, _ = effects(step)
    change = documents + base
    moved = f"{_verb(change, 'naik', 'turun')} {unsigned(change)} poin persen" if change else "tidak berubah"
    dates = f"dari {wording.long_date(step.since)} sampai {wording.long_date(step.until)}"
    causes = [_cause("tambahan pembilang", documents), _cause("perubahan penyebut", base)]
    most = max(range(len(by_regency)), key=lambda place: (by_regency[place] * (1 if change >= 0 else -1), -place))
    name = briefing.regions.get(step.parts[most].region_code).short_name
    largest = f"; sumbangan terbesar {name} ({thousandths(by_regency[most])})" if by_regency[most] else ""
    told = wording.listing([cause for cause in causes if cause])
    return f"{_named(step)} {moved} {dates}{': ' + told if told else ''}{largest}."


def _verb(value: int, up: str, down: str) -> str:
    return up if value > 0 else down


def _cause(name: str, value: int) -> str:
    return f"{name} {_verb(value, 'menambah', 'mengurangi')} {unsigned(value)}" if value else ""
