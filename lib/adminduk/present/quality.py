"""The quality of the data, for the office: findings with what to do next, who is withheld, who has reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from adminduk.basis.checks import SEVERITIES, Finding, Severity
from adminduk.measure.briefing import Briefing
from adminduk.measure.confirmation import Confirmation
from adminduk.measure.delivery import Delivery, delivery
from adminduk.present import bundles, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.findings import sentence
from adminduk.present.numerals import spelled
from adminduk.present.remedies import REMEDIES, step
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_READING = (
    "Temuan disusun menurut tingkat (tolak, periksa, catat), aturan, lalu daerah; sesudah temuannya tertulis "
    "yang dilakukan. Temuan serupa pada kecamatan digabung."
)
_CONFIRMED = {"terkonfirmasi": "terkonfirmasi", "sebagian": "sebagian", "sementara": "belum"}
_FEW = 3  # of one rule in the kecamatan of one regency: more are only counted in the document of the province
_UNCONFIRMED = "Kumpulan data ini tidak mencatat kiriman, maka konfirmasi kantor tidak diketahui."


def message(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """Page 1 in three sentences: what was found, who is withheld, who has reported."""
    found = Counter(item.severity for item in briefing.findings_within)
    told = [f"{wording.number(found[severity])} {severity}" for severity in SEVERITIES if found[severity]]
    day = wording.long_date(briefing.period.as_of)
    counted = f"{wording.number(found.total())} temuan dalam data sampai {day}: {wording.listing(told)}."
    first = counted if found else f"Tidak ada temuan dalam data sampai {day}."
    return [sentences([first, withheld(briefing), reported(briefing)], "message")]


def withheld(briefing: Briefing) -> str:
    """Which regencies are not printed; of a regency nothing, because then there would be no document."""
    if not briefing.region.is_province:
        return ""
    names = [briefing.regions.get(code).name for code in briefing.stopped]
    return f"Ditahan: {wording.listing(names)}." if names else "Tidak ada kabupaten/kota yang ditahan."


def reported(briefing: Briefing) -> str:
    """How many offices have delivered counts of the period's day, or whether this one has."""
    day = wording.long_date(briefing.period.as_of)
    if not briefing.region.is_province:
        own = _delivery(briefing, briefing.region.code)
        return f"Laporan keadaan {day} {'sudah' if own.on_day else 'belum'} ada."
    late = [place for place in briefing.regions.regencies if not _delivery(briefing, place.code).on_day]
    every = len(briefing.regions.regencies)
    if len(late) == every:
        return f"Belum ada kabupaten/kota yang melaporkan keadaan {day}."
    told = f"{wording.number(every - len(late))} dari {wording.number(every)} kabupaten/kota melaporkan keadaan {day}"
    names = wording.listing([place.name for place in late])
    return f"{told}; belum: {names}." if late else f"{told}."


