"""What the speaker's slides say: the same figures, verdicts and sentences as the report, one thought to a slide.

A slide is a dictionary for the template: ``kind`` names what it is, the rest is text and the numbers of one chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from adminduk.basis.catalog import Indicator
from adminduk.measure import compare
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.compare import Change
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.outlook import outlooks
from adminduk.present import cohorts, decisions, minutes, narrative, outlook, panels, speech, summary, theme, wording
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import APPROXIMATE_NOTE, claim_note

Slide = dict[str, Any]
TITLE = "Capaian administrasi kependudukan"
MOST_MARKS = 5  # figures of a region's own history in one chart
_STEPS, _LEAST_SPAN = 4, 2  # of an axis of points: steps, and percentage points
_OLD = "Angka tahun lalu dinilai dengan target tahunnya sendiri."
_WHERE = "Penilaian diambil dari nilai tepat. Cara menghitung dimuat dalam laporan capaian {}, keadaan {}."


def slides(briefing: Briefing, numbers: SourceNumbers) -> list[Slide]:
    """Title, summary, a slide for each indicator with a figure, what is asked, sources; none of them empty."""
    told = [entry for entry in briefing.entries if entry.rows]
    shown = [_title(briefing), _summary(briefing)]
    shown += [_indicator(briefing, entry, numbers) for entry in told]
    shown += [_list(heading, items) for heading, items in _asked(briefing).items() if items]
    return [*shown, *_sources(briefing, numbers)]


def _title(briefing: Briefing) -> Slide:
    meeting = briefing.period.meeting
    where = ", ".join(filter(None, (meeting.place, wording.long_date(meeting.date)))) if meeting else ""
    return {
        "kind": "title",
        "name": briefing.region.name,
        "title": TITLE,
        "as_of": f"Keadaan {wording.long_date(briefing.period.as_of)}",
        "meeting": meeting.name if meeting else "",
        "where": where,
    }


def _summary(briefing: Briefing) -> Slide:
    """Verdict by target; indicators about which nothing is known stand together in one line."""
    rows = [_line(briefing, entry, row) for entry in briefing.entries for row in entry.rows]
    empty = [entry for entry in briefing.entries if not entry.rows]
    old = any(entry.rows and not entry.is_current(briefing.period) for entry in briefing.entries)
    return {
        "kind": "summary",
        "heading": _verdicts(briefing),
        "rows": rows,
        "empty": _unknown(empty),
        "message": [] if rows else narrative.message(briefing),
        "notes": _notes([row for entry in briefing.entries for row in entry.rows]) + ([_OLD] if old else []),
    }


def _verdicts(briefing: Briefing) -> str:
    """How many indicators of the period's year reached their target, on the base that each names first."""
    firsts = [entry.rows[0] for entry in briefing.entries if entry.is_current(briefing.period)]
    judged = [row for row in firsts if row.verdict is not None]
    year = briefing.period.as_of.year
    if not judged:
        return f"Belum ada angka {year} yang dapat dinilai"
    reached = sum(row.verdict != "di_bawah" for row in judged)
    return f"{wording.number(reached)} dari {wording.number(len(judged))} indikator dengan angka {year} mencapai target"


def _line(briefing: Briefing, entry: Entry, row: IndicatorRow) -> dict[str, str]:
    return {
        "label": outlook.named(entry.indicator, row),
        "date": "" if row.as_of.first == briefing.period.as_of else wording.short_date(row.as_of),
        "value": panels.marked(row),
        "target": wording.target(row),
        "state": summary.state(row),
        "verdict": _verdict(entry, row),
    }


def _verdict(entry: Entry, row: IndicatorRow) -> str:
    return wording.VERDICTS[row.verdict] if row.verdict else wording.verdict(row, entry.indicator)


def _unknown(empty: Sequence[Entry]) -> str:
    names = [wording.in_sentence(entry.indicator.short.id) for entry in empty]
    return f"Belum ada angka: {wording.listing(names)}." if names else ""


def _indicator(briefing: Briefing, entry: Entry, numbers: SourceNumbers) -> Slide:
    row = entry.rows[0]
    return {
        "kind": "indicator",
        "heading": _heading(briefing, entry, row),
        "value": panels.marked(row),
        "state": summary.state(row),
        "verdict": _verdict(entry, row),
        "facts": _facts(briefing, entry, row),
        "sentence": _sentence(briefing, entry),
        "chart": _chart(briefing, entry),
        "sources": numbers.of(_cited(briefing, entry)),
        "notes": _notes(entry.rows),
    }


