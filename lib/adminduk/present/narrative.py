"""Generated sentences a careful civil servant would sign: active, one fact each, the number with its comparison.

Never praise, never blame: the figure speaks. Every number comes from the briefing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from adminduk.basis.dates import AsOf
from adminduk.measure import compare
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.compare import Change
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.readiness import readiness
from adminduk.measure.targets import UNSTATED
from adminduk.present import wording
from adminduk.present.figures import drawn

_RECONCILED = (
    "Yang paling berarti disebut lebih dahulu. Selisih adalah angka publikasi dikurangi hitungan ulang: tanda + "
    "berarti yang dipublikasikan lebih tinggi."
)
_NEEDED = "Satu jumlah lagi dari pernyataan yang sama sudah cukup untuk menghitung ulang persentase di daftar ini."
_TO_SEND = (
    "Daftar ini memuat jumlah yang belum ada atau sudah lama; yang tanpa keterangan belum ada sama sekali. Setiap "
    "pembilang dikirim bersama penyebutnya dan tanggal DKB atau register penyebut itu."
)
_QUESTIONED = {"stok_turun": "penurunannya", "lonjakan": "lonjakannya"}  # rules that a change may not be told against
_REACHED = ("mencapai", "melampaui")


def message(briefing: Briefing) -> list[str]:
    """Page 1 in two or three sentences: what was reached, what was not, what presses."""
    current = [entry for entry in briefing.entries if entry.is_current(briefing.period)]
    told = [*_nothing_current(briefing, current), *_reached(briefing, current), *_missed(briefing, current)]
    told += _undecided(briefing, current) if len(told) < 2 else []
    room = max(1, 3 - len(told))
    left = _left(briefing)
    parts = [*_old(briefing), *_unknown(briefing)]
    if len(left) + len(parts) > room:
        parts = ["; ".join(parts)]
    pressing = [*left, *(f"{part}." for part in parts)]
    return [wording.capital(sentence) for sentence in (*told[:2], *pressing[:room])]


def _nothing_current(briefing: Briefing, current: Sequence[Entry]) -> list[str]:
    if current:
        return []
    day = briefing.period.as_of
    return [f"Belum ada angka tahun {day.year} sampai {wording.long_date(day)}."]


def _named(entry: Entry, row: IndicatorRow) -> str:
    name = f"{wording.in_sentence(entry.indicator.short.id)} {wording.value(row)}"
    several = len(entry.indicator.bases) > 1 and row.base != UNSTATED
    return f"{name} {wording.base(entry.indicator, row.base)}" if several else name


def _bracketed(entry: Entry, *facts: str) -> str:
    """The figure with what belongs to it in brackets: "KTP-el 101,18% (15 April 2022)"."""
    told = ", ".join(filter(None, facts))
    name = _named(entry, entry.rows[0])
    return f"{name} ({told})" if told else name


def _reached(briefing: Briefing, current: Sequence[Entry]) -> list[str]:
    """One sentence on figures from counts, or from counts and from publications."""
    rows = [(entry, entry.rows[0]) for entry in current if entry.rows[0].verdict in _REACHED]
    exact = [row.verdict for _, row in rows if not row.claim]
    words = " atau ".join(word for word in _REACHED if word in exact)
    counted = [_bracketed(entry, _dated(briefing, row), wording.above_one(row)) for entry, row in rows if not row.claim]
    claimed = [_bracketed(entry, wording.above_one(row)) for entry, row in rows if row.claim]
    goal = f"target {briefing.period.as_of.year}"
    parts = []
    if counted:
        parts.append(f"{wording.listing(counted)} {words} {goal}")
    if claimed:
        when = _dates([row for _, row in rows if row.claim])
        parts.append(f"menurut angka publikasi {when}, {wording.listing(claimed)} melampaui {goal}")
    return [f"{'; '.join(parts)}."] if parts else []


def _dates(rows: Sequence[IndicatorRow]) -> str:
    return wording.listing([wording.long_date(when) for when in sorted({row.as_of for row in rows})])


def _dated(briefing: Briefing, row: IndicatorRow) -> str:
    """The date of counts that are not of the period's day."""
    day = briefing.period.as_of
    return "" if row.as_of.first == row.as_of.last == day else wording.long_date(row.as_of)


def _missed(briefing: Briefing, current: Sequence[Entry]) -> list[str]:
    """One sentence with everything below its target, on the base that the indicator names first."""
    figures = []
    for entry in current:
        row = entry.rows[0]
        if row.verdict == "di_bawah":
            said = wording.printed_on(row) if row.claim else _dated(briefing, row)
            short = wording.missing(row, entry.indicator)
            figures.append(_bracketed(entry, f"target {wording.target(row)}", short, said))
    return [f"di bawah target: {wording.listing(figures)}."] if figures else []


def _undecided(briefing: Briefing, current: Sequence[Entry]) -> list[str]:
    """Figures of this year without a verdict, each with the reason."""
    figures = [_unjudged(briefing, entry) for entry in current if entry.rows[0].verdict is None]
    return [f"{wording.listing(figures)}."] if figures else []


