"""The harmonisation on paper and as a workbook: its numbers are the plans', and its pages can be read."""

from __future__ import annotations

import io
import re

import openpyxl
import pikepdf
import pypdfium2
import pytest
from boxes import MARGIN, MM, misplaced, text_boxes
from conftest import read_pages

from adminduk.basis.catalog import load_catalog
from adminduk.basis.regions import load_regions
from adminduk.ingest.simulation.agenda import agenda_files
from adminduk.ingest.simulation.edition import simulate, write_edition
from adminduk.measure import realisation
from adminduk.measure.outreach import shared
from adminduk.measure.plans import plans
from adminduk.present import amounts, matrix, wording
from adminduk.present.opening import open_briefing
from adminduk.publish.matrix import MATRIX, matrix_xlsx
from adminduk.publish.plan import plan
from adminduk.publish.run import build
from adminduk.report import open_report

PERIOD, NOTEBOOK = "2024-11-12", "harmonisasi_program"
FOOT = 17 * MM
DATASETS = pytest.mark.parametrize("data", ["published", "demo"])


@pytest.fixture(scope="module")
def project(cloned, tmp_path_factory):
    paths = cloned(tmp_path_factory.mktemp("proyek"))
    made = simulate(paths)
    files = agenda_files(made.tables["counts"], load_regions(paths), load_catalog(paths), paths, "demo")
    write_edition(paths, made, "demo", files)
    return paths


@pytest.fixture(scope="module")
def harmonised(project):
    """``harmonised("demo")``: the PDF."""
    made = {}

    def make(data):
        if data not in made:
            made[data] = build(plan(project, "64", PERIOD, data, NOTEBOOK), project)
        return made[data]

    return make


@pytest.fixture(scope="module")
def briefing(project):
    return open_briefing(project, "64", PERIOD, "demo").briefing


@pytest.fixture(scope="module")
def pages(harmonised):
    return read_pages(harmonised("demo"))


@pytest.fixture(scope="module")
def lying(harmonised):
    """The text of the pages that lie on their side, one after the other."""
    with pypdfium2.PdfDocument(harmonised("demo")) as document:
        numbers = [number for number, page in enumerate(document) if page.get_width() > page.get_height()]
    return numbers, [read_pages(harmonised("demo"))[number] for number in numbers]


def text_of_line(briefing, found, one):
    """One line as its row is printed."""
    lags, twice = one in found.lagging, any(one in same for same in found.twice)
    spent = amounts.whole(one.realisasi_keuangan) if one.pagu or one.realisasi_keuangan else wording.DASH
    cells = [
        matrix.executor(briefing, one), one.dokumen, one.sumber_dana, one.satuan,
        amounts.quantity(one, one.target), amounts.quantity(one, one.realisasi),
        amounts.share(realisation.output_share(one)) + "†" * lags, amounts.or_dash(one.pagu), spent,
        amounts.share(realisation.money_share(one)), amounts.quantity(one, one.target_berikutnya),
        amounts.or_dash(one.pagu_berikutnya) + "‡" * twice, amounts.months(one.bulan),
    ]  # fmt: skip
    return " ".join(cells)


def test_every_line_of_the_plan_stands_in_the_matrix_with_its_numbers(briefing, lying):
    found, text = plans(briefing), " ".join(lying[1])
    assert len(found.lines) == 107
    missing = [row for one in found.lines if (row := text_of_line(briefing, found, one)) not in text]
    assert missing == []


def test_no_other_line_stands_there(briefing, lying):
    """Each line names its document and fund once."""
    found, text = plans(briefing), " ".join(lying[1])
    told = re.findall(r"(?:Renja|RKPD|RKA|DPA) (?:APBD|APBN|DAK) ", text)
    assert len(told) == len(found.lines)


def test_money_adds_up_as_printed(briefing, lying):
    found, text = plans(briefing), " ".join(lying[1])
    groups = {one.indikator for one in found.lines}
    totals = re.findall(r"Jumlah ([\d.]+) ([\d.]+) [\d,]+% ([\d.]+)", text)
    numbers = [[int(cell.replace(".", "")) for cell in row] for row in totals]
    assert len(numbers) == 1 + len(groups)
    assert [sum(column) for column in zip(*numbers[1:], strict=True)] == numbers[0]
    assert numbers[0] == [found.budget, found.spent, found.next_budget]


def test_the_head_is_repeated_and_the_matrix_follows_on(lying):
    numbers, texts = lying
    assert len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1))
    assert texts[0].count("Apa isi rencana setiap pelaksana?") == 1
    for text in texts:
        for word in ("Pelaksana Dokumen", "Keluaran 2024", "Keuangan 2024 (Rp)", "Rencana 2025 (pagu Rp)"):
            assert word in text


