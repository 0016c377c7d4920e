"""What moved between two editions: the numbers that they tell, and what moved each of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from adminduk.basis.catalog import Indicator
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import wording

NUMBERS = "indikator.csv"


@dataclass(frozen=True)
class Told:
    """One figure that an edition tells of a region, as text: counts, exact share, target and verdict."""

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

    @property
    def key(self) -> tuple[str, str, str]:
        return self.region_code, self.indicator, self.base


@dataclass(frozen=True)
class Moved:
    """One figure that is not what it was; ``cause``: data, definisi, metode."""

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
_TEXT = "Tidak ada angka yang berubah; yang berubah hanya teks atau susunan halaman."
_NOTHING = "tidak ada"


def told(briefings: Iterable[Briefing]) -> list[Told]:
    """Every figure on the first pages of these regions, in their order."""
    return [
        _told(briefing, entry.indicator, row)
        for briefing in briefings
        for entry in briefing.entries
        for row in entry.rows
    ]


def _told(briefing: Briefing, indicator: Indicator, row: IndicatorRow) -> Told:
    base = wording.base(indicator, row.base)
    share = row.claim.percent if row.claim else "" if row.value is None else str(row.value)
    return Told(
        briefing.region.code,
        briefing.region.name,
        indicator.id,
        ", ".join(filter(None, (indicator.short.id, base))),
        row.base,
        str(row.as_of),
        "" if row.numerator is None else str(row.numerator),
        "" if row.denominator is None else str(row.denominator),
        str(share),
        "" if row.target is None else str(row.target.value),
        row.verdict or row.status,
        f"{wording.value(row)} ({wording.short_date(row.as_of)})",
    )


def written(rows: Iterable[Told]) -> bytes:
    """The figures as CSV, to be read again by the next edition."""
    return _csv(Told, rows)


def read(content: bytes) -> list[Told]:
    return [Told(**row) for row in csv.DictReader(io.StringIO(content.decode("utf-8")))]


def moved(before: Iterable[Told], after: Iterable[Told]) -> list[Moved]:
    """Every figure that is new, gone or another, by region and indicator."""
    old, new = ({row.key: row for row in rows} for rows in (before, after))
    keys = dict.fromkeys([*old, *new])
    found = [_moved(old.get(key), new.get(key)) for key in sorted(keys)]
    return [change for change in found if change is not None]


def _moved(old: Told | None, new: Told | None) -> Moved | None:
    row = new or old
    if row is None or old == new:
        return None
    before, after = (side.printed if side else _NOTHING for side in (old, new))
    cause = _cause(old, new)
    if before == after and cause == "definisi" and old and new:
        before, after = (f"{side.printed} dengan target {side.target or _NOTHING}" for side in (old, new))
    return Moved(row.region_code, row.region, row.indicator, row.label, before, after, cause)


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
    """What is told of a region, or of all; one sentence when no number moved."""
    own = [change.sentence for change in changes if region_code in ("", change.region_code)]
    return tuple(own) or (_TEXT,)


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
