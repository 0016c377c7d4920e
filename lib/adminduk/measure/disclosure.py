"""Small numbers in documents for the public: cells that are not printed, and no sum that gives them back.

A table holds parts (rows) by kind (columns) with every total printed. Its hidden cells form a graph of rows and
columns; a hidden cell follows from the totals exactly when it is a bridge of that graph (Gusfield, A Graph Theoretic
Approach to Statistical Data Security, SIAM Journal on Computing 17, 1988). So cells are hidden until no bridge is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]


@dataclass(frozen=True)
class Hidden:
    """Cells (row, column) that are too small, and those hidden beside them."""

    small: frozenset[Cell]
    beside: frozenset[Cell]

    @property
    def all(self) -> frozenset[Cell]:
        return self.small | self.beside


def suppress(table: Sequence[Sequence[int]], threshold: int) -> Hidden:
    """The cells of ``table`` not to be printed: those of 1 to ``threshold - 1``, and those that protect them.

    ``table`` is rectangular and without its totals, which are printed. A zero hides nobody and is printed unless
    it has to protect. Of the cells that could protect the smallest is taken. A table in which nothing can protect
    (one row and one column) is hidden whole.
    """
    cells = {(row, column): value for row, line in enumerate(table) for column, value in enumerate(line)}
    small = {cell for cell, value in cells.items() if 0 < value < threshold}
    hidden = set(small)
    while open_cells := revealed(hidden):
        protecting = _protecting(min(open_cells), hidden, cells)
        if not protecting:
            return Hidden(frozenset(small), frozenset(cells) - frozenset(small))
        hidden |= protecting
    return Hidden(frozenset(small), frozenset(hidden - small))


def revealed(hidden: set[Cell] | frozenset[Cell]) -> set[Cell]:
    """The hidden cells that follow from the printed cells and totals: the bridges of their graph."""
    return {cell for cell in hidden if not _connected(hidden - {cell}, *_ends(cell))}


def _ends(cell: Cell) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("row", cell[0]), ("column", cell[1])


def _connected(edges: set[Cell] | frozenset[Cell], start: tuple[str, int], goal: tuple[str, int]) -> bool:
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for one, other in map(_ends, edges):
            for near, far in ((one, other), (other, one)):
                if near == here and far not in reached:
                    reached.add(far)
                    waiting.append(far)
    return goal in reached


def _protecting(cell: Cell, hidden: set[Cell], cells: Mapping[Cell, int]) -> set[Cell]:
    """The cheapest further cells that close a ring through ``cell``: a rectangle with it as a corner."""
    row, column = cell
    rows = {r for r, _ in cells} - {row}
    columns = {c for _, c in cells} - {column}
    rings = [{(row, c), (r, column), (r, c)} - hidden for r in rows for c in columns]
    return min(rings, key=lambda ring: (sum(cells[c] for c in ring), len(ring), sorted(ring)), default=set())
