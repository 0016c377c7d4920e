"""What an edition is made of: every region's figures, which reports its packs need, and how each region fared."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.errors import DataError, Problem
from adminduk.basis.garbage import no_collection
from adminduk.basis.packs import Pack, load_packs
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.basis.periods import Period
from adminduk.basis.regions import Region, Regions
from adminduk.present.opening import Ground, Opened, keep
from adminduk.publish import pool, provenance, shelf
from adminduk.publish.gate import check_evidence
from adminduk.publish.manifest import Standing
from adminduk.publish.parcel import Built, Packer
from adminduk.publish.plan import Job, check_parameters
from adminduk.publish.provenance import Depends
from adminduk.publish.shelf import Report

Key = tuple[str, str]  # notebook, code of the region
BOUND = ""  # stands for a notebook's name where what is made of a region's reports failed
Progress = Callable[[int, int, str], None]  # how many are done, of how many (0: not counted), and what
Hire = Callable[[], AbstractContextManager[pool.Crew]]  # those who build, called when there is something to build


@dataclass
class Material:
    """The material of one period and dataset.

    ``inputs`` and ``shared`` are the hashes of what everything depends on, from before the first was read. ``read``
    gives the tables for a region. What is opened of a region is in ``opened``, in ``kept`` as its reports get it, in
    ``held`` with the problems that withhold it. ``jobs`` are the reports, ``ends`` how each ended that had to be made,
    ``failed`` the problems of those that could not be made, all by notebook and region. ``only`` names the regions
    whose reports are wanted; all are where none is named.
    """

    paths: Paths
    data: str
    ground: Ground
    packs: Sequence[Pack]
    read: Callable[[str], dict[str, pd.DataFrame]]
    inputs: Mapping[str, str]
    shared: Depends
    only: Collection[str] = ()
    opened: dict[str, Opened] = field(default_factory=dict)
    held: dict[str, Sequence[Problem]] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    jobs: dict[Key, tuple[Job, Depends]] = field(default_factory=dict)
    failed: dict[Key, Sequence[Problem]] = field(default_factory=dict)
    ends: dict[Key, Built] = field(default_factory=dict)

    @property
    def period(self) -> Period:
        return self.ground.period

    @property
    def regions(self) -> Regions:
        return self.ground.book.regions

    @property
    def number(self) -> int:
        """How many reports there are; those of regions that are withheld count until they are opened."""
        wanted = (pack for pack in self.packs for region in self._of(pack) if region.code not in self.held)
        return sum(len(pack.notebooks) for pack in wanted)

    def _of(self, pack: Pack) -> list[Region]:
        return [region for region in pack.of(self.regions) if not self.only or region.code in self.only]

    def _has_reports(self, region: Region) -> bool:
        return any(region in self._of(pack) for pack in self.packs)

    def open(self) -> Iterator[Key]:
        """Open region after region, the province first; its reports, as soon as they are known."""
        wanted = [region for pack in self.packs for region in self._of(pack)]
        for region in dict.fromkeys([self.regions.province, *wanted] if not self.only else wanted):
            if region.code not in self.opened:
                with no_collection():
                    self._open(region)
            if region.code not in self.held:
                yield from self._plan(region)

    def _open(self, region: Region) -> None:
        tables = self.read(region.code)
        evidence = self.ground.evidence(region, tables)
        opened = self.opened[region.code] = self.ground.open(region, tables, evidence)
        if self._has_reports(region):
            self.kept[region.code] = zlib.compress(keep(opened), 1)
        try:
            check_evidence(evidence, region)
        except DataError as error:
            self.held[region.code] = error.problems

    def _plan(self, region: Region) -> Iterator[Key]:
        stamp = self.opened[region.code].stamp
        for notebook in (name for pack in self.packs if region in self._of(pack) for name in pack.notebooks):
            job = Job(notebook, region, self.period, self.data, bool(stamp["simulated"]))
            check_parameters(self.paths.notebook(notebook), job.parameters)
            depends = provenance.of_report(self.paths, job, str(stamp["data_hash"]))
            self.jobs[notebook, region.code] = job, depends
            yield notebook, region.code

    @cached_property
    def simulated(self) -> bool:
        return bool(self.opened[self.regions.province.code].stamp["simulated"])

    def bound(self) -> list[tuple[Pack, Region]]:
        """Every pack that can be bound, the province's first."""
        pairs = [(pack, region) for pack in self.packs for region in pack.of(self.regions)]
        pairs.sort(key=lambda pair: (pair[1].code, pair[0].suffix))
        return [(pack, region) for pack, region in pairs if self._whole(pack, region)]

    def _whole(self, pack: Pack, region: Region) -> bool:
        names = (*pack.notebooks, BOUND)
        return region.code not in self.held and not any((name, region.code) in self.failed for name in names)

    def depends(self, notebook: str, region: Region) -> Depends:
        return self.jobs[notebook, region.code][1]

    def report(self, notebook: str, region: Region) -> Report:
        return shelf.take(self.paths, self.depends(notebook, region))

    def remarks(self) -> tuple[str, ...]:
        """What could not be shown in the reports as it was written, each said once."""
        made = (self.report(notebook, self.regions.get(code)) for notebook, code in self.jobs
                if (notebook, code) not in self.failed)  # fmt: skip
        return tuple(dict.fromkeys(remark for report in made for remark in report.remarks))

    def standings(self) -> tuple[Standing, ...]:
        """How each region fared: printed, withheld by a finding, or failed."""
        return tuple(self._standing(region) for region in self.regions.all if region.code in self.opened)

    def _standing(self, region: Region) -> Standing:
        if region.code in self.held:
            causes = "; ".join(problem.what for problem in self.held[region.code])
            return Standing(region.code, region.name, "ditahan", "", causes)
        broken = [(name, problems) for (name, code), problems in self.failed.items() if code == region.code]
        if not broken:
            return Standing(region.code, region.name, "dicetak")
        where = "; ".join(dict.fromkeys(problem.where for _, problems in broken for problem in problems))
        what = "; ".join(dict.fromkeys(problem.what for _, problems in broken for problem in problems))
        return Standing(region.code, region.name, "gagal", where, what)


