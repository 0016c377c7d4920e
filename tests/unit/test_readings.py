"""What was read in titles and notes: what it does to the figures, and what it may not do."""

import shutil
from pathlib import Path

import pytest

from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.paths import Paths
from adminduk.ingest.published.readings import load_readings
from adminduk.ingest.published.tables import build_published, write_published

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data" / "published"


@pytest.fixture(scope="module")
def tables():
    return build_published(Paths(ROOT))


@pytest.fixture
def copy(tmp_path):
    """A project of its own with the received files, the readings and the regions."""
    shutil.copytree(PUBLISHED, tmp_path / "data" / "published")
    shutil.copytree(ROOT / "params", tmp_path / "params")
    return Paths(tmp_path)


def chosen(table, **cells):
    for column, value in cells.items():
        table = table[table[column] == value]
    return table


def count(tables, **cells):
    """The one row with these cells."""
    (row,) = chosen(tables["counts"], **cells).to_dict("records")
    return row


def claim(tables, **cells):
    (row,) = chosen(tables["claims"], **cells).to_dict("records")
    return row


def change(paths, name, old, new):
    file = paths.dataset("published") / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def insert_reading(paths, reading):
    file = paths.dataset("published") / "readings.yml"
    file.write_text(file.read_text(encoding="utf-8") + f"  - {reading}\n", encoding="utf-8")


