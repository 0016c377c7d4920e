"""The simulated edition: what simulated offices deliver, with a few planted faults, as sheets and as tables.

Nothing in it is real but codes, names, the population of the regencies and the sums of the last day, which are
read from the published dataset. The same program makes the same bytes. docs/method/simulasi.md tells what is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from adminduk.basis import frames, transactions
from adminduk.basis.errors import DataError, ParameterError, Problem
from adminduk.basis.paths import Paths
from adminduk.basis.places import load_places
from adminduk.basis.regions import Regions, load_regions
from adminduk.basis.sources import load_sources
from adminduk.ingest.sheets.days import long_day
from adminduk.ingest.simulation.apportion import draw
from adminduk.ingest.simulation.faults import FAULTS, REFUSAL, Planted, plant
from adminduk.ingest.simulation.offices import LAST, simulate_sheets
from adminduk.ingest.simulation.register import Land
from adminduk.ingest.simulation.sheets import PREFIX, TITLE, Sheet, count_rows

Level = Literal["kecamatan", "kelurahan"]
DATASETS: dict[Level, str] = {"kecamatan": "demo", "kelurahan": "demo-kelurahan"}
PUBLISHED = "published"
SEED = 64
_PROVINCE = "64"  # whose kecamatan the planted faults name
COUNTED = ("wajib_ktp", "rekam_ktp_el", "anak_0_16", "milik_kia", "anak_0_17", "milik_akta_0_17", "aktif_ikd")
_EXPECTED = ("region_code", "as_of", "rule", "severity", "what")


@dataclass(frozen=True)
class Edition:
    """The sheets as delivered, the tables they mean, and what the checks must find in them."""

    sheets: tuple[Sheet, ...]
    tables: dict[str, pd.DataFrame]
    faults: pd.DataFrame


def simulate(paths: Paths, level: Level = "kecamatan", refusal: bool = False) -> Edition:
    """The edition of the province; ``refusal`` plants a fault that keeps a region from being printed.

    DataError when the published dataset lacks what the edition must sum to; ParameterError for another province.
    """
    regions = load_regions(paths)
    if regions.province.code != _PROVINCE:
        what = f"edisi simulasi disusun untuk provinsi {_PROVINCE}, bukan {regions.province.code}"
        next_step = "muat kiriman dinas sendiri: make ingest FILE=... AS_OF=..."
        raise ParameterError(Problem("params/regions.yml: province", what, next_step=next_step))
    published = frames.read_dataset(paths, PUBLISHED)["counts"]
    land = _land(regions, population(published, regions), level, paths)
    clean = simulate_sheets(land, totals(published, regions), SEED)
    # The faults name kecamatan; a more detailed edition is as it should be.
    faults = (*FAULTS, *((REFUSAL,) if refusal else ())) if level == "kecamatan" else ()
    return edition(paths, plant(clean, faults))


def edition(paths: Paths, planted: Planted) -> Edition:
    """Sheets, faults and claims as an edition with its tables."""
    claims = pd.DataFrame(planted.claims, columns=list(frames.CLAIMS), dtype=str)
    tables = {
        "counts": count_rows(planted.sheets, PREFIX.strip("-")),
        "claims": claims,
        "sources": _sources(paths, planted),
    }
    faults = pd.DataFrame(planted.faults, columns=list(_EXPECTED), dtype=str)
    return Edition(planted.sheets, tables, faults.sort_values(list(_EXPECTED), kind="stable"))


def write_edition(paths: Paths, made: Edition, dataset: str, others: Mapping[str, bytes] | None = None) -> None:
    """Write the edition as a dataset, all or nothing, with what is planted in it and ``others`` beside it."""
    files = frames.contents(made.tables, frames.is_large(paths, dataset))
    files[paths.planted(dataset).name] = made.faults.to_csv(index=False, lineterminator="\n").encode()
    transactions.commit(paths, dataset, files | dict(others or {}))


def population(published: pd.DataFrame, regions: Regions) -> dict[str, int]:
    """The population of every regency at the end of the year, of the one statement that has them all."""
    wanted = {region.code for region in regions.regencies}
    end = date(LAST.year, 12, 31).isoformat()
    rows = published[(published["measure"] == "penduduk") & (published["as_of"] == end) & (published["sex"] == "")]
    for _, group in rows.groupby("statement"):
        found = dict(zip(group["region_code"], group["count"], strict=True))
        if wanted <= found.keys():
            return {code: int(found[code]) for code in sorted(wanted)}
    raise DataError(
        Problem(
            f"data/{PUBLISHED}/counts.csv",
            f"tidak ada pernyataan dengan penduduk {len(wanted)} kabupaten/kota per {end}",
            "baris measure penduduk untuk setiap kabupaten/kota",
            "jalankan make published",
        )
    )


def totals(published: pd.DataFrame, regions: Regions) -> dict[str, int]:
    """The counts of the whole province on the last day, to which the regencies must sum."""
    rows = published[(published["region_code"] == regions.province.code) & (published["as_of"] == LAST.isoformat())]
    found = dict(zip(rows["measure"], rows["count"], strict=True))
    missing = [measure for measure in COUNTED if measure not in found]
    if missing:
        where = f"data/{PUBLISHED}/counts.csv"
        raise DataError(
            Problem(
                where, f"tidak ada {', '.join(missing)} provinsi per {LAST}", "angka publikasi itu", "make published"
            )
        )
    return {measure: int(found[measure]) for measure in COUNTED}


def _land(regions: Regions, population: dict[str, int], level: Level, paths: Paths) -> Land:
    """The regencies with their kecamatan, or with their desa and kelurahan, as leaves."""
    codes = tuple(population)
    sizes = _villages(paths) if level == "kelurahan" else _districts(regions)
    leaves = tuple(sorted(sizes))
    weights = np.array([sizes[leaf] for leaf in leaves]) * draw(f"{SEED}|{level}|ukuran", 700, 1300, (len(leaves),))
    return Land(
        regencies=codes,
        leaves=leaves,
        parents=np.array([codes.index(leaf[:5]) for leaf in leaves]),
        population=np.array(list(population.values())),
        sizes=weights,
        villages=np.array([regions.get(code).kelurahan + regions.get(code).desa for code in codes]),
    )


# A kelurahan has about six times the people of a desa.
def _districts(regions: Regions) -> dict[str, int]:
    return {place.code: 6 * place.kelurahan + place.desa + 3 for place in regions.districts}


def _villages(paths: Paths) -> dict[str, int]:
    """Desa and kelurahan: of the last four digits the first is 1 for a kelurahan."""
    codes = (code for code in load_places(paths).codes() if code.count(".") == 3)
    return {code: 6 if code.rpartition(".")[2].startswith("1") else 1 for code in codes}


def _sources(paths: Paths, planted: Planted) -> pd.DataFrame:
    """What each delivery is called, as ingest calls it; every title says that it is simulated."""
    layouts = load_sources(paths).layouts
    titles = {
        sheet.source: f"{TITLE}{layouts[sheet.layout].title}, keadaan {long_day(sheet.as_of)}"
        for sheet in planted.sheets
    }
    for claim in planted.claims:
        titles[claim["source"]] = f"{TITLE}siaran pers, {long_day(date.fromisoformat(claim['as_of']))}"
    cells = [
        {"id": source, "title": title, "address": "", "published": "", "note": "Angka dibuat oleh program."}
        for source, title in titles.items()
    ]
    return pd.DataFrame(cells, columns=list(frames.SOURCES), dtype=str)
