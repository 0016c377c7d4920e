"""Rules about counts of one date: statements that differ, a DKB that says two things, wholes and their parts, order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from adminduk.basis.checks import Finding
from adminduk.basis.dates import AsOf
from adminduk.measure.evidence import Evidence, Row, cells
from adminduk.measure.facts import Conflict, Count

FROZEN = "beku"


def two_statements(evidence: Evidence) -> Iterator[Finding]:
    """``dua_pernyataan``: usable statements differ about one thing at one date, and params prefer none."""
    for conflict in _conflicts(evidence):
        if not _of_one_dkb(evidence, conflict):
            yield _differing("dua_pernyataan", evidence, conflict)


def frozen_that_changes(evidence: Evidence) -> Iterator[Finding]:
    """``penyebut_beku_berubah``: a denominator of one DKB with two values."""
    for conflict in _conflicts(evidence):
        if _of_one_dkb(evidence, conflict):
            yield _differing("penyebut_beku_berubah", evidence, conflict)


def _conflicts(evidence: Evidence) -> Iterator[Conflict]:
    for facts in evidence.facts.values():
        yield from facts.conflicts


def _of_one_dkb(evidence: Evidence, conflict: Conflict) -> bool:
    """Whether it is the frozen denominators themselves that differ."""
    measure = evidence.book.catalog.measures.get(conflict.what)
    rows = evidence.rows_of(conflict.region_code, conflict.what, conflict.as_of)
    frozen = {row.count for row in rows if row.base_kind == FROZEN}
    return measure is not None and measure.role == "penyebut" and len(frozen) > 1


def _differing(rule: str, evidence: Evidence, conflict: Conflict) -> Finding:
    said = dict.fromkeys((value, evidence.title(source)) for value, source in conflict.values)
    what = "measure" if conflict.what in evidence.book.catalog.measures else "indicator"
    where = conflict.region_code, conflict.what, conflict.as_of
    origin = cells([*(row.origin for row in evidence.rows_of(*where)), *evidence.claimed_in(*where)])
    values = {what: conflict.what, "said": [list(pair) for pair in said]}
    return evidence.finding(rule, conflict.region_code, conflict.as_of, origin, **values)


def parts_not_the_whole(evidence: Evidence) -> Iterator[Finding]:
    """``bagian_bukan_jumlah``: both sexes, or all areas of an area, do not give the whole."""
    yield from _sexes(evidence)
    yield from _areas(evidence)


def _sexes(evidence: Evidence) -> Iterator[Finding]:
    groups: dict[tuple[str, ...], dict[str, Row]] = defaultdict(dict)
    for row in evidence.rows:
        if row.approximate == "tidak":
            key = row.region_code, row.as_of, row.measure, row.age_group, row.statement, row.base_kind
            groups[key][row.sex] = row
    for found in groups.values():
        if found.keys() >= {"", "L", "P"} and found["L"].count + found["P"].count != found[""].count:
            whole, parts = found[""], [found["L"], found["P"]]
            origin = cells(row.origin for row in (whole, *parts))
            when, added = AsOf.parse(whole.as_of), sum(row.count for row in parts)
            values = {"measure": whole.measure, "parts": "jenis_kelamin", "sum": added, "whole": whole.count}
            yield evidence.finding("bagian_bukan_jumlah", whole.region_code, when, origin, **values)


def _areas(evidence: Evidence) -> Iterator[Finding]:
    expected = _numbers_of_parts(evidence)
    for counts in evidence.by_key.values():
        parts: dict[str, list[Count]] = defaultdict(list)
        for code, item in counts.items():
            parts[code.rpartition(".")[0]].append(item)
        for code, items in parts.items():
            complete = code in counts and len(items) == expected.get(code)
            added = sum(item.count for item in items)
            if complete and added != counts[code].count:
                yield _not_the_whole(evidence, counts[code], len(items), added)


def _not_the_whole(evidence: Evidence, whole: Count, number: int, added: int) -> Finding:
    level = ("kabupaten_kota", "kecamatan", "kelurahan")[whole.region_code.count(".")]
    values = {"measure": whole.measure, "parts": level, "number": number, "sum": added, "whole": whole.count}
    return evidence.finding("bagian_bukan_jumlah", whole.region_code, whole.as_of, evidence.origin(whole), **values)


def _numbers_of_parts(evidence: Evidence) -> dict[str, int]:
    """How many regencies, kecamatan, or kelurahan and desa an area has."""
    regions = evidence.book.regions
    numbers = {regions.province.code: len(regions.regencies)}
    numbers |= {place.code: place.kecamatan for place in regions.regencies}
    return numbers | {place.code: place.kelurahan + place.desa for place in regions.districts}


def wrong_order(evidence: Evidence) -> Iterator[Finding]:
    """``urutan_salah``: a part larger than what it is part of, at one day and on one kind of base."""
    pairs = evidence.book.params.urutan_salah.pairs
    compared = {measure for pair in pairs for measure in pair}
    for facts in evidence.facts.values():
        known: dict[str, dict[AsOf, list[Count]]] = defaultdict(lambda: defaultdict(list))
        for item in facts.counts:
            if item.measure in compared and not item.approximate and item.as_of.precision == "hari":
                known[item.measure][item.as_of].append(item)
        for small, large in pairs:
            for when in sorted(known[small].keys() & known[large].keys()):
                yield from _disordered(evidence, known[small][when], known[large][when])


def _disordered(evidence: Evidence, parts: Sequence[Count], wholes: Sequence[Count]) -> Iterator[Finding]:
    """At most one finding: the first part that is more than a whole of its kind."""
    for part, whole in product(parts, wholes):
        if part.count > whole.count and _one_kind(part, whole):
            values = {"measure": part.measure, "count": part.count, "above": whole.measure, "limit": whole.count}
            yield evidence.finding("urutan_salah", part.region_code, part.as_of, evidence.origin(part, whole), **values)
            return


def _one_kind(one: Count, other: Count) -> bool:
    """Counts without a kind stand beside every kind."""
    return one.base_kind == other.base_kind or not one.base_kind or not other.base_kind
