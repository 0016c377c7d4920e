"""The axes of the charts: where values, words and ticks stand, in points, held against matplotlib's own."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from adminduk.present import theme
from adminduk.present.axes import INK, MM, Axes

SVG = "{http://www.w3.org/2000/svg}"
TEXT = f"{SVG}text"
SIDES = {"left": "start", "center": "middle", "right": "end"}


def plain(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(theme.to_svg(figure))


def figure() -> Figure:
    return Figure(figsize=(2, 1))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("height", ["center", "top", "baseline"])
def test_words_stand_where_matplotlib_would_put_them(side, height):
    with theme.style():
        theirs, ours = figure(), figure()
        theirs.text(0.5, 0.5, "Kutai Barat 99,39%", fontsize=7.5, color=INK, ha=side, va=height)
        Axes(ours, 0, 0, 144 / MM, 72 / MM).write((72, 36), "Kutai Barat 99,39%", INK, 7.5, side, height)
        (expected,), (found,) = plain(theirs).iter(TEXT), plain(ours).iter(TEXT)
    assert found.get("style") == expected.get("style")
    assert SIDES[side] in found.get("style")
    for place in ("x", "y"):
        assert float(found.get(place)) == pytest.approx(float(expected.get(place)), abs=1e-3)


def test_a_scale_runs_from_edge_to_edge_and_may_run_down():
    axes = Axes(figure(), 10, 5, 20, 10)
    axes.scale((date(2024, 1, 1), date(2024, 1, 21)), (9.5, -0.5))
    assert (axes.x(date(2024, 1, 1)), axes.x(date(2024, 1, 11)), axes.x(date(2024, 1, 21))) == pytest.approx(
        (10 * MM, 20 * MM, 30 * MM)
    )
    assert (axes.y(9.5), axes.y(4.5), axes.y(-0.5)) == pytest.approx((5 * MM, 10 * MM, 15 * MM))


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(0, 1))
def test_a_value_between_the_ends_stands_between_the_edges(low, span, part):
    axes = Axes(figure(), 0, 0, 40, 30)
    axes.scale((low, low + span), (0, 1))
    assert axes.left - 1e-6 <= axes.x(low + part * span) <= axes.right + 1e-6


def test_every_tick_has_its_words_and_nothing_is_drawn_twice():
    with theme.style():
        drawing = figure()
        axes = Axes(drawing, 5, 5, 30, 15)
        axes.scale((0, 10), (0, 100))
        axes.foot([(0, "0"), (10, "10")])
        axes.levels([(0, "0%"), (50, "50%"), (100, "100%")])
        svg = plain(drawing)
    assert ["".join(text.itertext()) for text in svg.iter(TEXT)] == ["0", "10", "0%", "50%", "100%"]
    drawn = [group.get("id").rstrip("_0123456789") for group in svg.iterfind(f".//{SVG}g[@id='axes_1']/{SVG}g[@id]")]
    assert sorted(drawn) == ["line2d"] * 3 + ["text"] * 5  # the foot, its two marks, three levels; five words


def test_what_has_no_words_is_not_written():
    drawing = figure()
    Axes(drawing, 0, 0, 10, 10).write((5, 5), "", INK, 7)
    assert not list(plain(drawing).iter(TEXT))
