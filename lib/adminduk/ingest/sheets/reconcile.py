"""The arithmetic of a sheet: men and women, the rest, percentages, rows of sums, places and their parts.

What does not add up is told with file, sheet and cell. Nothing is corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from adminduk.basis.checks import Finding
from adminduk.basis.places import Places
from adminduk.ingest.files.workbooks import Workbook
from adminduk.ingest.sheets.addresses import origin
from adminduk.ingest.sheets.figures import Figure
from adminduk.ingest.sheets.sums import by_group, parent_sums

_DECIMALS = 6  # of a percentage that are compared at most; a spreadsheet may store fifteen


@dataclass(frozen=True)
class Reconciliation:
    """The figures of one file, L + P included. ``region`` is the place that holds all of its places."""

    workbook: Workbook
    figures: Sequence[Figure]
    places: Places
    region: str

    def findings(self) -> Iterator[Finding]:
        """Every difference, rule by rule."""
        yield from self._sexes()
        yield from self._rows()
        yield from self._sums()
        yield from self._parents()

    def _finding(self, rule: str, figure: Figure, values: dict[str, Any]) -> Finding:
        severity = figure.line.header.layout.severities[rule]
        where = origin(self.workbook, figure.line.header.sheet, figure.cell)
        return Finding(figure.code or self.region, figure.day.isoformat(), rule, severity, values, where)

    def _sexes(self) -> Iterator[Finding]:
        """``lk_pr_bukan_jumlah``: men and women are not the printed total."""
        told: dict[tuple[Any, ...], dict[str, Figure]] = defaultdict(dict)
        for figure in self.figures:
            if figure.line.place and figure.column.measure:
                name, block, sex, *rest = figure.group
                told[figure.line.header, figure.code, name, block, *rest][sex] = figure
        for found in told.values():
            if found.keys() == {"", "L", "P"} and found["L"].value + found["P"].value != found[""].value:
                values = {
                    "measure": found[""].column.measure,
                    "male": int(found["L"].value),
                    "female": int(found["P"].value),
                    "total": int(found[""].value),
                }
                yield self._finding("lk_pr_bukan_jumlah", found[""], values)

    def _rows(self) -> Iterator[Finding]:
        """What one row says twice: the rest, and the percentage."""
        rows: dict[tuple[Any, ...], dict[str, Figure]] = defaultdict(dict)
        for figure in self.figures:
            if figure.line.place and not figure.line.header.is_long:
                rows[figure.line, figure.block, figure.sex][figure.name] = figure
        for row in rows.values():
            for figure in row.values():
                if figure.column.difference:
                    yield from self._rest(figure, row)
                elif figure.column.share:
                    yield from self._share(figure, row)

    def _rest(self, left: Figure, row: dict[str, Figure]) -> Iterator[Finding]:
        """``sisa_bukan_selisih``: what is left is not the whole less what is done."""
        whole, have = (row.get(name) for name in left.column.difference or ("", ""))
        if whole and have and whole.value - have.value != left.value:
            values = {
                "measure": have.column.measure,
                "sex": left.sex,
                "whole": int(whole.value),
                "have": int(have.value),
                "left": int(left.value),
            }
            yield self._finding("sisa_bukan_selisih", left, values)

    def _share(self, percent: Figure, row: dict[str, Figure]) -> Iterator[Finding]:
        """``persen_bukan_hasil_bagi``: rounded to the printed decimals the counts give another percentage."""
        share = percent.column.share
        names = (share.numerator, share.denominator) if share else ("", "")
        numerator, denominator = (row.get(name) for name in names)
        if numerator and denominator and denominator.value:
            exact = Fraction(int(numerator.value), int(denominator.value)) * 100
            if not _prints_as(exact, Decimal(percent.value)):
                values = {
                    "measure": numerator.column.measure,
                    "numerator": int(numerator.value),
                    "denominator": int(denominator.value),
                    "percent": f"{percent.value:f}",
                }
                yield self._finding("persen_bukan_hasil_bagi", percent, values)

    def _sums(self) -> Iterator[Finding]:
        """``total_bukan_jumlah``: a row of sums is the sum of no rows that it may be of."""
        groups: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.column.measure:
                groups[figure.line.header, figure.name, figure.block, figure.sex].append(figure)
        for group in groups.values():
            parts = _without_wholes([figure for figure in group if figure.line.place])
            above = 0
            for total in sorted((f for f in group if not f.line.place), key=lambda figure: figure.line.row):
                yield from self._total(total, parts, above)
                above = total.line.row

    def _total(self, total: Figure, parts: Sequence[Figure], above: int) -> Iterator[Finding]:
        """Of all rows, of those above, of those since the last row of sums, or of the place that the row names."""
        if total.line.of:
            within = [[part for part in parts if part.code.startswith(f"{total.line.of}.")]]
        else:
            upper = [part for part in parts if part.line.row < total.line.row]
            within = [[part for part in upper if part.line.row > above], upper, parts]
        within = [each for each in within if each]
        if within and all(sum(part.value for part in each) != total.value for each in within):
            meant = min(within, key=lambda each: abs(sum(part.value for part in each) - total.value))
            added = int(sum(part.value for part in meant))
            values = {"measure": total.column.measure, "sex": total.sex, "sum": added}
            values |= {"total": int(total.value), "rows": len(meant)}
            yield self._finding("total_bukan_jumlah", total, values)

    def _parents(self) -> Iterator[Finding]:
        """``kecamatan_bukan_kabupaten``: the parts of a place are not what is said of it, or some are missing."""
        for own in by_group(self.figures).values():
            yield from self._incomplete(own)
            for code, added in parent_sums(own, self.places).items():
                whole = own.get(code)
                if whole and whole.value != added.value:
                    values = {"measure": whole.column.measure, "sex": whole.sex, "sum": added.value}
                    values |= {"total": int(whole.value), "rows": len(self.places.children(code))}
                    yield self._finding("kecamatan_bukan_kabupaten", whole, values)

    def _incomplete(self, own: dict[str, Figure]) -> Iterator[Finding]:
        """Wholes of which some parts are told and others are not, and that are more than the sum of those told."""
        for code, whole in own.items():
            children = self.places.children(code)
            told = [own[child] for child in sorted(children & own.keys())]
            added = sum(int(part.value) for part in told)
            if told and len(told) < len(children) and added != whole.value:
                others = [self.places.by_code(code) for code in sorted(children - own.keys())]
                lacking = ", ".join(place.name for place in others if place)
                values = {"measure": whole.column.measure, "sex": whole.sex, "sum": added}
                values |= {"total": int(whole.value), "rows": len(told), "of": len(children)}
                yield self._finding("kecamatan_bukan_kabupaten", whole, values | {"lacking": lacking})


def _without_wholes(figures: Iterable[Figure]) -> list[Figure]:
    """The figures of places of which no part has a figure, so that nothing is added twice."""
    known = list(figures)
    wholes = {figure.code[:length] for figure in known for length in (2, 5, 8) if length < len(figure.code)}
    return [figure for figure in known if figure.code not in wholes]


def _prints_as(exact: Fraction, percent: Decimal) -> bool:
    """Whether an exact percentage rounds to the one printed; with decimals enough 0.9965 may stand for 99.65."""
    decimals = min(max(0, -int(percent.as_tuple().exponent)), _DECIMALS)
    half = Fraction(1, 2 * 10**decimals)
    as_share = decimals > 1 and abs(exact / 100 - Fraction(percent)) <= half
    return as_share or abs(exact - Fraction(percent)) <= half
