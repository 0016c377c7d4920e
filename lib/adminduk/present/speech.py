"""The text to be read out in the order in which it is spoken, every number from the briefing: styled paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from adminduk.measure import recap
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.facts import Claim
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.readiness import readiness
from adminduk.measure.targets import UNSTATED, target_of_each
from adminduk.present import decisions, minutes, rates, wording
from adminduk.present.spelling import weekday

Style = Literal["Title", "Subtitle", "Heading 1", "Normal", "List Number", "List Bullet"]
# As spoken at every meeting; the catalogue orders a page, not a speech.
SPOKEN = (
    "perekaman_ktp_el",
    "perekaman_ktp_el_pemula",
    "kia",
    "akta_kelahiran_0_17",
    "akta_kelahiran_0_18",
    "buku_pokok_pemakaman",
    "ikd",
    "pks_opd",
)
_THANKS = "Demikian yang dapat saya sampaikan. Terima kasih."
_SAID = ("tertinggi", "terendah")


class Paragraph(NamedTuple):
    """``style`` by the name that Word gives it."""

    style: Style
    text: str


def paragraphs(briefing: Briefing) -> list[Paragraph]:
    """The whole text: opening, one paragraph for each indicator, what is to be decided, notes that are not read out."""
    return [*_opening(briefing), *_indicators(briefing), *_agreed(briefing), *_closing(briefing), *_notes(briefing)]


def _opening(briefing: Briefing) -> Iterator[Paragraph]:
    meeting, region = briefing.period.meeting, briefing.region
    day = wording.long_date(briefing.period.as_of)
    where = ", ".join(filter(None, (meeting.place, wording.long_date(meeting.date)))) if meeting else ""
    yield Paragraph("Title", "Bahan sambutan")
    yield Paragraph("Subtitle", f"{meeting.name}; {where}" if meeting else f"{region.name}, keadaan {day}")
    yield Paragraph("Heading 1", "Pembukaan")
    who = f"kabupaten dan kota se-{briefing.regions.province.short_name}"
    yield Paragraph(
        "Normal", f"Yang saya hormati para kepala {minutes.REGENCY_OFFICE} {who}, serta para peserta rapat."
    )
    here = ""
    if meeting:
        at = f" di {meeting.place}" if meeting.place else ""
        when = f"{weekday(meeting.date)}, {wording.long_date(meeting.date)}"
        here = f"Hari ini, {when}, kita berkumpul{at} dalam {meeting.name}. "
    next_year = briefing.period.as_of.year + 1
    yield Paragraph(
        "Normal",
        f"{here}Rapat ini menilai capaian administrasi kependudukan keadaan {day} dan menyelaraskan program provinsi "
        f"dengan program kabupaten dan kota tahun {next_year}.",
    )
    for claim in briefing.told:
        if claim.indicator not in briefing.catalog.indicators:
            yield Paragraph("Normal", _statement(briefing, claim))


def _statement(briefing: Briefing, claim: Claim) -> str:
    when = f"menurut pernyataan {wording.long_date(claim.as_of)}"
    if claim.indicator == "penghargaan":
        return f"{briefing.region.name} menerima {claim.words}, {when}."
    return f"{wording.capital(when)}: {claim.words}."


def _indicators(briefing: Briefing) -> Iterator[Paragraph]:
    order = {name: place for place, name in enumerate(SPOKEN)}
    for entry in sorted(briefing.entries, key=lambda entry: order.get(entry.indicator.id, len(order))):
        yield Paragraph("Heading 1", entry.indicator.label.id)
        yield Paragraph("Normal", " ".join([*_own(briefing, entry), *others(briefing, entry)]))


def _own(briefing: Briefing, entry: Entry) -> list[str]:
    """The region's figure: target, denominator, numerator, percent, verdict."""
    if not entry.rows:
        return [_unknown(briefing, entry)]
    first, *more = entry.rows
    told = [_target(entry, first), _figure(briefing, entry, first), _verdict(entry, first)]
    return [text for text in (*told, *(_beside(briefing, entry, row) for row in more)) if text]


def _target(entry: Entry, row: IndicatorRow) -> str:
    year = row.as_of.last.year
    each = None if row.target else target_of_each(entry.indicator, row.as_of)
    if each is not None:
        return f"Target tahun {year} adalah {wording.target_value(each)} di setiap kabupaten/kota."
    if row.target is None:
        return f"Target tahun {year} tidak ditemukan." if entry.indicator.targets else "Indikator ini tanpa target."
    return f"Target tahun {year} adalah {wording.target(row)}."


