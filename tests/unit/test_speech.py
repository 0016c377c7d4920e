"""The text to be read out: its sentences by hand from published figures, and the Word file read back."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from handmade import tables

from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.present import speech, wording
from adminduk.publish.speech import speech_docx

SPOKEN = [
    "Cakupan perekaman KTP-el",
    "Cakupan perekaman KTP-el pemilih pemula",
    "Cakupan kepemilikan KIA",
    "Cakupan akta kelahiran usia 0-17 tahun",
    "Buku Pokok Pemakaman",
    "Cakupan aktivasi IKD",
    "Perjanjian kerja sama pemanfaatan data",
]
# Written by hand from the published figures of 12 November 2024 and the claims of 13 June 2024.
SAID = {
    SPOKEN[0]: "Target tahun 2024 adalah 99,40%. Jumlah wajib KTP 2.878.769, dan jumlah penduduk yang sudah melakukan "
    "perekaman KTP-el 2.868.568, atau 99,65%. Capaian itu melampaui target. Menurut angka publikasi DKP3A 13 Juni "
    "2024, tertinggi Kota Balikpapan 99,98% dan terendah Kota Bontang 97,43%.",
    SPOKEN[2]: "Target tahun 2024 adalah 60%. Jumlah anak usia 0-16 tahun 1.197.605, dan jumlah anak yang memiliki "
    "KIA 912.264, atau 76,17%. Capaian itu melampaui target. Menurut angka publikasi DKP3A 13 Juni 2024, tertinggi "
    "Kota Balikpapan 96,90% dan terendah Kabupaten Kutai Barat 54,67%.",
    SPOKEN[3]: "Target tahun 2024 adalah 99%. Jumlah anak usia 0-17 tahun 1.250.088, dan jumlah anak usia 0-17 tahun "
    "yang memiliki akta kelahiran 1.234.871, atau 98,78%. Capaian itu di bawah target, kurang 2.717 akta.",
    SPOKEN[4]: "Menurut pernyataan DKP3A 19 November 2024, seluruh kabupaten/kota sudah menerapkan Buku Pokok "
    "Pemakaman dan hampir semuanya mencapai target; angkanya tidak dimuat.",
    SPOKEN[5]: "Target tahun 2024 adalah 30%. Jumlah wajib KTP 2.878.769, dan jumlah penduduk yang sudah "
    "mengaktifkan IKD 165.439, atau 5,75%. Capaian itu di bawah target, kurang 698.192 aktivasi. Terhadap penduduk "
    "yang sudah melakukan perekaman KTP-el yang berjumlah 2.868.568, capaiannya 5,77%: di bawah target, kurang "
    "695.132 aktivasi. Menurut angka publikasi DKP3A 13 Juni 2024, tertinggi Kabupaten Penajam Paser Utara 10,46% "
    "dan terendah Kabupaten Berau 1,74%.",
    SPOKEN[6]: "Belum ada angka sampai 12 November 2024.",
}


def after(paragraphs: list, heading: str) -> str:
    """The paragraph below a heading."""
    place = next(n for n, one in enumerate(paragraphs) if one.text == heading)
    return paragraphs[place + 1].text


@pytest.fixture(scope="module")
def province(briefing) -> Briefing:
    return briefing("64", "2024-11-12")


@pytest.fixture(scope="module")
def written(province) -> bytes:
    return speech_docx(province)


def test_indicators_are_spoken_in_the_order_of_the_meeting(province):
    headings = [one.text for one in speech.paragraphs(province) if one.style == "Heading 1"]
    assert headings == [
        "Pembukaan",
        *SPOKEN,
        "Yang perlu diputuskan dan dikerjakan",
        "Penutup",
        "Catatan untuk penyunting (tidak dibacakan)",
    ]


@pytest.mark.parametrize("heading", SAID)
def test_each_indicator_is_told_as_the_figures_say(heading, province):
    assert after(speech.paragraphs(province), heading) == SAID[heading]


def test_the_deadline_asks_for_so_many_a_working_day(province):
    """10,201 left; 13 to 26 November are 10 working days; 10,201 / 10 rounded up."""
    assert after(speech.paragraphs(province), "Yang perlu diputuskan dan dikerjakan") == (
        "KTP-el: pada 12 November 2024 sebanyak 10.201 orang belum terlayani. Terhitung 13 sampai 26 November 2024 "
        "ada 10 hari kerja sampai hari pemungutan suara 27 November 2024, sehingga diperlukan 1.021 orang per hari "
        "kerja."
    )


def test_what_was_published_otherwise_is_a_note_that_is_not_read_out(province):
    told = speech.paragraphs(province)
    place = [one.text for one in told].index("Catatan untuk penyunting (tidak dibacakan)")
    notes = [one.text for one in told[place + 1 :]]
    assert notes[0] == "Akta kelahiran 0-17 tahun, 12 November 2024: dihitung ulang 98,78%; dipublikasikan 99%."
    assert all("dipublikasikan" not in one.text for one in told[:place])


def test_every_percentage_is_one_of_the_indicators(province, regions):
    """Read back from the paragraphs: own values, targets, and what was claimed of regencies."""
    rows = [row for entry in province.entries for row in entry.rows]
    allowed = {wording.value(row) for row in rows} | {wording.target(row) for row in rows}
    allowed |= {wording.printed_percent(claim.percent) for row in rows for claim in row.published}
    for place in regions.regencies:
        claims = (row.claim for i in province.catalog for row in province.history(i, place.code) if row.claim)
        allowed |= {wording.printed_percent(claim.percent) for claim in claims if claim.standing}
    found = {number for one in speech.paragraphs(province) for number in re.findall(r"\d[\d.,]*%", one.text)}
    assert found and found <= allowed


COHORT = [
    f"{code} {measure} 2024-11-12 {count} s-{code} {kind}".rstrip()
    for code, holders in [("64.01", 90), ("64.02", 90), ("64.03", 59), ("64.07", 60), ("64.08", 75)]
    for measure, count, kind in [("milik_kia", holders, ""), ("anak_0_16", 100, "dinamis")]
]


@pytest.fixture(scope="module")
def made(paths, regions):
    def make(lines: list[str], code: str = "64") -> Briefing:
        book, period = load_rulebook(paths), load_period(paths, "2024-11-12")
        return Briefing(tables(lines), book, regions.get(code), period)

    return make


def test_highest_lowest_and_below_target_where_half_can_be_held_against_each_other(made):
    """Target 60 %: of five regencies only Berau (59 of 100) is below; two share the highest place."""
    told = after(speech.paragraphs(made(COHORT)), "Cakupan kepemilikan KIA")
    assert told.endswith(
        "Dari 5 kabupaten/kota yang angkanya dimuat, tertinggi Kabupaten Paser dan Kabupaten Kutai Kartanegara "
        "(90,00%), terendah Kabupaten Berau (59,00%). Di bawah target 1 dari 5 kabupaten/kota: Kabupaten Berau "
        "(59,00%)."
    )


def test_of_fewer_than_half_no_highest_is_named(made):
    told = speech.paragraphs(made(COHORT[:8]))
    assert "tertinggi" not in after(told, "Cakupan kepemilikan KIA")
    assert any(re.match("Tertinggi dan terendah .*, KIA, .* tidak disebut", one.text) for one in told)


def test_a_regency_names_no_other_regency(made):
    text = " ".join(one.text for one in speech.paragraphs(made(COHORT, "64.03")))
    assert "Peringkat 5 dari 5 kabupaten/kota yang angkanya dimuat." in text
    assert "Paser" not in text and "Kutai" not in text


def test_a_figure_of_another_day_says_its_day(made):
    lines = [line.replace("2024-11-12", "2024-10-31") for line in COHORT]
    told = after(speech.paragraphs(made(lines)), "Cakupan kepemilikan KIA")
    assert "keadaan 31 Oktober 2024" in told
    assert "Keadaan 31 Oktober 2024, dari 5 kabupaten/kota yang angkanya dimuat, tertinggi" in told


def test_the_file_holds_the_paragraphs_in_word_s_own_styles(written, province):
    document = Document(io.BytesIO(written))
    found = [(one.style.name, one.text) for one in document.paragraphs]
    assert found == [tuple(one) for one in speech.paragraphs(province)]
    section = document.sections[0]
    # Word keeps lengths in twentieths of a point.
    assert abs(section.page_width - Mm(210)) < Mm(0.1) and abs(section.page_height - Mm(297)) < Mm(0.1)
    languages = {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"id-ID"} == {document.core_properties.language}
    assert [one.text for one in section.header.paragraphs] == ["Provinsi Kalimantan Timur, keadaan 12 November 2024"]
    fields = [tag.get(qn("w:instr")) for tag in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_simulated_figures_say_so_on_every_page(made):
    lines = [line.replace(" s-64", " simulasi-64") for line in COHORT]
    document = Document(io.BytesIO(speech_docx(made(lines))))
    head = [one.text for one in document.sections[0].header.paragraphs]
    assert head == ["DATA SIMULASI - bukan angka resmi", "Provinsi Kalimantan Timur, keadaan 12 November 2024"]


def test_the_same_figures_make_the_same_bytes(written, province):
    assert speech_docx(province) == written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Document(io.BytesIO(written)).core_properties.created.date() == province.period.as_of
