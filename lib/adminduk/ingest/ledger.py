"""What a delivery changes in a dataset: nothing is overwritten unless that was asked for, and never without a record.

A statement says one thing of each region, date, measure, sex and age group once. Of a denominator the date is part
of what is said, not of what it is said about: the same statement cannot rest on two of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from adminduk.basis.frames import BY, TABLES
from adminduk.basis.places import Places

Row = dict[str, str]
Key = tuple[str, ...]

_SUM = re.compile(r":jumlah \d+ baris$")


@dataclass(frozen=True)
class Kind:
    """A table that deliveries add to: what a row is about, and what it says of it."""

    table: str
    about: tuple[str, ...]
    says: tuple[str, ...]


COUNT = Kind(
    "counts",
    ("region_code", "measure", "sex", "age_group", "as_of"),
    ("as_of", "base_kind", "count", "approximate", "unusable"),
)
CLAIM = Kind(
    "claims", ("region_code", "indicator", "base", "kind", "as_of"), ("percent", "words", "verdict", "approximate")
)


@dataclass
class Outcome:
    """What became of the rows of a delivery. ``changed`` pairs what was said before with what is said now.

    ``left`` counts what the same statements said of the same regions before and the delivery does not speak of:
    it stays.
    """

    new: int = 0
    same: int = 0
    changed: list[tuple[list[Row], list[Row]]] = field(default_factory=list)
    left: int = 0

    @property
    def nothing(self) -> bool:
        return not self.new and not self.changed


class Ledger:
    """The rows of one table while deliveries are added; only statements that they touch are looked at.

    ``bases``: the measures that are denominators.
    """

    def __init__(self, kind: Kind, frame: pd.DataFrame, statements: Iterable[str], bases: frozenset[str]) -> None:
        self._kind, self._bases = kind, bases
        touched = frame["statement"].isin(list(statements))
        self._untouched = frame[~touched]
        self._said: dict[str, dict[Key, list[Row]]] = defaultdict(dict)
        for row in frame[touched].astype(str).to_dict("records"):
            self._said[row["statement"]].setdefault(self._about(row), []).append(row)

    def frame(self) -> pd.DataFrame:
        rows = [row for said in self._said.values() for group in said.values() for row in group]
        made = pd.DataFrame(rows, columns=list(TABLES[self._kind.table]), dtype=str)
        return pd.concat([self._untouched.astype(str), made], ignore_index=True)

    def statements(self) -> set[str]:
        """The statements that were looked at, and those that are new."""
        return set(self._said)

    def statement(self, statement: str) -> list[Row]:
        """Every row of a statement."""
        found = [row for group in self._said.get(statement, {}).values() for row in group]
        rest = self._untouched[self._untouched["statement"] == statement]
        return found + rest.astype(str).to_dict("records")

    def add(self, rows: Iterable[Row]) -> Outcome:
        """Put the rows of one delivery where they belong; what differs takes the place of what was there."""
        outcome = Outcome()
        delivered = self.groups(rows)
        for (statement, about), group in delivered.items():
            before = self._said[statement].get(about)
            if before is None:
                outcome.new += len(group)
            elif self._says(before) == self._says(group):
                outcome.same += len(group)
                continue
            else:
                outcome.changed.append((before, group))
            self._said[statement][about] = group
        outcome.left = len(self.not_in(delivered))
        return outcome

    def groups(self, rows: Iterable[Row]) -> dict[tuple[str, Key], list[Row]]:
        """Rows by statement and what they are about; a row that is there twice, once."""
        found: dict[tuple[str, Key], dict[tuple[str, ...], Row]] = defaultdict(dict)
        for row in rows:
            found[row["statement"], self._about(row)].setdefault(tuple(row[name] for name in self._kind.says), row)
        return {key: list(group.values()) for key, group in found.items()}

    def rivals(self, rows: Iterable[Row]) -> list[list[Row]]:
        """Rows of one delivery that say different things about the same."""
        wrong = []
        for group in self.groups(rows).values():
            dates = {(row["as_of"], row.get("base_kind")) for row in group}
            if len(dates) < len(group):
                wrong.append(group)
        return wrong

    def not_in(self, delivered: Mapping[tuple[str, Key], list[Row]]) -> list[Row]:
        """What the statements of a delivery said before of its regions, and it does not."""
        regions = {about[0] for _, about in delivered}
        return [
            row
            for statement in {statement for statement, _ in delivered}
            for about, group in self._said[statement].items()
            if about[0] in regions and (statement, about) not in delivered
            for row in group
        ]

    def sum_again(self, rows: Iterable[Row], places: Places) -> list[tuple[list[Row], list[Row]]]:
        """Sums made of earlier deliveries, of places a part of which has changed: summed anew, else taken away.

        ``rows`` are the changed parts. Returns what was there before and what is there now.
        """
        changed = []
        parts = {(row["statement"], self._about(row)): row["origin"].partition(":")[0] for row in rows}
        for dots in (3, 2):  # kelurahan make kecamatan, kecamatan make regencies
            below = [(key, file) for key, file in parts.items() if key[1][0].count(".") == dots]
            for (statement, about), file in below:
                whole = (about[0].rpartition(".")[0], *about[1:])
                before = self._said[statement].get(whole, [])
                if not before or not all(_SUM.search(row["origin"]) for row in before):
                    continue
                codes = places.children(whole[0])
                now = _summed(before, [self._said[statement].get((code, *about[1:]), []) for code in codes], file)
                if self._says(before) != self._says(now):
                    changed.append((before, now))
                    self._put(statement, whole, now)
                    parts[statement, whole] = file
        return changed

    def _put(self, statement: str, about: Key, group: list[Row]) -> None:
        if group:
            self._said[statement][about] = group
        else:
            del self._said[statement][about]

    def _about(self, row: Row) -> Key:
        about = tuple(row[name] for name in self._kind.about)
        return about[:-1] if row.get("measure") in self._bases else about

    def _says(self, group: Iterable[Row]) -> set[Key]:
        return {tuple(row[name] for name in self._kind.says) for row in group}


def _summed(before: list[Row], parts: list[list[Row]], file: str) -> list[Row]:
    """The sum of all parts, of each date and kind of base that all of them have; nothing where one is missing."""
    found = []
    for row in before:
        same = [
            part
            for group in parts
            for part in group
            if (part["as_of"], part["base_kind"]) == (row["as_of"], row["base_kind"])
        ]
        if len(same) == len(parts):
            total = str(sum(int(part["count"]) for part in same))
            found.append(row | {"count": total, "origin": f"{file}:jumlah {len(parts)} baris"})
    return found


def record(changed: Iterable[tuple[list[Row], list[Row]]], when: str, by: str) -> list[Row]:
    """What was said before, as the table of replaced rows keeps it."""
    told = dict(zip(BY, (when, by), strict=True))
    return [row | told for before, _ in changed for row in before]
