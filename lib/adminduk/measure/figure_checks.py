"""Rules about shares: above one, printed otherwise, on another base than before, on an old base, not there at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter, itemgetter

from adminduk.basis.catalog import Indicator
from adminduk.basis.checks import Finding
from adminduk.basis.dates import AsOf
from adminduk.measure import indicators
from adminduk.measure.audit import Remark, outcome, remarks
from adminduk.measure.count_checks import FROZEN, wrong_order
from adminduk.measure.evidence import Evidence, cells
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import UNSTATED

_UNSTATED = ("", UNSTATED)
_BAND = re.compile(r"_\d+_\d+$")


def above_denominator(evidence: Evidence) -> Iterator[Finding]:
    """``pembilang_melebihi_penyebut``: told once for each denominator, of the newest figure on it."""
    impossible = {(f.region_code, f.as_of, f.values["measure"], f.values["above"]) for f in wrong_order(evidence)}
    for code, indicator, rows in evidence.histories():
        runs: dict[tuple[str, str, str], list[IndicatorRow]] = defaultdict(list)
        for row in rows:
            told = (code, str(row.as_of), indicator.numerator, row.base) in impossible
            if row.status == "melebihi_satu" and not row.approximate and not told:
                release = str(row.denominator_as_of) if row.base_kind == FROZEN else ""
                runs[row.base, row.base_kind, release].append(row)
        yield from (_above(evidence, indicator, run) for run in runs.values())


def _above(evidence: Evidence, indicator: Indicator, run: Sequence[IndicatorRow]) -> Finding:
    row, rule = run[-1], evidence.book.params.pembilang_melebihi_penyebut
    frozen = row.base_kind == FROZEN
    values = _counts(indicator, row) | {
        "base_kind": row.base_kind,
        "denominator_as_of": str(row.denominator_as_of),
        "since": str(run[0].as_of),
        "times": len(run),
        "reason": indicator.may_exceed_one if frozen else "",
    }
    origin = _origin(evidence, indicator, row)
    found = evidence.finding("pembilang_melebihi_penyebut", row.region_code, row.as_of, origin, **values)
    return replace(found, severity=rule.frozen) if frozen else found


def _counts(indicator: Indicator, row: IndicatorRow) -> dict[str, str | int | None]:
    """Which figure it is, and from which counts."""
    return {
        "indicator": indicator.id,
        "measure": indicator.numerator,
        "base": row.base,
        "numerator": row.numerator,
        "denominator": row.denominator,
    }


def _origin(evidence: Evidence, indicator: Indicator, row: IndicatorRow) -> str:
    """The cells of the counts of a figure, or of what was printed of it."""
    pairs = ((indicator.numerator, row.as_of), (row.base, row.denominator_as_of))
    counted = [
        cell.origin
        for measure, when in pairs
        if when is not None
        for cell in evidence.rows_of(row.region_code, measure, when)
        if cell.statement == row.statement
    ]
    printed = evidence.claimed_in(row.region_code, indicator.id, row.as_of) if row.claim or row.published else []
    return cells([*counted, *printed])


def percent_that_does_not_follow(evidence: Evidence) -> Iterator[Finding]:
    """``persen_tidak_sesuai``: a published percentage is not that of its counts."""
    rounding = evidence.book.params.persen_tidak_sesuai.rounding
    for indicator, remark in _remarked(evidence, "tidak_mengikuti"):
        found = _printed(evidence, "persen_tidak_sesuai", indicator, remark)
        near = outcome(remark.claim, remark.value, remark.value) == "rounding"
        yield replace(found, severity=rounding) if near else found


def verdict_from_rounding(evidence: Evidence) -> Iterator[Finding]:
    """``putusan_karena_pembulatan``: the published percentage lies on the other side of its target."""
    for indicator, remark in _remarked(evidence, "putusan_berbalik"):
        yield _printed(evidence, "putusan_karena_pembulatan", indicator, remark)


def _remarked(evidence: Evidence, kind: str) -> Iterator[tuple[Indicator, Remark]]:
    for _, indicator, rows in evidence.histories():
        yield from ((indicator, remark) for row in rows for remark in remarks(row) if remark.kind == kind)


def _printed(evidence: Evidence, rule: str, indicator: Indicator, remark: Remark) -> Finding:
    row, goal = remark.row, remark.row.target
    values = _counts(indicator, row) | {
        "percent": remark.claim.percent,
        "target": str(goal.value) if goal else "",
        "source": evidence.title(remark.claim.source),
    }
    return evidence.finding(rule, row.region_code, row.as_of, _origin(evidence, indicator, row), **values)


def definition_that_changes(evidence: Evidence) -> Iterator[Finding]:
    """``definisi_berganti``: another base, kind of base or age band than at the date before."""
    yield from _of_the_largest(_changes(evidence))


def _of_the_largest(found: Iterable[Finding]) -> Iterator[Finding]:
    """What an area shares with the one it lies in is told of the larger one only; larger ones come first."""
    told = set()
    for finding in found:
        said = finding.rule, finding.as_of, *(f"{finding.values[key]}" for key in sorted(finding.values))
        told.add((finding.region_code, said))
        if (finding.region_code.rpartition(".")[0], said) not in told:
            yield finding


def _changes(evidence: Evidence) -> Iterator[Finding]:
    families: dict[tuple[str, str], list[IndicatorRow]] = defaultdict(list)
    for code, indicator, rows in evidence.histories():
        families[code, _BAND.sub("", indicator.id)].extend(rows)
        yield from _breaks(evidence, "penyebut", rows, attrgetter("base"))
        for base in indicator.bases:
            yield from _breaks(
                evidence, "jenis_penyebut", [row for row in rows if row.base == base], attrgetter("base_kind")
            )
    for _, rows in sorted(families.items()):
        yield from _breaks(evidence, "usia", rows, attrgetter("indicator"))


def _breaks(
    evidence: Evidence, what: str, rows: Iterable[IndicatorRow], word: Callable[[IndicatorRow], str]
) -> Iterator[Finding]:
    """Neighbouring dates whose stated words have nothing in common; a date that states none is passed over."""
    dated: dict[AsOf, dict[str, IndicatorRow]] = defaultdict(dict)
    for row in rows:
        if word(row) not in _UNSTATED and row.as_of.precision != "tahun":
            dated[row.as_of][word(row)] = row
    for (earlier, before), (later, after) in pairwise(sorted(dated.items(), key=itemgetter(0))):
        if not before.keys() & after.keys():
            row = after[min(after)]
            indicator = evidence.book.catalog.indicators[row.indicator]
            values = {"indicator": indicator.id, "measure": indicator.numerator, "what": what}
            values |= {"before": sorted(before), "after": sorted(after), "before_as_of": str(earlier)}
            origin = _origin(evidence, indicator, row)
            yield evidence.finding("definisi_berganti", row.region_code, later, origin, **values)


def old_denominator(evidence: Evidence) -> Iterator[Finding]:
    """``penyebut_lama``: a figure of the period's year on a denominator from long before."""
    yield from _of_the_largest(_old(evidence))


