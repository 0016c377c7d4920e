"""The charts over time: round axes that hold what is drawn, breaks named where they stand, no text on another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from adminduk.basis.paths import find_paths
from adminduk.basis.periods import period_ids
from adminduk.basis.regions import load_regions
from adminduk.present import comparison, figures, narrative, panels, theme, wording
from adminduk.present.axes import MM, Axes
from adminduk.present.sources import SourceNumbers

PERIODS = period_ids(find_paths())
CODES = [region.code for region in load_regions(find_paths()).all]
PLOT_MM = 50.0
SVG = "{http://www.w3.org/2000/svg}"
percentages = st.floats(0, 150, allow_nan=False)


def plots(briefing) -> list[figures.Plot]:
    return figures.drawn(briefing)


def names(briefing) -> dict[str, list[str]]:
    """The names of the breaks of each panel that has any."""
    return {plot.panel.title: [flag.text for flag in plot.flags] for plot in plots(briefing) if plot.flags}


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (0, 76.174, 6, [0, 20, 40, 60, 80]),
        (0, 30, 6, [0, 10, 20, 30]),
        (97.6, 104.28, 6, [96, 98, 100, 102, 104, 106]),
        (75.07, 104.28, 6, [75, 80, 85, 90, 95, 100, 105]),
        (95.53, 99.67, 3, [94, 96, 98, 100]),
        (100, 100, 3, [100, 101]),
    ],
)
def test_an_axis_is_round_and_as_short_as_it_can_be(low, high, most, ticks):
    assert theme.scale(low, high, most) == ticks


@given(percentages, percentages, st.integers(2, 8))
def test_an_axis_has_a_tick_at_or_beyond_either_end(one, other, most):
    low, high = sorted((one, other))
    ticks = theme.scale(low, high, most)
    steps = {later - earlier for earlier, later in pairwise(ticks)}
    assert ticks[0] <= low <= high <= ticks[-1]
    assert len(steps) == 1
    assert str(steps.pop())[0] in "125"
    assert 2 <= len(ticks) <= most + 1


@given(st.lists(percentages, min_size=1), st.integers(3, 8))
def test_percentages_below_fifty_stand_on_zero_and_small_moves_stay_small(values, most):
    ticks = theme.percent_scale(values, 4.0, most)
    assert ticks[0] <= min(values) <= max(values) <= ticks[-1]
    assert ticks[-1] - ticks[0] >= 4
    assert (ticks[0] == 0) or min(values) >= 50
    assert max(values) > 100 or ticks[-1] <= 100


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_every_axis_holds_every_figure_and_target_and_says_where_it_starts(code, period, briefing, published):
    base = briefing(code, period)
    drawn = plots(base)
    note = figures.development(base, SourceNumbers(published["sources"])).payload.get("unit", "")
    above = [plot.panel.title for plot in drawn if plot.ticks[0] > 0]
    for plot in drawn:
        values = [panels.share(row) for row in (*plot.panel.own, *plot.panel.province)]
        values += [value for _, _, value, _ in plot.steps]
        assert plot.ticks[0] <= min(values) and max(values) <= plot.ticks[-1]
    if drawn and len(above) == len(drawn):
        assert "sumbu tegak tidak mulai dari nol" in note
    for title in above if len(above) < len(drawn) else ():
        assert wording.in_sentence(title) in note.partition("tidak mulai dari nol")[0]


def test_the_axis_of_a_ranking_holds_every_regency_and_the_target(briefing):
    shown = {cohort.indicator.id: cohort.ticks for cohort in comparison.cohorts(briefing("64", "2024-11-12"))}
    assert shown == {
        "perekaman_ktp_el": [98, 100, 102, 104],  # 100.12 to 102.29, target 99.3
        "kia": [20, 40, 60, 80],  # 22.48 to 76.24, target 30
        "akta_kelahiran_0_17": [94, 96, 98, 100],  # 95.53 to 99.67, target 97
    }


def test_the_breaks_of_the_province_are_named_by_what_changes(briefing):
    assert names(briefing("64", "2024-11-12")) == {
        "KTP-el": ["penyebut beku → tidak disebut", "→ beku", "→ tidak disebut", "→ dinamis"],
        "KIA": ["penyebut tidak disebut → beku", "→ tidak disebut", "→ dinamis"],
        "Akta kelahiran 0-17 tahun": ["penyebut beku → dinamis"],
        "IKD, dari wajib KTP": ["penyebut tidak disebut → dinamis"],
    }


def test_a_break_stands_between_the_two_figures_that_it_parts(briefing):
    """Certificates: 15 April 2022 on the frozen DKB, 12 November 2024 on the register; 942 days, 471 to the middle."""
    (plot,) = [p for p in plots(briefing("64", "2024-11-12")) if p.panel.entry.indicator.id == "akta_kelahiran_0_17"]
    (found,) = plot.panel.breaks
    assert found.middle == date(2023, 7, 30)
    assert found.kinds == ("beku", "dinamis")
    (at,) = plot.flags[0].lines
    assert at / plot.wide == pytest.approx((found.middle - plot.span[0]).days / (plot.span[1] - plot.span[0]).days)


@pytest.mark.parametrize(("code", "period"), [("64.08", "2024-11-12"), ("64.71", "2024-11-12")])
def test_where_no_change_is_known_none_is_named(code, period, briefing):
    """Kutai Timur: four denominators of which no source says the kind. Balikpapan: no two figures from counts."""
    assert names(briefing(code, period)) == {}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_names_of_breaks_keep_to_their_panel_and_apart(code, period, briefing):
    for plot in plots(briefing(code, period)):
        assert len([at for flag in plot.flags for at in flag.lines]) == len(plot.panel.breaks)
        assert_apart(plot.flags, plot.wide)


def assert_apart(flags, width):
    for flag in flags:
        assert flag.left >= 0 and flag.right <= width
    for one, other in combinations(flags, 2):
        low, high = sorted((one, other), key=lambda flag: flag.lane)
        if one.lane == other.lane:
            assert one.right < other.left or other.right < one.left
        assert not any(low.left <= at <= low.right for at in high.lines)


@given(st.lists(st.tuples(st.floats(0, PLOT_MM), st.integers(1, 34)), min_size=1, max_size=7))
def test_flags_never_meet_another_or_its_lines(wished):
    flags = [theme.Flag("n" * length, (at,)) for at, length in sorted(wished)]
    placed = theme.in_lanes([flag for flag in flags if flag.width <= PLOT_MM], PLOT_MM)
    for flag in placed or ():
        assert flag.left <= flag.lines[0] <= flag.right
    assert_apart(placed or (), PLOT_MM)


def test_a_single_flag_is_centred_on_its_line_as_far_as_the_edges_allow():
    for at, left in ((25.0, 25 - theme.label_mm("beku") / 2), (0.0, 0.0), (50.0, 50 - theme.label_mm("beku"))):
        (flag,) = theme.in_lanes([theme.Flag("beku", (at,))], PLOT_MM)
        assert (flag.left, flag.lane) == (pytest.approx(left), 0)


def test_breaks_that_stand_close_are_named_together(briefing):
    """On 2.5 mm a year the three breaks of KIA (2021-03, 2022-12, 2024-05) stand 4.4 and 3.5 mm apart."""
    (plot,) = [p for p in plots(briefing("64", "2024-11-12")) if p.panel.title == "KIA"]
    narrow = figures.Plot(plot.panel, (date(2005, 1, 1), date(2025, 1, 1)), plot.year, 50.0)
    assert [(flag.text, len(flag.lines)) for flag in narrow.flags] == [
        ("penyebut tidak disebut → beku", 1),
        ("→ tidak disebut → dinamis", 2),
    ]
    assert_apart(narrow.flags, 50.0)


def test_breaks_without_room_for_their_names_are_counted(briefing):
    """On 2 mm a year all four breaks of KTP-el stand nearer than 4 mm; the chain of five kinds is wider than 45 mm."""
    (plot,) = [p for p in plots(briefing("64", "2024-11-12")) if p.panel.title == "KTP-el"]
    narrow = figures.Plot(plot.panel, (date(2003, 1, 1), date(2025, 7, 1)), plot.year, 45.0)
    assert [(flag.text, len(flag.lines)) for flag in narrow.flags] == [("jenis penyebut berganti 4 kali", 4)]


def test_labels_of_charts_are_large_enough_on_paper(briefing, published):
    svg = figures.development(briefing("64", "2024-11-12"), SourceNumbers(published["sources"])).payload["svg"]
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: ?(?:\w+ )*?([\d.]+)px", svg)]
    assert len(sizes) > 30
    assert min(sizes) >= 6.5  # one unit of the picture is a point on paper


def test_whoever_cannot_see_the_chart_is_told_of_the_breaks(briefing, published):
    told = figures.development(briefing("64", "2024-11-12"), SourceNumbers(published["sources"])).payload["alt"]
    assert "jenis penyebut berganti dari beku menjadi dinamis" in told


def on_axes(draw: Callable[[Axes], None]) -> ElementTree.Element:
    """What is drawn on axes of 100 by 100 points, over the years 2020 to 2024 and from 0 to 100, as SVG."""
    drawing = Figure(figsize=(100 / 72, 100 / 72))
    axes = Axes(drawing, 0, 0, 100 / MM, 100 / MM)
    axes.scale((date(2020, 1, 1), date(2025, 1, 1)), (0, 100))
    draw(axes)
    return ElementTree.fromstring(theme.to_svg(drawing))


def lines_of(svg: ElementTree.Element) -> list[dict[str, str]]:
    """Place and style of each line, in the order in which they are drawn."""
    return [path.attrib for path in svg.iterfind(f".//{SVG}g[@id]/{SVG}path") if "stroke" in path.get("style", "")]


def corners(path: dict[str, str]) -> list[tuple[str, float, float]]:
    found = re.findall(r"([ML]) (\S+) (\S+)", path["d"])
    return [(letter, round(float(x), 2), round(float(y), 2)) for letter, x, y in found]


def test_a_day_is_a_dot_and_a_month_a_bar_over_all_its_days():
    def draw(axes):
        theme.mark(axes, (date(2024, 11, 12), date(2024, 11, 12)), 99.0, theme.ACCENT, 4.5, hollow=True)
        theme.mark(axes, (date(2024, 10, 1), date(2024, 10, 31)), 99.0, theme.ACCENT, 4.5, hollow=True)

    svg = on_axes(draw)
    (dot,) = svg.iter(f"{SVG}use")
    assert "fill: #ffffff; stroke: #0b5fa5" in dot.get("style")
    # 1827 days from 2020 to 2024: 12 November 2024 is the 1777th of them, counted from 0; y counts from above.
    assert (float(dot.get("x")), float(dot.get("y"))) == pytest.approx((100 * 1777 / 1827, 1.0), abs=1e-4)
    outline, face = lines_of(svg)
    ends = [("M", round(100 * 1735 / 1827, 2), 1.0), ("L", round(100 * 1765 / 1827, 2), 1.0)]  # 1 and 31 October
    assert corners(outline) == corners(face) == ends
    assert "stroke: #0b5fa5; stroke-width: 5.5" in outline["style"]  # one point wider than the dot's 4.5
    assert "stroke: #ffffff; stroke-width: 3.5" in face["style"]


def test_targets_are_one_line_that_is_open_where_a_year_has_none():
    first, second, fourth = (date(year, 1, 1) for year in (2020, 2021, 2023))
    steps = [(first, second, 20), (second, date(2022, 1, 1), 30), (fourth, date(2024, 1, 1), 50)]
    (line,) = lines_of(on_axes(lambda axes: theme.stepped(axes, steps)))
    heights = [(letter, y) for letter, _, y in corners(line)]
    assert heights == [("M", 80), ("L", 80), ("L", 70), ("L", 70), ("M", 50), ("L", 50)]


def test_a_figure_of_one_date_alone_is_no_development(briefing):
    for code in ("64", "64.71"):
        assert "perekaman_ktp_el_pemula" not in [
            plot.panel.entry.indicator.id for plot in plots(briefing(code, "2024-11-12"))
        ]


def test_an_old_figure_and_its_target_name_their_year_beside_the_target_of_now(briefing):
    (plot,) = [p for p in plots(briefing("64.71", "2024-11-12")) if p.panel.title.startswith("Akta")]
    assert [text for _, text, _ in plot.ends] == ["99,67% (2022)", "provinsi 98,78%", "target 97% (2022)", "target 99%"]


def test_the_reading_says_what_a_dotted_line_is(briefing):
    (said,) = narrative.reading("perkembangan", briefing("64", "2024-11-12"))
    assert "Garis titik-titik tegak: jenis penyebut berganti" in said


def test_the_reading_explains_only_what_is_drawn(briefing):
    (said,) = narrative.reading("perkembangan", briefing("64.71", "2024-11-12"))  # no panel of it has a break
    assert "titik-titik" not in said
    assert narrative.reading("perkembangan", briefing("64.71", "2021-06-15")) == []  # nothing is drawn
