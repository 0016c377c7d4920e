"""The simulated register: how many people, documents and cards there are in each place on each day.

Levels and pace are invented but plausible; where the province's counts were published the places sum to them
on the last day. A denominator and its numerator are made together: a numerator grows by what its denominator
grows, and by what is caught up besides, so that it never exceeds the moving register. See
docs/method/simulasi.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

import numpy as np

from adminduk.ingest.simulation.apportion import Whole, apportion, by_sex, draw, grown, nested

# Growth a year of what is not told regency by regency, per 10,000.
_GROWTH = {"penduduk": 290, "anak_0_17": 95, "anak_0_16": 95, "pemula": 400}
# What was caught up from the first to the last day, per 10,000 of the denominator: at least, at most.
_CAUGHT_UP = {"milik_kia": (1400, 2600), "milik_akta_0_17": (130, 240), "rekam_pemula": (3600, 5400)}
# What a fortnight brings, per 100,000 residents: at least, at most.
_ACTIONS = {
    "blanko_dimusnahkan": (40, 160),
    "usul_nonaktif_tidak_dikenal": (2, 14),
    "usul_nonaktif_meninggal": (12, 40),
    "usul_nonaktif_pindah_ln": (0, 2),
    "nik_baru_usia_wajib": (5, 20),
    "nama_anomali": (0, 6),
    "jemput_bola_kegiatan": (1, 6),
    "jemput_bola_terekam": (30, 120),
    "mitra": (1, 4),
    "arus_cetak_ktp_el": (500, 900),
    "arus_cetak_akta_kelahiran": (70, 120),
    "arus_datang": (150, 260),
    "arus_pindah": (100, 180),
}
_TO_COME = 39  # of 10,000 residents at the end of the year, those who come after the last day


@dataclass(frozen=True)
class Profile:
    """What is typical of a regency.

    ``children`` per 1,000 residents; ``growth`` of those obliged to hold a card, per 10,000 and year; what is
    still missing on the last day, as weights against the other regencies: ``unrecorded``, ``without_card`` (KIA),
    ``without_certificate``; ``digital``: activations, as a weight; ``caught_up``: the share of the obliged that was
    recorded late, per 10,000, since the first day; ``registers`` (BPP) per 100 villages on the last day;
    ``agreements``: offices with an agreement (PKS) on the last day.
    """

    children: int
    growth: int
    unrecorded: int
    without_card: int
    without_certificate: int
    digital: int
    caught_up: int
    registers: int
    agreements: int


_COLUMNS = tuple(field.name for field in fields(Profile))
_RANGES = ((270, 330), (60, 350), (10, 120), (8, 40), (30, 400), (25, 110), (90, 320), (40, 100), (8, 28))
PROFILES = {
    "64.01": Profile(300, 150, 30, 17, 100, 50, 160, 86, 19),
    "64.02": Profile(308, 170, 36, 24, 130, 45, 190, 78, 22),
    "64.03": Profile(314, 300, 40, 14, 140, 60, 230, 82, 18),
    "64.07": Profile(276, 90, 60, 26, 240, 40, 210, 64, 14),
    "64.08": Profile(322, 330, 95, 24, 220, 45, 310, 71, 17),
    "64.09": Profile(300, 420, 25, 12, 80, 130, 180, 90, 16),
    "64.11": Profile(272, 240, 22, 10, 320, 30, 150, 58, 12),
    "64.71": Profile(300, 280, 8, 17, 30, 50, 110, 100, 27),
    "64.72": Profile(302, 310, 30, 34, 120, 55, 150, 97, 25),
    "64.74": Profile(310, 130, 15, 8, 40, 90, 100, 100, 21),
}


def profile(code: str, key: str) -> Profile:
    """The profile of a regency; one that is drawn for a regency without its own."""
    if code in PROFILES:
        return PROFILES[code]
    drawn = (int(draw(f"{key}|{code}|{name}", *ends, (1,))[0]) for name, ends in zip(_COLUMNS, _RANGES, strict=True))
    return Profile(*drawn)


@dataclass(frozen=True)
class Land:
    """The places that are simulated: regencies and the leaves below them; ``parents[i]`` is the place of leaf i's.

    ``population`` and ``villages`` are those of each regency; ``sizes`` weigh the leaves against each other.
    """

    regencies: tuple[str, ...]
    leaves: tuple[str, ...]
    parents: Whole
    population: Whole
    sizes: Whole
    villages: Whole


@dataclass(frozen=True)
class Register:
    """What there is on ``days``, or happened in the fortnight before.

    ``by_leaf`` (days, leaves, 2): men and women; ``by_regency`` (days, regencies).
    """

    days: tuple[date, ...]
    land: Land
    by_leaf: Mapping[str, Whole]
    by_regency: Mapping[str, Whole]

    def day(self, day: date) -> int:
        return self.days.index(day)


def simulate_register(land: Land, days: Sequence[date], totals: Mapping[str, int], seed: int) -> Register:
    """The register of ``land`` on ``days``; ``totals`` are the whole's counts on the last day, by measure."""
    maker = _Maker(land, tuple(days), totals, str(seed))
    return Register(tuple(days), land, maker.by_leaf(), maker.by_regency())


