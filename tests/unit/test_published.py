"""data/published: the tables that are made of what was received and what was read about it."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from adminduk.basis.errors import ParameterError
from adminduk.basis.frames import read_dataset, to_csv
from adminduk.basis.paths import Paths
from adminduk.basis.sources import load_preferences
from adminduk.ingest.published.tables import build_published, write_published

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data" / "published"
RECEIVED = ("published_figures.csv", "text_claims.csv")


@pytest.fixture(scope="module")
def tables():
    return build_published(Paths(ROOT))


@pytest.fixture
def copy(tmp_path):
    """A project of its own with the received files, the readings and the regions."""
    shutil.copytree(PUBLISHED, tmp_path / "data" / "published")
    shutil.copytree(ROOT / "params", tmp_path / "params")
    return Paths(tmp_path)


def received_lines():
    for name in RECEIVED:
        with (PUBLISHED / "received" / name).open(encoding="utf-8", newline="") as file:
            yield from (f"{name}:{line}" for line, _ in enumerate(csv.DictReader(file), start=2))


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


class TestTables:
    @pytest.mark.parametrize("table", ["counts", "claims", "sources", "unused"])
    def test_committed_tables_are_what_the_command_makes(self, tables, table):
        assert (PUBLISHED / f"{table}.csv").read_bytes() == to_csv(tables[table], table).encode()

    def test_writing_twice_changes_no_byte(self, copy):
        folder = copy.dataset("published")
        for file in folder.glob("*.csv"):
            file.unlink()
        runs = []
        for _ in range(2):
            write_published(copy)
            runs.append({file.name: file.read_bytes() for file in folder.glob("*.csv")})
        assert runs[0] == runs[1]
        assert sorted(runs[0]) == ["claims.csv", "counts.csv", "sources.csv", "unused.csv"]

    def test_the_dataset_can_be_read(self):
        tables = read_dataset(Paths(ROOT), "published")
        assert {name for name, frame in tables.items() if len(frame)} == {"counts", "claims", "sources"}

    def test_every_received_row_lands_somewhere(self, tables):
        received = set(received_lines())
        landed = {
            origin
            for table in ("counts", "claims", "unused")
            for cell in tables[table]["origin"]
            for origin in cell.split(";")
        }
        assert len(received) == 216
        assert landed == received

    def test_every_received_number_is_loaded_or_listed(self, tables):
        """Cell by cell: no numerator, denominator or percentage disappears."""
        unused = tables["unused"]
        with (PUBLISHED / "received" / RECEIVED[0]).open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                origin = f"{RECEIVED[0]}:{line}"
                counts = tables["counts"]
                mine = counts[counts["origin"].str.split(";").map(lambda listed, o=origin: o in listed)]
                left = unused[unused["origin"] == origin]
                for part in ("numerator", "denominator"):
                    if row[part]:
                        assert row[part] in {*mine["count"], *left[part]}, (origin, part)
                claims = tables["claims"]
                printed = {*claims[claims["origin"] == origin]["percent"], *left["percent"]}
                assert not row["percent"] or row["percent"] in printed, origin

    def test_sources_are_cited_by_an_id_that_exists(self, tables):
        known = set(tables["sources"]["id"])
        assert len(known) == 70
        for table in ("counts", "claims", "unused"):
            assert set(tables[table]["source"]) <= known


class TestWorkedFigures:
    """Quoted from the received file; the domain's worked figures rest on them."""

    @pytest.mark.parametrize(
        ("as_of", "measure", "number"),
        [
            ("2024-11-12", "rekam_ktp_el", "2868568"),
            ("2024-11-12", "wajib_ktp", "2878769"),
            ("2024-11-12", "milik_kia", "912264"),
            ("2024-11-12", "anak_0_16", "1197605"),
            ("2024-11-12", "milik_akta_0_17", "1234871"),
            ("2024-11-12", "anak_0_17", "1250088"),
            ("2024-11-12", "aktif_ikd", "165439"),
            ("2024-10", "aktif_ikd", "156639"),
            ("2024-10", "rekam_ktp_el", "2860701"),
            ("2023-10-31", "rekam_ktp_el", "2767407"),
            ("2023-10-31", "wajib_ktp", "2788564"),
        ],
    )
    def test_province(self, tables, as_of, measure, number):
        row = count(tables, region_code="64", as_of=as_of, measure=measure)
        assert row["count"] == number
        assert row["unusable"] == ""

    @pytest.mark.parametrize(
        ("indicator", "as_of", "percent", "base"),
        [
            ("perekaman_ktp_el", "2024-11-12", "99.65", "wajib_ktp"),
            ("kia", "2024-11-12", "76.17", "anak_0_16"),
            ("akta_kelahiran_0_17", "2024-11-12", "99", "anak_0_17"),
            ("ikd", "2024-11-12", "5.77", "rekam_ktp_el"),
            ("ikd", "2023-12-31", "3.40", "wajib_ktp"),
            ("ikd", "2024-06-13", "4.48", "tidak_disebut"),
            ("perekaman_ktp_el", "2024-10", "99.54", "wajib_ktp"),
            ("perekaman_ktp_el", "2023-10-31", "99.40", "wajib_ktp"),
        ],
    )
    def test_claims_stay_as_printed(self, tables, indicator, as_of, percent, base):
        row = claim(tables, region_code="64", indicator=indicator, as_of=as_of)
        assert (row["percent"], row["base"], row["kind"]) == (percent, base, "persen")

    def test_recorded_of_november_serves_two_sentences(self, tables):
        row = count(tables, region_code="64", as_of="2024-11-12", measure="rekam_ktp_el")
        assert row["origin"] == "published_figures.csv:104;published_figures.csv:107"
        assert row["base_kind"] == "dinamis"

    def test_october_has_no_denominator(self, tables):
        rows = chosen(tables["counts"], statement="saranginews-2024-11-20-penghargaan@2024-10")
        assert sorted(rows["measure"]) == ["aktif_ikd", "rekam_ktp_el"]

    def test_ten_regencies_of_2021_add_up(self, tables):
        rows = chosen(tables["counts"], statement="antara-2021-06-15-kia@2021-06-15")
        parts = rows[rows["region_code"] != "64"]
        sums = parts["count"].astype(int).groupby(parts["measure"]).sum().to_dict()
        assert sums == {"milik_kia": 499093, "anak_0_16": 1174848}
        whole = rows[rows["region_code"] == "64"].set_index("measure")["count"].to_dict()
        assert whole == {"milik_kia": "499093", "anak_0_16": "1174848"}

    def test_balikpapan_june_2024(self, tables):
        rows = chosen(tables["claims"], region_code="64.71", as_of="2024-06-13")
        said = dict(zip(rows["indicator"], rows["percent"], strict=True))
        assert said == {
            "perekaman_ktp_el": "99.98",
            "perekaman_ktp_el_pemula": "99.85",
            "kia": "96.90",
        }
        assert set(rows["standing"]) == {"tertinggi"}

    def test_verdict_as_said(self, tables):
        row = claim(tables, indicator="akta_kelahiran_0_17", as_of="2024-11-12")
        assert row["verdict"] == "target tercapai"


