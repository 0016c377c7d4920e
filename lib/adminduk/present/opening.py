"""A region, a period and a dataset become a briefing, with its source numbers and what every page says of it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from adminduk.basis import frames, slices
from adminduk.basis.checks import Finding
from adminduk.basis.garbage import no_collection
from adminduk.basis.paths import Paths
from adminduk.basis.periods import load_period
from adminduk.basis.places import load_places
from adminduk.basis.regions import Region
from adminduk.basis.remarks import load_remarks
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.measure.checks import of_region
from adminduk.measure.evidence import Evidence, Scope
from adminduk.measure.known import Known
from adminduk.present import confirmation, wording
from adminduk.present.sources import SourceNumbers

OPENED_VARIABLE = "ADMINDUK_OPENED"  # the file in which a report finds what was opened for it
SPARSE_PAGES = 3  # a report about which little is known stays short


@dataclass(frozen=True)
class Opened:
    """``stamp`` stands at the head and foot of every page; ``remarks`` are the office's texts by notebook."""

    briefing: Briefing
    numbers: SourceNumbers
    stamp: dict[str, Any]
    remarks: Mapping[str, str]


class Ground:
    """What the documents of one period and dataset have in common, read once.

    ``period``: id of a file in params/periods; ``data``: name of a folder in data/. Raises ParameterError or
    DataError, each with what is known and what to do.
    """

    def __init__(self, paths: Paths, period: str, data: str) -> None:
        self._paths, self._data = paths, data
        self.book, self.period = load_rulebook(paths), load_period(paths, period, data)
        self._known: Known | None = None

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(load_places(self._paths).codes())

    @cached_property
    def _unused(self) -> pd.DataFrame:
        return frames.read_unused(self._paths, self._data)

    def evidence(self, place: Region, tables: dict[str, pd.DataFrame]) -> Evidence:
        """The figures by which the rules judge a region: its own and, but for the province, all in it."""
        levels = 1 if place.is_province else 3
        return Evidence(tables, self.book, Scope(self.period.as_of, self.period.as_of, place.code, levels))

    def open(self, place: Region, tables: dict[str, pd.DataFrame], evidence: Evidence | None = None) -> Opened:
        """What a document of the region ``place`` rests on; ``tables`` hold what it needs of the dataset, or more.

        ``evidence`` is that of the region, where it is at hand.
        """
        with no_collection():
            return self._opened(place, tables, of_region(evidence) if evidence else None)

    def _opened(self, place: Region, tables: dict[str, pd.DataFrame], findings: tuple[Finding, ...] | None) -> Opened:
        period, data = self.period, self._data
        frames.check_regions(tables, self._codes, data)
        own = slices.slice_for(tables, place.code)
        if self._known is None:
            self._known = Known(own, self.book, period.as_of)
        briefing = Briefing(own | {"unused": self._unused}, self.book, place, period, self._known, findings)
        stamp = {
            "region_code": place.code,
            "region_name": place.name,
            "as_of_text": wording.long_date(period.as_of),
            "period": period.key,
            "data": data,
            "date": period.as_of.isoformat(),
            "meeting": period.meeting.short if period.meeting else "",
            "language": "id",
            "audience": "daerah",
            "simulated": frames.is_simulated(tables),
            "most_pages": SPARSE_PAGES if briefing.is_sparse else 0,
            "data_hash": _data_hash(briefing, own),
            "status": confirmation.stamp(briefing.confirmation),
        }
        remarks = load_remarks(self._paths, period.key, place.code, data if stamp["simulated"] else "")
        return Opened(briefing, SourceNumbers(tables["sources"]), stamp, remarks)


def open_briefing(paths: Paths, region: str, period: str, data: str) -> Opened:
    """What a document of one region and period rests on; ``region``: code, official name or alias.

    Raises ParameterError or DataError, each with what is known and what to do.
    """
    ground = Ground(paths, period, data)
    place = ground.book.regions.find(region)
    return ground.open(place, frames.read_dataset(paths, data, place.code))


def keep(opened: Opened) -> bytes:
    """What was opened, to be opened again by another process of the same version of this program (``kept``)."""
    return pickle.dumps(opened, pickle.HIGHEST_PROTOCOL)


def kept(region: str, period: str, data: str) -> Opened | None:
    """What who runs this notebook has opened for it already; None where that is nothing, or of something else."""
    place = os.environ.get(OPENED_VARIABLE)
    with no_collection():
        opened = pickle.loads(Path(place).read_bytes()) if place else None
    asked = {"region_code": region, "period": period, "data": data}
    return opened if opened is not None and asked.items() <= opened.stamp.items() else None


def _data_hash(briefing: Briefing, tables: Mapping[str, pd.DataFrame]) -> str:
    """The *sidik data* of what a report tells: its region's figures, what stands beside them, and their sources.

    The province tells of everybody; of other regencies' figures a regency tells those it is compared with.
    """
    if briefing.region.is_province:
        return frames.data_hash(dict(tables))
    code = briefing.region.code
    own = {name: frame for name, frame in tables.items() if "region_code" in frame}
    own = {name: frame[_within(frame["region_code"], code)] for name, frame in own.items()}
    cited = {source for name in ("counts", "claims") for source in own[name]["source"]}
    cited.update(source for row in briefing.beside for source in row.sources)
    sources = tables["sources"]
    own["sources"] = sources[sources["id"].isin(cited)]
    return frames.data_hash(own, repr((briefing.beside, briefing.findings)))


def _within(codes: pd.Series, code: str) -> pd.Series:
    return (codes == code) | codes.str.startswith(f"{code}.")
