"""A pair of axes with what our charts draw, and no more.

matplotlib's own make five artists for a tick and lay every text out twice, which took most of the time of a chart.
These hand lines, points and words straight to the renderer, with text as text. Places are points of the drawing
(1/72 inch) from its lower left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans
from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path as Outline
from matplotlib.transforms import IdentityTransform, Transform

MM = 72 / 25.4  # points
INK, OTHERS, GRID = "#1A1A1A", "#6B6B6B", "#D9D9D9"
# The second name is for browsers that lack the first; both are measured with the first.
FAMILIES = [fontpkg_ibm_plex_sans.FAMILY, "sans-serif"]
DASHED, DOTTED = (3.0, 2.0), (1.0, 1.65)
TICK_PT, SIDE_PT, TICK_LABEL_PT = 2.5, 3.5, 7.5

Scaled = float | date
Place = tuple[float, float]
Stroke = Callable[[RendererBase], None]


@dataclass(frozen=True)
class Pen:
    """How a line is drawn: ``width`` in points, ``dashes`` in widths."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    cap: str = "projecting"
    join: str = "round"


class Axes(Artist):
    """A rectangle of ``figure``, given in millimetres, with a scale across and one up; dates count in days."""

    def __init__(self, figure: Figure, left: float, bottom: float, wide: float, tall: float) -> None:
        super().__init__()
        self.left, self.bottom, self.wide, self.tall = left * MM, bottom * MM, wide * MM, tall * MM
        self._across = self._up = (0.0, 1.0)
        self._strokes: list[tuple[float, Stroke]] = []
        figure.add_artist(self)

    @property
    def right(self) -> float:
        return self.left + self.wide

    @property
    def top(self) -> float:
        return self.bottom + self.tall

    def scale(self, across: tuple[Scaled, Scaled], up: tuple[Scaled, Scaled]) -> None:
        """The values at the left and right edge, and at the lower and upper one."""
        self._across, self._up = (_number(across[0]), _number(across[1])), (_number(up[0]), _number(up[1]))

    def x(self, value: Scaled) -> float:
        low, high = self._across
        return self.left + self.wide * (_number(value) - low) / (high - low)

    def y(self, value: Scaled) -> float:
        low, high = self._up
        return self.bottom + self.tall * (_number(value) - low) / (high - low)

    def draw(self, renderer: RendererBase) -> None:
        """Lowest first, as ``above`` says, and else in the order in which it was asked for."""
        renderer.open_group("axes")
        for _, stroke in sorted(self._strokes, key=lambda entry: entry[0]):
            stroke(renderer)
        renderer.close_group("axes")

    def line(self, across: Sequence[Scaled], up: Sequence[float], pen: Pen, above: float = 3.0) -> None:
        """Through the values ``across`` and ``up``."""
        self.lines([[(self.x(x), self.y(y)) for x, y in zip(across, up, strict=True)]], pen, above)

    def lines(self, lines: Sequence[Sequence[Place]], pen: Pen, above: float = 3.0) -> None:
        """Lines through places of the drawing."""
        path = Outline.make_compound_path(*map(Outline, lines)) if len(lines) > 1 else Outline(lines[0])

        def stroke(renderer: RendererBase) -> None:
            with _drawn(renderer, "line2d", pen) as context:
                renderer.draw_path(context, path, IdentityTransform())

        self._strokes.append((above, stroke))

    def dots(
        self, across: Sequence[Scaled], up: Sequence[float], size: float, colour: str, face: str, shape: str = "o"
    ) -> None:
        """Marks of ``size`` points, with a border of one."""
        places = Outline([(self.x(x), self.y(y)) for x, y in zip(across, up, strict=True)])
        outline, grown, join = _marker(shape, size)
        border = Pen(colour, 1.0, cap="butt", join=join)

        def stroke(renderer: RendererBase) -> None:
            with _drawn(renderer, "line2d", border) as context:
                renderer.draw_markers(context, outline, grown, places, IdentityTransform(), _rgb(face))

        self._strokes.append((4.0, stroke))

    def shape(self, corners: Sequence[Place], face: str, pen: Pen | None = None, hatch: str | None = None) -> None:
        """A plane between places of the drawing; without a pen it has no border."""
        path = Outline([*corners, corners[0]], closed=True)
        border = replace(pen or Pen(face, 0.0), cap="butt", join="miter")

        def stroke(renderer: RendererBase) -> None:
            with _drawn(renderer, "patch", border) as context:
                if hatch:
                    context.set_hatch(hatch)
                    context.set_hatch_color(_rgb(border.colour))
                    context.set_hatch_linewidth(rcParams["hatch.linewidth"])
                renderer.draw_path(context, path, IdentityTransform(), _rgb(face))

        self._strokes.append((1.0, stroke))

    def write(
        self, place: Place, text: str, colour: str, size: float, side: str = "left", height: str = "center"
    ) -> None:
        """One line of text whose ``side`` (left, center, right) and ``height`` (center, top, baseline) are there."""
        up, down = _letters()
        below = {"center": (up - down) / 2, "top": up, "baseline": 0.0}[height]
        anchor = _Anchor(place[0], place[1] - below * size, side)

        def stroke(renderer: RendererBase) -> None:
            with _drawn(renderer, "text", Pen(colour, 1.0)) as context:
                high = renderer.get_canvas_width_height()[1]
                renderer.draw_text(context, anchor.x, high - anchor.y, text, _font(size), 0, mtext=anchor)

        if text:
            self._strokes.append((3.0, stroke))

    def foot(self, ticks: Sequence[tuple[Scaled, str]]) -> None:
        """The scale across, under the plot: a line, and at each tick its words."""
        self.lines([[(self.left, self.bottom), (self.right, self.bottom)]], Pen(OTHERS, 0.6), above=2.5)
        places = [self.x(value) for value, _ in ticks]
        marks = [[(x, self.bottom), (x, self.bottom - TICK_PT)] for x in places]
        if marks:
            self.lines(marks, Pen(INK, 0.6, cap="butt"), above=2.5)
        for x, (_, words) in zip(places, ticks, strict=True):
            self.write((x, self.bottom - TICK_PT - SIDE_PT), words, INK, TICK_LABEL_PT, "center", "top")

    def levels(self, ticks: Sequence[tuple[float, str]]) -> None:
        """The scale up: a grey line through the plot at each tick, and its words at the left."""
        heights = [self.y(value) for value, _ in ticks]
        self.lines([[(self.left, y), (self.right, y)] for y in heights], Pen(GRID, 0.5), above=0.5)
        for y, (_, words) in zip(heights, ticks, strict=True):
            self.write((self.left - SIDE_PT, y), words, INK, TICK_LABEL_PT, "right")


