"""What params/ says, as far as the rules need it, loaded once."""

from __future__ import annotations

from dataclasses import dataclass

from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.checks import CheckParams, load_check_params
from adminduk.basis.disclosure import Disclosure, load_disclosure
from adminduk.basis.holidays import LocalHolidays, load_holidays
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Regions, load_regions
from adminduk.basis.sources import load_preferences


@dataclass(frozen=True)
class Rulebook:
    """Everything params/ says that a rule needs. ``preferred`` names the statement used where two differ."""

    catalog: Catalog
    regions: Regions
    params: CheckParams
    preferred: dict[tuple[str, str, str], str]
    disclosure: Disclosure
    holidays: LocalHolidays


def load_rulebook(paths: Paths) -> Rulebook:
    """The rules with the catalogue, the regions and the chosen statements; ParameterError as each of them."""
    preferred = {choice.key: choice.statement for choice in load_preferences(paths)}
    catalog, regions, params = load_catalog(paths), load_regions(paths), load_check_params(paths)
    return Rulebook(catalog, regions, params, preferred, load_disclosure(paths), load_holidays(paths, regions))
