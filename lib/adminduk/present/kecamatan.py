"""The kecamatan of a regency: each with its coverage and the people left, how far apart, and which to lift first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.inequality import Area, Spread
from adminduk.measure.kecamatan import Within, districts, within
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.numerals import spelled
from adminduk.present.outlook import named
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table, marks, over_note

_READING = (
    "Belum: penyebut dikurangi yang sudah. Selisih: yang tertinggi dikurangi yang terendah. Simpangan: akar rata-rata "
    "kuadrat jarak kecamatan dari cakupan seluruhnya, berbobot penyebut. Yang didahulukan: kecamatan dengan kekurangan "
    "terbanyak terhadap target."
)
_NONE = "Belum ada jumlah menurut kecamatan pada tanggal angka terakhir {}."
_EXACT = (
    "Selisih dihitung dari nilai tepat. Kekurangan dibulatkan ke atas di setiap kecamatan; kelebihan sebuah kecamatan "
    "tidak menutup kekurangan kecamatan lain."
)
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
        _spreads(apart, len(districts(briefing)), numbers) if apart else None,
        sentences(_told(briefing, apart), "answer"),
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
        whole=True,
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


def _spreads(apart: Sequence[Within], whole: int, numbers: SourceNumbers) -> Bundle:
    heads = ("Selisih", "Simpangan", "Di bawah target", "Kurang")
    return Table(
        caption="Sebaran antarkecamatan",
        unit="selisih dan simpangan dalam poin persen; kurang dalam orang atau dokumen",
        columns=[Column("Indikator"), *(Column(label, "right") for label in heads)],
        rows=[_apart(one, one.spread, whole) for one in apart if one.spread],
        sources=numbers.of([source for one in apart for row in one.rows.values() for source in row.sources]),
        notes=[_EXACT],
    ).bundle()


def _apart(one: Within, found: Spread, whole: int) -> list[str]:
    below = [wording.number(len(found.first)), wording.number(_short(found))] if one.like.target else [wording.DASH] * 2
    of = f" dari {wording.number(whole)}" if one.like.target else ""
    distances = (_points(found.range), _points(Fraction(found.deviation)))
    return [named(one.indicator, one.like), *distances, f"{below[0]}{of}", below[1]]


def _short(found: Spread) -> int:
    return sum(short for _, short in found.first)


def _share(one: Within, area: Area) -> str:
    return wording.value(one.rows[area.region_code])


def _points(value: Fraction) -> str:
    """A distance without sign and unit, which stands in the caption."""
    return wording.points(value).removeprefix("+").partition(" ")[0]


def _told(briefing: Briefing, apart: Sequence[Within]) -> list[str]:
    """One sentence on the indicators without a kecamatan below target, one on each of the others."""
    names = {place.code: place.name for place in districts(briefing)}
    met = [f"{_named(one)} ({_ends(one, one.spread, names)})" for one in apart if one.spread and not _below(one)]
    head = [f"Tidak ada kecamatan di bawah target: {wording.listing(met)}."] if met else []
    return head + [_lift(one, one.spread, names) for one in apart if one.spread and _below(one)]


def _below(one: Within) -> bool:
    """Whether a kecamatan is below target, or there is no target to be below."""
    return one.spread is not None and (one.like.target is None or bool(one.spread.first))


def _named(one: Within) -> str:
    return wording.in_sentence(named(one.indicator, one.like))


def _ends(one: Within, found: Spread, names: Mapping[str, str]) -> str:
    """From the lowest to the highest kecamatan; all of them where they are equal."""
    if not found.range:
        return f"semuanya {_share(one, found.lowest)}"
    return " sampai ".join(f"{names[area.region_code]} {_share(one, area)}" for area in (found.lowest, found.highest))


def _lift(one: Within, found: Spread, names: Mapping[str, str]) -> str:
    """How far apart, how many are below target, and which of them hold most of the shortage."""
    apart = f"{named(one.indicator, one.like)}: {_ends(one, found, names)}"
    if one.like.target is None:
        return f"{apart}; tanpa target {one.like.as_of.last.year}."
    first, noun = found.first[:_FIRST], wording.people(one.indicator)
    few = wording.number(sum(short for _, short in first))
    who = wording.listing([names[area.region_code] for area, _ in first])
    below = f"{spelled(len(found.first))} kecamatan di bawah target, kurang {wording.number(_short(found))} {noun}"
    held = f" ({few} {noun})" if len(found.first) > len(first) else ""
    return f"{apart}; {below}; didahulukan {who}{held}."
