"""The back pages: what to send, how the figures are made, which targets, what was found."""

from __future__ import annotations

from collections.abc import Iterator

from adminduk.basis.catalog import Indicator, Target
from adminduk.measure.briefing import Briefing
from adminduk.measure.targets import applicable
from adminduk.present import bundles, narrative, wording
from adminduk.present.bundles import Bundle
from adminduk.present.sources import SourceNumbers

HOW = (
    "Setiap persentase dihitung ulang dari jumlahnya: pembilang dibagi penyebut dari pernyataan yang sama, atau dari "
    "DKB yang disebut untuknya. Tanpa keduanya sebuah persentase tetap angka publikasi, bertanda *.",
    "Putusan diambil dari nilai tepat, bukan dari angka yang sudah dibulatkan. Angka publikasi hanya dinilai bila "
    "seluruh rentang pembulatannya berada di satu sisi target.",
    "Perubahan hanya dihitung antara angka dengan definisi dan jenis penyebut yang sama. Angka kosong bukan nol: "
    "setiap sel kosong menyebut alasannya.",
)


def data_to_send(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """What an office can send so that its page says more: counts with their denominators and dates."""
    items = narrative.data_to_send(briefing)
    when = wording.long_date(briefing.period.as_of)
    if not items:
        return bundles.sentences([f"Semua jumlah keadaan {when} sudah ada."], "answer")
    caption = f"Data yang perlu dikirim {briefing.region.name}: jumlah keadaan {when}"
    note = "Kirim jumlah saja, tanpa nama, NIK, atau data perseorangan lain."
    return bundles.checklist(caption, items, [note])


def notes(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Methods, definitions, the targets that verdicts use and those that stand beside them, findings."""
    blocks = [
        ("Cara menghitung", HOW, ()),
        ("Definisi", (), [_definition(entry.indicator) for entry in briefing.entries if entry.rows]),
        ("Target", (), [*_targets(briefing, numbers)]),
        ("Catatan atas data", (), [*_findings(briefing)]),
    ]
    return bundles.notes([block for block in blocks if block[1] or block[2]])


def _definition(indicator: Indicator) -> str:
    return " ".join([f"{indicator.short.id}: {indicator.definition.id}", *indicator.breaks])


def _targets(briefing: Briefing, numbers: SourceNumbers) -> Iterator[str]:
    """One line per stated target of the years that the summary judges by, the rivals included."""
    for entry in briefing.entries:
        stated: dict[Target, None] = {}
        for row in entry.rows:
            for target in applicable(entry.indicator, briefing.region.code, row.as_of):
                stated[target] = None
        yield from (_target(entry.indicator, target, numbers) for target in stated)


def _target(indicator: Indicator, target: Target, numbers: SourceNumbers) -> str:
    level = {"nasional": "nasional", "provinsi": "provinsi", "kabupaten_kota": "kabupaten/kota"}[target.level]
    base = f" {wording.base(indicator, target.base)}" if target.base else ""
    use = "" if target.used == "ya" else "juga disebut, tidak dipakai: "
    number = numbers.of_document(target.document, target.source)
    note = f" {target.note}" if target.note else ""
    value = wording.target_value(target)
    return (
        f"{indicator.short.id} {target.start.year}: {use}{value}{base} ({level}), {target.document} [{number}].{note}"
    )


def _findings(briefing: Briefing) -> Iterator[str]:
    for remark in briefing.remarks:
        indicator = briefing.catalog.indicators[remark.row.indicator]
        turned = "; putusan mengikuti nilai tepat" if remark.kind == "putusan_berbalik" else ""
        yield (
            f"{indicator.short.id}, {wording.long_date(remark.row.as_of)}: {wording.published(remark)} "
            f"({wording.fraction(remark.row)}){turned}."
        )
    for conflict in briefing.conflicts:
        measures, indicators = briefing.catalog.measures, briefing.catalog.indicators
        known = measures.get(conflict.what) or indicators.get(conflict.what)
        name = known.label.id if known else conflict.what
        yield (
            f"{wording.capital(name)}, {wording.long_date(conflict.as_of)}: dua pernyataan berbeda "
            f"({wording.listing(conflict.values)}); tidak dipakai sampai satu dipilih."
        )
