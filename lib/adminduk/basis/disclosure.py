"""What documents for the public do not print: numbers of kecamatan that are too small."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from adminduk.basis.models import Model, read_model
from adminduk.basis.paths import Paths


class Disclosure(Model):
    """params/disclosure.yml."""

    threshold: Annotated[int, Field(ge=2)]
    """Numbers from 1 to below this are not printed for the public."""
    because: Annotated[str, Field(min_length=1)]
    """Why this number."""


def load_disclosure(paths: Paths) -> Disclosure:
    """The threshold; ParameterError with every mistake of the file."""
    return read_model(Disclosure, paths.parameters("disclosure"), "params/disclosure.yml")
