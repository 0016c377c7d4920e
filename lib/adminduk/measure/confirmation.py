"""Whether the offices stand by their figures. A figure that has changed since is no longer confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from adminduk.basis.frames import FIGURE
from adminduk.basis.slices import figures_of

State = Literal["terkonfirmasi", "sebagian", "sementara", ""]
Figure = tuple[str, ...]  # the columns FIGURE of the table of counts, as text


@dataclass(frozen=True)
class Confirmation:
    """Of ``figures`` figures ``confirmed`` are confirmed: by which offices, the last time ``on`` that day.

    ``regions``: of how many regions (kecamatan left aside) there are figures, and of how many all are confirmed.
    """

    state: State
    days: tuple[date, ...] = ()
    figures: int = 0
    confirmed: int = 0
    regions: tuple[int, int] = (0, 0)
    by: tuple[str, ...] = ()
    on: date | None = None


def state(tables: Mapping[str, pd.DataFrame], region_code: str, as_of: date) -> State:
    """The state of a region's figures of a day; empty for a dataset that is not fed by deliveries, or without any."""
    return confirmation(tables, region_code, [as_of]).state


def confirmation(tables: Mapping[str, pd.DataFrame], region_code: str, days: Collection[date]) -> Confirmation:
    """What is confirmed of a region's figures of some days; of a province its own and its regencies' figures."""
    if "journal" not in tables or tables["journal"].empty:
        return Confirmation("")
    said = confirmed(tables)
    rows = [key(row) for row in figures_of(tables["counts"], region_code, days).to_dict("records")]
    if not rows:
        return Confirmation("")
    known = [said[row] for row in rows if row in said]
    wanting = {row[0][:5] for row in rows if row not in said}
    regions = {row[0][:5] for row in rows}
    return Confirmation(
        "sementara" if not known else "sebagian" if len(known) < len(rows) else "terkonfirmasi",
        tuple(sorted(days)),
        len(rows),
        len(known),
        (len(regions - wanting), len(regions)),
        tuple(dict.fromkeys(by for by, _ in sorted(known))),
        max((on for _, on in known), default=None),
    )


def confirmed(tables: Mapping[str, pd.DataFrame]) -> dict[Figure, tuple[str, date]]:
    """Every confirmed figure, its count included, with the office and the day."""
    rows = tables["confirmations"].to_dict("records")
    return {key(row): (row["by"], date.fromisoformat(row["confirmed_on"])) for row in rows}


def key(row: Mapping[str, object]) -> Figure:
    """What a row of the table of counts is known by here."""
    return tuple(str(row[name]) for name in FIGURE)
