"""The dense briefing, printed from the simulated edition: every section's numbers are those of the counts."""

from __future__ import annotations

import pandas as pd
import pypdfium2
import pytest
from boxes import MARGIN, MM, misplaced, text_boxes
from charts import cut_off, drawings
from conftest import Printed, read_pages

from adminduk.ingest.simulation.messy import write_demo
from adminduk.present import wording
from adminduk.present.opening import open_briefing
from adminduk.publish.plan import plan
from adminduk.publish.run import build

PERIOD, DATA = "2024-11-12", "demo"
FOOT = 17 * MM
# The most kecamatan, a small remote regency, a city, the whole.
REGIONS = pytest.mark.parametrize("code", ["64.02", "64.07", "64.08", "64.11", "64.71", "64"])


@pytest.fixture(scope="module")
def project(cloned, tmp_path_factory):
    paths = cloned(tmp_path_factory.mktemp("proyek"))
    write_demo(paths, "kecamatan", refusal=False)
    return paths


@pytest.fixture(scope="module")
def dense(project):
    """``dense("64.02")``: the printed briefing."""
    made: dict[str, Printed] = {}

    def make(code: str) -> Printed:
        if code not in made:
            pdf = build(plan(project, code, PERIOD, DATA), project)
            made[code] = Printed(pdf, read_pages(pdf))
        return made[code]

    return make


@pytest.fixture(scope="module")
def counts(project):
    """``counts("64.02.01", "wajib_ktp", day)``: what the newest statement of that day says."""
    table = pd.read_csv(project.table(DATA, "counts"), dtype=str, keep_default_na=False)
    table = table[(table["sex"] == "") & (table["unusable"] == "")]

    def find(code: str, measure: str, day: str = PERIOD) -> list[int]:
        found = table[(table["region_code"] == code) & (table["measure"] == measure) & (table["as_of"] == day)]
        return [int(count) for count in found["count"]]

    return find


def section(text: str, heading: str) -> str:
    """What stands under a question, up to the next one."""
    after = text.partition(heading)[2]
    assert after, heading
    return after


@REGIONS
def test_who_is_left_and_what_that_asks_for_each_day(code, dense, counts):
    """13 to 26 November 2024 are ten working days; the 27th is a holiday."""
    if code == "64":  # the published sums of the province, to which the edition adds up
        base, recorded = 2_878_769, 2_868_568
    else:
        [base], [recorded] = counts(code, "wajib_ktp"), counts(code, "rekam_ktp_el")
    left = base - recorded
    told = section(dense(code).text, "Berapa yang perlu dilayani setiap hari?")
    daily = -(-left // 10)
    assert f"{wording.number(left)} orang belum terlayani; 10 hari kerja" in told
    assert f"{wording.number(daily)} orang per hari" in told


@pytest.mark.parametrize("code", ["64.02", "64.11", "64.71"])
def test_every_kecamatan_has_its_own_figures(code, dense, project):
    text = section(dense(code).text, "Kecamatan mana yang perlu didahulukan?")
    own = open_briefing(project, code, PERIOD, DATA).briefing
    districts = [place for place in own.regions.districts if place.code.startswith(f"{code}.")]
    assert districts
    for entry in own.entries:
        row = entry.rows[0] if entry.rows else None
        if row is None or row.denominator is None or row.target is None:
            continue
        rows = own.district_rows(entry.indicator, row)
        for place in districts:
            if place.code in rows:
                one = rows[place.code]
                left = max(0, (one.denominator or 0) - (one.numerator or 0))
                line = text.partition(f" {place.name} ")[2][:120]
                assert f"{wording.value(one)}" in line and wording.number(left) in line, (
                    place.name,
                    entry.indicator.id,
                )


@REGIONS
def test_nothing_is_clipped_or_overlaps_and_every_page_is_worth_its_paper(code, dense):
    for drawing in drawings(dense(code).pdf.with_suffix(".ipynb")):
        assert cut_off(drawing) == []
    with pypdfium2.PdfDocument(dense(code).pdf) as document:
        for number, page in enumerate(document, 1):
            height = page.get_height()
            boxes = [(text, box) for text, box in text_boxes(page) if box[3] - box[1] < 30]  # not the stamp behind
            assert misplaced(page, boxes) == [], number
            body = [(text, box) for text, box in boxes if box[1] > FOOT and box[3] < height - FOOT + 2]
            lowest_text, lowest = min(body, key=lambda entry: entry[1][1])
            assert (height - MARGIN - lowest[1]) / (height - 2 * MARGIN) >= 1 / 3, number
            assert not lowest_text.endswith("?"), (number, lowest_text)


def test_the_programme_of_a_regency_is_its_own(dense, project):
    text = section(dense("64.02").text, "Apakah program tahun depan cukup?")
    own = [line for line in open_briefing(project, "64.02", PERIOD, DATA).briefing.period.program]
    mine = [line for line in own if line.pelaksana == "64.02" and not line.is_share]
    assert mine and all(line.sub_kegiatan.split(" (")[0][:25] in text for line in mine)
    others = {line.pelaksana for line in own} - {"64.02", "64"}
    assert others and not any(f" {code} " in text for code in others)
