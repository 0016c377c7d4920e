"""The regencies' figures of one indicator, date and definition: what may stand beside each other, and who is where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing
from adminduk.measure.compare import rank
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import theme, wording

_MOST_STEPS = 3  # between the ticks of a ranking's axis


@dataclass(frozen=True)
class Cohort:
    """The regencies' figures of one indicator, date and definition, highest first."""

    indicator: Indicator
    rows: tuple[IndicatorRow, ...]
    regencies: int

    @property
    def title(self) -> str:
        first = self.rows[0]
        target = f" (target {wording.target(first)})" if first.target else ""
        return f"{self.name}, {wording.short_date(first.as_of)}{target}"

    @property
    def name(self) -> str:
        """The indicator, and its base where it has several."""
        several = len(self.indicator.bases) > 1
        base = f" {wording.base(self.indicator, self.rows[0].base)}" if several else ""
        return f"{self.indicator.short.id}{base}"

    @property
    def missed(self) -> list[IndicatorRow]:
        """Below the target of that year."""
        return [row for row in self.rows if row.verdict == "di_bawah"]

    @property
    def notes(self) -> list[str]:
        """How many regencies there are where some are missing, and why figures stand above 100%."""
        above = next((wording.above_one(row) for row in self.rows if wording.above_one(row)), "")
        few = f"{len(self.rows)} dari {self.regencies} kab./kota"
        return [note for note in (few if len(self.rows) < self.regencies else "", above) if note]

    @property
    def ticks(self) -> list[int]:
        """Of the axis: around every figure and the target."""
        values = [percent(row) for row in self.rows] + [float(row.target.value) for row in self.rows if row.target]
        return theme.scale(min(values), max(values), _MOST_STEPS)


def percent(row: IndicatorRow) -> float:
    return float(row.value or 0) * 100


def cohorts(briefing: Briefing) -> list[Cohort]:
    """For each coverage of the report the cohort with most regencies, if it is at least half of them.

    Plain counts are left out: large and small regencies do not stand on one scale.
    """
    found = []
    for entry in briefing.entries:
        rows = briefing.cohort(entry.indicator)
        if rows and entry.indicator.bases:
            found.append(Cohort(entry.indicator, rows, len(briefing.regions.regencies)))
    return found


def short(briefing: Briefing, row: IndicatorRow) -> str:
    """A regency's name without its kind, for labels."""
    return briefing.regions.get(row.region_code).short_name


def answer(briefing: Briefing, shown: Sequence[Cohort]) -> str:
    """Where this region stands in each cohort and how far from the highest; of the province, how far they lie apart."""
    if briefing.region.is_province:
        apart = [f"{_when(cohort)} {_points(cohort.rows[0], cohort.rows[-1])}{_among(cohort)}" for cohort in shown]
        return f"Jarak kabupaten/kota tertinggi dan terendah: {wording.listing(apart)}."
    placed = [told for cohort in shown if (told := _placed(briefing, cohort))]
    missing = [_when(cohort) for cohort in shown if not _placed(briefing, cohort)]
    unknown = f"tidak ada peringkat untuk {wording.listing(missing)} karena angkanya tidak dimuat" if missing else ""
    return f"{briefing.region.name}: {'; '.join(filter(None, (*placed, unknown)))}."


def _among(cohort: Cohort) -> str:
    """Between how many, where figures are missing."""
    few = len(cohort.rows) < cohort.regencies
    return f" (angka {len(cohort.rows)} dari {cohort.regencies} daerah)" if few else ""


def _placed(briefing: Briefing, cohort: Cohort) -> str:
    own = next((row for row in cohort.rows if row.region_code == briefing.region.code), None)
    place = rank(own, cohort.rows, cohort.regencies) if own else None
    if own is None or place is None:
        return ""
    highest = cohort.rows[0]
    shared = " (bersama)" if place.tied > 1 else ""
    far = f"{_points(highest, own)} di bawah {short(briefing, highest)}" if place.place > 1 else "tertinggi"
    return f"{_when(cohort)} peringkat {place.place}{shared} dari {place.of}, {far}"


def _when(cohort: Cohort) -> str:
    return f"{wording.in_sentence(cohort.name)} ({wording.short_date(cohort.rows[0].as_of)})"


def _points(high: IndicatorRow, low: IndicatorRow) -> str:
    """How far two figures of one cohort lie apart: "19,12 poin persen"."""
    return wording.points((high.value or 0) - (low.value or 0)).removeprefix("+")