class _Maker:
    def __init__(self, land: Land, days: tuple[date, ...], totals: Mapping[str, int], seed: str) -> None:
        self.land, self.days, self.totals, self.seed = land, days, totals, seed
        self.profiles = [profile(code, f"{seed}|profil") for code in land.regencies]
        self.steps = np.array([(later - earlier).days for earlier, later in pairwise(days)])
        self.shape = (len(land.leaves), 2)

    def by_leaf(self) -> dict[str, Whole]:
        totals = self.totals
        people = self._whole("penduduk", int(self.land.population.sum()), np.full(len(self.profiles), 1000))
        obliged = self._whole("wajib_ktp", totals["wajib_ktp"], 995 - self._typical("children"))
        children = self._whole("anak_0_17", totals["anak_0_17"], self._typical("children"))
        aged_17 = self._part("anak_17", totals["anak_0_17"] - totals["anak_0_16"], children)
        first = aged_17 * 21 // 20
        stocks = {"penduduk": self._stock("penduduk", people - people * _TO_COME // 10_000)}
        stocks |= self._pair("wajib_ktp", "rekam_ktp_el", obliged, self._typical("unrecorded"))
        stocks |= self._pair("anak_0_16", "milik_kia", children - aged_17, self._typical("without_card"))
        stocks |= self._pair("anak_0_17", "milik_akta_0_17", children, self._typical("without_certificate"))
        left = (stocks["wajib_ktp"] - stocks["rekam_ktp_el"])[
            -1
        ]  # who is not recorded at all is so as a first voter too
        stocks |= self._pair("pemula", "rekam_pemula", first, self._typical("unrecorded") + 60, left)
        active = self._part("aktif_ikd", totals["aktif_ikd"], stocks["rekam_ktp_el"][-1], self._typical("digital"))
        return stocks | {"aktif_ikd": self._grown("aktif_ikd", active, active * 7 // 10)}

    def by_regency(self) -> dict[str, Whole]:
        villages, days = self.land.villages, len(self.days)
        registers, agreements = villages * self._typical("registers") // 100, self._typical("agreements")
        stocks = {"desa_kelurahan": np.tile(villages, (days, 1))}
        for measure, final in (("buku_pokok_pemakaman", registers), ("pks_opd", agreements)):
            stocks[measure] = self._grown(measure, final, final // 2)
        stocks |= {measure: self._happened(measure, *ends) for measure, ends in _ACTIONS.items()}
        share = self._draw("nik_baru_usia_wajib_direkam", 60, 95, (days, len(villages)))
        return stocks | {"nik_baru_usia_wajib_direkam": stocks["nik_baru_usia_wajib"] * share // 100}

    def _happened(self, measure: str, low: int, high: int) -> Whole:
        """What happened in the fortnight before each day, by regency."""
        shape = (len(self.days), len(self.profiles))
        return self.land.population * self._draw(measure, low * 10, high * 10, shape) // 1_000_000

    def _typical(self, name: str) -> Whole:
        """One column of the regencies' profiles."""
        return np.array([getattr(entry, name) for entry in self.profiles])

    def _draw(self, what: str, low: int, high: int, shape: tuple[int, ...] | None = None) -> Whole:
        return draw(f"{self.seed}|{what}", low, high, shape or self.shape[:1])

    def _whole(self, measure: str, total: int, permille: Whole) -> Whole:
        """A denominator on the last day, by leaf and sex, proportional to the regencies' populations."""
        regencies = apportion(total, self.land.population * permille)
        sizes = self.land.sizes * self._draw(f"{measure}|ukuran", 980, 1020)
        leaves = nested(regencies, sizes, self.land.parents)
        return by_sex(leaves, self._draw(f"{measure}|laki-laki", 503, 526))

    def _part(self, measure: str, total: int, whole: Whole, weights: Whole | None = None) -> Whole:
        """``total`` of those that ``whole`` counts, by leaf and sex; ``weights`` say how frequent in each regency."""
        leaves = whole.sum(axis=1)
        regencies = np.bincount(self.land.parents, leaves, len(self.profiles)).astype(np.int64)
        chosen = apportion(total, regencies if weights is None else regencies * weights, regencies)
        chances = leaves * self._draw(f"{measure}|bagian", 850, 1150)
        parts = nested(chosen, chances, self.land.parents, leaves)
        return by_sex(parts, self._draw(f"{measure}|laki-laki", 490, 540), whole)

    def _pair(
        self, base: str, measure: str, whole: Whole, missing_weights: Whole, most: Whole | None = None
    ) -> dict[str, Whole]:
        """A moving denominator and its numerator, which reaches it but for what is still missing, at most ``most``."""
        total, limit = self.totals.get(measure), whole if most is None else np.minimum(whole, most)
        some = int(whole.sum()) - total if total is not None else int(whole.sum()) // 6
        wanting = some if most is None else min(some, int(limit.sum()) // 2)
        missing = self._part(f"{measure}|belum", wanting, limit, missing_weights)
        denominator = self._stock(base, whole)
        late = self._late(measure, whole)
        still = late - self._grown(measure, late, late)
        return {base: denominator, measure: denominator - missing - still}

    def _late(self, measure: str, whole: Whole) -> Whole:
        """How many of the numerator were caught up since the first day: much in one regency, little in another."""
        low, high = _CAUGHT_UP.get(measure, (0, 0))
        drawn = self._draw(f"{measure}|susulan", low, high, (len(self.profiles),))
        share = (drawn if high else self._typical("caught_up"))[self.land.parents]
        return whole * (share * self._draw(f"{measure}|susulan|wilayah", 900, 1100))[:, None] // 10_000_000

    def _stock(self, measure: str, whole: Whole) -> Whole:
        yearly = _GROWTH.get(measure)
        rate = self._typical("growth")[self.land.parents] if yearly is None else np.full(self.shape[0], yearly)
        rate = rate * self._draw(f"{measure}|tumbuh", 850, 1150) // 1000
        growth = whole * rate[:, None] * int(self.steps.sum()) // (10_000 * 365)
        return self._grown(measure, whole, growth)

    def _grown(self, measure: str, final: Whole, growth: Whole) -> Whole:
        """A stock over all days. Some fortnights bring more than others, in some regencies and some of their parts."""
        steps, regencies = len(self.steps), len(self.profiles)
        common = self._draw(f"{measure}|laju", 85, 115, (steps, 1)) * self.steps[:, None]
        busy = common * self._draw(f"{measure}|laju|daerah", 65, 135, (steps, regencies))
        if final.ndim > 1:
            own = self._draw(f"{measure}|laju|wilayah", 85, 115, (steps, *final.shape))
            busy = busy[:, self.land.parents, None] * own
        return grown(final, growth, busy, self._draw(f"{measure}|ambang", 0, 999, final.shape))
