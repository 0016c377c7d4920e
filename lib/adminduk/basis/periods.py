"""Periods: a date at which things stood, and the meeting that looks at it. One file, one period."""

from __future__ import annotations

from datetime import date

from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.models import Model, parse_model, read_yaml
from adminduk.basis.paths import Paths


class Meeting(Model):
    """The meeting at which the pack lies on the table. ``short`` stands in the page header."""

    name: str
    short: str
    place: str = ""
    date: date


class Deadline(Model):
    """A day by which something has to be reached."""

    name: str
    date: date
    indicator: str


class Period(Model):
    """What is known by ``as_of`` is told; changes are taken against ``compared_with`` or earlier.

    ``asks`` names indicators that are otherwise shown only where there is a figure, and that this period
    wants from everybody.
    """

    id: date
    as_of: date
    compared_with: date | None = None
    meeting: Meeting | None = None
    deadline: Deadline | None = None
    asks: tuple[str, ...] = ()
    remark: str = ""

    @property
    def told_until(self) -> date:
        """The day up to which spoken statements without a figure are shown: that of the meeting."""
        return self.meeting.date if self.meeting else self.as_of

    @property
    def key(self) -> str:
        return self.id.isoformat()


def period_ids(paths: Paths) -> list[str]:
    return sorted(path.stem for path in paths.periods.glob("*.yml"))


def load_period(paths: Paths, period: str) -> Period:
    """The period of that id; ParameterError lists those that exist."""
    known = period_ids(paths)
    if period not in known:
        raise ParameterError(
            Problem(
                where="PERIOD",
                what=f"periode {period!r} tidak ada",
                expected=f"salah satu dari: {', '.join(known)}",
                next_step=f"{suggestion(period, known)} Untuk periode baru, salin salah satu berkas di params/periods/ "
                f"menjadi {period}.yml dan sesuaikan tanggalnya".strip(),
            )
        )
    name = f"params/periods/{period}.yml"
    content = read_yaml(paths.period(period), name)
    content = content if isinstance(content, dict) else {}
    loaded = parse_model(Period, {"id": period, **content}, name)
    problems = [*_order(loaded, name)]
    if problems:
        raise ParameterError(*problems)
    return loaded


def _order(period: Period, name: str) -> list[Problem]:
    """Dates that contradict each other."""
    problems = []
    if period.id != period.as_of:
        problems.append(Problem(f"{name}: as_of", f"{period.as_of} tidak sama dengan nama berkas", f"{period.id}"))
    if period.compared_with and period.compared_with >= period.as_of:
        problems.append(Problem(f"{name}: compared_with", "tidak lebih awal daripada as_of"))
    if period.meeting and period.meeting.date < period.as_of:
        problems.append(Problem(f"{name}: meeting.date", "lebih awal daripada as_of"))
    if period.deadline and period.deadline.date <= period.as_of:
        problems.append(Problem(f"{name}: deadline.date", "tidak lebih akhir daripada as_of"))
    return problems
