"""Charts of all regencies beside each other, at the date for which most of them have a figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matplotlib.figure import Figure

from adminduk.basis.regions import Region
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import theme, wording
from adminduk.present.axes import DASHED, SIDE_PT, TICK_LABEL_PT, Axes, Pen
from adminduk.present.bundles import Bundle, escape, figure, markdown_text, sentences
from adminduk.present.cohorts import Cohort, answer, cohorts, percent, short
from adminduk.present.sources import SourceNumbers

WIDTH_MM, HEAD_MM, COLUMNS = 170, 18.5, 2
PLOT_MM, HEAD_LEFT, VALUE_RIGHT = 34, 0.95, 0.07  # the last two in widths of the plot
ROW_MM, TIGHT_ROW_MM = 5.2, 4.4  # the second where there are more panels than four
TILE_MM, LEGEND_MM = (32.5, 15.1), 62
_NO_RANKING = "Tidak ada peringkat: untuk tanggal mana pun, angka sejenis kurang dari setengah kabupaten/kota."
_CLASS_STEPS = (0.1, 0.25, 0.5, *range(1, 101))  # widths of the map's classes, in points
SHADES = ("#DCE9F4", "#A9CBE6", "#5E9BCB", "#0B5FA5")
_Tile = tuple[float, float, float, float]  # left, top, width, height in millimetres
_LIGHT_TEXT_FROM = 3  # the shades from which white text is the readable one


def ranking(briefing: Briefing, numbers: SourceNumbers) -> Bundle | None:
    """A dot for each regency, sorted, this one marked, and the target of that year.

    None in a short report; where no date has figures of half of the regencies a sentence says so.
    """
    if briefing.is_sparse:
        return None
    shown = cohorts(briefing)
    if not shown:
        return sentences([_NO_RANKING], "answer")
    caption = _ranking_message(briefing, shown)
    lowest = {cohort.indicator.short.id: cohort.ticks[0] for cohort in shown}
    return figure(
        {
            "caption": caption,
            "svg": _draw_ranking(briefing, shown),
            "alt": " ".join([f"{caption}.", *(_told(briefing, cohort) for cohort in shown)]),
            "unit": f"{_marks(briefing, shown)}persen dari penyebut; {theme.starts('mendatar', lowest)}",
            "date": "tanggal dengan angka terbanyak di atas tiap gambar",
            "sources": numbers.of([source for cohort in shown for row in cohort.rows for source in row.sources]),
            "width_mm": WIDTH_MM,
            "height_mm": _places(shown)[1],
        }
    )


def _marks(briefing: Briefing, shown: Sequence[Cohort]) -> str:
    """What the signs drawn mean."""
    own = {row.region_code for cohort in shown for row in cohort.rows} & {briefing.region.code}
    line = "garis putus-putus: target tahun itu; " if any(cohort.rows[0].target for cohort in shown) else ""
    return (f"titik biru: {briefing.region.name}; " if own else "") + line


def _places(shown: Sequence[Cohort]) -> tuple[list[tuple[int, float]], float]:
    """Column and top (millimetres) of each panel, always in the column that is shorter so far; and the whole height."""
    ends, places = [0.0] * COLUMNS, []
    for cohort in shown:
        column = ends.index(min(ends))
        places.append((column, ends[column]))
        ends[column] += HEAD_MM + _row_height(shown) * len(cohort.rows)
    return places, max(ends)


def _row_height(shown: Sequence[Cohort]) -> float:
    return ROW_MM if len(shown) <= 2 * COLUMNS else TIGHT_ROW_MM


def _ranking_message(briefing: Briefing, shown: Sequence[Cohort]) -> str:
    """This region's places, each with its date; without any, who is below target and the widest range."""
    told = []
    for cohort in shown:
        own = next((row for row in cohort.rows if row.region_code == briefing.region.code), None)
        if own is not None:
            place = 1 + sum(row.value > own.value for row in cohort.rows)
            when = wording.short_date(own.as_of)
            tied = " bersama" if sum(row.value == own.value for row in cohort.rows) > 1 else ""
            told.append(f"{wording.in_sentence(cohort.name)} ke-{place}{tied} dari {len(cohort.rows)} ({when})")
    if told:
        return f"{briefing.region.name} di antara kabupaten/kota yang angkanya dimuat: {wording.listing(told)}"
    widest = max(shown, key=lambda cohort: len(cohort.rows))
    high, low = widest.rows[0], widest.rows[-1]
    names = [briefing.regions.get(row.region_code).name for row in (high, low)]
    return (
        f"{widest.name}, {wording.long_date(high.as_of)}: dari {wording.value(low)} ({names[1]}) "
        f"sampai {wording.value(high)} ({names[0]})"
    )


def _told(briefing: Briefing, cohort: Cohort) -> str:
    """What is drawn of a cohort, in words, after who is below its target."""
    figures = [f"{short(briefing, row)} {wording.value(row)}" for row in cohort.rows]
    text = "; ".join([cohort.title, *cohort.notes, *_verdicts(briefing, cohort)])
    return f"{text}: {wording.listing(figures)}."


