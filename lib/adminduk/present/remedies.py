"""What a rule is called, and what the analyst does next when it finds something: the words of docs/method."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from adminduk.basis.checks import Severity
from adminduk.present import wording


class Remedy(NamedTuple):
    """The title of the rule's page in docs/method, and what is done."""

    title: str
    step: str


_AGAIN = "lalu muat berkas yang diperbaiki dengan REPLACE=yes."

REMEDIES: Mapping[str, Remedy] = {
    "lk_pr_bukan_jumlah": Remedy(
        "Laki-laki dan perempuan bukan jumlahnya", f"Tanyakan kepada kantor pengirim mana yang benar, {_AGAIN}"
    ),
    "total_bukan_jumlah": Remedy(
        "Baris jumlah bukan jumlah barisnya",
        "Minta lembar yang lengkap. Selisihnya sering sama dengan angka satu baris; itu petunjuk baris yang hilang.",
    ),
    "kecamatan_bukan_kabupaten": Remedy(
        "Jumlah bagian wilayah bukan angka wilayahnya",
        "Minta kantor pengirim menyamakan keduanya. Orang yang belum berkecamatan perlu disebut tersendiri.",
    ),
    "sisa_bukan_selisih": Remedy(
        "Kolom belum bukan selisih wajib dan sudah", "Minta ketiga kolom dari satu penarikan data."
    ),
    "persen_bukan_hasil_bagi": Remedy(
        "Kolom persen bukan hasil bagi jumlahnya",
        "Tidak ada yang wajib dilakukan. Sampaikan kepada kantor pengirim bila persennya juga diumumkan.",
    ),
    "angka_meragukan": Remedy(
        "Angka yang dapat dibaca dua cara",
        "Periksa sel yang disebut. Bila salah dibaca, perbaiki cara menulisnya dan muat ulang dengan REPLACE=yes.",
    ),
    "blok_awal_tanpa_dkb": Remedy(
        "Blok awal tanpa nama DKB",
        "Tanyakan DKB yang dipakai, lalu muat ulang, misalnya dengan DENOMINATOR=DKB-2024-S1.",
    ),
    "kolom_tidak_dikenal": Remedy(
        "Kolom yang tidak dikenal",
        "Bila kolom itu sebuah ukuran, tambahkan padanan katanya di params/sources.yml dan muat ulang.",
    ),
    "kolom_ditafsirkan": Remedy(
        "Kolom yang ditafsirkan",
        "Periksa sekali untuk setiap layout. Bila salah, perbaiki padanan katanya di params/sources.yml.",
    ),
    "pembilang_melebihi_penyebut": Remedy(
        "Pembilang melebihi penyebut",
        "Catat: tidak ada. Periksa: minta kantor memeriksa keduanya, mulai dari tanggal penarikannya.",
    ),
    "stok_turun": Remedy(
        "Stok turun",
        "Minta sebabnya. Bila definisinya berganti, sebut di berkas indikator (breaks); bila salah kirim, muat ulang "
        "dengan REPLACE=yes.",
    ),
    "salinan_lama": Remedy("Salinan laporan lama", "Minta laporan tanggal itu yang sebenarnya."),
    "lonjakan": Remedy(
        "Lonjakan", "Minta keterangan. Bila benar (kegiatan besar, data tertunda), tulis di catatan periode."
    ),
    "penyebut_beku_berubah": Remedy(
        "Penyebut beku yang berubah",
        "Cocokkan dengan rilis DKB, lalu pilih di prefer: atau muat ulang yang salah.",
    ),
    "bagian_bukan_jumlah": Remedy("Bagian bukan jumlahnya", "Tanyakan mana yang benar, lalu muat ulang."),
    "definisi_berganti": Remedy(
        "Definisi berganti",
        "Tidak ada. Sebut pergantiannya bila angka sebelum dan sesudahnya dibicarakan bersama.",
    ),
    "persen_tidak_sesuai": Remedy(
        "Persen yang tidak sesuai dengan jumlahnya", "Sampaikan kepada kantor sebelum rapat, bukan di rapat."
    ),
    "putusan_karena_pembulatan": Remedy(
        "Putusan karena pembulatan",
        "Sampaikan kepada kantor sebelum rapat. Laporan mencetak cukup desimal agar tetap di sisi yang benar.",
    ),
    "dua_pernyataan": Remedy(
        "Dua pernyataan untuk satu angka", "Pilih di prefer: di params/sources.yml, dengan alasannya."
    ),
    "urutan_salah": Remedy(
        "Urutan yang salah",
        "Minta angka yang benar dan muat dengan REPLACE=yes, atau tandai barisnya tidak dipakai (unusable) dengan "
        "alasannya.",
    ),
    "daerah_tanpa_data": Remedy(
        "Daerah tanpa data",
        "Hubungi kantornya dan kirim formulir (make template); daftar yang diminta ada di laporannya.",
    ),
    "penyebut_lama": Remedy("Penyebut lama", "Minta penyebut dari DKB terbaru, atau dari register yang bergerak."),
    "campur_dkb_bps": Remedy(
        "Penduduk DKB dan BPS bercampur",
        "Ganti dengan penduduk DKB, atau tandai barisnya tidak dipakai (unusable) dengan alasannya.",
    ),
}


def step(rule: str, severity: Severity) -> str:
    """What is done about a finding of that severity; KeyError for a rule without a remedy."""
    told = REMEDIES[rule].step
    own = re.search(rf"{wording.capital(severity)}: ([^.]*\.)", told)
    return wording.capital(own[1]) if own else told
