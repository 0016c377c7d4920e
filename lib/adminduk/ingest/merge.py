"""Deliveries added to a dataset in memory, one after another: figures, findings, sources and the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from adminduk.basis.catalog import Catalog
from adminduk.basis.frames import FINDINGS, TABLES
from adminduk.basis.places import Places
from adminduk.basis.releases import Release
from adminduk.ingest.ledger import CLAIM, COUNT, Ledger, Outcome, Row, record
from adminduk.ingest.sheets.extract import Extract

# (statement, measure) -> level -> (places, sum)
Totals = dict[tuple[str, str], dict[int, tuple[int, int]]]


@dataclass(frozen=True)
class Taken:
    """One file, read: its stored name, what was said of it, and what it says. ``as_of`` is that of its statement."""

    file: str
    sha256: str
    content: bytes
    as_of: str
    denominator: str
    extract: Extract
    notes: tuple[str, ...] = ()

    @property
    def stored(self) -> str:
        """Where it is kept below received/."""
        return f"{self.as_of}/{self.extract.layout.id}/{self.file}"

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.sha256, self.as_of, self.denominator


@dataclass(frozen=True)
class Merged:
    """What one file changed. ``repeated``: nothing, and the same file had been taken in before."""

    counts: Outcome
    claims: Outcome
    summed_again: int
    repeated: bool


class Merge:
    """The tables of a dataset while ``taken`` files are added; ``when`` is now, in UTC."""

    def __init__(
        self, tables: Mapping[str, pd.DataFrame], taken: Sequence[Taken], catalog: Catalog, places: Places, when: str
    ) -> None:
        self._tables, self._places, self._when = tables, places, when
        bases = frozenset(measure.id for measure in catalog.measures.values() if measure.role == "penyebut")
        self._bases = bases
        counts, claims = (
            {row["statement"] for file in taken for row in rows(file.extract)}
            for rows in (lambda extract: extract.counts, lambda extract: extract.claims)
        )
        self.counts = Ledger(COUNT, tables["counts"], counts, bases)
        self.claims = Ledger(CLAIM, tables["claims"], claims, frozenset())
        self._sources = {row["id"]: row for row in tables["sources"].to_dict("records")}
        self._rows: dict[str, list[Row]] = {
            name: tables[name].to_dict("records") for name in ("journal", "findings", "replaced", "replaced_claims")
        }

    def releases(self) -> list[str]:
        """The DKB releases that the dataset holds."""
        known = set(self._tables["counts"]["statement"].unique()) | self.counts.statements()
        return sorted(name for name in known if Release.parse(name))

    def borrowed(self, release: str, extract: Extract) -> list[Row]:
        """The release's denominators of the regions of a recap, as rows of the recap's statement."""
        codes = {row["region_code"] for row in extract.counts}
        statement = extract.counts[0]["statement"] if extract.counts else ""
        return [
            row | {"statement": statement, "origin": release}
            for row in self.counts.statement(release)
            if row["region_code"] in codes and row["measure"] in self._bases and not row["sex"] + row["age_group"]
        ]

    def add(self, file: Taken, counts: Sequence[Row]) -> Merged:
        """Put one file in; ``counts`` are its rows with what it borrows."""
        extract = file.extract
        repeated = any((r["sha256"], r["as_of"], r["denominator"]) == file.identity for r in self._rows["journal"])
        before = {row["region_code"] for row in self.counts.not_in(self.counts.groups(counts))}
        found = self.counts.add(counts)
        said = self.claims.add(extract.claims)
        again = self.counts.sum_again((row for _, now in found.changed for row in now), self._places)
        merged = Merged(found, said, len(again), repeated and found.nothing and said.nothing)
        if merged.repeated:
            return merged
        by = f"{file.file} {file.sha256[:12]}"
        self._rows["replaced"] += record([*found.changed, *again], self._when, by)
        self._rows["replaced_claims"] += record(said.changed, self._when, by)
        self._sources |= {row["id"]: row for row in extract.sources}
        self._find(file, before)
        self._rows["journal"].append(self._entry(file, len(counts), merged))
        return merged

    def tables(self) -> dict[str, pd.DataFrame]:
        """Everything that deliveries may change."""
        rows = self._rows | {"sources": list(self._sources.values())}
        made = {name: pd.DataFrame(cells, columns=list(TABLES[name]), dtype=str) for name, cells in rows.items()}
        return made | {"counts": self.counts.frame(), "claims": self.claims.frame()}

    def _find(self, file: Taken, kept: set[str]) -> None:
        """Findings of the file take the place of those of earlier files of its kind and date.

        Not for regions of which figures of the earlier file are still in use.
        """
        extract, journal = file.extract, self._rows["journal"]
        same = (extract.layout.id, file.as_of)
        earlier = {row["file"] for row in journal if (row["layout"], row["as_of"]) == same}
        spoken = {row["region_code"] for row in (*extract.counts, *extract.findings)} - kept
        old = [
            row
            for row in self._rows["findings"]
            if row["region_code"] not in spoken or row["origin"].partition(":")[0] not in earlier
        ]
        self._rows["findings"] = _once([*old, *extract.findings])

    def _entry(self, file: Taken, counts: int, merged: Merged) -> Row:
        extract = file.extract
        replaced = sum(len(before) for before, _ in merged.counts.changed) + merged.summed_again
        numbers = {
            "counts": counts,
            "claims": len(extract.claims),
            "findings": len(extract.findings),
            "replaced": replaced,
        }
        return {
            "when": self._when,
            "file": file.file,
            "sha256": file.sha256,
            "layout": extract.layout.id,
            "as_of": file.as_of,
            "denominator": file.denominator,
            "regions": " ".join(regencies(extract)),
            **{name: str(number) for name, number in numbers.items()},
        }


def regencies(extract: Extract) -> list[str]:
    """The regencies, and the province, of whose places a file speaks."""
    return sorted({row["region_code"][:5] for row in extract.counts})


def totals(rows: Iterable[Row]) -> Totals:
    """By statement and measure, for each level (0 province ... 3 kelurahan) that has figures: places and their sum.

    Of all sexes and ages together.
    """
    found: Totals = {}
    for row in rows:
        if not row["sex"] and not row["age_group"]:
            levels = found.setdefault((row["statement"], row["measure"]), {})
            level = row["region_code"].count(".")
            places, total = levels.get(level, (0, 0))
            levels[level] = places + 1, total + int(row["count"])
    return found


def _once(rows: Iterable[Row]) -> list[Row]:
    return list({tuple(row[name] for name in FINDINGS): row for row in rows}.values())