def _verdicts(briefing: Briefing, cohort: Cohort) -> list[str]:
    if any(row.verdict is None for row in cohort.rows):
        return []
    missed = [short(briefing, row) for row in cohort.missed]
    return [f"di bawah target {wording.listing(missed)}" if missed else "tidak ada yang di bawah target"]


def _draw_ranking(briefing: Briefing, shown: Sequence[Cohort]) -> str:
    places, total = _places(shown)
    with theme.style():
        drawing = Figure(figsize=(WIDTH_MM * theme.MM, total * theme.MM))
        for cohort, (column, below) in zip(shown, places, strict=True):
            size = _row_height(shown) * len(cohort.rows)
            left, bottom = 34 + column * WIDTH_MM / COLUMNS, total - below - 11.5 - size
            _draw_cohort(Axes(drawing, left, bottom, PLOT_MM, size), cohort, briefing)
        return theme.to_svg(drawing)


def _draw_cohort(axes: Axes, cohort: Cohort, briefing: Briefing) -> None:
    axes.scale((cohort.ticks[0], cohort.ticks[-1]), (len(cohort.rows) - 0.5, -0.5))
    if cohort.rows[0].target:
        goal = axes.x(float(cohort.rows[0].target.value))
        axes.lines([[(goal, axes.bottom), (goal, axes.top)]], Pen(theme.INK, 1, DASHED), above=1)
    _draw_rows(axes, cohort, briefing)
    head = axes.left - HEAD_LEFT * axes.wide
    axes.write((head, axes.top + 15), cohort.title, theme.INK, theme.TITLE_PT, height="baseline")
    axes.write((head, axes.top + 5), "; ".join(cohort.notes), theme.OTHERS, theme.LABEL_PT, height="baseline")
    axes.foot([(at, wording.tick(at)) for at in cohort.ticks])


def _draw_rows(axes: Axes, cohort: Cohort, briefing: Briefing) -> None:
    heights = [axes.y(place) for place in range(len(cohort.rows))]
    axes.lines([[(axes.left, y), (axes.right, y)] for y in heights], Pen(theme.GRID, 0.5), above=0)
    for own, colour, size in ((False, theme.OTHERS, 4.5), (True, theme.ACCENT, 6)):
        chosen = [(n, row) for n, row in enumerate(cohort.rows) if (row.region_code == briefing.region.code) == own]
        if chosen:
            axes.dots([percent(row) for _, row in chosen], [n for n, _ in chosen], size, colour, colour)
        ink = theme.ACCENT if own else theme.INK
        for n, row in chosen:
            name = briefing.regions.get(row.region_code).short_name
            axes.write((axes.left - SIDE_PT, heights[n]), name, ink, TICK_LABEL_PT, "right")
            axes.write((axes.right + VALUE_RIGHT * axes.wide, heights[n]), wording.value(row), ink, TICK_LABEL_PT)


def tile_map(briefing: Briefing, numbers: SourceNumbers) -> Bundle | None:
    """Each regency a tile in about its place, shaded by class, its value in the tile; then the answer to the question.

    None in a short report, and where there is no ranking.
    """
    shown = [] if briefing.is_sparse else cohorts(briefing)
    if not shown:
        return None
    widest = max(shown, key=lambda cohort: len(cohort.rows))
    drawn = figure(
        {
            "caption": _map_message(briefing, widest),
            "svg": _draw_map(briefing, widest),
            "alt": _map_told(briefing, widest),
            "unit": "persen dari penyebut; letak petak mendekati peta, luasnya tidak",
            "date": wording.long_date(widest.rows[0].as_of),
            "sources": numbers.of([source for row in widest.rows for source in row.sources]),
            "width_mm": WIDTH_MM,
            "height_mm": _map_height(briefing),
        }
    )
    return _answered(drawn, answer(briefing, shown))


def _answered(drawn: Bundle, text: str) -> Bundle:
    """A figure with the sentence that ends its page."""
    return replace(
        drawn,
        payload={**drawn.payload, "answer": text},
        html=f'{drawn.html}<div class="adminduk-answer"><p>{escape(text)}</p></div>',
        markdown=f"{drawn.markdown}\n\n{markdown_text(text)}",
        plain=f"{drawn.plain}\n{text}",
    )


def _map_height(briefing: Briefing) -> float:
    return TILE_MM[1] * (1 + max(region.tile[1] for region in briefing.regions.regencies)) + 2


def _tile_width(briefing: Briefing) -> float:
    """Narrower where the province is so wide that the legend would be pushed off the page."""
    columns = 1 + max(region.tile[0] for region in briefing.regions.regencies)
    return min(TILE_MM[0], (WIDTH_MM - LEGEND_MM) / columns)


