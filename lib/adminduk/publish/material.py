"""What an edition is made of: every region's figures, which reports its packs need, and how each region fared."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.errors import DataError, Problem
from adminduk.basis.packs import Pack, load_packs
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.basis.periods import Period, load_period
from adminduk.basis.regions import Region, Regions, load_regions
from adminduk.present.opening import Opened, keep, open_briefing
from adminduk.publish import pool, provenance, shelf
from adminduk.publish.gate import check_printable
from adminduk.publish.manifest import Standing
from adminduk.publish.parcel import Built, Packer
from adminduk.publish.plan import Job, check_parameters
from adminduk.publish.provenance import Depends
from adminduk.publish.shelf import Report

BOUND = ""  # stands for a notebook's name where what is made of a region's reports failed
Progress = Callable[[int, int, str], None]  # how many are done, of how many (0: not counted), and what
Hire = Callable[[], AbstractContextManager[pool.Crew]]  # those who build, called when there is something to build


@dataclass
class Material:
    """The material of one period and dataset.

    ``inputs`` and ``shared`` are the hashes of what everything depends on, from before the first was read. ``read``
    gives the tables for a region, ``kept`` is what was opened of it, as its reports get it. ``ends`` tell how each
    report ended that had to be made, ``failed`` the problems of what could not be made, both by notebook and region.
    """

    paths: Paths
    data: str
    period: Period
    regions: Regions
    packs: Sequence[Pack]
    opened: Mapping[str, Opened]
    held: Mapping[str, Sequence[Problem]]
    read: Callable[[str], dict[str, pd.DataFrame]]
    kept: Mapping[str, bytes]
    jobs: Mapping[tuple[str, str], tuple[Job, Depends]]
    inputs: Mapping[str, str]
    shared: Depends
    failed: dict[tuple[str, str], Sequence[Problem]] = field(default_factory=dict)
    ends: dict[tuple[str, str], Built] = field(default_factory=dict)

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


def gather(paths: Paths, period: str, data: str) -> Material:
    """The material; ParameterError or DataError for what no region could be printed with."""
    check_params(paths)
    inputs, shared = provenance.params(paths, period, data), provenance.shared(paths, period, data)
    packs, regions, chosen = load_packs(paths), load_regions(paths), load_period(paths, period, data)
    read, opened, kept, held = frames.reader(paths, data), {}, {}, {}
    for region in dict.fromkeys([regions.province, *(region for pack in packs for region in pack.of(regions))]):
        tables = read(region.code)
        opened[region.code] = open_briefing(paths, region.code, period, data, tables)
        kept[region.code] = zlib.compress(keep(opened[region.code]), 1)
        if problems := _held(paths, region, chosen, tables):
            held[region.code] = problems
    jobs: dict[tuple[str, str], tuple[Job, Depends]] = {}
    for pack in packs:
        for region in pack.of(regions):
            stamp = opened[region.code].stamp
            for notebook in pack.notebooks if region.code not in held else ():
                job = Job(notebook, region, chosen, data, bool(stamp["simulated"]))
                check_parameters(paths.notebook(notebook), job.parameters)
                depends = provenance.of_report(paths, job, str(stamp["data_hash"]))
                jobs[notebook, region.code] = job, depends
    return Material(paths, data, chosen, regions, packs, opened, held, read, kept, jobs, inputs, shared)


def _held(paths: Paths, region: Region, period: Period, tables: Mapping[str, pd.DataFrame]) -> Sequence[Problem]:
    """The findings that keep a region from being printed."""
    try:
        check_printable(paths, tables, region, period)
    except DataError as error:
        return error.problems
    return ()


def make_reports(material: Material, progress: Progress, hire: Hire = pool.Processes) -> None:
    """Make every report that is not on the shelf; those that fail are noted and stop nothing.

    Workers get their jobs as parcels and give back bytes; the shelf is written here alone.
    """
    paths = material.paths
    wanted = [(key, *made) for key, made in material.jobs.items() if not shelf.has(paths, made[1])]
    if not wanted:
        return
    packer = Packer(paths, material.data, material.read, material.kept)
    packs = [partial(packer.pack, job, depends) for _, job, depends in wanted]
    with hire() as crew:
        for done, (number, built) in enumerate(pool.run(packs, crew), start=1):
            key, job, depends = wanted[number]
            if built.problems:
                material.failed[key] = built.problems
            else:
                shelf.put(paths, depends, built.files)
            material.ends[key] = replace(built, files={})
            progress(done, len(wanted), str(job))
