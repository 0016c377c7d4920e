"""Made-up lines of a programme, as short as a test wants them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from adminduk.basis.agenda import Newcomers, Outreach
from adminduk.basis.periods import Period
from adminduk.basis.programme import ProgramLine

_PLAIN: dict[str, Any] = {
    "kode_sub_kegiatan": "2.12.02.2.01.0005",
    "program": "Program Pendaftaran Penduduk",
    "kegiatan": "Pelayanan Pendaftaran Penduduk",
    "sub_kegiatan": "Penerbitan Kartu Identitas Anak",
    "indikator": "kia",
    "satuan": "anak",
    "target": Decimal(0),
    "realisasi": Decimal(0),
    "pagu": 0,
    "realisasi_keuangan": 0,
    "target_berikutnya": Decimal(0),
    "pagu_berikutnya": 0,
    "sumber_dana": "APBD",
    "pelaksana": "64.71",
    "dokumen": "Renja",
}


def line(**told: Any) -> ProgramLine:
    return ProgramLine(**{**_PLAIN, **told})


def aim(code: str, percent: str, indicator: str = "akta_kelahiran_0_17", **told: Any) -> ProgramLine:
    """A target of coverage of next year, in percent."""
    return line(indikator=indicator, satuan="persen", target_berikutnya=Decimal(percent), pelaksana=code, **told)


def joining(code: str, count: int, indicator: str = "kia") -> Newcomers:
    return Newcomers(indikator=indicator, lokasi=code, jumlah=count, sumber="daftar kelahiran")


def planned(period: Period, *lines: ProgramLine, newcomers=(), outreach: Outreach | None = None) -> Period:
    """The period with these lines instead of its own."""
    told = {"program": tuple(lines), "newcomers": tuple(newcomers), "outreach": outreach}
    return period.model_copy(update=told)