def _old(evidence: Evidence) -> Iterator[Finding]:
    days = evidence.book.params.penyebut_lama.days
    for code, indicator, rows in evidence.histories():
        for row in indicators.latest(rows):
            base = row.denominator_as_of
            current = row.from_counts and row.as_of.first.year == evidence.scope.day.year
            if current and base is not None and (row.as_of.first - base.last).days > days:
                values = {"indicator": indicator.id, "measure": indicator.numerator, "base": row.base}
                values |= {"base_kind": row.base_kind, "denominator_as_of": str(base)}
                yield evidence.finding("penyebut_lama", code, row.as_of, _origin(evidence, indicator, row), **values)


def region_without_data(evidence: Evidence) -> Iterator[Finding]:
    """``daerah_tanpa_data``: a regency of which nothing is dated in the period's year."""
    for region in evidence.book.regions.regencies:
        if not evidence.scope.has(region.code):
            continue
        dates = {when for when in evidence.dates(region.code) if when.known_by(evidence.scope.day)}
        if not any(when.first.year == when.last.year == evidence.scope.day.year for when in dates):
            newest = str(max(dates)) if dates else ""
            values = {"year": evidence.scope.day.year, "newest": newest}
            yield evidence.finding("daerah_tanpa_data", region.code, evidence.scope.day, "", **values)