def found(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The findings by severity and rule, each with what to do; one line where there are none."""
    every = sorted(briefing.findings_within, key=lambda item: (SEVERITIES.index(item.severity), item.rule))
    if not every:
        return [sentences(["Tidak ada temuan yang perlu ditindaklanjuti."], "answer")]
    blocks = [
        (f"{wording.capital(severity)}: {REMEDIES[rule].title}", [], [*_items(briefing, [*own]), _todo(rule, severity)])
        for (severity, rule), own in groupby(every, key=lambda item: (item.severity, item.rule))
    ]
    return [sentences([_READING], "reading"), bundles.notes(blocks)]


def _todo(rule: str, severity: Severity) -> str:
    told = step(rule, severity)
    return f"Yang dilakukan: {told[:1].lower()}{told[1:]}"


def _items(briefing: Briefing, own: Sequence[Finding]) -> list[str]:
    """One line for each thing found, with the regions where it was found; many alike of one regency only counted."""
    parts = Counter(item.region_code[:5] for item in own if _is_part(item))
    few = 0 if own[0].severity == "catat" else _FEW if briefing.region.is_province else len(own)
    counted = {code: many for code, many in sorted(parts.items()) if many > few}
    told = [item for item in own if not (_is_part(item) and item.region_code[:5] in counted)]
    return [
        *_merged(briefing, told),
        *(
            f"{briefing.regions.get(code).name}: {wording.number(many)} temuan serupa pada kecamatan atau bagiannya."
            for code, many in counted.items()
        ),
    ]


def _merged(briefing: Briefing, own: Sequence[Finding]) -> Iterator[str]:
    regions: dict[str, list[str]] = {}
    for item in own:
        regions.setdefault(sentence(item, briefing.catalog), []).append(item.region_code)
    for told, codes in regions.items():
        yield f"{_places(briefing, codes)}. {told}"


def _is_part(item: Finding) -> bool:
    return item.region_code.count(".") >= 2


def _places(briefing: Briefing, codes: Sequence[str]) -> str:
    """Several regions by name; all regencies together by one word."""
    everybody = [place.code for place in briefing.regions.regencies]
    if len(everybody) > 1 and set(everybody) <= set(codes):
        rest = [code for code in codes if code not in everybody]
        return wording.listing([f"Semua {spelled(len(everybody))} kabupaten/kota", *(place(briefing, c) for c in rest)])
    return wording.listing([place(briefing, code) for code in codes])


def place(briefing: Briefing, code: str) -> str:
    """A region by its name, a kecamatan with its regency; below that by code."""
    known = {one.code: one.name for one in briefing.regions.all}
    if code in known:
        return known[code]
    districts = {one.code: one.name for one in briefing.regions.districts}
    parent = known[code[:5]]
    return f"Kecamatan {districts[code]} ({parent})" if code in districts else f"{code} ({parent})"


def offices(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """Who delivered for the period, how old the newest figure is, whether it is confirmed, who is withheld."""
    if not briefing.region.is_province:
        return [sentences([*_office(briefing, numbers), *_confirmed(briefing)], "answer")]
    places = briefing.regions.regencies
    told = {one.code: _delivery(briefing, one.code) for one in places}
    states = {one.code: briefing.confirmation_of(one.code) for one in places}
    known = any(state.state for state in states.values())
    year, day = briefing.period.as_of.year, wording.short_date(briefing.period.as_of)
    most = len({when for one in told.values() for when in one.days})
    columns = [Column("Kabupaten/kota"), Column(f"Laporan {day}"), Column(f"Hari laporan {year}", "right")]
    columns += [Column("Angka terbaru"), Column("Umur (hari)", "right"), Column("Dicetak")]
    columns += [Column("Konfirmasi")] if known else []
    table = Table(
        caption="Laporan kantor dan umur angka terbarunya",
        unit=f"keadaan {wording.long_date(briefing.period.as_of)}",
        columns=columns,
        rows=[
            _office_row(briefing, one.code, told[one.code], most, states[one.code] if known else None) for one in places
        ],
        sources=numbers.of([source for one in told.values() for source in one.sources]),
        notes=[*_office_notes(told.values(), most, year), *([] if known else [_UNCONFIRMED])],
    )
    return [table.bundle(), *_reasons(briefing)]


def _office_row(briefing: Briefing, code: str, one: Delivery, most: int, state: Confirmation | None) -> list[str]:
    newest = wording.short_date(one.newest) if one.newest else wording.DASH
    cells = [
        briefing.regions.get(code).short_name,
        "ada" if one.on_day else "belum ada",
        f"{wording.number(len(one.days))} dari {wording.number(most)}" if most else "0",
        f"{newest}*" if one.is_claim else newest,
        wording.number(one.age) if one.age is not None else wording.DASH,
        "ditahan" if code in briefing.stopped else "ya",
    ]
    return [*cells, *([_CONFIRMED.get(state.state, wording.DASH)] if state else [])]


def _office_notes(told: Iterable[Delivery], most: int, year: int) -> list[str]:
    told = list(told)
    notes = ["Umur dihitung dari hari terakhir yang mungkin."]
    if most:
        notes.append(f"Hari laporan: hari pada {year} yang mempunyai jumlah dari paling sedikit satu kabupaten/kota.")
    notes += ["* angka publikasi, jumlah tidak dimuat."] if any(one.is_claim for one in told) else []
    notes += ["– belum ada angka sama sekali."] if any(one.newest is None for one in told) else []
    return notes


def _reasons(briefing: Briefing) -> list[Bundle | None]:
    """Why a regency is withheld; nothing where none is."""
    told = [
        f"{briefing.regions.get(code).name} ditahan. {sentence(item, briefing.catalog)}"
        for code, stopping in briefing.stopped.items()
        for item in stopping
    ]
    return [sentences(told, "answer")] if told else []


def _office(briefing: Briefing, numbers: SourceNumbers) -> list[str]:
    """What a regency has delivered, in sentences."""
    own, year = _delivery(briefing, briefing.region.code), briefing.period.as_of.year
    said = [reported(briefing), f"Hari laporan dengan jumlah pada {year}: {wording.number(len(own.days))}."]
    if own.newest is None:
        return [*said, "Belum ada angka sama sekali."]
    kind = "angka publikasi" if own.is_claim else "dihitung dari jumlah"
    age = f", {wording.number(own.age)} hari sebelum hari periode" if own.age else ""
    cited = ", ".join(map(str, numbers.of(own.sources)))
    return [*said, f"Angka terbaru: {wording.long_date(own.newest)} ({kind}){age} [{cited}]."]


def cited(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """Every source cited above; nothing where none is."""
    items = numbers.cited()
    return [bundles.source_list(items, numbers.notes())] if items else []


def _confirmed(briefing: Briefing) -> list[str]:
    state = briefing.confirmation_of(briefing.region.code)
    if not state.state:
        return [_UNCONFIRMED]
    counted = f"{wording.number(state.confirmed)} dari {wording.number(state.figures)} angka"
    return [f"Dikonfirmasi kantor: {counted} keadaan {wording.long_date(briefing.period.as_of)}."]


def _delivery(briefing: Briefing, code: str) -> Delivery:
    return delivery(briefing.facts(code), briefing.catalog, briefing.period.as_of)
