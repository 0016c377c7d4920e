"""What simulated offices plan: activities in the style of the planning documents, with made-up codes and costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

REGISTRATION = "Program Pendaftaran Penduduk"
CIVIL = "Program Pencatatan Sipil"
INFORMATION = "Program Pengelolaan Informasi Administrasi Kependudukan"
_ALL_YEAR = tuple(range(1, 13))


@dataclass(frozen=True)
class Named:
    """The words of one line: code, programme, activity, sub-activity, indicator, unit, fund, document, months."""

    code: str
    program: str
    activity: str
    name: str
    indicator: str
    unit: str
    fund: str
    document: str
    months: tuple[int, ...] = _ALL_YEAR

    @property
    def named(self) -> dict[str, Any]:
        """The same by the keys of a line."""
        return {
            "kode_sub_kegiatan": self.code,
            "program": self.program,
            "kegiatan": self.activity,
            "sub_kegiatan": self.name,
            "indikator": self.indicator,
            "satuan": self.unit,
            "sumber_dana": self.fund,
            "dokumen": self.document,
            "bulan": self.months,
        }


@dataclass(frozen=True, kw_only=True)
class Activity(Named):
    """What every office does. ``counted`` is the measure it is seen in, ``cost`` rupiah for one of its unit.

    ``left`` names the measure that holds all there is, where next year's output is what is left of it.
    """

    counted: str
    cost: int
    left: str = ""


@dataclass(frozen=True, kw_only=True)
class Own(Named):
    """What the province does itself, for the year that ends and the next; ``place`` where it is not the province."""

    target: int
    done: int
    ahead: int
    cost: int
    place: str = ""


@dataclass(frozen=True)
class Share:
    """A target of coverage: of every regency and of the province, this year and next."""

    code: str
    program: str
    name: str
    indicator: str
    numerator: str
    base: str
    target: Decimal
    province_reached: Decimal
    province_next: Decimal
    next_targets: dict[str, Decimal]


def _targets(listed: str) -> dict[str, Decimal]:
    """``64.01 99.3, 64.02 ...`` by code."""
    return {code: Decimal(value) for code, value in (pair.split() for pair in listed.split(","))}


_REGISTERING = "Pelayanan Pendaftaran Penduduk"
_CERTIFYING = "Pelayanan Pencatatan Sipil"
_USING = "Pengumpulan Data Kependudukan dan Pemanfaatan dan Penyajian Database Kependudukan"
_CIVIL_CODE = "2.12.03.2.01.0002"  # the same for province and regency: what is funded twice has one code
_CIVIL_NAME = "Peningkatan dalam Pelayanan Pencatatan Sipil"

ACTIVITIES = (
    Activity(
        "2.12.02.2.01.0004", REGISTRATION, _REGISTERING, "Perekaman dan Penerbitan Kartu Tanda Penduduk Elektronik",
        "perekaman_ktp_el", "orang", "DAK", "DPA", counted="arus_rekam_ktp_el", cost=21_000,
    ),
    Activity(
        "2.12.02.2.01.0005", REGISTRATION, _REGISTERING, "Penerbitan Kartu Identitas Anak",
        "kia", "anak", "APBD", "Renja", counted="milik_kia", cost=9_500,
    ),
    Activity(
        _CIVIL_CODE, CIVIL, _CERTIFYING, _CIVIL_NAME,
        "akta_kelahiran_0_17", "akta", "DAK", "RKA", counted="arus_cetak_akta_kelahiran", cost=17_500,
    ),
    Activity(
        "2.12.04.2.03.0004", INFORMATION, "Penyelenggaraan Pengelolaan Informasi Administrasi Kependudukan",
        "Aktivasi Identitas Kependudukan Digital",
        "ikd", "aktivasi", "APBD", "Renja", counted="aktif_ikd", cost=6_000,
    ),
    Activity(
        "2.12.03.2.02.0003", CIVIL, "Penyelenggaraan Pencatatan Sipil",
        "Pencatatan Peristiwa Kematian melalui Buku Pokok Pemakaman", "buku_pokok_pemakaman", "buku", "APBD", "Renja",
        (2, 3, 4, 5), counted="buku_pokok_pemakaman", cost=850_000, left="desa_kelurahan",
    ),
    Activity(
        "2.12.04.2.01.0003", INFORMATION, _USING, "Kerja Sama Pemanfaatan Data Kependudukan",
        "pks_opd", "OPD", "APBD", "RKPD", (4, 5, 6, 7, 8, 9), counted="pks_opd", cost=11_500_000,
    ),
    Activity(
        "2.12.02.2.03.0002", REGISTRATION, "Penyelenggaraan Pendaftaran Penduduk", "Pelayanan Jemput Bola Perekaman",
        "jemput_bola_terekam", "orang", "APBD", "RKA", (2, 3, 5, 6, 8, 9, 10),
        counted="jemput_bola_terekam", cost=42_000,
    ),
    Activity(
        "2.12.04.2.03.0006", INFORMATION, "Penyelenggaraan Pengelolaan Informasi Administrasi Kependudukan",
        "Pemutakhiran Data Penduduk yang Meninggal",
        "usul_nonaktif_meninggal", "data", "APBN", "DPA", counted="usul_nonaktif_meninggal", cost=12_000,
    ),
)  # fmt: skip

PROVINCE = (
    Own(
        "2.12.02.1.02.0001", REGISTRATION, "Pembinaan dan Pengawasan Pendaftaran Penduduk",
        "Fasilitasi Perekaman KTP-el Pelajar SMA dan SMK", "perekaman_ktp_el", "orang", "APBD", "RKPD", (2, 3, 8, 9),
        target=1_500, done=1_462, ahead=2_000, cost=55_000,
    ),
    Own(
        "2.12.04.1.02.0002", INFORMATION, "Pembinaan Pengelolaan Informasi Administrasi Kependudukan",
        "Aktivasi Identitas Kependudukan Digital ASN Provinsi", "ikd", "aktivasi", "APBD", "Renja", (1, 2, 3, 4),
        target=3_200, done=3_050, ahead=6_000, cost=11_000,
    ),
    Own(
        "2.12.03.1.02.0002", CIVIL, "Pembinaan Pencatatan Sipil", "Bimbingan Teknis Buku Pokok Pemakaman",
        "buku_pokok_pemakaman", "buku", "APBD", "Renja", (4, 5), target=60, done=60, ahead=45, cost=1_200_000,
    ),
    Own(
        "2.12.04.1.01.0003", INFORMATION, _USING, "Kerja Sama Pemanfaatan Data OPD Provinsi",
        "pks_opd", "OPD", "APBD", "RKPD", (4, 5, 6), target=10, done=9, ahead=12, cost=14_000_000,
    ),
    Own(
        "2.12.02.1.02.0003", REGISTRATION, "Pembinaan dan Pengawasan Pendaftaran Penduduk",
        "Pelayanan Jemput Bola Terpadu Provinsi", "jemput_bola_kegiatan", "kegiatan", "APBN", "DPA", (3, 6, 9, 10),
        target=60, done=58, ahead=80, cost=9_500_000,
    ),
    Own(
        _CIVIL_CODE, CIVIL, _CERTIFYING, _CIVIL_NAME,
        "akta_kelahiran_0_17", "akta", "APBN", "DPA", (5, 6, 7), target=400, done=391, ahead=600, cost=30_000,
        place="64.08",
    ),
)  # fmt: skip

SHARES = (
    Share(
        "2.12.03", CIVIL, "Meningkatnya cakupan akta kelahiran anak usia 0-17 tahun", "akta_kelahiran_0_17",
        "milik_akta_0_17", "anak_0_17", Decimal("99"), Decimal("98.78"), Decimal("99.2"),
        _targets("64.01 99.3, 64.02 99.0, 64.03 99.0, 64.07 98.3, 64.08 98.4, 64.09 99.4, 64.11 97.5, 64.71 99.7,"
                 "64.72 99.1, 64.74 99.6"),
    ),
    Share(
        "2.12.02", REGISTRATION, "Meningkatnya cakupan kepemilikan KIA", "kia",
        "milik_kia", "anak_0_16", Decimal("60"), Decimal("76.17"), Decimal("78"),
        _targets("64.01 84, 64.02 77, 64.03 87, 64.07 75, 64.08 77, 64.09 89, 64.11 90, 64.71 84, 64.72 68, 64.74 91"),
    ),
)  # fmt: skip
