"""``adminduk bench-nation``: the reports of every regency and province, simulated, by workers that stay all along."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from adminduk.basis import frames
from adminduk.basis.defaults import PERIOD
from adminduk.basis.errors import DataError, Problem
from adminduk.basis.paths import Paths
from adminduk.ingest.simulation.nation import NATION, write_provinces
from adminduk.publish import provenance
from adminduk.publish.edition import Made, make_packs
from adminduk.publish.folder import RUN
from adminduk.publish.pool import Processes

_MEASURE = "rekam_ktp_el"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Leg:
    """One province's edition. ``memory``: the most a worker had taken, MiB; ``files``: open ones of the program;
    ``left``: entries of the directory for temporary files that were not there before."""

    code: str
    reports: int
    seconds: float
    memory: int
    files: int
    left: int

    def __str__(self) -> str:
        pace = f"{self.seconds / max(self.reports, 1):.2f}".replace(".", ",")
        return f"{self.code}: {self.reports} laporan, {pace} detik per laporan, {self.memory} MiB"


def run_nation(paths: Paths, chosen: Collection[str], tell: Tell) -> Path:
    """Print every province, or those ``chosen`` by code; ask again; change one regency. Where the result was written.

    DataError for a code that no province has.
    """
    with tempfile.TemporaryDirectory(prefix="negeri-") as folder:
        rooms = list(write_provinces(paths, Path(folder).resolve(), chosen))
        unknown = set(chosen) - {room.root.name for room in rooms}
        if unknown:
            what = f"kode provinsi {', '.join(sorted(unknown))} tidak ada"
            raise DataError(Problem("PROVINCES", what, "kode Kemendagri dua angka", "contoh: PROVINCES=34,31"))
        with Processes() as crew:
            legs = [_leg(room, crew, tell) for room in rooms]
            start = time.monotonic()
            fresh = sum(len(_made(room, crew).reports) for room in rooms)
            again = time.monotonic() - start
            region = _change(rooms[0])
            moved = _made(rooms[0], crew).reports
    return _written(paths, legs, {"second_run_seconds": round(again, 2), "second_run_reports": fresh,
                                  "changed": region, "rebuilt": moved})  # fmt: skip


def _made(room: Paths, crew: Processes) -> Made:
    return make_packs(room, PERIOD, NATION, lambda done, of, name: None, lambda: nullcontext(crew))


def _leg(room: Paths, crew: Processes, tell: Tell) -> Leg:
    before = set(os.listdir(tempfile.gettempdir()))
    start = time.monotonic()
    made = _made(room, crew)
    seconds = round(time.monotonic() - start, 2)
    run = json.loads((made.path / RUN).read_text(encoding="utf-8"))
    left = len(set(os.listdir(tempfile.gettempdir())) - before)
    leg = Leg(room.root.name, len(made.reports), seconds, run["memory"], _open_files(), left)
    tell(str(leg))
    return leg


def _open_files() -> int:
    """How many files this process has open; 0 where the system does not tell."""
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.is_dir() else 0


def _change(room: Paths) -> str:
    """One more in the newest count of the first regency; its code."""
    counts = frames.read_dataset(room, NATION)["counts"]
    code = min(counts["region_code"])
    own = counts[(counts["region_code"] == code) & (counts["measure"] == _MEASURE) & (counts["as_of"] <= PERIOD)]
    counts.loc[own[own["as_of"] == own["as_of"].max()].index, "count"] -= 1
    frames.write_table(counts, "counts", room.table(NATION, "counts"))
    return str(code)


def _written(paths: Paths, legs: Sequence[Leg], after: dict[str, object]) -> Path:
    content = {
        "processors": os.cpu_count(),
        "versions": provenance.versions(),
        "reports": sum(leg.reports for leg in legs),
        "memory_mib": max(leg.memory for leg in legs),
        "legs": [asdict(leg) for leg in legs],
        **after,
    }
    place = paths.bench / "nation.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return place
