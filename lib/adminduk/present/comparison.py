"""Charts of all regencies beside each other, at the date for which most of them have a figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import theme, wording
from adminduk.present.bundles import Bundle, figure
from adminduk.present.sources import SourceNumbers

WIDTH_MM, HEAD_MM, COLUMNS = 170, 15, 2
ROW_MM, TIGHT_ROW_MM = 5.2, 4.4  # the second where there are more lines of panels than two
TILE_MM, TILES_MM = 21, 125
_MOST_STEPS = 3  # between the ticks of a ranking's axis
_CLASS_STEPS = (0.1, 0.25, 0.5, *range(1, 101))  # widths of the map's classes, in points
SHADES = ("#DCE9F4", "#A9CBE6", "#5E9BCB", "#0B5FA5")
_LIGHT_TEXT_FROM = 3  # the shades from which white text is the readable one


@dataclass(frozen=True)
class Cohort:
    """The regencies' figures of one indicator, date and definition, highest first."""

    indicator: Indicator
    rows: tuple[IndicatorRow, ...]
    province: IndicatorRow | None

    @property
    def title(self) -> str:
        first = self.rows[0]
        target = f" (target {wording.target(first)})" if first.target else ""
        base = f" {wording.base(self.indicator, first.base)}" if len(self.indicator.bases) > 1 else ""
        return f"{self.indicator.short.id}{base}, {wording.short_date(first.as_of)}{target}"

    @property
    def ticks(self) -> list[int]:
        """Of the axis: around every figure and the target."""
        values = [_percent(row) for row in self.rows] + [float(row.target.value) for row in self.rows if row.target]
        return theme.scale(min(values), max(values), _MOST_STEPS)


def _percent(row: IndicatorRow) -> float:
    return float(row.value or 0) * 100


def cohorts(briefing: Briefing) -> list[Cohort]:
    """For each coverage of the report the cohort with most regencies, if it is at least half of them.

    Plain counts are left out: large and small regencies do not stand on one scale.
    """
    found = []
    for entry in briefing.entries:
        rows = briefing.cohort(entry.indicator)
        if rows and entry.indicator.bases:
            own = briefing.history(entry.indicator, briefing.regions.province.code)
            same = [r for r in own if r.from_counts and (r.as_of, r.base) == (rows[0].as_of, rows[0].base)]
            found.append(Cohort(entry.indicator, rows, same[0] if same else None))
    return found


def ranking(briefing: Briefing, numbers: SourceNumbers) -> Bundle | None:
    """A dot for each regency, sorted, this one marked, and the target of that year.

    None in a short report, and where no date has figures of half of the regencies.
    """
    shown = [] if briefing.is_sparse else cohorts(briefing)
    if not shown:
        return None
    height = _heights(shown)
    lowest = {cohort.indicator.short.id: cohort.ticks[0] for cohort in shown}
    return figure(
        {
            "caption": _ranking_message(briefing, shown),
            "svg": _draw_ranking(briefing, shown, height),
            "alt": " ".join(_told(briefing, cohort) for cohort in shown),
            "unit": f"{_own_dot(briefing)}persen dari penyebut; {theme.starts('mendatar', lowest)}",
            "date": "tanggal dengan angka terbanyak di atas tiap gambar",
            "sources": numbers.of([source for cohort in shown for row in cohort.rows for source in row.sources]),
            "width_mm": WIDTH_MM,
            "height_mm": sum(height),
        }
    )


def _own_dot(briefing: Briefing) -> str:
    return "" if briefing.region.is_province else f"titik biru: {briefing.region.name}; "


def _heights(shown: Sequence[Cohort]) -> list[float]:
    """Millimetres for each line of panels: as many rows as its longer cohort."""
    lines = [shown[i : i + COLUMNS] for i in range(0, len(shown), COLUMNS)]
    return [HEAD_MM + _row_height(shown) * max(len(cohort.rows) for cohort in line) for line in lines]


def _row_height(shown: Sequence[Cohort]) -> float:
    return ROW_MM if len(shown) <= 2 * COLUMNS else TIGHT_ROW_MM