class TestConflicts:
    def test_the_open_and_the_decided_ones(self, tables):
        counts = tables["counts"][tables["counts"]["unusable"] == ""]
        groups = counts.groupby(["region_code", "measure", "as_of"])
        rivals = {key: set(rows["count"]) for key, rows in groups if rows["count"].nunique() > 1}
        assert rivals == {
            ("64.09", "penduduk", "2024-12-31"): {"201707", "202067"},
            ("64.09", "aktif_ikd", "2025-01"): {"20126", "20229"},
        }

    def test_a_preference_names_a_statement_that_exists(self, tables):
        (entry,) = load_preferences(Paths(ROOT))
        row = count(
            tables,
            region_code=entry.region_code,
            measure=entry.measure,
            as_of=str(entry.as_of),
            statement=entry.statement,
        )
        assert row["count"] == "202067"

    def test_the_preferred_table_adds_up(self, tables):
        rows = chosen(tables["counts"], statement="kepmendagri-2024-12-31-penduduk@2024-12-31")
        numbers = rows.set_index("region_code")["count"].astype(int)
        assert len(numbers) == 11
        assert numbers.drop("64").sum() == numbers["64"] == 4123303

    def test_preferences_are_typed(self, copy):
        file = copy.params / "sources.yml"
        entry = file.read_text(encoding="utf-8").split("prefer:\n")[1]
        file.write_text("prefer:\n" + entry + entry, encoding="utf-8")
        with pytest.raises(ParameterError, match="dua pilihan untuk hal yang sama"):
            load_preferences(copy)
        file.write_text("prefer:\n" + entry.replace("2024-12-31\n", "akhir 2024\n", 1))
        with pytest.raises(ParameterError, match=r"params/sources\.yml: prefer ke-1, as_of"):
            load_preferences(copy)


class TestWords:
    ENGLISH = re.compile(
        r"\b(the|of|and|from|with|not|as|by|is|was|title|address|note|denominator|numerator|"
        r"highest|lowest|count|counts|article|statement|secondary|excerpt|unused|approximate)\b",
        re.IGNORECASE,
    )

    def test_what_reaches_the_reader_is_indonesian(self, tables):
        shown = {
            "sources": ("title", "note"),
            "counts": ("unusable",),
            "claims": ("unusable", "words", "verdict"),
            "unused": ("reason",),
        }
        for table, columns in shown.items():
            for column in columns:
                for text in set(tables[table][column]):
                    plain = re.sub(r"https?://\S+", "", text)
                    assert not self.ENGLISH.search(plain), text
                    assert "[" not in text
