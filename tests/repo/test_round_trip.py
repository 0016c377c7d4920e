"""The simulated deliveries, taken in as files, give back the counts they were made from, to the last digit.

Chosen days hold every layout and every planted fault; with ADMINDUK_SOAK every delivery is taken in.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import python_calamine
import xlwt

from adminduk.basis import frames
from adminduk.basis.paths import Paths
from adminduk.ingest.intake import Delivery, take_in
from adminduk.ingest.simulation.edition import simulate
from adminduk.ingest.simulation.filled import Answers, filled_form
from adminduk.ingest.simulation.messy import MANIFEST, delivered_files

FIGURE = ["region_code", "as_of", "precision", "measure", "sex", "age_group", "count", "statement", "base_kind"]
DAYS = ("2022-12-31", "2023-04-30", "2023-06-15", "2024-04-30", "2024-11-12")
UNNAMED_DAYS = ("2023-05-31", "2024-02-29", "2024-12-31")  # their layouts are recognised
LAYOUTS = {
    "arus", "formulir", "kelurahan_akta", "kelurahan_kia", "kelurahan_ktp", "panjang", "rekap_provinsi", "rilis_dkb",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(paths):
    return simulate(paths)


@pytest.fixture(scope="module")
def files(made, paths) -> dict[str, bytes]:
    return {Path(name).name: content for name, content in delivered_files(made.sheets, paths, "demo").items()}


def lines(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[MANIFEST].decode())))


def taken(project: Paths, files: dict[str, bytes], chosen: list[dict[str, str]], named: bool) -> pd.DataFrame:
    """The counts of a new dataset after these deliveries, with or without the name of their layout."""
    inbox = project.root / "masuk"
    inbox.mkdir()
    deliveries = []
    for line in chosen:
        path = inbox / line["file"]
        path.write_bytes(files[line["file"]])
        source = line["source"] if named else ""
        deliveries.append(Delivery(path, date.fromisoformat(line["as_of"]), source, line["denominator"]))
    take_in(project, "kaltim", deliveries)
    return frames.read_dataset(project, "kaltim")["counts"]


def told(counts: pd.DataFrame) -> Counter:
    return Counter(counts[FIGURE].itertuples(index=False, name=None))


def test_the_list_names_every_file_in_the_order_of_arrival(files):
    listed = lines(files)
    assert {line["file"] for line in listed} == files.keys() - {MANIFEST}
    assert all("simulasi" in line["file"] for line in listed)
    assert {line["source"] for line in listed} == LAYOUTS
    days = [line["as_of"] for line in listed]
    assert days == sorted(days)
    assert {Path(line["file"]).suffix for line in listed} == {".xlsx", ".csv"}


def test_the_same_files_again(made, files, paths):
    again = delivered_files(made.sheets, paths, "demo")
    assert {Path(name).name: content for name, content in again.items()} == files


@pytest.mark.parametrize(("days", "named"), [(DAYS, True), (UNNAMED_DAYS, False)])
def test_files_taken_in_give_back_the_counts(made, files, cloned, tmp_path, days, named):
    chosen = [line for line in lines(files) if line["as_of"] in days or "ADMINDUK_SOAK" in os.environ]
    assert {line["source"] for line in chosen} == LAYOUTS
    names = {f"{line['source']}-{line['as_of']}" for line in chosen}
    names |= {f"dkb-{line['as_of'][:4]}-s2" for line in chosen if line["source"] == "rilis_dkb"}
    counts = made.tables["counts"]
    expected = counts[counts["source"].isin({f"simulasi-{name}" for name in names})]
    project = cloned(tmp_path)
    assert told(taken(project, files, chosen, named)) == told(expected)
    sources, own = frames.read_dataset(project, "kaltim")["sources"], made.tables["sources"]
    assert (
        dict(zip(sources["id"], sources["title"], strict=True)).items()
        <= dict(zip(own["id"], own["title"], strict=True)).items()
    )


def test_the_arithmetic_of_the_files_finds_their_slips_all_and_only(files, cloned, tmp_path):
    expected = {
        ("simulasi_kelurahan_ktp_2023-01-15", "kolom_tidak_dikenal"): 1,
        ("simulasi_kelurahan_ktp_2023-03-15", "sisa_bukan_selisih"): 3,  # men, women and all
        ("simulasi_kelurahan_kia_2023-04-30", "lk_pr_bukan_jumlah"): 1,
        ("simulasi_rekap_provinsi_2023-05-15", "total_bukan_jumlah"): 1,
        ("simulasi_kelurahan_akta_2023-07-15", "persen_bukan_hasil_bagi"): 2,  # one in each block
        ("simulasi_formulir_2024-02-29", "kecamatan_bukan_kabupaten"): 1,
    }
    project = cloned(tmp_path)
    taken(
        project,
        files,
        [line for line in lines(files) if Path(line["file"]).stem in {stem for stem, _ in expected}],
        True,
    )
    findings = frames.read_dataset(project, "kaltim")["findings"]
    found = zip(findings["origin"].str.split(".", n=1).str[0], findings["rule"], strict=True)
    assert Counter(found) == Counter(expected)


def test_an_older_workbook_gives_the_same_counts(made, files, cloned, tmp_path):
    line = next(line for line in lines(files) if line["source"] == "kelurahan_kia" and line["file"].endswith(".xlsx"))
    older = {"file": line["file"].replace(".xlsx", ".xls")}
    counts = taken(cloned(tmp_path), {older["file"]: as_xls(files[line["file"]])}, [line | older], True)
    source = f"simulasi-kelurahan_kia-{line['as_of']}"
    expected = made.tables["counts"]
    assert told(counts) == told(expected[expected["source"] == source])


def as_xls(content: bytes) -> bytes:
    book, buffer = xlwt.Workbook(), io.BytesIO()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets(content):
        sheet = book.add_sheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value, day) if isinstance(value, date) else sheet.write(i, j, value)
    book.save(buffer)
    return buffer.getvalue()


def sheets(content: bytes) -> Iterator[tuple[str, list[list]]]:
    book = python_calamine.load_workbook(io.BytesIO(content))
    for name in book.sheet_names:
        yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_a_filled_form_holds_its_answers_and_its_sums(files):
    name = next(name for name in files if name.startswith("simulasi_formulir_64.74"))
    rows = dict(sheets(files[name]))["Isian"]
    head = next(row for row in rows if row[0] == "kode_wilayah")
    column = head.index("wajib_ktp")
    own = {row[0]: row[column] for row in rows if str(row[0]).startswith("64.74")}
    summed = next(row[column] for row in rows if row[1] == "Jumlah kecamatan")
    differing = next(row[column] for row in rows if str(row[1]).startswith("Selisih"))
    assert len(own) == 4
    assert summed == own["64.74"] == own["64.74.01"] + own["64.74.02"] + own["64.74.03"]
    assert differing == 0
    assert next(row[1] for row in rows if row[0] == "keadaan_per") == date(2024, 11, 12)
    assert next(row[column] for row in rows if row[0] == "jenis_penyebut") == "dinamis"


def test_an_answer_without_a_cell_is_not_dropped(files):
    form = files["simulasi_formulir_2024-01-15.xlsx"]
    with pytest.raises(ValueError, match=r"no cell for 64\.99 wajib_ktp"):
        filled_form(form, Answers({("64.99", "wajib_ktp"): 1}, {}))