def _ranking_message(briefing: Briefing, shown: Sequence[Cohort]) -> str:
    told = []
    for cohort in shown:
        place = next((n for n, row in enumerate(cohort.rows) if row.region_code == briefing.region.code), None)
        if place is not None:
            higher = sum(row.value > cohort.rows[place].value for row in cohort.rows)
            told.append(f"{wording.in_sentence(cohort.indicator.short.id)} ke-{higher + 1} dari {len(cohort.rows)}")
    if told:
        return f"{briefing.region.name}: {wording.listing(told)} kabupaten/kota yang angkanya dimuat"
    widest = max(shown, key=lambda cohort: len(cohort.rows))
    high, low = widest.rows[0], widest.rows[-1]
    names = [briefing.regions.get(row.region_code).name for row in (high, low)]
    return (
        f"{widest.indicator.short.id}, {wording.long_date(high.as_of)}: dari {wording.value(low)} ({names[1]}) "
        f"sampai {wording.value(high)} ({names[0]})"
    )


def _told(briefing: Briefing, cohort: Cohort) -> str:
    figures = [f"{briefing.regions.get(row.region_code).name} {wording.value(row)}" for row in cohort.rows]
    text = f"{cohort.title}: {wording.listing(figures)}"
    if cohort.province:
        text += f"; provinsi {wording.value(cohort.province)}"
    return text + "."


def _draw_ranking(briefing: Briefing, shown: Sequence[Cohort], heights: Sequence[float]) -> str:
    total = sum(heights)
    with theme.style():
        drawing = Figure(figsize=(WIDTH_MM * theme.MM, total * theme.MM))
        for place, cohort in enumerate(shown):
            line, column = divmod(place, COLUMNS)
            top = total - sum(heights[:line]) - 8
            size = _row_height(shown) * len(cohort.rows)
            left = 34 + column * WIDTH_MM / COLUMNS
            axes = drawing.add_axes((left / WIDTH_MM, (top - size) / total, 34 / WIDTH_MM, size / total))
            _draw_cohort(axes, cohort, briefing)
        return theme.to_svg(drawing)


def _draw_cohort(axes: Axes, cohort: Cohort, briefing: Briefing) -> None:
    ends = cohort.ticks[0], cohort.ticks[-1]
    axes.set_xlim(*ends)
    axes.set_ylim(len(cohort.rows) - 0.5, -0.5)
    axes.grid(False)
    if cohort.rows[0].target:
        axes.axvline(float(cohort.rows[0].target.value), color=theme.INK, lw=1, ls=(0, (3, 2)), zorder=1)
    for place, row in enumerate(cohort.rows):
        own = row.region_code == briefing.region.code
        colour = theme.ACCENT if own else theme.OTHERS
        axes.plot(ends, [place, place], color=theme.GRID, lw=0.5, zorder=0)
        axes.plot([_percent(row)], [place], "o", ms=6 if own else 4.5, color=colour, zorder=3, clip_on=False)
        axes.text(1.04, place, wording.value(row), color=colour if own else theme.INK, va="center", ha="left",
                  transform=axes.get_yaxis_transform(), fontsize=7.5)  # fmt: skip
    axes.set_yticks(range(len(cohort.rows)), [briefing.regions.get(row.region_code).short_name for row in cohort.rows])
    for label, row in zip(axes.get_yticklabels(), cohort.rows, strict=True):
        label.set_color(theme.ACCENT if row.region_code == briefing.region.code else theme.INK)
    axes.set_title(cohort.title, loc="left", fontsize=9, pad=5, x=-0.95)
    axes.set_xticks(cohort.ticks, [wording.tick(at) for at in cohort.ticks])


def tile_map(briefing: Briefing, numbers: SourceNumbers) -> Bundle | None:
    """Each regency a tile in about its place, shaded by class, its value printed in the tile; None as above."""
    shown = [] if briefing.is_sparse else cohorts(briefing)
    if not shown:
        return None
    widest = max(shown, key=lambda cohort: len(cohort.rows))
    return figure(
        {
            "caption": _map_message(briefing, widest),
            "svg": _draw_map(briefing, widest),
            "alt": _told(briefing, widest),
            "unit": "persen dari penyebut; letak petak mendekati peta, luasnya tidak",
            "date": wording.long_date(widest.rows[0].as_of),
            "sources": numbers.of([source for row in widest.rows for source in row.sources]),
            "width_mm": WIDTH_MM,
            "height_mm": _map_height(briefing),
        }
    )