def _map_message(briefing: Briefing, cohort: Cohort) -> str:
    judged = [row for row in cohort.rows if row.verdict]
    reached = sum(row.verdict != "di_bawah" for row in judged)
    name = wording.in_sentence(cohort.indicator.short.id)
    when = wording.long_date(cohort.rows[0].as_of)
    if not judged:
        return f"{wording.capital(name)} menurut kabupaten/kota, {when}"
    return f"{reached} dari {len(judged)} kabupaten/kota mencapai target {name} {when}"


def _map_told(briefing: Briefing, cohort: Cohort) -> str:
    """The finding and the figures that stand out; the ranking before the map tells every one."""
    few = cohort.missed or [cohort.rows[-1]]
    named = [f"{short(briefing, row)} {wording.value(row)}" for row in few]
    high = f"tertinggi {short(briefing, cohort.rows[0])} {wording.value(cohort.rows[0])}"
    low = f"{'di bawah target' if cohort.missed else 'terendah'} {wording.listing(named)}"
    return f"{_map_message(briefing, cohort)}: {low}; {high}. Angka seluruhnya ada pada gambar peringkat."


def classes(rows: Sequence[IndicatorRow]) -> list[float]:
    """Three limits, in round percentages, that cut the figures into four classes of one width."""
    values = [percent(row) for row in rows]
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
        axes = Axes(drawing, 0, 0, WIDTH_MM, height)
        axes.scale((0, WIDTH_MM), (height, 0))
        wide, beside = _tile_width(briefing), 0.0
        for region in briefing.regions.regencies:
            left, top = region.tile[0] * wide + 1, region.tile[1] * TILE_MM[1] + 1
            place = left, top, wide - 1.2, TILE_MM[1] - 1.2
            _draw_tile(axes, place, region, by_code.get(region.code), limits, region == briefing.region)
            beside = max(beside, left + wide + 8)
        _draw_classes(axes, limits, beside, height)
        if cohort.missed:
            _draw_missed(axes, cohort.missed[0], beside, height)
        return theme.to_svg(drawing)


def _draw_tile(
    axes: Axes, place: _Tile, region: Region, row: IndicatorRow | None, limits: Sequence[float], own: bool
) -> None:
    """With a thick border where it is that of the region itself."""
    left, top, wide, tall = place
    level = sum(percent(row) >= limit for limit in limits) if row else None
    ink = theme.WHITE if level is not None and level >= _LIGHT_TEXT_FROM else theme.INK
    missed = row is not None and row.verdict == "di_bawah"
    face = theme.WHITE if level is None else SHADES[level]
    edge = theme.INK if own or missed else theme.WHITE if row else theme.OTHERS
    border = Pen(edge, 2 if own else 1.2 if missed else 0.6, DASHED if missed else ())
    axes.shape(_corners(axes, place), face, border, None if row else "////")
    if missed:
        axes.dots([left + 3.5], [top + tall * 0.67], 4.5, ink, ink, "v")
    if row is None:
        axes.shape(_corners(axes, (left + 1.5, top + 2, wide - 3, tall - 4)), theme.WHITE)
    middle, high, low = axes.x(left + wide / 2), axes.y(top + tall * 0.33), axes.y(top + tall * 0.7)
    axes.write((middle, high), region.short_name, ink, TICK_LABEL_PT, "center")
    value, size = (wording.value(row), 9.5) if row else ("tidak dimuat", TICK_LABEL_PT)
    axes.write((middle, low), value, ink, size, "center")


def _corners(axes: Axes, place: _Tile) -> list[tuple[float, float]]:
    left, top, wide, tall = place
    ends = ((left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall))
    return [(axes.x(x), axes.y(y)) for x, y in ends]


def _draw_classes(axes: Axes, limits: Sequence[float], left: float, height: float) -> None:
    """The four classes in words, beside the tiles."""
    names = [f"di bawah {wording.tick(limits[0])}"]
    names += [f"{wording.tick(low)} sampai di bawah {wording.tick(high)}" for low, high in pairwise(limits)]
    names += [f"{wording.tick(limits[-1])} atau lebih"]
    for place, (shade, name) in enumerate(zip(reversed(SHADES), reversed(names), strict=True)):
        top = height - 30 + place * 6.5
        axes.shape(_corners(axes, (left, top, 5, 4.5)), shade)
        axes.write((axes.x(left + 7), axes.y(top + 2.3)), name, theme.INK, TICK_LABEL_PT)


def _draw_missed(axes: Axes, row: IndicatorRow, left: float, height: float) -> None:
    """What the dashed border and its sign mean, above the classes."""
    top = height - 37.5
    axes.shape(_corners(axes, (left, top, 5, 4.5)), theme.WHITE, Pen(theme.INK, 1.2, DASHED))
    axes.dots([left + 2.5], [top + 2.3], 4.5, theme.INK, theme.INK, "v")
    text = f"di bawah target {wording.target(row)}"
    axes.write((axes.x(left + 7), axes.y(top + 2.3)), text, theme.INK, TICK_LABEL_PT)
