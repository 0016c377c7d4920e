"""How charts look: one typeface, one accent for this region, greys for the rest; drawn the same every time."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans
from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure

ACCENT = "#0B5FA5"
OTHERS = "#6B6B6B"
INK = "#1A1A1A"
GRID = "#D9D9D9"
FONT = fontpkg_ibm_plex_sans.FAMILY
MM = 1 / 25.4

_STYLE = {
    # The second name is for browsers that lack the first; both are measured with the first.
    "font.family": [FONT, "sans-serif"],
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
    return rc_context(_STYLE)


def to_svg(figure: Figure) -> str:
    """The figure as SVG text, with text as text and without a date."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return buffer.getvalue()