def _map_height(briefing: Briefing) -> float:
    return TILE_MM * 0.72 * (1 + max(region.tile[1] for region in briefing.regions.regencies)) + 2


def _map_message(briefing: Briefing, cohort: Cohort) -> str:
    judged = [row for row in cohort.rows if row.verdict]
    reached = sum(row.verdict != "di_bawah" for row in judged)
    name = wording.in_sentence(cohort.indicator.short.id)
    when = wording.long_date(cohort.rows[0].as_of)
    if not judged:
        return f"{wording.capital(name)} menurut kabupaten/kota, {when}"
    return f"{reached} dari {len(judged)} kabupaten/kota mencapai target {name} {when}"


def classes(rows: Sequence[IndicatorRow]) -> list[float]:
    """Three limits, in round percentages, that cut the figures into four classes of one width."""
    values = [_percent(row) for row in rows]
    for step in _CLASS_STEPS:
        low = math.floor(round(min(values) / step, 6))
        if max(values) < (low + len(SHADES)) * step:
            break
    return [round((low + n) * step, 2) for n in range(1, len(SHADES))]


def _draw_map(briefing: Briefing, cohort: Cohort) -> str:
    limits = classes(cohort.rows)
    by_code = {row.region_code: row for row in cohort.rows}
    height = _map_height(briefing)
    with theme.style():
        drawing = Figure(figsize=(WIDTH_MM * theme.MM, height * theme.MM))
        axes = drawing.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH_MM)
        axes.set_ylim(height, 0)
        axes.axis("off")
        for region in briefing.regions.regencies:
            _draw_tile(axes, region, by_code.get(region.code), limits, region.code == briefing.region.code)
        _draw_classes(axes, limits, height)
        return theme.to_svg(drawing)


def _draw_tile(axes: Axes, region, row: IndicatorRow | None, limits: Sequence[float], own: bool) -> None:
    wide, tall = TILE_MM * 1.55, TILE_MM * 0.72
    left, top = region.tile[0] * wide + 1, region.tile[1] * tall + 1
    level = sum(_percent(row) >= limit for limit in limits) if row else None
    face = "white" if level is None else SHADES[level]
    ink = "white" if level is not None and level >= _LIGHT_TEXT_FROM else theme.INK
    edge = theme.INK if own else "white" if row else theme.OTHERS
    size = (wide - 1.2, tall - 1.2)
    axes.add_patch(
        Rectangle(
            (left, top), *size, facecolor=face, edgecolor=edge, lw=2 if own else 0.6, hatch=None if row else "////"
        )
    )
    if row is None:
        axes.add_patch(Rectangle((left + 1.5, top + 2), size[0] - 3, size[1] - 4, facecolor="white", lw=0))
    middle = left + size[0] / 2
    axes.text(middle, top + tall * 0.3, region.short_name, ha="center", va="center", fontsize=7.5, color=ink)
    value = wording.value(row) if row else "tidak dimuat"
    axes.text(middle, top + tall * 0.64, value, ha="center", va="center", fontsize=9.5 if row else 7.5, color=ink)


def _draw_classes(axes: Axes, limits: Sequence[float], height: float) -> None:
    """The four classes in words, beside the tiles."""
    left = TILES_MM
    names = [f"di bawah {wording.tick(limits[0])}"]
    names += [f"{wording.tick(low)} sampai di bawah {wording.tick(high)}" for low, high in pairwise(limits)]
    names += [f"{wording.tick(limits[-1])} atau lebih"]
    for place, (shade, name) in enumerate(zip(reversed(SHADES), reversed(names), strict=True)):
        top = height - 30 + place * 6.5
        axes.add_patch(Rectangle((left, top), 5, 4.5, facecolor=shade, lw=0))
        axes.text(left + 7, top + 2.3, name, va="center", fontsize=7.5)
