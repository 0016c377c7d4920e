"""Rules about one count and the one before it: a stock that falls, a stale copy, a jump, two kinds of population.

Only dates that do not overlap are held against each other, and only counts of one kind; approximate counts and
counts of a year never (law 7). Where a date is a month, the whole of it is granted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from adminduk.basis.checks import Finding
from adminduk.basis.dates import AsOf
from adminduk.measure.evidence import Evidence
from adminduk.measure.facts import Count

_CURRENT = ("", "dinamis")  # a numerator without a kind stands on the moving register
_BPS = re.compile(r"\bbps\b|badan pusat statistik", re.IGNORECASE)
POPULATION, OBLIGED = "penduduk", "wajib_ktp"

Pair = tuple[Count, Count]  # the one before, and the one that is looked at


def stock_that_falls(evidence: Evidence) -> Iterator[Finding]:
    """``stok_turun``: a cumulative count that falls by more than deaths, moves and birthdays explain."""
    copied = {_figure(second) for _, second, _ in _copies(evidence)}
    for before, point in _odd_steps(evidence):
        # A file that was sent once more is the reason of its own fall, and is told as that.
        if point.count < before.count and not {_figure(point), _figure(point, above=True)} & copied:
            yield _step("stok_turun", evidence, (before, point))


def implausible_pace(evidence: Evidence) -> Iterator[Finding]:
    """``lonjakan``: a cumulative count that rises faster than offices work."""
    for before, point in _odd_steps(evidence):
        if point.count > before.count:
            size = evidence.size(point.region_code, point.measure)
            yield _step("lonjakan", evidence, (before, point), size=size)


def stale_copy(evidence: Evidence) -> Iterator[Finding]:
    """``salinan_lama``: a count that repeats an earlier one to the last digit, where something must have changed.

    A copied file is told of the area that it covers, not once more of each area in it.
    """
    told = set()
    for first, second, times in _copies(evidence):
        told.add((first.as_of, _figure(second)))
        if (first.as_of, _figure(second, above=True)) not in told:
            yield _told("salinan_lama", evidence, (first, second), since=str(first.as_of), times=times)


def _copies(evidence: Evidence) -> Iterator[tuple[Count, Count, int]]:
    """The first and the last of counts that are alike, and how many there are; larger areas come first."""
    rule = evidence.book.params.salinan_lama
    for points in _stocks(evidence):
        alike: dict[int, list[Count]] = defaultdict(list)
        for point in points:
            alike[point.count].append(point)
        for first, *others in alike.values():
            days = _fewest_days(first, others[-1]) if others else 0
            if days >= rule.days and days * first.count >= rule.person_days:
                yield first, others[-1], 1 + len(others)


def _figure(point: Count, above: bool = False) -> tuple[str, str, AsOf]:
    """Which count it is, or the same of the area that it lies in."""
    code = point.region_code.rpartition(".")[0] if above else point.region_code
    return code, point.measure, point.as_of


def mixed_populations(evidence: Evidence) -> Iterator[Finding]:
    """``campur_dkb_bps``: a population, or its share of wajib KTP, that is not of the kind of the one before."""
    yield from _named_bps(evidence)
    for facts in evidence.facts.values():
        obliged = {item.as_of: item.count for item in facts.counts if item.measure == OBLIGED}
        points = _points(item for item in facts.counts if item.measure == POPULATION)
        for before, point in outliers(points, partial(_another_kind, evidence, obliged)):
            known = {"obliged": obliged.get(point.as_of), "obliged_before": obliged.get(before.as_of)}
            beside = known if None not in known.values() and not _moved(evidence, before.count, point.count) else {}
            yield _step("campur_dkb_bps", evidence, (before, point), **beside)


def _another_kind(evidence: Evidence, obliged: dict[AsOf, int], before: Count, point: Count) -> bool:
    if _most_days(before, point) > evidence.book.params.campur_dkb_bps.days:
        return False
    if before.as_of in obliged and point.as_of in obliged:
        crossed = obliged[before.as_of] * point.count, obliged[point.as_of] * before.count
        return _moved(evidence, before.count, point.count) or _moved(evidence, *crossed)
    return _moved(evidence, before.count, point.count)


def _moved(evidence: Evidence, one: int, other: int) -> bool:
    """Whether two whole numbers differ by more than the threshold of the smaller."""
    less, more = sorted((one, other))
    return (more - less) * 100 > evidence.book.params.campur_dkb_bps.percent * less


def _named_bps(evidence: Evidence) -> Iterator[Finding]:
    """A population whose source names BPS, in a region whose other figures are of the register."""
    origins = {(row.source, row.statement) for row in evidence.rows}
    bps = {origin for origin in origins if _BPS.search(" ".join((*origin, evidence.title(origin[0]))))}
    beside = {row.region_code for row in evidence.rows if (row.source, row.statement) not in bps}
    told = set()
    for row in evidence.rows:
        key, is_bps = (row.region_code, row.as_of), (row.source, row.statement) in bps
        if row.measure == POPULATION and row.region_code in beside and is_bps and key not in told:
            told.add(key)
            when, title = AsOf.parse(row.as_of), evidence.title(row.source)
            yield evidence.finding(
                "campur_dkb_bps", row.region_code, when, row.origin, measure=POPULATION, count=row.count, source=title
            )


def _stocks(evidence: Evidence) -> Iterator[list[Count]]:
    """The series of every numerator of every region, a frozen block apart from the moving one."""
    stock = {key for key, measure in evidence.book.catalog.measures.items() if measure.role == "pembilang"}
    for facts in evidence.facts.values():
        series: dict[tuple[str, str], list[Count]] = defaultdict(list)
        for item in facts.counts:
            if item.measure in stock:
                series[item.measure, "" if item.base_kind in _CURRENT else item.base_kind].append(item)
        yield from (_points(series[key]) for key in sorted(series))


def _points(counts: Iterable[Count]) -> list[Count]:
    """One exact count for each day or month, oldest first."""
    exact = (item for item in counts if not item.approximate and item.as_of.precision != "tahun")
    return sorted({item.as_of: item for item in exact}.values(), key=lambda item: item.as_of)


def _fewest_days(before: Count, point: Count) -> int:
    return (point.as_of.first - before.as_of.last).days


def _most_days(before: Count, point: Count) -> int:
    return (point.as_of.last - before.as_of.first).days


def outliers(points: Sequence[Count], wrong: Callable[[Count, Count], bool]) -> Iterator[Pair]:
    """(before, point) for each point that follows neither from the one before nor from the last one that fitted.

    So one wrong figure is told once, not again when the next one is right; and a new level is told once.
    """
    fitting = before = None
    for point in points:
        if before is not None and before.as_of.last >= point.as_of.first:
            continue
        if before is not None and wrong(before, point) and (fitting is before or wrong(fitting, point)):
            yield before, point
            before = point
        else:
            fitting = before = point


def _odd_steps(evidence: Evidence) -> Iterator[Pair]:
    for points in _stocks(evidence):
        yield from outliers(points, partial(_is_odd, evidence))


def _is_odd(evidence: Evidence, before: Count, point: Count) -> bool:
    days, rise = _most_days(before, point), point.count - before.count
    params = evidence.book.params
    if rise < 0:
        return -rise > params.stok_turun.allowed(point.measure, before.count, days)
    size = evidence.size(point.region_code, point.measure)
    return size > 0 and rise > params.lonjakan.allowed(point.measure, size, days)


def _step(rule: str, evidence: Evidence, pair: Pair, **values: Any) -> Finding:
    """What a count became from the one before."""
    return _told(rule, evidence, pair, before=pair[0].count, before_as_of=str(pair[0].as_of), **values)


def _told(rule: str, evidence: Evidence, pair: Pair, **values: Any) -> Finding:
    point = pair[1]
    said = {"measure": point.measure, "count": point.count, **values}
    return evidence.finding(rule, point.region_code, point.as_of, evidence.origin(*pair), **said)
