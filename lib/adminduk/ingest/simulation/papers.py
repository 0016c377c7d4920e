"""One simulated delivery as the rows of a spreadsheet: what each layout looks like when an office makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from adminduk.ingest.simulation.grids import Cell, Field, Gazetteer, Hand, counted, table, triplet
from adminduk.ingest.simulation.sheets import Column, Sheet

Rows = list[list[Cell]]
# The words that stand above a column: the machine's, and three of people's.
_WORDS = {
    "wajib_ktp": ("wajib_ktp", "Wajib KTP-el", "WAJIB KTPEL", "Penduduk Wajib KTP"),
    "rekam_ktp_el": ("rekam", "Rekam KTP", "PEREKAMAN KTPEL", "Sudah Perekaman KTP-el"),
    "belum_rekam": ("belum_rekam", "Belum Rekam", "BLM PEREKAMAN", "Belum Perekaman KTP-el"),
    "ktp": ("ktp", "Cetak KTP", "CETAK KTPEL", "Sudah Memiliki KTP-el"),
    "blm_ktp": ("blm_ktp", "Belum Cetak KTP", "BLM CETAK KTPEL", "Belum Memiliki KTP-el"),
    "anak_0_16": ("jumlah", "Anak 0-16 Tahun", "JUMLAH", "Anak Usia 0-16 Tahun"),
    "milik_kia": ("memiliki", "Memiliki KIA", "MEMILIKI", "Sudah Memiliki KIA"),
    "anak_0_17": ("jumlah", "Anak 0-17 Tahun", "JUMLAH", "Anak Usia 0-17 Tahun"),
    "milik_akta_0_17": ("memiliki", "Memiliki Akta", "MEMILIKI", "Sudah Memiliki Akta"),
    "belum": ("belum_memiliki", "Belum Memiliki", "BELUM MEMILIKI", "Belum Memiliki"),
    "persen": ("persen", "Persen", "PERSENTASE", "%"),
    "penduduk": ("penduduk", "Jumlah Penduduk", "PENDUDUK", "Jumlah Jiwa"),
}
_BLOCKS = {
    "awal": ("awal", "Data Awal", "AWAL", "DKB Awal"),
    "dinamis": ("dinamis", "Data Dinamis", "DINAMIS", "Dinamis"),
}
_SLIPPED = 7  # the row in which a clerk's slip stands
_CODES = ("kode_wilayah", "Kode Wilayah", "KODE", "Kode Kecamatan")


def _said(word: str, hand: Hand) -> str:
    """A column's words; one hand writes all columns of a file in one manner."""
    return {**_WORDS, **_BLOCKS}[word][hand.pick("gaya", range(4))]


def _places(sheet: Sheet, hand: Hand, names: Gazetteer) -> list[Field]:
    """Number, code, and the names of the areas from the regency down."""
    fields = [Field(("No",), tuple(range(1, len(sheet.places) + 1)))] if hand.one_in(2, "nomor") else []
    fields.append(Field((_CODES[hand.pick("gaya", range(4))],), tuple(hand.code(code) for code in sheet.places)))
    words = (("Kab/Kota", 5), ("Kecamatan", 8), ("Kelurahan/Desa", 13))
    for word, length in words:
        if len(sheet.places[0]) >= length:
            fields.append(Field((word,), tuple(names.name(code[:length], hand) for code in sheet.places)))
    return fields


def _less(word: str, whole: Column, part: Column) -> Column:
    return Column(word, whole.as_of, "", whole.counts - part.counts)


def _triplets(columns: Sequence[tuple[str, Column]], hand: Hand, block: tuple[str, ...] = ()) -> Iterator[Field]:
    for word, column in columns:
        yield from triplet((*block, _said(word, hand)), column, hand)


def _percent(sheet: Sheet, part: Column, whole: Column, hand: Hand, block: tuple[str, ...] = ()) -> Iterator[Field]:
    if hand.one_in(2, "persen"):
        parts = part.counts[:, 0].tolist()
        if hand.slip == "persen":
            parts[_SLIPPED] = parts[_SLIPPED] * 9 // 10
        pairs = zip(parts, whole.counts[:, 0].tolist(), strict=True)
        yield Field((*block, _said("persen", hand)), tuple(hand.percent(*pair) for pair in pairs))


