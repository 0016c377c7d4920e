"""Whether the outputs planned for next year cover what is short and those who join, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil

from adminduk.measure.briefing import Briefing
from adminduk.measure.plans import Cover, Plans, plans
from adminduk.present import amounts, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.numerals import spelled
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_READING = (
    "Yang diperlukan adalah sisa sampai target {year} ditambah yang masuk ke penyebut tahun itu (yang berusia 17 "
    "tahun, yang lahir). Di seberangnya keluaran yang direncanakan semua pelaksana di daerah itu."
)
_COVERED = "Di setiap daerah keluaran yang direncanakan menutup {}."
_JOINING = "Tambahan disebut untuk {}; tanpa itu hanya sisanya yang diukur."
_NEEDED = ("Sisa", "Tambahan", "Daerah", "Provinsi", "Jumlah", "Daerah")
_UNTOLD = "tambahan tidak disebut"
_CENTRAL = (
    "Belum tertutup: kekurangan daerah yang rencananya tidak cukup, dan banyaknya daerah itu; kelebihan daerah lain "
    "tidak menutupnya. Rencana provinsi: keluaran yang tidak disebut daerahnya."
)


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """Need and plan by indicator, then the places where they do not meet."""
    found = plans(briefing)
    if not found.lines:
        return []
    places = places_table(briefing, found, (*found.short, *found.unplanned), numbers)
    year = briefing.period.as_of.year + 1
    return [
        sentences([_READING.format(year=year)], "reading"),
        needs_table(briefing, found, numbers).bundle(),
        sentences(covered(briefing, found), "answer"),
        places.bundle() if places.rows else None,
    ]


def needs_table(briefing: Briefing, found: Plans, numbers: SourceNumbers) -> Table:
    """A row for each indicator: sums over the regencies whose need is known."""
    ahead = briefing.period.as_of.year + 1
    ids = dict.fromkeys(cover.indicator.id for cover in found.covers)
    own = {key: [cover for cover in found.covers if cover.indicator.id == key] for key in ids}
    rows = [_need_row(found, key, known) for key, known in own.items()]
    used = {number for cover in found.covers if cover.row for number in numbers.of(cover.row.sources)}
    unknown = [key for key, known in own.items() if all(cover.need is None for cover in known)]
    notes = [f"{wording.DASH} pada sisa: tidak ada target {ahead} atau tidak ada jumlah untuk mengukurnya."] * bool(
        unknown
    )
    return Table(
        caption=f"Yang diperlukan dan yang direncanakan {ahead}, seluruh kabupaten/kota",
        unit="orang atau dokumen",
        columns=[Column("Indikator (satuan)"), *(Column(word, "right") for word in _NEEDED)],
        rows=rows,
        sources=sorted(used),
        notes=[*notes, *_joining(own), _CENTRAL],
        whole=True,
        spanners=[("Diperlukan", 1, 2), (f"Rencana {ahead}", 3, 4), ("Belum tertutup", 5, 6)],
    )


def _joining(own: Mapping[str, Sequence[Cover]]) -> list[str]:
    """Of how many places it is known how many join, where it is not known of all."""
    told = [
        f"{known[0].indicator.short.id} {sum(cover.newcomers is not None for cover in known)} dari {len(known)} daerah"
        for known in own.values()
        if any(cover.need is not None and cover.newcomers is None for cover in known)
    ]
    return [_JOINING.format(wording.listing(told))] if told else []


def measured(found: Plans) -> str:
    """What plans are held against: the gap and those who join, as far as that is told."""
    untold = len(found.untold)
    if not untold:
        return "sisa dan tambahannya"
    some = f"pada {wording.number(untold)} dari {wording.number(len(found.judged))} rencana"
    return f"sisanya; tambahan tidak disebut {some}"


def _need_row(found: Plans, key: str, known: Sequence[Cover]) -> list[str]:
    indicator, measured = known[0].indicator, [cover for cover in known if cover.gap is not None]
    joining = [cover.newcomers for cover in known if cover.newcomers is not None]
    short = [cover.short for cover in measured if cover.short]
    central = found.central.get(key, 0)
    return [
        f"{indicator.short.id} ({wording.people(indicator)})",
        wording.number(sum(cover.gap or 0 for cover in measured)) if measured else wording.DASH,
        wording.number(sum(joining)) if joining else wording.DASH,
        wording.number(sum(cover.planned for cover in known)),
        wording.number(central) if central else wording.DASH,
        wording.number(sum(short)) if measured else wording.DASH,
        f"{len(short)} dari {len(measured)}" if measured else wording.DASH,
    ]


def places_table(briefing: Briefing, found: Plans, rows: Sequence[Cover], numbers: SourceNumbers) -> Table:
    """Place by place what is needed and planned, grouped by indicator."""
    ahead, keys = briefing.period.as_of.year + 1, dict.fromkeys(cover.indicator.id for cover in found.covers)
    by_code = sorted(rows, key=lambda cover: cover.region_code)
    ordered = [cover for key in keys for cover in by_code if cover.indicator.id == key]
    groups: dict[str, int] = {}
    for place, cover in enumerate(ordered):
        groups.setdefault(_counted(cover), place)
    names = [briefing.regions.get(cover.region_code).short_name for cover in ordered]
    made = _table(names, ordered, ahead, numbers)
    caption = f"Daerah yang rencana {ahead}-nya belum menutup sisa dan tambahan"
    return replace(made, caption=caption, groups=[*groups.items()])


def every_table(briefing: Briefing, found: Plans, numbers: SourceNumbers) -> Table:
    """The same of every place, those whose plan suffices too."""
    made = places_table(briefing, found, found.covers, numbers)
    return replace(made, caption=f"Yang diperlukan dan yang direncanakan {briefing.period.as_of.year + 1}")


def own_table(briefing: Briefing, rows: Sequence[Cover], numbers: SourceNumbers) -> Table:
    """What one region needs and plans, indicator by indicator."""
    ahead = briefing.period.as_of.year + 1
    made = _table([_counted(cover) for cover in rows], rows, ahead, numbers)
    columns = [Column("Indikator (satuan)"), *made.columns[1:]]
    notes = [*made.notes, "Rencana: keluaran semua pelaksana di daerah ini, juga yang dikerjakan provinsi."]
    return replace(made, caption=f"Yang diperlukan dan yang direncanakan {ahead}", columns=columns, notes=notes)


def _counted(cover: Cover) -> str:
    return f"{cover.indicator.short.id} ({wording.people(cover.indicator)})"


def _table(names: Sequence[str], rows: Sequence[Cover], ahead: int, numbers: SourceNumbers) -> Table:
    return Table(
        caption="",
        unit="orang atau dokumen",
        columns=[
            Column("Kabupaten/kota"),
            Column("Capaian", "decimal"),
            Column(f"Target {ahead}", "decimal"),
            Column("Sisa", "right"),
            Column("Tambahan", "right"),
            Column("Rencana", "right"),
            Column("Belum tertutup", "right"),
        ],
        rows=[_place_row(name, cover, ahead) for name, cover in zip(names, rows, strict=True)],
        sources=sorted({number for cover in rows if cover.row for number in numbers.of(cover.row.sources)}),
        notes=_place_notes(rows, ahead),
    )


def _place_row(name: str, cover: Cover, ahead: int) -> list[str]:
    return [
        name,
        value(cover),
        aim(cover, ahead),
        wording.DASH if cover.gap is None else wording.number(cover.gap),
        wording.DASH if cover.newcomers is None else wording.number(cover.newcomers),
        wording.number(cover.planned) if cover.lines else wording.DASH,
        wording.DASH if cover.short is None else wording.number(cover.short),
    ]


def _place_notes(rows: Sequence[Cover], ahead: int) -> list[str]:
    notes = []
    if any(cover.newcomers is None for cover in rows):
        notes.append(f"{wording.DASH} pada tambahan: tidak disebut.")
    if any(not cover.lines for cover in rows):
        notes.append(f"{wording.DASH} pada rencana: tidak ada kegiatan yang keluarannya dihitung dalam satuan itu.")
    if any(cover.goal and cover.goal.year < ahead for cover in rows):
        notes.append(f"§ target tahun sebelumnya, karena target {ahead} tidak ditemukan.")
    return notes


def value(cover: Cover) -> str:
    """The newest coverage, on the right side of the target that it is held against."""
    row = cover.row
    if row is None or row.value is None:
        return wording.DASH
    limits = [cover.goal.value] if cover.goal else []
    return wording.percent(row.value, *limits) if row.denominator is not None else wording.number(row.numerator or 0)


def aim(cover: Cover, ahead: int) -> str:
    """Next year's target; one that is still this year's is marked."""
    if cover.goal is None:
        return wording.DASH
    is_share = cover.indicator.kind == "coverage"
    shown = amounts.target(cover.goal.value) if is_share else wording.number(ceil(cover.goal.value))
    return shown + "§" * (cover.goal.year < ahead)


def covered(briefing: Briefing, found: Plans) -> list[str]:
    """Gaps without a plan, plans that are too small, plans without a gap; one line where everything fits."""
    told = [*(unplanned(briefing, cover) for cover in found.unplanned), *_short(briefing, found)]
    told += [needless(briefing, cover) for cover in found.needless]
    return told or [_COVERED.format(measured(found))]


def unplanned(briefing: Briefing, cover: Cover) -> str:
    where, name = briefing.regions.get(cover.region_code).short_name, wording.in_sentence(cover.indicator.short.id)
    left = f"{wording.number(cover.gap or 0)} {wording.people(cover.indicator)}"
    year = f" {cover.goal.year}" if cover.goal else ""
    return f"{where} kurang {left} dari target {name}{year}, tetapi tidak ada kegiatan untuk itu."


def _short(briefing: Briefing, found: Plans) -> Iterator[str]:
    """A sentence for each indicator: how many plans are too small, and by how many people."""
    for key in dict.fromkeys(cover.indicator.id for cover in found.short):
        short = largest_first(found, key)
        yield f"{wording.capital(short[0].indicator.short.id)}: {too_small(briefing, short)}."


def largest_first(found: Plans, key: str) -> list[Cover]:
    """The plans of one indicator that are too small, the largest shortfall first."""
    own = [cover for cover in found.short if cover.indicator.id == key]
    return sorted(own, key=lambda cover: (-(cover.short or 0), cover.region_code))


def too_small(briefing: Briefing, short: Sequence[Cover]) -> str:
    """Plans of one indicator that are too small, the largest shortfall first."""
    missing, noun = sum(cover.short or 0 for cover in short), wording.people(short[0].indicator)
    most = short[0]
    where = briefing.regions.get(most.region_code).short_name
    need = f"{wording.number(most.planned)} direncanakan bagi {wording.number(most.need or 0)} yang diperlukan"
    if len(short) == 1:
        return f"rencana {where} kurang {wording.number(missing)} {noun} ({need})"
    places = f"rencana {spelled(len(short))} daerah belum menutup sisa dan tambahan"
    first = f"terbanyak {where} {wording.number(most.short or 0)} ({need})"
    return f"{places}, kurang {wording.number(missing)} {noun}, {first}"


def needless(briefing: Briefing, cover: Cover) -> str:
    """A plan where the target is reached already."""
    where, name = briefing.regions.get(cover.region_code).short_name, wording.in_sentence(cover.indicator.short.id)
    plan = f"{wording.number(cover.planned)} {wording.people(cover.indicator)}"
    goal = aim(cover, cover.goal.year) if cover.goal else wording.DASH
    return (
        f"{where} merencanakan {plan} untuk {name}, padahal {value(cover)} sudah mencapai target {goal} dan {_UNTOLD}."
    )