class TestReadings:
    @pytest.mark.parametrize(
        ("statement", "measure", "as_of", "number"),
        [
            ("antara-2021-06-15-kia@2021-06-15", "anak_0_16", "2020-12-31", "1174848"),
            ("antara-2022-04-15-kia@2022-04-15", "anak_0_16", "2021-12-31", "1198283"),
            ("antara-2022-04-15-akta@2022-04-15", "anak_0_17", "2021-12-31", "1241919"),
            ("antara-2022-04-15-ktp@2022-04-15", "wajib_ktp", "2021-12-31", "2651549"),
            ("beritasampit-2022-03-27-ktp@2022-03-15", "wajib_ktp", "2021-12-31", "2651549"),
            ("beritasampit-2022-03-27-ktp@2022-03-15", "anak_0_16", "2021-12-31", "1198283"),
            ("beritasampit-2022-03-27-ktp@2022-03-15", "anak_0_17", "2021-12-31", "1241919"),
            ("antara-2018-06-28-ktp@2018-06-28", "wajib_ktp", "2017-12-31", "2449386"),
        ],
    )
    def test_frozen_denominators_keep_their_own_date(self, tables, statement, measure, as_of, number):
        row = count(tables, region_code="64", statement=statement, measure=measure)
        assert (row["as_of"], row["base_kind"], row["count"]) == (as_of, "beku", number)

    def test_numerators_beside_frozen_denominators_keep_the_day(self, tables):
        row = count(
            tables,
            region_code="64.74",
            statement="antara-2022-04-15-ktp@2022-04-15",
            measure="rekam_ktp_el",
        )
        assert (row["as_of"], row["base_kind"], row["count"]) == ("2022-04-15", "", "130564")

    def test_what_is_not_named_is_not_named(self, tables):
        row = count(tables, region_code="64", as_of="2023-10-31", measure="wajib_ktp")
        assert row["base_kind"] == "tidak_disebut"
        stocks = chosen(tables["counts"], measure="penduduk")
        assert set(stocks["base_kind"]) == {""}

    @pytest.mark.parametrize(
        ("line", "as_of", "precision"),
        [
            (34, "2021", "tahun"),
            (158, "2020", "tahun"),
            (42, "2020-10", "bulan"),
            (43, "2020-10-16", "hari"),
            (89, "2023", "tahun"),
        ],
    )
    def test_dates_are_as_precise_as_their_source(self, tables, line, as_of, precision):
        rows = chosen(tables["counts"], origin=f"published_figures.csv:{line}")
        assert set(zip(rows["as_of"], rows["precision"], strict=True)) == {(as_of, precision)}

    def test_approximate_figures_say_so(self, tables):
        counts = chosen(tables["counts"], approximate="ya")
        lines = counts["origin"].str.removeprefix("published_figures.csv:").astype(int)
        assert sorted(zip(lines, counts["measure"], strict=True)) == [
            (86, "aktif_ikd"),
            (87, "aktif_ikd"),
            (88, "aktif_ikd"),
            (89, "aktif_ikd"),
            (89, "wajib_ktp"),
            (115, "wajib_ktp"),
            (142, "rekam_ktp_el"),
            (144, "aktif_ikd"),
            (163, "wajib_ktp"),
        ]
        claims = chosen(tables["claims"], approximate="ya")["origin"]
        lines = {int(origin.split(":")[1]) for origin in claims}
        assert lines == {20, 41, 89, 115}

    def test_share_of_target_is_a_claim_of_that_kind(self, tables):
        row = claim(tables, kind="bagian_target")
        assert (row["region_code"], row["indicator"], row["as_of"]) == ("64", "ikd", "2024-10")
        assert (row["percent"], row["base"]) == ("18.25", "tidak_disebut")

    def test_the_target_taken_for_a_denominator_is_never_loaded(self, tables):
        assert "186535" not in set(tables["counts"]["count"])
        (row,) = chosen(tables["unused"], denominator="186535").to_dict("records")
        assert row["origin"] == "published_figures.csv:86"
        assert "diduga target" in row["reason"]
        assert row["numerator"] == row["percent"] == ""
        taken = claim(tables, region_code="64.72", indicator="ikd")
        assert taken["percent"] == "11.6"
        assert taken["unusable"]

    def test_unusable_figures_are_kept_with_their_reason(self, tables):
        counts = tables["counts"][tables["counts"]["unusable"] != ""]
        assert set(zip(counts["region_code"], counts["as_of"], counts["count"], strict=True)) == {
            ("64.03", "2022-12-31", "254660"),
            ("64.03", "2023-12-31", "285293"),
            ("64.03", "2025-12-31", "308020"),
            ("64.72", "2023-12-31", "861878"),
            ("64.72", "2023", "14000"),
        }
        claims = tables["claims"][tables["claims"]["unusable"] != ""]
        assert set(zip(claims["region_code"], claims["as_of"], claims["percent"], strict=True)) == {
            ("64", "2022-03-31", "97.83"),
            ("64", "2021-10", "99.96"),
            ("64.72", "2023-10-30", "11.6"),
            ("64.74", "2026-01-29", "5"),
        }

    def test_percent_against_counts_is_no_reason_to_drop_a_claim(self, tables):
        """287,533 / 1,117,270 is 25.74 %, printed as 37.90 %: for the audit."""
        row = claim(tables, region_code="64", indicator="kia", as_of="2020-10")
        assert (row["percent"], row["unusable"]) == ("37.90", "")

    def test_statements_in_words(self, tables):
        rows = chosen(tables["claims"], kind="kata").set_index("indicator")
        books, award = rows.loc["buku_pokok_pemakaman"], rows.loc["penghargaan"]
        assert (books["as_of"], books["region_code"], books["percent"]) == ("2024-11-19", "64", "")
        assert "hampir semuanya mencapai target" in books["words"]
        assert books["source"] == "nusantaraplus-2024-11-12-rakorda"
        assert (award["as_of"], award["region_code"]) == ("2024-11-04", "64")
        assert "Dukcapil Prima" in award["words"]
        assert "jumlah penduduk sedang" in award["words"]

    def test_age_bands_stay_apart(self, tables):
        """0-18 was used until April 2023; nothing of it stands under 0-17."""
        bands = tables["counts"]
        old = bands[bands["measure"].isin(["milik_akta_0_18", "anak_0_18"])]
        assert max(old["as_of"]) == "2023-04"
        assert not set(old["origin"]) & set(bands[bands["measure"].str.contains("0_17")]["origin"])

    def test_readings_select_known_regions(self):
        readings = load_readings(Paths(ROOT), "published")
        assert {reading.region for reading in readings.rows} <= {
            "", "64", "64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.11", "64.71",
            "64.72", "64.74",
        }  # fmt: skip


