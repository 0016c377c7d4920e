"""Hal yang perlu diputuskan: what the data ask of the meeting, each one sentence with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adminduk.measure import recap
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.plans import plans
from adminduk.measure.recap import Burden
from adminduk.present import agreement, bundles, burden, wording
from adminduk.present.bundles import Bundle, Item, numbered
from adminduk.present.sources import SourceNumbers

_READING = (
    "Daftar ini disusun dari data, bukan usul kebijakan; rapat menetapkan keputusan, penanggung jawab, dan tenggatnya."
)
_NOTHING = (
    "Data periode ini tidak menuntut keputusan: semua target yang dapat dinilai tercapai, juga di kabupaten/kota, dan "
    "tidak ada yang lewat tenggat."
)
_NOBODY = "angka setiap kabupaten/kota belum ada untuk membaginya"
_CLOSED = ("selesai", "batal")


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The numbered list; one honest line where the data ask nothing."""
    found = items(briefing)
    if not found:
        return [bundles.sentences([_NOTHING], "answer")]
    return [bundles.sentences([_READING], "reading"), numbered(found)]


def items(briefing: Briefing) -> list[Item]:
    """The gravest first: what presses by its date, what is below target, plans, statements."""
    planned = agreement.unmet(briefing, plans(briefing))
    return [*_overdue(briefing), *_below(briefing), *planned, *_conflicts(briefing)]


def _overdue(briefing: Briefing) -> Iterator[Item]:
    """What was agreed and is not done on the day of the meeting."""
    day = briefing.period.told_until
    for one in briefing.period.agreed:
        if one.status not in _CLOSED and one.decision.tenggat < day:
            who = wording.listing([briefing.regions.get(code).name for code in one.decision.penanggung_jawab])
            due = f"lewat tenggat {wording.long_date(one.decision.tenggat)}, status {one.status}"
            when = wording.long_date(date.fromisoformat(one.period))
            subject = f"Keputusan {one.decision.nomor} dari periode {when}"
            yield subject, f"{one.decision.keputusan.rstrip('.')}: {due}, penanggung jawab {who}."


def _below(briefing: Briefing) -> Iterator[Item]:
    """Every indicator of the province below its target, and those of which regencies are: with who carries the gap."""
    for entry in briefing.entries:
        row = entry.rows[0] if entry.rows else None
        carried = recap.burden_of(briefing, entry.indicator)
        name = wording.in_sentence(entry.indicator.short.id)
        if row is not None and row.verdict == "di_bawah":
            yield f"Pembagian kekurangan {name}", f"{_fact(entry, row)}; {_carried(briefing, row, carried)}."
        elif carried and carried.gap and carried.rows[0].as_of.first.year == briefing.period.as_of.year:
            day = wording.long_date(carried.rows[0].as_of)
            yield f"Kabupaten/kota di bawah target {name}", f"{day}: {burden.who_carries(briefing, carried)}."


def _fact(entry: Entry, row: IndicatorRow) -> str:
    reached = f"{wording.value(row)} {wording.base(entry.indicator, row.base)}".strip()
    goal = f"target {wording.target(row)} tahun {row.as_of.last.year}"
    facts = (f"capaian {reached}", goal, wording.missing(row, entry.indicator))
    return wording.capital(", ".join(filter(None, facts)))


def _carried(briefing: Briefing, row: IndicatorRow, carried: Burden | None) -> str:
    if carried is None or not carried.gap or not _same(carried.rows[0], row):
        return _NOBODY
    apart = "" if carried.gap == row.gap else " (dijumlahkan per daerah)"
    return burden.who_carries(briefing, carried) + apart


def _same(one: IndicatorRow, other: IndicatorRow) -> bool:
    return (one.as_of, one.base) == (other.as_of, other.base)


def _conflicts(briefing: Briefing) -> Iterator[Item]:
    """Statements that differ and of which none was chosen: the province's own; of the others, told to their offices
    before the meeting, no more than how many."""
    known = {**briefing.catalog.measures, **briefing.catalog.indicators}
    places = {place.code: [found for found in briefing.facts(place.code).conflicts if found.what in known]
              for place in recap.places(briefing)}  # fmt: skip
    for conflict in places.pop(briefing.regions.province.code):
        values = dict.fromkeys(value for value, _ in conflict.values)
        about = f"{wording.capital(known[conflict.what].label.id)}, {wording.long_date(conflict.as_of)}"
        said = wording.listing([_said(value) for value in values])
        yield f"Pernyataan berbeda, {briefing.region.name}", f"{about}: {said}; perlu ditetapkan yang dipakai."
    others = [found for found in places.values() if found]
    if others:
        count = wording.number(sum(map(len, others)))
        where = f"{count} angka dari {wording.number(len(others))} kabupaten/kota disebut berbeda oleh dua pernyataan"
        told = "uraiannya disampaikan kepada dinasnya untuk ditetapkan"
        yield "Pernyataan yang berbeda", f"{where}; {told}."


def _said(value: int | str) -> str:
    return wording.number(value) if isinstance(value, int) else wording.printed_percent(value)
