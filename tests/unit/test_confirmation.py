"""Figures are provisional until an office stands by them, and again when they change."""

from __future__ import annotations

from datetime import date

import pytest

from adminduk.basis import frames
from adminduk.basis.errors import DataError, ParameterError
from adminduk.ingest.intake import Delivery, confirm, take_in
from adminduk.measure.confirmation import Confirmation, confirmation, confirmed, key, state
from adminduk.present import confirmation as words
from adminduk.report import open_report

DAY, LATER, TODAY = date(2024, 11, 12), date(2024, 11, 15), date(2024, 11, 20)
BY = "Kabid PIAK Disdukcapil Kota Bontang"
HEAD = "kode_wilayah,wajib_ktp,rekam"
ROWS = ["64.74.01,60000,59000", "64.74.02,50000,49500", "64.74.03,20000,19790"]


@pytest.fixture
def project(cloned, tmp_path):
    made = cloned(tmp_path / "proyek")
    load(made, *ROWS)
    return made


def load(paths, *rows: str, day: date = DAY, replace: bool = False, denominator: str = "DKB-2024-S1") -> None:
    path = paths.root / "lembar.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    take_in(paths, "kaltim", [Delivery(path, day, "kelurahan_ktp", denominator)], replace, TODAY)


def tables(paths):
    return frames.read_dataset(paths, "kaltim")


def test_a_dataset_that_nobody_confirms_has_no_state(published):
    assert state(published, "64", DAY) == ""
    assert words.stamp(confirmation(published, "64", [DAY])) == ""


def test_figures_are_provisional_until_they_are_confirmed(project):
    assert state(tables(project), "64.74", DAY) == "sementara"
    assert state(tables(project), "64.74", LATER) == ""
    # Two measures of three kecamatan and of the city; the denominators are of June, the statement of that day.
    assert confirm(project, "kaltim", "Bontang", DAY, BY, TODAY) == 8
    found = confirmation(tables(project), "64.74", [DAY])
    assert found == Confirmation("terkonfirmasi", (DAY,), 8, 8, (1, 1), (BY,), TODAY)
    assert state(tables(project), "64.74.01", DAY) == "terkonfirmasi"


def test_a_changed_figure_is_provisional_again(project):
    confirm(project, "kaltim", "64.74", DAY, BY, TODAY)
    load(project, "64.74.01,60000,59001", replace=True)
    found = confirmation(tables(project), "64.74", [DAY])
    # The kecamatan, and the city that it is part of.
    assert (found.state, found.confirmed, found.figures) == ("sebagian", 6, 8)
    rows = tables(project)["counts"].to_dict("records")
    wanting = {(row["region_code"], row["measure"]) for row in rows if key(row) not in confirmed(tables(project))}
    assert wanting == {("64.74", "rekam_ktp_el"), ("64.74.01", "rekam_ktp_el")}
    confirm(project, "kaltim", "64.74", DAY, "Sekretaris Disdukcapil", date(2024, 11, 21))
    again = confirmation(tables(project), "64.74", [DAY])
    assert (again.state, again.by, again.on) == ("terkonfirmasi", ("Sekretaris Disdukcapil",), date(2024, 11, 21))
    assert len(tables(project)["confirmations"]) == 8


def test_a_new_date_of_the_denominator_is_a_change(project):
    confirm(project, "kaltim", "64.74", DAY, BY, TODAY)
    load(project, *ROWS, replace=True, denominator="DKB-2023-S2")
    found = confirmation(tables(project), "64.74", [DAY])
    assert (found.state, found.confirmed, found.figures) == ("sebagian", 4, 8)


