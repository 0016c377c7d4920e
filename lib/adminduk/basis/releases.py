"""DKB releases: the register consolidated on 30 June (Semester I) and 31 December (Semester II)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ID = re.compile(r"DKB-(\d{4})-S([12])", re.IGNORECASE)
DKB_DAYS = "30 Juni atau 31 Desember, hari DKB"
_LAST_DAYS = {1: (6, 30), 2: (12, 31)}


@dataclass(frozen=True)
class Release:
    """One semester of the register. ``id`` is also the statement of its counts: ``DKB-2024-S1``."""

    year: int
    semester: int

    @property
    def id(self) -> str:
        return f"DKB-{self.year}-S{self.semester}"

    @property
    def as_of(self) -> date:
        """The day at which the register stood."""
        return date(self.year, *_LAST_DAYS[self.semester])

    @classmethod
    def parse(cls, text: str) -> Release | None:
        """``DKB-2024-S1`` in any case; None for anything else."""
        found = _ID.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) else None

    @classmethod
    def of(cls, day: date) -> Release | None:
        """The release that stood at ``day``; None when it is not the end of a semester."""
        semester = {last: number for number, last in _LAST_DAYS.items()}.get((day.month, day.day))
        return cls(day.year, semester) if semester else None