@dataclass(frozen=True)
class _Anchor:
    """Where a text stands: what matplotlib's renderer asks a ``Text`` for."""

    x: float
    y: float
    side: str

    def get_transform(self) -> Transform:
        return IdentityTransform()

    def get_unitless_position(self) -> tuple[float, float]:
        return self.x, self.y

    def get_ha(self) -> str:
        return self.side


@contextmanager
def _drawn(renderer: RendererBase, group: str, pen: Pen) -> Iterator[GraphicsContextBase]:
    """What is drawn meanwhile is one group of the picture."""
    renderer.open_group(group)
    context = renderer.new_gc()
    context.set_foreground(_rgb(pen.colour), isRGBA=True)
    context.set_linewidth(pen.width)
    context.set_capstyle("butt" if pen.dashes else pen.cap)
    context.set_joinstyle(pen.join)
    context.set_dashes(0, [dash * pen.width for dash in pen.dashes] or None)
    yield context
    context.restore()
    renderer.close_group(group)


def _number(value: Scaled) -> float:
    return float(value.toordinal()) if isinstance(value, date) else value


@cache
def _rgb(colour: str) -> tuple[float, float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return red, green, blue, 1.0


@cache
def _marker(shape: str, size: float) -> tuple[Outline, Transform, str]:
    style = MarkerStyle(shape)
    return style.get_path(), style.get_transform().frozen().scale(size), str(style.get_joinstyle())


@cache
def _font(size: float) -> FontProperties:
    return FontProperties(family=FAMILIES, size=size)


@cache
def _letters() -> tuple[float, float]:
    """How far the letters of IBM Plex Sans reach above and below the baseline, in parts of their size."""
    (upright,) = (Path(fontpkg_ibm_plex_sans.__file__).parent / "files").glob("IBMPlexSans[[]*.ttf")
    font = get_font(upright)
    whole, reach = font.get_sfnt_table("head")["unitsPerEm"], font.get_sfnt_table("OS/2")
    return reach["sTypoAscender"] / whole, -reach["sTypoDescender"] / whole