def _unjudged(briefing: Briefing, entry: Entry) -> str:
    row = entry.rows[0]
    said = wording.standing(row.claim, briefing.regions.office).partition(",")[0] if row.claim else ""
    return _bracketed(entry, wording.printed_on(row), said, wording.verdict(row, entry.indicator))


def _left(briefing: Briefing) -> list[str]:
    """People not yet served, and what that asks for on each working day to the deadline."""
    deadline = briefing.period.deadline
    ready = next((one for one in readiness(briefing) if deadline and one.indicator.id == deadline.indicator), None)
    if deadline is None or ready is None or not ready.required.per_working_day:
        return []
    noun = wording.people(ready.indicator)
    return [
        f"{wording.number(ready.left)} {noun} belum melakukan perekaman KTP-el; sampai {deadline.name} "
        f"{wording.long_date(deadline.date)} ada {ready.required.working_days} hari kerja: "
        f"{wording.number(ready.required.per_working_day)} {noun} per hari kerja."
    ]


def _old(briefing: Briefing) -> list[str]:
    """The last figures from before this year, each held against the target of its own year; at most one part."""
    old = [entry for entry in briefing.entries if entry.rows and not entry.is_current(briefing.period)]
    missed = [_missed_then(entry) for entry in old if entry.rows[0].verdict == "di_bawah"]
    reached = [
        _bracketed(entry, wording.printed_on(entry.rows[0]), wording.above_one(entry.rows[0]))
        for entry in old
        if entry.rows[0].verdict in _REACHED
    ]
    others = [_unjudged(briefing, entry) for entry in old if entry.rows[0].verdict is None]
    parts = {"di bawah target tahunnya": missed, "mencapai target tahunnya": reached, "tidak dinilai": others}
    told = "; ".join(f"yang {head}: {wording.listing(figures)}" for head, figures in parts.items() if figures)
    return [f"angka terakhir {told}"] if told else []


def _missed_then(entry: Entry) -> str:
    row = entry.rows[0]
    goal = f"target {row.as_of.last.year} {wording.target(row)}"
    return _bracketed(entry, wording.printed_on(row), goal, wording.missing(row, entry.indicator))


def _unknown(briefing: Briefing) -> list[str]:
    unknown = [e for e in briefing.entries if not (e.rows or e.told or e.lone or e.contradicted or e.refused)]
    names = wording.listing([wording.in_sentence(entry.indicator.short.id) for entry in unknown])
    return [f"belum ada angka untuk {names} sampai {wording.long_date(briefing.period.as_of)}"] if unknown else []


def development(briefing: Briefing) -> list[str]:
    """One sentence per indicator with two comparable figures, then once why percentages are not subtracted.

    Nothing where no chart is drawn either: the chart's place says so.
    """
    found = [(entry, *_newest_change(briefing, entry)) for entry in briefing.entries]
    moved = [(entry, row, change) for entry, row, change in found if row and change]
    if not moved:
        return ["Belum ada dua angka dari jumlah yang sejenis untuk dibandingkan."] if drawn(briefing) else []
    return [*(_moved(briefing, *one) for one in moved), *_not_subtracted(briefing, moved)]


def _newest_change(briefing: Briefing, entry: Entry) -> tuple[IndicatorRow | None, Change | None]:
    """The change that the summary shows, else the last one between two older figures from counts."""
    for row, change in zip(entry.rows, entry.changes, strict=True):
        if change:
            return row, change
    history = briefing.history(entry.indicator)
    for row in reversed(history):
        change = compare.change(row, history, row.as_of.first)
        if change:
            return row, change
    return None, None


def _moved(briefing: Briefing, entry: Entry, row: IndicatorRow, change: Change) -> str:
    indicator, since = entry.indicator, change.since
    noun = wording.people(indicator)
    before, now = wording.number(since.numerator or 0), wording.number(row.numerator or 0)
    dates = wording.long_date(since.as_of), wording.long_date(row.as_of)
    about = _questioned(briefing, entry, row, change)
    if about:
        told = [f"{before} {noun} ({dates[0]}) dan {now} ({dates[1]}); {about} perlu diterangkan, lihat catatan"]
    else:
        moved = wording.more_or_less(change.count, noun)
        told = [f"dari {before} menjadi {now} {noun} antara {dates[0]} dan {dates[1]} ({moved})"]
        if change.points is not None and indicator.bases:
            told.append(f"cakupan berubah {wording.points(change.points)} menjadi {wording.value(row)}")
    last = entry.rows[0] if entry.rows else row
    if last.as_of > row.as_of:
        told.append(f"angka terakhir {wording.value(last)} ({wording.printed_on(last)})")
    return f"{indicator.short.id}: {'; '.join(told)}."


def _questioned(briefing: Briefing, entry: Entry, row: IndicatorRow, change: Change) -> str:
    """What the checks ask to be explained of a step inside this change; empty when they ask nothing."""
    for found in briefing.findings:
        if found.rule in _QUESTIONED and found.values.get("measure") == entry.indicator.numerator:
            start, end = AsOf.parse(found.values["before_as_of"]), AsOf.parse(found.as_of)
            if start < row.as_of and change.since.as_of < end:
                return _QUESTIONED[found.rule]
    return ""


