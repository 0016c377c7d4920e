"""A place is found however its code or name is written, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.basis.places import Place, load_places


@pytest.fixture(scope="module")
def places(paths):
    return load_places(paths)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("64", "64"),
        ("64.71", "64.71"),
        ("6471", "64.71"),
        (6471, "64.71"),
        (6471.0, "64.71"),
        (64.71, "64.71"),
        (" 64. 71 ", "64.71"),
        ("64-71-01", "64.71.01"),
        ("'647101", "64.71.01"),
        ("64 71 01 1001", "64.71.01.1001"),
        ("64.71.01.1001", "64.71.01.1001"),
        ("6471011001", "64.71.01.1001"),
        (6471011001, "64.71.01.1001"),
        (6471011001.0, "64.71.01.1001"),
        ("6471011001.0", "64.71.01.1001"),
    ],
)
def test_a_code_is_read_with_and_without_dots_as_text_and_as_a_number(places, value, code):
    assert places.by_code(value).code == code


NO_CODES = ("64.1", "64.10", "6.471", "64,71", "6402010", "6471010001", "64.71.99", "17101", "x", "")
NO_NUMBERS = (64.1, 64.7, True, float("nan"), float("inf"), 1e300, -6471)


@pytest.mark.parametrize("value", [*NO_CODES, *NO_NUMBERS])
def test_what_is_no_code_or_may_be_two_is_not_guessed(places, value):
    """64.1 is 64.10 in a spreadsheet that took it for a number, or 64.01 with a zero left out."""
    assert places.by_code(value) is None


@given(data=st.data())
def test_every_code_is_found_in_every_writing(places, data):
    code = data.draw(st.sampled_from(sorted(places.codes())))
    bare = code.replace(".", "")
    separator = data.draw(st.sampled_from(["", ".", " ", "-", ". ", " . "]))
    written = separator.join(code.split("."))
    assert {places.by_code(each).code for each in (written, f"  {written} ", bare, int(bare), float(bare))} == {code}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KAB. KUTAI BARAT", "64.07"),
        ("Kabupaten Kutai Barat", "64.07"),
        ("kab.kutai-barat", "64.07"),
        ("Pasir", "64.01"),
        ("KAB. PASIR", "64.01"),
        ("Mahakam Hulu", "64.11"),
        ("Kukar", "64.02"),
        ("PPU", "64.09"),
        ("Kutim", "64.08"),
        ("KOTA BALIKPAPAN", "64.71"),
        ("  kota   balikpapan. ", "64.71"),
        ("Prov. Kalimantan Timur", "64"),
        ("Kec. Balikpapan Utara", "64.71.03"),
        ("KECAMATAN SANGA-SANGA", "64.02.15"),
        ("Kota Bangun", "64.02.08"),
        ("Kec. Kota Bangun", "64.02.08"),
        ("Kel. Sepinggan", "64.71.05.1002"),
        ("kelurahan/desa sepinggan", "64.71.05.1002"),
        ("Long Laai", "64.03.04.2001"),
        ("Long La’ai", "64.03.04.2001"),
        ("Kampung Long La'ai", "64.03.04.2001"),
    ],
)
def test_a_name_is_found_however_it_is_written(places, text, code):
    assert [place.code for place in places.by_name(text)] == [code]


@pytest.mark.parametrize(
    "text", ["Kota Kutai Barat", "Kab. Balikpapan", "Desa Sepinggan", "Tarakan", "", " . ", "Kel."]
)
def test_a_wrong_kind_or_an_unknown_name_names_nothing(places, text):
    assert places.by_name(text) == ()


def test_a_name_that_several_places_share_is_decided_within_its_parent_only(places):
    """Three kelurahan and desa are called Kampung Baru: in Tenggarong, Tabang and Penajam."""
    assert [p.code for p in places.by_name("Kampung Baru")] == ["64.02.06.1008", "64.02.12.2008", "64.09.01.1006"]
    assert [p.code for p in places.by_name("Kampung Baru", within="64.02")] == ["64.02.06.1008", "64.02.12.2008"]
    assert [p.code for p in places.by_name("Kampung Baru", within="64.02.12")] == ["64.02.12.2008"]
    assert [p.code for p in places.by_name("Kel. Kampung Baru", within="64.02")] == ["64.02.06.1008"]
    assert places.by_name("Kampung Baru", within="64.71") == ()


def test_a_name_of_several_levels_gives_all_of_them(places):
    """Penajam is an alias of the kabupaten, one of its kecamatan, and a kelurahan there."""
    assert [place.level for place in places.by_name("Penajam")] == ["kabupaten_kota", "kecamatan", "kelurahan"]
    assert [place.code for place in places.by_name("Kec. Penajam")] == ["64.09.01"]


@given(data=st.data())
def test_every_place_is_found_by_its_name_within_its_parent(places, data):
    code = data.draw(st.sampled_from(sorted(places.codes() - {"64"})))
    place = places.by_code(code)
    write = data.draw(st.sampled_from([str.upper, str.lower, str.title, lambda text: text.replace(" ", "  ")]))
    prefix = data.draw(st.sampled_from(["", f"{place.kind} ", f"{place.kind.upper()}. "]))
    found = places.by_name(prefix + write(place.name), within=code.rpartition(".")[0])
    assert place in found
    assert {each.name for each in found if each.level == place.level} == {place.name}


def test_children_are_the_codes_right_below(places):
    assert len(places.children("64")) == 10
    assert places.children("64.74") == {"64.74.01", "64.74.02", "64.74.03"}
    assert places.children("64.71.01") == {f"64.71.01.100{n}" for n in (1, 2, 3, 4)}
    assert places.children("64.71.01.1001") == frozenset()
    assert places.children("11") == frozenset()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("64", "provinsi"),
        ("64.07", "kabupaten"),
        ("64.71", "kota"),
        ("64.71.01", "kecamatan"),
        ("64.71.01.1001", "kelurahan"),
        ("64.01.01.2009", "desa"),
    ],
)
def test_a_place_knows_its_kind(places, code, kind):
    assert places.by_code(code).kind == kind


@pytest.mark.parametrize(
    "pairs",
    [
        [("6402", "Kutai Barat")],
        [("6401", "Paser"), ("6402", "KAB. KUTAI BARAT"), ("6403", "Kukar"), ("6471", "Kota Balikpapan")],
        [("6404", "")],  # a code that only BPS has
        [(6405, "Berau")],
        [(64.05, "Berau")],
        [("6402010", "Bongan")],  # kecamatan have seven digits there
        [("6402.010", ""), ("6402010", "")],
        [("6402010001", "")],  # kelurahan end in three digits of their own
        [("6402011001", "Long Iram")],  # reads as 64.02.01.1001, but the name is in Kutai Barat
    ],
)
def test_codes_of_bps_are_recognised(places, pairs):
    assert places.is_bps(pairs)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("", "Kutai Barat")],
        [("64.07", "Kutai Barat"), ("64.02", "Kutai Kartanegara")],
        [("6401", "Paser"), ("6471", "Balikpapan")],  # the same in both
        [("6402", "")],  # may be either
        [("6402", "Samarinda")],  # a plain mistake: BPS does not explain it
        [("6402", "Kutai Barat"), ("6408", "Kutai Timur")],  # one of each: no sheet of BPS
        [("1171", "Banda Aceh")],
        [("64.71.01.1001", "Manggar"), ("6471", "Balikpapan")],
        [("Jumlah", "")],
    ],
)
def test_other_codes_are_not_taken_for_those_of_bps(places, pairs):
    assert not places.is_bps(pairs)


def test_a_code_of_bps_is_explained(places):
    told = "6402 adalah kode BPS untuk Kutai Barat (Kemendagri 64.07); 64.02 di Kemendagri ialah Kutai Kartanegara"
    assert places.explain_bps([("6401", "Paser"), ("6402", "Kutai Barat")]) == told
    assert places.explain_bps([("6404", "")]) == "6404 adalah kode BPS untuk Kutai Timur (Kemendagri 64.08)"
    below = "6471010 adalah kode BPS untuk wilayah di Balikpapan (Kemendagri 64.71)"
    assert places.explain_bps([("6471010", "Balikpapan Selatan")]) == below
    assert places.explain_bps([("64.07", "Kutai Barat")]) == ""


def test_the_official_codes_with_their_names_are_never_those_of_bps(places):
    every = [places.by_code(code) for code in sorted(places.codes())]
    assert not any(places.is_bps([(place.code, place.name)]) for place in every)
    assert every[1] == Place("64.01", "Paser", "kabupaten_kota")
