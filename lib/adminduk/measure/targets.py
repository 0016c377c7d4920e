"""Which target a figure is judged against: that of its own year, its base and the nearest level."""

from __future__ import annotations

from adminduk.basis.catalog import Indicator, Target
from adminduk.basis.dates import AsOf

UNSTATED = "tidak_disebut"
_NEAREST_FIRST = ("kabupaten_kota", "provinsi", "nasional")


def applicable(indicator: Indicator, region_code: str, as_of: AsOf) -> tuple[Target, ...]:
    """Every target that was stated for that region at that date, those not used included."""
    return tuple(target for target in indicator.targets if _holds(target, as_of) and target.region in ("", region_code))


def target_of_each(indicator: Indicator, as_of: AsOf) -> Target | None:
    """What is asked of each regency by itself and so of no province; None where there is no such target then."""
    each = (t for t in indicator.targets if t.per == "kabupaten_kota" and t.used == "ya" and not t.region)
    return next((target for target in each if _holds(target, as_of)), None)


def _holds(target: Target, as_of: AsOf) -> bool:
    return target.start <= as_of.first and as_of.last <= target.last_day


def target_for(indicator: Indicator, region_code: str, as_of: AsOf, base: str) -> Target | None:
    """The target used for a figure on ``base``; None when none was found for its year.

    A regency's own target goes before the province's, that before the nation's. A target that names
    another base is another measure (law 6). For a figure whose base is not stated, a target counts only
    if it would be the same on every base.
    """
    unit = "persen" if indicator.kind == "coverage" else "jumlah"
    stated = [t for t in applicable(indicator, region_code, as_of) if t.used == "ya" and t.unit == unit]
    if "." not in region_code:
        stated = [target for target in stated if not target.per]
    for level in _NEAREST_FIRST:
        found = [target for target in stated if target.level == level]
        fitting = _on_base(found, base) if base != UNSTATED else _on_every_base(found, indicator)
        if fitting is not None:
            return fitting
    return None


def _on_base(targets: list[Target], base: str) -> Target | None:
    """The target that names this base, else the one that names none."""
    fitting = [target for target in targets if target.base in ("", base)]
    return min(fitting, key=lambda target: target.base == "", default=None)


def _on_every_base(targets: list[Target], indicator: Indicator) -> Target | None:
    """The target that would hold whichever base was meant; None when that makes a difference."""
    each = [_on_base(targets, base) for base in indicator.bases]
    values = {target.value if target else None for target in each}
    return each[0] if len(values) == 1 else None
