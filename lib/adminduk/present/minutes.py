"""What was agreed and what became of it, and the minutes (berita acara) that a meeting signs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adminduk.basis.agenda import Agreed, Decision
from adminduk.measure import actions, followup
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import forms, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.forms import BLANK, Ruled
from adminduk.present.numerals import spelled
from adminduk.present.sources import SourceNumbers
from adminduk.present.spelling import day_in_words
from adminduk.present.tables import Column, Table, explanations, marks

CLOSED = ("selesai", "batal")
UNREPORTED = "belum dilaporkan"
REGENCY_OFFICE = "Dinas Kependudukan dan Pencatatan Sipil"
_BLANK_ROWS, _BLANK_MM = 8, 6
_NOTHING = "Belum ada keputusan rapat sebelumnya yang dicatat."
_STATUS = ("selesai", "berjalan", UNREPORTED, "batal")
_ROWS = (Column("No."), Column("Keputusan"), Column("Penanggung jawab"), Column("Tenggat"))
_BLANK_DAY = f"{BLANK}, tanggal {BLANK} bulan {BLANK} tahun {BLANK}"
_CLOSING = "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."


def agreed(briefing: Briefing) -> tuple[Agreed, ...]:
    """What earlier meetings decided: everything for the province, for a regency what it is responsible for."""
    region = briefing.region
    found = briefing.period.agreed
    return tuple(one for one in found if region.is_province or region.code in one.decision.penanggung_jawab)


def status(one: Agreed) -> str:
    """The status in words; a decision that nobody has told of since is not yet reported."""
    return UNREPORTED if one.status == "disepakati" and not one.hasil else one.status


def is_overdue(one: Agreed, briefing: Briefing) -> bool:
    """Whether it should have been done by the day of the meeting, and is not."""
    return one.status not in CLOSED and one.decision.tenggat < briefing.period.told_until


def follow_up(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """A row for each decision with its status, what was reported and its figure; the overdue ones are marked."""
    found = agreed(briefing)
    if not found:
        return [sentences([_NOTHING], "answer")] if briefing.region.is_province else []
    day = wording.long_date(briefing.period.told_until)
    table = Table(
        caption="Keputusan rapat sebelumnya dan hasilnya",
        unit=f"status sampai {wording.long_date(briefing.period.as_of)}",
        columns=[*_ROWS, Column("Status"), Column("Hasil yang dilaporkan dan angkanya")],
        rows=[_agreed_row(briefing, one) for one in found],
        sources=numbers.of([source for one in found for source in _sources(briefing, one)]),
        notes=[f"Lewat tenggat: belum selesai pada {day}."] if any(is_overdue(one, briefing) for one in found) else [],
    )
    late = [place for place, one in enumerate(found) if is_overdue(one, briefing)]
    widths = (0.6, 3.6, 2.6, 1.6, 1.7, 4.6)
    return [Ruled(table, widths, late, 4).bundle(), sentences([tally(briefing)], "answer")]


def tally(briefing: Briefing) -> str:
    """ "Dari 5 keputusan 2 selesai, 2 berjalan, dan 1 belum dilaporkan; 2 lewat tenggat."; empty without any."""
    found = agreed(briefing)
    if not found:
        return ""
    told = [status(one) for one in found]
    parts = [f"{wording.number(told.count(name))} {name}" for name in (*_STATUS, "disepakati") if name in told]
    late = sum(is_overdue(one, briefing) for one in found)
    overdue = f"; {wording.number(late)} lewat tenggat" if late else ""
    whose = "" if briefing.region.is_province else f" yang menjadi tanggung jawab {briefing.region.name}"
    if len(found) == 1:
        return f"Satu keputusan{whose}: {told[0]}{', lewat tenggat' if late else ''}."
    return f"Dari {wording.number(len(found))} keputusan{whose}, {wording.listing(parts)}{overdue}."


def _agreed_row(briefing: Briefing, one: Agreed) -> list[str]:
    periods = {other.period for other in agreed(briefing)}
    when = wording.long_date(date.fromisoformat(one.period))
    taken = f"\n(rapat periode {when})" if len(periods) > 1 else ""
    said = status(one) + ("\nlewat tenggat" if is_overdue(one, briefing) else "")
    told = [f"{one.hasil.rstrip('.')}." if one.hasil else "", figures(briefing, one)]
    decided = one.decision
    return [
        str(decided.nomor),
        decided.keputusan + taken,
        responsible(briefing, decided),
        wording.short_date(decided.tenggat),
        said,
        "\n".join(filter(None, told)) or wording.DASH,
    ]


def responsible(briefing: Briefing, decided: Decision) -> str:
    """By whom it is due; all regencies together by one word."""
    codes, regions = set(decided.penanggung_jawab), briefing.regions
    everybody = {place.code for place in regions.regencies}
    names = ["semua kabupaten/kota"] if everybody <= codes else []
    left = codes - everybody if names else codes
    return wording.listing([*(regions.get(code).name for code in sorted(left)), *names])


def figures(briefing: Briefing, one: Agreed) -> str:
    """The figure of the decision's indicator then and now, of each region that it names; empty without indicator."""
    named = one.decision.indikator
    if not named:
        return ""
    codes = _codes(briefing, one)
    if named in briefing.catalog.indicators:
        told = [(code, _moved(briefing, named, code, one)) for code in codes]
    else:
        told = [(code, _acted(briefing, named, code, one)) for code in codes]
    groups: dict[tuple[str, str], list[str]] = {}
    for code, (head, figure, tail) in told:
        name = briefing.regions.get(code).short_name
        groups.setdefault((head, tail), []).append(f"{name} {figure}".strip())
    return "\n".join(f"{head}: {'; '.join(few)}{tail}." for (head, tail), few in groups.items())


