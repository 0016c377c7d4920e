"""Every file under params/ checked at once, also against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from adminduk.basis.attendees import check_attendees
from adminduk.basis.catalog import Catalog, load_catalog
from adminduk.basis.checks import load_check_params, unknown_measures
from adminduk.basis.disclosure import load_disclosure
from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.holidays import load_holidays
from adminduk.basis.mailing import load_mailing
from adminduk.basis.models import CHECK
from adminduk.basis.packs import load_packs
from adminduk.basis.paths import Paths
from adminduk.basis.periods import Period, load_period, period_ids
from adminduk.basis.places import load_places
from adminduk.basis.regions import Regions, load_regions
from adminduk.basis.remarks import check_remarks
from adminduk.basis.sources import loose_ends, read_sources


def check_params(paths: Paths) -> int:
    """The number of files, when all are right; otherwise ParameterError with every mistake of all of them."""
    problems: list[Problem] = []

    def tried(load: Callable[[], Any]) -> Any:
        try:
            return load()
        except ParameterError as error:
            problems.extend(error.problems)
            return None

    regions = tried(lambda: load_regions(paths))
    if regions is not None:  # else its mistakes would be told twice
        tried(lambda: load_places(paths))
        tried(lambda: check_attendees(paths, regions))
        tried(lambda: load_holidays(paths, regions))
        problems.extend(check_remarks(paths, regions, period_ids(paths)))
    catalog = tried(lambda: load_catalog(paths))
    periods = [tried(lambda key=key: load_period(paths, key)) for key in period_ids(paths)]
    sources = tried(lambda: read_sources(paths))
    checks = tried(lambda: load_check_params(paths))
    tried(lambda: load_disclosure(paths))
    tried(lambda: load_mailing(paths))
    tried(lambda: load_packs(paths))
    if catalog is not None:
        problems.extend(unknown_measures(checks, catalog.measures) if checks else ())
        problems.extend(loose_ends(sources, catalog) if sources else ())
        problems.extend(_loose_ends(catalog, regions, [period for period in periods if period]))
    problems.extend(_unread(paths))
    if problems:
        raise ParameterError(*dict.fromkeys(problems))  # a period tells what earlier ones and the catalogue have wrong
    read = (path for path in paths.params.rglob("*") if path.suffix in (".yml", ".md"))
    return len(list(read)) + 1  # and villages.csv


def _loose_ends(catalog: Catalog, regions: Regions | None, periods: list[Period]) -> Iterator[Problem]:
    """Ids in one file that another file does not have."""
    for period in periods:
        if period.deadline and period.deadline.indicator not in catalog.indicators:
            named = period.deadline.indicator
            yield Problem(
                f"params/periods/{period.key}.yml: deadline.indicator",
                f"indikator {named!r} tidak ada",
                ", ".join(catalog.indicators),
                suggestion(named, catalog.indicators) or CHECK,
            )
        for named in period.asks:
            if named not in catalog.indicators:
                where = f"params/periods/{period.key}.yml: asks"
                what = f"indikator {named!r} tidak ada"
                hint = suggestion(named, catalog.indicators) or CHECK
                yield Problem(where, what, ", ".join(catalog.indicators), hint)
    codes = {region.code for region in regions.all} if regions else set()
    for indicator in catalog:
        for target in indicator.targets:
            if codes and target.region and target.region not in codes:
                where, what = f"params/indicators/{indicator.id}.yml: targets", f"wilayah {target.region!r} tidak ada"
                yield Problem(where, what, f"salah satu dari: {', '.join(sorted(codes))}", CHECK)


def _unread(paths: Paths) -> Iterator[Problem]:
    """Files that nothing would ever read, such as ``kia.yaml``."""
    for folder in (paths.params, paths.indicators, paths.periods, paths.packs):
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix != ".yml" and path != paths.villages:
                yield Problem(paths.relative(path), "tidak pernah dibaca", "berkas .yml", "ganti namanya atau hapus")
