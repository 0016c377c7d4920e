"""Which rows of a dataset's tables a report rests on, and which are those of some days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd


def slice_for(tables: dict[str, pd.DataFrame], region_code: str) -> dict[str, pd.DataFrame]:
    """What a report of a region rests on: provinces and regencies everywhere, and its own kecamatan.

    Claims and findings, and in a province everything, reach down to the last kelurahan. Tables that do not speak of
    regions stay whole.
    """
    is_province = "." not in region_code

    def keep(code: str, table: str) -> bool:
        deepest = 3 if is_province or table in ("claims", "findings") else 2
        return code.count(".") < 2 or (code.startswith(f"{region_code}.") and code.count(".") <= deepest)

    chosen = dict(tables)
    for table, frame in tables.items():
        if "region_code" in frame:
            codes = [code for code in frame["region_code"].unique() if keep(code, table)]
            chosen[table] = frame[frame["region_code"].isin(codes)]
    return chosen


def figures_of(counts: pd.DataFrame, region_code: str, days: Collection[date]) -> pd.DataFrame:
    """The figures of a region, and of what lies in it, of some days: dated so, or stated in a statement of that day.

    So a denominator that is older than its numerator belongs to the day of the statement. A province's figures are
    its own and those of its regencies.
    """
    deep = 3 if "." in region_code else 1
    codes = counts["region_code"].unique()
    own = {c for c in codes if c == region_code or (c.startswith(f"{region_code}.") and c.count(".") <= deep)}
    chosen = counts[counts["region_code"].isin(own)]
    told = {day.isoformat() for day in days}
    statements = [text for text in chosen["statement"].unique() if text.rpartition("@")[2] in told]
    return chosen[chosen["as_of"].isin(told) | chosen["statement"].isin(statements)]
