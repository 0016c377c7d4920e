"""One panel of the charts over time: what it shows, its scales, and the words at its breaks and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from adminduk.basis.dates import AsOf
from adminduk.measure.briefing import Entry
from adminduk.measure.compare import comparable_shares
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import target_for
from adminduk.present import theme, wording

_NEAR_MM = 4.0  # breaks nearer to each other are named together
_LEAST_SPAN, _MOST_STEPS = 4.0, 6  # percentage points on the vertical axis: a small move must not look like a leap


@dataclass(frozen=True)
class Break:
    """Two neighbouring figures from counts between which the kind of denominator changes (law 6)."""

    earlier: IndicatorRow
    later: IndicatorRow

    @property
    def middle(self) -> date:
        return middle(self.earlier) + (middle(self.later) - middle(self.earlier)) / 2

    @property
    def kinds(self) -> tuple[str, str]:
        """Before and after, as the sources state it."""
        return _kind(self.earlier), _kind(self.later)


@dataclass(frozen=True)
class Panel:
    """One indicator: this region's figures, the province's, and the targets of the years."""

    entry: Entry
    own: tuple[IndicatorRow, ...]
    province: tuple[IndicatorRow, ...]

    @property
    def title(self) -> str:
        """The indicator, and its base where it has several."""
        indicator = self.entry.indicator
        base = wording.base(indicator, self.own[-1].base) if len(indicator.bases) > 1 else ""
        return ", ".join(filter(None, (indicator.short.id, base)))

    @property
    def breaks(self) -> list[Break]:
        """Where the kind of denominator changes; of two that no source states nobody knows whether it does."""
        pairs = pairwise(row for row in self.own if row.from_counts)
        return [Break(*pair) for pair in pairs if _kind(pair[0]) != _kind(pair[1])]

    @property
    def joined(self) -> list[tuple[IndicatorRow, IndicatorRow]]:
        """Neighbours between which a line is drawn."""
        return [*joined(self.own), *joined(self.province)]


@dataclass(frozen=True)
class Plot:
    """A panel on its scales: the days ``span`` across ``wide`` millimetres, ``ticks`` up; ``year`` is the period's."""

    panel: Panel
    span: tuple[date, date]
    year: int
    wide: float = 0.0

    @cached_property
    def steps(self) -> list[tuple[date, date, float, str]]:
        """The target that a figure of each year is judged by: first day, end, percent, as written."""
        last, found = self.panel.own[-1], []
        for year in range(self.span[0].year, self.year + 1):
            target = target_for(self.panel.entry.indicator, last.region_code, AsOf.parse(str(year)), last.base)
            if target:
                days = max(date(year, 1, 1), self.span[0]), min(date(year + 1, 1, 1), self.span[1])
                found.append((*days, float(target.value), wording.target_value(target)))
        return found

    @cached_property
    def ticks(self) -> list[int]:
        """Around every figure and target drawn; from zero where they are low."""
        values = [share(row) for row in (*self.panel.own, *self.panel.province)]
        return theme.percent_scale(values + [value for _, _, value, _ in self.steps], _LEAST_SPAN, _MOST_STEPS)

    @cached_property
    def flags(self) -> list[theme.Flag]:
        """The names of the breaks; of those that stand close, or find no room, one name for several."""
        groups = [[item] for item in self.panel.breaks]
        while True:
            flags = theme.in_lanes([self._flag(group, group is groups[0]) for group in groups], self.wide)
            gaps = [self._at(later[0]) - self._at(earlier[-1]) for earlier, later in pairwise(groups)]
            if flags is not None and min(gaps, default=_NEAR_MM) >= _NEAR_MM:
                return flags
            n = gaps.index(min(gaps))
            groups[n : n + 2] = [groups[n] + groups[n + 1]]

    def _at(self, item: Break) -> float:
        return self.wide * ((item.middle - self.span[0]) / (self.span[1] - self.span[0]))

    def _flag(self, group: Sequence[Break], first: bool) -> theme.Flag:
        """ "penyebut beku → dinamis"; every further name of a panel goes on from the one before: "→ beku"."""
        kinds = [f"penyebut {group[0].kinds[0]}" if first else "", *(item.kinds[1] for item in group)]
        lines = tuple(self._at(item) for item in group)
        flag = theme.Flag(" → ".join(kinds).strip(), lines)
        if flag.width > self.wide:
            return theme.Flag(f"jenis penyebut berganti {wording.number(len(group))} kali", lines)
        return flag

    @property
    def ends(self) -> list[tuple[float, str, str]]:
        """What stands at the right edge: value, text, colour. A year that is over is named."""
        own = self.panel.own[-1]
        labels = [(share(own), self._dated(marked(own), own), theme.ACCENT)]
        for row in self.panel.province[-1:]:
            labels.append((share(row), self._dated(f"provinsi {marked(row)}", row), theme.OTHERS))
        reached = {float(own.target.value): self._dated(f"target {wording.target(own)}", own)} if own.target else {}
        reached |= {value: f"target {told}" for start, _, value, told in self.steps if start.year == self.year}
        return labels + [(value, text, theme.INK) for value, text in reached.items()]

    def _dated(self, text: str, row: IndicatorRow) -> str:
        return text if row.as_of.last.year == self.year else f"{text} ({row.as_of.last.year})"


def joined(rows: Sequence[IndicatorRow]) -> list[tuple[IndicatorRow, IndicatorRow]]:
    """Only what may be subtracted may be connected (law 6)."""
    return [pair for pair in pairwise(row for row in rows if row.from_counts) if comparable_shares(*pair)]


def share(row: IndicatorRow) -> float:
    exact = Fraction(row.claim.percent) / 100 if row.claim else row.value
    return float(exact or 0) * 100


def marked(row: IndicatorRow) -> str:
    return wording.value(row) + ("*" if row.claim else "")


def middle(row: IndicatorRow) -> date:
    return row.as_of.first + (row.as_of.last - row.as_of.first) / 2


def _kind(row: IndicatorRow) -> str:
    """The kind of denominator in words."""
    return (row.base_kind or "tidak_disebut").replace("_", " ")
