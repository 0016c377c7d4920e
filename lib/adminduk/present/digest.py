"""One plain paragraph for each region, to be pasted into a chat group: no markup, no line broken by us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from adminduk.basis import frames
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import UNSTATED
from adminduk.present import wording
from adminduk.present.narrative import message

SIMULATED = "DATA SIMULASI - bukan angka resmi"
_AMONG, _BELOW = "Di antara kabupaten/kota", "Kabupaten/kota di bawah target"


def digests(briefings: Sequence[Briefing], missing: Sequence[str] = ()) -> str:
    """The meeting, the day, what is missing, then a paragraph for each region; one empty line between, a newline at
    the end."""
    if not briefings:
        return ""
    period = briefings[0].period
    head = [period.meeting.name] if period.meeting else []
    held = [period.meeting.place, wording.long_date(period.meeting.date)] if period.meeting else []
    head += [", ".join(filter(None, held))] if held else []
    head.append(f"Keadaan {wording.long_date(period.as_of)}")
    head += [SIMULATED] if any(map(is_simulated, briefings)) else []
    head += missing
    return "\n\n".join(["\n".join(head), *map(digest, briefings)]) + "\n"


def digest(briefing: Briefing) -> str:
    """Region and day, the sentences of page 1, then where it stands among the regencies."""
    head = f"{briefing.region.name}, keadaan {wording.long_date(briefing.period.as_of)}"
    mark = f"{SIMULATED}. " if is_simulated(briefing) else ""
    return " ".join(f"{mark}{head}: {' '.join([*message(briefing), *_places(briefing)])}".split())


def is_simulated(briefing: Briefing) -> bool:
    """Whether any figure that is known of any region comes from a simulated source."""
    facts = [briefing.facts(place.code) for place in briefing.regions.all]
    cited = {item.source for one in facts for item in (*one.counts, *one.claims)}
    return frames.is_simulated({"sources": pd.DataFrame({"id": sorted(cited)}, dtype=str)})


def _places(briefing: Briefing) -> Iterator[str]:
    """The province: how many regencies are below target. A regency: its rank, or what was said of its place."""
    head, told = (_BELOW, _below(briefing)) if briefing.region.is_province else (_AMONG, _ranks(briefing))
    if told:
        yield f"{head}: {'; '.join(f'{wording.listing(names)} {said}' for said, names in told.items())}."


def _below(briefing: Briefing) -> dict[str, list[str]]:
    """Indicators with how many regencies are below target, by the day; none from before this year."""
    told: dict[str, list[str]] = {}
    for entry in briefing.entries:
        rows = briefing.cohort(entry.indicator)
        judged = [row for row in rows if row.verdict is not None and row.region_code not in briefing.stopped]
        if judged and judged[0].as_of.first.year == briefing.period.as_of.year:
            few = sum(row.verdict == "di_bawah" for row in judged)
            name = f"{_named(entry, judged[0])} {wording.number(few)} dari {wording.number(len(judged))}"
            told.setdefault(f"({wording.long_date(judged[0].as_of)})", []).append(name)
    return told


def _ranks(briefing: Briefing) -> dict[str, list[str]]:
    """Indicators by what is said of them."""
    told: dict[str, list[str]] = {}
    for entry in briefing.entries:
        for row in entry.rows[:1]:
            ranked = f"{wording.place(entry.rank)}, {wording.long_date(row.as_of)}" if entry.rank else ""
            said = wording.standing(row.claim, briefing.regions.office) if row.claim else ranked
            if said:
                told.setdefault(said, []).append(_named(entry, row))
    return told


def _named(entry: Entry, row: IndicatorRow) -> str:
    """The indicator inside a sentence, with its base where it has several and one is stated."""
    several = len(entry.indicator.bases) > 1 and row.base != UNSTATED
    base = f" {wording.base(entry.indicator, row.base)}" if several else ""
    return f"{wording.in_sentence(entry.indicator.short.id)}{base}"
