"""A large table of counts, kept by columns (Parquet), of which a report reads its own part and no more.

People edit CSV; what is too large to be edited lies as ``counts.parquet`` in the place of ``counts.csv``. Its rows are
sorted by how deep a region lies, then by its code: what a report reads stands in few groups of rows, and the others are
skipped by the smallest and largest value that the file notes of each group.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import duckdb

# DuckDB and not pyarrow: pandas would change the kind of all its texts where pyarrow is installed.
_GROUP = 20_000  # rows; the smaller, the less is read in vain, and the longer the list of groups
_DEPTH = "(length(region_code) - length(replace(region_code, '.', '')))::TINYINT"
_READ = "SELECT * EXCLUDE (depth) REPLACE (count::VARCHAR AS count) FROM read_parquet($file)"
_ABOVE = f"{_READ} WHERE depth < 2"
_WITHIN = f"{_READ} WHERE depth >= 2 AND region_code >= $first AND region_code < $beyond"


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The table as the content of a file; its counts are whole numbers, every other column is text."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="kolom-") as folder, duckdb.connect() as link:
        path = Path(folder) / "counts.parquet"
        link.register("given", frame.astype(object).reset_index(drop=True).copy())
        write_parquet(link, "given", list(frame.columns), path)
        return path.read_bytes()


def write_parquet(link: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], path: Path) -> None:
    """Write a table that the database knows, with these columns, in any order of rows."""
    order = ", ".join(f'"{name}"' for name in names)
    link.execute("SET threads = 1")  # the same bytes every time
    numbered = f"(SELECT * REPLACE (count::BIGINT AS count) FROM {table})"
    link.execute(
        f"COPY (SELECT {order}, {_DEPTH} AS depth FROM {numbered} ORDER BY depth, {order}) "
        f"TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"
    )


def read_parquet(path: Path, within: str = "") -> pd.DataFrame:
    """The table with every cell as text; with ``within`` provinces, regencies and what lies in that region.

    Raises FileNotFoundError, and ValueError for a file that is no such table.
    """
    path.stat()
    import duckdb  # slow to import; most datasets have no such table

    queries = [_ABOVE, _WITHIN] if within else [_READ]
    given = {"file": str(path), "first": f"{within}.", "beyond": f"{within}/"}  # "/" comes right after "."
    try:
        with duckdb.connect() as link:
            found = [link.execute(query, _named(query, given)).df().astype("str") for query in queries]
    except duckdb.Error as error:
        raise ValueError(str(error).partition("\n")[0]) from error
    return pd.concat(found, ignore_index=True)


def _named(query: str, given: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if f"${name}" in query}
