"""The notebooks' door: ``from adminduk import open_report``.

Every word of a report displays one bundle; what cannot be said for lack of data is one honest line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from IPython.display import display

from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.paths import Paths, find_paths
from adminduk.measure.briefing import Briefing
from adminduk.present import (
    agreement,
    bundles,
    burden,
    comparison,
    decisions,
    denominators,
    districts,
    figures,
    forecast,
    funding,
    kecamatan,
    matrix,
    method,
    minutes,
    movement,
    narrative,
    needs,
    outlook,
    outreach,
    peers,
    programme,
    quality,
    realised,
    recap,
    reconciliation,
    remarks,
    review,
    summary,
    tables,
    tally,
    targets,
    undertakings,
)
from adminduk.present.bundles import Bundle
from adminduk.present.opening import Opened, kept, open_briefing
from adminduk.present.sources import SourceNumbers

Answering = Callable[[Briefing, SourceNumbers], Sequence[Bundle | None]]

_SENTENCES: dict[str, Callable[[Briefing], list[str]]] = {
    "pesan": narrative.message,
    "perkembangan": narrative.development,
    "rekonsiliasi": review.message,
    "rekonsiliasi_penilaian": review.verdicts,
}
_ROLES = {"pesan": "message", "rekonsiliasi": "message"}
_TABLES: dict[str, Callable[[Briefing, SourceNumbers], Bundle]] = {
    "ringkasan": summary.summary,
    "riwayat": tables.history,
    "data_dikirim": method.data_to_send,
    "rekonsiliasi": reconciliation.table,
    "jumlah_diperlukan": reconciliation.needed,
}
_NOTES: dict[str, Callable[[Briefing, SourceNumbers], Bundle | None]] = {
    "laporan": method.notes,
    "rekonsiliasi": reconciliation.notes,
    "rekonsiliasi_angka": reconciliation.explanations,
}
_FIGURES: dict[str, Callable[[Briefing, SourceNumbers], Bundle | None]] = {
    "perkembangan": figures.development,
    "peringkat": comparison.ranking,
    "peta": comparison.tile_map,
}


def _development(briefing: Briefing, numbers: SourceNumbers) -> Sequence[Bundle | None]:
    """How to read, the chart over time, a sentence for each indicator, the table of known figures."""
    return [
        bundles.sentences(narrative.reading("perkembangan", briefing), "reading"),
        figures.development(briefing, numbers),
        bundles.sentences(narrative.development(briefing), "answer"),
        tables.history(briefing, numbers),
    ]


def _beside_others(briefing: Briefing, numbers: SourceNumbers) -> Sequence[Bundle | None]:
    """The tile map, the ranking of the regencies, and this region beside its peers."""
    # The smaller first: it fills what the question before has left of a page.
    return [
        comparison.tile_map(briefing, numbers),
        comparison.ranking(briefing, numbers),
        *peers.peers(briefing, numbers),
    ]


def _recap(briefing: Briefing, numbers: SourceNumbers) -> Sequence[Bundle | None]:
    """Ten regencies and the province on one sheet."""
    return [recap.sheet(briefing, numbers)]


def _closing(briefing: Briefing, numbers: SourceNumbers) -> Sequence[Bundle | None]:
    """Methods and findings, the denominators used, and every source cited above."""
    return [
        method.notes(briefing, numbers),
        *denominators.answer(briefing),
        bundles.source_list(numbers.cited(), numbers.notes(), "Sumber"),
    ]


# What one question of the reader is answered with: how to read, a table or figure, the answer.
_ANSWERS: dict[str, Answering] = {
    "perkembangan": _development,
    "perbandingan": _beside_others,
    "laju": outlook.answer,
    "proyeksi": forecast.answer,
    "kecamatan": kecamatan.answer,
    "rekap": _recap,
    "penanggung_sisa": burden.answer,
    "perubahan": movement.answer,
    "kecamatan_provinsi": districts.answer,
    "temuan_ringkas": tally.answer,
    "keputusan_diperlukan": decisions.answer,
    "tindak_lanjut": minutes.follow_up,
    "berita_pembuka": minutes.minutes_opening,
    "berita_capaian": minutes.standing,
    "berita_keputusan": minutes.decided,
    "berita_tanda_tangan": minutes.signing,
    "mutu_pesan": quality.message,
    "mutu_temuan": quality.found,
    "mutu_laporan": quality.offices,
    "mutu_tindakan": undertakings.answer,
    "mutu_sumber": quality.cited,
    "program": programme.answer,
    "harmonisasi": agreement.message,
    "kesepakatan_diperlukan": agreement.answer,
    "capaian_program": realised.answer,
    "jumlah_target": targets.answer,
    "cakupan_rencana": needs.answer,
    "pembiayaan_ganda": funding.answer,
    "alokasi_tim": outreach.answer,
    "matriks": matrix.answer,
    "catatan_program": agreement.method,
    "catatan": _closing,
}


class Answer:
    """Several bundles, displayed one after the other by one cell."""

    def __init__(self, parts: Sequence[Bundle | None]) -> None:
        self.parts = [part for part in parts if part is not None and part.plain]

    def _ipython_display_(self) -> None:
        display(*self.parts or [bundles.nothing()])

    def __repr__(self) -> str:
        return "\n\n".join(part.plain for part in self.parts)


class Report:
    """One region at one period. Each method returns what a cell displays."""

    def __init__(self, opened: Opened) -> None:
        self._briefing = opened.briefing
        self._numbers = opened.numbers
        self._remarks = opened.remarks
        self._stamp = dict(opened.stamp)
        self._head = bundles.document(self._stamp)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        return self._head._repr_mimebundle_()

    def public(self) -> Bundle:
        """The head of a document for the public, as long as it needs to be."""
        return bundles.document(self._stamp | {"most_pages": 0, "audience": "publik"})

    def internal(self, about: str = "kumpulan_data") -> Bundle:
        """The head of an internal document, about the whole kumpulan_data with its dates, or about the periode."""
        heads = {"kumpulan_data": self._of_dataset, "periode": dict}
        changed = _named(about, heads, "internal")()
        return bundles.document(
            self._stamp | {"meeting": "Dokumen internal", "most_pages": 0, "audience": "internal"} | changed
        )

    def _of_dataset(self) -> dict[str, Any]:
        dates = review.dates(self._briefing) or self._stamp["as_of_text"]
        return {"as_of_text": dates, "period": self._stamp["data"]}

    def answer(self, name: str) -> Answer:
        """Everything that answers the question of that name; without data or room a line that is not printed."""
        return Answer(_named(name, _ANSWERS, "answer")(self._briefing, self._numbers))

    def reading(self, name: str) -> Bundle:
        """How to read the figure or table of that name."""
        _named(name, narrative.READING, "reading")
        return _said(bundles.sentences(narrative.reading(name, self._briefing), "reading"))

    def sentence(self, name: str) -> Bundle:
        """The generated sentences of that name: pesan, perkembangan, rekonsiliasi ..."""
        made = _named(name, _SENTENCES, "sentence")(self._briefing)
        return _said(bundles.sentences(made, _ROLES.get(name, "answer")))

    def table(self, name: str) -> Bundle:
        """The table of that name: ringkasan, riwayat, data_dikirim, rekonsiliasi, jumlah_diperlukan."""
        return _said(_named(name, _TABLES, "table")(self._briefing, self._numbers))

    def figure(self, name: str) -> Bundle:
        """The chart of that name: perkembangan, peringkat, peta; without data or room a line that is not printed."""
        return _said(_named(name, _FIGURES, "figure")(self._briefing, self._numbers))

    def remark(self, document: str = "") -> Bundle | None:
        """The office's own paragraphs of this region and period; nothing when there are none.

        They lie in params/remarks/<period>/<code>.md, those for one ``document`` only (the name of a notebook) in
        <code>_<document>.md.
        """
        text = self._remarks.get(document)
        return remarks.remark(text) if text else None

    def notes(self, name: str = "laporan") -> Bundle:
        """Methods, definitions, targets and findings; rekonsiliasi, rekonsiliasi_angka: those of the reconciliation."""
        return _said(_named(name, _NOTES, "notes")(self._briefing, self._numbers))

    def sources(self) -> Bundle:
        """Every source cited above, by its number."""
        return bundles.source_list(self._numbers.cited(), self._numbers.notes())


def open_report(region: str, period: str, data: str = "published", paths: Paths | None = None) -> Report:
    """The report of one region and period from one dataset.

    ``region``: code, official name or alias; ``period``: id of a file in params/periods; ``data``: name of a
    folder in data/. Raises ParameterError or DataError, each with what is known and what to do.
    """
    ready = kept(region, period, data) if paths is None else None
    return Report(ready or open_briefing(paths or find_paths(), region, period, data))


def _said(part: Bundle | None) -> Bundle:
    """What is shown: never an empty frame."""
    return part if part is not None and part.plain else bundles.nothing()


def _named(name: str, known: Mapping[str, Any], word: str) -> Any:
    if name in known:
        return known[name]
    raise ParameterError(
        Problem(
            where=f"report.{word}({name!r})",
            what="nama tidak dikenal",
            expected=f"salah satu dari: {', '.join(known)}",
            next_step=suggestion(name, known) or "pilih salah satunya (docs/reference/report.md)",
        )
    )
