"""``adminduk bench-cluster``: one edition by 1, 2 and 4 workers, one of them killed midway, beside the local one."""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from adminduk.basis.defaults import PERIOD
from adminduk.basis.errors import Problem, RenderError
from adminduk.basis.paths import Paths
from adminduk.bench.machines import Machines
from adminduk.ingest.simulation.messy import write_demo
from adminduk.publish import provenance
from adminduk.publish.cluster import Cluster
from adminduk.publish.edition import make_packs
from adminduk.publish.folder import RUN
from adminduk.publish.manifest import SUMS
from adminduk.publish.material import Hire
from adminduk.publish.pool import Processes

# How many workers, and how many of them are killed; none are the processes of the program itself.
LAPS = ((0, 0), (1, 0), (2, 0), (4, 0), (2, 1))
_KILLED_AFTER = 3  # reports

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Lap:
    """One edition from nothing: equal ``sums``, equal bytes. ``slowest``: the longest report, in seconds."""

    workers: int
    killed: int
    reports: int
    seconds: float
    slowest: float
    sums: str

    def __str__(self) -> str:
        crew = f"{self.workers} pekerja" if self.workers else "lokal"
        killed = f", {self.killed} dimatikan" if self.killed else ""
        return f"{crew}{killed}: {self.reports} laporan dalam {self.seconds:.1f} detik".replace(".", ",")


def run_laps(paths: Paths, tell: Tell, laps: Iterable[tuple[int, int]] = LAPS) -> Path:
    """Make the simulated edition once for each of ``laps``; where the result was written.

    RenderError when one of them differs from the first in whatever byte.
    """
    with tempfile.TemporaryDirectory(prefix="banding-") as folder:
        room, data = _room(paths, Path(folder).resolve())
        done: list[Lap] = []
        for workers, killed in laps:
            done.append(_by_machines(room, data, workers, killed) if workers else _lap(room, data, (0, 0), Processes))
            tell(str(done[-1]))
    what, same, next_step = "edisinya berbeda dengan yang pertama", "bita yang sama", "laporkan ke pengelola program"
    different = [Problem(str(lap), what, same, next_step) for lap in done if lap.sums != done[0].sums]
    if different:
        raise RenderError(*different)
    return _written(paths, done)


def _room(paths: Paths, root: Path) -> tuple[Paths, str]:
    """A project with the same inputs and the simulated figures; the name of its dataset."""
    for folder in (paths.params, paths.notebooks, paths.dataset("published")):
        shutil.copytree(folder, root / folder.relative_to(paths.root))
    if paths.locked.is_file():
        shutil.copy(paths.locked, root)
    return Paths(root), write_demo(Paths(root), "kecamatan", refusal=False)


def _by_machines(room: Paths, data: str, workers: int, killed: int) -> Lap:
    with Machines() as machines:
        victims = [machines.hire(f"pekerja-{number}") for number in range(workers)][:killed]
        hire = partial(Cluster, machines.address, room, _silent)
        with hire() as crew:
            while crew.width() < workers:  # none is still starting when the clock does
                time.sleep(0.1)

        def progress(done: int, of: int, name: str) -> None:
            for victim in victims if done == _KILLED_AFTER else ():
                victim.kill()

        return _lap(room, data, (workers, killed), hire, progress)


def _lap(
    room: Paths,
    data: str,
    size: tuple[int, int],
    hire: Hire,
    progress: Callable[[int, int, str], None] = lambda done, of, name: None,
) -> Lap:
    """One edition in a project in which nothing is made yet."""
    shutil.rmtree(room.editions(data), ignore_errors=True)
    shutil.rmtree(room.shelf(""), ignore_errors=True)
    start = time.monotonic()
    made = make_packs(room, PERIOD, data, progress, hire)
    seconds = round(time.monotonic() - start, 2)
    run = json.loads((made.path / RUN).read_text(encoding="utf-8"))
    slowest = max(run["seconds"]["reports"].values())
    return Lap(*size, len(made.reports), seconds, slowest, provenance.sha256((made.path / SUMS).read_bytes()))


def _written(paths: Paths, done: Sequence[Lap]) -> Path:
    content = {
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "versions": provenance.versions(),
        "laps": [asdict(lap) for lap in done],
        "same_bytes": len({lap.sums for lap in done}) == 1,
    }
    place = paths.bench / "cluster.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return place


def _silent(line: str) -> None:
    """Nothing of these workers needs to be told."""
