"""Which statement is used where two usable counts of one thing at one date differ."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from adminduk.basis.dates import AsOf
from adminduk.basis.models import Model, read_model
from adminduk.basis.paths import Paths
from adminduk.basis.regions import DistrictCode, ProvinceCode, RegencyCode


class Preference(Model):
    """Of the statements that differ about ``measure``, the one that is used, and why."""

    region_code: ProvinceCode | RegencyCode | DistrictCode
    measure: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    as_of: Annotated[AsOf, BeforeValidator(lambda text: AsOf.parse(str(text)))]
    statement: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]

    @property
    def key(self) -> tuple[str, str, str]:
        """Region, measure and date, as the table of counts spells them."""
        return self.region_code, self.measure, str(self.as_of)


class Preferences(Model):
    """The file; ``prefer`` may be empty, then every difference stays an open finding."""

    prefer: tuple[Preference, ...] = ()

    @model_validator(mode="after")
    def _one_each(self) -> Preferences:
        keys = Counter(entry.key for entry in self.prefer)
        twice = [" ".join(key) for key, number in keys.items() if number > 1]
        if twice:
            raise ValueError(f"dua pilihan untuk hal yang sama: {', '.join(twice)}")
        return self


def load_preferences(paths: Paths) -> tuple[Preference, ...]:
    """The preferences in the order of the file; ParameterError lists every mistake."""
    return read_model(Preferences, paths.parameters("sources"), "params/sources.yml").prefer
