"""The agenda of a period: the programme as the planning documents have it, and what was agreed and became of it.

Keys are the words of the documents. A simulated dataset brings an agenda of its own, which stands in place of that
of the period's file; a real one never does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import ValidationInfo, field_validator

from adminduk.basis import frames, transactions
from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.models import Model, parse_model, parse_yaml, read_yaml, wrong
from adminduk.basis.paths import Paths
from adminduk.basis.programme import (
    Count,
    Known,
    Newcomers,
    Outreach,
    Place,
    Planned,
    ProgramLine,
    Text,
    Words,
    load_known,
)

__all__ = ["Agenda", "Agreed", "Decision", "FollowUp", "Newcomers", "Outreach", "ProgramLine", "agreed"]

Status = Literal["disepakati", "berjalan", "selesai", "batal"]
_CLOSED = ("selesai", "batal")


class Decision(Model):
    """What was agreed: by whom it is due, and when."""

    nomor: Count
    """Number in the minutes; once in a period."""
    keputusan: Text
    """What was agreed, in the words of the minutes."""
    penanggung_jawab: tuple[Place, ...]
    """Codes of the regions that have to do it."""
    tenggat: date
    """The day it is due; not before the period."""
    indikator: Planned | None = None
    """Indicator or programme action that it is about."""
    status: Status = "disepakati"
    """How it stands."""

    @field_validator("tenggat")
    @classmethod
    def _ahead(cls, value: date, info: ValidationInfo) -> date:
        if info.context and value.isoformat() < info.context.key:
            raise wrong(f"lebih awal daripada periode {info.context.key}", "hari itu atau sesudahnya")
        return value

    @field_validator("penanggung_jawab")
    @classmethod
    def _somebody(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise wrong("wajib diisi", "isi yang tidak kosong")
        return value


class FollowUp(Model):
    """What became of decision ``nomor`` of an earlier period."""

    period: date
    """Period that took the decision."""
    nomor: Count
    """Its number there."""
    status: Status
    """How it stands now; a closed one is not told again."""
    hasil: Words = ""
    """What came of it."""

    @property
    def decision(self) -> tuple[str, int]:
        return self.period.isoformat(), self.nomor


class Agenda(Model):
    """The sections of a period's file that speak of programme and decisions."""

    program: tuple[ProgramLine, ...] = ()
    """Programme and activities, one entry for each activity and executor."""
    newcomers: tuple[Newcomers, ...] = ()
    """Who joins a base next year."""
    outreach: Outreach | None = None
    """Team days of outreach to be shared out."""
    decisions: tuple[Decision, ...] = ()
    """What this meeting agreed."""
    follow_up: tuple[FollowUp, ...] = ()
    """What became of earlier decisions."""

    @field_validator("decisions", "follow_up", "newcomers")
    @classmethod
    def _distinct(cls, value: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
        keys = {"decisions": ("nomor",), "follow_up": ("period", "nomor"), "newcomers": ("indikator", "lokasi")}
        fields = keys[str(info.field_name)]
        found = Counter(" ".join(str(getattr(entry, field)) for field in fields) for entry in value)
        twice = [f"{' '.join(fields)} {key} ditulis {n} kali" for key, n in found.items() if n > 1]
        if twice:
            raise wrong("; ".join(twice), "setiap nomor atau tempat satu kali")
        return value


SECTIONS = tuple(Agenda.model_fields)


@dataclass(frozen=True)
class Agreed:
    """A decision of the period ``period`` with what is known of it now; ``hasil`` is empty while nothing was told."""

    decision: Decision
    period: str
    status: Status
    hasil: str = ""


def period_ids(paths: Paths) -> list[str]:
    return sorted(path.stem for path in paths.periods.glob("*.yml"))


def load_agendas(paths: Paths, period: str, data: str = "") -> dict[str, Agenda]:
    """The agenda of every period up to that one, oldest first; ParameterError with the mistakes of all of them."""
    known: Known | None = None
    found: dict[str, Agenda] = {}
    problems: list[Problem] = []
    for key in (key for key in period_ids(paths) if key <= period):
        name, content = _stated(paths, key, data)
        if content:
            known = known or load_known(paths)
        try:
            found[key] = parse_agenda(content, name, key, known)
        except ParameterError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_unknown_decisions(found, key, name))
    if problems:
        raise ParameterError(*problems)
    return found


def parse_agenda(content: Any, name: str, key: str, known: Known | None) -> Agenda:
    """The sections as one agenda, held against what is known; ParameterError lists every mistake."""
    context = Known(known.coverages, known.planned, known.codes, key) if known else None
    return parse_model(Agenda, content, name, context)


def agreed(paths: Paths, period: str, data: str = "") -> tuple[Agreed, ...]:
    """The decisions of all earlier periods as they stand at ``period``, oldest first.

    One that an earlier period already knew as done or dropped is left out.
    """
    return standing(load_agendas(paths, period, data), period)


def standing(agendas: Mapping[str, Agenda], period: str) -> tuple[Agreed, ...]:
    """As ``agreed``, of agendas that were loaded."""
    found: dict[tuple[str, int], Agreed] = {}
    for key in sorted(key for key in agendas if key <= period):
        found = {name: one for name, one in found.items() if one.status not in _CLOSED}
        for told in agendas[key].follow_up:
            if told.decision in found:
                earlier = found[told.decision]
                found[told.decision] = Agreed(earlier.decision, earlier.period, told.status, told.hasil)
        if key < period:
            found |= {(key, one.nomor): Agreed(one, key, one.status) for one in agendas[key].decisions}
    return tuple(one for one in found.values())


def _unknown_decisions(agendas: Mapping[str, Agenda], period: str, name: str) -> Iterable[Problem]:
    """What is told of a decision that no earlier period took."""
    known = {(key, one.nomor) for key, agenda in agendas.items() if key < period for one in agenda.decisions}
    for number, told in enumerate(agendas[period].follow_up, start=1):
        if told.decision not in known:
            listed = ", ".join(f"{key} nomor {n}" for key, n in sorted(known))
            what = f"keputusan nomor {told.nomor} pada periode {told.period} tidak ada"
            next_step = "perbaiki period dan nomor; yang diputuskan ada di decisions periode itu"
            yield Problem(f"{name}: follow_up ke-{number}", what, listed or "keputusan periode sebelumnya", next_step)


def _stated(paths: Paths, key: str, data: str) -> tuple[str, Any]:
    """The file that speaks for this period and dataset, as messages call it, and its sections as written."""
    overlay = paths.simulated_period(data, key) if data else None
    if overlay is not None:
        name = overlay.relative_to(paths.dataset(data)).as_posix()
        content = transactions.read(paths, data, [name]).get(name)
        if content is not None:
            return f"data/{data}/{name}", _simulated(paths, data, name, content)
    name = f"params/periods/{key}.yml"
    stated = read_yaml(paths.period(key), name)
    stated = stated if isinstance(stated, dict) else {}
    return name, {section: stated[section] for section in SECTIONS if section in stated}


def _simulated(paths: Paths, data: str, name: str, content: bytes) -> Any:
    """The sections of a simulated agenda, which may only stand beside simulated figures."""
    if not frames.is_simulation(paths, data):
        where, expected = f"data/{data}/{name}", "agenda simulasi hanya di kumpulan data simulasi"
        raise ParameterError(Problem(where, f"data/{data} bukan data simulasi", expected, "hapus berkas ini"))
    return parse_yaml(content, f"data/{data}/{name}") or {}
