"""Charts: how each indicator developed, on its own scale, with the target of each year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.dates import YearLocator
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from adminduk.basis.catalog import Indicator
from adminduk.basis.dates import AsOf
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.compare import comparable_shares
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import target_for
from adminduk.present import theme, wording
from adminduk.present.bundles import Bundle, figure, sentences
from adminduk.present.sources import SourceNumbers

WIDTH_MM, PANEL_MM, SMALL_PANEL_MM, COLUMNS = 170, 46, 40, 2
_LEAST_SPAN = 4.0  # percentage points on the vertical axis: a small move must not look like a leap
_LABEL_MM = 3.1  # between two labels at the right edge


@dataclass(frozen=True)
class Panel:
    """One indicator: this region's figures, the province's, and the targets of the years."""

    entry: Entry
    own: tuple[IndicatorRow, ...]
    province: tuple[IndicatorRow, ...]

    @property
    def indicator(self) -> Indicator:
        return self.entry.indicator

    @property
    def title(self) -> str:
        """The indicator, and its base where it has several."""
        base = wording.base(self.indicator, self.own[-1].base) if len(self.indicator.bases) > 1 else ""
        return ", ".join(filter(None, (self.indicator.short.id, base)))


def development(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Small multiples over time; one honest line when no figure can be drawn."""
    panels = _panels(briefing)
    if not panels:
        return sentences(["Belum ada dua angka bertanggal dari satu ukuran yang dapat digambar."], "answer")
    # The province's older figures are context; their sources stand in the province's own report.
    cited = [row for panel in panels for row in (*panel.own, *panel.province[-1:])]
    used = {number for row in cited for number in numbers.of(row.sources)}
    height = (SMALL_PANEL_MM if briefing.is_sparse else PANEL_MM) * math.ceil(len(panels) / COLUMNS)
    return figure(
        {
            "caption": _message(briefing, panels),
            "svg": _draw(briefing, panels, height),
            "alt": " ".join(_told(panel) for panel in panels),
            "unit": "persen dari penyebut; sumbu tegak tidak selalu mulai dari nol" + _elsewhere(briefing),
            "date": f"sampai {wording.long_date(briefing.period.as_of)}",
            "sources": sorted(used),
            "width_mm": WIDTH_MM,
            "height_mm": height,
        }
    )


def _panels(briefing: Briefing) -> list[Panel]:
    fewest = 2 if briefing.is_sparse else 1  # a single point says no more than page 1 does
    panels = []
    for entry in briefing.entries:
        history = briefing.history(entry.indicator)
        base = entry.rows[0].base if entry.rows else ""
        own = _dated(history, base)
        if len(own) >= fewest and entry.indicator.kind == "coverage":
            province = briefing.regions.province.code
            others = () if briefing.region.is_province else briefing.history(entry.indicator, province)
            panels.append(Panel(entry, own, _dated(others, base)))
    if briefing.is_sparse:  # the table beside it has every figure; the chart keeps to one line of panels
        longest = sorted(panels, key=lambda panel: -len(panel.own))[:COLUMNS]
        return [panel for panel in panels if panel in longest]
    return panels


def _elsewhere(briefing: Briefing) -> str:
    return "" if briefing.region.is_province else "; sumber angka provinsi terdahulu ada pada laporan provinsi"


def _dated(rows: Sequence[IndicatorRow], base: str) -> tuple[IndicatorRow, ...]:
    """Shares on one base, with a day or a month: another base is another measure (law 6)."""
    return tuple(
        row for row in rows if row.base == base and row.as_of.precision != "tahun" and (row.from_counts or row.claim)
    )


def _message(briefing: Briefing, panels: Sequence[Panel]) -> str:
    judged = [panel.own[-1] for panel in panels if panel.own[-1].verdict]
    if not judged:
        return f"{briefing.region.name}: angka yang diketahui, tanpa yang dapat dinilai dengan target"
    reached = sum(row.verdict != "di_bawah" for row in judged)
    claims = sum(row.claim is not None for row in judged)
    told = f", {claims} di antaranya menurut angka publikasi" if claims else ""
    return (
        f"{briefing.region.name}: {reached} dari {len(judged)} angka terakhir yang dapat dinilai mencapai target pada "
        f"tahunnya{told}"
    )


def _told(panel: Panel) -> str:
    """The panel in words, with its numbers, for who cannot see it."""
    figures = [_figure_in_words(row) for row in panel.own]
    last = panel.own[-1]
    text = f"{panel.title}: {wording.listing(figures)}"
    if last.target:
        text += f"; target {last.as_of.last.year} {wording.target(last)}"
    if panel.province:
        text += f"; provinsi {_figure_in_words(panel.province[-1])}"
    return text + "."


def _figure_in_words(row: IndicatorRow) -> str:
    claimed = " menurut angka publikasi" if row.claim else ""
    return f"{wording.value(row)}{claimed} ({wording.long_date(row.as_of)})"


def _share(row: IndicatorRow) -> float:
    exact = Fraction(row.claim.percent) / 100 if row.claim else row.value
    return float(exact or 0) * 100


def _middle(row: IndicatorRow) -> date:
    return row.as_of.first + (row.as_of.last - row.as_of.first) / 2


