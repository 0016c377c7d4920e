"""The simulated programme, and what simulated meetings decided: one example of every finding of harmonisation.

Outputs follow the edition's own counts; codes, money and decisions are made up, and every file says so.
docs/method/simulasi.md lists what is planted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pandas as pd

from adminduk.basis.catalog import Catalog
from adminduk.basis.paths import Paths
from adminduk.basis.programme import SHARE, ProgramLine
from adminduk.basis.regions import Regions
from adminduk.ingest.programme.blocks import block, stated
from adminduk.ingest.simulation.activities import ACTIVITIES, PROVINCE, SHARES, Activity, Own, Share
from adminduk.ingest.simulation.apportion import draw
from adminduk.ingest.simulation.decided import DECISIONS, EARLIER, FOLLOW_UP
from adminduk.ingest.simulation.offices import LAST
from adminduk.ingest.simulation.sheets import TITLE

Files = dict[str, bytes]
EARLIER_PERIOD = "2023-10-31"
HEAD = """\
# DATA SIMULASI. Contoh lengkap untuk data/{dataset}, dibuat oleh program (adminduk demo); jangan diubah dengan tangan.
# Kode dan nama sub-kegiatan meniru gaya nomenklatur urusan 2.12, bukan kutipannya; semua angka, rupiah, keputusan,
# dan hasilnya buatan. Keluaran mengikuti jumlah di data/{dataset}/counts.csv.
"""
# Money goes further in a city than where most villages are reached by boat; in thousandths.
_DEARER = {"64.11": 2400, "64.07": 1500, "64.08": 1300, "64.03": 1200}
# What is planted, each once: (activity, regency).
UNPLANNED = ("ikd", "64.11")
NEEDLESS = ("kia", "64.74")
SHORT = ("akta_kelahiran_0_17", "64.02")
IDLE = ("kia", "64.07")
_SHORT_SHARE, _IDLE_SHARE, _IDLE_MONEY = Fraction(9, 10), Fraction(2, 5), Fraction(96, 100)
_AGES = 18  # years of age among children of 0 to 17
_JOINING = {
    "perekaman_ktp_el": "sebanyak penduduk yang kini berusia 17 tahun",
    "kia": "kelahiran setahun, seperdelapan belas anak usia 0-17 tahun",
    "akta_kelahiran_0_17": "kelahiran setahun, seperdelapan belas anak usia 0-17 tahun",
}
_OUTREACH = {
    "indikator": "perekaman_ktp_el",
    "team_days": 200,
    "floor": 5,
    "per_day": 40,
    "per_day_by_region": {"64.07": 25, "64.08": 30, "64.11": 18},
}


@dataclass(frozen=True)
class Counted:
    """The edition's counts of kabupaten and kota, as far as plans are made from them."""

    counts: pd.DataFrame
    catalog: Catalog

    def now(self, code: str, measure: str) -> int:
        """On the last day."""
        return self._on(code, measure, LAST.isoformat())

    def done(self, code: str, activity: Activity) -> int:
        """What the year that ends brought: the sum of what was reported, or the growth of a stock."""
        own = self.counts[(self.counts["region_code"] == code) & (self.counts["measure"] == activity.counted)]
        own = own[own["as_of"].str.startswith(str(LAST.year))]
        if self.catalog.measures[activity.counted].role in ("tindakan", "arus"):
            return int(own["count"].sum())
        return self.now(code, activity.counted) - self._on(code, activity.counted, own["as_of"].min())

    def gap(self, code: str, named: str) -> int:
        """People or documents short of next year's target, as the regency's own plan has it; 0 where there is none."""
        indicator = self.catalog.indicators.get(named)
        target = self._target(code, named)
        if indicator is None or target is None:
            return 0
        done = self.now(code, indicator.numerator)
        return max(max(0, ceil(target * self.now(code, base)) - done) for base in indicator.bases)

    def _target(self, code: str, named: str) -> Fraction | None:
        """The plan's, else the national one of next year, else that of this year."""
        planned = next((share.next_targets[code] for share in SHARES if share.indicator == named), None)
        if planned is not None:
            return Fraction(planned) / 100
        stated = self.catalog.indicators[named].targets if named in self.catalog.indicators else ()
        years = {target.start.year: target.share for target in stated if _is_national(target)}
        return years.get(LAST.year + 1, years.get(LAST.year))

    def joining(self, code: str, named: str) -> int | None:
        """Those who join the base next year: turning 17 as many as are 17 now, newborn as many as one year of age."""
        if (named, code) == NEEDLESS:
            return None
        if named == "perekaman_ktp_el":
            return self.now(code, "anak_0_17") - self.now(code, "anak_0_16")
        return round(self.now(code, "anak_0_17") / _AGES) if named in _JOINING else None

    def _on(self, code: str, measure: str, day: str) -> int:
        rows = self.counts[(self.counts["region_code"] == code) & (self.counts["measure"] == measure)]
        return int(rows[rows["as_of"] == day]["count"].iloc[0])


def _is_national(target: Any) -> bool:
    return target.level == "nasional" and target.used == "ya" and target.unit == "persen"