def recording(sheets: Sequence[Sheet], hand: Hand, names: Gazetteer) -> Rows:
    """Obliged, recorded, not yet recorded; cards printed and not, which nobody reads."""
    sheet = sheets[0]
    obliged, recorded = sheet.column("wajib_ktp"), sheet.column("rekam_ktp_el")
    missing = _less("belum", obliged, recorded)
    if hand.slip == "sisa":
        missing.counts[_SLIPPED] += (2, 1, 1)
    printed = Column("ktp", recorded.as_of, "", recorded.counts * 985 // 1000)
    columns = [
        ("wajib_ktp", obliged), ("rekam_ktp_el", recorded), ("belum_rekam", missing),
        ("ktp", printed), ("blm_ktp", _less("belum", obliged, printed)),
    ]  # fmt: skip
    told = columns if hand.one_in(2, "cetak") else columns[:3]
    fields = [*_places(sheet, hand, names), *_triplets(told, hand), *_percent(sheet, recorded, obliged, hand)]
    if hand.one_in(8, "verifikasi"):
        fields.append(Field(("Verifikasi",), ("sudah",) * len(sheet.places)))
    return table(fields, hand)


def two_blocks(sheets: Sequence[Sheet], hand: Hand, names: Gazetteer) -> Rows:
    """Those of the frozen DKB beside those of today, each with how many hold the document and how many do not."""
    fields = _places(sheets[0], hand, names)
    for sheet in sheets:
        whole, part = sheet.columns
        block = (_said(sheet.block, hand),)
        columns = [(whole.measure, whole), (part.measure, part), ("belum", _less("belum", whole, part))]
        fields += [*_triplets(columns, hand, block), *_percent(sheet, part, whole, hand, block)]
    return table(fields, hand)


def release(sheets: Sequence[Sheet], hand: Hand, names: Gazetteer) -> Rows:
    sheet = sheets[0]
    fields = _places(sheet, hand, names)
    if sheet.columns[0].counts.shape[1] == 1:
        fields += _plain([(_said("penduduk", hand), sheet.columns[0])], hand)
        return table(fields, hand)
    return table([*fields, *_triplets([(c.measure, c) for c in sheet.columns], hand)], hand)


def _plain(columns: Sequence[tuple[str, Column]], hand: Hand) -> list[Field]:
    return [counted((word,), column.counts[:, 0].tolist(), hand) for word, column in columns]


def recap(sheets: Sequence[Sheet], hand: Hand, names: Gazetteer) -> Rows:
    """Numerators without denominators, as text; what is not told here stands in other files and is a dash."""
    sheet = sheets[0]
    size = len(sheet.places)
    known = {"Perekaman": "rekam_ktp_el", "PKS": "pks_opd", "Jumlah BPP": "buku_pokok_pemakaman"}
    words = (
        "Perekaman", "Sisa Suket", "Sisa PRR", "Sisa Blanko KTP-el", "Cetak KIA", "Akta 0-17", "Kertas Putih",
        "Layanan Online", "Layanan Terintegrasi", "PKS", "Akses Data", "Jumlah BPP",
    )  # fmt: skip
    fields = [
        Field(("No",), tuple(range(1, size + 1))),
        Field(("Waktu Pelaporan",), (hand.day(sheet.as_of),) * size),
        Field(("Kab/Kota",), tuple(names.name(code, hand) for code in sheet.places)),
    ]
    for word in words:
        if word in known:
            fields += _plain([(word, sheet.column(known[word]))], hand)
        else:
            fields.append(Field((word,), ("-",) * size))
    return table(fields, hand)


def flows(sheets: Sequence[Sheet], hand: Hand, names: Gazetteer) -> Rows:
    sheet = sheets[0]
    words = {
        "arus_rekam_ktp_el": ("Rekam KTP", "PEREKAMAN"),
        "arus_cetak_ktp_el": ("Cetak KTP-el", "PENCETAKAN KTPEL"),
        "arus_cetak_akta_kelahiran": ("Cetak Akta Kelahiran", "PENERBITAN AKTA KELAHIRAN"),
        "arus_datang": ("Datang", "KEDATANGAN"),
        "arus_pindah": ("Pindah", "KEPINDAHAN"),
    }
    style = hand.pick("gaya arus", range(2))
    fields = [*_places(sheet, hand, names), Field(("tanggal_laporan",), (hand.day(sheet.as_of),) * len(sheet.places))]
    return table([*fields, *_plain([(words[c.measure][style], c) for c in sheet.columns], hand)], hand)


def long_table(sheets: Sequence[Sheet], hand: Hand, names: Gazetteer) -> Rows:
    """A row for each count, with the date and kind of what is a denominator."""
    told = [entry for sheet in sheets for entry in _long_rows(sheet, hand, names)]
    words = ("kode_wilayah", "wilayah", "tanggal", "ukuran", "jumlah", "jenis_penyebut", "tanggal_penyebut")
    return [list(words), *told]


def _long_rows(sheet: Sheet, hand: Hand, names: Gazetteer) -> Iterator[list[Cell]]:
    for column in sheet.columns:
        base = [column.base_kind, hand.day(column.as_of)] if column.base_kind else ["", ""]
        counts = hand.counts(column.counts[:, 0].tolist(), column.measure)
        for place, count in zip(sheet.places, counts, strict=True):
            yield [hand.code(place), names.name(place, hand), hand.day(sheet.as_of), column.measure, count, *base]


PAPERS: dict[str, Callable[[Sequence[Sheet], Hand, Gazetteer], Rows]] = {
    "kelurahan_ktp": recording,
    "kelurahan_kia": two_blocks,
    "kelurahan_akta": two_blocks,
    "rilis_dkb": release,
    "rekap_provinsi": recap,
    "arus": flows,
    "panjang": long_table,
}
