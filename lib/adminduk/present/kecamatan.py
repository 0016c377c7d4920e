"""The kecamatan of a regency: each with its coverage and the people left, how far apart, and which to lift first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from adminduk.basis.regions import District
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.inequality import Area
from adminduk.measure.kecamatan import Within, districts, within
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.numerals import spelled
from adminduk.present.outlook import named
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table, marks, over_note

_READING = (
    "Belum: penyebut dikurangi yang sudah. Simpangan adalah jarak rata-rata kecamatan dari cakupan seluruhnya, "
    "berbobot penyebut. Yang didahulukan: kecamatan dengan kekurangan terbanyak terhadap target."
)
_NONE = "Belum ada jumlah menurut kecamatan pada tanggal angka terakhir {}."
_FIRST = 3  # kecamatan named as those to lift first


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, the kecamatan, how far they lie apart, a sentence for each indicator; nothing for a province."""
    if briefing.region.is_province:
        return []
    found = within(briefing)
    if not found:
        return [] if briefing.is_sparse else [sentences([_NONE.format(briefing.region.name)], "answer")]
    apart = [one for one in found if one.spread]
    return [
        sentences([_READING], "reading"),
        _table(briefing, found, numbers),
        _spreads(briefing, apart, numbers) if apart else None,
        sentences([_told(briefing, one) for one in apart], "answer"),
    ]


def _table(briefing: Briefing, found: Sequence[Within], numbers: SourceNumbers) -> Bundle:
    places = districts(briefing)
    rows = [[place.name, *_cells([one.rows.get(place.code) for one in found])] for place in places]
    rows.append([briefing.region.name, *_cells([one.like for one in found])])
    every = [row for one in found for row in (*one.rows.values(), one.like)]
    return Table(
        caption=f"Kecamatan di {briefing.region.name}{_when(found)}",
        unit="persen, orang atau dokumen",
        columns=[Column("Kecamatan"), *[Column("Capaian", "right"), Column("Belum", "right")] * len(found)],
        rows=rows,
        sources=numbers.of([source for row in every for source in row.sources]),
        notes=_notes(briefing, found, every),
        spanners=[(_head(found, one), 1 + 2 * place, 2 + 2 * place) for place, one in enumerate(found)],
        totals=[len(places)],
    ).bundle()


def _cells(rows: Sequence[IndicatorRow | None]) -> list[str]:
    cells = []
    for row in rows:
        cells += [wording.value(row) + marks(row), wording.number(left(row))] if row else [wording.DASH] * 2
    return cells


def left(row: IndicatorRow) -> int:
    """Those in the base who are not served; more served than a frozen base holds leaves nobody."""
    return max(0, (row.denominator or 0) - (row.numerator or 0))


def _when(found: Sequence[Within]) -> str:
    """The date, where all indicators share one."""
    dates = {one.like.as_of for one in found}
    return f", keadaan {wording.long_date(dates.pop())}" if len(dates) == 1 else ""


def _head(found: Sequence[Within], one: Within) -> str:
    """The indicator above its columns; with its date where indicators differ in it."""
    return named(one.indicator, one.like) + ("" if _when(found) else f", {wording.short_date(one.like.as_of)}")


def _notes(briefing: Briefing, found: Sequence[Within], every: Sequence[IndicatorRow]) -> list[str]:
    whole = len(districts(briefing))
    missing = [
        f"{named(one.indicator, one.like)} {len(one.rows)} dari {whole}" for one in found if len(one.rows) < whole
    ]
    notes = [f"– tidak dimuat pada tanggal itu; kecamatan yang dimuat: {wording.listing(missing)}."] if missing else []
    return [*notes, *over_note(every)]


def _spreads(briefing: Briefing, apart: Sequence[Within], numbers: SourceNumbers) -> Bundle:
    names = {place.code: place for place in districts(briefing)}
    return Table(
        caption=f"Sebaran antarkecamatan di {briefing.region.name}",
        unit="persen; selisih dan simpangan dalam poin persen",
        columns=[Column("Indikator"), Column("Tertinggi"), Column("Terendah"), Column("Selisih", "right"),
                 Column("Simpangan", "right"), Column("Didahulukan (kurang)")],
        rows=[_apart(one, names) for one in apart],
        sources=numbers.of([source for one in apart for row in one.rows.values() for source in row.sources]),
        notes=["Kurang: orang atau dokumen sampai target, di kecamatan itu sendiri."],
    ).bundle()  # fmt: skip


def _apart(one: Within, names: dict[str, District]) -> list[str]:
    found = one.spread
    if found is None:
        return []
    first = [f"{names[area.region_code].name} ({wording.number(short)})" for area, short in found.first[:_FIRST]]
    none = "tidak ada" if one.like.target else wording.DASH
    return [
        named(one.indicator, one.like),
        *(f"{names[area.region_code].name} {_share(one, area)}" for area in (found.highest, found.lowest)),
        _points(found.range),
        _points(Fraction(found.deviation)),
        ", ".join(first) or none,
    ]


def _share(one: Within, area: Area) -> str:
    return wording.value(one.rows[area.region_code])


def _points(value: Fraction) -> str:
    """A distance without sign and unit, which stands in the caption."""
    return wording.points(value).removeprefix("+").partition(" ")[0]


def _told(briefing: Briefing, one: Within) -> str:
    """How far apart, then how much of the shortage the first kecamatan hold."""
    found, names = one.spread, {place.code: place for place in districts(briefing)}
    if found is None:
        return ""
    high, low = (f"{names[area.region_code].name} ({_share(one, area)})" for area in (found.highest, found.lowest))
    apart = f"{named(one.indicator, one.like)}: tertinggi {high}, terendah {low}"
    if one.like.target is None:
        return f"{apart}."
    if not found.first:
        return f"{apart}; tidak ada kecamatan di bawah target."
    first, noun = found.first[:_FIRST], wording.people(one.indicator)
    few, whole = sum(short for _, short in first), sum(short for _, short in found.first)
    who = wording.listing([names[area.region_code].name for area, _ in first])
    below = f"{spelled(len(found.first))} kecamatan di bawah target, kurang {wording.number(whole)} {noun}"
    held = f"{wording.number(few)} di antaranya di {who}" if len(found.first) > len(first) else f"di {who}"
    return f"{apart}; {below}, {held}."
