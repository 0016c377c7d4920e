"""A regency beside its peer group: each figure of one date and definition, and the place among them."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.basis.regions import Region
from adminduk.measure.briefing import Briefing
from adminduk.measure.compare import Rank
from adminduk.measure.peers import Standing, standings
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.outlook import named
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table, marks, over_note

GROUPS = {
    "kota": "kota",
    "kabupaten_besar": "kabupaten besar",
    "kabupaten_kecil": "kabupaten kecil atau terpencil",
}
_NONE = "Tidak ada peringkat di antara {}: angka sejenis pada tanggal yang sama kurang dari setengah kelompok."


def peers(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The table of the group and a sentence with the places; nothing for a province and in a short report."""
    if briefing.region.is_province or briefing.is_sparse:
        return []
    group, found = briefing.regions.peers_of(briefing.region), standings(briefing)
    if not found:
        return [sentences([_NONE.format(_group(briefing))], "answer")]
    return [_table(briefing, group, found, numbers), sentences([_told(briefing, group, found)], "answer")]


def _group(briefing: Briefing) -> str:
    return GROUPS[briefing.region.peers]


def _table(briefing: Briefing, group: Sequence[Region], found: Sequence[Standing], numbers: SourceNumbers) -> Bundle:
    every = [row for one in found for row in one.rows.values()]
    missing = any(place.code not in one.rows for one in found for place in group)
    return Table(
        caption=f"{briefing.region.name} di antara {_group(briefing)}",
        unit="persen dari penyebut",
        columns=[Column("Indikator"), *(Column(place.short_name, "right") for place in group), Column("Peringkat")],
        rows=[_cells(group, one) for one in found],
        sources=numbers.of([source for row in every for source in row.sources]),
        notes=[
            "Kelompok menurut penduduk dalam register dan keterpencilan.",
            *(["– tidak dimuat untuk tanggal dan definisi yang sama."] if missing else []),
            *over_note(every),
        ],
        whole=True,
    ).bundle()


def _cells(group: Sequence[Region], one: Standing) -> list[str]:
    rows = [one.rows.get(place.code) for place in group]
    figures = [wording.value(row) + marks(row) if row else wording.DASH for row in rows]
    return [f"{named(one.indicator, one.row)}, {wording.short_date(one.row.as_of)}", *figures, _place(one.rank)]


def _place(rank: Rank) -> str:
    return f"{rank.place}{' (bersama)' if rank.tied > 1 else ''} dari {rank.of}"


def _told(briefing: Briefing, group: Sequence[Region], found: Sequence[Standing]) -> str:
    """ "Di antara kota (Balikpapan, Samarinda, dan Bontang), Kota Balikpapan: KTP-el peringkat 1 dari 3; ..." """
    names = wording.listing([place.short_name for place in group])
    places = [f"{wording.in_sentence(named(one.indicator, one.row))} peringkat {_place(one.rank)}" for one in found]
    return f"Di antara {_group(briefing)} ({names}), {briefing.region.name}: {wording.listing(places)}."
