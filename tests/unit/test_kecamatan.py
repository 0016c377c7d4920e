"""The kecamatan of a regency, its peer group, and that what is printed of both is what the counts say."""

from __future__ import annotations

from fractions import Fraction

import pytest
from handmade import tables

from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.measure.kecamatan import within
from adminduk.measure.peers import standings
from adminduk.present import kecamatan, peers
from adminduk.present.sources import SourceNumbers

BONTANG = {"64.74.01": "Bontang Utara", "64.74.02": "Bontang Selatan", "64.74.03": "Bontang Barat"}
DAY = "2024-11-12"


@pytest.fixture(scope="module")
def made(paths, regions):
    """``made(lines, code)``: the briefing of a regency on lines of counts, and its source numbers."""
    book, period = load_rulebook(paths), load_period(paths, DAY)

    def make(lines, code="64.74"):
        written = tables(lines)
        return Briefing(written, book, regions.get(code), period), SourceNumbers(written["sources"])

    return make


def certificates(code: str, have: int, of_all: int, day: str = DAY, kind: str = "dinamis") -> list[str]:
    return [f"{code} milik_akta_0_17 {day} {have} f", f"{code} anak_0_17 {day} {of_all} f {kind}"]


def bontang() -> list[str]:
    """60 of 100, 270 of 300 and 3 of 4: below, below, below 99%; 333 of 404 in all."""
    parts = zip(BONTANG, ((60, 100), (270, 300), (3, 4)), strict=True)
    return [line for code, pair in parts for line in certificates(code, *pair)] + certificates("64.74", 333, 404)


def full() -> list[str]:
    """Enough indicators of the year for a report that is not short."""
    lines = ["64.74 milik_kia 2024-11-12 70 f", "64.74 anak_0_16 2024-11-12 100 f dinamis"]
    return [*lines, "64.74 rekam_ktp_el 2024-11-12 999 f", "64.74 wajib_ktp 2024-11-12 1000 f dinamis"]


def table(parts, caption: str) -> dict:
    found = [part.payload for part in parts if part is not None and part.kind == "table"]
    return next(payload for payload in found if caption in payload["caption"])


def said(parts) -> str:
    return " ".join(part.plain for part in parts if part is not None and part.kind == "sentence")


# --- the kecamatan ---


def test_every_kecamatan_with_its_coverage_and_those_left(made):
    """An office's own page has its own small numbers: one child of four."""
    shown = table(kecamatan.answer(*made(bontang())), "Kecamatan di Kota Bontang, keadaan 12 November 2024")
    assert shown["rows"] == [
        ["Bontang Utara", "60,00%", "40"],
        ["Bontang Selatan", "90,00%", "30"],
        ["Bontang Barat", "75,00%", "1"],
        ["Kota Bontang", "82,43%", "71"],
    ]
    assert shown["total_rows"] == [3]
    assert shown["spanners"] == [{"label": "Akta kelahiran 0-17 tahun", "first": 1, "last": 2}]


def test_spread_and_whom_to_lift_first(made):
    """Target 99%: 39, 27 and 1 short. Squares about 333/404 by base: (5,029 + 1,721 + 0,022)/404, root 0,1295."""
    (one,) = within(made(bontang())[0])
    assert one.spread.range == Fraction(3, 10)
    assert [(area.region_code, short) for area, short in one.spread.first] == [
        ("64.74.01", 39),
        ("64.74.02", 27),
        ("64.74.03", 1),
    ]
    parts = kecamatan.answer(*made(bontang()))
    shown = table(parts, "Sebaran")
    assert shown["rows"] == [["Akta kelahiran 0-17 tahun", "30,00", "12,95", "3 dari 3", "67"]]
    assert said(parts).endswith(
        "Akta kelahiran 0-17 tahun: Bontang Utara 60,00% sampai Bontang Selatan 90,00%; tiga kecamatan di bawah "
        "target, kurang 67 akta; didahulukan Bontang Utara, Bontang Selatan, dan Bontang Barat."
    )


def test_a_kecamatan_that_sent_nothing_is_a_dash_that_is_explained(made):
    lines = [line for line in bontang() if not line.startswith("64.74.03")]
    shown = table(kecamatan.answer(*made(lines)), "Kecamatan di")
    assert shown["rows"][2] == ["Bontang Barat", "–", "–"]
    assert shown["notes"][0].endswith("kecamatan yang dimuat: Akta kelahiran 0-17 tahun 2 dari 3.")


def test_figures_of_another_date_or_kind_do_not_stand_beside_it(made):
    lines = [line for line in bontang() if not line.startswith("64.74.0")]
    lines += certificates("64.74.01", 60, 100, "2024-10-31") + certificates("64.74.02", 60, 100, kind="beku")
    own, numbers = made([*lines, *full()])
    assert within(own) == ()
    assert said(kecamatan.answer(own, numbers)) == (
        "Belum ada jumlah menurut kecamatan pada tanggal angka terakhir Kota Bontang."
    )


