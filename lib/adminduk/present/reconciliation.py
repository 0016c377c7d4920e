"""The tables of the internal reconciliation, and how its figures are made."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.measure.audit import Audited
from adminduk.measure.facts import Count
from adminduk.present import bundles, review, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.review import Reviewed
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import COUNT_DASH_NOTE, Column, Table

_APPROXIMATE = "‡ perkiraan menurut sumbernya."
_NEAREST = "‡ perkiraan menurut sumbernya; masuk kelompok menurut nilai terdekat dalam kelonggarannya."
_SHARE = "§ bagian dari target, bukan cakupan; diterangkan di bawah."
_STUB = (Column("Daerah, indikator, keadaan"), Column("Pembilang", "right"), Column("Penyebut", "right"))
_SHARES = (Column("hitung ulang", "decimal"), Column("publikasi", "decimal"), Column("Selisih", "decimal"))
_HOW = (
    "Sebuah persentase hanya dihitung ulang dari pembilang dan penyebut dalam pernyataan yang sama; penyebut dari "
    "pernyataan lain tidak dipinjam. Selisih adalah angka yang dipublikasikan dikurangi hitungan ulang yang tepat.",
    "Semua persentase dalam kumpulan data diperiksa, dari semua daerah dan semua tanggal; kepala halaman menyebut "
    "provinsi yang menyimpan daftar ini.",
    "Penilaian yang dicetak, atau yang tersirat dari angka yang dicetak terhadap target untuk tahun dan daerahnya, "
    "dibandingkan dengan penilaian atas nilai tepat.",
)
_CLASSES = (
    "Sesuai: hitungan ulang, dibulatkan ke banyaknya desimal yang dicetak, sama dengan yang dipublikasikan.",
    "Berbeda kurang dari 0,1 poin persen: biasanya karena pembulatan.",
    "Berbeda 0,1 poin persen atau lebih: mungkin karena jumlah dan persentasenya dari saat atau penyebut yang berbeda; "
    "penyusunnya dapat menjelaskan.",
)
_TOLERANCE = (
    "Jumlah yang disebut perkiraan berlaku untuk setiap bilangan dalam setengah satuan terakhir yang ditulisnya: "
    "“sekitar 95.000” berarti 94.500 sampai 95.500, “sekitar 4.650” berarti 4.645 sampai 4.655. Persentase yang "
    "disebut perkiraan berlaku untuk setiap nilai yang dibulatkan menjadi angka itu: “sekitar 4 persen” berarti 3,5 "
    "sampai 4,5. Angka perkiraan masuk kelompok menurut jarak antara kedua rentang itu.",
)


def table(reviewed: Reviewed, numbers: SourceNumbers) -> Bundle:
    """Every percentage that is not simply equal, what weighs most first; those that are equal are counted."""
    groups = review.grouped(reviewed)
    rows = [item for _, items in groups for item in items]
    if not rows:
        return sentences(["Semua persentase yang dapat dihitung ulang sesuai dengan jumlahnya."], "answer")
    return Table(
        caption="Angka publikasi di samping hitungan ulang dari jumlahnya",
        unit="jumlah; persen; selisih dalam poin persen",
        columns=[*_STUB, *_SHARES, Column("Sumber", "right")],
        rows=[_row(reviewed, item, numbers) for item in rows],
        sources=numbers.of([item.claim.source for item in rows]),
        notes=_notes(reviewed, rows),
        groups=_starts(groups),
        spanners=[("Jumlah", 1, 2), ("Persen", 3, 4)],
    ).bundle()


def _row(reviewed: Reviewed, item: Audited, numbers: SourceNumbers) -> list[str]:
    figure, _, _ = wording.points(item.difference or 0).partition(" ")
    return [*_stub(reviewed, item), review.recomputed(item), _printed(item), figure, _cited(item, numbers)]


def _stub(reviewed: Reviewed, item: Audited) -> list[str]:
    """Which figure, and the counts of its statement."""
    when = wording.short_date(item.claim.as_of).replace(" ", "\N{NO-BREAK SPACE}")
    return [f"{review.name(reviewed, item)}, {when}", _count(item.numerator), _count(item.denominator)]


def _count(count: Count | None) -> str:
    return f"{wording.number(count.count)}{'‡' if count.approximate else ''}" if count else wording.DASH


def _printed(item: Audited) -> str:
    share = "§" if item.claim.kind == "bagian_target" else ""
    return f"{review.printed(item)}{share}{'‡' if item.claim.approximate else ''}"


def _cited(item: Audited, numbers: SourceNumbers) -> str:
    return ", ".join(map(str, numbers.of([item.claim.source])))


def _starts(groups: Sequence[tuple[str, Sequence[Audited]]]) -> list[tuple[str, int]]:
    """Each group's label with how many rows it has, and its first row."""
    starts, place = [], 0
    for label, items in groups:
        starts.append((f"{label} ({wording.number(len(items))})", place))
        place += len(items)
    return starts