def begin(paths: Paths, period: str, data: str, only: Collection[str] = ()) -> Material:
    """The material of which nothing is opened yet; ParameterError or DataError for what nothing can be printed with."""
    check_params(paths)
    inputs, shared = provenance.params(paths, period, data), provenance.shared(paths, period, data)
    with no_collection():
        ground, packs, read = Ground(paths, period, data), load_packs(paths), frames.reader(paths, data)
    return Material(paths, data, ground, packs, read, inputs, shared, only)


def gather(paths: Paths, period: str, data: str) -> Material:
    """The material with everything opened; errors as ``begin``."""
    material = begin(paths, period, data)
    for _ in material.open():
        pass
    return material


def make_reports(material: Material, progress: Progress, hire: Hire = pool.Processes) -> None:
    """Make every report that is not on the shelf; those that fail are noted and stop nothing.

    Regions are opened while workers make the reports of those before. Workers get their jobs as parcels and give back
    bytes; the shelf is written here alone. Those who build are hired for the first report that is not there.
    """
    wanted: list[Key] = []
    packer = Packer(material.paths, material.data, material.read, material.kept)
    packs = _packs(material, packer, wanted)
    first = next(packs, None)
    if first is None:
        return
    with hire() as crew:
        for done, (number, built) in enumerate(pool.run(chain([first], packs), crew), start=1):
            key = wanted[number]
            job, depends = material.jobs[key]
            if built.problems:
                material.failed[key] = built.problems
            else:
                shelf.put(material.paths, depends, built.files)
            material.ends[key] = replace(built, files={})
            progress(done, material.number - len(material.jobs) + len(wanted), str(job))


def _packs(material: Material, packer: Packer, wanted: list[Key]) -> Iterator[pool.Pack]:
    """The reports that are not on the shelf, as they become known; their keys go to ``wanted``."""
    for key in material.open():
        job, depends = material.jobs[key]
        if not shelf.has(material.paths, depends):
            wanted.append(key)
            yield partial(packer.pack, job, depends)
