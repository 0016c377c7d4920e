"""Generated sentences a careful civil servant would sign: active, one fact each, the number with its comparison.

Never praise, never blame: the figure speaks. Every number comes from the briefing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import holidays

from adminduk.basis.catalog import Indicator
from adminduk.measure import compare, pace
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.compare import Change
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import UNSTATED
from adminduk.present import wording

READING = {
    "perkembangan": (
        "Biru: {region}{beside}. Titik penuh dihitung dari jumlah, titik kosong angka publikasi, titik memanjang "
        "hanya diketahui bulannya; garis putus-putus target tiap tahun. Garis titik-titik tegak: jenis penyebut "
        "berganti seperti tertulis di atasnya; hanya angka dengan penyebut sejenis yang dihubungkan."
    ),
    "rekonsiliasi": (
        "Yang paling berarti disebut lebih dahulu. Selisih adalah angka publikasi dikurangi hitungan ulang: tanda + "
        "berarti yang dipublikasikan lebih tinggi."
    ),
    "jumlah_diperlukan": (
        "Satu jumlah lagi dari pernyataan yang sama sudah cukup untuk menghitung ulang persentase di daftar ini."
    ),
    "data_dikirim": (
        "Daftar ini memuat jumlah yang belum ada atau sudah lama; yang tanpa keterangan belum ada sama sekali. Setiap "
        "pembilang dikirim bersama penyebutnya dan tanggal DKB atau register penyebut itu."
    ),
}


_REACHED = ("mencapai", "melampaui")


def message(briefing: Briefing) -> list[str]:
    """Page 1 in two or three sentences: what was reached, what was not, what presses."""
    current = [entry for entry in briefing.entries if entry.is_current(briefing.period)]
    told = [*_nothing_current(briefing, current), *_reached(briefing, current), *_missed(current)]
    told += _undecided(current) if len(told) < 2 else []
    pressing = [*_left(briefing, current), *_old_or_unknown(briefing)]
    return [wording.capital(sentence) for sentence in (*told[:2], *pressing[: max(1, 3 - len(told))])]


def _nothing_current(briefing: Briefing, current: Sequence[Entry]) -> list[str]:
    if current:
        return []
    return [
        f"Data yang ada tidak memuat angka {briefing.region.name} dari tahun {briefing.period.as_of.year} "
        f"sampai {wording.long_date(briefing.period.as_of)}."
    ]


def _named(entry: Entry, row: IndicatorRow) -> str:
    name = f"{wording.in_sentence(entry.indicator.short.id)} {wording.value(row)}"
    several = len(entry.indicator.bases) > 1 and row.base != UNSTATED
    return f"{name} {wording.base(entry.indicator, row.base)}" if several else name


def _reached(briefing: Briefing, current: Sequence[Entry]) -> list[str]:
    """One sentence on figures from counts, or from counts and from publications."""
    rows = [(entry, entry.rows[0]) for entry in current if entry.rows[0].verdict in _REACHED]
    exact = [row.verdict for _, row in rows if not row.claim]
    words = " atau ".join(word for word in _REACHED if word in exact)
    counted = [_named(entry, row) for entry, row in rows if not row.claim]
    claimed = [_named(entry, row) for entry, row in rows if row.claim]
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


def _missed(current: Sequence[Entry]) -> list[str]:
    """One sentence with everything below its target, on the base that the indicator names first."""
    figures = []
    for entry in current:
        row = entry.rows[0]
        if row.verdict == "di_bawah":
            said = wording.printed_on(row) if row.claim else ""
            facts = [f"target {wording.target(row)}", wording.missing(row, entry.indicator), said]
            figures.append(f"{_named(entry, row)} ({', '.join(filter(None, facts))})")
    return [f"di bawah target: {wording.listing(figures)}."] if figures else []


def _undecided(current: Sequence[Entry]) -> list[str]:
    """Figures of this year without a verdict, each with the reason."""
    figures = []
    for entry in current:
        row = entry.rows[0]
        if row.verdict is None:
            said = wording.standing(row.claim) if row.claim else ""
            facts = [wording.printed_on(row), said.partition(",")[0], wording.verdict(row, entry.indicator)]
            figures.append(f"{_named(entry, row)} ({', '.join(filter(None, facts))})")
    return [f"{wording.listing(figures)}."] if figures else []


def _left(briefing: Briefing, current: Sequence[Entry]) -> list[str]:
    """People not yet served, and what that asks for on each working day to the deadline."""
    deadline = briefing.period.deadline
    entry = next((e for e in current if deadline and e.indicator.id == deadline.indicator), None)
    row = entry.rows[0] if entry else None
    if deadline is None or row is None or not _counted_today(row, briefing):
        return []
    left = (row.denominator or 0) - (row.numerator or 0)
    days = pace.working_days(
        briefing.period.as_of, deadline.date, national_holidays(briefing.period.as_of, deadline.date)
    )
    daily = pace.needed_per_day(left, days)
    if left <= 0 or daily is None:
        return []
    return [
        f"{wording.number(left)} {wording.people(entry.indicator)} belum melakukan perekaman KTP-el; sampai "
        f"{deadline.name} {wording.long_date(deadline.date)} ada {days} hari kerja: "
        f"{wording.number(daily)} {wording.people(entry.indicator)} per hari kerja."
    ]


def _counted_today(row: IndicatorRow, briefing: Briefing) -> bool:
    """Exact counts of the period's own day: only these say how many are left and how many a day that is."""
    today = row.as_of.precision == "hari" and row.as_of.last == briefing.period.as_of
    return today and row.from_counts and row.denominator is not None and not row.approximate


