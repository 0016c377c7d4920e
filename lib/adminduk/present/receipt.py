"""What taking in files did, told to the one who took them in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from adminduk.basis.catalog import Catalog
from adminduk.basis.checks import SEVERITIES
from adminduk.basis.places import Places
from adminduk.ingest.intake import Entry, Receipt
from adminduk.present import wording
from adminduk.present.findings import sentence

_LEVELS = ("provinsi", "kabupaten/kota", "kecamatan", "kelurahan dan desa")
_FINDINGS = 30  # told one by one


def lines(receipt: Receipt, catalog: Catalog, places: Places) -> list[str]:
    """The receipt: of each file what it was taken for, how much it says, what was found, and what comes next."""
    told = [line for entry in receipt.entries for line in _entry(entry, catalog, places)]
    if not receipt.changed:
        return told
    last = receipt.entries[-1]
    region = last.regions[0] if len(last.regions) == 1 else "..."
    check = f"make check DATA={receipt.dataset}"
    confirm = f'make confirm REGION={region} AS_OF={last.as_of} BY="Kabid ..." DATA={receipt.dataset}'
    return [*told, f"Langkah berikut: {check}", f"  setelah diperiksa dinas: {confirm}"]


def _entry(entry: Entry, catalog: Catalog, places: Places) -> Iterator[str]:
    when = wording.long_date(date.fromisoformat(entry.as_of))
    yield f"{entry.file}: dikenali sebagai {entry.title} ({entry.layout}), keadaan {when}"
    if entry.repeated:
        yield "  sudah pernah dimuat, tidak ada yang berubah"
        return
    named = [f"{code} {place.name}" if (place := places.by_code(code)) else code for code in entry.regions]
    yield f"  Wilayah: {', '.join(named)}"
    parts = {"baru": entry.new, "sama": entry.same, "diganti": entry.replaced}
    counted = ", ".join(f"{wording.number(number)} {word}" for word, number in parts.items() if number)
    yield f"  {wording.number(entry.rows)} angka: {counted}"
    yield from _beside(entry)
    yield from _totals(entry, catalog)
    if entry.ignored:
        yield f"  Kolom yang tidak dipakai: {', '.join(entry.ignored)}"
    yield from (f"  {note}" for note in entry.notes)
    yield from _found(entry, catalog)


def _beside(entry: Entry) -> Iterator[str]:
    if entry.left:
        yield f"  {wording.number(entry.left)} angka dari kiriman sebelumnya tidak ada di berkas ini dan tetap dipakai"
    if entry.summed_again:
        yield f"  {wording.number(entry.summed_again)} jumlah dari kiriman sebelumnya disesuaikan dengan bagiannya"


def _totals(entry: Entry, catalog: Catalog) -> Iterator[str]:
    """Of each measure how many places of each level there are, and their sum."""
    statements = list(dict.fromkeys(statement for statement, _ in entry.totals))
    for (statement, measure), levels in entry.totals.items():
        sums = (
            f"{wording.number(number)} di {wording.number(places)} {_LEVELS[level]}"
            for level, (places, number) in sorted(levels.items(), reverse=True)
        )
        where = f" ({statement})" if len(statements) > 1 else ""
        yield f"  {wording.capital(catalog.measures[measure].label.id)}{where}: {'; '.join(sums)}"


def _found(entry: Entry, catalog: Catalog) -> Iterator[str]:
    if not entry.findings:
        yield "  Temuan: tidak ada"
        return
    numbers = Counter(found.severity for found in entry.findings)
    yield "  Temuan: " + ", ".join(f"{numbers[name]} {name}" for name in SEVERITIES if numbers[name])
    ordered = sorted(entry.findings, key=lambda found: SEVERITIES.index(found.severity))
    for found in ordered[:_FINDINGS]:
        cells = found.origin.removeprefix(f"{entry.file}:")
        yield f"    {found.severity}: {found.region_code}, {cells}: {sentence(found, catalog)}"
    if len(ordered) > _FINDINGS:
        yield f"    dan {wording.number(len(ordered) - _FINDINGS)} lainnya"
