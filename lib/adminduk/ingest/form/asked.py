"""*Formulir Laporan 15 Harian*: the workbook an office fills in every fortnight, made from params/.

Sheet ``Isian`` holds what is reported by kecamatan, one column per measure; ``Isian daerah`` what a whole
regency reports, one row per measure. Machine words stand in small print beside the human ones, so that the
layout ``formulir`` reads a filled-in form without a question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from adminduk.basis.catalog import Catalog, Measure
from adminduk.basis.regions import District, Region, Regions

POPULATION = "penduduk"


@dataclass(frozen=True)
class Form:
    """One form: for which regencies, at which day, with which measures and figures from before.

    ``before`` maps (region code, measure) to the newest count before ``as_of`` and its day; ``simulated`` when these
    are, and then the form says so, and with it every delivery that is made of it.
    """

    regions: Regions
    regencies: tuple[Region, ...]
    as_of: date
    catalog: Catalog
    before: Mapping[tuple[str, str], tuple[int, date]]
    simulated: bool = False

    @property
    def measures(self) -> list[Measure]:
        """What is asked: each base with what is counted of it, the population, the programme actions."""
        used = [i for i in self.catalog if i.reported_on(self.as_of)]
        bases = dict.fromkeys(next(iter(i.bases), "") for i in used)
        ids = [word for base in bases for i in used if next(iter(i.bases), "") == base for word in (base, i.numerator)]
        ids += [base for i in used for base in i.bases]
        ids += [POPULATION, *(m.id for m in self.catalog.measures.values() if m.role == "tindakan")]
        return [self.catalog.measures[word] for word in dict.fromkeys(ids) if word]

    def asked(self, per: str) -> list[Measure]:
        return [measure for measure in self.measures if measure.per == per]

    def districts(self, regency: Region) -> list[District]:
        return [place for place in self.regions.districts if place.code.startswith(f"{regency.code}.")]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Numerator and base of every coverage that is asked by kecamatan."""
        asked = {measure.id for measure in self.asked("kecamatan")}
        found = ((i.numerator, base) for i in self.catalog if i.reported_on(self.as_of) for base in i.bases)
        return [(numerator, base) for numerator, base in found if {numerator, base} <= asked]


def figures_before(counts: pd.DataFrame, as_of: date) -> dict[tuple[str, str], tuple[int, date]]:
    """The newest usable count of each region and measure dated to the day and before ``as_of``."""
    chosen = counts[(counts["precision"] == "hari") & (counts["as_of"] < as_of.isoformat())]
    chosen = chosen[(chosen["sex"] == "") & (chosen["age_group"] == "") & (chosen["unusable"] == "")]
    newest = chosen.sort_values(["as_of", "statement"]).drop_duplicates(["region_code", "measure"], keep="last")
    return {
        (row["region_code"], row["measure"]): (int(row["count"]), date.fromisoformat(row["as_of"]))
        for row in newest.to_dict("records")
    }
