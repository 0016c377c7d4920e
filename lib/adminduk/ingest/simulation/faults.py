"""Faults that are planted in the simulated edition, each with the findings that the checks must make of it.

Besides them the checks note what the edition is like by design: more than 100 % on a frozen DKB, and the change
from frozen to moving denominators. All of it is listed, so that everything else that is found is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from adminduk.ingest.simulation.apportion import Whole
from adminduk.ingest.simulation.offices import BASE, FIRST_FORM, LAST, RELEASED
from adminduk.ingest.simulation.sheets import PREFIX, Sheet, summed

_ALL, _MEN, _WOMEN = 0, 1, 2
_BPS_OF_WEST_KUTAI = (151_598, 186_581)  # population by BPS and by the register: they differ by a fifth

Change = Callable[[Sheet, Whole], None]


@dataclass(frozen=True)
class Planted:
    """Sheets with their faults, claims, and rows (region_code, as_of, rule, severity, what) of what is to be found."""

    sheets: tuple[Sheet, ...]
    claims: tuple[Mapping[str, str], ...] = ()
    faults: tuple[Mapping[str, str], ...] = ()


def plant(sheets: Sequence[Sheet], faults: Iterable[Callable[[_Desk], None]]) -> Planted:
    """The sheets with these faults: of ``FAULTS``, and ``REFUSAL`` that keeps a region from being printed."""
    desk = _Desk(list(sheets))
    for fault in faults:
        fault(desk)
    desk.note_what_is_by_design()
    return Planted(tuple(desk.sheets), tuple(desk.claims), tuple(desk.faults))


class _Desk:
    def __init__(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self.claims: list[dict[str, str]] = []
        self.faults: list[dict[str, str]] = []

    def expect(self, rule: str, when: date, places: Iterable[str], what: str, severity: str = "periksa") -> None:
        row = {"as_of": str(when), "rule": rule, "severity": severity, "what": what}
        self.faults += [{"region_code": place, **row} for place in places]

    def of(self, day: date, measure: str, layout: str = "", block: str = "") -> list[int]:
        """Where the sheets of a day lie that tell a measure."""
        return [
            number
            for number, sheet in enumerate(self.sheets)
            if sheet.as_of == day
            and layout in ("", sheet.layout)
            and block in ("", sheet.block)
            and measure in {column.measure for column in sheet.columns}
        ]

    def edit(self, number: int, measure: str, change: Change) -> None:
        """Change a copy of one column's counts in place; the sheets that were handed in stay as they are."""
        sheet = self.sheets[number]
        column = sheet.column(measure)
        counts = column.counts.copy()
        change(sheet, counts)
        self.sheets[number] = sheet.with_column(replace(column, counts=counts))

    def add(self, number: int, measure: str, amounts: Mapping[str, tuple[int, ...]]) -> None:
        """Add to the rows of these places, for all, men and women, as far as the sheet tells them apart."""

        def change(sheet: Sheet, counts: Whole) -> None:
            for place, amount in amounts.items():
                counts[sheet.places.index(place)] += amount[: counts.shape[1]]

        self.edit(number, measure, change)

    def claim(self, region: str, statement_of: int, **told: str) -> None:
        sheet = self.sheets[statement_of]
        fixed = {"precision": "hari", "kind": "persen", "approximate": "tidak", "origin": PREFIX.strip("-")}
        empty = dict.fromkeys(("words", "verdict", "standing", "unusable"), "")
        source = f"{PREFIX}siaran-{sheet.as_of}"
        about = {"region_code": region, "as_of": str(sheet.as_of), "statement": sheet.statement, "source": source}
        self.claims.append({**fixed, **empty, **about, **told})

    def note_what_is_by_design(self) -> None:
        above = "perekaman melebihi penyebut yang beku pada DKB 31 Desember 2022 (sifat data, bukan cacat)"
        for place, day in _above_frozen(self.sheets).items():
            self.expect("pembilang_melebihi_penyebut", day, [place], above, "catat")
        first = next(sheet for sheet in self.sheets if sheet.layout == "formulir")
        regencies = [place for place in first.places if place.count(".") == 1]
        for what in ("KTP-el", "IKD dari wajib KTP"):
            told = f"penyebut {what} beku sampai 2023 dan dinamis sejak {FIRST_FORM} (sifat data, bukan cacat)"
            self.expect("definisi_berganti", first.as_of, regencies, told, "catat")


def _above_frozen(sheets: Iterable[Sheet]) -> dict[str, date]:
    """The last day on which more were recorded than the frozen DKB has, by place."""
    last: dict[str, date] = {}
    for sheet in (sheet for sheet in sheets if sheet.layout == "kelurahan_ktp"):
        places, obliged = summed(sheet.places, sheet.column("wajib_ktp").counts)
        _, recorded = summed(sheet.places, sheet.column("rekam_ktp_el").counts)
        last |= {place: sheet.as_of for place, over in zip(places, recorded[:, 0] > obliged[:, 0], strict=True) if over}
    return last


def _copied(desk: _Desk) -> None:
    day, earlier, regency = date(2023, 9, 15), date(2023, 8, 31), "64.07"
    for number, source in zip(desk.of(day, "rekam_ktp_el"), desk.of(earlier, "rekam_ktp_el"), strict=True):
        old = desk.sheets[source].column("rekam_ktp_el").counts

        def change(sheet: Sheet, counts: Whole, old: Whole = old) -> None:
            own = [place.startswith(regency) for place in sheet.places]
            counts[own] = old[own]

        desk.edit(number, "rekam_ktp_el", change)
    desk.expect("salinan_lama", day, [regency], f"perekaman semua kecamatan disalin dari laporan {earlier}")