def test_a_province_is_confirmed_by_its_regencies(project):
    load(project, "64.71,500000,499000")
    confirm(project, "kaltim", "64.74", DAY, BY, TODAY)
    found = confirmation(tables(project), "64", [DAY])
    assert (found.state, found.regions, found.figures) == ("sebagian", (1, 2), 4)
    with pytest.raises(ParameterError, match="angka provinsi yang dijumlahkan dikonfirmasi per kabupaten/kota"):
        confirm(project, "kaltim", "64", DAY, BY, TODAY)
    confirm(project, "kaltim", "64.71", DAY, "Kepala Disdukcapil", TODAY)
    assert state(tables(project), "64", DAY) == "terkonfirmasi"


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("", "belum diisi"),
        ("  ", "belum diisi"),
        ("Siti Aminah", "tidak menyebut jabatan"),
        ("Kabid 6474010101010001", "memuat nomor"),
        ("Kabid 19800101 200501 1 001", "memuat nomor"),
        ("=Kabid", "diawali ="),
        ("Kabid " + "x" * 100, "lebih panjang"),
        ("Pejabatan", "tidak menyebut jabatan"),
    ],
)
def test_who_confirms_is_an_office(project, by, told):
    with pytest.raises(ParameterError) as error:
        confirm(project, "kaltim", "64.74", DAY, by, TODAY)
    assert error.value.problems[0].where == "BY"
    assert told in str(error.value) and "jabatan atau unit kerja tanpa nama orang" in str(error.value)
    assert tables(project)["confirmations"].empty


@pytest.mark.parametrize("by", ["Plt. Kepala Dinas", "KASI Identitas", "Operator SIAK", "Bidang PIAK, seksi 2"])
def test_many_words_name_an_office(project, by):
    assert confirm(project, "kaltim", "64.74", DAY, by, TODAY) == 8


def test_what_cannot_be_confirmed_says_what_can(project):
    with pytest.raises(ParameterError) as error:
        confirm(project, "kaltim", "64.74", LATER, BY, TODAY)
    assert "salah satu dari: 2024-06-30, 2024-11-12" in str(error.value)
    with pytest.raises(ParameterError, match="Maksud Anda kaltim"):
        confirm(project, "kaltm", "64.74", DAY, BY, TODAY)
    with pytest.raises(ParameterError, match="disusun oleh make published"):
        confirm(project, "published", "64.74", DAY, BY, TODAY)
    assert not project.lock("kaltm").exists()


def test_a_file_with_a_persons_number_is_no_confirmation(project):
    confirm(project, "kaltim", "64.74", DAY, BY, TODAY)
    path = project.table("kaltim", "confirmations")
    path.write_text(path.read_text(encoding="utf-8").replace(BY, "6474010101010001", 1), encoding="utf-8")
    with pytest.raises(DataError, match="16 angka, seperti NIK"):
        tables(project)


def said(project, region: str = "64.74") -> tuple[str, str]:
    """The state in the foot, and the block of the notes about it."""
    report = open_report(region, "2024-11-12", "kaltim", project)
    blocks = {block["heading"]: block["paragraphs"] for block in report.notes()._repr_mimebundle_()[MIME]["blocks"]}
    return report._repr_mimebundle_()[MIME]["status"], " ".join(blocks.get("Status angka", []))


MIME = "application/vnd.adminduk+json"


def test_pages_say_the_state(project):
    assert said(project) == (
        "angka sementara",
        "Sementara: angka keadaan 12 November 2024 belum dikonfirmasi Disdukcapil Kota Bontang.",
    )
    confirm(project, "kaltim", "64.74", DAY, BY, TODAY)
    assert said(project) == (
        "angka terkonfirmasi",
        f"Angka keadaan 12 November 2024 dikonfirmasi oleh {BY}, terakhir pada 20 November 2024.",
    )
    load(project, "64.74.01,60000,59001", replace=True)
    assert said(project) == (
        "angka terkonfirmasi sebagian",
        f"Sebagian: 6 dari 8 angka keadaan 12 November 2024 dikonfirmasi oleh {BY}, terakhir pada 20 November 2024; "
        "selebihnya sementara.",
    )
    load(project, "64.71,500000,499000")
    # Of each city two figures; of Bontang the denominator is as it was confirmed.
    assert said(project, "64")[1].startswith("Sebagian: 1 dari 4 angka keadaan 12 November 2024 dikonfirmasi oleh")
    confirm(project, "kaltim", "64.74", DAY, BY, TODAY)
    told = "Sebagian: semua angka 1 dari 2 kabupaten/kota keadaan 12 November 2024 dikonfirmasi oleh"
    assert said(project, "64")[1].startswith(told)


def test_published_pages_say_nothing_of_it(paths):
    report = open_report("64.71", "2024-11-12", "published", paths)
    assert report._repr_mimebundle_()[MIME]["status"] == ""
    assert "Status angka" not in repr(report.notes())