def _unknown(briefing: Briefing, entry: Entry) -> str:
    """What was said without a number, as a claim; else why there is no figure."""
    if entry.told:
        claim = entry.told[-1]
        said = f"{briefing.regions.office} {wording.long_date(claim.as_of)}"
        return f"Menurut pernyataan {said}, {claim.words}; angkanya tidak dimuat."
    return f"{wording.capital(wording.nothing_known(entry, briefing.period, briefing.regions.office))}."


def _figure(briefing: Briefing, entry: Entry, row: IndicatorRow) -> str:
    measures, when = briefing.catalog.measures, _day(briefing, row)
    if row.claim is not None:
        base = ", penyebut tidak disebut," if row.base == UNSTATED else ""
        known = f" (pembilang {wording.number(row.numerator)})" if row.numerator is not None else ""
        date = wording.long_date(row.as_of)
        return f"Menurut angka publikasi {date} capaiannya{base} {wording.value(row)}{known}; jumlahnya tidak dimuat."
    counted = f"{measures[entry.indicator.numerator].label.id} {_about(row)}{wording.number(row.numerator or 0)}"
    if row.denominator is None:
        return f"Jumlah {counted}{when}."
    base = f"Jumlah {measures[row.base].label.id} {_about(row)}{wording.number(row.denominator)}"
    parts = f" ({wording.parts(row)})" if wording.parts(row) else ""
    return f"{base}, dan jumlah {counted}, atau {wording.value(row)}{parts}{when}."


def _about(row: IndicatorRow) -> str:
    return "sekitar " if row.approximate else ""


def _day(briefing: Briefing, row: IndicatorRow) -> str:
    """The date of a figure that is not of the period's day."""
    same = row.as_of.first == row.as_of.last == briefing.period.as_of
    return "" if same else f", keadaan {wording.long_date(row.as_of)}"


def _verdict(entry: Entry, row: IndicatorRow) -> str:
    """Taken on exact values; nothing where there is no target to judge by."""
    told = wording.verdict(row, entry.indicator)
    if row.verdict is None:
        return f"{wording.capital(told)}." if row.target else ""
    why = wording.above_one(row)
    return f"Capaian itu {told}{f'; {why}' if why else ''}."


def _beside(briefing: Briefing, entry: Entry, row: IndicatorRow) -> str:
    """The same numerator on another base."""
    if row.denominator is None:
        return _figure(briefing, entry, row)
    base = f"{briefing.catalog.measures[row.base].label.id} yang berjumlah {wording.number(row.denominator)}"
    return f"Terhadap {base}, capaiannya {wording.value(row)}: {wording.verdict(row, entry.indicator)}."


def others(briefing: Briefing, entry: Entry) -> list[str]:
    """The regencies: highest, lowest, and those below target; only what may be held against each other."""
    if not briefing.region.is_province:
        return [f"{wording.capital(wording.place(entry.rank))}."] if entry.rank else []
    year = briefing.period.as_of.year
    rows = recap.cohort(briefing, entry.indicator)
    if rows and rows[0].as_of.first.year == year:
        return [_extremes(briefing, rows), *_below(briefing, rows)]
    return _said(briefing, entry)


def _extremes(briefing: Briefing, rows: Sequence[IndicatorRow]) -> str:
    """Of figures of one date and definition, highest first; those that share a place together."""
    when, every = _day(briefing, rows[0]).removeprefix(", "), len(briefing.regions.regencies)
    few = f"dari {len(rows)} kabupaten/kota yang angkanya dimuat" if len(rows) < every else ""
    ends = [_sharing(briefing, rows, end) for end in (rows[0], rows[-1])]
    head = wording.capital(", ".join(filter(None, (when, few))))
    if rows[0].value == rows[-1].value:
        return f"{f'{head}, ' if head else ''}{'s' if head else 'S'}emua sama: {wording.value(rows[0])}."
    told = f"tertinggi {ends[0]}, terendah {ends[1]}."
    return f"{head}, {told}" if head else wording.capital(told)


def _sharing(briefing: Briefing, rows: Sequence[IndicatorRow], end: IndicatorRow) -> str:
    names = [briefing.regions.get(row.region_code).name for row in rows if row.value == end.value]
    return f"{wording.listing(names)} ({wording.value(end)})"


def _below(briefing: Briefing, rows: Sequence[IndicatorRow]) -> list[str]:
    """Who is below target; nothing where not all were judged."""
    if any(row.verdict is None for row in rows):
        return []
    missed = [row for row in rows if row.verdict == "di_bawah"]
    names = [f"{briefing.regions.get(row.region_code).name} ({wording.value(row)})" for row in missed]
    if not names:
        return ["Tidak ada kabupaten/kota di bawah target."]
    if len(names) == len(briefing.regions.regencies):
        return ["Semua kabupaten/kota di bawah target."]
    return [f"Di bawah target {len(names)} dari {len(rows)} kabupaten/kota: {wording.listing(names)}."]


