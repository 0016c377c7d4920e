"""Everything a report of one region and period rests on, gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.catalog import Indicator
from adminduk.basis.checks import Finding
from adminduk.basis.holidays import days_off
from adminduk.basis.periods import Period
from adminduk.basis.regions import Region
from adminduk.basis.rulebook import Rulebook
from adminduk.measure import compare, indicators
from adminduk.measure.audit import Audited, Remark, audit, audit_unused, remarks
from adminduk.measure.checks import of_region, review, stopping, stops
from adminduk.measure.compare import Change, Rank
from adminduk.measure.confirmation import Confirmation, confirmation
from adminduk.measure.evidence import Evidence, Scope, lies_in
from adminduk.measure.facts import Claim, Count, Facts, gather, said
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.known import Known


@dataclass(frozen=True)
class Entry:
    """What the summary says of one indicator: its newest figures, or why there are none.

    ``rows`` are of one date, one for each base, in the order of the indicator's bases; ``changes`` stand
    beside them; ``reference`` is the province's newest; ``lone`` a numerator without denominator;
    ``contradicted`` whether statements that differ were set aside; ``refused`` why claims are not used;
    ``told`` what was said in words.
    """

    indicator: Indicator
    rows: tuple[IndicatorRow, ...]
    reference: tuple[IndicatorRow, ...]
    changes: tuple[Change | None, ...]
    rank: Rank | None
    lone: Count | None
    contradicted: bool
    refused: tuple[str, ...]
    told: tuple[Claim, ...]

    @property
    def as_of(self):
        return self.rows[0].as_of if self.rows else None

    def is_stale(self, period: Period) -> bool:
        """Older than the indicator's own limit, counted from the last possible day."""
        return bool(self.rows) and (period.as_of - self.rows[0].as_of.last).days > self.indicator.stale_after_days

    def is_current(self, period: Period) -> bool:
        """Dated wholly in the period's year."""
        return bool(self.rows) and self.rows[0].as_of.first.year == period.as_of.year


