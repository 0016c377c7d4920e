"""The numbers of the sources of one report, in the order in which they are first cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from adminduk.present import wording

FROM_ADDRESS_NOTE = "° judul dibaca dari alamat."
_FROM_ADDRESS = re.compile(r"^judul dibaca dari alamat(; )?")
# A report that an office sends again and again: its id ends in the day it is about.
_REPEATED = re.compile(r"(?P<series>.+)-(?P<day>\d{4}-\d{2}-\d{2})")


class SourceNumbers:
    """Gives each source its number when it is first cited; reports of one kind from offices share one."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._known = {row["id"]: row for row in table.to_dict("records")}
        self._order: dict[str, int] = {}
        self._days: dict[str, set[date]] = {}

    def of(self, ids: Iterable[str]) -> list[int]:
        """The numbers of these sources, ascending; KeyError for one that the dataset does not list."""
        for source in ids:
            if source not in self._known:
                raise KeyError(source)
            self._order.setdefault(self._series(source), len(self._order) + 1)
        return sorted({self._order[self._series(source)] for source in ids})

    def _series(self, source: str) -> str:
        """What the source is listed under: its series, of which the cited days are kept, or itself."""
        found = _REPEATED.fullmatch(source)
        if found is None or self._known[source]["address"]:
            return source
        self._days.setdefault(found["series"], set()).add(date.fromisoformat(found["day"]))
        self._known.setdefault(found["series"], self._known[source])
        return found["series"]

    def _title(self, source: str) -> str:
        title, days = str(self._known[source]["title"]), sorted(self._days.get(source, ()))
        if len(days) < 2:
            return title
        kind = title.partition(", keadaan ")[0]
        first, last = wording.long_date(days[0]), wording.long_date(days[-1])
        return f"{kind}, {wording.number(len(days))} laporan keadaan {first} sampai {last}"

    def of_document(self, document: str, address: str) -> int:
        """The number of a document that params name, which may be a source of the dataset too."""
        for source, row in self._known.items():
            if row["address"] == address and address.startswith("http"):
                return self.of([source])[0]
        self._known[document] = {"id": document, "title": document, "address": address, "published": "", "note": ""}
        return self.of([document])[0]

    def cited(self) -> list[dict[str, Any]]:
        """The cited sources as the list at the end of a report prints them."""
        items = []
        for source, number in self._order.items():
            row = self._known[source]
            note, found = _FROM_ADDRESS.subn("", row["note"])
            items.append(
                {
                    "number": number,
                    "title": self._title(source) + ("°" if found else ""),
                    "published": wording.published_on(row["published"]),
                    "address": row["address"],
                    "note": wording.capital(note),
                }
            )
        return items

    def notes(self) -> list[str]:
        """What the sign behind a title means, when it is there."""
        return [FROM_ADDRESS_NOTE] if any(item["title"].endswith("°") for item in self.cited()) else []
