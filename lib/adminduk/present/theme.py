"""How charts look: one typeface, one accent for this region, greys for the rest; round scales; labels kept apart."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import product
from math import ceil, floor
from pathlib import Path

import fontpkg_ibm_plex_sans
from matplotlib import font_manager, rc_context, rcParamsDefault
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path

from adminduk.present import wording
from adminduk.present.axes import DASHED, DOTTED, FAMILIES, GRID, INK, OTHERS, Axes, Pen
from adminduk.present.axes import MM as MM_PT

ACCENT = "#0B5FA5"
WHITE = "#FFFFFF"
FONT = fontpkg_ibm_plex_sans.FAMILY
MM = 1 / 25.4
_CLEAR = 0.03  # of a scale, under its lowest value
# Labels beside and above a plot, in points and millimetres.
LABEL_PT, TITLE_PT, LANE_MM = 7.0, 9.0, 2.9
_LABELS_APART_MM, _BESIDE_MM, _MOST_LANES = 3.0, 1.3, 3
_ABOVE_MM = 1.4  # up to the lowest lane: half of a point that stands at the highest tick
_FLAGS_APART_MM, _LINE_CLEAR_MM, _MOST_FLAGS = 1.5, 0.8, 6

_STYLE = {
    "font.family": FAMILIES,
    "font.size": 8,
    "svg.fonttype": "none",
    # Element ids come from this salt instead of a random number: the same bytes every time.
    "svg.hashsalt": "adminduk",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": OTHERS,
    "axes.linewidth": 0.6,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.5,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "ytick.major.size": 0,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "text.color": INK,
    "axes.labelcolor": INK,
    "hatch.linewidth": 0.5,
}


@cache
def _register_font() -> None:
    folder = Path(fontpkg_ibm_plex_sans.__file__).parent / "files"
    for path in sorted(folder.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


def style() -> rc_context:
    """The house style as a context: ``with style(): ...``."""
    _register_font()
    # From the library's own defaults: a matplotlibrc of the user moves no figure.
    return rc_context({name: value for name, value in rcParamsDefault.items() if name != "backend"} | _STYLE)


def warm_up() -> None:
    """Load what every chart and figure needs, once for all processes that fork from this one: fonts, signs, names."""
    with style():
        drawing = Figure(figsize=(1, 1))
        axes = Axes(drawing, 0, 0, 10, 10)
        axes.dots([0.5], [0.5], 4.5, ACCENT, WHITE)
        name_ends(axes, [(0.5, wording.number(1000), INK)])
        to_svg(drawing)


def to_svg(figure: Figure) -> str:
    """The figure as SVG text, with text as text and without a date."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return buffer.getvalue()


def scale(low: float, high: float, most: int) -> list[int]:
    """Round ticks, at most ``most`` steps of 1, 2 or 5 (times 10, 100, ...), that hold ``low`` and ``high``.

    Of the scales with two steps or more the one that leaves least room, then the one with fewest steps from three on.
    """
    high = max(high, low + 1)
    sizes = [size * 10**power for power in range(len(str(ceil(high))) + 1) for size in (1, 2, 5)]
    scales = [range(floor(low / size) * size, ceil(high / size) * size + 1, size) for size in sizes]
    fitting = [ticks for ticks in scales if len(ticks) - 1 <= most]
    return list(min(fitting, key=lambda ticks: (len(ticks) < 3, ticks[-1] - ticks[0], len(ticks) < 4, len(ticks))))


def percent_scale(values: Sequence[float], least: float, most: int) -> list[int]:
    """Round ticks around percentages, over ``least`` points or more; from zero where one is below 50.

    Otherwise the lowest percentage stays clear of the axis, which would hide a line on it.
    """
    low, high = min(values), max(values)
    room = max(0.0, least - (high - low)) / 2
    top = min(high + room, 100) if high <= 100 else high + room
    if low < 50:
        return scale(0, max(top, least), most)
    return scale(min(low - _CLEAR * (high - low), top - least), top, most)


def years(axes: Axes, span: tuple[date, date]) -> None:
    """A tick at the start of every year of ``span``, or of every second one."""
    step = 2 if span[1].year - span[0].year > 5 else 1
    starts = [date(year, 1, 1) for year in range(span[0].year, span[1].year + 1) if year % step == 0]
    axes.foot([(day, str(day.year)) for day in starts if day >= span[0]])


def stepped(axes: Axes, steps: Sequence[tuple[date, date, float]]) -> None:
    """One dashed line through levels (start, end, value) that follow each other, open where one is missing."""
    lines: list[list[tuple[float, float]]] = []
    last: date | None = None
    for start, end, value in steps:
        if start != last:
            lines.append([])
        lines[-1] += [(axes.x(start), axes.y(value)), (axes.x(end), axes.y(value))]
        last = end
    if lines:
        axes.lines(lines, Pen(INK, 0.9, DASHED), above=2)


def starts(axis: str, lowest: Mapping[str, float]) -> str:
    """Which panels' ``axis`` does not start at zero, by their titles: lengths must not be mistaken."""
    above = [title for title, tick in lowest.items() if tick]
    named = wording.listing([wording.in_sentence(title) for title in above])
    which = "" if len(above) == len(lowest) else f" {named}"
    return f"sumbu {axis}{which} tidak mulai dari nol" if above else f"sumbu {axis} mulai dari nol"


