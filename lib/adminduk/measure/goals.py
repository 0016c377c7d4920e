"""What a region aims at next year: the target of its own plan, else the stated one; and the counts it is held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from adminduk.basis.catalog import Indicator
from adminduk.basis.dates import AsOf
from adminduk.basis.programme import ProgramLine
from adminduk.basis.regions import Region
from adminduk.measure import recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import target_for

# The later a document stands in the making of a budget, the more it binds.
BINDING = ("Renja", "RKPD", "RKA", "DPA")


@dataclass(frozen=True)
class Goal:
    """What an indicator should reach: a share of one, or a whole number for a count.

    ``year`` is that of the target: this year's where none was found for the next. ``own``: it stands in the
    region's own plan.
    """

    value: Fraction
    year: int
    own: bool


def newest(briefing: Briefing, indicator: Indicator, region: Region) -> IndicatorRow | None:
    """The newest figure from whole counts; None for a claim, an approximate or partial one, and a withheld region."""
    row = recap.cell(briefing, indicator, region).row
    usable = row is not None and row.from_counts and not row.approximate and row.status != "parsial"
    return row if usable else None


def share(line: ProgramLine) -> Fraction:
    """Next year's target of a line in percent, as a share of one."""
    return Fraction(line.target_berikutnya) / 100


def own_targets(lines: Sequence[ProgramLine]) -> dict[tuple[str, str], tuple[ProgramLine, ...]]:
    """Targets of coverage that a region sets for itself, by indicator and region, the most binding document first."""
    found: dict[tuple[str, str], list[ProgramLine]] = {}
    for line in lines:
        if line.is_share and line.pelaksana == line.lokasi:
            found.setdefault((line.indikator, line.lokasi), []).append(line)
    rank = {
        key: sorted(own, key=lambda line: (-BINDING.index(line.dokumen), -share(line))) for key, own in found.items()
    }
    return {key: tuple(own) for key, own in rank.items()}


def goal(briefing: Briefing, lines: Sequence[ProgramLine], indicator: Indicator, code: str) -> Goal | None:
    """Next year's target of a region: its own plan's, else the stated one of next year, else that of this year."""
    own = own_targets(lines).get((indicator.id, code))
    year = briefing.period.as_of.year
    if own:
        return Goal(share(own[0]), year + 1, own=True)
    base = next(iter(indicator.bases), "")
    for when in (year + 1, year):
        stated = target_for(indicator, code, AsOf.parse(str(when)), base)
        if stated is not None:
            value = stated.share if indicator.kind == "coverage" else Fraction(stated.value)
            return Goal(value, when, own=False)
    return None
