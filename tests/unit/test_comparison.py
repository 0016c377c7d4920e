"""Where a region stands among the others, and the marks that tell a count, a claim and an old figure apart."""

from __future__ import annotations

import base64
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.present import tables, theme
from adminduk.present.cohorts import answer, cohorts
from adminduk.present.comparison import COLUMNS, WIDTH_MM, ranking, tile_map
from adminduk.present.sources import SourceNumbers
from adminduk.present.summary import summary
from adminduk.present.typesetting import bar_html
from adminduk.publish.compiler import compile_pdf, picture
from adminduk.publish.export import typst_source


def test_the_answer_says_place_and_distance_or_why_there_is_none(briefing):
    """Bontang 130.564 / 127.645 less Balikpapan 504.961 / 494.718 is 0,2163 points; 7.651 / 10.035 less 119.780 /
    209.687 is 19,1199; Balikpapan's akta are the highest."""
    base = briefing("64.71", "2024-11-12")
    assert answer(base, cohorts(base)) == (
        "Kota Balikpapan: KTP-el (15 Apr 2022) peringkat 2 dari 5, 0,22 poin persen di bawah Bontang; KIA (15 Jun "
        "2021) peringkat 4 dari 10, 19,12 poin persen di bawah Mahakam Ulu; akta kelahiran 0-17 tahun (15 Apr 2022) "
        "peringkat 1 dari 6, tertinggi."
    )
    base = briefing("64.08", "2024-11-12")
    assert answer(base, cohorts(base)) == (
        "Kabupaten Kutai Timur: KIA (15 Jun 2021) peringkat 7 dari 10, 36,99 poin persen di bawah Mahakam Ulu; tidak "
        "ada peringkat untuk KTP-el (15 Apr 2022) dan akta kelahiran 0-17 tahun (15 Apr 2022) karena angkanya tidak "
        "dimuat."
    )


def test_the_answer_for_the_province_says_how_far_the_regencies_lie_apart(briefing):
    """7.651 / 10.035 less 53.864 / 239.563 is 53,76 points."""
    base = briefing("64", "2024-11-12")
    assert "KIA (15 Jun 2021) 53,76 poin persen" in answer(base, cohorts(base))


def test_who_shares_a_place_is_said_to_share_it(briefing):
    base = briefing("64.71", "2024-11-12")
    cohort = next(cohort for cohort in cohorts(base) if cohort.indicator.id == "kia")
    values = [Fraction(9, 10), Fraction(8, 10), Fraction(8, 10), *[Fraction(1, 10)] * 7]
    order = sorted(cohort.rows, key=lambda row: row.region_code not in ("64.71", "64.72"))
    rows = [order[2], *order[:2], *order[3:]]
    tied = replace(cohort, rows=tuple(replace(row, value=value) for row, value in zip(rows, values, strict=True)))
    first = tied.rows[0]
    assert answer(base, [tied]) == (
        "Kota Balikpapan: KIA (15 Jun 2021) peringkat 2 (bersama) dari 10, "
        f"10,00 poin persen di bawah {base.regions.get(first.region_code).short_name}."
    )


def test_the_answer_stands_under_the_map_in_every_form(briefing, published):
    base = briefing("64.71", "2024-11-12")
    shown = tile_map(base, SourceNumbers(published["sources"]))
    told = answer(base, cohorts(base))
    assert shown.payload["answer"] == told
    assert BeautifulSoup(shown.html, "html.parser").find(class_="adminduk-answer").get_text() == told
    assert shown.plain.endswith(told)


def test_a_full_report_without_a_ranking_says_why(paths, briefing, published):
    known = briefing("64.71", "2024-11-12")
    own = published["counts"]["region_code"].isin(["64", "64.71"])
    alone = Briefing(
        {**published, "counts": published["counts"][own]}, load_rulebook(paths), known.region, known.period
    )
    assert not alone.is_sparse
    assert ranking(alone, SourceNumbers(published["sources"])).plain == (
        "Tidak ada peringkat: untuk tanggal mana pun, angka sejenis kurang dari setengah kabupaten/kota."
    )
    assert tile_map(alone, SourceNumbers(published["sources"])) is None


def bar(style: str, stale: bool) -> dict:
    return {"value": 0.5, "target": 0.6, "reference": None, "upper": 1.0, "style": style, "stale": stale}


def test_old_claims_look_neither_like_old_counts_nor_like_new_claims():
    drawn = {kind: bar_html(bar(*kind)) for kind in product(("hollow", "solid"), (False, True))}
    assert len(set(drawn.values())) == 4
    coded = BeautifulSoup(drawn["hollow", True], "html.parser").img["src"].partition(",")[2]
    fills = [path.get("fill") for path in BeautifulSoup(base64.b64decode(coded), "html.parser").find_all("path")]
    assert fills.count("url(#h)") == 1


def test_nor_do_they_on_paper(briefing, published):
    payload = summary(briefing("64.11", "2024-11-12"), SourceNumbers(published["sources"]))._repr_mimebundle_()
    (data,) = [payload[key] for key in payload if key.startswith("application/")]
    drawn = set()
    for kind in product(("hollow", "solid"), (False, True)):
        rows = [{**row, "bar": bar(*kind) if row["bar"] else None} for row in data["rows"]]
        shown = new_output("display_data", data={"application/vnd.adminduk+json": {**data, "rows": rows}})
        drawn.add(picture(compile_pdf(typst_source(new_notebook(cells=[new_code_cell("", outputs=[shown])])))))
    assert len(drawn) == 4


@pytest.mark.parametrize(
    ("code", "marks"), [("64.11", "setengah berarsir: angka publikasi lama"), ("64.01", "berarsir")]
)
def test_the_note_under_the_bars_names_the_marks_that_are_drawn(code, marks, briefing, published):
    payload = summary(briefing(code, "2024-11-12"), SourceNumbers(published["sources"])).payload
    assert marks in payload["bar_note"]
    bars = [row["bar"] for row in payload["rows"] if row["bar"]]
    old = any(one["stale"] and one["style"] == "hollow" for one in bars)
    assert ("setengah" in payload["bar_note"]) == old


def test_one_sign_has_one_meaning(briefing):
    """Berau has figures above one for two reasons, each with its own date."""
    base = briefing("64.03", "2024-11-12")
    rows = [row for entry in base.entries for row in base.history(entry.indicator)]
    assert tables.over_note(rows) == [
        "† lebih dari 100%: penyebutnya tidak dimuat sumbernya (Sep 2021); penyebut dibekukan pada DKB 31 Desember "
        "2021 (15 Apr 2022)."
    ]
    assert tables.over_note([]) == []


def test_the_notes_above_a_panel_do_not_reach_the_next_one(briefing):
    for cohort in cohorts(briefing("64", "2024-11-12")):
        assert theme.label_mm("; ".join(cohort.notes)) < WIDTH_MM / COLUMNS - 4
