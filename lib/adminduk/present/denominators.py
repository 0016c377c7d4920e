"""Whether a verdict depends on the denominator that is taken, for the back pages."""

from __future__ import annotations

from adminduk.measure.band import Band, Pairing, band
from adminduk.measure.briefing import Briefing
from adminduk.present import bundles, wording
from adminduk.present.bundles import Bundle

HEADING = "Pita penyebut"
_ABOUT = (
    "Cakupan pada setiap penyebut yang sah untuk tanggal terakhir: dari pernyataan yang sama dengan pembilangnya, beku "
    "dan dinamis."
)
_SINGLE = "Setiap indikator hanya punya satu penyebut yang sah pada tanggal terakhirnya; penilaian tidak punya banding."
_DEPENDENCE = {"tidak_bergantung": "tidak bergantung pada penyebut", "bergantung": "bergantung pada penyebut"}


def answer(briefing: Briefing) -> list[Bundle | None]:
    """The band of each indicator with two denominators or more; one line where none has; nothing in a short report."""
    if briefing.is_sparse:
        return []
    made = [band(briefing.facts(), entry.indicator) for entry in briefing.entries]
    several = [found for found in made if found and len(found.pairings) > 1]
    if not several:
        return [bundles.notes([(HEADING, [_SINGLE], ())]) if any(made) else None]
    return [bundles.notes([(HEADING, [_ABOUT], [told(found) for found in several])])]


def told(found: Band) -> str:
    """ "IKD, 12 November 2024: 5,75% (165.439 dari 2.878.769 wajib KTP, dinamis) sampai ...; penilaian ..." """
    low, high = (_pairing(found, pairing) for pairing in (found.lowest, found.highest))
    among = f", {len(found.pairings)} penyebut" if len(found.pairings) > 2 else ""
    ends = f"{found.indicator.short.id}, {wording.long_date(found.as_of)}{among}: {low} sampai {high}"
    apart = wording.points(found.highest.value - found.lowest.value).removeprefix("+")
    return f"{ends}; selisih {apart}; penilaian {_verdict(found)}."


def _verdict(found: Band) -> str:
    if found.dependence is None:
        return "tidak ada, karena tidak setiap penyebut punya target"
    words = _DEPENDENCE[found.dependence]
    verdicts = {pairing.verdict == "di_bawah" for pairing in found.pairings}
    if len(verdicts) > 1:
        return words
    return f"{words} ({'di bawah target' if verdicts.pop() else 'mencapai target'} pada semuanya)"


def _pairing(found: Band, pairing: Pairing) -> str:
    below = pairing.denominator
    limits = [pairing.target.share] if pairing.target else []
    name = found.indicator.bases[below.measure].id
    kind = {"beku": f", beku {wording.long_date(below.as_of)}", "dinamis": ", dinamis"}.get(below.base_kind, "")
    counts = f"{wording.number(pairing.numerator.count)} dari {wording.number(below.count)} {name}{kind}"
    return f"{wording.percent(pairing.value, *limits)} ({counts})"
