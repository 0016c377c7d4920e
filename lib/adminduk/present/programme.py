"""The programme of one region: what its lines brought this year, and whether next year's cover what is needed."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.basis.programme import ProgramLine
from adminduk.measure import realisation
from adminduk.measure.briefing import Briefing
from adminduk.measure.plans import Cover, Plans, plans
from adminduk.present import amounts, funding, needs, realised, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.matrix import LAGS, LAGS_NOTE
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_READING = (
    "Keluaran dan uang {year} terhadap target dan pagunya menurut dokumen perencanaan, sampai {day}; lalu target dan "
    "pagu {ahead}. Uang dalam juta rupiah."
)
_NOTHING = "Belum ada program dan kegiatan {name} yang dimuat untuk periode ini."
_FITS = "Rencana {ahead} menutup sisa{and_all} pada semua indikator yang dapat dinilai{untold}."


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The region's own lines and whether they suffice; one honest line without any, nothing in a sparse report."""
    if briefing.is_sparse:
        return []
    found = plans(briefing)
    own = [line for line in found.lines if line.pelaksana == briefing.region.code]
    if not own:
        return [sentences([_NOTHING.format(name=briefing.region.name)], "answer")]
    year = briefing.period.as_of.year
    day = wording.long_date(briefing.period.as_of)
    told = [*_money(briefing, own), *(realised.lag(briefing, line) for line in own if line in found.lagging)]
    told += [*realised.differing(found, briefing)]
    plan = [] if briefing.region.is_province else _plan(briefing, found, numbers)
    return [
        sentences([_READING.format(year=year, ahead=year + 1, day=day)], "reading"),
        table(briefing, found, own).bundle(),
        sentences(told, "answer"),
        *plan,
    ]


def table(briefing: Briefing, found: Plans, own: Sequence[ProgramLine]) -> Table:
    """A row for each line of the region, in the order of the matrix; money altogether below."""
    year, name = briefing.period.as_of.year, briefing.region.name
    return Table(
        caption=f"Program dan kegiatan {name}, {year} dan {year + 1}",
        unit="keluaran dalam satuannya, uang dalam juta rupiah",
        columns=[
            Column("Sub-kegiatan (satuan)"),
            Column("Target", "right"),
            Column("Realisasi", "right"),
            Column("%", "decimal"),
            Column("Pagu", "decimal"),
            Column("Terpakai", "decimal"),
            Column("Target", "right"),
            Column("Pagu", "decimal"),
        ],
        rows=[*(_row(line, line in found.lagging) for line in own), _sum(own)],
        sources=(),
        notes=_notes(own, any(line in found.lagging for line in own)),
        spanners=[(f"Keluaran {year}", 1, 3), (f"Keuangan {year}", 4, 5), (f"Rencana {year + 1}", 6, 7)],
        totals=[len(own)],
        whole=True,
    )


def _notes(own: Sequence[ProgramLine], lags: bool) -> list[str]:
    dashes = any(line.is_share or not line.pagu for line in own)
    told = f"{wording.DASH} tidak ada pagu, atau target cakupan yang tidak dihitung persen keluarannya."
    return [LAGS_NOTE] * lags + [told] * dashes


def _row(line: ProgramLine, lags: bool) -> list[str]:
    return [
        f"{line.sub_kegiatan} ({line.satuan})",
        amounts.quantity(line, line.target),
        amounts.quantity(line, line.realisasi),
        amounts.share(realisation.output_share(line)) + LAGS * lags,
        amounts.millions(line.pagu) if line.pagu else wording.DASH,
        amounts.share(realisation.money_share(line)),
        amounts.quantity(line, line.target_berikutnya),
        amounts.millions(line.pagu_berikutnya) if line.pagu_berikutnya else wording.DASH,
    ]


def _sum(own: Sequence[ProgramLine]) -> list[str]:
    budget, spent = sum(line.pagu for line in own), sum(line.realisasi_keuangan for line in own)
    used = amounts.share(realisation.over(spent, budget))
    ahead = sum(line.pagu_berikutnya for line in own)
    return ["Jumlah uang", "", "", "", amounts.millions(budget), used, "", amounts.millions(ahead)]


def _money(briefing: Briefing, own: Sequence[ProgramLine]) -> list[str]:
    year = briefing.period.as_of.year
    budget, spent = sum(line.pagu for line in own), sum(line.realisasi_keuangan for line in own)
    ahead = amounts.rupiah(sum(line.pagu_berikutnya for line in own))
    used = realisation.over(spent, budget)
    now = f"Dari pagu {year} sebesar {amounts.rupiah(budget)} terpakai {amounts.rupiah(spent)} ({amounts.share(used)})"
    return [f"{now}; pagu {year + 1} {ahead}."] if used is not None else [f"Pagu {year + 1}: {ahead}."]


def _plan(briefing: Briefing, found: Plans, numbers: SourceNumbers) -> list[Bundle | None]:
    """Need against plan for every indicator of the region, and what does not fit."""
    known = [cover for cover in found.covers if cover.need is not None]
    told = [*(_short(cover) for cover in found.short)]
    told += [needs.unplanned(briefing, cover) for cover in found.unplanned]
    told += [needs.needless(briefing, cover) for cover in found.needless]
    told = told or ([_fits(briefing, found)] if known else [])
    told += [funding.paid(briefing, same) for same in found.twice]
    return [
        needs.own_table(briefing, known, numbers).bundle() if known else None,
        sentences(told, "answer") if told else None,
    ]


def _fits(briefing: Briefing, found: Plans) -> str:
    names = [wording.in_sentence(cover.indicator.short.id) for cover in found.untold]
    untold = f"; tambahan untuk {wording.listing(names)} tidak disebut" if names else ""
    ahead, and_all = briefing.period.as_of.year + 1, "" if names else " dan tambahan"
    return _FITS.format(ahead=ahead, and_all=and_all, untold=untold)


def _short(cover: Cover) -> str:
    need, noun = wording.number(cover.need or 0), wording.people(cover.indicator)
    plan = f"{wording.number(cover.planned)} direncanakan bagi {need} yang diperlukan"
    name = wording.capital(cover.indicator.short.id)
    return f"{name}: rencana kurang {wording.number(cover.short or 0)} {noun} ({plan})."
