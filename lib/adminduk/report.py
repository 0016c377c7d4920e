"""The notebooks' door: ``from adminduk import open_report``.

Every word of a report displays one bundle; what cannot be said for lack of data is one honest line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from adminduk.basis import frames
from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.paths import Paths, find_paths
from adminduk.basis.periods import load_period
from adminduk.basis.places import load_places
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.present import (
    bundles,
    comparison,
    confirmation,
    figures,
    method,
    narrative,
    reconciliation,
    review,
    summary,
    tables,
    wording,
)
from adminduk.present.bundles import Bundle
from adminduk.present.sources import SourceNumbers

SPARSE_PAGES = 3  # a report about which little is known stays short

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


class Report:
    """One region at one period. Each method returns what a cell displays."""

    def __init__(self, briefing: Briefing, numbers: SourceNumbers, stamp: Mapping[str, Any]) -> None:
        self._briefing = briefing
        self._numbers = numbers
        self._stamp = dict(stamp)
        self._head = bundles.document(self._stamp)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        return self._head._repr_mimebundle_()

    def internal(self) -> Bundle:
        """The head of an internal document about the whole dataset: its dates instead of the period's."""
        dates = review.dates(self._briefing) or self._stamp["as_of_text"]
        changed = {"as_of_text": dates, "meeting": "Dokumen internal", "period": self._stamp["data"], "most_pages": 0}
        return bundles.document(self._stamp | changed)

    def reading(self, name: str) -> Bundle:
        """How to read the figure or table of that name."""
        _named(name, narrative.READING, "reading")
        return bundles.sentences(narrative.reading(name, self._briefing), "reading")

    def sentence(self, name: str) -> Bundle:
        """The generated sentences of that name: pesan, perkembangan, rekonsiliasi ..."""
        made = _named(name, _SENTENCES, "sentence")(self._briefing)
        return bundles.sentences(made, _ROLES.get(name, "answer"))

    def table(self, name: str) -> Bundle:
        """The table of that name: ringkasan, riwayat, data_dikirim, rekonsiliasi, jumlah_diperlukan."""
        return _named(name, _TABLES, "table")(self._briefing, self._numbers)

    def figure(self, name: str) -> Bundle | None:
        """The chart of that name: perkembangan, peringkat, peta; None where the report has no room or data for it."""
        return _named(name, _FIGURES, "figure")(self._briefing, self._numbers)

    def remark(self) -> Bundle | None:
        """The analyst's paragraphs of the period file; nothing when there are none."""
        text = self._briefing.period.remark
        return bundles.remark(text) if text else None

    def notes(self, name: str = "laporan") -> Bundle | None:
        """Methods, definitions, targets and findings; rekonsiliasi, rekonsiliasi_angka: those of the reconciliation."""
        return _named(name, _NOTES, "notes")(self._briefing, self._numbers)

    def sources(self) -> Bundle:
        """Every source cited above, by its number."""
        return bundles.source_list(self._numbers.cited(), self._numbers.notes())


def open_report(region: str, period: str, data: str = "published", paths: Paths | None = None) -> Report:
    """The report of one region and period from one dataset.

    ``region``: code, official name or alias; ``period``: id of a file in params/periods; ``data``: name of a
    folder in data/. Raises ParameterError or DataError, each with what is known and what to do.
    """
    paths = paths or find_paths()
    book = load_rulebook(paths)
    place = book.regions.find(region)
    chosen = load_period(paths, period)
    loaded = frames.read_dataset(paths, data)
    frames.check_regions(loaded, load_places(paths).codes(), data)
    own = frames.slice_for(loaded, place.code)
    briefing = Briefing(own | {"unused": frames.read_unused(paths, data)}, book, place, chosen)
    stamp = {
        "region_code": place.code,
        "region_name": place.name,
        "as_of_text": wording.long_date(chosen.as_of),
        "period": chosen.key,
        "data": data,
        "date": chosen.as_of.isoformat(),
        "meeting": chosen.meeting.short if chosen.meeting else "",
        "language": "id",
        "simulated": frames.is_simulated(loaded),
        "most_pages": SPARSE_PAGES if briefing.is_sparse else 0,
        "data_hash": frames.data_hash(own),
        "status": confirmation.stamp(briefing.confirmation),
    }
    return Report(briefing, SourceNumbers(loaded["sources"]), stamp)


def _named(name: str, known: Mapping[str, Any], word: str) -> Any:
    if name in known:
        return known[name]
    raise ParameterError(
        Problem(
            where=f"report.{word}({name!r})",
            what="nama tidak dikenal",
            expected=f"salah satu dari: {', '.join(known)}",
            next_step=suggestion(name, known),
        )
    )
