"""When the target is reached if things go on as they did: two models, an 80 % band, and refusals.

Random walk with drift (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sections 5.2 and
5.5): from the last value on with the mean pace, ``y + b h +- q s sqrt(h (1 + h / T))`` for h days ahead after T days of
series; s squared is the variance of the steps per day, so that reports need not lie equally far apart. q is the 0.9
quantile of Student's t with n - 2 degrees of freedom instead of the normal's, as series are short.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import exp, log, sqrt
from typing import Literal

from scipy.special import stdtrit

from adminduk.measure.pace import Point

FEWEST_POINTS = 3
BAND = 0.8
_CLOSE = 1e-12  # a line that meets the target exactly must not miss the day by what floating point leaves

Method = Literal["linear", "logit"]
METHODS: tuple[Method, Method] = ("linear", "logit")
Reason = Literal["kurang_dari_tiga_titik", "melebihi_satu"]
Band = tuple[float, float, float]  # low, middle, high


@dataclass(frozen=True)
class Refusal:
    """Why nothing is projected."""

    reason: Reason
    points: int


@dataclass(frozen=True)
class Projection:
    """Coverage expected at ``until`` (shares, 80 % band), and the day it reaches the target.

    ``reached`` follows the middle line, ``earliest`` and ``latest`` the edges of the band; None means not by
    ``until`` at the present pace. A share of 1 is where a line was cut that leads beyond it.
    """

    method: Method
    points: int
    until: date
    expected: Band
    reached: date | None
    earliest: date | None
    latest: date | None


def project(points: Sequence[Point], target: Fraction, span: tuple[date, date], method: Method) -> Projection | Refusal:
    """The future of one comparable series, whose points are dated to the day, after the first day of ``span``.

    ``linear``: the numerator on a line, over the denominator on its own line. ``logit``: the empirical logit
    ``log((n + 1/2) / (d - n + 1/2))`` (Haldane 1955, Anscombe 1956) on a line, which stays finite at 0 and 1.
    Refused below three points, or where more are counted than the denominator holds.
    """
    dated = _dated(points)
    if len(dated) < FEWEST_POINTS:
        return Refusal("kurang_dari_tiga_titik", len(dated))
    if any(p.numerator > p.denominator for p in dated):
        return Refusal("melebihi_satu", len(dated))
    share, goal = course(dated, method), float(target) - _CLOSE
    after, until = max(span[0], dated[-1].as_of.last), span[1]
    days = [after + timedelta(days=n) for n in range(1, (until - after).days + 1)]
    low, middle, high = (next((day for day in days if share(day)[edge] >= goal), None) for edge in range(3))
    return Projection(method, len(dated), until, share(until), middle, high, low)


def course(points: Sequence[Point], method: Method) -> Callable[[date], Band]:
    """The coverage that the model expects on a day, of three points or more that are dated to the day."""
    return _MODELS[method](_dated(points))


def _dated(points: Sequence[Point]) -> list[Point]:
    """Dated to the day, oldest first, one for each day."""
    days = {p.as_of.last: p for p in points if p.as_of.precision == "hari"}
    return [days[day] for day in sorted(days)]


def _linear(points: Sequence[Point]) -> Callable[[date], Band]:
    above = _Line([(p.as_of.last, p.numerator) for p in points])
    below = _Line([(p.as_of.last, p.denominator) for p in points])

    def share(day: date) -> Band:
        base = max(below.at(day)[1], 1.0)
        low, middle, high = (min(max(value / base, 0.0), 1.0) for value in above.at(day))
        return low, middle, high

    return share


def _logit(points: Sequence[Point]) -> Callable[[date], Band]:
    odds = [(p.as_of.last, log((p.numerator + 0.5) / (p.denominator - p.numerator + 0.5))) for p in points]
    line = _Line(odds)

    def share(day: date) -> Band:
        low, middle, high = (_inverse_logit(value) for value in line.at(day))
        return low, middle, high

    return share


_MODELS: dict[Method, Callable[[Sequence[Point]], Callable[[date], Band]]] = {"linear": _linear, "logit": _logit}


def _inverse_logit(value: float) -> float:
    """``1 / (1 + exp(-value))`` without overflow at either end."""
    return 1 / (1 + exp(-value)) if value >= 0 else exp(value) / (1 + exp(value))


class _Line:
    """On from the last of dated values with their mean pace, and how far a new one may lie from it."""

    def __init__(self, values: Sequence[tuple[date, float]]) -> None:
        (first, start), (self._last, self._level) = values[0], values[-1]
        self._span = (self._last - first).days
        self._slope = (self._level - start) / self._span
        steps = [((day - before).days, value - old) for (before, old), (day, value) in pairwise(values)]
        free = len(values) - 2
        self._variance = sum((step - self._slope * days) ** 2 / days for days, step in steps) / free
        self._quantile = float(stdtrit(free, (1 + BAND) / 2))

    def at(self, day: date) -> Band:
        ahead = (day - self._last).days
        middle = self._level + self._slope * ahead
        half = self._quantile * sqrt(self._variance * ahead * (1 + ahead / self._span))
        return middle - half, middle, middle + half
