"""What is said of a file when it is handed in: its day, and which denominators it was reported against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from adminduk.basis.errors import DataError, ParameterError, Problem, suggestion
from adminduk.basis.layouts import Day, Layout
from adminduk.basis.releases import Release
from adminduk.ingest.files.workbooks import Value
from adminduk.ingest.sheets.days import read_when
from adminduk.ingest.sheets.rows import is_blank

MOVING = "dinamis"


@dataclass(frozen=True)
class Terms:
    """``release``: the DKB that DENOMINATOR names; ``moving``: it says dinamis. Nothing is dated after ``today``."""

    as_of: date | None
    release: Release | None
    moving: bool
    today: date

    def day_of(self, value: Value, day: Day | None) -> date | str:
        """The day of a row whose cell of dates says ``value``, or what is wrong with it.

        Beside AS_OF a layout has either that day only (words that name no day contradict none), or days up to it.
        """
        if self.as_of and (day is None or is_blank(value)):
            return self.as_of
        when = read_when(value)
        if self.as_of and day and day.beside == "sama":
            fits = when is None or when.first <= self.as_of <= when.last
            return self.as_of if fits else f"keadaan {when}, padahal AS_OF {self.as_of}"
        if when is None or when.precision != "hari":
            return "bukan tanggal"
        latest = min(self.today, self.as_of or self.today)
        return when.first if when.first <= latest else f"{when} sesudah {latest}"


def read_terms(layout: Layout, as_of: date | None, denominator: str, today: date) -> Terms:
    """AS_OF and DENOMINATOR held against what the layout needs.

    ParameterError with everything that does not fit; DataError for a day that has not come.
    """
    text = denominator.strip()
    release, moving = Release.parse(text), text.casefold() == MOVING
    problems = [*_wrong_day(layout, as_of), *_wrong_denominator(layout, text, release, moving)]
    if release and as_of and release.as_of > as_of:
        problems.append(
            Problem(
                "DENOMINATOR",
                f"{release.id} lebih baru daripada AS_OF {as_of}",
                "DKB sebelum AS_OF",
                "perbaiki DENOMINATOR atau AS_OF",
            )
        )
    if problems:
        raise ParameterError(*problems)
    if as_of and as_of > today:
        raise DataError(Problem("AS_OF", f"{as_of} belum tiba", f"paling akhir {today}", "perbaiki tanggalnya"))
    return Terms(as_of, release, moving, today)


def needs_day(layout: Layout) -> Problem:
    """AS_OF is missing, and the file does not say it."""
    return Problem("AS_OF", "belum diisi", f"tanggal keadaan {layout.title}", "contoh: AS_OF=2024-11-15")


def _wrong_day(layout: Layout, as_of: date | None) -> Iterator[Problem]:
    if as_of is None and not layout.day and not layout.labels:
        yield needs_day(layout)
    if as_of and layout.base == "rilis" and Release.of(as_of) is None:
        yield Problem(
            "AS_OF",
            f"{as_of} bukan akhir semester",
            "30 Juni atau 31 Desember, tanggal sebuah DKB",
            "contoh: AS_OF=2024-06-30",
        )


def _wrong_denominator(layout: Layout, text: str, release: Release | None, moving: bool) -> Iterator[Problem]:
    if not text:
        return
    if layout.base in ("berkas", "rilis"):
        where = "berkasnya sendiri menyebut penyebutnya"
        yield Problem("DENOMINATOR", f"tidak dipakai untuk layout {layout.id}", where, "hapus DENOMINATOR")
    elif release is None and not (moving and layout.base != "dipinjam"):
        expected = "DKB-2024-S1 (30 Juni) atau DKB-2024-S2 (31 Desember)"
        expected += "" if layout.base == "dipinjam" else f", atau {MOVING}"
        yield Problem(
            "DENOMINATOR",
            f"{text!r} bukan penyebut",
            expected,
            suggestion(text, ("DKB-2024-S1", MOVING)) or "contoh: DENOMINATOR=DKB-2024-S1",
        )
