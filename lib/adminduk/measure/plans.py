"""Next year's programmes against each other and against the counts: do ten plans fit, and where do they not.

docs/method/harmonisasi.md states the rules with worked examples. Everything is exact: people and documents are whole
numbers, targets fractions of one, money whole rupiah. The order of the lines never matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from adminduk.basis.catalog import Indicator
from adminduk.basis.programme import ProgramLine
from adminduk.basis.regions import Region
from adminduk.measure import ratios, realisation, recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.goals import BINDING, Goal, goal, newest, own_targets, share
from adminduk.measure.harmonise import Sum, together, uplift
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.realisation import Realised


@dataclass(frozen=True)
class Summed:
    """The regencies' own targets of next year, each on its own base, against the province's.

    ``goal`` is the province's, None where there is none; ``more`` people for each regency that is lifted; ``of``
    how many regencies there are.
    """

    indicator: Indicator
    goal: Goal | None
    targets: dict[str, Fraction]
    rows: dict[str, IndicatorRow]
    of: int

    @property
    def bases(self) -> dict[str, int]:
        return {code: row.denominator or 0 for code, row in self.rows.items()}

    @property
    def total(self) -> Sum | None:
        """None where the province has no target, or no regency a base."""
        known = self.goal is not None and self.targets
        return together(self.targets, self.bases, self.goal.value) if known and self.goal else None

    @property
    def more(self) -> dict[str, int]:
        return uplift(self.targets, self.bases, self.goal.value) if self.total and self.goal else {}

    def asked(self, code: str) -> int:
        """People that the target of one regency asks for."""
        return ceil(self.targets[code] * self.bases[code])


@dataclass(frozen=True)
class Cover:
    """Next year's planned output of one indicator in one regency against what is needed there.

    ``planned`` counts lines in the indicator's own unit (``lines`` of them); ``others`` are lines in another
    unit, whose output cannot be held against people. ``gap`` is measured against next year's target on the newest
    counts of ``row``; None where there is no target or no count. ``newcomers`` None: not told.
    """

    indicator: Indicator
    region_code: str
    planned: int
    lines: int
    others: int
    gap: int | None
    newcomers: int | None
    goal: Goal | None
    row: IndicatorRow | None

    @property
    def need(self) -> int | None:
        return None if self.gap is None else self.gap + (self.newcomers or 0)

    @property
    def short(self) -> int | None:
        return None if self.need is None else max(0, self.need - self.planned)

    @property
    def is_unplanned(self) -> bool:
        """People are short of the target, and no line at all is about them."""
        return bool(self.gap) and not self.lines and not self.others

    @property
    def is_needless(self) -> bool:
        """A line with an output, nobody short of the target, and no newcomers known."""
        return bool(self.planned) and self.gap == 0 and not self.newcomers


@dataclass(frozen=True)
class Plans:
    """The programme of a period as far as it concerns the region of a briefing, and what is found in it.

    ``lines`` stand in the order of the matrix: indicator, sub-activity, executor. ``twice`` are lines that pay next
    year for one thing at one place; ``lagging`` those whose money runs ahead of output; ``differing`` targets of
    coverage whose realised percentage is not that of the counts, with these; ``rivals`` targets of one region and
    indicator that differ between its documents; ``central`` output planned for the province as a whole, by
    indicator.
    """

    lines: tuple[ProgramLine, ...]
    sums: tuple[Summed, ...]
    covers: tuple[Cover, ...]
    twice: tuple[tuple[ProgramLine, ...], ...]
    realised: tuple[Realised, ...]
    lagging: tuple[ProgramLine, ...]
    differing: tuple[tuple[ProgramLine, IndicatorRow], ...]
    rivals: tuple[tuple[ProgramLine, ...], ...]
    central: dict[str, int]

    @property
    def unplanned(self) -> tuple[Cover, ...]:
        return tuple(cover for cover in self.covers if cover.is_unplanned)

    @property
    def needless(self) -> tuple[Cover, ...]:
        return tuple(cover for cover in self.covers if cover.is_needless)

    @property
    def judged(self) -> tuple[Cover, ...]:
        """Where something is known to be needed or not."""
        return tuple(cover for cover in self.covers if cover.need is not None)

    @property
    def untold(self) -> tuple[Cover, ...]:
        """Of these, where nobody says how many join: only the gap is held against the plan."""
        return tuple(cover for cover in self.judged if cover.newcomers is None)

    @property
    def short(self) -> tuple[Cover, ...]:
        """Plans that are too small for gap and newcomers; where nothing is planned at all, ``unplanned`` says so."""
        return tuple(cover for cover in self.covers if cover.short and not cover.is_unplanned)

    @property
    def budget(self) -> int:
        return sum(line.pagu for line in self.lines)

    @property
    def spent(self) -> int:
        return sum(line.realisasi_keuangan for line in self.lines)

    @property
    def next_budget(self) -> int:
        return sum(line.pagu_berikutnya for line in self.lines)


def plans(briefing: Briefing) -> Plans:
    """The plans of the province and its regencies; for a regency those that it carries out or that are for it."""
    lines = _lines(briefing)
    told = [(line, _row(briefing, line)) for line in lines if line.is_share]
    day = briefing.period.as_of
    return Plans(
        lines=lines,
        sums=tuple(_sums(briefing, lines)) if briefing.region.is_province else (),
        covers=tuple(_covers(briefing, lines)) if lines else (),
        twice=funded_twice(lines),
        realised=realisation.realised(lines),
        lagging=tuple(line for line in lines if realisation.lags(line, day)),
        differing=tuple((line, row) for line, row in told if row and realisation.differs(line, row)),
        rivals=tuple(found for found in own_targets(lines).values() if len({share(line) for line in found}) > 1),
        central=_central(briefing, lines),
    )


def _central(briefing: Briefing, lines: Sequence[ProgramLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        indicator = briefing.catalog.indicators.get(line.indikator)
        if indicator and line.lokasi == briefing.regions.province.code and _counts(line, indicator):
            found[indicator.id] = found.get(indicator.id, 0) + int(line.target_berikutnya)
    return found


def _counts(line: ProgramLine, indicator: Indicator) -> bool:
    """Whether a line plans output in the indicator's own unit."""
    return not line.is_share and line.satuan.casefold() == indicator.missing.id.casefold()


