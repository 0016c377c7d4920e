"""What the year that ends brought for its money: by indicator, and the lines whose output lags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from adminduk.basis.programme import ProgramLine
from adminduk.measure import realisation
from adminduk.measure.briefing import Briefing
from adminduk.measure.plans import Plans, plans
from adminduk.measure.realisation import Realised
from adminduk.present import amounts, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.forms import Ruled
from adminduk.present.matrix import executor, named
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

# Shares of the page: names need more room than figures.
_COST_WIDTHS = (3.6, 2.4, 2.5, 3.0, 2.5, 3.0, 2.5)
_READING = (
    "Keluaran dan uang dijumlahkan dari semua pelaksana menurut dokumennya, sampai {day}; persennya terhadap target "
    "dan pagu {year}. Satuan yang berbeda tidak dijumlahkan."
)
_NONE_LAGS = (
    "Tidak ada baris yang keluarannya tertinggal satu bulan rencana atau lebih sementara uangnya mendahului keluaran."
)


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, output and money by indicator, cost of one document, and what stands out; nothing without lines."""
    found = plans(briefing)
    if not found.lines:
        return []
    day, year = wording.long_date(briefing.period.as_of), briefing.period.as_of.year
    costs = costs_table(briefing, found)
    return [
        sentences([_READING.format(day=day, year=year)], "reading"),
        output_table(briefing, found).bundle(),
        sentences(told(briefing, found), "answer"),
        Ruled(costs, _COST_WIDTHS).bundle() if costs.rows else None,
        sentences(_widest(briefing, found), "answer") if costs.rows else None,
    ]


def output_table(briefing: Briefing, found: Plans) -> Table:
    """A row for each indicator and unit; money altogether, that of targets of coverage included."""
    year = briefing.period.as_of.year
    total = ["Jumlah", "", "", "", amounts.millions(found.budget), amounts.millions(found.spent),
             amounts.share(realisation.over(found.spent, found.budget))]  # fmt: skip
    return Table(
        caption=f"Keluaran dan uang {year}, semua pelaksana",
        unit="keluaran dalam satuannya, uang dalam juta rupiah",
        columns=[
            Column("Indikator (satuan)"),
            Column("Target", "right"),
            Column("Realisasi", "right"),
            Column("%", "decimal"),
            Column("Pagu", "decimal"),
            Column("Terpakai", "decimal"),
            Column("%", "decimal"),
        ],
        rows=[*(_output_row(briefing, one) for one in found.realised), total],
        sources=(),
        whole=True,
        notes=[f"{wording.DASH} tidak ada target keluaran atau pagu."] * _has_dash(found.realised),
        spanners=[(f"Keluaran {year}", 1, 3), (f"Keuangan {year} (juta rupiah)", 4, 6)],
        totals=[len(found.realised)],
    )


def _has_dash(rows: Sequence[Realised]) -> bool:
    return any(None in (one.output_share, one.money_share) for one in rows)


def _output_row(briefing: Briefing, one: Realised) -> list[str]:
    return [
        f"{named(briefing, one.indicator)} ({one.unit})",
        wording.number(one.target),
        wording.number(one.done),
        amounts.share(one.output_share),
        amounts.millions(one.budget),
        amounts.millions(one.spent),
        amounts.share(one.money_share),
    ]


def costs_table(briefing: Briefing, found: Plans) -> Table:
    """What one document or person cost, and where least and most, beside what next year's plans reckon with."""
    year = briefing.period.as_of.year
    rows = [_cost_row(briefing, one) for one in found.realised if one.cost and one.span()]
    return Table(
        caption=f"Biaya satu keluaran: realisasi keuangan {year} dibagi realisasi keluaran",
        unit="rupiah untuk satu satuan",
        columns=[
            Column("Indikator (satuan)"),
            Column(str(year), "right"),
            Column("Terendah", "right"),
            Column("Pelaksana"),
            Column("Tertinggi", "right"),
            Column("Pelaksana"),
            Column(f"Rencana {year + 1}", "right"),
        ],
        rows=rows,
        sources=(),
        notes=[f"Rencana {year + 1}: pagu dibagi target keluaran {year + 1}."],
    )


