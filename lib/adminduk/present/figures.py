"""Charts: how each indicator developed, on its own scale, with the target of each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from matplotlib.figure import Figure

from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import theme, wording
from adminduk.present.axes import MM, Axes, Pen
from adminduk.present.bundles import Bundle, figure, sentences
from adminduk.present.panels import Panel, Plot, joined, middle, share
from adminduk.present.sources import SourceNumbers

WIDTH_MM, COLUMNS = 170, 2
# Across: the ticks, the plot, the names of its ends. Down: title, lanes for the names of breaks, plot, years.
_TICKS_MM = 8.5
_HEAD_MM, _TALL_MM, _LOW_MM, _FOOT_MM = 7.0, 30, 25, 6.0
_MANY = 4  # panels; more are drawn lower, so that all of them stand below what opens the page
_MOST_POINTS, _CROWDED = 20, 0.4  # in a panel at full size; how large they are where there are more
_FEW = 5  # figures that a panel's text tells one by one


def development(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Small multiples over time; one honest line when no figure can be drawn."""
    plots = drawn(briefing)
    if not plots:
        return sentences(["Belum ada dua angka bertanggal dari satu ukuran yang dapat digambar."], "answer")
    # The province's older figures are context; their sources stand in the province's own report.
    cited = [row for panel in (plot.panel for plot in plots) for row in (*panel.own, *panel.province[-1:])]
    used = {number for row in cited for number in numbers.of(row.sources)}
    tall = _LOW_MM if briefing.is_sparse or len(plots) > _MANY else _TALL_MM
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
        ends = chosen[0], min(chosen, key=share), max(chosen, key=share), chosen[-1]
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
            axes = Axes(drawing, left, bottom, plot.wide, tall)
            _draw_plot(axes, plot)
            title = axes.bottom + (heights[line] - _FOOT_MM - 4) * MM
            axes.write((axes.left, title), plot.panel.title, theme.INK, theme.TITLE_PT, height="baseline")
        return theme.to_svg(drawing)


def _draw_plot(axes: Axes, plot: Plot) -> None:
    axes.scale(plot.span, (plot.ticks[0], plot.ticks[-1]))
    theme.years(axes, plot.span)
    axes.levels([(at, wording.tick(at)) for at in plot.ticks])
    theme.stepped(axes, [step[:3] for step in plot.steps])
    # Where reports follow each other fortnightly, full-sized points would run into one thick band.
    scale = _CROWDED if max(len(plot.panel.own), len(plot.panel.province)) > _MOST_POINTS else 1
    _draw_rows(axes, plot.panel.province, theme.OTHERS, 3.0 * scale)
    theme.hoist(axes, plot.flags)
    _draw_rows(axes, plot.panel.own, theme.ACCENT, 4.5 * scale)
    theme.name_ends(axes, plot.ends)


def _draw_rows(axes: Axes, rows: Sequence[IndicatorRow], colour: str, size: float) -> None:
    for line in _lines(rows):
        axes.line([*map(middle, line)], [*map(share, line)], Pen(colour, 1))
    # Points of one kind that follow each other are drawn at once: every call costs more than its points.
    for (of_a_day, hollow), group in groupby(rows, key=lambda row: (row.as_of.precision == "hari", bool(row.claim))):
        points = [((row.as_of.first, row.as_of.last), share(row)) for row in group]
        if of_a_day:
            theme.dots(axes, [(span[0], value) for span, value in points], colour, size, hollow)
        else:
            for span, value in points:
                theme.mark(axes, span, value, colour, size, hollow)


def _lines(rows: Sequence[IndicatorRow]) -> list[list[IndicatorRow]]:
    """Rows that a line runs through without a break."""
    lines: list[list[IndicatorRow]] = []
    for earlier, later in joined(rows):
        if lines and lines[-1][-1] is earlier:
            lines[-1].append(later)
        else:
            lines.append([earlier, later])
    return lines
