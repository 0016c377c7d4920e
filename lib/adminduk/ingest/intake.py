"""Files as received taken into a dataset, and the offices' word that its figures stand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.checks import Finding
from adminduk.basis.datasets import Changes, check_name, commit, locked
from adminduk.basis.errors import DataError, Problem, UserError
from adminduk.basis.paths import Paths
from adminduk.basis.places import Places, load_places
from adminduk.basis.releases import Release
from adminduk.basis.rows import NIK
from adminduk.basis.sources import Sources, load_sources
from adminduk.ingest.confirmation import confirm, office
from adminduk.ingest.files.privacy import personal
from adminduk.ingest.files.workbooks import open_workbook
from adminduk.ingest.ledger import Row
from adminduk.ingest.merge import Merge, Merged, Taken, Totals, regencies, totals
from adminduk.ingest.refusals import Refusals
from adminduk.ingest.sheets.addresses import plain
from adminduk.ingest.sheets.extract import extract
from adminduk.ingest.sheets.recognise import recognise

__all__ = ["Delivery", "Entry", "Receipt", "confirm", "office", "take_in"]

_LONGEST = 72  # letters of a file's name, without its ending
# What no file system or spreadsheet may take for anything but a letter of a name.
_UNSAFE = re.compile(r'[<>:"/\\|?*]|^[. ]+|[. ]+$')


@dataclass(frozen=True)
class Delivery:
    """A file and what is said of it; a form says its own day, and may come without ``as_of``."""

    path: Path
    as_of: date | None = None
    source: str = ""
    denominator: str = ""


@dataclass(frozen=True)
class Entry:
    """What became of one file.

    ``new``, ``same``, ``replaced`` count its figures and percentages; ``left`` those of earlier files of its
    statement and regions that it does not speak of, which stay; ``summed_again`` sums made of earlier files that
    had to be made anew. ``totals``: see ``merge.totals``. ``repeated``: the file had been taken in before.
    """

    file: str
    layout: str
    title: str
    as_of: str
    regions: tuple[str, ...]
    rows: int
    new: int
    same: int
    replaced: int
    left: int
    summed_again: int
    totals: Totals
    ignored: tuple[str, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    repeated: bool


@dataclass(frozen=True)
class Receipt:
    """What taking in files changed in a dataset."""

    dataset: str
    entries: tuple[Entry, ...]

    @property
    def changed(self) -> bool:
        return not all(entry.repeated for entry in self.entries)


@dataclass(frozen=True)
class _Known:
    """What files are read by."""

    sources: Sources
    catalog: Catalog
    places: Places
    today: date


def take_in(
    paths: Paths, dataset: str, deliveries: Sequence[Delivery], replace: bool = False, today: date | None = None
) -> Receipt:
    """Read files and add what they say to a dataset, which is made when it is the first time: all of them or none.

    With ``replace`` different figures take the place of what the same statement said before; the old ones are kept
    in a table of their own. ParameterError when only what was said of the files is wrong, else DataError; in both
    cases with everything that is wrong in any of them, and then nothing has changed.
    """
    check_name(dataset)
    known = _Known(load_sources(paths), load_catalog(paths), load_places(paths), today or date.today())
    taken = _each(deliveries, lambda delivery: _read(delivery, known))
    with locked(paths, dataset):
        tables = _tables(paths, dataset)
        _refuse_mixture(tables, taken, dataset)
        merge = Merge(tables, taken, known.catalog, known.places, datetime.now(UTC).isoformat(timespec="seconds"))
        given = list(zip(deliveries, taken, strict=True))
        entries = _each(given, lambda pair: _add(*pair, merge, Refusals(known.catalog, known.places, dataset), replace))
        if not all(entry.repeated for entry in entries):
            commit(paths, dataset, Changes(merge.tables(), _received(paths, dataset, taken)))
    return Receipt(dataset, tuple(entries))


def _each(items: Sequence, step: Callable) -> list:
    """The step for every item; what is wrong with any of them is raised together."""
    done, errors = [], []
    for item in items:
        try:
            done.append(step(item))
        except UserError as error:
            errors.append(error)
    if errors:
        kind = type(errors[0]) if len({type(error) for error in errors}) == 1 else DataError
        raise kind(*(problem for error in errors for problem in error.problems))
    return done


def _read(delivery: Delivery, known: _Known) -> Taken:
    """One file opened, looked through for personal data, recognised and read."""
    name = _stored_name(delivery.path)
    workbook = replace(open_workbook(delivery.path, known.sources.limits), name=name)
    problems = personal(workbook, known.places)
    if problems:
        raise DataError(*problems)
    match = recognise(workbook, known.sources.layouts, delivery.source)
    release = Release.parse(delivery.denominator)
    denominator = release.id if release else delivery.denominator.strip().lower()
    said = extract(workbook, match, delivery.as_of, denominator, known.places, known.catalog, known.today)
    as_of = (delivery.as_of or said.as_of).isoformat()
    return Taken(name, workbook.sha256, workbook.content, as_of, denominator, said, workbook.notes)


def _stored_name(path: Path) -> str:
    """The name as it can be kept everywhere, and in a cell; DataError when it names a person."""
    if NIK.search(path.name):
        what = "nama berkas memuat bilangan 16 angka, seperti NIK"
        raise DataError(Problem("FILE", what, "nama berkas tanpa nomor seseorang", "ganti nama berkasnya, lalu ulangi"))
    stem = _UNSAFE.sub("_", plain(path.stem)[:_LONGEST])
    return f"{stem}{path.suffix.lower()}"


def _tables(paths: Paths, dataset: str) -> dict[str, pd.DataFrame]:
    if dataset in frames.datasets(paths):
        return frames.read_dataset(paths, dataset)
    return {table: frames.empty(table) for table in (*frames.REQUIRED, *frames.OPTIONAL)}


def _refuse_mixture(tables: dict[str, pd.DataFrame], taken: Sequence[Taken], dataset: str) -> None:
    """Simulated and real figures never stand in one dataset: every page of it would say that it is simulated."""
    kinds = {file.file: any("simulasi" in row["id"] for row in file.extract.sources) for file in taken}
    first = frames.is_simulated(tables) if len(tables["sources"]) else next(iter(kinds.values()), False)
    words = {True: "simulasi", False: "sebenarnya"}
    wrong = [
        Problem(
            file,
            f"berisi angka {words[kind]}, sedangkan kumpulan data {dataset} berisi angka {words[first]}",
            "kumpulan data tersendiri untuk angka simulasi",
            "pilih kumpulan data lain dengan DATA=...",
        )
        for file, kind in kinds.items()
        if kind != first
    ]
    if wrong:
        raise DataError(*wrong)


def _received(paths: Paths, dataset: str, taken: Sequence[Taken]) -> dict[str, bytes]:
    """The files to keep; one whose name is taken by another content gets part of its hash into its name."""
    found: dict[str, bytes] = {}
    seen: dict[str, bytes] = {}  # as a file system sees names that knows no capitals
    for file in taken:
        name = PurePosixPath(file.stored)
        hashed = name.with_name(f"{name.stem}-{file.sha256[:8]}{name.suffix}")
        for choice in (name.as_posix(), hashed.as_posix()):
            there = paths.received(dataset) / choice
            content = seen.get(choice.casefold()) or (there.read_bytes() if there.exists() else None)
            if content is None:
                found[choice] = seen[choice.casefold()] = content = file.content
            if hashlib.sha256(content).hexdigest() == file.sha256:
                break
    return found


def _add(delivery: Delivery, file: Taken, merge: Merge, refusals: Refusals, replace: bool) -> Entry:
    """One file added to the tables; DataError when it contradicts itself or, unless ``replace``, what is there."""
    said = file.extract
    counts = [*said.counts, *_borrowed(file, merge, refusals)]
    rivals = [*merge.counts.rivals(counts), *merge.claims.rivals(said.claims)]
    if rivals:
        raise DataError(*refusals.rivals(file.file, rivals))
    merged = merge.add(file, counts)
    changed = [*merged.counts.changed, *merged.claims.changed]
    if changed and not replace:
        raise DataError(refusals.differing(file.file, changed, _given(delivery)))
    return _entry(file, counts, merged)


def _borrowed(file: Taken, merge: Merge, refusals: Refusals) -> list[Row]:
    """The denominators of a release that the dataset holds, for a recap that was said to rest on it."""
    if file.extract.layout.base != "dipinjam" or not Release.parse(file.denominator):
        return []
    if file.denominator not in merge.releases():
        raise DataError(refusals.no_release(file.denominator, merge.releases()))
    return merge.borrowed(file.denominator, file.extract)


def _given(delivery: Delivery) -> dict[str, str]:
    """What the user typed, by the names of make."""
    as_of = delivery.as_of.isoformat() if delivery.as_of else ""
    told = {"FILE": str(delivery.path), "AS_OF": as_of, "SOURCE": delivery.source, "DENOMINATOR": delivery.denominator}
    return {name: value for name, value in told.items() if value}


def _entry(file: Taken, counts: Sequence[Row], merged: Merged) -> Entry:
    both = (merged.counts, merged.claims)
    return Entry(
        file=file.file,
        layout=file.extract.layout.id,
        title=file.extract.layout.title,
        as_of=file.as_of,
        regions=tuple(regencies(file.extract)),
        rows=len(counts) + len(file.extract.claims),
        new=sum(outcome.new for outcome in both),
        same=sum(outcome.same for outcome in both),
        replaced=sum(len(outcome.changed) for outcome in both),
        left=sum(outcome.left for outcome in both),
        summed_again=merged.summed_again,
        totals=totals(counts),
        ignored=tuple(file.extract.ignored),
        findings=tuple(Finding.from_row(row) for row in file.extract.findings),
        notes=file.notes,
        repeated=merged.repeated,
    )