def _heading(briefing: Briefing, entry: Entry, row: IndicatorRow) -> str:
    """The message: who is short of the target and by how many, or that it was reached."""
    name = outlook.named(entry.indicator, row)
    short = wording.missing(row, entry.indicator)
    if short:
        return f"{name}: {short}"
    year = f" {row.as_of.last.year}" if row.as_of.last.year != briefing.period.as_of.year else ""
    return f"{name}: {_verdict(entry, row)}{year}" if row.verdict else name


def _notes(rows: Sequence[IndicatorRow]) -> list[str]:
    notes = [claim_note(rows)] if any(row.claim for row in rows) else []
    return notes + ([APPROXIMATE_NOTE] if any(row.approximate for row in rows) else [])


def _facts(briefing: Briefing, entry: Entry, row: IndicatorRow) -> list[str]:
    """What stands under the big figure: counts, target, distance, date; the same numerator on another base."""
    counted = wording.fraction(row) if row.from_counts and row.denominator else ""
    when = "" if row.as_of.first == briefing.period.as_of else f"keadaan {wording.long_date(row.as_of)}"
    target = f"Target {row.as_of.last.year}: {wording.target(row)}" if row.target else ""
    gap = wording.distance(row)
    others = [f"{wording.capital(wording.base(entry.indicator, r.base))}: {panels.marked(r)}" for r in entry.rows[1:]]
    distance = "" if gap == wording.DASH else gap
    facts = [when, counted, target, distance, *others, wording.parts(row), wording.over_one(row)]
    return [wording.capital(fact) for fact in facts if fact]


def _sentence(briefing: Briefing, entry: Entry) -> str:
    """One sentence: the pace that is needed, else the place or the regencies, else what moved, else the date."""
    row, change = entry.rows[0], entry.changes[0]
    ahead = [one for one in outlooks(briefing) if one.row is row and one.required.people]
    if ahead:
        return wording.capital(outlook.told(briefing, ahead)[-1].partition("; ")[2])
    told = speech.others(briefing, entry)
    if told:
        return told[-1]
    said = wording.standing(row.claim, briefing.regions.office) if row.claim else ""
    moved = _moved(entry.indicator, change) if change else ""
    return f"{wording.capital(said or moved or f'keadaan {wording.long_date(row.as_of)}')}."


def _moved(indicator: Indicator, change: Change) -> str:
    since = wording.long_date(change.since.as_of)
    return f"{wording.more_or_less(change.count, wording.people(indicator))} sejak {since}"


def _cited(briefing: Briefing, entry: Entry) -> list[str]:
    rows = [*entry.rows, *(row for _, row in _marks(briefing, entry))]
    return list(dict.fromkeys(source for row in rows for source in row.sources))


def _chart(briefing: Briefing, entry: Entry) -> dict[str, Any]:
    """The regencies of the same date and definition; where they are not known the region's own last figures."""
    row, marks = entry.rows[0], _marks(briefing, entry)
    sizes = [_size(entry.indicator, other) for _, other in marks]
    goal = _goal(entry)
    ticks = _ticks(entry.indicator, [*sizes, *([goal] if goal is not None else [])], len(marks))
    return {
        "caption": _caption(briefing, entry),
        "target": goal,
        "target_text": _goal_text(briefing, row) if goal is not None else "",
        "low": ticks[0],
        "high": ticks[-1],
        "axis": f"sumbu mulai dari {wording.tick(ticks[0])}" if ticks[0] else "sumbu mulai dari nol",
        "marks": [
            {"name": name, "size": size, "text": panels.marked(other), "own": other.region_code == briefing.region.code,
             "hollow": other.claim is not None}
            for (name, other), size in zip(marks, sizes, strict=True)
        ],
        "alt": _told(_caption(briefing, entry), marks, row),
    }  # fmt: skip


def _marks(briefing: Briefing, entry: Entry) -> list[tuple[str, IndicatorRow]]:
    peers = _peers(briefing, entry)
    return peers if peers else _history(briefing, entry)


def _peers(briefing: Briefing, entry: Entry) -> list[tuple[str, IndicatorRow]]:
    """The regencies at the date of the figure, with the province among them; highest first."""
    row = entry.rows[0]
    rows = [other for other in briefing.cohort(entry.indicator) if (other.as_of, other.base) == (row.as_of, row.base)]
    if not rows or not row.from_counts or not entry.indicator.bases:
        return []
    whole = [other for other in (row, *entry.reference) if _is_whole(briefing, other, row)]
    found = [*rows, *whole[:1]]
    return [(cohorts.short(briefing, other), other) for other in sorted(found, key=lambda other: -(other.value or 0))]


