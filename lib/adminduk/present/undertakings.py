"""Programme actions on data quality, as offices reported them between reports: the sums of the year so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from adminduk.measure import actions
from adminduk.measure.actions import Done
from adminduk.measure.briefing import Briefing
from adminduk.present import bundles, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

# The word above each column; what stands before a colon spans the columns that share it.
_CLEANED = {
    "blanko_dimusnahkan": "Blangko dimusnahkan",
    "usul_nonaktif_tidak_dikenal": "Usul penonaktifan: tidak dikenal",
    "usul_nonaktif_meninggal": "Usul penonaktifan: meninggal",
    "usul_nonaktif_pindah_ln": "Usul penonaktifan: luar negeri",
    "nama_anomali": "Nama anomali",
}
_SERVED = {
    "nik_baru_usia_wajib": "NIK baru usia wajib KTP: jumlah",
    "nik_baru_usia_wajib_direkam": "NIK baru usia wajib KTP: langsung direkam",
    "jemput_bola_kegiatan": "Jemput bola: kegiatan",
    "jemput_bola_terekam": "Jemput bola: orang direkam",
    "mitra": "Jemput bola: mitra",
}
_GROUPS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("Blangko, usul penonaktifan, dan nama", _CLEANED),
    ("NIK baru, perekaman di tempat, dan jemput bola", _SERVED),
)
_ADDED = "Jumlah laporan tahun ini; setiap laporan memuat yang terjadi sejak laporan sebelumnya."
_MISSING = "– tidak dilaporkan; kosong bukan nol."
_ASKED = (
    ("Tanggal dan nomor berita acara setiap pemusnahan blangko KTP-el", "tidak termuat dalam formulir laporan"),
    ("Pemusnahan tidak disiarkan di media sosial: ya atau tidak", "tidak termuat dalam formulir laporan"),
    ("Nama mitra jemput bola (lembaga, bukan perorangan)", "formulir hanya memuat jumlahnya"),
)


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The sums by regency, or for a regency by action; one honest line where nothing was reported."""
    done = _done(briefing)
    year, day = briefing.period.as_of.year, wording.long_date(briefing.period.as_of)
    if not done:
        return [sentences([f"Belum ada laporan tindakan program {year} sampai {day}."], "answer")]
    asked = bundles.checklist("Yang ditanyakan kepada kantor karena tidak ada dalam data", _ASKED, [])
    if not briefing.region.is_province:
        return [_of_regency(briefing, done, numbers), asked]
    return [*(_of_province(briefing, done, numbers, *group) for group in _GROUPS), _answer(briefing, done), asked]


def _done(briefing: Briefing) -> dict[tuple[str, str], Done]:
    """The sum of the period's year by region and measure, of those that reported it."""
    day = briefing.period.as_of
    start = date(day.year, 1, 1) - timedelta(days=1)
    region = briefing.region
    places = briefing.regions.regencies if region.is_province else (region,)
    found = {
        (place.code, measure.id): actions.done(briefing.facts(place.code), measure.id, start, day)
        for place in places
        for measure in actions.measures(briefing.catalog)
    }
    return {key: one for key, one in found.items() if one is not None}


def _of_province(
    briefing: Briefing,
    done: Mapping[tuple[str, str], Done],
    numbers: SourceNumbers,
    title: str,
    words: Mapping[str, str],
) -> Bundle:
    """A row for each regency, the sum below; a sum with parts missing says of how many."""
    places = briefing.regions.regencies
    rows = [[place.short_name, *(_cell(done.get((place.code, key))) for key in words)] for place in places]
    total = ["Jumlah", *(_total([done.get((place.code, key)) for place in places]) for key in words)]
    return Table(
        caption=title,
        unit=f"jumlah {briefing.period.as_of.year} sampai {wording.long_date(briefing.period.as_of)}",
        columns=[Column("Kabupaten/kota"), *(Column(_short(word), "right") for word in words.values())],
        rows=[*rows, total],
        sources=_cited(done, words, numbers),
        notes=[_ADDED, *([_MISSING] if any(wording.DASH in row for row in rows) else [])],
        spanners=_spanners([*words.values()]),
        totals=[len(rows)],
    ).bundle()


def _cell(one: Done | None) -> str:
    return wording.number(one.count) if one else wording.DASH


def _total(parts: Sequence[Done | None]) -> str:
    known = [part.count for part in parts if part]
    if not known:
        return wording.DASH
    few = f" ({len(known)} dari {len(parts)})" if len(known) < len(parts) else ""
    return f"{wording.number(sum(known))}{few}"


def _short(word: str) -> str:
    return wording.capital(word.rpartition(": ")[2])


def _spanners(words: Sequence[str]) -> list[tuple[str, int, int]]:
    """The words before a colon, over the columns that share them."""
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words, 1):
        head, colon, _ = word.partition(": ")
        if colon:
            found.setdefault(head, []).append(place)
    return [(head, places[0], places[-1]) for head, places in found.items()]


def _cited(done: Mapping[tuple[str, str], Done], words: Mapping[str, str], numbers: SourceNumbers) -> list[int]:
    return numbers.of([source for (_, measure), one in done.items() if measure in words for source in one.sources])


def _of_regency(briefing: Briefing, done: Mapping[tuple[str, str], Done], numbers: SourceNumbers) -> Bundle:
    """A row for each action: the sum of the year, in how many reports, the last of them."""
    code, rows = briefing.region.code, []
    for measure in actions.measures(briefing.catalog):
        one = done.get((code, measure.id))
        reports = wording.number(one.reports) if one else wording.DASH
        last = wording.short_date(one.last) if one else wording.DASH
        rows.append([wording.capital(measure.label.id), _cell(one), measure.noun.id, reports, last])
    return Table(
        caption=f"Tindakan program {briefing.region.name}",
        unit=f"jumlah {briefing.period.as_of.year} sampai {wording.long_date(briefing.period.as_of)}",
        columns=[
            Column("Tindakan"),
            Column("Jumlah", "right"),
            Column("Satuan"),
            Column("Laporan", "right"),
            Column("Laporan terakhir"),
        ],
        rows=rows,
        sources=_cited(done, {key: "" for _, key in done}, numbers),
        notes=[_ADDED, *([_MISSING] if any(wording.DASH in row for row in rows) else [])],
    ).bundle()


def _answer(briefing: Briefing, done: Mapping[tuple[str, str], Done]) -> Bundle:
    """How many of the new numbers were recorded on the spot, of the regencies that report both."""
    new, recorded = "nik_baru_usia_wajib", "nik_baru_usia_wajib_direkam"
    both = [code for code, measure in done if measure == new and (code, recorded) in done]
    if not both:
        return sentences([], "answer")
    whole, part = (sum(done[code, measure].count for code in both) for measure in (new, recorded))
    few = len(briefing.regions.regencies) > len(both)
    among = f" ({len(both)} dari {len(briefing.regions.regencies)} kabupaten/kota)" if few else ""
    told = f"Dari {wording.number(whole)} NIK baru usia wajib KTP, {wording.number(part)} orang langsung direkam"
    return sentences([f"{told}; {wording.number(whole - part)} belum{among}."], "answer")
