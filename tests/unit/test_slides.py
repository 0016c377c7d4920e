"""What slides say, held against figures worked out by hand and against the briefing."""

from __future__ import annotations

import re

import pytest

from adminduk.basis.paths import find_paths
from adminduk.basis.regions import load_regions
from adminduk.present import wording
from adminduk.present.slides import slides
from adminduk.present.sources import SourceNumbers

PERIOD = "2024-11-12"
CODES = [region.code for region in load_regions(find_paths()).all]


@pytest.fixture
def shown(briefing):
    def make(code: str, period: str = PERIOD):
        found = briefing(code, period)
        return slides(found, SourceNumbers(found.sources))

    return make


def indicator(shown, name):
    (found,) = [slide for slide in shown if slide["kind"] == "indicator" and slide["heading"].startswith(name)]
    return found


def test_the_province_reached_two_of_four_targets(shown):
    summary = shown("64")[1]
    assert summary["heading"] == "2 dari 4 indikator dengan angka 2024 mencapai target"
    assert summary["empty"] == "Belum ada angka: Buku Pokok Pemakaman dan PKS."
    told = {row["label"]: (row["value"], row["target"], row["verdict"]) for row in summary["rows"]}
    assert told["KTP-el"] == ("99,65%", "99,40%", "melampaui target")
    assert told["Akta kelahiran 0-17 tahun"] == ("98,78%", "99%", "di bawah target")
    assert told["IKD dari perekaman"] == ("5,77%", "30%", "di bawah target")


def test_who_is_short_stands_in_the_heading(shown):
    found = indicator(shown("64"), "Akta kelahiran")
    assert found["heading"] == "Akta kelahiran 0-17 tahun: kurang 2.717 akta"
    assert (found["value"], found["state"]) == ("98,78%", "missed")
    assert found["facts"] == ["1.234.871 dari 1.250.088", "Target 2024: 99%", "−0,22 poin persen"]
    # 49 days to the end of the year, of which 32 are working days: 2,717 / 49 = 55.4; 2,717 / 32 = 84.9
    assert found["sentence"].startswith("Sampai 31 Desember 2024 diperlukan 56 akta per hari (85 per hari kerja)")


def test_one_figure_on_two_bases_shares_a_slide(shown):
    found = indicator(shown("64"), "IKD")
    assert found["heading"] == "IKD dari wajib KTP: kurang 698.192 aktivasi"
    assert "Dari perekaman: 5,77%" in found["facts"]


def test_the_ten_regencies_of_june_2021_stand_with_the_province_among_them(shown):
    chart = indicator(shown("64.74", "2021-06-15"), "KIA")["chart"]
    assert len(chart["marks"]) == 11
    assert [mark["size"] for mark in chart["marks"]] == sorted((m["size"] for m in chart["marks"]), reverse=True)
    whole = next(mark for mark in chart["marks"] if mark["name"] == "Kalimantan Timur")
    assert whole["text"] == "42,48%"  # 499,093 of 1,174,848
    assert [mark["name"] for mark in chart["marks"] if mark["own"]] == ["Bontang"]
    assert chart["low"] == 0


def test_an_old_figure_names_its_day_and_the_year_of_its_target(shown):
    found = indicator(shown("64.71"), "Akta kelahiran")
    assert found["heading"].endswith("melampaui target 2022")
    assert found["facts"][0] == "Keadaan 15 April 2022"
    assert found["chart"]["target_text"] == "target 97% (2022)"


def test_a_claim_is_hollow_starred_and_explained(shown):
    found = indicator(shown("64.71"), "KTP-el: ")
    assert found["value"] == "99,98%*"
    assert found["chart"]["marks"][0] == {
        "name": "13 Jun 2024", "size": 99.98, "text": "99,98%*", "own": True, "hollow": True
    }  # fmt: skip
    assert found["notes"][0].startswith("* angka publikasi")


def test_a_share_above_one_is_inside_its_axis_and_explained(shown):
    found = indicator(shown("64.03"), "KTP-el")
    assert found["facts"][-1] == "Lebih dari 100%: penyebut dibekukan pada DKB 31 Desember 2021"
    assert found["chart"]["high"] >= max(mark["size"] for mark in found["chart"]["marks"]) > 100


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("period", ["2021-06-15", "2024-11-12"])
def test_no_slide_is_empty_and_nothing_known_is_left_out(shown, briefing, code, period):
    found, entries = shown(code, period), briefing(code, period).entries
    told = [slide for slide in found if slide["kind"] == "indicator"]
    assert [slide["value"].rstrip("*‡†") for slide in told] == [
        wording.value(entry.rows[0]) for entry in entries if entry.rows
    ]
    assert all(slide["sentence"].endswith(".") and len(slide["sentence"]) > 5 for slide in told)
    assert all(slide["items"] for slide in found if slide["kind"] in ("list", "sources"))
    for slide in told:
        sizes = [mark["size"] for mark in slide["chart"]["marks"]] + [slide["chart"]["target"] or slide["chart"]["low"]]
        assert slide["chart"]["low"] <= min(sizes) and max(sizes) <= slide["chart"]["high"]
        assert all(re.sub(r"[*]", "", mark["text"]) in slide["chart"]["alt"] for mark in slide["chart"]["marks"])