def _is_whole(briefing: Briefing, other: IndicatorRow, row: IndicatorRow) -> bool:
    same = (other.as_of, other.base) == (row.as_of, row.base) and other.status != "parsial"
    return same and other.region_code == briefing.regions.province.code and other.from_counts


def _history(briefing: Briefing, entry: Entry) -> list[tuple[str, IndicatorRow]]:
    """The region's last figures of one definition, then the province's newest on the same base."""
    row = entry.rows[0]
    own = [other for other in briefing.history(entry.indicator) if _goes_with(other, row)]
    found = [(wording.short_date(other.as_of), other) for other in own[-MOST_MARKS:]]
    beside = [other for other in entry.reference if other.base == row.base and other.status != "parsial"]
    beside = beside if entry.indicator.bases else []  # large and small do not stand on one scale
    return found + [(f"Provinsi, {wording.short_date(other.as_of)}", other) for other in beside[:1]]


def _goes_with(other: IndicatorRow, row: IndicatorRow) -> bool:
    """Claims stand beside claims of the same base, counts beside what they may be subtracted from (law 6)."""
    if other is row:
        return True
    if other.base != row.base or other.as_of.precision == "tahun" or other.as_of > row.as_of:
        return False
    if row.denominator is None and row.from_counts:
        return compare.comparable_counts(other, row)
    return bool(other.claim and row.claim) or compare.comparable_shares(other, row)


def _size(indicator: Indicator, row: IndicatorRow) -> float:
    return float(row.numerator or 0) if indicator.kind == "count" else panels.share(row)


def _goal(entry: Entry) -> float | None:
    target = entry.rows[0].target
    return float(target.value) if target else None


def _goal_text(briefing: Briefing, row: IndicatorRow) -> str:
    year = row.as_of.last.year
    return f"target {wording.target(row)}" + (f" ({year})" if year != briefing.period.as_of.year else "")


def _ticks(indicator: Indicator, values: Sequence[float], marks: int) -> list[int]:
    """Bars start at zero; where many shares lie close together points may start above it, and it is said."""
    if indicator.kind == "count":
        return theme.scale(0, max(values), _STEPS)
    return theme.percent_scale(values if marks >= MOST_MARKS else [0, 100, *values], _LEAST_SPAN, _STEPS)


def _caption(briefing: Briefing, entry: Entry) -> str:
    name, row = entry.indicator.short.id, entry.rows[0]
    if _peers(briefing, entry):
        return f"{name}, kabupaten/kota, {wording.short_date(row.as_of)}"
    return f"{name}, {briefing.region.name}"


def _told(caption: str, marks: Sequence[tuple[str, IndicatorRow]], row: IndicatorRow) -> str:
    figures = [f"{name} {wording.value(other)}" for name, other in marks]
    goal = f" Target {wording.target(row)}." if row.target else ""
    return f"{caption}: {wording.listing(figures)}.{goal}"


def _asked(briefing: Briefing) -> dict[str, list[str]]:
    """What the meeting decides, or an office is asked for, each list with its heading."""
    agreed = [
        f"{one.keputusan.rstrip('.')}: {minutes.responsible(briefing, one)}, "
        f"paling lambat {wording.long_date(one.tenggat)}."
        for one in sorted(briefing.period.decisions, key=lambda one: one.nomor)
        if briefing.region.is_province or briefing.region.code in one.penanggung_jawab
    ]
    if briefing.region.is_province:
        asks = [f"{subject}. {text}" for subject, text in decisions.items(briefing)]
        return {"Yang perlu diputuskan": asks, "Keputusan dan tenggatnya": agreed}
    wanted = [f"{asked} ({have})" if have else asked for asked, have in narrative.data_to_send(briefing)]
    short = outlook.told(briefing, [one for one in outlooks(briefing) if one.required.people])
    return {
        "Yang perlu dikerjakan": [*speech.pressing(briefing), *short, *agreed],
        "Data yang perlu dikirim": [f"{wording.capital(text)}." for text in wanted],
    }


def _list(heading: str, items: Sequence[str]) -> Slide:
    return {"kind": "list", "heading": heading, "items": list(items)}


def _sources(briefing: Briefing, numbers: SourceNumbers) -> Iterator[Slide]:
    cited = numbers.cited()
    if cited:
        items = [[item["number"], ", ".join(filter(None, (item["title"], item["published"])))] for item in cited]
        where = _WHERE.format(briefing.region.name, wording.long_date(briefing.period.as_of))
        yield {"kind": "sources", "heading": "Sumber", "items": items, "notes": [*numbers.notes(), where]}
