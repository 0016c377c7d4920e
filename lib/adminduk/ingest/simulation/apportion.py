"""Whole numbers that add up, and seeded draws: what the simulation is made of.

Everything is integer arithmetic on numpy's guaranteed bit streams, so that a seed gives the same figures on
every machine.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def draw(key: str, low: int, high: int, shape: tuple[int, ...]) -> Whole:
    """Whole numbers from ``low`` to ``high``, both included, that depend on ``key`` alone.

    A key names what is drawn ("64|pace|milik_kia"), so that a new measure does not move the others.
    """
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:16], "big")
    raw = np.random.PCG64(seed).random_raw(int(np.prod(shape)))
    # Of 64 random bits 31 are kept: the remainder is then even enough for any range used here.
    return low + ((raw >> np.uint64(33)).astype(np.int64) % (high - low + 1)).reshape(shape)


def apportion(total: int, weights: Whole, limits: Whole | None = None) -> Whole:
    """``total`` as whole parts proportional to ``weights``, by largest remainder; no part above its limit.

    Ties go to the earlier part. ValueError when the limits together are below the total.
    """
    limits = np.full(len(weights), total) if limits is None else np.asarray(limits)
    if int(limits.sum()) < total:
        raise ValueError(f"{total} does not fit below limits that sum to {int(limits.sum())}")
    parts = np.zeros(len(weights), dtype=np.int64)
    while (left := total - int(parts.sum())) > 0:
        room = limits - parts
        share = np.where(room > 0, np.maximum(weights, 1), 0)
        parts = parts + np.minimum(_largest_remainder(left, share), room)
    return parts


def _largest_remainder(total: int, weights: Whole) -> Whole:
    whole = int(weights.sum())
    quotas, remainders = np.divmod(total * weights, whole)
    order = np.argsort(-remainders, kind="stable")
    quotas[order[: total - int(quotas.sum())]] += 1
    return quotas


def nested(totals: Whole, weights: Whole, parents: Whole, limits: Whole | None = None) -> Whole:
    """Each of the totals apportioned to its children; ``parents[i]`` is the place of child i's total."""
    parts = np.zeros(len(weights), dtype=np.int64)
    for place, total in enumerate(totals):
        own = parents == place
        parts[own] = apportion(int(total), weights[own], None if limits is None else limits[own])
    return parts


def by_sex(totals: Whole, male_permille: Whole, limits: Whole | None = None) -> Whole:
    """Totals as pairs (L, P) that add up, of shape (n, 2); within ``limits`` of that shape."""
    male = (totals * male_permille + 500) // 1000
    if limits is not None:
        male = np.clip(male, totals - limits[:, 1], limits[:, 0])
    return np.stack([male, totals - male], axis=1)


def grown(final: Whole, growth: Whole, pace: Whole, thresholds: Whole) -> Whole:
    """A stock that reaches ``final`` on the last day after having grown by ``growth`` since the first.

    ``pace`` holds, for each step between two days, how much of the growth falls into it (days, ...), positive;
    the answer has one entry more. It never falls, whatever the pace. ``thresholds`` (from 0 to 999 of 1,000) say
    for each place where it rounds, so that small places do not all wait for the same day.
    """
    done = np.concatenate([np.zeros((1, *pace.shape[1:]), dtype=np.int64), np.cumsum(pace, axis=0)])
    whole = done[-1]
    return final - (growth * (whole - done) + whole * thresholds // 1000) // whole
