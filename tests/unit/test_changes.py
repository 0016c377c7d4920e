"""What moved between two editions, on figures whose differences are plain to see."""

from __future__ import annotations

import pytest
from handmade import tables

from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.publish import changes

OLD = ["64.03 anak_0_16 2024-06-30 1000 a dinamis", "64.03 milik_kia 2024-06-30 600 a"]
NEW = ["64.03 anak_0_16 2024-11-12 1000 b dinamis", "64.03 milik_kia 2024-11-12 700 b"]
DISTRICT = ["64.03.01 anak_0_16 2024-11-12 400 b dinamis", "64.03.01 milik_kia 2024-11-12 300 b"]


@pytest.fixture(scope="module")
def told(paths, regions):
    """``told(counts)``: the figures that Berau's reports tell."""
    book, period = load_rulebook(paths), load_period(paths, "2024-11-12")

    def make(*counts: str) -> list[changes.Told]:
        return changes.told([Briefing(tables(counts), book, regions.get("64.03"), period)])

    return make


def moved(before, after) -> list[tuple[str, str, str, str]]:
    return [(one.where, one.before, one.after, one.cause) for one in changes.moved(before, after)]


def test_figures_are_told_once_each_by_their_place(told):
    rows = told(*OLD, *NEW, *DISTRICT)
    assert [(row.where, row.region_code, row.as_of, row.numerator) for row in rows] == [
        ("ringkasan", "64.03", "2024-11-12", "700"),
        ("riwayat", "64.03", "2024-06-30", "600"),
        ("kecamatan", "64.03.01", "2024-11-12", "300"),
    ]
    assert changes.read(changes.written(rows)) == rows


def test_the_same_figures_have_not_moved(told):
    rows = told(*OLD, *NEW, *DISTRICT)
    assert moved(rows, rows) == []
    assert changes.sentences([]) == (
        "Tidak ada angka capaian yang berubah; yang berubah keterangan lain (pembanding, program, teks) atau susunan "
        "halaman.",
    )


def test_a_newer_figure_moves_the_first_page_and_not_the_one_it_follows(told):
    found = moved(told(*OLD), told(*OLD, *NEW))
    assert found == [("ringkasan", "60,00% (30 Jun 2024)", "70,00% (12 Nov 2024)", "data")]
    assert moved(told(*OLD, *NEW), told(*OLD))[0][1:3] == ("70,00% (12 Nov 2024)", "60,00% (30 Jun 2024)")


def test_an_earlier_figure_and_one_of_a_kecamatan_are_told_behind_the_first_page(told):
    corrected = [OLD[0], OLD[1].replace("600", "590"), NEW[0], NEW[1].replace("700", "710")]
    own = [DISTRICT[0], DISTRICT[1].replace("300", "310")]
    found = changes.moved(told(*OLD, *NEW, *DISTRICT), told(*corrected, *own))
    assert [(one.where, one.before, one.after) for one in found] == [
        ("ringkasan", "70,00% (12 Nov 2024)", "71,00% (12 Nov 2024)"),
        ("riwayat", "60,00% (30 Jun 2024)", "59,00% (30 Jun 2024)"),
        ("kecamatan", "75,00% (12 Nov 2024)", "77,50% (12 Nov 2024)"),
    ]
    assert [line.partition(",")[0] for line in changes.sentences(found, "64.03")] == ["Kabupaten Berau"] * 2 + [
        found[2].region
    ]
    assert changes.sentences(found, "64.0") == changes.sentences([])


def test_counts_are_shown_where_the_percentage_stays(told):
    """600 of 1,000 and 1,200 of 2,000 are both 60 %."""
    twice = ["64.03 anak_0_16 2024-06-30 2000 a dinamis", "64.03 milik_kia 2024-06-30 1200 a"]
    assert moved(told(*OLD), told(*twice)) == [
        ("ringkasan", "60,00% (30 Jun 2024), 600 dari 1.000", "60,00% (30 Jun 2024), 1.200 dari 2.000", "data")
    ]


def test_a_figure_that_is_gone_is_told(told):
    assert moved(told(*OLD), told()) == [("ringkasan", "60,00% (30 Jun 2024)", "tidak ada", "data")]


def test_a_long_note_is_cut_and_says_by_how_much(told):
    days = [f"2024-0{month}-{day}" for month in range(1, 6) for day in ("10", "15", "20", "25", "28")]  # 25
    before = [line for day in days for line in (OLD[0].replace("2024-06-30", day), OLD[1].replace("2024-06-30", day))]
    after = [line.replace(" 600 ", " 500 ") for line in before]
    lines = changes.sentences(changes.moved(told(*before), told(*after)), "64.03")
    assert len(lines) == 21
    assert lines[-1] == "Dan 5 angka lain yang berubah; semuanya ada di perubahan.csv."
