"""Colours that survive colour blindness and a photocopy: checked by simulation, not by eye."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations, pairwise

import pytest

from adminduk.present import theme
from adminduk.present.comparison import SHADES
from adminduk.publish.compiler import TEMPLATES

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
SIMULATIONS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear RGB."""
    red, green, blue = (min(max(channel, 0.0), 1.0) for channel in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, matrix) -> tuple[float, float, float]:
    rgb = linear(colour)
    return lab([sum(weight * channel for weight, channel in zip(row, rgb, strict=True)) for row in matrix])


def distance(one, other) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_this_region_differs_from_the_others_for_every_eye(kind):
    matrix = SIMULATIONS[kind]
    assert distance(seen(theme.ACCENT, matrix), seen(theme.OTHERS, matrix)) > 20


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_the_shades_of_the_map_differ_for_every_eye(kind):
    matrix = SIMULATIONS[kind]
    for one, other in combinations(SHADES, 2):
        assert distance(seen(one, matrix), seen(other, matrix)) > 10


def test_the_shades_of_the_map_survive_a_photocopy():
    grey = [luminance(shade) for shade in SHADES]
    assert grey == sorted(grey, reverse=True)
    assert all(before / after > 1.3 for before, after in pairwise(grey))


def test_text_can_be_read_on_white_and_in_the_tiles():
    page = (TEMPLATES / "dasar.typ").read_text(encoding="utf-8")
    colours = dict(re.findall(r'(\w+): rgb\("(#[0-9A-F]{6})"\)', page))
    for name in ("aksen", "tercapai", "belum", "redup", "tinta"):
        assert contrast(colours[name], "#FFFFFF") >= 4.5, name
    for place, shade in enumerate(SHADES):
        ink = "#FFFFFF" if place == len(SHADES) - 1 else theme.INK
        assert contrast(ink, shade) >= 4.5
    assert contrast(theme.ACCENT, "#FFFFFF") >= 4.5
    assert contrast(theme.OTHERS, "#FFFFFF") >= 4.5


def test_a_matplotlibrc_of_the_user_changes_no_figure(tmp_path):
    program = (
        "from adminduk.present import theme\n"
        "from matplotlib.figure import Figure\n"
        "with theme.style():\n"
        "    figure = Figure(); figure.subplots().plot([1, 3, 2]); print(theme.to_svg(figure))\n"
    )
    (tmp_path / "matplotlibrc").write_text("axes.facecolor: red\nlines.linewidth: 9\nfigure.figsize: 2, 2\n")
    drawn = [
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True).stdout
        for environment in (os.environ, {**os.environ, "MATPLOTLIBRC": str(tmp_path / "matplotlibrc")})
    ]
    assert b"<svg" in drawn[0] and drawn[0] == drawn[1]
