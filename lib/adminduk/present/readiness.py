"""How ready a region is for the period's deadline, polling day for one, in a table and in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.basis.periods import Deadline
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.readiness import Readiness, asked, readiness
from adminduk.present import rates, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_BOTH = "Pemilih pemula yang sudah 17 tahun termasuk juga dalam wajib KTP; kedua barisnya tidak dijumlahkan."
_HEADS = ("Penyebut", "Sudah", "Belum", "Hari kerja", "Per hari kerja")


def parts(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """Those recorded and not, and how many that is on each working day; what is not known is said."""
    deadline = briefing.period.deadline
    if deadline is None:
        return []
    ready = readiness(briefing)
    if not ready:
        day = wording.long_date(briefing.period.as_of)
        return [sentences([f"Kesiapan {_due(deadline)}: jumlah keadaan {day} belum dimuat."], "answer")]
    known = {one.indicator.id for one in ready}
    missing = [_unknown(briefing, entry) for entry in asked(briefing) if entry.indicator.id not in known]
    return [_table(deadline, ready, numbers), sentences([*map(told, ready), *missing], "answer")]


def _due(deadline: Deadline) -> str:
    return f"{deadline.name} {wording.long_date(deadline.date)}"


def _table(deadline: Deadline, ready: Sequence[Readiness], numbers: SourceNumbers) -> Bundle:
    return Table(
        caption=f"Kesiapan {_due(deadline)}",
        unit="orang",
        columns=[Column("Indikator"), *(Column(label, "right") for label in _HEADS)],
        rows=[_cells(one) for one in ready],
        sources=numbers.of([source for one in ready for source in one.row.sources]),
        notes=[
            f"Keadaan {wording.long_date(ready[0].row.as_of)}. Belum: seluruh penyebut dikurangi yang sudah, bukan "
            "kekurangan terhadap target; dibagi hari kerja dan dibulatkan ke atas.",
            *([_BOTH] if len(ready) > 1 else []),
        ],
    ).bundle()


def _cells(one: Readiness) -> list[str]:
    daily = one.required.per_working_day
    counts = (one.row.denominator or 0, one.row.numerator or 0, one.left, one.required.working_days)
    return [
        one.indicator.short.id,
        *map(wording.number, counts),
        wording.DASH if daily is None else wording.number(daily),
    ]


def told(one: Readiness) -> str:
    """ "KTP-el: 10.201 orang belum terlayani; 10 hari kerja (13 sampai 26 November 2024), 1.021 orang per hari." """
    noun = wording.people(one.indicator)
    head = f"{one.indicator.short.id}: {wording.number(one.left)} {noun} belum terlayani"
    if one.working is None:
        return f"{head}; tidak ada hari kerja lagi."
    first, last = one.working
    daily = wording.number(one.required.per_working_day or 0)
    days = wording.number(one.required.working_days)
    return f"{head}; {days} hari kerja ({rates.span(first, last)}), {daily} {noun} per hari kerja."


def _unknown(briefing: Briefing, entry: Entry) -> str:
    """What there is instead of counts of the day."""
    name = entry.indicator.short.id
    if not entry.rows:
        return f"{name}: {wording.nothing_known(entry, briefing.period, briefing.regions.office)}."
    row = entry.rows[0]
    day = wording.long_date(briefing.period.as_of)
    return f"{name}: jumlah keadaan {day} belum dimuat; terakhir {wording.value(row)} ({wording.printed_on(row)})."