def order(briefing: Briefing, key: str) -> tuple[int, str]:
    """Where an indicator or action stands: as in the catalogue, actions behind."""
    known = [*briefing.catalog.indicators, *briefing.catalog.measures]
    return (known.index(key) if key in known else len(known)), key


def _lines(briefing: Briefing) -> tuple[ProgramLine, ...]:
    """In the order of the matrix, whatever the order in the file."""
    region = briefing.region
    own = (
        line for line in briefing.period.program if region.is_province or region.code in (line.pelaksana, line.lokasi)
    )
    return tuple(sorted(own, key=lambda line: _place(briefing, line)))


def _place(briefing: Briefing, line: ProgramLine) -> tuple:
    what = (order(briefing, line.indikator), not line.is_share, line.kode_sub_kegiatan, line.program, line.kegiatan)
    whose = (line.sub_kegiatan, line.pelaksana, line.lokasi, BINDING.index(line.dokumen), line.sumber_dana)
    return (*what, *whose, repr(line))


def _row(briefing: Briefing, line: ProgramLine) -> IndicatorRow | None:
    """The counts that a target of coverage is about: of its place, on the base that the indicator names first."""
    indicator = briefing.catalog.indicators.get(line.indikator)
    return newest(briefing, indicator, briefing.regions.get(line.lokasi)) if indicator else None


def _sums(briefing: Briefing, lines: Sequence[ProgramLine]) -> Iterator[Summed]:
    """One for each coverage of which a regency sets itself a target."""
    regencies, own = briefing.regions.regencies, own_targets(lines)
    for indicator in briefing.catalog:
        named = [place for place in regencies if (indicator.id, place.code) in own]
        rows = {place.code: newest(briefing, indicator, place) for place in named}
        based = {code: row for code, row in sorted(rows.items()) if row is not None and row.denominator}
        if named:
            targets = {code: share(own[indicator.id, code][0]) for code in based}
            whole = goal(briefing, lines, indicator, briefing.regions.province.code)
            yield Summed(indicator, whole, targets, based, len(regencies))


def _covers(briefing: Briefing, lines: Sequence[ProgramLine]) -> Iterator[Cover]:
    """Indicators in their order, within each the regencies by code: those with a gap, newcomers or a plan."""
    planned = {line.indikator for line in lines}
    asked = {indicator.id for indicator in recap.columns(briefing)}
    region = briefing.region
    places = briefing.regions.regencies if region.is_province else (region,)
    for indicator in briefing.catalog:
        if indicator.id in planned | asked:
            found = (_cover(briefing, lines, indicator, place) for place in sorted(places, key=lambda p: p.code))
            yield from (cover for cover in found if cover.need or cover.planned or cover.others)


def _cover(briefing: Briefing, lines: Sequence[ProgramLine], indicator: Indicator, place: Region) -> Cover:
    here = [line for line in lines if (line.indikator, line.lokasi) == (indicator.id, place.code) and _acts(line)]
    counted = [line for line in here if _counts(line, indicator)]
    aim, row = goal(briefing, lines, indicator, place.code), newest(briefing, indicator, place)
    newcomers = [one.jumlah for one in briefing.period.newcomers
                 if (one.indikator, one.lokasi) == (indicator.id, place.code)]  # fmt: skip
    return Cover(
        indicator=indicator,
        region_code=place.code,
        planned=sum(int(line.target_berikutnya) for line in counted),
        lines=len(counted),
        others=len(here) - len(counted),
        gap=_gap(indicator, row, aim),
        newcomers=sum(newcomers) if newcomers else None,
        goal=aim,
        row=row,
    )


def _acts(line: ProgramLine) -> bool:
    """Whether a line plans an activity for next year: an output or money for it."""
    return not line.is_share and bool(line.target_berikutnya or line.pagu_berikutnya)


def _gap(indicator: Indicator, row: IndicatorRow | None, aim: Goal | None) -> int | None:
    if row is None or aim is None or row.numerator is None:
        return None
    if indicator.kind == "count":
        return max(0, ceil(aim.value) - row.numerator)
    return ratios.gap(row.numerator, row.denominator or 0, aim.value)


def funded_twice(lines: Sequence[ProgramLine]) -> tuple[tuple[ProgramLine, ...], ...]:
    """Lines with money next year for one sub-activity, indicator and place, where there is more than one.

    A sub-activity without a code is known by its name.
    """
    found: dict[tuple[str, str, str], list[ProgramLine]] = {}
    for line in lines:
        if line.pagu_berikutnya:
            name = line.kode_sub_kegiatan or " ".join(line.sub_kegiatan.casefold().split())
            found.setdefault((name, line.indikator, line.lokasi), []).append(line)
    return tuple(tuple(same) for same in found.values() if len(same) > 1)