def mark(axes: Axes, span: tuple[date, date], value: float, colour: str, size: float, hollow: bool) -> None:
    """A point of ``size`` points; drawn out to a bar over all the days of ``span`` where the day is not known."""
    if span[0] == span[1]:
        dots(axes, [(span[0], value)], colour, size, hollow)
        return
    face = WHITE if hollow else colour
    for width, paint in ((size + 1, colour), (size - 1, face)):
        axes.line(span, [value] * 2, Pen(paint, width, cap="round"), above=4)


def dots(axes: Axes, points: Sequence[tuple[date, float]], colour: str, size: float, hollow: bool) -> None:
    """Points of ``size`` points on known days."""
    axes.dots(*zip(*points, strict=True), size, colour, WHITE if hollow else colour)


@cache
def label_mm(text: str) -> float:
    """How wide a label is in IBM Plex Sans, in millimetres."""
    _register_font()
    font = font_manager.FontProperties(family=FONT, size=LABEL_PT)
    return text_to_path.get_text_width_height_descent(text, font, False)[0] / 72 / MM


def ends_mm(ends: Iterable[tuple[float, str, str]]) -> float:
    """How much room the labels at a right edge take, with the space on both sides of them."""
    return 2 * _BESIDE_MM + max(label_mm(text) for _, text, _ in ends)


def name_ends(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Labels (value, text, colour) at the right edge, at the height of their values and kept apart."""
    wished = sorted(((axes.y(value) - axes.bottom) / axes.tall, text, colour) for value, text, colour in ends)
    places = apart([at for at, _, _ in wished], _LABELS_APART_MM * MM_PT / axes.tall)
    for place, (_, text, colour) in zip(places, wished, strict=True):
        beside = axes.right + _BESIDE_MM * MM_PT, axes.bottom + place * axes.tall
        axes.write(beside, text, colour, LABEL_PT)


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Ascending places moved so that neighbours are ``gap`` apart, all within 0 and 1."""
    moved: list[float] = []
    for at in places:
        moved.append(max(at, moved[-1] + gap) if moved else max(at, 0.0))
    for index in range(len(moved) - 1, -1, -1):
        ceiling = 1.0 if index == len(moved) - 1 else moved[index + 1] - gap
        moved[index] = min(moved[index], ceiling)
    return moved


@dataclass(frozen=True)
class Flag:
    """A text above a plot that names the upright lines at ``lines``, in millimetres from the plot's left edge.

    ``lane`` 0 is the lowest; the lines end under the text.
    """

    text: str
    lines: tuple[float, ...]
    left: float = 0.0
    lane: int = 0

    @cached_property
    def width(self) -> float:
        return label_mm(self.text)

    @property
    def right(self) -> float:
        return self.left + self.width


def hoist(axes: Axes, flags: Sequence[Flag]) -> None:
    """Dotted lines up to their names."""
    for flag in flags:
        foot = axes.top + (_ABOVE_MM + flag.lane * LANE_MM) * MM_PT
        for at in flag.lines:
            across = axes.left + at * MM_PT
            axes.lines([[(across, axes.bottom), (across, foot)]], Pen(OTHERS, 0.8, DOTTED), above=1)
        axes.write((axes.left + flag.left * MM_PT, foot + LANE_MM * MM_PT / 2), flag.text, OTHERS, LABEL_PT)


def in_lanes(flags: Sequence[Flag], width: float) -> list[Flag] | None:
    """The flags where each stands over its own lines and none meets another, its lines, or an edge of the plot.

    Fewest lanes first, then nearest to the middle of the lines; None when three lanes do not hold them, or when
    they are so many that nobody would read them.
    """
    if len(flags) > _MOST_FLAGS:
        return None
    found: list[tuple[int, float, list[Flag]]] = []
    for moved in product(*(_over_its_lines(flag, width) for flag in flags)):
        raised = _raised(moved)
        if raised is not None:
            away = sum(abs(flag.left + flag.right - flag.lines[0] - flag.lines[-1]) for flag in raised)
            found.append((max((flag.lane for flag in raised), default=0), away, raised))
    best = min(found, key=lambda entry: entry[:2], default=None)
    return best[2] if best else None


def _over_its_lines(flag: Flag, width: float) -> list[Flag]:
    """The places for a flag over its lines and inside the plot: centred, running right, running left.

    Lines that stand wider apart than their text is long keep it between them.
    """
    first, last = flag.lines[0], flag.lines[-1]
    wished = ((first + last - flag.width) / 2, first, last - flag.width)
    moved = [replace(flag, left=min(max(left, 0.0), width - flag.width)) for left in wished]
    over = min(first, last - flag.width), max(first, last - flag.width)
    return [place for place in moved if place.left >= 0 and over[0] <= place.left <= over[1]]


def _raised(flags: Sequence[Flag]) -> list[Flag] | None:
    """Each flag in the lowest lane where no line of a higher flag runs through it; None when there is none."""
    raised: dict[int, Flag] = {}
    for lane in range(_MOST_LANES):
        waiting = [n for n in range(len(flags)) if n not in raised]
        here: list[Flag] = []
        for n in waiting:
            others = [at for other in waiting if other != n for at in flags[other].lines]
            if not _crossed(flags[n], others) and not any(_meet(flags[n], other) for other in here):
                here.append(flags[n])
                raised[n] = replace(flags[n], lane=lane)
    return [raised[n] for n in range(len(flags))] if len(raised) == len(flags) else None


def _crossed(flag: Flag, lines: Sequence[float]) -> bool:
    return any(flag.left - _LINE_CLEAR_MM < at < flag.right + _LINE_CLEAR_MM for at in lines)


def _meet(one: Flag, other: Flag) -> bool:
    return one.left < other.right + _FLAGS_APART_MM and other.left < one.right + _FLAGS_APART_MM