def test_all_at_target(made):
    lines = [line for code in BONTANG for line in certificates(code, 99, 100)] + certificates("64.74", 297, 300)
    told = "Tidak ada kecamatan di bawah target: akta kelahiran 0-17 tahun (semuanya 99,00%)."
    assert told in said(kecamatan.answer(*made(lines)))


def test_neither_the_province_nor_a_short_report_without_counts(made, briefing, published):
    numbers = SourceNumbers(published["sources"])
    assert kecamatan.answer(briefing("64", DAY), numbers) == []
    assert kecamatan.answer(briefing("64.11", DAY), numbers) == []


def test_twenty_kecamatan_are_all_there(made, regions):
    codes = [place.code for place in regions.districts if place.code.startswith("64.02.")]
    lines = [line for n, code in enumerate(codes) for line in certificates(code, 900 + n, 1000)]
    shown = table(kecamatan.answer(*made([*lines, *certificates("64.02", 18190, 20000)], "64.02")), "Kecamatan di")
    assert len(shown["rows"]) == 21
    printed = [int(row[2].replace(".", "")) for row in shown["rows"]]
    assert printed == [*range(100, 80, -1), 1810] and sum(printed[:-1]) == printed[-1]


# --- the peers ---


def test_the_groups_follow_their_rule(regions, published):
    """250.000 people in the register of 31 December 2024 and 5 to the square kilometre make a kabupaten large."""
    counts = published["counts"]
    known = counts[(counts["measure"] == "penduduk") & (counts["source"] == "kepmendagri-2024-12-31-penduduk")]
    people = dict(zip(known["region_code"], known["count"], strict=True))
    for place in regions.regencies:
        large = people[place.code] >= 250_000 and people[place.code] / float(place.area_km2) >= 5
        kabupaten = "kabupaten_besar" if large else "kabupaten_kecil"
        assert place.peers == ("kota" if place.kind == "kota" else kabupaten), place.name
    assert regions.peers_of(regions.province) == ()


@pytest.mark.parametrize("group", ["", "kota"])
def test_a_kabupaten_is_held_against_kabupaten(regions, group):
    wrong = [
        place.model_copy(update={"peers": group}) if place.code == "64.01" else place for place in regions.regencies
    ]
    with pytest.raises(ValueError, match=f"64.01: peers '{group}' tidak cocok dengan kabupaten"):
        type(regions)(province=regions.province, regencies=wrong, districts=regions.districts)


def test_published_cities_of_one_date(briefing, published):
    """15 April 2022: Balikpapan 222.497/223.233, Samarinda and Bontang below it."""
    parts = peers.peers(briefing("64.71", DAY), SourceNumbers(published["sources"]))
    shown = table(parts, "Kota Balikpapan di antara kota")
    assert [column["label"] for column in shown["columns"]][1:4] == ["Balikpapan", "Samarinda", "Bontang"]
    assert shown["rows"] == [["Akta kelahiran 0-17 tahun, 15 Apr 2022", "99,67%", "98,76%", "98,91%", "1 dari 3"]]
    assert said(parts).endswith("Kota Balikpapan: akta kelahiran 0-17 tahun peringkat 1 dari 3.")


def cities(*pairs) -> list[str]:
    return [
        line
        for code, pair in zip(("64.74", "64.71", "64.72"), pairs, strict=False)
        for line in certificates(code, *pair)
    ]


def test_equal_shares_share_their_place(made):
    """99/100 and 198/200 are one share."""
    own, numbers = made([*cities((99, 100), (198, 200), (98, 100)), *full()])
    (one,) = standings(own)
    assert (one.rank.place, one.rank.of, one.rank.tied) == (1, 3, 2)
    assert table(peers.peers(own, numbers), "di antara kota")["rows"][0][-1] == "1 (bersama) dari 3"


def test_half_of_the_group_is_asked_for(made):
    two = made([*cities((99, 100), (97, 100)), *full()])
    assert standings(two[0])[0].rank.of == 2
    shown = table(peers.peers(*two), "di antara kota")
    assert shown["rows"][0][1:] == ["97,00%", "–", "99,00%", "1 dari 2"]
    assert "– tidak dimuat untuk tanggal dan definisi yang sama." in shown["notes"]
    alone = made([*cities((99, 100)), *full()])
    assert standings(alone[0]) == ()
    assert "kurang dari setengah kelompok" in said(peers.peers(*alone))


def test_no_peers_of_a_province_or_in_a_short_report(made, briefing, published):
    assert peers.peers(briefing("64", DAY), SourceNumbers(published["sources"])) == []
    assert peers.peers(*made(cities((99, 100), (97, 100)))) == []
