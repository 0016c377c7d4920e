"""Hal yang perlu diputuskan: what the data ask of the meeting, each one sentence with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adminduk.measure import recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.plans import plans
from adminduk.present import agreement, bundles, burden, wording
from adminduk.present.bundles import Bundle, Item, numbered
from adminduk.present.sources import SourceNumbers

_READING = (
    "Daftar ini disusun dari data, bukan usul kebijakan; rapat menetapkan keputusan, penanggung jawab, dan tenggatnya."
)
_NOTHING = (
    "Data periode ini tidak menuntut keputusan: semua target yang dapat dinilai tercapai dan tidak ada yang lewat "
    "tenggat."
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
    """Every indicator of the province below its target, with who carries most of the gap."""
    burdens = {one.indicator.id: one for one in recap.burdens(briefing)}
    for entry in briefing.entries:
        row = entry.rows[0] if entry.rows else None
        if row is None or row.verdict != "di_bawah":
            continue
        carried = burdens.get(entry.indicator.id)
        shared = carried if carried and carried.gap and _same(carried.rows[0], row) else None
        who = burden.who_carries(briefing, shared) if shared else _NOBODY
        reached = f"{wording.value(row)} {wording.base(entry.indicator, row.base)}".strip()
        goal = f"target {wording.target(row)} tahun {row.as_of.last.year}"
        facts = ", ".join(filter(None, (f"capaian {reached}", goal, wording.missing(row, entry.indicator))))
        name = wording.in_sentence(entry.indicator.short.id)
        yield f"Pembagian kekurangan {name}", f"{wording.capital(facts)}; {who}."


def _same(one: IndicatorRow, other: IndicatorRow) -> bool:
    return (one.as_of, one.base) == (other.as_of, other.base)


def _conflicts(briefing: Briefing) -> Iterator[Item]:
    """Statements that differ and of which none was chosen."""
    known = {**briefing.catalog.measures, **briefing.catalog.indicators}
    for place in recap.places(briefing):
        for conflict in briefing.facts(place.code).conflicts:
            if conflict.what in known:
                values = dict.fromkeys(value for value, _ in conflict.values)
                about = f"{wording.capital(known[conflict.what].label.id)}, {wording.long_date(conflict.as_of)}"
                said = wording.listing([_said(value) for value in values])
                yield f"Pernyataan berbeda, {place.name}", f"{about}: {said}; perlu ditetapkan yang dipakai."


def _said(value: int | str) -> str:
    return wording.number(value) if isinstance(value, int) else wording.printed_percent(value)