class TestErrors:
    def test_reading_that_selects_nothing(self, copy):
        insert_reading(copy, "{source: antara-2020-10-ktp, indicator: ikd, standing: tertinggi}")
        with pytest.raises(ParameterError) as caught:
            build_published(copy)
        (problem,) = caught.value.problems
        assert problem.where.startswith("data/published/readings.yml: bacaan ke-")
        assert "antara-2020-10-ktp" in problem.where
        assert problem.what == "tidak memilih satu baris pun untuk ikd"

    def test_misspelt_source_and_indicator_are_suggested(self, copy):
        insert_reading(copy, "{source: antara-2020-10-ktpp, indicator: kia, standing: terendah}")
        insert_reading(copy, "{source: antara-2020-10-ktp, indicator: kiaa, standing: terendah}")
        with pytest.raises(ParameterError) as caught:
            build_published(copy)
        hints = [problem.next_step for problem in caught.value.problems]
        assert hints == ["Maksud Anda antara-2020-10-ktp?", "Maksud Anda kia?"]

    def test_line_with_another_region_selects_nothing(self, copy):
        insert_reading(copy, "{line: 2, region: 64.01, indicator: kia, standing: terendah}")
        with pytest.raises(ParameterError, match="line 2"):
            build_published(copy)

    def test_a_thing_said_twice(self, copy):
        insert_reading(copy, "{line: 2, region: 64, indicator: kia, base_kind: dinamis, percent: 42.5}")
        with pytest.raises(ParameterError) as caught:
            build_published(copy)
        said = str(caught.value)
        assert "published_figures.csv, baris 2: base_kind sudah dinyatakan" in said
        assert "percent sudah ada di berkas" in said

    def test_reading_about_an_empty_cell(self, copy):
        insert_reading(copy, "{line: 35, region: 64, indicator: perekaman_ktp_el, approximate: [percent]}")
        build_published(copy)
        insert_reading(copy, "{line: 84, region: 64, indicator: ikd, base_kind: beku}")
        with pytest.raises(ParameterError, match="baris 84: denominator kosong"):
            build_published(copy)

    def test_misspelt_key(self, copy):
        insert_reading(copy, "{line: 2, region: 64, indicator: kia, standig: terendah}")
        with pytest.raises(ParameterError, match="Maksud Anda standing"):
            build_published(copy)

    def test_unknown_indicator_in_received_data(self, copy):
        change(copy, "received/published_figures.csv", "Timur,kia,2021", "Timur,kiaa,2021")
        with pytest.raises(DataError) as caught:
            build_published(copy)
        (problem,) = caught.value.problems
        assert problem.where == "published_figures.csv, baris 2"
        assert problem.next_step == "Maksud Anda kia?"

    def test_a_new_address_needs_a_source(self, copy):
        change(copy, "received/published_figures.csv", "berita/111578/", "berita/111579/")
        with pytest.raises(DataError, match=r"published_figures\.csv, baris 2: alamat"):
            build_published(copy)

    def test_a_16_digit_number_stops_the_file(self, copy):
        change(copy, "received/published_figures.csv", "children 0-17", "NIK 6471010101900001")
        with pytest.raises(DataError) as caught:
            build_published(copy)
        (problem,) = caught.value.problems
        assert problem.where == "published_figures.csv, baris 2"
        assert "16 angka" in problem.what
        assert "6471010101900001" not in str(caught.value)

    def test_all_mistakes_of_a_file_at_once(self, copy):
        name = "received/published_figures.csv"
        change(copy, name, "kia,2021-06-15,499093", "kia,2021-06-15,499.093")
        change(copy, name, "Kabupaten Paser,kia,2021-06-15", "Kabupaten Tarakan,kia,2021-13-15")
        with pytest.raises(DataError) as caught:
            build_published(copy)
        places = [problem.where for problem in caught.value.problems]
        assert places == [f"published_figures.csv, baris {line}" for line in (2, 3, 3)]

    def test_ikd_denominator_without_a_base_is_not_guessed(self, copy):
        change(
            copy,
            "readings.yml",
            "denominator: wajib_ktp, base: wajib_ktp, why: penyebut",
            "why: penyebut",
        )
        change(
            copy,
            "readings.yml",
            "indicator: ikd, why: penyebut",
            "indicator: ikd, verdict: x, why: penyebut",
        )
        with pytest.raises(DataError, match=r"published_figures\.csv, baris 83: denominator tanpa"):
            build_published(copy)

    def test_two_numbers_in_one_statement(self, copy):
        change(copy, "received/published_figures.csv", "165439,2868568,", "165439,2868569,")
        with pytest.raises(DataError, match=r"published_figures\.csv:107: berbeda dari"):
            build_published(copy)

    def test_nothing_is_written_when_something_is_wrong(self, copy):
        before = (copy.dataset("published") / "counts.csv").read_bytes()
        change(copy, "received/published_figures.csv", "165439,2868568,", "165440,2868569,")
        with pytest.raises(DataError):
            write_published(copy)
        assert (copy.dataset("published") / "counts.csv").read_bytes() == before