def _draw(briefing: Briefing, panels: Sequence[Panel], height_mm: float) -> str:
    first = min(row.as_of.first for panel in panels for row in (*panel.own, *panel.province))
    last = briefing.period.as_of
    margin = max(timedelta(days=20), (last - first) / 40)
    with theme.style():
        drawing = Figure(figsize=(WIDTH_MM * theme.MM, height_mm * theme.MM))
        columns = min(COLUMNS, len(panels))
        lines = math.ceil(len(panels) / columns)
        grid = drawing.add_gridspec(
            lines,
            columns,
            left=0.059,
            right=0.853,
            top=1 - 7 / height_mm,
            bottom=7 / height_mm,
            wspace=0.67,
            hspace=0.42,
        )
        for place, panel in enumerate(panels):
            axes = drawing.add_subplot(grid[place // columns, place % columns])
            _draw_panel(axes, panel, (first - margin, last + margin), last.year)
        return theme.to_svg(drawing)


def _draw_panel(axes: Axes, panel: Panel, span: tuple[date, date], year: int) -> None:
    axes.set_xlim(*span)
    _scale(axes, panel)
    _draw_targets(axes, panel, span)
    _draw_rows(axes, panel.province, theme.OTHERS, small=True)
    _draw_breaks(axes, panel.own)
    _draw_rows(axes, panel.own, theme.ACCENT, small=False)
    axes.set_title(panel.title, loc="left", fontsize=9, pad=5)
    years = span[1].year - span[0].year
    axes.xaxis.set_major_locator(YearLocator(2 if years > 5 else 1))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: str(1970 + round(at / 365.25))))
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda at, _: wording.tick(at)))
    _label_ends(axes, panel, year)


def _scale(axes: Axes, panel: Panel) -> None:
    """Room for every figure and target; from zero where the figures are low."""
    values = [_share(row) for row in (*panel.own, *panel.province)]
    values += [float(row.target.value) for row in panel.own if row.target]
    low, high = min(values), max(values)
    pad = max((_LEAST_SPAN - (high - low)) / 2, (high - low) * 0.12)
    axes.set_ylim(0 if low < 50 else low - pad, high + pad)


def _draw_targets(axes: Axes, panel: Panel, span: tuple[date, date]) -> None:
    """The target that a figure of each year is judged by, one level line a year."""
    last = panel.own[-1]
    for year in range(span[0].year, span[1].year + 1):
        target = target_for(panel.indicator, last.region_code, AsOf.parse(str(year)), last.base)
        start, end = max(date(year, 1, 1), span[0]), min(date(year, 12, 31), span[1])
        if target is not None and start < end:
            axes.plot([start, end], [float(target.value)] * 2, color=theme.INK, lw=1, ls=(0, (3, 2)), zorder=2)


def _draw_rows(axes: Axes, rows: Sequence[IndicatorRow], colour: str, small: bool) -> None:
    size = 3 if small else 4.5
    for earlier, later in pairwise([row for row in rows if row.from_counts]):
        if comparable_shares(earlier, later):
            axes.plot(
                [_middle(earlier), _middle(later)], [_share(earlier), _share(later)], color=colour, lw=1, zorder=3
            )
    for row in rows:
        face = "white" if row.claim else colour
        if row.as_of.first != row.as_of.last:
            axes.plot([row.as_of.first, row.as_of.last], [_share(row)] * 2, color=colour, lw=2.2, zorder=3)
        axes.plot([_middle(row)], [_share(row)], "o", ms=size, mfc=face, mec=colour, mew=1, zorder=4, clip_on=False)


def _draw_breaks(axes: Axes, rows: Sequence[IndicatorRow]) -> None:
    """A dotted line where the kind of denominator changes between two figures from counts."""
    counted = [row for row in rows if row.from_counts]
    for earlier, later in pairwise(counted):
        if not comparable_shares(earlier, later):
            middle = _middle(earlier) + (_middle(later) - _middle(earlier)) / 2
            axes.axvline(middle, color=theme.OTHERS, lw=0.7, ls=":", zorder=1)


def _label_ends(axes: Axes, panel: Panel, year: int) -> None:
    """The last figure, the province's and the target, written at the right edge and kept apart."""
    last = panel.own[-1]
    labels = [(_share(last), wording.value(last) + ("*" if last.claim else ""), theme.ACCENT)]
    if panel.province:
        row = panel.province[-1]
        labels.append((_share(row), f"provinsi {wording.value(row)}{'*' if row.claim else ''}", theme.OTHERS))
    if last.target:
        own_year = last.as_of.last.year
        when = "" if own_year == year else f" {own_year}"
        labels.append((float(last.target.value), f"target{when} {wording.target(last)}", theme.INK))
    low, high = axes.get_ylim()
    wished = sorted(((value - low) / (high - low), text, colour) for value, text, colour in labels)
    gap = _LABEL_MM * theme.MM / (axes.get_position().height * axes.figure.get_figheight())
    for place, (_, text, colour) in zip(_apart([at for at, _, _ in wished], gap), wished, strict=True):
        axes.text(1.02, place, text, color=colour, transform=axes.transAxes, va="center", fontsize=7.5)


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """Ascending places moved so that neighbours are ``gap`` apart, all within 0 and 1."""
    moved: list[float] = []
    for at in places:
        moved.append(max(at, moved[-1] + gap) if moved else max(at, 0.0))
    for index in range(len(moved) - 1, -1, -1):
        ceiling = 1.0 if index == len(moved) - 1 else moved[index + 1] - gap
        moved[index] = min(moved[index], ceiling)
    return moved
