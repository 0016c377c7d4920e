"""What is known of the province and its regencies by a day: the same for every document of a dataset and period."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

import pandas as pd

from adminduk.basis.catalog import Indicator
from adminduk.basis.rulebook import Rulebook
from adminduk.measure import compare, indicators
from adminduk.measure.facts import Facts, gather, nothing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.rollup import roll_up

Group = list[IndicatorRow]


class Known:
    """``facts`` and ``rows`` (by indicator, oldest first) of each region by its code, known by ``until``.

    The province's rows hold sums over its regencies where it has no figure of its own of that date.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], book: Rulebook, until: date) -> None:
        self._regions = book.regions
        codes = [place.code for place in book.regions.all]
        counts, claims = (frame[frame["region_code"].isin(codes)] for frame in (tables["counts"], tables["claims"]))
        found = gather(counts, claims, until, book.preferred)
        self.facts: Mapping[str, Facts] = {code: found.get(code) or nothing(code) for code in codes}
        self.rows = {code: indicators.build(facts, book.catalog) for code, facts in self.facts.items()}
        self._groups = {indicator.id: self._grouped(indicator) for indicator in book.catalog}
        for indicator in book.catalog:
            self._sum_up(indicator)

    def __reduce__(self) -> tuple[Callable[..., Known], tuple[bytes, dict[str, bytes]]]:
        return _thawed, self._frozen

    @cached_property
    def _frozen(self) -> tuple[bytes, dict[str, bytes]]:
        """The same bytes for the reports of all regions; facts apart, because a report asks for those of few."""
        return pickle.dumps((self._regions, self.rows, self._groups)), {
            code: pickle.dumps(found) for code, found in self.facts.items()
        }

    def groups(self, indicator: Indicator) -> Mapping[tuple, Group]:
        """The regencies' figures that may stand beside each other, by what they have in common."""
        return self._groups[indicator.id]

    def _grouped(self, indicator: Indicator) -> dict[tuple, Group]:
        groups: dict[tuple, Group] = {}
        for place in self._regions.regencies:
            for row in self.rows[place.code][indicator.id]:
                key = compare.cohort_key(row)
                if key is not None:
                    groups.setdefault(key, []).append(row)
        return groups

    def _sum_up(self, indicator: Indicator) -> None:
        """An incomplete sum says so, and stands only while the province has nothing else at all."""
        own = self.rows[self._regions.province.code][indicator.id]
        had_any = bool(own)
        for whole in self._sums(indicator):
            known = {(row.as_of, row.base) for row in own}
            if (whole.as_of, whole.base) not in known and (whole.status != "parsial" or not had_any):
                own.append(whole)
        own.sort(key=lambda row: (row.as_of, row.base))

    def _sums(self, indicator: Indicator) -> list[IndicatorRow]:
        expected, province = len(self._regions.regencies), self._regions.province.code
        sums = (roll_up(group, province, expected, indicator) for group in self.groups(indicator).values())
        return [whole for whole in sums if whole is not None]


class _Thawing(dict[str, Facts]):
    """Facts by region, each unpickled when it is asked for."""

    def __init__(self, frozen: Mapping[str, bytes]) -> None:
        super().__init__()
        self._frozen = frozen

    def __missing__(self, code: str) -> Facts:
        found = self[code] = pickle.loads(self._frozen[code])
        return found


def _thawed(frozen: bytes, facts: Mapping[str, bytes]) -> Known:
    known = Known.__new__(Known)
    known._regions, known.rows, known._groups = pickle.loads(frozen)
    known.facts = _Thawing(facts)
    return known
