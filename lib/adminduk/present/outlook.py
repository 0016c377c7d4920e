"""The pace that targets ask for beside the pace observed, and what is left to do until the period's deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.outlook import Outlook, outlooks
from adminduk.measure.pace import Pace
from adminduk.present import rates, readiness, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_NEEDED = "Diperlukan: berapa yang harus dilayani supaya target tercapai pada tenggatnya."
_OBSERVED = (
    "Teramati: pertambahan pembilang antara laporan dengan penyebut sejenis; sisa turun: pertambahan itu dikurangi "
    "target kali pertambahan penyebut. Kali lipat di atas 1 berarti sisa perlu turun sekian kali lebih cepat."
)
_NONE = "Belum ada jumlah tahun {} yang dapat dinilai dengan targetnya; laju tidak dihitung."
_NEEDED_NOTE = (
    "Diperlukan dibulatkan ke atas, mulai sehari sesudah {}; hari kerja tanpa Sabtu, Minggu, libur, dan cuti bersama."
)


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, the table of paces, a sentence for each indicator; then polling-day readiness where there is one."""
    if briefing.is_sparse:
        return []
    found = outlooks(briefing)
    if not found:
        none = _NONE.format(briefing.period.as_of.year)
        return [sentences([none], "answer"), *readiness.parts(briefing, numbers)]
    reading = [_NEEDED, *([_OBSERVED] if any(one.observed for one in found) else [])]
    return [
        sentences([" ".join(reading)], "reading"),
        _table(briefing, found, numbers),
        sentences(told(briefing, found), "answer"),
        *readiness.parts(briefing, numbers),
    ]


def named(indicator: Indicator, row: IndicatorRow) -> str:
    """The indicator, with its base where it has several."""
    several = len(indicator.bases) > 1
    return f"{indicator.short.id} {wording.base(indicator, row.base)}" if several else indicator.short.id


def _table(briefing: Briefing, found: Sequence[Outlook], numbers: SourceNumbers) -> Bundle:
    ordered = sorted(found, key=lambda one: one.until)
    columns, cells = [Column("Indikator"), Column("Kurang", "right")], [_asked(briefing, one) for one in ordered]
    columns += [Column("hari", "right"), Column("hari kerja", "right"), Column("bulan", "right")]
    spanners = [("Diperlukan per", 2, 4)]
    if any(one.observed for one in found):
        seen = [("2 laporan terakhir", [one.latest for one in ordered])]
        if any(one.longer for one in found):
            seen = [("2 laporan", seen[0][1]), (_longer(found), [one.longer for one in ordered])]
        seen.append(("sisa turun", [one.closing for one in ordered]))
        spanners.append(("Teramati per hari", 5, 4 + len(seen)))
        columns += [*(Column(label, "right") for label, _ in seen), Column("Kali lipat", "right")]
        for place, row in enumerate(cells):
            row += [_seen(paces[place]) for _, paces in seen] + [_times(ordered[place])]
    return Table(
        caption=f"Laju {briefing.region.name} menuju target, keadaan {wording.long_date(briefing.period.as_of)}",
        unit="orang atau dokumen",
        columns=columns,
        rows=cells,
        sources=numbers.of([source for one in found for source in one.row.sources]),
        notes=_notes(briefing, ordered),
        groups=_groups(briefing, ordered),
        spanners=spanners,
    ).bundle()


def _asked(briefing: Briefing, one: Outlook) -> list[str]:
    asked = one.required
    paces = (asked.per_day, asked.per_working_day, asked.per_month) if asked.people else (None, None, None)
    needed = [wording.DASH if pace is None else wording.number(pace) for pace in paces]
    return [_dated(briefing, one), wording.number(asked.people), *needed]


def _dated(briefing: Briefing, one: Outlook) -> str:
    """The indicator, with the date of its figure where that is not the period's day."""
    when = one.row.as_of
    older = when.first != briefing.period.as_of
    return named(one.indicator, one.row) + (f", {wording.short_date(when)}" if older else "")


def _seen(pace: Pace | None) -> str:
    return rates.a_day(pace) if pace else wording.DASH


def _times(one: Outlook) -> str:
    return rates.times(one.times) if one.times else wording.DASH


def _longer(found: Sequence[Outlook]) -> str:
    """The head of the column of the longer pace: over how many reports."""
    reports = {one.reports for one in found if one.longer}
    return f"{max(reports)} laporan" if len(reports) == 1 else f"sampai {max(reports)} laporan"


