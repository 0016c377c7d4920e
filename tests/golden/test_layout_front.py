"""Page 1 beside the pages after it: letters, signs, sources, and that no two of them say different things."""

from __future__ import annotations

import re

import nbformat
import pypdfium2
import pytest

from adminduk.basis.paths import find_paths
from adminduk.basis.regions import load_regions
from adminduk.present import wording
from adminduk.publish.typeset import BUNDLE

PERIOD = "2024-11-12"
CODES = [region.code for region in load_regions(find_paths()).all]
MEANINGS = {"*": "* angka publikasi", "†": "† lebih dari 100%:", "‡": "‡ perkiraan menurut", "°": "° judul dibaca"}
SIGNS = re.compile(r"([*†‡°])\s")
VERDICT = re.compile(r"(melampaui|mencapai|di bawah) target")

pytestmark = pytest.mark.parametrize("code", CODES)


@pytest.fixture
def report(code, printed):
    return printed(code, PERIOD)


@pytest.fixture
def shown(report):
    """What the executed notebook displays: the payloads of one kind, in its order."""
    notebook = nbformat.read(report.pdf.with_suffix(".ipynb"), as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    payloads = [output.data[BUNDLE] for output in outputs if BUNDLE in output.get("data", {})]
    return lambda kind: [payload for payload in payloads if payload["kind"] == kind]


def test_no_letter_of_page_one_is_smaller_than_notes_are(report):
    with pypdfium2.PdfDocument(report.pdf) as document:
        text = document[0].get_textpage()
        sizes = {round(pypdfium2.raw.FPDFText_GetFontSize(text, n), 2) for n in range(text.count_chars())}
    assert min(size for size in sizes if size > 1) >= 8.5  # a space between words that pdfium adds has size 1


def test_the_foot_of_page_one_says_where_sources_and_method_stand(report):
    (told,) = re.findall(r"Sumber dan metode: halaman ([\d, ]+(?: dan \d+)?)\.", report.pages[0])
    pages = {int(number) for number in re.findall(r"\d+", told)}
    question = "Bagaimana angka-angka ini dihitung, dan dari mana?"
    (first,) = [n for n, text in enumerate(report.pages, 1) if question in text]
    assert pages <= set(range(first, len(report.pages) + 1))
    assert {first, len(report.pages)} & pages


def test_a_row_without_a_percentage_names_its_source(report, shown):
    (summary,) = shown("summary")
    for row in summary["rows"]:
        if row["empty"] and row["sources"]:
            cited = ", ".join(map(str, row["sources"]))
            assert re.search(rf"{re.escape(row['empty'])}( [^\]]*\])? {cited} ", report.pages[0]), row["empty"]


def test_a_sign_has_one_meaning_and_each_that_occurs_is_explained(report):
    for number, page in enumerate(report.pages):
        used = set("".join(re.findall(r"%([*†‡]+)", page)))
        here = " ".join(report.pages[number : number + 2])  # the notes of a table stand where it ends
        assert [sign for sign in used if MEANINGS[sign] not in here] == []
        assert [page.count(MEANINGS["†"]), page.count(MEANINGS["‡"])] <= [1, 1]


def test_every_account_of_a_region_agrees(report, shown):
    """Page 1's row, its message, the newest row of the history and the chart's message, all read back from paper."""
    (summary,), history = shown("summary"), shown("table")
    message = shown("sentence")[0]["texts"]
    titles = [figure["caption"] for figure in shown("figure") if "di antara" not in figure["caption"]]
    for text in (*message, *titles):
        assert " ".join(text.split()) in " ".join(report.pages)
    for row in summary["rows"]:
        name = wording.in_sentence(row["label"])
        verdict = VERDICT.match(row["verdict"]["text"])
        if row["empty"] or row["detail"] == "dari perekaman":
            continue
        assert f"{row['label']} {row['detail']} {row['value']}{row['mark']}" in report.pages[0]
        newest(history, row)
        if verdict:
            assert row["verdict"]["state"] == ("missed" if verdict[1] == "di bawah" else "reached")
            same_side(message, f"{name} {row['value']}", verdict[1])
            same_side(titles[:1], name, verdict[1], must=False)


def newest(history, row) -> None:
    """The first row of the indicator's group in the history is page 1's figure."""
    (table,) = history[:1]
    groups = {group["label"]: group["start"] for group in table["groups"]}
    told = table["rows"][groups[", ".join((row["label"], row["detail"]))]]
    assert [told[0], told[3].rstrip("*†‡")] == [row["date"], row["value"]]


def same_side(texts, name: str, verdict: str, must: bool = True) -> None:
    """Each clause that names the figure has the verdict that page 1 has; ``must``: there is one."""
    clauses = [clause for text in texts for clause in text.split("; ") if name in clause]
    clauses = [clause for clause in clauses if VERDICT.search(clause.lower())]
    assert clauses or not must, (texts, name)
    for clause in clauses:
        assert ("di bawah target" in clause.lower()) == (verdict == "di bawah"), (clause, name)


def test_the_comparison_ends_with_where_this_region_stands(report, shown, briefing, code):
    told = " ".join(report.pages).partition("Bagaimana dibandingkan dengan kabupaten dan kota lain?")[2]
    answers = [figure["answer"] for figure in shown("figure") if "answer" in figure]
    assert len(answers) == bool(told) == (not briefing(code, PERIOD).is_sparse)
    assert all(answer in told.partition("Apakah program tahun depan cukup?")[0] for answer in answers)