class Briefing:
    """The figures of ``region`` known at ``period``, beside those of its province and of its peers.

    ``known`` is what is known of them all, where another briefing of this dataset and period has gathered it;
    ``findings`` what the rules find about the region, where that was looked for already.
    """

    def __init__(
        self,
        tables: dict[str, pd.DataFrame],
        book: Rulebook,
        region: Region,
        period: Period,
        known: Known | None = None,
        findings: tuple[Finding, ...] | None = None,
    ) -> None:
        self.catalog, self.regions, self.region, self.period = book.catalog, book.regions, region, period
        self._book, self._tables, self._claims = book, tables, tables["claims"]
        self._known = known or Known(tables, book, period.as_of)
        if findings is not None:
            self.findings = findings

    def history(self, indicator: Indicator, region_code: str | None = None) -> Sequence[IndicatorRow]:
        """Every figure of an indicator, oldest first."""
        return self._known.rows[region_code or self.region.code][indicator.id]

    def facts(self, region_code: str | None = None) -> Facts:
        return self._known.facts[region_code or self.region.code]

    @cached_property
    def told(self) -> tuple[Claim, ...]:
        """Statements in words about this region, of the period's year, up to the day of the meeting."""
        found = said(self._claims, self.region.code, self.period.told_until)
        return tuple(claim for claim in found if claim.as_of.first.year == self.period.as_of.year)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The indicators a report of this period speaks about, in their order."""
        made = (self._entry(indicator) for indicator in self.catalog)
        return tuple(entry for entry in made if self._belongs(entry))

    def _belongs(self, entry: Entry) -> bool:
        indicator = entry.indicator
        if not indicator.reported_on(self.period.as_of):
            return False
        return indicator.shown == "always" or bool(entry.rows) or indicator.id in self.period.asks

    def _entry(self, indicator: Indicator) -> Entry:
        rows = self._newest(indicator, self.region)
        reference = [] if self.region.is_province else self._newest(indicator, self.regions.province)
        reference = [whole for whole in reference if whole.parts is None or whole.parts[0] > 1]  # else itself again
        facts = self.facts()
        return Entry(
            indicator=indicator,
            rows=tuple(rows),
            reference=tuple(reference),
            changes=tuple(self._change(indicator, row) for row in rows),
            rank=self._rank(rows[0]) if rows else None,
            lone=indicators.lone_numerator(facts, indicator),
            contradicted=any(
                conflict.what in (indicator.id, indicator.numerator, *indicator.bases) for conflict in facts.conflicts
            ),
            refused=tuple(item.reason for item in facts.refused if item.indicator == indicator.id),
            told=tuple(claim for claim in self.told if claim.indicator == indicator.id),
        )

    def _change(self, indicator: Indicator, row: IndicatorRow) -> Change | None:
        """Since the date the period names; none for a figure that is itself from before that date."""
        not_after = self.period.compared_with
        if not_after is None or row.as_of.last <= not_after:
            return None
        return compare.change(row, self.history(indicator), not_after)

    def _newest(self, indicator: Indicator, region: Region) -> list[IndicatorRow]:
        """The newest figure of a region on each base, in the order in which the indicator names its bases."""
        order = [*indicator.bases]
        rows = indicators.latest(self.history(indicator, region.code))
        return sorted(rows, key=lambda row: order.index(row.base) if row.base in order else len(order))

    def _rank(self, row: IndicatorRow) -> Rank | None:
        regencies = self.regions.regencies
        others = [other for place in regencies for other in self._known.rows[place.code][row.indicator]]
        return compare.rank(row, others, len(regencies))

    def cohort(self, indicator: Indicator) -> tuple[IndicatorRow, ...]:
        """The regencies' figures of the date and definition that most of them have, highest first.

        Empty when that is fewer than half of the regencies; of dates with equally many the newest, and there the
        base that the indicator names first.
        """
        order = [*indicator.bases, ""]
        groups = self._known.groups(indicator).values()
        best = max(groups, key=lambda rows: (len(rows), rows[0].as_of, -order.index(rows[0].base)), default=[])
        if 2 * len(best) < len(self.regions.regencies):
            return ()
        return tuple(sorted(best, key=lambda row: (-(row.value or 0), row.region_code)))

    @property
    def sources(self) -> pd.DataFrame:
        """The table of the dataset's sources."""
        return self._tables["sources"]

    @property
    def threshold(self) -> int:
        """Numbers of kecamatan from 1 to below this are not printed in documents for the public."""
        return self._book.disclosure.threshold

    def days_off(self, until: date) -> frozenset[date]:
        """National and local holidays of the region from the period's day to ``until``."""
        return days_off(self._book.holidays, self.region.code, self.period.as_of, until)

    def district_rows(self, indicator: Indicator, like: IndicatorRow) -> dict[str, IndicatorRow]:
        """The figures of the region's kecamatan that are of one date and definition with ``like``, by code."""
        counts = self._tables["counts"]
        codes = [district.code for district in self.regions.districts if lies_in(district.code, self.region.code)]
        counts = counts[(counts["as_of"] == str(like.as_of)) & counts["region_code"].isin(codes)]
        known = gather(counts, self._claims.iloc[:0], self.period.as_of, self._book.preferred)
        key, found = compare.cohort_key(like), []
        for code in (code for code in codes if code in known):
            rows = indicators.history(known[code], indicator)
            found += [row for row in rows if key is not None and compare.cohort_key(row) == key]
        return {row.region_code: row for row in found}

    @cached_property
    def beside(self) -> tuple[IndicatorRow, ...]:
        """What a report may tell of other regions: the province's figures, and those of its newest comparisons."""
        told: list[IndicatorRow] = []
        for entry in self.entries:
            keys = {compare.cohort_key(row) for row in (*self.cohort(entry.indicator), *entry.rows)} - {None}
            groups = self._known.groups(entry.indicator)
            told += self.history(entry.indicator, self.regions.province.code)
            told += [row for key, rows in groups.items() if key in keys for row in rows]
        return tuple(row for row in told if row.region_code != self.region.code)

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """Footnotes to published percentages of every figure of the report, newest first by indicator."""
        histories = (self.history(entry.indicator) for entry in self.entries)
        return tuple(remark for rows in histories for row in reversed(rows) for remark in remarks(row))

    @cached_property
    def confirmation(self) -> Confirmation:
        """Whether the offices stand by the figures of the days that the summary shows."""
        rows = [row for entry in self.entries for row in entry.rows if row.numerator is not None]
        days = {row.as_of.last for row in rows if row.as_of.precision == "hari"}
        return confirmation(self._tables, self.region.code, days)

    def confirmation_of(self, region_code: str) -> Confirmation:
        """Whether the office of a region stands by its figures of the period's day."""
        return confirmation(self._tables, region_code, {self.period.as_of})

    @cached_property
    def audited(self) -> tuple[Audited, ...]:
        """Every published percentage of the dataset, of all regions and dates, held against its counts."""
        apart = audit_unused(self._tables["unused"], self.regions) if "unused" in self._tables else []
        return (*audit(self._tables, self.catalog), *apart)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules find about the region's own figures, its kecamatan held against it; the gravest first."""
        return of_region(self._evidence(self.region, levels=1))

    @cached_property
    def stopped(self) -> dict[str, list[Finding]]:
        """In the province's report the regencies that are not printed at this period, by code, and why."""
        if not self.region.is_province:
            return {}
        found = stopping(self._evidence(self.region, levels=3))
        return {place.code: own for place in self.regions.regencies if (own := stops(found, place.code))}

    @cached_property
    def findings_within(self) -> tuple[Finding, ...]:
        """What the rules find about the region and everything in it; the gravest first of each region."""
        return tuple(review(self._evidence(self.region, levels=3)))

    def found_by(self, rule: str) -> tuple[Finding, ...]:
        """What one rule finds about the region and those directly in it."""
        found = review(self._evidence(self.region, levels=2), [rule])
        return tuple(finding for finding in found if finding.rule == rule)

    def _evidence(self, region: Region, levels: int) -> Evidence:
        day = self.period.as_of
        return Evidence(self._tables, self._book, Scope(day, day, region.code, levels))

    @property
    def is_simulated(self) -> bool:
        """Whether any figure of the dataset is simulated."""
        return frames.is_simulated(self._tables)

    @property
    def is_sparse(self) -> bool:
        """Fewer than three indicators dated in the period's year: the report stays short."""
        return sum(entry.is_current(self.period) for entry in self.entries) < 3