def national_holidays(first: date, last: date) -> frozenset[date]:
    """Public holidays of Indonesia, polling days among them, with joint leave (package ``holidays``)."""
    years = range(first.year, last.year + 1)
    return frozenset(holidays.country_holidays("ID", years=years, categories=("public", "government")))


def _old_or_unknown(briefing: Briefing) -> list[str]:
    old = [entry for entry in briefing.entries if entry.rows and not entry.is_current(briefing.period)]
    unknown = [e for e in briefing.entries if not (e.rows or e.told or e.lone or e.contradicted or e.refused)]
    parts = []
    if old:
        figures = [f"{_named(e, e.rows[0])} ({wording.printed_on(e.rows[0])})" for e in old]
        parts.append(f"angka terakhir yang diketahui: {wording.listing(figures)}")
    if unknown:
        names = wording.listing([wording.in_sentence(entry.indicator.short.id) for entry in unknown])
        parts.append(f"belum ada angka untuk {names} sampai {wording.long_date(briefing.period.as_of)}")
    return [f"{'; '.join(parts)}."] if parts else []


def development(briefing: Briefing) -> list[str]:
    """One sentence per indicator with two comparable figures: the newest of them against the one before."""
    moved = [(entry.indicator, *_newest_change(briefing, entry)) for entry in briefing.entries]
    sentences = [_moved(indicator, row, change) for indicator, row, change in moved if row and change]
    return sentences or ["Belum ada dua angka dari jumlah yang sejenis untuk dibandingkan."]


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


def _moved(indicator: Indicator, row: IndicatorRow, change: Change) -> str:
    noun = wording.people(indicator)
    since = change.since
    counts = f"dari {wording.number(since.numerator or 0)} menjadi {wording.number(row.numerator or 0)} {noun}"
    dates = f"antara {wording.long_date(since.as_of)} dan {wording.long_date(row.as_of)}"
    if not indicator.bases:
        return f"{indicator.short.id}: {counts} {dates} ({wording.more_or_less(change.count, noun)})."
    if change.points is None:
        about = "persen tidak dibandingkan karena penyebutnya berganti atau jenisnya tidak disebut"
    else:
        about = f"cakupan berubah {wording.points(change.points)}"
    return f"{indicator.short.id}: {counts} {dates} ({wording.more_or_less(change.count, noun)}); {about}."


def reading(name: str, briefing: Briefing) -> list[str]:
    """How to read the figure or list that follows."""
    beside = "" if briefing.region.is_province else f"; abu-abu: {briefing.regions.province.name}"
    return [READING[name].format(region=briefing.region.name, beside=beside)]


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
        return f"sekarang: {wording.nothing_known(entry, briefing.period)}" if something else ""
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
