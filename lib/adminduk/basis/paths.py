"""The only place that spells a path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from adminduk.basis.errors import ParameterError, Problem

ROOT_VARIABLE = "ADMINDUK_ROOT"


@dataclass(frozen=True)
class Paths:
    """Where everything of one project lies. ``root`` holds params/, data/ and notebooks/."""

    root: Path

    @property
    def params(self) -> Path:
        return self.root / "params"

    @property
    def indicators(self) -> Path:
        return self.params / "indicators"

    @property
    def periods(self) -> Path:
        return self.params / "periods"

    @property
    def packs(self) -> Path:
        return self.params / "packs"

    @property
    def villages(self) -> Path:
        """Code and name of every kelurahan and desa."""
        return self.params / "villages.csv"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def datasets(self) -> Path:
        return self.root / "data"

    def parameters(self, name: str) -> Path:
        """A file right under params/: regions, measures, sources."""
        return self.params / f"{name}.yml"

    def period(self, key: str) -> Path:
        return self.periods / f"{key}.yml"

    def table(self, dataset: str, table: str) -> Path:
        return self.dataset(dataset) / f"{table}.csv"

    def counts(self, dataset: str, large: bool) -> Path:
        """The table of counts, by columns where it is large."""
        return self.dataset(dataset) / ("counts.parquet" if large else "counts.csv")

    @property
    def opened(self) -> Path:
        """In the small project of one job: what was opened for its report already."""
        return self.root / "terbuka.pickle"

    @property
    def all_remarks(self) -> Path:
        """The offices' own paragraphs, one folder for each period."""
        return self.params / "remarks"

    def remarks(self, period: str, simulated: str = "") -> Path:
        """Those of one period; a simulated dataset, when named, brings its own."""
        return (self.dataset(simulated) / "remarks" if simulated else self.all_remarks) / period

    @property
    def lab_settings(self) -> Path:
        """What JupyterLab starts with; the user's own settings go before it."""
        return self.root / "lab"

    def readings(self, dataset: str) -> Path:
        """What a careful person read in the words of the received rows."""
        return self.dataset(dataset) / "readings.yml"

    def simulated_period(self, dataset: str, key: str) -> Path:
        """Programme and decisions that a simulated dataset brings for a period."""
        return self.dataset(dataset) / "periods" / f"{key}_simulasi.yml"

    def notebook(self, name: str) -> Path:
        return self.notebooks / f"{name}.ipynb"

    def dataset(self, name: str) -> Path:
        return self.datasets / name

    def received(self, name: str) -> Path:
        return self.dataset(name) / "received"

    def lock(self, dataset: str) -> Path:
        """Held by the one who writes; beside the dataset, which may not exist yet."""
        return self.datasets / f".{dataset}.kunci"

    def transaction(self, dataset: str, key: str) -> Path:
        """Where changes of a dataset gather before they are valid."""
        return self.dataset(dataset) / f".transaksi-{key}"

    def planted(self, name: str) -> Path:
        """What the checks must find in a simulated dataset."""
        return self.dataset(name) / "cacat_tertanam.csv"

    def deliveries(self, name: str) -> Path:
        """The files that would have led to a simulated dataset."""
        return self.dataset(name) / "kiriman_simulasi"

    @property
    def outputs(self) -> Path:
        """Everything that was printed."""
        return self.root / "outputs"

    def desk(self, period: str, folder: str, simulated: bool) -> Path:
        """Where single reports of one region and period lie; simulated ones apart from real ones."""
        return (self.outputs / "simulasi" if simulated else self.outputs) / period / folder

    def editions(self, dataset: str) -> Path:
        """Where the editions of a dataset lie; one that is there is never changed."""
        return self.outputs / "editions" / dataset

    def edition(self, dataset: str, name: str) -> Path:
        return self.editions(dataset) / name

    def current_edition(self, dataset: str, period: str) -> Path:
        """A file with the name of the edition in force."""
        return self.editions(dataset) / f"{period}.current"

    def letters(self, dataset: str, name: str) -> Path:
        """Where the messages lie that an edition would be sent with."""
        return self.outputs / "kiriman" / dataset / name

    @property
    def sent(self) -> Path:
        """What was sent to whom, of all editions."""
        return self.outputs / "kiriman.sqlite3"

    @property
    def locked(self) -> Path:
        """The versions of everything we use."""
        return self.root / "requirements.lock"

    def shelf(self, key: str) -> Path:
        """Where a report that was made stands until what it depends on changes."""
        return self.outputs / "rak" / key

    @property
    def audits(self) -> Path:
        """Where published percentages stand beside what their counts give, one set of files for each dataset."""
        return self.outputs / "audit"

    def form(self, name: str) -> Path:
        """Where an empty form lies that is to be sent to an office."""
        return self.outputs / "formulir" / f"{name}.xlsx"

    @property
    def bench(self) -> Path:
        """What the benchmark measured."""
        return self.outputs / "bench"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def relative(self, path: Path) -> str:
        """``path`` as a reader of a message knows it: from the root, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def is_root(folder: Path) -> bool:
    return (folder / "params" / "regions.yml").is_file() and (folder / "notebooks").is_dir()


def find_paths() -> Paths:
    """The project: named by ADMINDUK_ROOT, else around the working directory, else around this file."""
    named = os.environ.get(ROOT_VARIABLE)
    if named:
        candidates = [Path(named)]
    else:
        here, library = Path.cwd(), Path(__file__).resolve()
        candidates = [here, *here.parents, *library.parents]
    for folder in candidates:
        if is_root(folder):
            return Paths(folder.resolve())
    raise ParameterError(
        Problem(
            where=named or str(Path.cwd()),
            what="folder proyek tidak ditemukan",
            expected="folder yang memuat params/regions.yml dan notebooks/",
            next_step=f"jalankan dari folder proyek, atau isi {ROOT_VARIABLE}",
        )
    )