def agenda_files(counts: pd.DataFrame, regions: Regions, catalog: Catalog, paths: Paths, dataset: str) -> Files:
    """The files of both periods, by their names below the folder of the dataset."""
    rows = counts[(counts["sex"] == "") & counts["region_code"].isin([place.code for place in regions.regencies])]
    counted = Counted(rows.drop_duplicates(["region_code", "as_of", "measure"]), catalog)
    codes = [place.code for place in regions.regencies]
    lines = [*_of_province(regions.province.code), *(line for code in codes for line in _of_regency(code, counted))]
    now = {
        "program": [stated(line) for line in lines],
        "newcomers": list(_newcomers(codes, counted)),
        "outreach": _OUTREACH,
        "decisions": DECISIONS,
        "follow_up": FOLLOW_UP,
    }
    files = {LAST.isoformat(): now, EARLIER_PERIOD: {"decisions": EARLIER}}
    root, head = paths.dataset(dataset), HEAD.format(dataset=dataset)
    return {
        paths.simulated_period(dataset, key).relative_to(root).as_posix(): (head + block(sections)).encode()
        for key, sections in files.items()
    }


def _of_regency(code: str, counted: Counted) -> Iterator[ProgramLine]:
    """The lines of one office: targets of coverage, then its activities."""
    for share in SHARES:
        done, base = (counted.now(code, measure) for measure in (share.numerator, share.base))
        reached = Decimal(f"{100 * done / base:.2f}")
        yield _share_line(share, code, share.target, reached, share.next_targets[code])
    for activity in ACTIVITIES:
        if (activity.indicator, code) != UNPLANNED:
            yield _line(activity, code, counted)


def _share_line(share: Share, code: str, target: Decimal, reached: Decimal, next_target: Decimal) -> ProgramLine:
    """A target of coverage has no money of its own: it is what the activities together are to reach."""
    return ProgramLine(
        kode_sub_kegiatan=share.code,
        program=share.program,
        kegiatan="Sasaran program",
        sub_kegiatan=share.name,
        indikator=share.indicator,
        satuan=SHARE,
        target=target,
        realisasi=reached,
        pagu=0,
        realisasi_keuangan=0,
        target_berikutnya=next_target,
        pagu_berikutnya=0,
        sumber_dana="APBD",
        pelaksana=code,
        dokumen="RKPD",
        bulan=tuple(range(1, 13)),
    )


def _line(activity: Activity, code: str, counted: Counted) -> ProgramLine:
    """One activity: what the year brought against a target near it, and next year's need, with money to match."""
    done = counted.done(code, activity)
    rate = Fraction(int(draw(f"agenda|{code}|{activity.counted}|hasil", 940, 1060, (1,))[0]), 1000)
    paid = Fraction(int(draw(f"agenda|{code}|{activity.counted}|uang", 930, 995, (1,))[0]), 1000)
    if (activity.indicator, code) == IDLE:
        rate, paid = _IDLE_SHARE, _IDLE_MONEY
    target = max(1, round(done / rate))
    cost = Fraction(activity.cost * _DEARER.get(code, 1000), 1000)
    budget, ahead = _rounded(target * cost), _next(activity, code, counted, done)
    return ProgramLine(
        **activity.named,
        target=Decimal(target),
        realisasi=Decimal(done),
        pagu=budget,
        realisasi_keuangan=_rounded(budget * paid),
        target_berikutnya=Decimal(ahead),
        pagu_berikutnya=_rounded(ahead * cost),
        pelaksana=code,
    )


def _next(activity: Activity, code: str, counted: Counted, done: int) -> int:
    """Next year's output: the gap and those who join, or what is left, or somewhat more than this year."""
    need = counted.gap(code, activity.indicator) + (counted.joining(code, activity.indicator) or 0)
    if activity.left:
        return counted.now(code, activity.left) - counted.now(code, activity.counted)
    if (activity.indicator, code) == SHORT:
        return int(need * _SHORT_SHARE) // 50 * 50
    wanted = max(need, 0) or done * 11 // 10
    step = 50 if wanted > 500 else 1
    return -(-wanted // step) * step


def _of_province(code: str) -> Iterator[ProgramLine]:
    for share in SHARES:
        yield _share_line(share, code, share.target, share.province_reached, share.province_next)
    for own in PROVINCE:
        yield _own_line(own, code)


def _own_line(own: Own, code: str) -> ProgramLine:
    """An activity of the province itself; its place is the province where it names none."""
    budget = _rounded(Fraction(own.target * own.cost))
    return ProgramLine(
        **own.named,
        target=Decimal(own.target),
        realisasi=Decimal(own.done),
        pagu=budget,
        realisasi_keuangan=_rounded(budget * Fraction(own.done, own.target)),
        target_berikutnya=Decimal(own.ahead),
        pagu_berikutnya=_rounded(Fraction(own.ahead * own.cost)),
        pelaksana=code,
        lokasi=own.place or code,
    )


def _newcomers(codes: Iterable[str], counted: Counted) -> Iterator[dict[str, Any]]:
    for named, told in _JOINING.items():
        for code in codes:
            joining = counted.joining(code, named)
            if joining is not None:
                yield {"indikator": named, "lokasi": code, "jumlah": joining, "sumber": f"{TITLE}{told}"}


def _rounded(rupiah: Fraction) -> int:
    """To whole ten thousands."""
    return round(rupiah / 10_000) * 10_000
