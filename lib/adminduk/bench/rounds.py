"""What is measured: every way once in each round, so that a noisy machine is as noisy for one as for the other."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from adminduk.basis.defaults import NOTEBOOK, PERIOD
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.bench import chains, floor
from adminduk.bench.floor import Made, Place
from adminduk.ingest.simulation.messy import write_demo
from adminduk.publish import shelf
from adminduk.publish.material import Material, begin, make_reports
from adminduk.publish.parcel import Packer, unpack
from adminduk.publish.plan import Job

AT_ONCE = 2  # processes, of every way
Way = Callable[[], None]


@dataclass(frozen=True)
class Plan:
    """How much is measured: rounds, regencies of the batch, regencies of each chain, and whether there are chains."""

    rounds: int = 5
    regencies: int = 10
    in_chain: int = 2
    chains: bool = True


QUICK = Plan(rounds=1, regencies=2, chains=False)


@dataclass
class Run:
    """One way of making ``reports`` reports: how long each round took, in seconds."""

    reports: int
    seconds: list[float] = field(default_factory=list)

    @property
    def each(self) -> float:
        """Seconds for one report: the median of the rounds."""
        return median(self.seconds) / self.reports


@dataclass(frozen=True)
class Measured:
    """``steps`` are the seconds of each step of a report on the floor, the median of all."""

    plan: Plan
    runs: dict[str, Run]
    steps: dict[str, float]

    def ratio(self, slow: str, fast: str) -> float | None:
        """How many times as long the first takes for a report; None where one of them could not be measured."""
        return self.runs[slow].each / self.runs[fast].each if {slow, fast} <= self.runs.keys() else None


@contextmanager
def project(paths: Paths) -> Iterator[Paths]:
    """The project again in a folder of its own, with the simulated edition; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ad-ukur-") as folder:
        own = Paths(Path(folder))
        shutil.copytree(paths.params, own.params)
        shutil.copytree(paths.notebooks, own.notebooks)
        shutil.copytree(paths.dataset("published"), own.dataset("published"))
        if paths.locked.is_file():
            shutil.copy(paths.locked, own.locked)
        write_demo(own, "kecamatan", refusal=False)
        yield own


def measure(own: Paths, plan: Plan, tell: Callable[[str], None]) -> Measured:
    """All ways, round after round; AssertionError when the floor does not print what the batch prints."""
    _only_briefings(own)
    codes = [region.code for region in load_regions(own).regencies][: plan.regencies]
    material = _batch(own, codes)
    jobs = [job for job, _ in material.jobs.values()]
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ad-rantai-")))
        places = _places(material, work / "irisan")
        reports = stack.enter_context(floor.warm(places[0], AT_ONCE))
        _check_same(reports(places), material)
        ways = {"floor": (len(jobs), partial(reports, places)), "batch": (len(jobs), partial(_batch, own, codes))}
        if plan.chains:
            ways |= _chains(own, jobs, plan.in_chain, work)
        runs = {name: Run(number) for name, (number, _) in ways.items()}
        for turn in range(plan.rounds):
            for name, (_, way) in ways.items():
                tell(f"putaran {turn + 1}/{plan.rounds}: {name}")
                runs[name].seconds.append(_timed(way))
            steps = _steps(places)
    return Measured(plan, runs, steps)


def _only_briefings(own: Paths) -> None:
    """Of the packs nothing is left but the briefing of each regency."""
    for file in own.packs.glob("*.yml"):
        file.unlink()
    pack = f"label: Paket kabupaten/kota\nregions: kabupaten_kota\nnotebooks: [{NOTEBOOK}]\n"
    (own.packs / "daerah.yml").write_text(pack, encoding="utf-8")


def _places(material: Material, root: Path) -> list[Place]:
    """Each report's slice as the batch's workers get it, unpacked: the floor reads no more than they do."""
    packer = Packer(material.paths, material.data, material.read, {})
    each = [(packer.pack(job, depends), job) for job, depends in material.jobs.values()]
    return [(unpack(parcel, root / job.region.code), job) for parcel, job in each]


def _batch(own: Paths, codes: Sequence[str]) -> Material:
    """Read the figures and make every report anew, as an edition does."""
    for report in own.shelf("").glob("*/"):  # what tells that an edition is unchanged lies beside them
        shutil.rmtree(report)
    material = begin(own, PERIOD, "demo", codes)
    make_reports(material, lambda done, of, name: None)
    if material.failed or material.held:
        raise RuntimeError(str((material.failed, material.held)))
    return material


def _check_same(made: Sequence[Made], material: Material) -> None:
    for (pdf, picture), (job, depends) in zip(made, material.jobs.values(), strict=True):
        printed = shelf.take(material.paths, depends)
        assert (pdf, picture) == (printed.pdf, printed.picture), f"{job}: the floor prints something else"


def _chains(own: Paths, jobs: Sequence[Job], number: int, work: Path) -> dict[str, tuple[int, Way]]:
    some = jobs[:number]
    ways: dict[str, tuple[int, Way]] = {"cold": (1, partial(chains.cold, own, jobs[0], work / "sendiri"))}
    for name, chain in chains.present(work / "peramban").items():
        ways[name] = len(some), partial(chains.each, chain, own, some, work / name, AT_ONCE)
    if "xelatex" in ways:
        ways["xelatex_cold"] = 1, partial(chains.each, chains.xelatex, own, jobs[:1], work / "satu", 1)
    chains.packs(own, jobs[0], work / "paket")
    ways["unchanged"] = 1, partial(chains.packs, own, jobs[0], work / "paket")
    return ways


def _timed(way: Way) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def _steps(places: Sequence[Place]) -> dict[str, float]:
    *others, last = places
    floor.report(*last)  # this process is not warm yet
    found = [floor.steps(*place) for place in others]
    return {step: median(one[step] for one in found) for step in found[0]}
