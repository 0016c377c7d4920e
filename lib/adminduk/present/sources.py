"""The numbers of the sources of one report, in the order in which they are first cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from adminduk.present import wording

FROM_ADDRESS_NOTE = "° judul dibaca dari alamat."
_FROM_ADDRESS = re.compile(r"^judul dibaca dari alamat(; )?")


class SourceNumbers:
    """Gives each source its number when it is first cited."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._known = {row["id"]: row for row in table.to_dict("records")}
        self._order: dict[str, int] = {}

    def of(self, ids: Iterable[str]) -> list[int]:
        """The numbers of these sources, ascending; KeyError for one that the dataset does not list."""
        for source in ids:
            if source not in self._known:
                raise KeyError(source)
            self._order.setdefault(source, len(self._order) + 1)
        return sorted({self._order[source] for source in ids})

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
                    "title": row["title"] + ("°" if found else ""),
                    "published": wording.published_on(row["published"]),
                    "address": row["address"],
                    "note": wording.capital(note),
                }
            )
        return items

    def notes(self) -> list[str]:
        """What the sign behind a title means, when it is there."""
        return [FROM_ADDRESS_NOTE] if any(item["title"].endswith("°") for item in self.cited()) else []
