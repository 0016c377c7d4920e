"""What the simulated offices deliver, fortnight by fortnight: sheets of 2023, the form of 2024, flows and releases.

In 2023 numerators are told against denominators that were frozen on the DKB of December 2022, and against moving ones
in the blocks ``dinamis``; the form of 2024 has moving ones only.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

import numpy as np

from adminduk.ingest.simulation.apportion import Whole
from adminduk.ingest.simulation.register import Land, Register, simulate_register
from adminduk.ingest.simulation.sheets import Column, Sheet, summed

BASE = date(2022, 12, 31)  # the DKB on which the denominators of 2023 are frozen
FROZEN = "DKB-2022-S2"
RELEASED = date(2023, 12, 31)  # the one that is released while the series runs
FIRST_FORM = 2024  # the year from which offices fill in the form
LAST = date(2024, 11, 12)
OLDER_BAND_UNTIL = date(2023, 4, 30)  # the last day on which ages 0-18 were told

_BY_DISTRICT = (
    "wajib_ktp", "rekam_ktp_el", "pemula", "rekam_pemula", "anak_0_16", "milik_kia", "anak_0_17",
    "milik_akta_0_17", "aktif_ikd",
)  # fmt: skip
_BY_REGENCY = (
    "desa_kelurahan", "buku_pokok_pemakaman", "pks_opd", "blanko_dimusnahkan", "usul_nonaktif_tidak_dikenal",
    "usul_nonaktif_meninggal", "usul_nonaktif_pindah_ln", "nik_baru_usia_wajib", "nik_baru_usia_wajib_direkam",
    "nama_anomali", "jemput_bola_kegiatan", "jemput_bola_terekam", "mitra",
)  # fmt: skip
_FLOWS = ("arus_cetak_ktp_el", "arus_cetak_akta_kelahiran", "arus_datang", "arus_pindah")
_DENOMINATORS = ("wajib_ktp", "pemula", "anak_0_16", "anak_0_17", "desa_kelurahan")


def fortnights() -> list[date]:
    """The 15th and the last day of each month from January 2023, and the day of the last report."""
    months = ((year, month) for year in (BASE.year + 1, FIRST_FORM) for month in range(1, 13))
    days = (date(y, m, d) for y, m in months for d in (15, calendar.monthrange(y, m)[1]))
    return [*(day for day in days if day < date(LAST.year, LAST.month, 1)), LAST]


def simulate_sheets(land: Land, totals: Mapping[str, int], seed: int) -> list[Sheet]:
    """Every sheet that the offices of ``land`` deliver, without faults, in the order of their days."""
    register = simulate_register(land, [BASE, *fortnights()], totals, seed)
    office = _Office(register)
    sheets = [office.release(BASE)]
    for day in fortnights():
        sheets += office.forms(day) if day.year >= FIRST_FORM else office.sheets_of_2023(day)
        sheets += [office.flows(day)] if day.day > 27 else []
        sheets += [office.release(RELEASED)] if day == RELEASED else []
    return [*sheets, office.population_of_2024()]


class _Office:
    """What is delivered from a register."""

    def __init__(self, register: Register) -> None:
        self.register, self.land = register, register.land

    def release(self, day: date) -> Sheet:
        measures = ("penduduk", "wajib_ktp", "anak_0_16", "anak_0_17")
        return Sheet("rilis_dkb", "", day, "", self.land.leaves, self._columns(measures, day, day, "beku"))

    def population_of_2024(self) -> Sheet:
        """As published: the only figures of the edition that are real."""
        day = date(LAST.year, 12, 31)
        column = Column("penduduk", day, "beku", self.land.population[:, None])
        return Sheet("rilis_dkb", "", day, "", self.land.regencies, (column,))

    def sheets_of_2023(self, day: date) -> list[Sheet]:
        return [
            self._recording(day),
            *self._two_blocks("kelurahan_kia", "anak_0_16", "milik_kia", day),
            *self._two_blocks("kelurahan_akta", "anak_0_17", "milik_akta_0_17", day),
            self._recap(day),
            *self._long_tables(day),
        ]

    def _recording(self, day: date) -> Sheet:
        columns = (*self._columns(("wajib_ktp",), BASE, BASE, "beku"), *self._columns(("rekam_ktp_el",), day, day, ""))
        return Sheet("kelurahan_ktp", "", day, FROZEN, self.land.leaves, columns)

    def _two_blocks(self, layout: str, base: str, measure: str, day: date) -> Iterator[Sheet]:
        """Block awal holds those who were there at the DKB; block dinamis those who are there now."""
        frozen = self._columns((base,), BASE, BASE, "beku")
        held = Column(measure, day, "beku", _with_total(self._of_the_frozen(base, measure, day)))
        yield Sheet(layout, "awal", day, FROZEN, self.land.leaves, (*frozen, held))
        moving = self._columns((base, measure), day, day, "dinamis")
        yield Sheet(layout, "dinamis", day, FROZEN, self.land.leaves, moving)

    def _of_the_frozen(self, base: str, measure: str, day: date) -> Whole:
        """Holders among those who were there at the DKB: nine of ten that were caught up since are theirs."""
        bases, holders, place = self.register.by_leaf[base], self.register.by_leaf[measure], self.register.day(day)
        caught_up = (holders[place] - holders[0]) - (bases[place] - bases[0])
        return holders[0] + caught_up - caught_up // 10

    def _recap(self, day: date) -> Sheet:
        recorded = self._by_regency(self.register.by_leaf["rekam_ktp_el"][self.register.day(day)])
        columns = (Column("rekam_ktp_el", day, "", recorded), *self._told(("pks_opd", "buku_pokok_pemakaman"), day))
        return Sheet("rekap_provinsi", "", day, "", self.land.regencies, columns)

    def _long_tables(self, day: date) -> Iterator[Sheet]:
        """Activations beside both of their bases; in the first months also the older age band, by regency."""
        frozen = self._totals(("wajib_ktp",), BASE, BASE, "beku")
        columns = (*self._totals(("aktif_ikd", "rekam_ktp_el"), day, day, ""), *frozen)
        yield Sheet("panjang", "", day, "", self.land.leaves, columns)
        if day <= OLDER_BAND_UNTIL:
            place, stocks = self.register.day(day), self.register.by_leaf
            children, holders = (self._by_regency(stocks[name][place]) for name in ("anak_0_17", "milik_akta_0_17"))
            older = children * 1055 // 1000
            without = (children - holders) * 11 // 10
            base = Column("anak_0_18", day, "tidak_disebut", older)
            held = Column("milik_akta_0_18", day, "", older - without)
            yield Sheet("panjang", "", day, "", self.land.regencies, (base, held))

    def forms(self, day: date) -> list[Sheet]:
        """The form: regencies with their kecamatan, and what is asked of whole regencies."""
        tables = [
            Column(name, day, _kind(name), self._by_district(self.register.by_leaf[name][self.register.day(day)]))
            for name in _BY_DISTRICT
        ]
        return [
            Sheet("formulir", "", day, "", self._form_places, tuple(tables)),
            Sheet("formulir", "", day, "", self.land.regencies, self._told(_BY_REGENCY, day)),
        ]

    def flows(self, day: date) -> Sheet:
        """What happened in the month that ends with ``day``."""
        place, stocks = self.register.day(day), self.register.by_leaf["rekam_ktp_el"]
        recorded = self._by_regency(stocks[place] - stocks[max(place - 2, 0)]) * 108 // 100
        fortnights = {name: self.register.by_regency[name][place - 1 : place + 1].sum(axis=0) for name in _FLOWS}
        columns = [Column("arus_rekam_ktp_el", day, "", recorded)]
        columns += [Column(name, day, "", counts[:, None]) for name, counts in fortnights.items()]
        return Sheet("arus", "", day, "", self.land.regencies, tuple(columns))

    def _columns(self, measures: Iterable[str], on: date, as_of: date, kind: str) -> tuple[Column, ...]:
        place = self.register.day(on)
        return tuple(Column(name, as_of, kind, _with_total(self.register.by_leaf[name][place])) for name in measures)

    def _totals(self, measures: Iterable[str], on: date, as_of: date, kind: str) -> tuple[Column, ...]:
        return tuple(
            Column(column.measure, as_of, kind, column.counts[:, :1])
            for column in self._columns(measures, on, as_of, kind)
        )

    def _told(self, measures: Iterable[str], day: date) -> tuple[Column, ...]:
        place, told = self.register.day(day), self.register.by_regency
        return tuple(Column(name, day, _kind(name), told[name][place][:, None]) for name in measures)

    def _by_regency(self, counts: Whole) -> Whole:
        """Totals of the regencies from counts by leaf and sex."""
        wholes = np.bincount(self.land.parents, counts.sum(axis=1), len(self.land.regencies))
        return wholes.astype(np.int64)[:, None]

    def _by_district(self, counts: Whole) -> Whole:
        """Totals in the order of the form's rows: each regency, then its kecamatan."""
        codes, rows = summed(self.land.leaves, counts.sum(axis=1, keepdims=True))
        return rows[[codes.index(place) for place in self._form_places]]

    @cached_property
    def _form_places(self) -> tuple[str, ...]:
        districts = dict.fromkeys(code if code.count(".") < 3 else code.rpartition(".")[0] for code in self.land.leaves)
        return tuple(sorted({*self.land.regencies, *districts}))


def _with_total(counts: Whole) -> Whole:
    return np.concatenate([counts.sum(axis=1, keepdims=True), counts], axis=1)


def _kind(measure: str) -> str:
    """Denominators of the form move with the register."""
    return "dinamis" if measure in _DENOMINATORS else ""
