"""Pages about a region of which much is known: long series in part, office reports under one number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from adminduk.basis.dates import AsOf
from adminduk.measure.indicators import IndicatorRow
from adminduk.present.comparison import classes
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import _told

SOURCES = pd.DataFrame(
    [
        ["formulir-2024-01-15", "Formulir Laporan 15 Harian, keadaan 15 Januari 2024", "", "", ""],
        ["formulir-2024-01-31", "Formulir Laporan 15 Harian, keadaan 31 Januari 2024", "", "", ""],
        ["formulir-2024-02-15", "Formulir Laporan 15 Harian, keadaan 15 Februari 2024", "", "", ""],
        ["dkb-2023-s2", "DKB Semester II 2023", "", "", ""],
        ["berita-2024-01-15", "Berita", "https://example.org/berita", "2024-01-15", ""],
    ],
    columns=["id", "title", "address", "published", "note"],
)


def test_reports_of_one_kind_share_a_number_and_say_their_days():
    numbers = SourceNumbers(SOURCES)
    assert numbers.of(["formulir-2024-01-31"]) == [1]
    assert numbers.of(["dkb-2023-s2", "formulir-2024-01-15"]) == [1, 2]
    assert numbers.of(["berita-2024-01-15"]) == [3]
    assert [item["title"] for item in numbers.cited()] == [
        "Formulir Laporan 15 Harian, 2 laporan keadaan 15 Januari 2024 sampai 31 Januari 2024",
        "DKB Semester II 2023",
        "Berita",
    ]


def test_one_report_keeps_its_own_title():
    numbers = SourceNumbers(SOURCES)
    numbers.of(["formulir-2024-02-15"])
    assert numbers.cited()[0]["title"] == "Formulir Laporan 15 Harian, keadaan 15 Februari 2024"


def test_a_long_series_is_told_in_part(catalog):
    """Thirteen months of 2023 and 2024: the two newest, and the last of June, December and June."""
    first = IndicatorRow("64.71", "kia", "anak_0_16", AsOf.parse("2023-06-30"), "ok", value=Fraction(1, 2))
    months = [f"2023-{month:02d}" for month in range(6, 13)] + [f"2024-{month:02d}" for month in range(1, 8)]
    rows = [replace(first, as_of=AsOf.parse(month)) for month in reversed(months)]
    told = [str(row.as_of) for _, row in _told([(catalog.indicators["kia"], row) for row in rows])]
    assert told == ["2024-07", "2024-06", "2023-12", "2023-06"]
    few = [(catalog.indicators["kia"], row) for row in rows[:12]]
    assert _told(few) == few


@pytest.mark.parametrize(
    "percents, limits",
    [
        # 99.04 to 99.92 fit four classes of a quarter point from 99 on; 22.48 to 76.24 classes of 16 from 16 on
        # (of 15 from 15 on they would end at 75).
        (["99.04", "99.64", "99.92"], [99.25, 99.5, 99.75]),
        (["22.48", "50.95", "76.24"], [32, 48, 64]),
        (["50", "50"], [50.1, 50.2, 50.3]),
    ],
)
def test_classes_of_the_map(percents, limits):
    rows = [
        IndicatorRow("64.71", "kia", "anak_0_16", AsOf.parse("2024-06-30"), "ok", value=Fraction(percent) / 100)
        for percent in percents
    ]
    assert classes(rows) == limits
