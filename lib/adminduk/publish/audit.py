"""``adminduk audit``: the published percentages of a dataset against their counts, as a table and as a file."""

from __future__ import annotations

import textwrap
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.catalog import load_catalog
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.measure.audit import Audited, audit, audit_unused
from adminduk.present import reconciliation, review, wording
from adminduk.present.review import Review
from adminduk.present.sources import SourceNumbers

_PLACES = Decimal("0.0001")
_WIDTH = 120  # of a line on the terminal
_TYPED = str.maketrans({"\N{FIGURE SPACE}": " ", "\N{NO-BREAK SPACE}": " ", wording.MINUS: "-"})


def write_audit(paths: Paths, data: str) -> tuple[Path, str]:
    """Write the audit of a dataset as CSV; its path, and what the terminal shows of it.

    Raises ParameterError for a dataset that does not exist, DataError for one that cannot be used.
    """
    tables = frames.read_dataset(paths, data)
    regions, catalog = load_regions(paths), load_catalog(paths)
    frames.check_regions(tables, regions.codes, data)
    audited = (*audit(tables, catalog), *audit_unused(frames.read_unused(paths, data), regions))
    path = paths.audits / f"{data}.csv"
    frames.write_table(as_frame(audited), "audit", path)
    told = _told(Review(catalog, regions, audited), SourceNumbers(tables["sources"]))
    return path, f"DATA SIMULASI - bukan angka resmi\n\n{told}" if frames.is_simulated(tables) else told


def _told(reviewed: Review, numbers: SourceNumbers) -> str:
    """The table, its sources and what has to be said of it; the summary last, where the eye is."""
    shown = reconciliation.table(reviewed, numbers).plain
    lists = (
        [f"{source['number']:>3}. {source['title']}" for source in numbers.cited()],
        review.explanations(reviewed),
        review.message(reviewed),
        review.verdicts(reviewed),
    )
    wrapped = ("\n".join(textwrap.fill(line, _WIDTH, subsequent_indent="  ") for line in lines) for lines in lists)
    return "\n\n".join([shown, *filter(None, wrapped)]).translate(_TYPED)  # spaces and signs every terminal has


def as_frame(audited: tuple[Audited, ...]) -> pd.DataFrame:
    """The table of the audit: text, decimal points, what is not known empty."""
    return pd.DataFrame([_row(item) for item in audited], columns=list(frames.AUDIT), dtype=str)


def _row(item: Audited) -> dict[str, str]:
    claim = item.claim
    return {
        "region_code": claim.region_code,
        "indicator": claim.indicator,
        "as_of": str(claim.as_of),
        "numerator": str(item.numerator.count) if item.numerator else "",
        "denominator": str(item.denominator.count) if item.denominator else "",
        "percent_published": claim.percent,
        "percent_recomputed": _points(item.value),
        "difference_points": _points(item.difference),
        "class": item.outcome,
        "verdict_turned": "yes" if item.verdict_turned else "no",
        "source": claim.source,
    }


def _points(share: Fraction | None) -> str:
    """A share in percent with four decimals, rounded half away from zero; empty where there is none."""
    if share is None:
        return ""
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return str(exact.quantize(_PLACES, ROUND_HALF_UP) + 0)
