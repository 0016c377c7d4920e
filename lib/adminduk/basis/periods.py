"""Periods: a date at which things stood, and the meeting that looks at it. One file, one period."""

from __future__ import annotations

from datetime import date
from typing import Any

from adminduk.basis.agenda import SECTIONS, Agenda, Agreed, load_agendas, period_ids, standing
from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.models import CHECK, Model, parse_model, read_yaml
from adminduk.basis.paths import Paths

__all__ = ["Deadline", "Meeting", "Period", "load_period", "period_ids"]


class Meeting(Model):
    """The meeting at which the pack lies on the table."""

    name: str
    """Full name of the meeting."""
    short: str
    """Its name in the page header."""
    place: str = ""
    """Where it is held."""
    date: date
    """The day; spoken statements up to it are told."""


class Deadline(Model):
    """A day by which something has to be reached."""

    name: str
    """What happens on that day."""
    date: date
    """The day by which the target is to be reached."""
    indicator: str
    """The indicator that has to be reached by then."""


class Period(Agenda):
    """A day at which things stood, and what is said and decided about it."""

    id: date
    """Not in the file: its name."""
    as_of: date
    """What is known by this day is told; the file is named after it."""
    compared_with: date | None = None
    """Changes are taken against this day or an earlier one."""
    meeting: Meeting | None = None
    """The meeting at which the pack lies on the table."""
    deadline: Deadline | None = None
    """A day by which something has to be reached."""
    asks: tuple[str, ...] = ()
    """Indicators that are otherwise shown only with a figure, and that this period wants from everybody."""
    agreed: tuple[Agreed, ...] = ()
    """Not in the file: what earlier periods decided, as it stands now."""

    @property
    def told_until(self) -> date:
        """The day up to which spoken statements without a figure are shown: that of the meeting."""
        return self.meeting.date if self.meeting else self.as_of

    @property
    def key(self) -> str:
        return self.id.isoformat()


def load_period(paths: Paths, period: str, data: str = "") -> Period:
    """The period of that id; ParameterError lists those that exist, or every mistake in its file.

    With the name of a simulated dataset programme and decisions are the ones that it brings.
    """
    _check_exists(paths, period)
    name = f"params/periods/{period}.yml"
    content = read_yaml(paths.period(period), name)
    content = content if isinstance(content, dict) else {}
    problems: list[Problem] = []
    loaded, agendas = None, {}
    try:
        loaded = _own(content, period, name)
    except ParameterError as error:
        problems.extend(error.problems)
    try:
        agendas = load_agendas(paths, period, data)
    except ParameterError as error:
        problems.extend(error.problems)
    if problems or loaded is None:
        raise ParameterError(*problems)
    return loaded.model_copy(update={**dict(agendas[period]), "agreed": standing(agendas, period)})


def _check_exists(paths: Paths, period: str) -> None:
    known = period_ids(paths)
    if period not in known:
        raise ParameterError(
            Problem(
                where="PERIOD",
                what=f"periode {period!r} tidak ada",
                expected=f"salah satu dari: {', '.join(known)}",
                next_step=f"{suggestion(period, known)} {_how_to_begin(period, known)}".strip(),
            )
        )


def _how_to_begin(period: str, known: list[str]) -> str:
    try:
        date.fromisoformat(period)
    except ValueError:
        return f"contoh: PERIOD={known[-1]}" if known else "buat satu berkas di params/periods/"
    return (
        f"Untuk periode baru, salin salah satu berkas di params/periods/ menjadi {period}.yml dan sesuaikan tanggalnya"
    )


def _own(content: dict[str, Any], period: str, name: str) -> Period:
    """What the file says besides the agenda; ParameterError with every mistake."""
    if "agreed" in content:
        next_step = "hapus; yang disepakati dihitung dari decisions dan follow_up"
        raise ParameterError(Problem(f"{name}: agreed", "kunci tidak dikenal", "tanpa kunci agreed", next_step))
    own = {key: value for key, value in content.items() if key not in SECTIONS}
    loaded = parse_model(Period, {"id": period, **own}, name)
    problems = [*_order(loaded, name)]
    if problems:
        raise ParameterError(*problems)
    return loaded


def _order(period: Period, name: str) -> list[Problem]:
    """Dates that contradict each other."""
    problems = []
    if period.id != period.as_of:
        problems.append(
            Problem(f"{name}: as_of", f"{period.as_of} tidak sama dengan nama berkas", f"{period.id}", CHECK)
        )
    if period.compared_with and period.compared_with >= period.as_of:
        problems.append(
            Problem(f"{name}: compared_with", "tidak lebih awal daripada as_of", f"hari sebelum {period.as_of}", CHECK)
        )
    if period.meeting and period.meeting.date < period.as_of:
        problems.append(
            Problem(f"{name}: meeting.date", "lebih awal daripada as_of", f"{period.as_of} atau sesudahnya", CHECK)
        )
    if period.deadline and period.deadline.date <= period.as_of:
        problems.append(
            Problem(f"{name}: deadline.date", "tidak lebih akhir daripada as_of", f"hari sesudah {period.as_of}", CHECK)
        )
    return problems
