"""Where outreach team days serve most people, beside equal shares and shares by population."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.measure.allocation import Allocation
from adminduk.measure.briefing import Briefing
from adminduk.measure.outreach import Shared, shared
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.numerals import spelled
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_READING = (
    "{days} hari tim dibagi dengan tiga cara. Terbaik melayani paling banyak orang, dengan paling sedikit {floor} hari "
    "di setiap daerah; sama rata dan menurut {weight} menjadi pembanding. Tidak ada yang dilayani melebihi sisanya."
)
_MOST = 3  # regencies that a sentence names


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, the table, and how many each rule serves; nothing where no outreach is planned."""
    found = shared(briefing)
    if found is None:
        return []
    if found.best is None:
        return [sentences([_too_few(found)], "answer")]
    reading = _READING.format(
        days=wording.number(found.outreach.team_days), floor=wording.number(found.outreach.floor), weight=_weight(found)
    )
    return [
        sentences([reading], "reading"),
        table(briefing, found, numbers).bundle(),
        sentences(told(briefing, found), "answer"),
    ]


def _weight(found: Shared) -> str:
    base = wording.base(found.indicator, found.rows[0].base).removeprefix("dari ")
    return "penduduk" if found.population else base


def _too_few(found: Shared) -> str:
    days, floor, n = found.outreach.team_days, found.outreach.floor, len(found.needs)
    wanted = f"paling sedikit {wording.number(floor)} hari di {wording.number(n)} daerah membutuhkan"
    return f"{wording.number(days)} hari tim tidak cukup: {wanted} {wording.number(floor * n)} hari."


def rules(found: Shared) -> list[tuple[str, Allocation]]:
    """The three allocations by their words, the best first."""
    words = ("Terbaik", "Sama rata", f"Menurut {_weight(found)}")
    made = (found.best, found.equal, found.proportional)
    return [(word, one) for word, one in zip(words, made, strict=True) if one is not None]


def table(briefing: Briefing, found: Shared, numbers: SourceNumbers) -> Table:
    """Days and people served in each regency by each rule."""
    made = rules(found)
    rows = [_row(briefing, found, made, place) for place in range(len(found.needs))]
    left = wording.number(sum(need.people for need in found.needs))
    sums = [text for _, one in made for text in (wording.number(sum(one.days)), wording.number(one.total))]
    rows.append(["Jumlah", left, "", *sums])
    year = briefing.period.as_of.year + 1
    noun = wording.people(found.indicator)
    sources = [*(row.sources for row in found.rows), *([one.source] for one in found.population)]
    return Table(
        caption=f"Pembagian {wording.number(found.outreach.team_days)} hari tim jemput bola {year}, {_name(found)}",
        unit=f"hari tim dan {noun}",
        columns=[
            Column("Kabupaten/kota"),
            Column("Sisa", "right"),
            Column("Per hari", "right"),
            *(Column(word, "right") for _ in made for word in ("Hari", "Terlayani")),
        ],
        rows=rows,
        sources=sorted({number for used in sources for number in numbers.of(used)}),
        notes=[f"Sisa: {noun} yang belum melakukan perekaman, {_when(found)}." if _is_recording(found) else
               f"Sisa: penyebut dikurangi pembilang, {_when(found)}.", *_counted(found)],
        spanners=[(word, 3 + 2 * place, 4 + 2 * place) for place, (word, _) in enumerate(made)],
        whole=True,
        totals=[len(found.needs)],
    )  # fmt: skip


def _counted(found: Shared) -> list[str]:
    """Of which day the population is."""
    days = {wording.long_date(one.as_of) for one in found.population}
    return [f"Penduduk menurut register, keadaan {wording.listing(sorted(days))}."] if days else []


def _is_recording(found: Shared) -> bool:
    return found.indicator.numerator == "rekam_ktp_el"


def _name(found: Shared) -> str:
    return wording.in_sentence(found.indicator.short.id)


def _when(found: Shared) -> str:
    days = {wording.long_date(row.as_of) for row in found.rows}
    return f"keadaan {days.pop()}" if len(days) == 1 else "keadaan terakhir setiap daerah"


def _row(briefing: Briefing, found: Shared, made: Sequence[tuple[str, Allocation]], place: int) -> list[str]:
    need = found.needs[place]
    cells = [text for _, one in made for text in (wording.number(one.days[place]), wording.number(one.served[place]))]
    name = briefing.regions.get(need.region_code).short_name
    return [name, wording.number(need.people), wording.number(need.per_day), *cells]


def told(briefing: Briefing, found: Shared) -> list[str]:
    """How many each rule serves, and where the best sends most days."""
    (_, best), *others = rules(found)
    noun, left = wording.people(found.indicator), sum(need.people for need in found.needs)
    beside = [f"{word[0].lower()}{word[1:]} {wording.number(one.total)}" for word, one in others]
    few = briefing.regions.regencies
    among = "" if len(found.needs) == len(few) else f" di {len(found.needs)} dari {len(few)} kabupaten/kota"
    lines = [
        f"Pembagian terbaik melayani {wording.number(best.total)} dari {wording.number(left)} {noun}{among}; "
        f"{wording.listing(beside)}."
    ]
    order = sorted(range(len(found.needs)), key=lambda place: (-best.days[place], found.needs[place].region_code))
    first = [place for place in order[:_MOST] if best.days[place] > found.outreach.floor]
    if first:
        places = [(briefing.regions.get(found.needs[place].region_code), best.days[place]) for place in first]
        names = [f"{place.short_name} ({wording.number(days)} hari)" for place, days in places]
        lines.append(f"Hari terbanyak: {wording.listing(names)}.")
    rest = sum(need.people for need in found.needs) - best.total
    full = sum(one == need.people for one, need in zip(best.served, found.needs, strict=True))
    lines.append(
        f"Di {spelled(full)} daerah seluruh sisa terlayani; {wording.number(rest)} {noun} belum terlayani."
        if rest
        else "Seluruh sisa terlayani."
    )
    return lines
