"""What follows from the figures of a file: both sexes together, and places all of whose parts are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adminduk.basis.places import Places
from adminduk.ingest.sheets.figures import Figure

Group = tuple[Any, ...]


@dataclass(frozen=True)
class Sum:
    """The sum of the figures of all parts of a place. ``like`` is one of them; ``rows`` of the file were added up."""

    code: str
    value: int
    rows: int
    like: Figure


def with_totals(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, and L + P where the file does not print the total."""
    known = list(figures)
    told: dict[Group, dict[str, Figure]] = defaultdict(dict)
    for figure in known:
        if not figure.column.share and figure.line.place:
            name, block, sex, *rest = figure.group
            told[figure.line.header, figure.code, name, block, *rest][sex] = figure
    for found in told.values():
        if found.keys() == {"L", "P"}:
            men, women = found["L"], found["P"]
            value = men.value + women.value
            known.append(replace(men, sex="", cell=f"{men.cell}+{women.cell}", value=value))
    return known


def by_group(figures: Iterable[Figure]) -> dict[Group, dict[str, Figure]]:
    """The figures that may be added up, by the code of their place."""
    groups: dict[Group, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.line.place and figure.column.measure:
            groups[figure.group][figure.code] = figure
    return groups


def parent_sums(own: dict[str, Figure], places: Places) -> dict[str, Sum]:
    """The sum for each kecamatan and regency all of whose parts have a figure, of their own or as a sum.

    Also for those that have a figure of their own, which the sum can then be held against.
    """
    sums: dict[str, Sum] = {}
    for dots in (3, 2):
        # A figure of its own goes before a sum: the regency is the sum of what is said of its kecamatan.
        level = {code: sums[code] for code in sums if code.count(".") == dots}
        level |= {code: Sum(code, int(its.value), 1, its) for code, its in own.items() if code.count(".") == dots}
        for parent in sorted({code.rpartition(".")[0] for code in level}):
            children = places.children(parent)
            if children <= level.keys():
                sums[parent] = _added(parent, [level[code] for code in sorted(children)])
    return sums


def _added(code: str, parts: Sequence[Sum]) -> Sum:
    return Sum(code, sum(part.value for part in parts), sum(part.rows for part in parts), parts[0].like)