def _codes(briefing: Briefing, one: Agreed) -> list[str]:
    """Of a regency's document its own; nobody's figure that is withheld."""
    codes = sorted(one.decision.penanggung_jawab) if briefing.region.is_province else [briefing.region.code]
    return [code for code in codes if code not in briefing.stopped]


def _moved(briefing: Briefing, named: str, code: str, one: Agreed) -> tuple[str, str, str]:
    """What heads the figure, the figure, and what belongs behind: "KIA, 31 Okt 2023 dan 12 Nov 2024", "1 menjadi 2"."""
    indicator, decided = briefing.catalog.indicators[named], date.fromisoformat(one.period)
    first = next(iter(indicator.bases), "")
    found = followup.progress(briefing.history(indicator, code), decided, first)
    if found is None:
        return f"{indicator.short.id}, belum ada angka sejak {wording.short_date(decided)}", "", ""
    now, change = found.now, found.change
    noun = wording.people(indicator)
    if change is None:
        base = f" {wording.base(indicator, now.base)}" if len(indicator.bases) > 1 else ""
        return f"{indicator.short.id}{base}, {wording.short_date(now.as_of)}", wording.value(now) + marks(now), ""
    dates = f"{wording.short_date(change.since.as_of)} dan {wording.short_date(now.as_of)}"
    if change.points is not None and indicator.bases:
        return f"{indicator.short.id}, {dates}", f"{wording.value(change.since)} menjadi {wording.value(now)}", ""
    counts = [wording.number(row.numerator or 0) for row in (change.since, now)]
    return f"{indicator.short.id}, {dates}", " menjadi ".join(counts), f" ({noun})"


def _acted(briefing: Briefing, named: str, code: str, one: Agreed) -> tuple[str, str, str]:
    """What was reported of a programme action since the decision."""
    measure, decided = briefing.catalog.measures[named], date.fromisoformat(one.period)
    done = actions.done(briefing.facts(code), named, decided, briefing.period.as_of)
    name = wording.capital(measure.label.id)
    if done is None:
        return f"{name} sejak {wording.short_date(decided)}", "belum ada laporan", ""
    # What no report covers, between the decision and the first of them, is not known.
    told = f"{wording.number(done.reports)} laporan sejak {wording.short_date(done.first)}"
    return name, f"{wording.number(done.count)} {measure.noun.id} ({told})", ""


def _sources(briefing: Briefing, one: Agreed) -> Iterator[str]:
    named, decided = one.decision.indikator, date.fromisoformat(one.period)
    for code in _codes(briefing, one) if named else ():
        if named in briefing.catalog.indicators:
            indicator = briefing.catalog.indicators[named]
            rows = briefing.history(indicator, code)
            found = followup.progress(rows, decided, next(iter(indicator.bases), ""))
            yield from (*found.now.sources, *(found.change.since.sources if found.change else ())) if found else ()
        else:
            done = actions.done(briefing.facts(code), str(named), decided, briefing.period.as_of)
            yield from done.sources if done else ()


