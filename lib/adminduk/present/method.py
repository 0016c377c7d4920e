"""The back pages: what to send, how the figures are made, which targets, what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adminduk.basis.catalog import Indicator, Target
from adminduk.basis.checks import Finding
from adminduk.basis.dates import AsOf
from adminduk.measure.briefing import Briefing, Entry
from adminduk.measure.targets import applicable
from adminduk.present import bundles, confirmation, narrative, wording
from adminduk.present.bundles import Bundle
from adminduk.present.findings import sentence
from adminduk.present.sources import SourceNumbers

HOW = (
    "Setiap persentase dihitung ulang dari jumlahnya: pembilang dibagi penyebut dari pernyataan yang sama, atau dari "
    "DKB yang disebut untuknya. Tanpa keduanya sebuah persentase tetap angka publikasi, bertanda *.",
    "Penilaian diambil dari nilai tepat, bukan dari angka yang sudah dibulatkan. Angka publikasi hanya dinilai bila "
    "seluruh rentang pembulatannya berada di satu sisi target.",
    "Perubahan dalam poin persen hanya dihitung antara angka dengan definisi, penyebut, dan jenis penyebut yang sama; "
    "perubahan jumlah hanya antara pembilang dari ukuran yang sama. Angka kosong bukan nol; alasannya ada di sel itu "
    "atau di bawah tabel.",
)

# What the summary, the remarks, the differing statements or the message of page 1 say already.
_TOLD_ELSEWHERE = {
    "pembilang_melebihi_penyebut",
    "persen_tidak_sesuai",
    "putusan_karena_pembulatan",
    "dua_pernyataan",
    "penyebut_beku_berubah",
    "daerah_tanpa_data",
}


def data_to_send(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """What an office can send so that its page says more: counts with their denominators and dates."""
    items = narrative.data_to_send(briefing)
    when = wording.long_date(briefing.period.as_of)
    if not items:
        return bundles.sentences([f"Semua jumlah keadaan {when} sudah ada."], "answer")
    caption = f"Data yang perlu dikirim {briefing.region.name}: jumlah keadaan {when}"
    notes = [
        *narrative.reading("data_dikirim", briefing),
        "Kirim jumlah saja, tanpa nama, NIK, atau data pribadi lain.",
    ]
    return bundles.checklist(caption, items, notes)


def notes(briefing: Briefing, numbers: SourceNumbers) -> Bundle:
    """Methods, definitions, the targets that verdicts use and those that stand beside them, findings."""
    blocks = [
        ("Cara menghitung", HOW[:2] if briefing.is_sparse else HOW, ()),
        ("Definisi", (), [_definition(entry.indicator) for entry in briefing.entries if entry.rows]),
        ("Target", (), [*_targets(briefing, numbers)]),
        ("Status angka", tuple(filter(None, [confirmation.state(briefing.confirmation, briefing.region)])), ()),
        ("Pernyataan tanpa angka", (), [*_told(briefing, numbers)]),
        ("Catatan atas data", (), [*_findings(briefing)]),
    ]
    return bundles.notes([block for block in blocks if block[1] or block[2]])


def _definition(indicator: Indicator) -> str:
    return " ".join([f"{indicator.short.id}: {indicator.definition.id}", *indicator.breaks])


def _targets(briefing: Briefing, numbers: SourceNumbers) -> Iterator[str]:
    """One line per stated target of the years that the summary judges by; the rivals too in a full edition."""
    for entry in briefing.entries:
        stated: dict[Target, None] = {}
        for row in entry.rows:
            for target in applicable(entry.indicator, briefing.region.code, row.as_of):
                if target.used == "ya" or not briefing.is_sparse:
                    stated[target] = None
        day = briefing.period.told_until
        yield from (_target(entry.indicator, target, numbers, day) for target in stated)


def _target(indicator: Indicator, target: Target, numbers: SourceNumbers, day: date) -> str:
    level = {"nasional": "nasional", "provinsi": "provinsi", "kabupaten_kota": "kabupaten/kota"}[target.level]
    base = f" {wording.base(indicator, target.base)}" if target.base else ""
    use = "" if target.used == "ya" else "juga disebut, tidak dipakai: "
    number = numbers.of_document(target.document, target.source)
    note = f" {target.note}" if target.note else ""
    value = wording.target_value(target)
    return (
        f"{indicator.short.id} {target.start.year}: {use}{value}{base} ({level}), {target.document} [{number}].{note}"
    )


def _told(briefing: Briefing, numbers: SourceNumbers) -> Iterator[str]:
    """What was said in words of this region, with the day and the source."""
    for claim in briefing.told:
        number = numbers.of([claim.source])[0]
        yield f"{wording.capital(claim.words)} (pernyataan {wording.long_date(claim.as_of)}) [{number}]."


def _findings(briefing: Briefing) -> Iterator[str]:
    for remark in briefing.remarks:
        indicator = briefing.catalog.indicators[remark.row.indicator]
        turned = "; penilaian mengikuti nilai tepat" if remark.kind == "putusan_berbalik" else ""
        yield (
            f"{indicator.short.id}, {wording.long_date(remark.row.as_of)}: {wording.published(remark)} "
            f"({wording.fraction(remark.row)}){turned}."
        )
    known = {**briefing.catalog.measures, **briefing.catalog.indicators}
    for conflict in briefing.facts().conflicts:
        if conflict.what in known:
            yield wording.conflict(conflict, known[conflict.what].label.id)
    for entry in briefing.entries:
        yield from (f"{entry.indicator.short.id}: angka yang terbit tidak dipakai: {why}." for why in entry.refused)
    yield from (sentence(found, briefing.catalog) for found in _shown(briefing))
    for code, stopping in briefing.stopped.items():
        name = briefing.regions.get(code).name
        yield from (f"{name} tidak dicetak. {sentence(found, briefing.catalog)}" for found in stopping)


def _shown(briefing: Briefing) -> Iterator[Finding]:
    """The findings about figures that the report prints; of each rule and measure the newest.

    What only needs to be known is told of the newest figures.
    """
    newest: dict[tuple[str, str], Finding] = {}
    for found in sorted(briefing.findings, key=lambda found: AsOf.parse(found.as_of)):
        entries = [entry for entry in briefing.entries if _concerns(found, entry)]
        current = any(str(entry.as_of) == found.as_of for entry in entries)
        if entries and found.rule not in _TOLD_ELSEWHERE and (found.severity != "catat" or current):
            newest[found.rule, _subject(found)] = found
    yield from (found for found in briefing.findings if found in newest.values())


def _subject(found: Finding) -> str:
    return str(found.values.get("measure") or found.values.get("indicator"))


def _concerns(found: Finding, entry: Entry) -> bool:
    """Whether a finding is about an indicator or one of its counts. Another age band is told as a definition."""
    values, indicator = found.values, entry.indicator
    if values.get("what") == "usia":
        return False
    if "indicator" in values:
        return values["indicator"] == indicator.id
    return values.get("measure") in (indicator.numerator, *indicator.bases)
