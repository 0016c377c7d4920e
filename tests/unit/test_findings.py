"""Findings as words: for the terminal, in the notes of a report, and where they keep a region from being printed."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from handmade import tables

from adminduk.basis import frames
from adminduk.basis.checks import Finding
from adminduk.basis.errors import DataError
from adminduk.basis.periods import load_period
from adminduk.basis.places import load_places
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.measure.checks import review
from adminduk.measure.evidence import Evidence, Scope
from adminduk.present import method
from adminduk.present.findings import sentence
from adminduk.present.listing import listing
from adminduk.present.sources import SourceNumbers
from adminduk.publish.gate import check_printable


@pytest.fixture(scope="module")
def book(paths):
    return load_rulebook(paths)


@pytest.fixture(scope="module")
def notes(paths, book):
    """``notes(tables, "64.71")``: the lines under "Catatan atas data"."""

    def lines(given, code, period="2024-11-12"):
        briefing = Briefing(given, book, book.regions.get(code), load_period(paths, period))
        bundle = method.notes(briefing, SourceNumbers(given["sources"]))
        blocks = {block["heading"]: block["items"] for block in bundle.payload["blocks"]}
        return blocks.get("Catatan atas data", [])

    return lines


def found(rule: str, severity: str = "periksa", code: str = "64.71", **values) -> Finding:
    return Finding(code, "2024-11-15", rule, severity, values, "a.xlsx:Lembar!B7")


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (found("angka_meragukan", column="% KIA", text="99,650", count="99.650"), "dibaca sebagai 99,650% menurut"),
        (found("kolom_ditafsirkan", column="PERSEN", measure=""), "Keadaan 15 November 2024: kolom “PERSEN” dibaca"),
        (found("daerah_tanpa_data", year=2024, newest=""), "belum ada angka dari tahun 2024; kantornya"),
        (found("sisa_bukan_selisih", measure="milik_kia", sex="P", whole=9, have=10, left=0), "dikurangi 10 adalah -1"),
        (
            found("salinan_lama", measure="milik_kia", count=30000, since="2024-08-31", times=4),
            "31 Agustus 2024, 4 kali;",
        ),
        (
            found(
                "penyebut_lama", indicator="kia", measure="milik_kia", base="anak_0_16", denominator_as_of="2022-12-31"
            ),
            "KIA, 15 November 2024: penyebutnya, anak usia 0-16 tahun, keadaan 31 Desember 2022",
        ),
    ],
)
def test_what_a_sentence_says(book, finding, told):
    assert told in sentence(finding, book.catalog)


def test_no_percentage_of_a_finding_crosses_its_target(book):
    """249,999 of 250,000 with a target of 100: 100 % is not printed, and 99.99999 % not rounded up."""
    counts = {"numerator": 2_499_999, "denominator": 2_500_000, "percent": "100", "target": "100"}
    told = sentence(found("putusan_karena_pembulatan", indicator="kia", **counts), book.catalog)
    assert "adalah 99,99996%, di bawah target 100%" in told


def test_the_list_goes_by_region_the_gravest_first_with_rule_and_cell(paths, book):
    counts = [
        "64.71.01 anak_0_16 2024-09-15 1001 b",
        "64.71.01 anak_0_17 2024-09-15 1000 b",
        "64.71 penduduk 2024-01-15 1000 a",
        "64.71 penduduk 2024-09-15 2000 b",
        "64.71 anak_0_16 2024-09-15 21 b",
        "64.71 anak_0_17 2024-09-15 20 b",
    ]
    evidence = Evidence(tables(counts), book, Scope(date(2024, 11, 12), date.max, "64.71"))
    lines = [*listing(review(evidence), book.catalog, load_places(paths))]
    heads = [line for line in lines if line and not line.startswith("   ")]
    assert [line[:40].split("  ")[0] or line[2:9].strip() for line in heads] == [
        "64.71 Kota Balikpapan", "tolak", "periksa", "64.71.01 Kecamatan Balikpapan Timur", "tolak",
        "3 temuan: 2 tolak, 1 periksa, 0 catat.",
    ]  # fmt: skip
    assert all(len(line) <= 110 for line in lines)
    text = " ".join(" ".join(lines).split())
    assert "padahal bagian darinya; angka yang benar perlu dimuat. [urutan_salah] b.csv:1" in text
    assert [*listing([], book.catalog, load_places(paths))] == ["Tidak ada temuan."]


def test_notes_tell_what_is_found_of_the_figures_that_are_shown(notes, published):
    told = notes(published, "64.74")
    assert [line for line in told if "turun 3.623 dari 130.564 orang" in line]
    province = notes(published, "64")
    assert len([line for line in province if "naik 158.067" in line]) == 1
    assert len([line for line in province if "jenis penyebut berganti" in line]) == 3


def test_notes_do_not_say_twice_what_remarks_conflicts_and_the_summary_say(notes, published):
    for code in ("64", "64.09", "64.72"):
        told = notes(published, code)
        assert not [line for line in told if "sedangkan" in line or "melebihi penyebut" in line]
        assert not [line for line in told if "kantornya perlu dihubungi" in line]
        assert len(set(told)) == len(told)


def test_notes_tell_the_newest_of_a_rule_and_what_only_needs_to_be_known_of_the_newest_figure(notes):
    whole = [f"64.71 anak_0_16 {when} 1000 {when} dinamis" for when in ("2024-08-15", "2024-09-15", "2024-10-15")]
    parts = [f"64.71 milik_kia/{sex} {row.split()[2]} 200 {row.split()[2]}" for row in whole for sex in "LP"]
    counts = [*whole, *parts, *(f"64.71 milik_kia {row.split()[2]} 410 {row.split()[2]}" for row in whole)]
    told = [line for line in notes(tables(counts), "64.71") if "laki-laki" in line]
    assert len(told) == 1
    assert "15 Oktober 2024" in told[0]
    old = ["64.71 anak_0_16 2023-06-30 900 x beku", "64.71 milik_kia 2023-09-15 400 x", *whole[:1]]
    now = [*old, "64.71 milik_kia 2024-08-15 410 2024-08-15"]
    assert [line for line in notes(tables(now), "64.71") if "jenis penyebut berganti" in line]
    later = [*now, whole[2], "64.71 milik_kia 2024-10-15 420 2024-10-15"]
    assert not [line for line in notes(tables(later), "64.71") if "jenis penyebut berganti" in line]


def test_findings_of_a_file_that_concern_no_printed_figure_stay_out_of_the_notes(notes):
    given = tables(["64.71 milik_kia 2024-10-15 410 a", "64.71 anak_0_16 2024-10-15 1000 a dinamis"])
    rows = [found("kolom_tidak_dikenal", "catat", column="X").row()]
    rows += [found("kolom_tidak_dikenal", "periksa", column="Y").row()]
    assert notes(given | {"findings": pd.DataFrame(rows, columns=list(frames.FINDINGS))}, "64.71") == []


def wrong(code: str) -> dict[str, pd.DataFrame]:
    return tables([f"{code} anak_0_16 2024-10-15 1001 a", f"{code} anak_0_17 2024-10-15 1000 a"])


def test_a_stopped_region_is_refused_with_finding_and_next_step(paths, book):
    period = load_period(paths, "2024-11-12")
    with pytest.raises(DataError) as error:
        check_printable(load_rulebook(paths), wrong("64.71"), book.regions.get("64.71"), period)
    text = str(error.value)
    assert "Kota Balikpapan (64.71, a.csv:1): tidak dicetak. Anak usia 0-16 tahun, 15 Oktober 2024: 1.001 anak" in text
    assert "docs/method/urutan_salah.md" in text
    assert "REPLACE=yes" in text
    check_printable(load_rulebook(paths), wrong("64.71"), book.regions.get("64.72"), period)
    check_printable(load_rulebook(paths), wrong("64.71"), book.regions.get("64"), period)
    check_printable(load_rulebook(paths), wrong("64.71"), book.regions.get("64.71"), load_period(paths, "2024-06-13"))


def test_the_province_tells_which_regencies_are_stopped_and_why(notes):
    told = notes(wrong("64.71.02"), "64")
    assert [line for line in told if line.startswith("Kota Balikpapan tidak dicetak. Anak usia 0-16 tahun, 15 Oktober")]
    assert not [line for line in notes(wrong("64.71.02"), "64.72") if "tidak dicetak" in line]