def test_a_rule_of_the_matrix_is_no_part_of_its_cells(harmonised):
    """Told of every cell, the rules of a hundred lines took a third of the file; a pack has to stay below 1 MB."""
    with pikepdf.open(harmonised("demo")) as pdf:
        cells = [cell for cell in pdf.objects if isinstance(cell, pikepdf.Dictionary) and cell.get("/S") == "/TD"]
        ruled = [cell for cell in cells if any("/BorderColor" in told for told in cell.get("/A", []))]
        assert len(cells) > 1500
        assert len(ruled) < len(cells) / 2
    assert harmonised("demo").stat().st_size < 600_000


def test_the_findings_are_those_of_the_plan(briefing, pages):
    found, text = plans(briefing), " ".join(pages)
    short = next(one for one in found.sums if one.total.short)
    assert f"kurang {wording.number(short.total.short)} {wording.people(short.indicator)}" in text
    for code, more in short.more.items():
        assert f"{briefing.regions.get(code).short_name} {wording.number(more)} " in text
    for cover in (*found.short, *found.unplanned):
        figures = [cover.gap, cover.newcomers, cover.planned if cover.lines else None, cover.short]
        cells = " ".join(wording.DASH if count is None else wording.number(count) for count in figures)
        assert f"{amounts.target(cover.goal.value)} {cells}" in text, (cover.indicator.id, cover.region_code)
    for one in found.realised:
        assert f"({one.unit}) {wording.number(one.target)} {wording.number(one.done)} " in text
    assert sum(text.count(one.sub_kegiatan + ": keluaran") for one in found.lagging) == 2 * len(found.lagging)


def test_the_team_days_are_those_of_the_best_allocation(briefing, pages):
    found, text = shared(briefing), " ".join(pages)
    for place, need in enumerate(found.needs):
        cells = [need.people, need.per_day]
        for one in (found.best, found.equal, found.proportional):
            cells += [one.days[place], one.served[place]]
        name = briefing.regions.get(need.region_code).short_name
        assert " ".join([name, *map(wording.number, cells)]) in text
    assert found.best.total >= max(found.equal.total, found.proportional.total)


@DATASETS
def test_nothing_is_clipped_or_overlaps(data, harmonised):
    with pypdfium2.PdfDocument(harmonised(data)) as document:
        for number, page in enumerate(document, 1):
            boxes = [(text, box) for text, box in text_boxes(page) if box[3] - box[1] < 30]  # not the stamp behind
            assert misplaced(page, boxes) == [], number


def test_every_page_is_worth_its_paper(harmonised):
    with pypdfium2.PdfDocument(harmonised("demo")) as document:
        for number, page in enumerate(document, 1):
            height = page.get_height()
            body = [(text, box) for text, box in text_boxes(page) if box[3] - box[1] < 30]
            body = [(text, box) for text, box in body if box[1] > FOOT and box[3] < height - FOOT + 2]
            lowest_text, lowest = min(body, key=lambda entry: entry[1][1])
            assert (height - MARGIN - lowest[1]) / (height - 2 * MARGIN) >= 1 / 3, number
            assert not lowest_text.endswith("?"), lowest_text


def test_simulated_pages_say_so_and_real_figures_have_no_invented_line(pages, harmonised):
    assert all("DATA SIMULASI" in page for page in pages)
    text = " ".join(read_pages(harmonised("published")))
    assert "Belum ada program dan kegiatan yang dimuat untuk periode 12 November 2024" in text
    assert "Rp" not in text and "DATA SIMULASI" not in text


def test_the_workbook_says_what_the_pages_say(briefing):
    found = plans(briefing)
    sheet = openpyxl.load_workbook(io.BytesIO(matrix_xlsx(briefing)))[MATRIX]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "Indikator")
    body = rows[head + 1 : head + 1 + len(found.lines)]
    money = [[row[11], row[12], row[15]] for row in body]
    assert money == [[one.pagu, one.realisasi_keuangan, one.pagu_berikutnya] for one in found.lines]
    assert [row[1] for row in body] == [one.kode_sub_kegiatan for one in found.lines]


@pytest.mark.parametrize("code", ["64.08", "64.11", "64.71"])
def test_an_office_reads_its_own_programme(code, project):
    briefing = open_briefing(project, code, PERIOD, "demo").briefing
    told = repr(open_report(code, PERIOD, "demo", project).answer("program"))
    own = [one for one in plans(briefing).lines if one.pelaksana == code]
    assert own
    for one in own:
        assert f"{one.sub_kegiatan} ({one.satuan})" in told
        assert amounts.quantity(one, one.target_berikutnya) in told
    assert amounts.rupiah(sum(one.pagu_berikutnya for one in own)) in told
    elsewhere = [one for one in plans(briefing).lines if one.pelaksana != code]
    assert all(one.lokasi == code for one in elsewhere)


def test_a_sparse_report_says_nothing_of_a_programme_and_a_full_one_that_there_is_none(project):
    assert open_briefing(project, "64.11", PERIOD, "published").briefing.is_sparse
    assert repr(open_report("64.11", PERIOD, "published", project).answer("program")) == ""
    full = repr(open_report("64", PERIOD, "published", project).answer("program"))
    assert full == "Belum ada program dan kegiatan Provinsi Kalimantan Timur yang dimuat untuk periode ini."
