"""Charts: how each indicator developed, on its own scale, with the target of each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from adminduk.basis.dates import AsOf
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.compare import comparable_shares
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import target_for
from adminduk.present import theme, wording
from adminduk.present.bundles import Bundle, figure, sentences
from adminduk.present.sources import SourceNumbers

WIDTH_MM, COLUMNS = 170, 2
# Across: the ticks, the plot, the names of its ends. Down: title, lanes for the names of breaks, plot, years.
_TICKS_MM = 8.5
_HEAD_MM, _TALL_MM, _LOW_MM, _FOOT_MM = 7.0, 30, 25, 6.0
_FEW = 5  # figures that a panel's text tells one by one
_NEAR_MM = 4.0  # breaks nearer to each other are named together
_LEAST_SPAN, _MOST_STEPS = 4.0, 6  # percentage points on the vertical axis: a small move must not look like a leap


@dataclass(frozen=True)
class Break:
    """Two neighbouring figures from counts between which the kind of denominator changes (law 6)."""

    earlier: IndicatorRow
    later: IndicatorRow

    @property
    def middle(self) -> date:
        return _middle(self.earlier) + (_middle(self.later) - _middle(self.earlier)) / 2

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
        return [*_joined(self.own), *_joined(self.province)]


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
        values = [_share(row) for row in (*self.panel.own, *self.panel.province)]
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
        labels = [(_share(own), self._dated(_marked(own), own), theme.ACCENT)]
        for row in self.panel.province[-1:]:
            labels.append((_share(row), self._dated(f"provinsi {_marked(row)}", row), theme.OTHERS))
        reached = {float(own.target.value): self._dated(f"target {wording.target(own)}", own)} if own.target else {}
        reached |= {value: f"target {told}" for start, _, value, told in self.steps if start.year == self.year}
        return labels + [(value, text, theme.INK) for value, text in reached.items()]

    def _dated(self, text: str, row: IndicatorRow) -> str:
        return text if row.as_of.last.year == self.year else f"{text} ({row.as_of.last.year})"


def development(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Small multiples over time; one honest line when no figure can be drawn."""
    plots = drawn(briefing)
    if not plots:
        return sentences(["Belum ada dua angka bertanggal dari satu ukuran yang dapat digambar."], "answer")
    # The province's older figures are context; their sources stand in the province's own report.
    cited = [row for panel in (plot.panel for plot in plots) for row in (*panel.own, *panel.province[-1:])]
    used = {number for row in cited for number in numbers.of(row.sources)}
    tall = _LOW_MM if briefing.is_sparse else _TALL_MM
    caption = _message(briefing, plots)
    return figure(
        {
            "caption": caption,
            "svg": _draw(plots, tall),
            "alt": " ".join([f"{caption}.", *(_told(plot.panel) for plot in plots)]),
            "unit": "; ".join(_under(briefing, plots)),
            "date": f"sampai {wording.long_date(briefing.period.as_of)}",
            "sources": sorted(used),
            "width_mm": WIDTH_MM,
            "height_mm": sum(_heights(plots, tall)),
        }
    )


def _panels(briefing: Briefing) -> list[Panel]:
    fewest = 2 if briefing.is_sparse else 1
    panels = []
    for entry in briefing.entries:
        history = briefing.history(entry.indicator)
        base = entry.rows[0].base if entry.rows else ""
        own = _dated(history, base)
        province = briefing.regions.province.code
        others = () if briefing.region.is_province else briefing.history(entry.indicator, province)
        panel = Panel(entry, own, _dated(others, base))
        # What is known of one date alone did not develop: page 1 says it.
        developed = len({row.as_of for row in (*own, *panel.province)}) > 1
        if len(own) >= fewest and developed and entry.indicator.kind == "coverage":
            panels.append(panel)
    if briefing.is_sparse:  # the table beside it has every figure; the chart keeps to one line of panels
        longest = sorted(panels, key=lambda panel: -len(panel.own))[:COLUMNS]
        return [panel for panel in panels if panel in longest]
    return panels


def _under(briefing: Briefing, plots: Sequence[Plot]) -> list[str]:
    """What the axes and signs mean: the line under the picture."""
    claimed = any(rows and rows[-1].claim for plot in plots for rows in (plot.panel.own, plot.panel.province))
    told = ["persen dari penyebut", theme.starts("tegak", {p.panel.title: p.ticks[0] for p in plots})]
    told += ["* angka publikasi"] if claimed else []
    return told + ([] if briefing.region.is_province else ["sumber angka provinsi terdahulu ada pada laporan provinsi"])


def _dated(rows: Sequence[IndicatorRow], base: str) -> tuple[IndicatorRow, ...]:
    """Shares on one base, with a day or a month: another base is another measure (law 6)."""
    return tuple(
        row for row in rows if row.base == base and row.as_of.precision != "tahun" and (row.from_counts or row.claim)
    )


def _message(briefing: Briefing, plots: Sequence[Plot]) -> str:
    """The verdicts on the newest figures drawn, by name, as page 1 has them."""
    names: dict[str, list[str]] = {}
    for panel in (plot.panel for plot in plots):
        last = panel.own[-1]
        if last.verdict:
            words = wording.verdict(replace(last, gap=None), panel.entry.indicator, old=True)
            names.setdefault(words, []).append(wording.in_sentence(panel.title.replace(",", "")))
    told = [f"{wording.listing(few)} {words}" for words, few in names.items()]
    return f"{briefing.region.name}: {'; '.join(told) or 'angka yang diketahui, tanpa penilaian'}"


