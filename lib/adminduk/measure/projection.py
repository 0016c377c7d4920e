"""When the target is reached if things go on as they did: two models, an 80 % band, and refusals.

Least squares on time with the prediction interval of one new observation (Hyndman and Athanasopoulos, Forecasting:
Principles and Practice, 3rd ed., section 7.6): at time t,
``yhat +- q s sqrt(1 + 1/n + (t - tbar)^2 / Sxx)`` with q the 0.9 quantile of Student's t with n - 2 degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
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
    ``until`` at the present pace.
    """

    method: Method
    points: int
    until: date
    expected: Band
    reached: date | None
    earliest: date | None
    latest: date | None


def project(points: Sequence[Point], target: Fraction, until: date, method: Method) -> Projection | Refusal:
    """The future of one comparable series, whose points are dated to the day.

    ``linear``: the numerator on a line, over the denominator on its own line. ``logit``: the empirical logit
    ``log((n + 1/2) / (d - n + 1/2))`` (Haldane 1955, Anscombe 1956) on a line, which stays finite at 0 and 1.
    Refused below three points, or where more are counted than the denominator holds.
    """
    dated = _dated(points)
    if len({p.as_of for p in dated}) < FEWEST_POINTS:
        return Refusal("kurang_dari_tiga_titik", len(dated))
    if any(p.numerator > p.denominator for p in dated):
        return Refusal("melebihi_satu", len(dated))
    share = course(dated, method)
    last, goal = dated[-1].as_of.last, float(target) - _CLOSE
    days = [last + timedelta(days=n) for n in range(1, (until - last).days + 1)]
    low, middle, high = (next((day for day in days if share(day)[edge] >= goal), None) for edge in range(3))
    return Projection(method, len(dated), until, share(until), middle, high, low)


def course(points: Sequence[Point], method: Method) -> Callable[[date], Band]:
    """The coverage that the model expects on a day, of three points or more that are dated to the day."""
    return _MODELS[method](_dated(points))


def _dated(points: Sequence[Point]) -> list[Point]:
    return sorted((p for p in points if p.as_of.precision == "hari"), key=lambda p: p.as_of)


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
    """A least-squares line through dated values, with the prediction interval of a new one."""

    def __init__(self, values: Sequence[tuple[date, float]]) -> None:
        self._start = values[0][0]
        times = [float((day - self._start).days) for day, _ in values]
        n = len(values)
        self._n, self._mean = n, sum(times) / n
        level = sum(value for _, value in values) / n
        self._spread = sum((time - self._mean) ** 2 for time in times)
        cross = sum((time - self._mean) * (value - level) for time, (_, value) in zip(times, values, strict=True))
        self._slope = cross / self._spread
        self._level = level
        rest = sum((value - self._middle(time)) ** 2 for time, (_, value) in zip(times, values, strict=True))
        self._error = sqrt(rest / (n - 2))
        self._quantile = float(stdtrit(n - 2, (1 + BAND) / 2))

    def _middle(self, time: float) -> float:
        return self._level + self._slope * (time - self._mean)

    def at(self, day: date) -> Band:
        time = float((day - self._start).days)
        middle = self._middle(time)
        half = self._quantile * self._error * sqrt(1 + 1 / self._n + (time - self._mean) ** 2 / self._spread)
        return middle - half, middle, middle + half