def minutes_opening(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The head of the minutes; day and place stay open where the period names no meeting."""
    meeting, province = briefing.period.meeting, briefing.regions.province
    name = meeting.name if meeting else f"Rapat Evaluasi Administrasi Kependudukan {province.name}"
    day = f"{day_in_words(meeting.date)} ({meeting.date:%d-%m-%Y})" if meeting else _BLANK_DAY
    place = (meeting.place if meeting else "") or BLANK
    said = (
        f"Pada hari ini, {day}, bertempat di {place}, telah dilaksanakan {name}, yang diikuti oleh "
        f"{office(briefing, province.code)} serta {REGENCY_OFFICE} dari {spelled(len(briefing.regions.regencies))} "
        "kabupaten dan kota, dengan hasil sebagai berikut."
    )
    return [forms.opening("Berita acara", name, f"NOMOR: {BLANK}", [said])]


def standing(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """What was looked at: how the indicators stand, in one small table."""
    day = wording.long_date(briefing.period.as_of)
    shown = [(entry.indicator, row) for entry in briefing.entries for row in entry.rows]
    rows = [line for entry in briefing.entries for line in _standing_rows(briefing, entry)]
    notes = [note for note in explanations(shown) if not note.startswith(wording.DASH)]
    notes += ["– tidak ada angkanya."] if any(wording.DASH in row for row in rows) else []
    table = Table(
        caption=f"Capaian administrasi kependudukan {briefing.region.name}",
        unit=f"keadaan {day}",
        columns=[
            Column("Indikator"),
            *(Column(word, "right") for word in ("Pembilang", "Penyebut", "Capaian", "Target")),
            Column("Penilaian"),
        ],
        rows=rows,
        sources=[],
        notes=[*notes, "Sumber dan cara menghitung setiap angka dimuat dalam laporan capaian periode ini."],
    )
    return [Ruled(table, (3.0, 1.7, 1.7, 1.5, 1.3, 4.4)).bundle()]


def _standing_rows(briefing: Briefing, entry: Entry) -> list[list[str]]:
    name = entry.indicator.short.id
    if not entry.rows:
        return [[name, *[wording.DASH] * 4, wording.nothing_known(entry, briefing.period, briefing.regions.office)]]
    return [[_dated(briefing, entry, row), *_standing_cells(entry, row)] for row in entry.rows]


def _dated(briefing: Briefing, entry: Entry, row: IndicatorRow) -> str:
    """The indicator, its base where it has several, its date where that is not the period's."""
    base = wording.base(entry.indicator, row.base) if len(entry.indicator.bases) > 1 else ""
    same = row.as_of.first == row.as_of.last == briefing.period.as_of
    head = f"{entry.indicator.short.id} {base}".strip()
    return head if same else f"{head}\n{wording.short_date(row.as_of)}"


def _standing_cells(entry: Entry, row: IndicatorRow) -> list[str]:
    counts = [wording.DASH if count is None else wording.number(count) for count in (row.numerator, row.denominator)]
    return [*counts, wording.value(row) + marks(row), wording.target(row), wording.verdict(row, entry.indicator)]


def decided(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The decisions of this period; none yet: numbered rows to fill in by hand."""
    found = sorted(briefing.period.decisions, key=lambda one: one.nomor)
    rows = [
        [str(one.nomor), one.keputusan, responsible(briefing, one), wording.long_date(one.tenggat)] for one in found
    ]
    blank = [[str(place), "", "", ""] for place in range(1, _BLANK_ROWS + 1)]
    table = Table("Keputusan rapat", "penanggung jawab dan tenggat", _ROWS, rows or blank, sources=[], notes=[])
    return [Ruled(table, (0.6, 6.6, 4.2, 2.8), row_mm=0 if rows else _BLANK_MM).bundle()]


def signing(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """Room for the province and every regency to sign."""
    meeting, regions = briefing.period.meeting, briefing.regions
    where = (meeting.place if meeting else "") or BLANK
    when = wording.long_date(meeting.date) if meeting else BLANK
    heads = [f"Kepala {office(briefing, place.code)}" for place in regions.all]
    return [forms.signatures([_CLOSING], heads, f"{where}, {when}")]


def office(briefing: Briefing, code: str) -> str:
    """The office of a region by its name."""
    place = briefing.regions.get(code)
    return f"{briefing.regions.office if place.is_province else REGENCY_OFFICE} {place.name}"
