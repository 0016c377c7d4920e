"""Every region prints for every period; what stands on paper is what was measured, and nobody else's figure."""

from __future__ import annotations

import re

import pikepdf
import pytest

from adminduk.basis.paths import find_paths
from adminduk.basis.periods import period_ids
from adminduk.basis.regions import load_regions
from adminduk.present import narrative, wording
from adminduk.publish.plan import plan
from adminduk.publish.run import ENDINGS, build

PERIODS = period_ids(find_paths())
CODES = [region.code for region in load_regions(find_paths()).all]


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_every_region_prints_for_every_period(code, period, printed, briefing, regions):
    report, base = printed(code, period), briefing(code, period)
    front = report.pages[0]
    assert base.region.name.upper() in front.upper()
    assert f"Keadaan {wording.long_date(base.period.as_of)}" in front
    for sentence in narrative.message(base):
        assert folded(sentence) in front
    for entry in base.entries:
        for row in entry.rows:
            assert wording.value(row) in front
        if not entry.rows:
            assert folded(wording.nothing_known(entry, base.period, base.regions.office)) in front
    for other in regions.regencies:
        if other.code != code:
            assert other.name not in front
    assert len(report.pages) <= (3 if base.is_sparse else 8)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_percentages_on_page_one_are_the_region_s_or_the_province_s(code, period, printed, briefing):
    """Read back from the PDF: every percentage on page 1 is one that this region or its province has."""
    base = briefing(code, period)
    rows = [row for entry in base.entries for row in (*entry.rows, *beside(entry))]
    allowed = {wording.value(row) for row in rows} | {wording.target(row) for row in rows} | {"100%"}
    allowed |= {wording.printed_percent(claim.percent) for row in rows for claim in row.published}
    found = set(re.findall(r"\d[\d.,]*%", printed(code, period).pages[0]))
    assert found <= allowed


def beside(entry):
    """The province's figures that may stand beside this entry: on the base of one of its rows, else its first."""
    same = [row for row in entry.reference if row.base in {own.base for own in entry.rows}]
    return same or entry.reference[:1]


def test_balikpapan(printed):
    text = printed("64.71", "2024-11-12").text
    for figure in ("99,98%", "96,90%", "99,85%", "99,67%", "15 April 2022", "102,07%"):
        assert figure in text
    assert "tertinggi menurut DKP3A, 13 Juni 2024" in text
    assert "99,98%*" in text
    assert "* angka publikasi, jumlah tidak dimuat." in text
    assert "belum ada angka sampai 12 November 2024" in text


def test_the_province(printed):
    report = printed("64", "2024-11-12")
    front = report.pages[0]
    assert re.search(r"98,78%.*di bawah target, kurang 2\.717 akta", front)
    wajib, perekaman = re.findall(r"IKD (?:5,7|dari).*?di bawah target, kurang [\d.]+ aktivasi", front)[-2:]
    assert all(part in wajib for part in ("5,75%", "dari wajib KTP", "698.192"))
    assert all(part in perekaman for part in ("5,77%", "dari perekaman", "695.132"))
    assert "10.201 orang belum" in front
    assert "dihitung ulang 98,78%; dipublikasikan 99%" in front
    assert "dihitung ulang 99,24%; dipublikasikan 99,40%" in report.text
    assert "Dukcapil Prima" in report.text
    assert "seluruh kabupaten/kota sudah menerapkan Buku Pokok Pemakaman" in front
    assert "102,5" not in report.text  # October's numerator borrows no denominator
    assert "99,54%*" in report.text


@pytest.mark.parametrize("code", ["64", "64.71", "64.11"])
def test_the_pdf_is_accessible_and_self_contained(code, printed, regions):
    report = printed(code, "2024-11-12")
    with pikepdf.open(report.pdf) as pdf:
        root = pdf.Root
        assert str(root.Lang).split("-")[0] == "id"
        assert root.MarkInfo.Marked
        assert root.StructTreeRoot is not None
        assert root.Outlines is not None
        with pdf.open_metadata() as metadata:
            assert regions.get(code).name in metadata["dc:title"]
            assert metadata["pdfuaid:part"] == "1"
        assert embedded(pdf)
    assert report.pdf.stat().st_size < 1_000_000
    assert f"1 dari {len(report.pages)}" in report.pages[0]


def embedded(pdf: pikepdf.Pdf) -> bool:
    """Whether every font of the file carries its program."""
    descriptors = [
        obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
    ]
    return bool(descriptors) and all(
        any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")) for descriptor in descriptors
    )


def alternative_texts(pdf: pikepdf.Pdf) -> list[str]:
    return [
        str(obj.Alt)
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/S") == "/Figure" and "/Alt" in obj
    ]


def test_alt_text_says_the_finding_with_its_numbers(printed):
    with pikepdf.open(printed("64.71", "2024-11-12").pdf) as pdf:
        texts = " ".join(alternative_texts(pdf))
    for part in (
        "KTP-el: 102,07% (15 April 2022)",
        "99,98% menurut angka publikasi (13 Juni 2024)",
        "target 2024 99,40%",
    ):
        assert part in texts


def test_two_clones_give_the_same_bytes(cloned, tmp_path, printed):
    other = cloned(tmp_path / "klon lain")
    build(plan(other, "kukar", "2024-11-12", "published"), other)
    first = printed("64.02", "2024-11-12").pdf
    for ending in ENDINGS:
        second = other.root / "outputs" / "2024-11-12" / first.parent.name / f"{first.stem}{ending}"
        assert second.read_bytes() == (first.parent / f"{first.stem}{ending}").read_bytes()
