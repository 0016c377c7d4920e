"""A copy of the project to print in, with the simulated edition; made when it is first asked for."""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path

from adminduk.basis.defaults import PERIOD
from adminduk.basis.paths import Paths
from adminduk.ingest.simulation.messy import write_demo
from adminduk.publish.edition import make_packs

DEMO = "demo"
_COPIED = ("params", "notebooks", "lab", "data/published")


class Scratch:
    """The project again in ``folder``."""

    def __init__(self, paths: Paths, folder: Path) -> None:
        self.folder = folder
        for name in _COPIED:
            shutil.copytree(paths.root / name, folder / "proyek" / name)
        self.paths = Paths(folder / "proyek")

    @cached_property
    def demo(self) -> str:
        """The name of the simulated dataset, which is there from now on."""
        return write_demo(self.paths, "kecamatan", refusal=False)

    @cached_property
    def edition(self) -> Path:
        """The folder of the simulated edition: every pack and document, bound."""
        return make_packs(self.paths, PERIOD, self.demo, lambda done, of, name: None).path
