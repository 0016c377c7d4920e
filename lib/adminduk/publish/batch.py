"""Every region's report of one period and dataset, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from adminduk.basis.errors import Problem, UserError
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.publish.plan import plan
from adminduk.publish.run import build


def print_all(paths: Paths, period: str, data: str, tell: Callable[[str], None]) -> None:
    """Print the province and its regencies; ``tell`` is given a line about each.

    A region that cannot be printed does not stop the others; at the end the first region's error is raised with
    the problems of all.
    """
    failed: list[UserError] = []
    regions = load_regions(paths).all
    for number, region in enumerate(regions, start=1):
        try:
            told = paths.relative(build(plan(paths, region.code, period, data), paths))
        except UserError as error:
            failed.append(error)
            told = f"{region.name} tidak dicetak"
        tell(f"({number}/{len(regions)}) {told}")
    problems: list[Problem] = [problem for error in failed for problem in error.problems]
    if failed:
        raise type(failed[0])(*problems)
