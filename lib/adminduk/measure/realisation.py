"""What the year that ends brought for its money: output against target, spending against budget, cost of one document.

Shares are exact fractions, money is whole rupiah. A line whose unit is percent is a target of coverage: it has a
verdict, not a share of output.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from adminduk.basis.programme import ProgramLine
from adminduk.measure import ratios
from adminduk.measure.indicators import IndicatorRow

_MONTHS = tuple(range(1, 13))


def output_share(line: ProgramLine) -> Fraction | None:
    """Realised output over its target; None for a target of coverage and where nothing was aimed at."""
    return over(line.realisasi, line.target) if not line.is_share else None


def money_share(line: ProgramLine) -> Fraction | None:
    """Money spent over the budget (*pagu*); None without a budget."""
    return over(line.realisasi_keuangan, line.pagu)


def cost(line: ProgramLine) -> Fraction | None:
    """Rupiah spent for one document or person served in the year that ends; None where there was none or no money."""
    spent = line.realisasi_keuangan
    return over(spent, line.realisasi) if spent and not line.is_share else None


def over(part: int | Decimal, whole: int | Decimal) -> Fraction | None:
    """A part of a whole as an exact fraction; None where the whole is nothing."""
    return Fraction(part) / Fraction(whole) if whole else None


def lags(line: ProgramLine, day: date) -> bool:
    """Whether output is at least one whole planned month behind, while money ran ahead of it.

    With m planned months (a line that names none runs through the year) of which k are over on ``day``, output is
    behind when its share of the target is at most (k - 1) / m; money is ahead when more of it was used than of the
    output was made. Of a line without output target or without budget nothing is said.
    """
    done, paid = output_share(line), money_share(line)
    months = line.bulan or _MONTHS
    over = sum(month < day.month for month in months)
    return done is not None and paid is not None and done < paid and done <= Fraction(over - 1, len(months))


def differs(line: ProgramLine, row: IndicatorRow | None) -> bool:
    """Whether the coverage that the document calls realised is none that its counts round to (law 1)."""
    if not line.is_share or row is None or row.value is None:
        return False
    return not ratios.follows(str(line.realisasi), row.value)


@dataclass(frozen=True)
class Realised:
    """The output lines of one indicator or action in one unit, added up."""

    indicator: str
    unit: str
    lines: tuple[ProgramLine, ...]

    @property
    def target(self) -> int:
        return sum(int(line.target) for line in self.lines)

    @property
    def done(self) -> int:
        return sum(int(line.realisasi) for line in self.lines)

    @property
    def budget(self) -> int:
        return sum(line.pagu for line in self.lines)

    @property
    def spent(self) -> int:
        return sum(line.realisasi_keuangan for line in self.lines)

    @property
    def output_share(self) -> Fraction | None:
        return over(self.done, self.target)

    @property
    def money_share(self) -> Fraction | None:
        return over(self.spent, self.budget)

    @property
    def cost(self) -> Fraction | None:
        """Rupiah for one document over all lines: spending over output, never a mean of costs."""
        return over(self.spent, self.done)

    @property
    def planned_cost(self) -> Fraction | None:
        """Rupiah budgeted next year for one document, over all lines that plan any."""
        ahead = [line for line in self.lines if line.target_berikutnya]
        return over(sum(line.pagu_berikutnya for line in ahead), sum(int(line.target_berikutnya) for line in ahead))

    def span(self) -> tuple[ProgramLine, ProgramLine] | None:
        """The cheapest and the dearest line by cost of one document; None where fewer than two have a cost."""
        costs = [(found, line) for line in self.lines if (found := cost(line)) is not None]
        if len(costs) < 2:
            return None
        by_cost = sorted(costs, key=lambda pair: (pair[0], pair[1].pelaksana, pair[1].lokasi))
        return by_cost[0][1], by_cost[-1][1]


def realised(lines: Sequence[ProgramLine]) -> tuple[Realised, ...]:
    """One row for each indicator and unit, in the order of the lines."""
    groups: dict[tuple[str, str], list[ProgramLine]] = {}
    for line in _outputs(lines):
        groups.setdefault((line.indikator, line.satuan.casefold()), []).append(line)
    return tuple(Realised(key[0], found[0].satuan, tuple(found)) for key, found in groups.items())


def _outputs(lines: Iterable[ProgramLine]) -> Iterable[ProgramLine]:
    return (line for line in lines if not line.is_share)