def _said(briefing: Briefing, entry: Entry) -> list[str]:
    """What was said of the highest and the lowest this year, as a claim with its day."""
    year, indicator = briefing.period.as_of.year, entry.indicator
    found: list[tuple[Claim, str]] = [
        (row.claim, place.name)
        for place in briefing.regions.regencies
        if place.code not in briefing.stopped
        for row in briefing.history(indicator, place.code)
        if row.claim is not None and row.claim.standing in _SAID and row.as_of.last.year == year
    ]
    newest = max((claim.as_of for claim, _ in found), default=None)
    told = [
        f"{claim.standing} {name} {wording.printed_percent(claim.percent)}"
        for standing in _SAID
        for claim, name in found
        if claim.as_of == newest and claim.standing == standing
    ]
    if newest is None:
        return []
    return [f"Menurut angka publikasi {briefing.regions.office} {wording.long_date(newest)}, {wording.listing(told)}."]


def _agreed(briefing: Briefing) -> Iterator[Paragraph]:
    """What became of earlier decisions; nothing where there are none."""
    told = minutes.tally(briefing)
    if told:
        yield Paragraph("Heading 1", "Tindak lanjut keputusan sebelumnya")
        yield Paragraph("Normal", told)


def _closing(briefing: Briefing) -> Iterator[Paragraph]:
    """What is to be decided and done, and by when."""
    yield Paragraph("Heading 1", "Yang perlu diputuskan dan dikerjakan")
    for text in pressing(briefing):
        yield Paragraph("Normal", text)
    if briefing.region.is_province:
        for subject, text in decisions.items(briefing):
            yield Paragraph("List Number", f"{subject}. {text}")
    mine = [one for one in briefing.period.decisions if briefing.region.is_province or _is_mine(briefing, one)]
    if mine:
        yield Paragraph("Heading 1", "Keputusan dan tenggatnya")
    for one in sorted(mine, key=lambda one: one.nomor):
        who, until = minutes.responsible(briefing, one), wording.long_date(one.tenggat)
        yield Paragraph("List Bullet", f"{one.keputusan.rstrip('.')}: {who}, paling lambat {until}.")
    yield Paragraph("Heading 1", "Penutup")
    yield Paragraph("Normal", _THANKS)


def _is_mine(briefing: Briefing, one: minutes.Decision) -> bool:
    return briefing.region.code in one.penanggung_jawab


def pressing(briefing: Briefing) -> Iterator[str]:
    """Who is left until the deadline of the period, and what that asks for on each working day."""
    deadline = briefing.period.deadline
    for one in readiness(briefing):
        asked, noun = one.required, wording.people(one.indicator)
        if deadline and one.left and one.working and asked.per_working_day is not None:
            yield (
                f"{one.indicator.short.id}: pada {wording.long_date(one.row.as_of)} sebanyak "
                f"{wording.number(one.left)} {noun} "
                f"belum terlayani. Terhitung {rates.span(*one.working)} ada {wording.number(asked.working_days)} hari "
                f"kerja sampai {deadline.name} {wording.long_date(deadline.date)}, sehingga diperlukan "
                f"{wording.number(asked.per_working_day)} {noun} per hari kerja."
            )


def _notes(briefing: Briefing) -> Iterator[Paragraph]:
    """For who edits the text: where a figure differs from what was published, and where everything stands."""
    yield Paragraph("Heading 1", "Catatan untuk penyunting (tidak dibacakan)")
    shown = {id(row) for entry in briefing.entries for row in entry.rows}
    for remark in briefing.remarks:
        if id(remark.row) in shown:
            name = briefing.catalog.indicators[remark.row.indicator].short.id
            yield Paragraph(
                "List Bullet", f"{name}, {wording.long_date(remark.row.as_of)}: {wording.published(remark)}."
            )
    unplaced = [
        wording.in_sentence(entry.indicator.short.id) for entry in briefing.entries if _is_unplaced(briefing, entry)
    ]
    if unplaced:
        why = "angka kabupaten/kota pada satu tanggal belum ada dari paling sedikit setengahnya"
        yield Paragraph("List Bullet", f"Tertinggi dan terendah {wording.listing(unplaced)} tidak disebut: {why}.")
    yield Paragraph(
        "List Bullet",
        "Penilaian diambil dari nilai tepat. Sumber dan cara menghitung setiap angka dimuat dalam laporan capaian "
        f"{briefing.region.name} periode {wording.long_date(briefing.period.as_of)}.",
    )


def _is_unplaced(briefing: Briefing, entry: Entry) -> bool:
    return briefing.region.is_province and not others(briefing, entry)
