"""A job is a value: which notebook, for which region, period and dataset. Checked before anything runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import ValidationError

from adminduk.basis import frames
from adminduk.basis.defaults import INTERNAL, NOTEBOOK, RECONCILIATION
from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.basis.periods import Period, load_period
from adminduk.basis.places import load_places
from adminduk.basis.regions import Region, load_regions
from adminduk.basis.rulebook import load_rulebook
from adminduk.publish.gate import check_printable

PARAMETERS_TAG = "parameters"


@dataclass(frozen=True)
class Job:
    """One report to print."""

    notebook: str
    region: Region
    period: Period
    data: str
    simulated: bool

    @property
    def parameters(self) -> dict[str, str]:
        return {"region": self.region.code, "period": self.period.key, "data": self.data}

    @property
    def stem(self) -> str:
        """The file name without its ending, sortable and plain: ``64.71_kota-balikpapan_2024-11-12``.

        What is not the region's briefing names its notebook behind it.
        """
        if self.notebook == RECONCILIATION:
            return self.data
        return self.beside("" if self.notebook == NOTEBOOK else self.notebook)

    def beside(self, name: str) -> str:
        """The name of another document of the same region and period."""
        return "_".join(filter(None, (self.folder, self.period.key, name)))

    @property
    def folder(self) -> str:
        return f"{self.region.code}_{self.region.slug}"

    def desk(self, paths: Paths) -> Path:
        """The folder it is printed into; the reconciliation, which is of a dataset, apart from regions' reports."""
        if self.notebook == RECONCILIATION:
            return paths.audits
        return paths.desk(self.period.key, self.folder, self.simulated)

    def __str__(self) -> str:
        return f"{self.region.name}, {self.period.key}, notebook {self.notebook}"


def plan(paths: Paths, region: str, period: str, data: str, notebook: str = NOTEBOOK) -> Job:
    """The job that was asked for; errors as ``planned``."""
    return planned(paths, region, period, data, notebook)[0]


def planned(paths: Paths, region: str, period: str, data: str, notebook: str) -> tuple[Job, dict[str, pd.DataFrame]]:
    """The job that was asked for, and the tables of its dataset; ParameterError with everything that does not exist.

    DataError for figures that cannot be used, or that keep the region from being printed.
    """
    check_params(paths)
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    steps = {
        "region": lambda: load_regions(paths).find(region),
        "period": lambda: load_period(paths, period, data),
        "tables": lambda: _tables(paths, data, found.get("region")),
        "notebook": lambda: _existing(paths, notebook),
    }
    for name, step in steps.items():
        try:
            found[name] = step()
        except ParameterError as error:
            problems.extend(error.problems)
    if problems:
        raise ParameterError(*problems)
    tables = found.pop("tables")
    job = Job(data=data, simulated=frames.is_simulated(tables), **found)
    check_parameters(paths.notebook(notebook), job.parameters)
    if notebook not in INTERNAL:
        check_printable(load_rulebook(paths), tables, job.region, job.period)
    return job, tables


def _tables(paths: Paths, data: str, region: Region | None) -> dict[str, pd.DataFrame]:
    """The dataset, which must be one that can be used, as far as a region's report needs it."""
    tables = frames.read_dataset(paths, data, region.code if region else "")
    frames.check_regions(tables, load_places(paths).codes(), data)
    return tables


def _existing(paths: Paths, notebook: str) -> str:
    known = sorted(path.stem for path in paths.notebooks.glob("*.ipynb"))
    if notebook not in known:
        raise ParameterError(
            Problem(
                "NOTEBOOK",
                f"notebook {notebook!r} tidak ada",
                f"salah satu dari: {', '.join(known)}",
                suggestion(notebook, known) or "pilih salah satunya, atau buat dengan make new NOTEBOOK=...",
            )
        )
    return notebook


def check_parameters(path: Path, given: Mapping[str, Any]) -> None:
    """Hold parameters against those the notebook declares: name and type.

    papermill itself only warns of one that the notebook does not know, and then prints the default region's
    figures under another region's name.
    """
    declared = declared_parameters(path)
    problems = [*_unknown(path, declared, given), *_unset(path, declared, given)]
    for name in declared.keys() & given.keys():
        wanted, got = type(declared[name]), type(given[name])
        if wanted is not got:
            problems.append(
                Problem(
                    f"{path.name}: parameter {name}",
                    f"{given[name]!r} berjenis {got.__name__}",
                    wanted.__name__,
                    "ubah nilai di sel bertanda parameters",
                )
            )
    if problems:
        raise ParameterError(*problems)


def _unknown(path: Path, declared: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Problem]:
    for name in sorted(given.keys() - declared.keys()):
        yield Problem(
            f"{path.name}: parameter {name}",
            "tidak dikenal oleh notebook",
            f"salah satu dari: {', '.join(declared) or '(tidak ada)'}",
            suggestion(name, declared) or "periksa sel bertanda parameters",
        )


def _unset(path: Path, declared: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Problem]:
    """A declared parameter that a run would leave at its default: the wrong region under the right name."""
    for name in sorted(declared.keys() - given.keys()):
        yield Problem(
            f"{path.name}: parameter {name}",
            "tidak diisi oleh pencetakan",
            f"hanya parameter ini: {', '.join(given)}",
            suggestion(name, given) or "hapus dari sel bertanda parameters",
        )


def declared_parameters(path: Path) -> dict[str, Any]:
    """Names and default values of the notebook's ``parameters`` cell, which holds literals only."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, ValidationError) as error:
        what = "bukan notebook Jupyter yang utuh"
        raise ParameterError(Problem(path.name, what, "berkas .ipynb", "buka dan simpan di JupyterLab")) from error
    tagged = [cell for cell in notebook.cells if PARAMETERS_TAG in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise ParameterError(
            Problem(path.name, f"{len(tagged)} sel bertanda {PARAMETERS_TAG}", "tepat satu", "tandai sel parameternya")
        )
    try:
        return dict(_literals(ast.parse(tagged[0].source)))
    except (SyntaxError, ValueError) as error:
        raise ParameterError(
            Problem(
                f"{path.name}: sel {PARAMETERS_TAG}",
                _told(error),
                'nama = nilai tetap, mis. region = "64.71"',
                "salin sel itu dari notebook lain",
            )
        ) from error


def _told(error: SyntaxError | ValueError) -> str:
    """What Python says of a cell, in words; our own messages as they are."""
    if isinstance(error, SyntaxError):
        return f"baris {error.lineno} bukan Python yang benar"
    return str(error) if str(error).startswith("baris") else "memuat nilai yang bukan nilai tetap"


def _literals(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
        if not isinstance(node, ast.Assign) or not isinstance(target, ast.Name):
            raise ValueError(f"baris {node.lineno} bukan penetapan nilai")
        yield target.id, ast.literal_eval(node.value)
