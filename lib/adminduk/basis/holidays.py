"""Days on which nobody is served: public holidays of Indonesia, and local ones that params state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import holidays
from pydantic import Field, ValidationInfo, field_validator

from adminduk.basis.models import Model, parse_model, read_yaml, wrong
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Regions

_NAME = "params/holidays.yml"
Text = Annotated[str, Field(min_length=1)]


class LocalHoliday(Model):
    """Days off that the national calendar does not have."""

    start: Annotated[date, Field(alias="from")]
    """First day off."""
    until: date | None = None
    """Last day off; one day when absent."""
    name: Text
    """What is celebrated."""
    scope: tuple[str, ...] = ()
    """Codes of the regions; all of them when empty."""
    source: Text
    """Where it was decreed."""

    @field_validator("until")
    @classmethod
    def _after(cls, value: date | None, info: ValidationInfo) -> date | None:
        if value and "start" in info.data and value < info.data["start"]:
            raise wrong("lebih awal daripada from", "hari from atau sesudahnya")
        return value

    @field_validator("scope")
    @classmethod
    def _known(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        unknown = [code for code in value if code not in info.context] if info.context else []
        if unknown:
            raise wrong(f"wilayah {', '.join(unknown)} tidak ada", ", ".join(sorted(info.context)))
        return value

    def applies_to(self, code: str) -> bool:
        """Whether it is one for that region: named itself, or lying in one that is."""
        return not self.scope or any(code == named or code.startswith(f"{named}.") for named in self.scope)

    @property
    def days(self) -> frozenset[date]:
        last = self.until or self.start
        return frozenset(self.start + timedelta(days=n) for n in range((last - self.start).days + 1))


class LocalHolidays(Model):
    """params/holidays.yml."""

    local: tuple[LocalHoliday, ...]
    """Holidays that the national calendar does not have; may be empty (`[]`)."""


def load_holidays(paths: Paths, regions: Regions) -> LocalHolidays:
    """The local holidays; ParameterError with every mistake of the file, codes of no region among them."""
    codes = frozenset(place.code for place in regions.all)
    return parse_model(LocalHolidays, read_yaml(paths.parameters("holidays"), _NAME), _NAME, codes)


def national_holidays(first: date, last: date) -> frozenset[date]:
    """Public holidays of Indonesia, polling days among them, with joint leave (package ``holidays``)."""
    years = range(first.year, last.year + 1)
    return frozenset(holidays.country_holidays("ID", years=years, categories=("public", "government")))


def days_off(local: LocalHolidays, code: str, first: date, last: date) -> frozenset[date]:
    """National and local holidays of a region in the years from ``first`` to ``last``."""
    own = [holiday.days for holiday in local.local if holiday.applies_to(code)]
    return national_holidays(first, last).union(*own)
