"""What moved between two editions: the numbers that they tell, and what moved each of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from adminduk.basis.catalog import Indicator
from adminduk.basis.regions import District, Region
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.kecamatan import districts, within
from adminduk.present import wording

NUMBERS = "indikator.csv"
_PLACES = RINGKASAN, RIWAYAT, KECAMATAN = "ringkasan", "riwayat", "kecamatan"


@dataclass(frozen=True)
class Told:
    """One figure that an edition tells, as text: counts, exact share, target and verdict.

    ``where`` it is told: on the first page (of whatever date), as an earlier figure of the region, or as the newest
    of one of its kecamatan.
    """

    where: str
    region_code: str
    region: str
    indicator: str
    label: str
    base: str
    as_of: str
    numerator: str
    denominator: str
    value: str
    target: str
    verdict: str
    printed: str


@dataclass(frozen=True)
class Moved:
    """One figure that is not what it was; ``cause``: data, definisi, metode."""

    where: str
    region_code: str
    region: str
    indicator: str
    label: str
    before: str
    after: str
    cause: str

    @property
    def sentence(self) -> str:
        return f"{self.region}, {self.label}: {self.before} menjadi {self.after} ({_CAUSES[self.cause]})."


_CAUSES = {
    "data": "datanya berubah",
    "definisi": "target atau definisinya berubah",
    "metode": "cara menghitungnya berubah",
}
_TEXT = (
    "Tidak ada angka capaian yang berubah; yang berubah keterangan lain (pembanding, program, teks) atau susunan "
    "halaman."
)
_MORE = "Dan {} angka lain yang berubah; semuanya ada di perubahan.csv."
_NOTHING = "tidak ada"
_MOST = 20  # lines of a note on paper


def told(briefings: Iterable[Briefing]) -> list[Told]:
    """Every coverage and count that these regions' reports tell of themselves and of their kecamatan."""
    return [row for briefing in briefings for row in _all(briefing)]


def _all(briefing: Briefing) -> Iterator[Told]:
    region = briefing.region
    for entry in briefing.entries:
        yield from (_told(RINGKASAN, region, entry.indicator, row) for row in entry.rows)
        earlier = (row for row in briefing.history(entry.indicator) if row not in entry.rows)
        yield from (_told(RIWAYAT, region, entry.indicator, row) for row in earlier)
    names = {district.code: district for district in districts(briefing)}
    for one in within(briefing):
        yield from (_told(KECAMATAN, names[code], one.indicator, row) for code, row in sorted(one.rows.items()))


def _told(where: str, place: Region | District, indicator: Indicator, row: IndicatorRow) -> Told:
    base = wording.base(indicator, row.base)
    share = row.claim.percent if row.claim else "" if row.value is None else str(row.value)
    return Told(
        where,
        place.code,
        place.name,
        indicator.id,
        ", ".join(filter(None, (indicator.short.id, base))),
        row.base,
        str(row.as_of),
        "" if row.numerator is None else str(row.numerator),
        "" if row.denominator is None else str(row.denominator),
        str(share),
        "" if row.target is None else wording.target(row),
        row.verdict or row.status,
        f"{wording.value(row)} ({wording.short_date(row.as_of)})",
    )


def written(rows: Iterable[Told]) -> bytes:
    """The figures as CSV, to be read again by the next edition."""
    return _csv(Told, rows)


def read(content: bytes) -> list[Told]:
    return [Told(**row) for row in csv.DictReader(io.StringIO(content.decode("utf-8")))]


def moved(before: Iterable[Told], after: Iterable[Told]) -> list[Moved]:
    """Every figure that is new, gone or another: first pages by indicator, all other figures by their date.

    A figure that gave its place on the first page to a newer one has not moved.
    """
    old, new = [*before], [*after]
    found = [*_pairs(_first(old), _first(new)), *_others(_dated(old), _dated(new))]
    return sorted(found, key=lambda one: (one.region_code, one.indicator, _PLACES.index(one.where)))


def _first(rows: Sequence[Told]) -> dict[tuple[str, ...], Told]:
    return {(row.region_code, row.indicator, row.base): row for row in rows if row.where == RINGKASAN}


def _dated(rows: Sequence[Told]) -> dict[tuple[str, ...], Told]:
    return {(row.region_code, row.indicator, row.base, row.as_of): row for row in rows}


def _others(old: Mapping[tuple[str, ...], Told], new: Mapping[tuple[str, ...], Told]) -> Iterator[Moved]:
    """What is not told by the first pages already."""
    apart = [key for key in {**old, **new} if (new.get(key) or old[key]).where != RINGKASAN]
    yield from _pairs({key: old[key] for key in apart if key in old}, {key: new[key] for key in apart if key in new})


def _pairs(old: Mapping[tuple[str, ...], Told], new: Mapping[tuple[str, ...], Told]) -> Iterator[Moved]:
    for key in {**old, **new}:
        before, after = old.get(key), new.get(key)
        if (before and replace(before, where="")) != (after and replace(after, where="")):
            yield _moved(new.get(key) or old[key], before, after)


def _moved(row: Told, old: Told | None, new: Told | None) -> Moved:
    cause = _cause(old, new)
    before, after = (side.printed if side else _NOTHING for side in (old, new))
    if before == after and old and new:
        before, after = (_closer(side, cause) for side in (old, new))
    return Moved(row.where, row.region_code, row.region, row.indicator, row.label, before, after, cause)


def _closer(row: Told, cause: str) -> str:
    """What moved where the printed percentage is the same: the target, or the counts."""
    if cause == "definisi":
        return f"{row.printed} dengan target {row.target or _NOTHING}"
    known = [wording.number(int(count)) for count in (row.numerator, row.denominator) if count]
    return ", ".join(filter(None, (row.printed, " dari ".join(known))))


def _cause(old: Told | None, new: Told | None) -> str:
    """Counts and dates come from the data, targets from params/indicators; what else moves is the method."""
    if old is None or new is None:
        return "data"
    if (old.as_of, old.numerator, old.denominator) != (new.as_of, new.numerator, new.denominator):
        return "data"
    if (old.target, old.label) != (new.target, new.label):
        return "definisi"
    return "metode" if old.numerator else "data"


def sentences(changes: Iterable[Moved], region_code: str = "") -> tuple[str, ...]:
    """What is told of a region and what lies in it, or of all; first pages first, one sentence when nothing moved."""
    own = [one for one in changes if not region_code or f"{one.region_code}.".startswith(f"{region_code}.")]
    own.sort(key=lambda one: _PLACES.index(one.where))
    lines = [one.sentence for one in own[:_MOST]]
    if len(own) > _MOST:
        lines.append(_MORE.format(wording.number(len(own) - _MOST)))
    return tuple(lines) or (_TEXT,)


def table(changes: Iterable[Moved]) -> bytes:
    """The change note as CSV."""
    return _csv(Moved, changes)


def _csv(model: type, rows: Iterable[Told] | Iterable[Moved]) -> bytes:
    text = io.StringIO()
    names = [entry.name for entry in fields(model)]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(row) for row in rows)
    return text.getvalue().encode()


def _row(row: Told | Moved) -> Mapping[str, str]:
    return vars(row)
