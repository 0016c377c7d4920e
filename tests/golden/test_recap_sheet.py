"""The province's overview on paper and on a phone: one sheet for everything, and numbers that are the indicators."""

from __future__ import annotations

import re
import shutil

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from boxes import MARGIN, MM, misplaced, text_boxes
from charts import cut_off, drawings
from conftest import read_pages
from playwright.sync_api import sync_playwright

from adminduk.ingest.simulation.edition import simulate, write_edition
from adminduk.measure import indicators, recap
from adminduk.present import wording
from adminduk.present.opening import open_briefing
from adminduk.publish.plan import plan
from adminduk.publish.run import build

PERIOD, NOTEBOOK = "2024-11-12", "rekap_provinsi"
FOOT = 17 * MM
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DATASETS = pytest.mark.parametrize("data", ["published", "demo"])


@pytest.fixture(scope="module")
def project(cloned, tmp_path_factory):
    paths = cloned(tmp_path_factory.mktemp("proyek"))
    write_edition(paths, simulate(paths), "demo")
    return paths


@pytest.fixture(scope="module")
def recapped(project):
    """``recapped("demo")``: the PDF."""
    made = {}

    def make(data):
        if data not in made:
            made[data] = build(plan(project, "64", PERIOD, data, NOTEBOOK), project)
        return made[data]

    return make


@pytest.fixture(scope="module")
def briefing(project):
    """``briefing("demo")``: what the sheet is held against."""
    made = {}

    def make(data):
        if data not in made:
            made[data] = open_briefing(project, "64", PERIOD, data).briefing
        return made[data]

    return make


@DATASETS
def test_the_sheet_is_one_page_that_lies_on_its_side(data, recapped):
    with pypdfium2.PdfDocument(recapped(data)) as document:
        lying = [number for number, page in enumerate(document, 1) if page.get_width() > page.get_height()]
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [297, 210]
    assert lying == [1]


@DATASETS
def test_all_eleven_rows_stand_on_it_in_their_order(data, recapped, briefing):
    page = read_pages(recapped(data))[0]
    names = [place.short_name for place in recap.places(briefing(data))]
    codes = [f"{place.code} · {place.kind}" for place in recap.places(briefing(data))]
    assert [page.count(code) for code in codes] == [1] * 11
    places = [page.index(code) for code in codes]
    assert places == sorted(places)
    for name, code in zip(names, codes, strict=True):
        assert f"{name} {code}" in page


@DATASETS
def test_the_figures_of_the_sheet_are_the_indicators(data, recapped, briefing):
    """Read back row by row: every percentage that stands there is the newest one of its region, in its column."""
    own = briefing(data)
    page = re.sub(r"target \d+(,\d+)?%", "", read_pages(recapped(data))[0])
    codes = [f"{place.code} · {place.kind}" for place in recap.places(own)]
    rows = re.split("|".join(map(re.escape, codes)), page)[1:]
    for place, told in zip(recap.places(own), rows, strict=True):
        expected = []
        for indicator in (one for one in recap.columns(own) if one.bases):
            newest = indicators.latest(own.history(indicator, place.code))
            if newest:
                order = [*indicator.bases, newest[0].base]
                first = min(newest, key=lambda row: order.index(row.base))
                expected.append(wording.value(first))
        body = told.partition("mencapai atau melampaui target")[0]
        assert re.findall(r"\d+,\d+%", body) == expected, place.name


@DATASETS
def test_the_sheet_agrees_with_the_gaps(data, recapped, briefing):
    page = read_pages(recapped(data))[0]
    for indicator in recap.columns(briefing(data)):
        for place in recap.places(briefing(data)):
            row = recap.cell(briefing(data), indicator, place).row
            if row is not None and row.gap:
                assert wording.missing(row, indicator) in page, (place.name, indicator.id)


@DATASETS
def test_nothing_is_clipped_or_overlaps(data, recapped):
    for drawing in drawings(recapped(data).with_suffix(".ipynb")):
        assert cut_off(drawing) == []
    with pypdfium2.PdfDocument(recapped(data)) as document:
        for number, page in enumerate(document, 1):
            boxes = [(text, box) for text, box in text_boxes(page) if box[3] - box[1] < 30]  # not the stamp behind
            assert misplaced(page, boxes) == [], number


@DATASETS
def test_the_pages_after_it_are_worth_their_paper(data, recapped):
    with pypdfium2.PdfDocument(recapped(data)) as document:
        for page in list(document)[1:]:
            height = page.get_height()
            body = [(text, box) for text, box in text_boxes(page) if box[3] - box[1] < 30]
            body = [(text, box) for text, box in body if box[1] > FOOT and box[3] < height - FOOT + 2]
            lowest_text, lowest = min(body, key=lambda entry: entry[1][1])
            assert (height - MARGIN - lowest[1]) / (height - 2 * MARGIN) >= 1 / 3
            assert not lowest_text.endswith("?"), lowest_text


def test_the_simulated_edition_answers_every_question(recapped):
    text = " ".join(read_pages(recapped("demo"))[1:])
    for told in (
        "tiga daerah (Kutai Timur, Kutai Kartanegara, dan Kutai Barat) menanggung 72,19% dari 4.739 akta yang kurang",
        "Mengapa cakupan Provinsi Kalimantan Timur berubah",
        "sepuluh kecamatan ini menanggung",
        "Tidak ada kabupaten/kota yang angkanya ditahan.",
        "Pembagian kekurangan IKD.",
    ):
        assert told in text
    assert all("DATA SIMULASI" in page for page in read_pages(recapped("demo")))


def test_the_published_figures_say_what_they_cannot(recapped):
    text = " ".join(read_pages(recapped("published"))[1:])
    assert "(6 dari 10 kabupaten/kota)" in text
    assert "perubahan provinsi tidak diurai dari sebagian daerah" in text
    assert "Belum ada angka kecamatan pada tanggal yang dibandingkan." in text
    assert "angka setiap kabupaten/kota belum ada untuk membaginya" in text


@pytest.mark.skipif(CHROMIUM is None, reason="chromium not found")
@DATASETS
@pytest.mark.parametrize("width", [360, 1280])
def test_the_web_page_needs_no_pushing_sideways(data, width, recapped):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(recapped(data).with_suffix(".html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".gulir").evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth + 1)")
        found = Axe().run(page)
        browser.close()
    assert found.violations_count == 0, found.generate_report()
