"""The minutes and the quality of the data on paper: what is to be signed, what is to be done, nothing out of place."""

from __future__ import annotations

import re

import pikepdf
import pytest
from boxes import MARGIN, misplaced, text_boxes
from conftest import read_pages
from test_layout import HEADER_FOOTER, pages_of

from adminduk.basis.catalog import load_catalog
from adminduk.basis.regions import load_regions
from adminduk.ingest.simulation.agenda import agenda_files
from adminduk.ingest.simulation.edition import simulate, write_edition
from adminduk.present import minutes, wording
from adminduk.present.opening import open_briefing
from adminduk.publish.plan import plan
from adminduk.publish.run import build

PERIOD = "2024-11-12"
DOCUMENTS = pytest.mark.parametrize(
    ("notebook", "region", "data"),
    [
        ("berita_acara", "64", "demo"),
        ("berita_acara", "64", "published"),
        ("mutu_data", "64", "demo"),
        ("mutu_data", "64", "published"),
        ("mutu_data", "64.71", "published"),
    ],
)


@pytest.fixture(scope="module")
def project(cloned, tmp_path_factory):
    paths = cloned(tmp_path_factory.mktemp("proyek"))
    made = simulate(paths)
    agenda = agenda_files(made.tables["counts"], load_regions(paths), load_catalog(paths), paths, "demo")
    write_edition(paths, made, "demo", agenda)
    return paths


@pytest.fixture(scope="module")
def printed(project):
    """``printed("berita_acara", "64", "demo")``: the PDF."""
    made = {}

    def make(*key):
        if key not in made:
            notebook, region, data = key
            made[key] = build(plan(project, region, PERIOD, data, notebook), project)
        return made[key]

    return make


def upright(page) -> list:
    """The text of a page without what stands behind it, which alone lies aslant over most of it."""
    return [(text, box) for text, box in text_boxes(page) if box[3] - box[1] < page.get_size()[1] / 3]


@DOCUMENTS
def test_nothing_is_clipped_and_nothing_overlaps(notebook, region, data, printed):
    for number, page, _ in pages_of(printed(notebook, region, data)):
        assert misplaced(page, upright(page)) == [], number


@DOCUMENTS
def test_no_page_is_nearly_empty_and_no_question_stands_alone(notebook, region, data, printed):
    for number, page, (_, height) in pages_of(printed(notebook, region, data)):
        body = [
            (text, box) for text, box in upright(page) if box[1] > HEADER_FOOTER and box[3] < height - HEADER_FOOTER + 2
        ]
        lowest_text, lowest = min(body, key=lambda entry: entry[1][1])
        assert (height - MARGIN - lowest[1]) / (height - 2 * MARGIN) >= 1 / 3, (number, lowest_text)
        assert not lowest_text.endswith("?"), (number, lowest_text)


@DOCUMENTS
def test_it_can_be_read_aloud(notebook, region, data, printed):
    with pikepdf.open(printed(notebook, region, data)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang).startswith("id")
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("data", ["demo", "published"])
def test_all_eleven_sign_on_one_page_below_the_closing_words(data, printed, project):
    pages = read_pages(printed("berita_acara", "64", data))
    last = pages[-1]
    assert "Demikian berita acara ini dibuat dengan sebenarnya" in last
    assert last.count("NIP.") == 11
    for place in load_regions(project).regencies:
        assert f"Kepala Dinas Kependudukan dan Pencatatan Sipil {place.name}" in last
    assert all("NIP." not in page for page in pages[:-1])
    assert "Balikpapan, 19 November 2024" in last
    assert pages[0].count("BERITA ACARA") == 1 and "Selasa, tanggal sembilan belas bulan November" in pages[0]


def test_the_minutes_print_the_decisions_with_whom_and_when(printed, project):
    text = " ".join(read_pages(printed("berita_acara", "64", "demo")))
    briefing = open_briefing(project, "64", PERIOD, "demo").briefing
    assert len(briefing.period.decisions) == 6
    for one in briefing.period.decisions:
        for said in (one.keputusan, wording.long_date(one.tenggat)):
            assert folded(said) in folded(text)
        assert folded(minutes.responsible(briefing, one)) in folded(text)


def folded(text: str) -> str:
    """The text without its spaces: a cell breaks lines where it likes."""
    return re.sub(r"\s", "", text)


def test_the_standing_reads_as_the_indicators_do(printed):
    text = folded(" ".join(read_pages(printed("berita_acara", "64", "published"))))
    for row in (
        "KTP-el 2.868.568 2.878.769 99,65% 99,40% melampaui target",
        "1.234.871 1.250.088 98,78% 99% di bawah target, kurang 2.717 akta",
    ):
        assert folded(row) in text
    assert all(folded(f"{place} ") in text for place in "12345678")


def test_quality_is_an_internal_document_of_the_period(printed):
    front = read_pages(printed("mutu_data", "64", "demo"))[0]
    for said in ("PROVINSI KALIMANTAN TIMUR", "Keadaan 12 November 2024", "Dokumen internal", "DATA SIMULASI"):
        assert said in front
    assert "10 dari 10 kabupaten/kota melaporkan keadaan 12 November 2024." in front


def test_the_sums_of_the_actions_are_those_of_the_counts(printed, project):
    """Added here from the table itself: every report of 2024 of every regency."""
    counts = simulate(project).tables["counts"]
    own = counts[
        counts["as_of"].str.startswith("2024") & (counts["sex"] == "") & (counts["region_code"].str.len() == 5)
    ]
    text = " ".join(read_pages(printed("mutu_data", "64", "demo")))
    for measure in ("blanko_dimusnahkan", "jemput_bola_terekam", "nik_baru_usia_wajib", "nik_baru_usia_wajib_direkam"):
        whole = own[own["measure"] == measure].drop_duplicates(["region_code", "as_of"])["count"].sum()
        assert wording.number(int(whole)) in text
