"""Findings for the public: how many of each severity, and which regency is withheld; never a finding itself."""

from __future__ import annotations

from collections import Counter

from adminduk.basis.checks import SEVERITIES
from adminduk.measure.briefing import Briefing
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_MEANING = {
    "tolak": "tolak: tidak mungkin benar; bila pada angka terbaru, daerahnya tidak dicetak",
    "periksa": "periksa: perlu ditanyakan kepada dinasnya",
    "catat": "catat: perlu diketahui pembaca",
}


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """A row for each severity and who is withheld; one line where nothing was found."""
    counted = Counter(found.severity for found in briefing.findings_within)
    day = wording.long_date(briefing.period.as_of)
    if not counted:
        return [sentences([f"Tidak ada temuan dalam data sampai {day}.", _withheld(briefing)], "answer")]
    table = Table(
        caption=f"Temuan dalam data provinsi, kabupaten/kota, dan kecamatan sampai {day}",
        unit="temuan",
        columns=[Column("Tingkat"), Column("Jumlah", "right")],
        rows=[
            *([_MEANING[severity], wording.number(counted[severity])] for severity in SEVERITIES),
            ["Jumlah", wording.number(counted.total())],
        ],
        sources=[],
        notes=["Uraian setiap temuan disampaikan kepada dinasnya masing-masing."],
        totals=[len(SEVERITIES)],
    )
    return [table.bundle(), sentences([_withheld(briefing)], "answer")]


def _withheld(briefing: Briefing) -> str:
    names = [briefing.regions.get(code).name for code in briefing.stopped]
    if not names:
        return "Tidak ada kabupaten/kota yang angkanya ditahan."
    return f"Angka {wording.listing(names)} ditahan sampai diperbaiki."
