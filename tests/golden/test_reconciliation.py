"""The internal reconciliation as it stands on paper: what it says, in which order, and how."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from adminduk.basis.defaults import PERIOD, RECONCILIATION
from adminduk.publish.plan import plan
from adminduk.publish.run import ENDINGS, build

MARGIN = 20 * 72 / 25.4


@pytest.fixture(scope="module")
def pdf(cloned, tmp_path_factory) -> Path:
    project = cloned(tmp_path_factory.mktemp("rekonsiliasi"))
    made = build(plan(project, "64", PERIOD, "published", RECONCILIATION), project)
    assert made == project.audits / "published.pdf"
    assert {path.name for path in project.audits.iterdir()} == {f"published{ending}" for ending in ENDINGS}
    return made


@pytest.fixture(scope="module")
def pages(pdf) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture(scope="module")
def text(pages) -> str:
    return " ".join(pages)


def test_page_one_says_how_many_and_which_verdicts_turn(pages):
    front = pages[0]
    assert "Rekonsiliasi angka publikasi" in front
    assert "Dokumen internal" in front
    assert "Keadaan 5 Mei 2016 sampai 29 Januari 2026" in front
    assert "Dari 124 persentase yang dipublikasikan, 61 dapat dihitung ulang" in front
    assert "Dari 61 itu 44 sesuai, 7 berbeda kurang dari 0,1 poin persen, dan 10 berbeda" in front
    assert "Pada 2 angka penilaian terhadap target berubah bila dihitung tepat." in front
    assert (
        "akta kelahiran 0-17 tahun, 12 November 2024: dihitung ulang 98,78%; dipublikasikan 99%. Target 99%: menurut "
        "pernyataannya “target tercapai”; menurut nilai tepat masih kurang 2.717 akta."
    ) in front
    # 0,994 x 2.788.564 = 2.771.832,6: 2.771.833 are needed, 2.767.407 there are.
    assert "dihitung ulang 99,24%; dipublikasikan 99,40%" in front
    assert "masih kurang 4.426 orang" in front


def test_what_weighs_most_comes_first_and_is_counted(text):
    groups = (
        "Penilaian berubah bila dihitung tepat (2)",
        "Berbeda 0,1 poin persen atau lebih (9)",
        "Berbeda kurang dari 0,1 poin persen (7)",
        "Perkiraan yang sesuai dalam kelonggarannya (2)",
        "41 persentase lain sesuai dengan jumlahnya.",
    )
    places = [text.index(group) for group in groups]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "row",
    [
        "Samarinda, KTP-el, 15 Apr 2022 591.980 591.269 100,12% 101,77% +1,65",
        "Kalimantan Timur, KIA, Okt 2020 287.533 1.117.270 25,74% 37,90% +12,16",
        "Kutai Timur, akta kelahiran 0-18 tahun, 30 Apr 2021 144.171 148.556 97,05% 97,03% −0,02",
        "Penajam Paser Utara, IKD dari wajib KTP, 2023 4.650‡ 135.000‡ 3,44% 4%‡ +0,56",
        "Kalimantan Timur, KTP-el, Okt 2024 2.860.701 – 99,54%",
        "Kutai Kartanegara, KTP-el, Mei 2023 – 521.174 98,77%",
    ],
)
def test_rows_read_from_the_page(text, row):
    assert figures(row) in figures(text)


def figures(text: str) -> str:
    """The text without its spaces: a page breaks lines where it likes."""
    return re.sub(r"\s", "", text)


def test_the_share_of_the_target_and_wide_wordings_are_explained(text):
    assert "18,25% adalah bagian dari target 30% yang sudah dicapai; cakupannya 5,48%." in text
    assert "sumbernya tidak menyebut penyebut 7,34%; di sini dibagi wajib KTP dari pernyataan yang sama" in text
    assert "hitungan ulang terletak antara 3,43% dan 3,46%; “sekitar 4%” berarti antara 3,50% dan 4,50%" in text
    assert "11,6%: dihitung atas 186.535, yang bukan wajib KTP Samarinda." in text


def test_nobody_is_blamed(text):
    assert not re.search(r"\b(salah|keliru|bohong|menyesatkan|manipulasi)\b|!", text.split("Dari mana angka")[0])


def test_the_header_is_repeated_and_every_source_is_listed(pages):
    headers = [page.count("Daerah, indikator, keadaan") for page in pages]
    assert headers[:2] == [1, 2]  # the first table goes on, the second begins
    listed = re.findall(r"(?:^|\s)(\d{1,2})\. [A-Z0-9]", "".join(pages[2:]).split("Dari mana angka-angka ini?")[1])
    cited = {int(n) for line in re.findall(r"Sumber: ([\d, ]+\d)", " ".join(pages[:2])) for n in line.split(", ")}
    assert cited == set(range(1, 23)) <= {int(number) for number in listed}


def test_the_page_is_kept_and_can_be_read_aloud(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            words, (width, _) = page.get_textpage(), page.get_size()
            boxes = [words.get_rect(place) for place in range(words.count_rects())]
            assert all(box[0] >= MARGIN - 4 and box[2] <= width - MARGIN + 4 for box in boxes)
    with pikepdf.open(pdf) as opened:
        assert opened.Root.MarkInfo.Marked
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("Rekonsiliasi angka publikasi")
