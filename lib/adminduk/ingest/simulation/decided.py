"""What simulated meetings decided, and what became of it: made up, like the offices it binds."""

from __future__ import annotations

from datetime import date
from typing import Any

Entry = dict[str, Any]


def _decision(nomor: int, keputusan: str, codes: tuple[str, ...], tenggat: date, indikator: str = "") -> Entry:
    told: Entry = {"nomor": nomor, "keputusan": keputusan, "penanggung_jawab": codes, "tenggat": tenggat}
    return told | ({"indikator": indikator} if indikator else {})


EARLIER = [
    _decision(
        1, "Menyusun daftar anak usia 0-17 tahun tanpa akta kelahiran per kecamatan dan menerbitkan aktanya",
        ("64.07", "64.08", "64.11"), date(2024, 3, 31), "akta_kelahiran_0_17",
    ),
    _decision(
        2, "Menambah perjanjian kerja sama pemanfaatan data sampai paling sedikit 12 OPD di setiap daerah",
        ("64.03", "64.07", "64.09", "64.11"), date(2024, 9, 30), "pks_opd",
    ),
    _decision(
        3, "Mengganti lembar laporan 15 harian dengan satu formulir Excel sejak Januari 2024", ("64",),
        date(2024, 1, 15),
    ),
    _decision(
        4, "Mengaktifkan IKD bagi seluruh ASN pemerintah daerah", ("64", "64.71", "64.72"), date(2024, 6, 30), "ikd",
    ),
    _decision(
        5, "Melaporkan pemusnahan blangko KTP-el rusak dengan berita acara setiap bulan", ("64.01", "64.02", "64.74"),
        date(2024, 12, 31), "blanko_dimusnahkan",
    ),
]  # fmt: skip

FOLLOW_UP = [
    {
        "period": date(2023, 10, 31), "nomor": 1, "status": "berjalan",
        "hasil": "Daftar sudah ada di Kutai Barat dan Kutai Timur; Mahakam Ulu masih menyusunnya",
    },
    {
        "period": date(2023, 10, 31), "nomor": 2, "status": "selesai",
        "hasil": "Keempat daerah memiliki paling sedikit 12 OPD pada 12 November 2024",
    },
    {
        "period": date(2023, 10, 31), "nomor": 3, "status": "selesai",
        "hasil": "Formulir dipakai sepuluh daerah sejak 15 Januari 2024",
    },
    {
        "period": date(2023, 10, 31), "nomor": 4, "status": "berjalan",
        "hasil": "Aktivasi di kantor provinsi dan kedua kota belum menjangkau unit pelaksana teknis",
    },
]  # fmt: skip

DECISIONS = [
    _decision(
        1, "Menyelesaikan perekaman pemilih pemula dan sisa wajib KTP sebelum hari pemungutan suara",
        ("64.02", "64.07", "64.08", "64.72"), date(2024, 11, 26), "perekaman_ktp_el",
    ),
    _decision(
        2, "Menaikkan target cakupan akta kelahiran 2025 sehingga jumlahnya mencapai target provinsi",
        ("64.07", "64.08", "64.11"), date(2025, 1, 31), "akta_kelahiran_0_17",
    ),
    _decision(
        3, "Memasukkan aktivasi IKD ke Renja 2025 dan menyebut tempat layanan yang berjaringan", ("64.11",),
        date(2025, 2, 28), "ikd",
    ),
    _decision(
        4, "Menyepakati satu sumber dana bagi penerbitan akta kelahiran di Kutai Timur", ("64", "64.08"),
        date(2025, 1, 31), "akta_kelahiran_0_17",
    ),
    _decision(
        5, "Menjelaskan belanja penerbitan KIA 2024 yang keluarannya jauh di bawah target", ("64.07",),
        date(2024, 12, 31), "kia",
    ),
    _decision(
        6, "Membagi hari tim jemput bola 2025 menurut sisa wajib KTP yang belum direkam", ("64",), date(2025, 3, 31),
        "perekaman_ktp_el",
    ),
]  # fmt: skip
