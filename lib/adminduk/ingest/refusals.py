"""What is said when a file contradicts the dataset or itself: region, measure, what stands there, what to type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adminduk.basis.catalog import Catalog
from adminduk.basis.errors import Problem
from adminduk.basis.places import Places
from adminduk.ingest.ledger import Row

_MEND = "perbaiki berkasnya, lalu ulangi"
_LISTED = 20  # what is told one by one


@dataclass(frozen=True)
class Refusals:
    """Problems of files that are taken into ``dataset``."""

    catalog: Catalog
    places: Places
    dataset: str

    def rivals(self, file: str, groups: Sequence[Sequence[Row]]) -> list[Problem]:
        """The file says two things about one."""
        told = [
            Problem(
                f"{file}: {', '.join(row['origin'].removeprefix(f'{file}:') for row in group)}",
                f"{self._about(group[0])} disebut lebih dari sekali dengan angka berbeda: {_all(group)}",
                "satu angka",
                _MEND,
            )
            for group in groups[:_LISTED]
        ]
        rest = len(groups) - _LISTED
        return (
            [*told, Problem(file, f"dan {rest} angka lain yang disebut lebih dari sekali", "satu angka", _MEND)]
            if rest > 0
            else told
        )

    def differing(self, file: str, changed: Sequence[tuple[list[Row], list[Row]]], given: Mapping[str, str]) -> Problem:
        """The file says other things than what its statement said before; ``given`` is what the user typed."""
        listed = [f"{self._about(now[0])}: {_all(before)} menjadi {_all(now)}" for before, now in changed[:_LISTED]]
        if len(changed) > _LISTED:
            listed.append(f"dan {len(changed) - _LISTED} lainnya")
        typed = {**given, "DATA": self.dataset, "REPLACE": "yes"}
        command = " ".join(f"{name}={_quoted(value)}" for name, value in typed.items())
        return Problem(
            file,
            "\n    ".join([f"{len(changed)} angka berbeda dari yang sudah dimuat:", *listed]),
            "angka yang sama, atau REPLACE=yes bila berkas ini perbaikan dari yang sudah dimuat",
            f"periksa angkanya, lalu: make ingest {command}",
        )

    def no_release(self, release: str, held: Iterable[str]) -> Problem:
        return Problem(
            "DENOMINATOR",
            f"{release} tidak ada di kumpulan data {self.dataset}",
            f"salah satu dari: {', '.join(held) or '(belum ada)'}",
            "muat dahulu berkas rilis DKB itu, atau kosongkan DENOMINATOR",
        )

    def _about(self, row: Row) -> str:
        place = self.places.by_code(row["region_code"])
        known = {**self.catalog.measures, **self.catalog.indicators}
        what = known[row.get("measure") or row["indicator"]].label.id
        told = (f"{row['region_code']} {place.name if place else ''}".strip(), what, row.get("sex"), row["as_of"])
        return ", ".join(filter(None, told))


def _all(rows: Iterable[Row]) -> str:
    return " dan ".join(map(_told, rows))


def _told(row: Row) -> str:
    """A count, with the date of the base that it is of; a percentage or words as printed."""
    if "count" not in row:
        return row["percent"] or row["words"]
    return row["count"] + (f" ({row['base_kind']}, {row['as_of']})" if row["base_kind"] else "")


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[^\w./:-]", value) else value
