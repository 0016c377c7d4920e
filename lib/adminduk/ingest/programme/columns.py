"""The columns of sheet PROGRAM: what each is called, and what its cells hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SHEET, GUIDE = "PROGRAM", "PETUNJUK"
PERIOD, MADE_FOR, EVERYBODY = "Periode", "Dibuat untuk", "semua pelaksana"
Kind = Literal["text", "code", "amount", "rupiah", "months"]


@dataclass(frozen=True)
class Column:
    """``key`` is the word of the period's file, ``heading`` that of the documents, with the years in their places.

    An ``amount`` is a percentage or a whole number, depending on the line's unit; ``rupiah`` is whole. ``width`` is
    in characters.
    """

    key: str
    heading: str
    kind: Kind
    width: int
    meaning: str

    def title(self, year: int) -> str:
        return self.heading.format(now=year, ahead=year + 1)


COLUMNS = (
    Column("kode_sub_kegiatan", "Kode sub-kegiatan", "code", 17, "menurut dokumen; boleh kosong; teks, bukan bilangan"),
    Column("program", "Program", "text", 20, "nama program di dokumen perencanaan"),
    Column("kegiatan", "Kegiatan", "text", 22, "nama kegiatan di dokumen perencanaan"),
    Column("sub_kegiatan", "Sub-kegiatan", "text", 26, "nama sub-kegiatan di dokumen perencanaan"),
    Column("indikator", "Indikator", "code", 19, "pilih kode dari daftar di bawah"),
    Column("satuan", "Satuan", "text", 9, "persen untuk target cakupan; selain itu satuan keluarannya"),
    Column("target", "Target {now}", "amount", 9, "target tahun yang berakhir"),
    Column("realisasi", "Realisasi {now}", "amount", 9, "yang tercapai sampai periode ini"),
    Column("pagu", "Pagu {now} (Rp)", "rupiah", 13, "rupiah penuh, tanpa titik dan koma"),
    Column("realisasi_keuangan", "Realisasi keuangan {now} (Rp)", "rupiah", 13, "rupiah penuh"),
    Column("target_berikutnya", "Target {ahead}", "amount", 9, "target tahun berikutnya"),
    Column("pagu_berikutnya", "Pagu {ahead} (Rp)", "rupiah", 13, "rupiah penuh"),
    Column("sumber_dana", "Sumber dana", "code", 8, "APBD, DAK, atau APBN"),
    Column("pelaksana", "Pelaksana", "code", 9, "kode wilayah pelaksana, misalnya 64.71"),
    Column("lokasi", "Lokasi", "code", 8, "kode wilayah tempat kegiatan; kosong: sama dengan pelaksana"),
    Column("dokumen", "Dokumen", "code", 9, "Renja, RKPD, RKA, atau DPA"),
    Column("bulan", "Bulan", "months", 14, "angka 1 sampai 12 dengan koma, misalnya 3, 4, 5"),
    Column("catatan", "Catatan", "text", 16, "boleh kosong"),
)