def _notes(reviewed: Reviewed, rows: Sequence[Audited]) -> list[str]:
    others = [item for item in reviewed.audited if item.outcome == "holds" and item not in rows]
    notes = [f"{wording.number(len(others))} persentase lain sesuai dengan jumlahnya."] if others else []
    notes += [_NEAREST] if any(item.approximate for item in rows) else []
    return notes + ([_SHARE] if any(item.claim.kind == "bagian_target" for item in rows) else [])


def needed(reviewed: Reviewed, numbers: SourceNumbers) -> Bundle:
    """The percentages that one more count would let us recompute, and how many lack both."""
    unknown = [item for item in review.ordered(reviewed) if item.value is None and not item.reason]
    groups = _half_known(unknown)
    rows = [item for _, items in groups for item in items]
    bare = _bare([item for item in unknown if not item.numerator and not item.denominator])
    if not rows:
        return sentences([bare or "Setiap persentase yang dipublikasikan sudah mempunyai kedua jumlahnya."], "answer")
    approximate = [_APPROXIMATE] if any(item.approximate for item in rows) else []
    return Table(
        caption="Persentase yang memerlukan satu jumlah lagi",
        unit="jumlah dan persen",
        columns=[*_STUB, Column("Publikasi", "decimal"), Column("Sumber", "right")],
        rows=[[*_stub(reviewed, item), _printed(item), _cited(item, numbers)] for item in rows],
        sources=numbers.of([item.claim.source for item in rows]),
        notes=[COUNT_DASH_NOTE, *approximate, *filter(None, [bare])],
        groups=_starts(groups),
        spanners=[("Jumlah", 1, 2)],
    ).bundle()


def _half_known(items: Sequence[Audited]) -> list[tuple[str, list[Audited]]]:
    groups = [
        ("Penyebutnya diperlukan", [item for item in items if item.numerator and not item.denominator]),
        ("Pembilangnya diperlukan", [item for item in items if item.denominator and not item.numerator]),
    ]
    return [(label, found) for label, found in groups if found]


def _bare(items: Sequence[Audited]) -> str:
    sources = len({item.claim.source for item in items})
    told = f"{wording.number(len(items))} persentase lain dari {wording.number(sources)} sumber terbit tanpa keduanya."
    return told if items else ""


def explanations(reviewed: Reviewed, _numbers: SourceNumbers) -> Bundle | None:
    """What has to be known of single figures of the table; nothing when there is none."""
    items = review.explanations(reviewed)
    return bundles.notes([("", (), items)]) if items else None


def notes(reviewed: Reviewed, _numbers: SourceNumbers) -> Bundle:
    """How the figures are recomputed, what the groups mean, and how wide an approximate figure is."""
    blocks = [
        ("Cara menghitung", _HOW, ()),
        ("Arti kelompok", (), _CLASSES),
        ("Angka perkiraan", _TOLERANCE, ()),
        ("Angka yang disimpan tetapi tidak dipakai", (), review.unused(reviewed)),
    ]
    return bundles.notes([block for block in blocks if block[1] or block[2]])