def _told(panel: Panel) -> str:
    """The panel in words for who cannot see it: a long series by its ends, its lowest and its highest figure."""
    chosen = panel.own
    if len(chosen) > _FEW:
        ends = chosen[0], min(chosen, key=_share), max(chosen, key=_share), chosen[-1]
        chosen = tuple(row for row in chosen if row in ends)
    count = f", dari {len(panel.own)} angka" if len(panel.own) > _FEW else ""
    text = f"{panel.title}{count}: {wording.listing([_figure_in_words(row) for row in chosen])}"
    last = panel.own[-1]
    if last.target:
        text += f"; target {last.as_of.last.year} {wording.target(last)}"
    if panel.province:
        text += f"; provinsi {_figure_in_words(panel.province[-1])}"
    if panel.breaks:
        kinds = [panel.breaks[0].kinds[0], *(item.kinds[1] for item in panel.breaks)]
        text += f"; jenis penyebut berganti dari {kinds[0]} menjadi {', lalu '.join(kinds[1:])}"
    return text + "."


def _figure_in_words(row: IndicatorRow) -> str:
    claimed = " menurut angka publikasi" if row.claim else ""
    return f"{wording.value(row)}{claimed} ({wording.long_date(row.as_of)})"


def _joined(rows: Sequence[IndicatorRow]) -> list[tuple[IndicatorRow, IndicatorRow]]:
    """Only what may be subtracted may be connected (law 6)."""
    return [pair for pair in pairwise(row for row in rows if row.from_counts) if comparable_shares(*pair)]


def _share(row: IndicatorRow) -> float:
    exact = Fraction(row.claim.percent) / 100 if row.claim else row.value
    return float(exact or 0) * 100


def _marked(row: IndicatorRow) -> str:
    return wording.value(row) + ("*" if row.claim else "")


def _middle(row: IndicatorRow) -> date:
    return row.as_of.first + (row.as_of.last - row.as_of.first) / 2


def _kind(row: IndicatorRow) -> str:
    """The kind of denominator in words."""
    return (row.base_kind or "tidak_disebut").replace("_", " ")


def drawn(briefing: Briefing) -> list[Plot]:
    """All panels on one span of time, with a margin on both sides for the points at its ends; maybe none."""
    panels = _panels(briefing)
    if not panels:
        return []
    first = min(row.as_of.first for panel in panels for row in (*panel.own, *panel.province))
    last = briefing.period.as_of
    margin = max(timedelta(days=20), (last - first) / 40)
    plots = [Plot(panel, (first - margin, last + margin), last.year) for panel in panels]
    ends = theme.ends_mm(end for plot in plots for end in plot.ends)
    return [replace(plot, wide=WIDTH_MM / COLUMNS - _TICKS_MM - ends) for plot in plots]


def _heights(plots: Sequence[Plot], tall: float) -> list[float]:
    """Millimetres for each line of panels: the plot, and above it as many lanes as the names of its breaks need."""
    lines = [plots[i : i + COLUMNS] for i in range(0, len(plots), COLUMNS)]
    lanes = [max((flag.lane + 1 for plot in line for flag in plot.flags), default=0) for line in lines]
    return [_HEAD_MM + theme.LANE_MM * most + tall + _FOOT_MM for most in lanes]


def _draw(plots: Sequence[Plot], tall: float) -> str:
    heights = _heights(plots, tall)
    with theme.style():
        drawing = Figure(figsize=(WIDTH_MM * theme.MM, sum(heights) * theme.MM))
        for place, plot in enumerate(plots):
            line, column = divmod(place, COLUMNS)
            left = _TICKS_MM + column * WIDTH_MM / COLUMNS
            bottom = sum(heights[line + 1 :]) + _FOOT_MM
            size = (plot.wide / WIDTH_MM, tall / sum(heights))
            axes = drawing.add_axes((left / WIDTH_MM, bottom / sum(heights), *size))
            _draw_plot(axes, plot)
            axes.set_title(plot.panel.title, loc="left", fontsize=9, y=(heights[line] - _FOOT_MM - 4) / tall, pad=0)
        return theme.to_svg(drawing)


def _draw_plot(axes: Axes, plot: Plot) -> None:
    theme.years(axes, plot.span)
    axes.set_ylim(plot.ticks[0], plot.ticks[-1])
    axes.set_yticks(plot.ticks, [wording.tick(at) for at in plot.ticks])
    theme.stepped(axes, [step[:3] for step in plot.steps])
    _draw_rows(axes, plot.panel.province, theme.OTHERS, 3.0)
    theme.hoist(axes, plot.flags)
    _draw_rows(axes, plot.panel.own, theme.ACCENT, 4.5)
    theme.name_ends(axes, plot.ends)


def _draw_rows(axes: Axes, rows: Sequence[IndicatorRow], colour: str, size: float) -> None:
    for pair in _joined(rows):
        axes.plot([*map(_middle, pair)], [*map(_share, pair)], color=colour, lw=1, zorder=3)
    for row in rows:
        theme.mark(axes, (row.as_of.first, row.as_of.last), _share(row), colour, size, row.claim is not None)
