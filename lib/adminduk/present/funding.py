"""The same thing paid for by more than one line of the programme."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.basis.programme import ProgramLine
from adminduk.measure.briefing import Briefing
from adminduk.measure.plans import Plans, plans
from adminduk.present import amounts, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.matrix import executor, named, short
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_NOT_TWICE = "Tidak ada sub-kegiatan dengan indikator dan lokasi yang sama yang dibiayai oleh lebih dari satu baris."


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The lines that pay for one thing, side by side."""
    found = plans(briefing)
    if not found.lines:
        return []
    if not found.twice:
        return [sentences([_NOT_TWICE], "answer")]
    told = [paid(briefing, same) for same in found.twice]
    return [table(briefing, found).bundle(), sentences(told, "answer")]


def table(briefing: Briefing, found: Plans) -> Table:
    ahead = briefing.period.as_of.year + 1
    rows, groups = [], []
    for same in found.twice:
        groups.append((_thing(briefing, same[0]), len(rows)))
        rows += [_paid_row(briefing, line) for line in same]
    return Table(
        caption=f"Sub-kegiatan yang dibiayai oleh lebih dari satu baris {ahead}",
        unit="keluaran dalam satuannya, rupiah",
        columns=[
            Column("Pelaksana"),
            Column("Dokumen"),
            Column("Sumber dana"),
            Column(f"Target {ahead}", "right"),
            Column("Satuan"),
            Column(f"Pagu {ahead}", "right"),
            Column("Bulan"),
        ],
        rows=rows,
        sources=(),
        notes=["Sama berarti kode (atau, tanpa kode, nama) sub-kegiatan, indikator, dan lokasinya sama."],
        groups=groups,
    )


def _thing(briefing: Briefing, line: ProgramLine) -> str:
    name = " ".join(filter(None, (line.kode_sub_kegiatan, line.sub_kegiatan)))
    return f"{name}, {named(briefing, line.indikator)}, {briefing.regions.get(line.lokasi).name}"


def _paid_row(briefing: Briefing, line: ProgramLine) -> list[str]:
    return [
        executor(briefing, line),
        line.dokumen,
        line.sumber_dana,
        amounts.quantity(line, line.target_berikutnya),
        line.satuan,
        amounts.whole(line.pagu_berikutnya),
        amounts.months(line.bulan),
    ]


def paid(briefing: Briefing, same: Sequence[ProgramLine]) -> str:
    """ "Peningkatan ... di Kutai Timur: Kutai Timur (DAK, RKA) Rp... dan Provinsi (APBN, DPA) Rp..., bersama Rp..."."""
    place = short(briefing, same[0].lokasi)
    each = [
        f"{short(briefing, line.pelaksana)} ({line.sumber_dana}, {line.dokumen}) {amounts.rupiah(line.pagu_berikutnya)}"
        for line in same
    ]
    whole = amounts.rupiah(sum(line.pagu_berikutnya for line in same))
    return f"{same[0].sub_kegiatan} di {place}: {wording.listing(each)}, bersama-sama {whole}."
