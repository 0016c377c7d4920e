"""Which kecamatan of a province to lift first, with nothing that a document for the public may not print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adminduk.basis.catalog import Indicator
from adminduk.basis.regions import District
from adminduk.measure.briefing import Briefing
from adminduk.measure.disclosure import suppress
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.recap import cohort

MOST = 10


@dataclass(frozen=True)
class Lifted:
    """The kecamatan with most people short at one date: ``rows`` may be printed, ``hidden`` may not.

    ``hidden`` holds every kecamatan with a number that is withheld, whatever its gap: their being there tells nothing.
    ``rest`` counts the further kecamatan below target, ``short`` the people short in all that may be printed;
    ``like`` is a regency's figure of the same date and definition.
    """

    indicator: Indicator
    like: IndicatorRow
    rows: tuple[tuple[District, IndicatorRow], ...]
    hidden: tuple[District, ...]
    rest: int
    short: int

    @property
    def below(self) -> int:
        """Kecamatan below target that may be printed."""
        return len(self.rows) + self.rest


def lifted(briefing: Briefing, indicator: Indicator) -> Lifted | None:
    """Of the date and base of the regencies' own comparison; None where no kecamatan has a figure with a target.

    Kecamatan of a regency that is not printed are left out. Within each regency have and have not are the columns,
    for their totals are printed elsewhere: what is hidden follows from none of them.
    """
    peers = cohort(briefing, indicator)
    if not peers:
        return None
    rows = {
        code: row
        for code, row in briefing.district_rows(indicator, peers[0]).items()
        if row.gap is not None and row.denominator and code[:5] not in briefing.stopped
    }
    if not rows:
        return None
    hidden = withheld(rows, briefing.threshold)
    names = {district.code: district for district in briefing.regions.districts}
    shown = sorted(((row.gap or 0, code) for code, row in rows.items() if code not in hidden and row.gap),
                   key=lambda item: (-item[0], item[1]))  # fmt: skip
    return Lifted(
        indicator,
        peers[0],
        tuple((names[code], rows[code]) for _, code in shown[:MOST]),
        tuple(names[code] for code in sorted(hidden)),
        len(shown[MOST:]),
        sum(gap for gap, _ in shown),
    )


def withheld(rows: Mapping[str, IndicatorRow], threshold: int) -> frozenset[str]:
    """The codes of the kecamatan whose numbers are not printed: too small, or giving back one that is."""
    hidden: set[str] = set()
    for regency in sorted({code[:5] for code in rows}):
        codes = sorted(code for code in rows if code[:5] == regency)
        cells = suppress([_halves(rows[code]) for code in codes], threshold)
        hidden |= {codes[line] for line, _ in cells.all}
    return frozenset(hidden)


def _halves(row: IndicatorRow) -> Sequence[int]:
    """Those who have and those who have not; more than all (a frozen base) leaves nobody without."""
    have, of_all = row.numerator or 0, row.denominator or 0
    return have, max(0, of_all - have)