def _fallen(desk: _Desk) -> None:
    day, fall = date(2024, 6, 15), -2400
    places = ["64.08", "64.08.04"]
    desk.add(desk.of(day, "milik_kia")[0], "milik_kia", dict.fromkeys(places, (fall,)))
    desk.expect("stok_turun", day, places, "pemilik KIA turun 2.400 pada satu laporan, lalu kembali")


def _jumped(desk: _Desk) -> None:
    day, place = date(2023, 7, 15), "64.09.01"

    def less_than_half(sheet: Sheet, counts: Whole) -> None:
        counts[sheet.places.index(place)] *= 2
        counts[sheet.places.index(place)] //= 5

    for earlier in sorted({sheet.as_of for sheet in desk.sheets if sheet.layout == "panjang" and sheet.as_of < day}):
        desk.edit(desk.of(earlier, "aktif_ikd")[0], "aktif_ikd", less_than_half)
    desk.expect("lonjakan", day, ["64.09", place], "aktivasi IKD melonjak lebih dari dua kali lipat dalam 15 hari")


def _thawed(desk: _Desk) -> None:
    day, place = date(2023, 5, 31), "64.74.02"
    desk.add(desk.of(day, "anak_0_17", "kelurahan_akta", "awal")[0], "anak_0_17", {place: (37, 37, 0)})
    told = f"penyebut akta blok awal pada laporan {day} bertambah 37 anak tanpa DKB baru"
    desk.expect("penyebut_beku_berubah", BASE, ["64.74", place], told)


def _sexes(desk: _Desk) -> None:
    day, place = date(2023, 4, 30), "64.72.03"
    desk.add(desk.of(day, "milik_kia", block="dinamis")[0], "milik_kia", {place: (90, 0, 0)})
    desk.expect("bagian_bukan_jumlah", day, ["64.72", place], "pemilik KIA: L + P kurang 90 dari jumlahnya")


def _areas(desk: _Desk) -> None:
    day, regency = date(2024, 2, 29), "64.01"
    desk.add(desk.of(day, "milik_akta_0_17")[0], "milik_akta_0_17", {regency: (90,)})
    desk.expect("bagian_bukan_jumlah", day, [regency], "pemilik akta kabupaten 90 di atas jumlah kecamatannya")


def _above(desk: _Desk) -> None:
    day, place = date(2024, 4, 30), "64.09.02"
    number = desk.of(day, "anak_0_17")[0]
    sheet = desk.sheets[number]
    fewer = -int(sheet.column("anak_0_17").counts[sheet.places.index(place), 0]) * 25 // 1000
    desk.add(number, "anak_0_17", {place: (fewer,), "64.09": (fewer,)})
    told = "penyebut akta sebuah kecamatan terlalu kecil, sehingga pemiliknya lebih banyak dari anaknya"
    desk.expect("pembilang_melebihi_penyebut", day, [place], told)


def _two_statements(desk: _Desk) -> None:
    day, regency = date(2023, 6, 15), "64.03"
    desk.add(desk.of(day, "rekam_ktp_el", "rekap_provinsi")[0], "rekam_ktp_el", {regency: (270,)})
    desk.expect("dua_pernyataan", day, [regency], "perekaman di rekap provinsi 270 lebih banyak dari lembar KTP-el")


def _other_population(desk: _Desk) -> None:
    regency, (bps, register) = "64.07", _BPS_OF_WEST_KUTAI
    number = desk.of(RELEASED, "penduduk", "rilis_dkb")[0]

    def change(sheet: Sheet, counts: Whole) -> None:
        for row in (row for row, place in enumerate(sheet.places) if place.startswith(regency)):
            counts[row, 1:] = counts[row, 1:] * bps // register
            counts[row, _ALL] = counts[row, _MEN] + counts[row, _WOMEN]

    desk.edit(number, "penduduk", change)
    own = [place for place in desk.sheets[number].places if place.startswith(regency)]
    desk.expect("campur_dkb_bps", RELEASED, [regency, *own], "penduduk setara angka BPS di dalam rilis DKB")


def _printed(desk: _Desk) -> None:
    """A percentage that its counts do not give, and one that rounding carries across the target."""
    day = date(2024, 10, 31)
    desk.claim("64.72", desk.of(day, "milik_kia")[0], indicator="kia", base="anak_0_16", percent="70.2")
    desk.expect("persen_tidak_sesuai", day, ["64.72"], "siaran menyebut KIA 70,2%, bukan hasil bagi jumlahnya")
    akta = {"indicator": "akta_kelahiran_0_17", "base": "anak_0_17", "percent": "99"}
    desk.claim("64.01", desk.of(LAST, "milik_akta_0_17")[0], **akta)
    desk.expect("putusan_karena_pembulatan", LAST, ["64.01"], "siaran menyebut akta 99%, nilai tepatnya kurang")


def _wrong_order(desk: _Desk) -> None:
    regency, measure = "64.11", "nik_baru_usia_wajib_direkam"
    number = desk.of(LAST, measure)[0]
    desk.add(number, measure, {regency: (40,)})
    told = "NIK baru yang direkam lebih banyak dari NIK baru"
    desk.expect("urutan_salah", LAST, [regency], told, "tolak")


FAULTS: tuple[Callable[[_Desk], None], ...] = (
    _copied, _fallen, _jumped, _thawed, _sexes, _areas, _above, _two_statements, _other_population, _printed,
)  # fmt: skip
REFUSAL = _wrong_order