def _cost_row(briefing: Briefing, one: Realised) -> list[str]:
    span = one.span()
    cheapest, dearest = span if span else (one.lines[0], one.lines[0])
    return [
        f"{named(briefing, one.indicator)} ({one.unit})",
        amounts.or_dash(one.cost),
        amounts.or_dash(realisation.cost(cheapest)),
        executor(briefing, cheapest),
        amounts.or_dash(realisation.cost(dearest)),
        executor(briefing, dearest),
        amounts.or_dash(one.planned_cost),
    ]


def told(briefing: Briefing, found: Plans) -> list[str]:
    """Money altogether, targets of coverage, then every line that lags and every percentage that is not its counts'."""
    year = briefing.period.as_of.year
    used = realisation.over(found.spent, found.budget)
    money = f"Dari pagu {year} sebesar {amounts.rupiah(found.budget)} terpakai {amounts.rupiah(found.spent)}"
    return [
        *([f"{money} ({amounts.share(used)})."] if used is not None else []),
        *_coverages(briefing, found),
        *([lag(briefing, line) for line in found.lagging] or [_NONE_LAGS]),
        *differing(found, briefing),
    ]


def _coverages(briefing: Briefing, found: Plans) -> Iterator[str]:
    """How many of those with a target of coverage say that it is reached."""
    shares: dict[str, list[ProgramLine]] = {}
    for line in found.lines:
        if line.is_share and line.target:
            shares.setdefault(line.indikator, []).append(line)
    for key, lines in shares.items():
        reached = sum(line.realisasi >= line.target for line in lines)
        name = wording.in_sentence(named(briefing, key))
        every = reached == len(lines)
        some = f"di {wording.number(reached)} dari {wording.number(len(lines))} pelaksana"
        where = f"oleh semua {wording.number(len(lines))} pelaksana" if every else some
        yield f"Target cakupan {name} {briefing.period.as_of.year} tercapai {where}, menurut dokumennya."


def lag(briefing: Briefing, line: ProgramLine) -> str:
    """ "Kutai Barat, Penerbitan KIA: keluaran 40,02% (1.139 dari 2.846 anak), sedangkan 96,00% dari pagu terpakai." """
    counted = f"{amounts.quantity(line, line.realisasi)} dari {amounts.quantity(line, line.target)} {line.satuan}"
    output = f"keluaran {amounts.share(realisation.output_share(line))} dari target ({counted})"
    money = f"{amounts.share(realisation.money_share(line))} dari pagu terpakai"
    return f"{executor(briefing, line)}, {line.sub_kegiatan}: {output}, sedangkan {money}."


def differing(found: Plans, briefing: Briefing) -> Iterator[str]:
    """Percentages that documents call realised and that their counts do not give."""
    for line, row in found.differing:
        name = wording.in_sentence(named(briefing, line.indikator))
        said = f"dokumen menyebut {amounts.quantity(line, line.realisasi)}"
        again = f"dihitung ulang {wording.percent(row.value or Fraction(0), Fraction(line.target) / 100)}"
        when = wording.long_date(row.as_of)
        yield f"{executor(briefing, line)}, {name}: {said}, {again} ({wording.fraction(row)}, {when})."


def _widest(briefing: Briefing, found: Plans) -> list[str]:
    """The indicator whose dearest line costs most times its cheapest."""
    spans = []
    for one in found.realised:
        span = one.span()
        low, high = (realisation.cost(line) for line in span) if span else (None, None)
        if span and low and high and high > low:
            spans.append((high / low, one, span))
    if not spans:
        return []
    _, one, (cheapest, dearest) = max(spans, key=lambda entry: entry[0])
    least, most = realisation.cost(cheapest) or Fraction(0), realisation.cost(dearest) or Fraction(0)
    name = wording.in_sentence(named(briefing, one.indicator))
    return [
        f"Biaya satu keluaran paling berbeda pada {name}: {amounts.rupiah(least)} pada {executor(briefing, cheapest)}, "
        f"{amounts.rupiah(most)} pada {executor(briefing, dearest)}."
    ]