def _groups(briefing: Briefing, ordered: Sequence[Outlook]) -> list[tuple[str, int]]:
    groups: list[tuple[str, int]] = []
    last: date | None = None
    for place, one in enumerate(ordered):
        if one.until != last:
            last, asked = one.until, one.required
            groups.append((f"Sampai {_due(briefing, one)}: {asked.days} hari, {asked.working_days} hari kerja", place))
    return groups


def _due(briefing: Briefing, one: Outlook) -> str:
    named_one = briefing.period.deadline
    own = named_one is not None and (named_one.indicator, named_one.date) == (one.indicator.id, one.until)
    name = f"{named_one.name}, " if named_one and own else ""
    return f"{name}{wording.long_date(one.until)}"


def _notes(briefing: Briefing, found: Sequence[Outlook]) -> list[str]:
    notes = [_NEEDED_NOTE.format(wording.long_date(briefing.period.as_of))]
    if any(not one.required.people for one in found):
        notes.append("– pada diperlukan: target tahun itu sudah tercapai.")
    if any(one.required.people and one.required.per_working_day is None for one in found):
        notes.append("– pada diperlukan: tidak ada hari lagi sampai tenggat.")
    if any(one.observed for one in found):
        notes += _seen_notes(found)
    return notes


def _seen_notes(found: Sequence[Outlook]) -> list[str]:
    """When each pace was observed, what a dash means, and what the multiple is a multiple of."""
    stretches = dict.fromkeys(rates.stretch(pace) for one in found for pace in (one.latest, one.longer) if pace)
    notes = [f"Teramati: {wording.listing([*stretches])}."]
    if any(pace.fewest_days != pace.most_days for one in found for pace in (one.latest, one.longer) if pace):
        notes.append("Rentang: tanggal yang hanya diketahui bulannya membuat laju tidak pasti.")
    if any(one.times for one in found):
        notes.append("Kali lipat: yang diperlukan per hari dibagi turunnya sisa per hari, dari nilai tepat.")
    if any(one.times and one.closing is None for one in found):
        told = "penyebut ini belum punya dua angka sejenis; kali lipatnya terhadap pertambahan pembilang."
        notes.append(f"– pada sisa turun: {told}")
    if any(one.latest is None for one in found):
        notes.append("– pada teramati: belum ada dua angka dengan penyebut dan jenis penyebut yang sama.")
    return notes


def told(briefing: Briefing, found: Sequence[Outlook]) -> list[str]:
    """One sentence on what was reached, one on each indicator that was not, on the base that it names first."""
    first = list({one.indicator.id: one for one in reversed(found)}.values())[::-1]
    reached = [wording.in_sentence(one.indicator.short.id) for one in first if not one.required.people]
    year = briefing.period.as_of.year
    head = [f"{wording.capital(wording.listing(reached))} sudah mencapai target {year}."] if reached else []
    return head + [_short(briefing, one) for one in first if one.required.people]


def _short(briefing: Briefing, one: Outlook) -> str:
    noun, asked = wording.people(one.indicator), one.required
    head = f"{_dated(briefing, one)}: kurang {wording.number(asked.people)} {noun}"
    if asked.per_working_day is None:
        return f"{head}; tidak ada hari kerja lagi sampai {wording.long_date(one.until)}."
    until = wording.long_date(one.until)
    daily = f"{wording.number(asked.per_day or 0)} {noun} per hari"
    working = f"{wording.number(asked.per_working_day)} per hari kerja"
    return f"{head}; sampai {until} diperlukan {daily} ({working}); {_against(one)}."


def _against(one: Outlook) -> str:
    """The observed pace, and how fast the shortage shrinks, held against what is needed on a calendar day."""
    if one.observed is None:
        return "laju belum dapat diamati"
    seen = f"laju teramati {rates.a_day(one.observed)} per hari"
    if one.closing is not None and one.closing.count != one.observed.count:
        falls = one.closing.count > 0
        seen += f", sisa {f'turun {rates.a_day(one.closing)} per hari' if falls else 'tidak turun'}"
        seen += " karena penyebut juga bertambah" if one.closing.count < one.observed.count else ""
    if one.times is None:
        return seen if one.closing and one.closing.count != one.observed.count else f"{seen}, tidak bertambah"
    frozen = "" if one.closing else " bila penyebut tidak bertambah"
    if max(one.times) <= 1:
        return f"{seen}, cukup{frozen or ' bila laju itu tetap'}"
    return f"{seen}, perlu menjadi {rates.times(one.times)} kali lipat{frozen}"