def _not_subtracted(briefing: Briefing, moved: Sequence[tuple[Entry, IndicatorRow, Change]]) -> list[str]:
    """Of which indicators the percentages are not subtracted, by reason (law 6)."""
    names: dict[str, list[str]] = {}
    for entry, row, change in moved:
        if entry.indicator.bases and change.points is None and not _questioned(briefing, entry, row, change):
            name = wording.in_sentence(entry.indicator.short.id)
            names.setdefault(_why_not(row, change.since), []).append(name)
    told = [f"{wording.listing(few)} karena {reason}" for reason, few in names.items()]
    return [f"Perubahan persen tidak dihitung untuk {'; '.join(told)}."] if told else []


def _why_not(row: IndicatorRow, since: IndicatorRow) -> str:
    old, new = (side.base_kind in ("beku", "dinamis") for side in (since, row))
    if row.base != since.base:
        return "penyebutnya berganti"
    if old and new:
        return f"jenis penyebutnya berganti dari {since.base_kind} menjadi {row.base_kind}"
    which = " angka yang baru" if old else " angka yang lama" if new else "nya"
    return f"jenis penyebut{which} tidak disebut"


def reading(name: str, briefing: Briefing) -> list[str]:
    """How to read the figure or list that follows."""
    return READING[name](briefing)


def _chart(briefing: Briefing) -> list[str]:
    """The marks and lines that the chart over time has; nothing where none is drawn."""
    plots = drawn(briefing)
    if not plots:
        return []
    rows = [row for plot in plots for row in (*plot.panel.own, *plot.panel.province)]
    beside = any(plot.panel.province for plot in plots)
    colours = f"Biru: {briefing.region.name}" + (f"; abu-abu: {briefing.regions.province.name}" if beside else "")
    marks = {
        "titik penuh dihitung dari jumlah": any(row.from_counts for row in rows),
        "titik kosong angka publikasi": any(row.claim for row in rows),
        "titik memanjang hanya diketahui bulannya": any(row.as_of.precision == "bulan" for row in rows),
    }
    lines = {
        "garis putus-putus: target tiap tahun": any(plot.steps for plot in plots),
        "garis titik-titik tegak: jenis penyebut berganti seperti tertulis di atasnya": any(
            plot.panel.breaks for plot in plots
        ),
        "garis hanya menghubungkan angka dengan penyebut sejenis": any(plot.panel.joined for plot in plots),
    }
    named = [", ".join(_shown(marks)), *_shown(lines)]
    return [f"{colours}. " + " ".join(f"{wording.capital(text)}." for text in named)]


def _shown(told: Mapping[str, bool]) -> list[str]:
    return [text for text, shown in told.items() if shown]


READING: Mapping[str, Callable[[Briefing], list[str]]] = {
    "perkembangan": _chart,
    "rekonsiliasi": lambda _: [_RECONCILED],
    "jumlah_diperlukan": lambda _: [_NEEDED],
    "data_dikirim": lambda _: [_TO_SEND],
}


def data_to_send(briefing: Briefing) -> list[tuple[str, str]]:
    """What the office is asked for: (the counts, what there is now), per indicator.

    Where nothing is there now, nothing is said of it.
    """
    items = []
    for entry in briefing.entries:
        have = _have(entry, briefing)
        asked = entry.indicator.shown == "always" or entry.indicator.id in briefing.period.asks
        if have is None or not asked:
            continue
        measures = briefing.catalog.measures
        bases = wording.listing([measures[key].label.id for key in entry.indicator.bases])
        beside = f", bersama jumlah {bases}" if bases else ""
        items.append((f"Jumlah {measures[entry.indicator.numerator].label.id}{beside}", have))
    return items


def _have(entry: Entry, briefing: Briefing) -> str | None:
    """What is known now; None when the counts of the period itself are there."""
    if not entry.rows:
        something = entry.told or entry.lone or entry.contradicted or entry.refused
        known = wording.nothing_known(entry, briefing.period, briefing.regions.office)
        return f"sekarang: {known}" if something else ""
    row = entry.rows[0]
    when = wording.long_date(row.as_of)
    if row.claim is not None:
        return f"sekarang: angka publikasi {wording.value(row)} ({when}), {_missing_counts(row)}"
    if row.value is None:
        return f"sekarang: {wording.verdict(row, entry.indicator)} ({when})"
    if row.as_of.last < briefing.period.as_of:
        return f"sekarang: {wording.value(row)}, dihitung dari jumlah keadaan {when}"
    return None


def _missing_counts(row: IndicatorRow) -> str:
    if row.numerator is not None:
        return f"pembilang {wording.number(row.numerator)} tanpa penyebut"
    if row.denominator is not None:
        return f"penyebut {wording.number(row.denominator)} tanpa pembilang"
    return "jumlah tidak dimuat"
