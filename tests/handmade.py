"""Tables of a dataset written as short lines, for tests that say what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from adminduk.basis import frames
from adminduk.basis.dates import AsOf


def tables(
    counts: Sequence[str] = (), claims: Sequence[str] = (), titles: Mapping[str, str] | None = None
) -> dict[str, pd.DataFrame]:
    """Counts: region measure[/sex] date count statement [kind]; claims: region indicator date base percent statement.

    A statement is its own source; ``~`` before a count makes it approximate, ``!`` unusable.
    """
    rows = [_count(*line.split()) for line in counts]
    printed = [_claim(*line.split()) for line in claims]
    sources = [
        {**dict.fromkeys(frames.SOURCES, ""), "id": name, "title": (titles or {}).get(name, name)}
        for name in sorted({row["source"] for row in (*rows, *printed)})
    ]
    made = {
        "counts": pd.DataFrame(rows, columns=list(frames.COUNTS), dtype=str),
        "claims": pd.DataFrame(printed, columns=list(frames.CLAIMS), dtype=str),
        "sources": pd.DataFrame(sources, columns=list(frames.SOURCES), dtype=str),
    }
    made["counts"]["count"] = made["counts"]["count"].astype("int64")
    return made


def _count(code: str, measure: str, as_of: str, count: str, statement: str, kind: str = "") -> dict[str, str]:
    measure, _, sex = measure.partition("/")
    own = {"measure": measure, "sex": sex, "count": count.lstrip("~!"), "base_kind": kind}
    own["approximate"] = "ya" if count.startswith("~") else "tidak"
    own["unusable"] = "salah ketik" if count.startswith("!") else ""
    return {**dict.fromkeys(frames.COUNTS, ""), **_common(code, as_of, statement), **own}


def _claim(code: str, indicator: str, as_of: str, base: str, percent: str, statement: str) -> dict[str, str]:
    own = {"indicator": indicator, "base": base, "percent": percent, "kind": "persen", "approximate": "tidak"}
    return {**dict.fromkeys(frames.CLAIMS, ""), **_common(code, as_of, statement), **own}


def _common(code: str, as_of: str, statement: str) -> dict[str, str]:
    fixed = {"precision": AsOf.parse(as_of).precision, "origin": f"{statement}.csv:1"}
    return {"region_code": code, "as_of": as_of, "statement": statement, "source": statement, **fixed}
