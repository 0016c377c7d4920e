"""One edition from data to zip: whole, provable, never changed, and nothing made twice."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile

import pikepdf
import pytest
from quick_packs import DATA, PERIOD, quick, silent, sums, text, write_notebook

from adminduk.basis.errors import RenderError
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.publish import manifest
from adminduk.publish.edition import make_packs
from adminduk.publish.freshness import unchanged
from adminduk.publish.verify import verify, why

BERAU = "64.03"


def change_count(paths: Paths, region: str, measure: str, day: str, more: int) -> None:
    """One count of the dataset is another, in the first statement that has it."""
    path = paths.table(DATA, "counts")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [r for r in rows if (r["region_code"], r["measure"], r["as_of"], r["sex"]) == (region, measure, day, "")]
    assert found
    found[0]["count"] = str(int(found[0]["count"]) + more)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def printed(simulated, tmp_path_factory):
    """An edition that no test changes."""
    paths = quick(simulated, tmp_path_factory.mktemp("edisi") / "proyek")
    return paths, make_packs(paths, PERIOD, DATA, silent)


@pytest.fixture
def project(printed, tmp_path) -> Paths:
    """A project with an edition, to be changed."""
    return Paths(shutil.copytree(printed[0].root, tmp_path / "proyek"))


def test_an_edition_is_whole_and_its_sums_prove_it(printed):
    paths, made = printed
    assert made.manifest.complete and made.manifest.edition == PERIOD and made.is_new
    listed = dict(reversed(line.split("  ")) for line in (made.path / "SHA256SUMS").read_text().splitlines())
    there = sums(made.path)
    archive = f"paket_{DATA}_{PERIOD}.zip"
    assert listed == {name: value for name, value in there.items() if name not in ("SHA256SUMS", archive)}
    assert {entry.path for entry in made.manifest.artefacts} <= there.keys()
    for entry in made.manifest.artefacts:
        assert (entry.sha256, entry.bytes) == (there[entry.path], (made.path / entry.path).stat().st_size)
    with zipfile.ZipFile(made.path / archive) as packed:
        names = set(packed.namelist())
    assert names == there.keys() - {archive}
    assert manifest.in_force(paths, DATA, PERIOD) == made.manifest


def test_the_run_is_told_apart_from_what_is_proved(printed):
    _, made = printed
    run = json.loads((made.path / "run.json").read_text(encoding="utf-8"))
    assert len(run["seconds"]["reports"]) == 11 and run["versions"]["typst"]


def test_a_pack_is_one_tagged_document_with_one_outline(printed, regions):
    _, made = printed
    for region in regions.all:
        path = made.path / f"paket/{region.code}_{region.slug}_{PERIOD}.pdf"
        pages = text(path)
        cover = " ".join(pages[0].split())
        assert region.name.upper() in cover and "DATA SIMULASI" in cover and f"Edisi {PERIOD}" in cover
        for number, page in enumerate(pages, start=1):
            assert f"{number} dari {len(pages)}" in page
        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "id-ID" and "/StructTreeRoot" in pdf.Root
            with pdf.open_outline() as outline:
                titles = [entry.title for entry in outline.root]
        assert titles == [f"{region.name}: Capaian administrasi kependudukan"]


def test_everything_is_bound_once_with_continuous_pages(printed, regions):
    _, made = printed
    pages = text(made.path / f"paket/semua_{PERIOD}.pdf")
    assert all(f"{number} dari {len(pages)}" in page for number, page in enumerate(pages, start=1))
    with pikepdf.open(made.path / f"paket/semua_{PERIOD}.pdf") as pdf, pdf.open_outline() as outline:
        titles = [entry.title.partition(":")[0] for entry in outline.root]
    assert titles == [region.name for region in regions.all]


def test_no_pack_holds_another_regencys_name(printed, regions):
    _, made = printed
    for region in regions.regencies:
        whole = " ".join(text(made.path / f"paket/{region.code}_{region.slug}_{PERIOD}.pdf"))
        others = [other for other in regions.regencies if other.code != region.code]
        assert not [other.name for other in others if f"{other.code} {other.name}" in whole]


def test_again_nothing_is_made(printed):
    paths, made = printed
    before = sums(made.path)
    again = make_packs(paths, PERIOD, DATA, silent)
    assert (again.is_new, again.reports, again.files, again.manifest) == (False, (), (), made.manifest)
    (paths.shelf(f"terakhir-{DATA}-{PERIOD}.json")).unlink()  # also when everything is looked at
    again = make_packs(paths, PERIOD, DATA, silent)
    assert (again.is_new, again.reports, again.files) == (False, (), ())
    assert sums(made.path) == before


def test_who_gets_a_pack_is_nothing_that_it_depends_on(province):
    made = make_packs(province, PERIOD, DATA, silent)
    attendees = province.params / "attendees.yml"
    attendees.write_bytes((province.params / "attendees.example.yml").read_bytes())
    assert unchanged(province, PERIOD, DATA) == made.manifest
    write_notebook(province, 'report.sentence("pesan")')
    assert unchanged(province, PERIOD, DATA) is None


def test_it_proves_itself_and_tells_of_a_changed_file(province):
    made = make_packs(province, PERIOD, DATA, silent)
    assert verify(province, PERIOD, DATA, silent).files == len(made.manifest.artefacts)
    spoiled = made.path / made.manifest.artefacts[0].path
    spoiled.write_bytes(spoiled.read_bytes() + b" ")
    with pytest.raises(RenderError, match="berkas hilang atau berubah"):
        verify(province, PERIOD, DATA, silent)


def test_one_changed_count_makes_that_regency_anew_and_nothing_else(printed, project):
    first = printed[1]
    # A kecamatan's figure is told by its regency and by the province, and by nobody else.
    change_count(project, f"{BERAU}.01", "rekam_ktp_el", "2023-10-31", -1)
    place = load_regions(project).get(BERAU)
    reasons = dict(why(project, PERIOD, DATA, place).files)
    assert reasons[f"paket/{place.code}_{place.slug}_{PERIOD}.pdf"] == ["ringkas.data"]
    assert not any(names for _, names in why(project, PERIOD, DATA, load_regions(project).get("64.71")).files)
    second = make_packs(project, PERIOD, DATA, silent)
    assert second.manifest.edition == f"{PERIOD}-r2" and second.manifest.replaces == PERIOD
    assert sorted(name.partition(",")[0] for name in second.reports) == ["Kabupaten Berau", "Provinsi Kalimantan Timur"]
    told = {path for path in second.files if path.startswith("paket/")}
    assert {path.partition("_")[0] for path in told} == {"paket/64.03", "paket/64", "paket/semua"}
    before, after = sums(first.path), sums(second.path)
    kept = [entry.path for entry in second.manifest.artefacts if entry.version == PERIOD]
    assert kept and all(before[path] == after[path] for path in kept)


def test_a_moved_number_is_told_with_what_moved_it(project):
    change_count(project, BERAU, "milik_kia", PERIOD, 10)
    made = make_packs(project, PERIOD, DATA, silent)
    note = list(csv.DictReader((made.path / "perubahan.csv").open(encoding="utf-8")))
    own = [row for row in note if row["region_code"] == BERAU]
    assert [(row["indicator"], row["cause"]) for row in own] == [("kia", "data")]
    assert {row["region_code"] for row in note} <= {BERAU, "64"}
    pages = " ".join(text(made.path / f"paket/64.03_kabupaten-berau_{PERIOD}.pdf")).split()
    assert f"Edisi ini menggantikan edisi {PERIOD}." in " ".join(pages)
    assert "datanya berubah" in " ".join(pages)


def test_a_changed_target_is_told_as_a_definition(project):
    path = project.indicators / "kia.yml"
    written = path.read_text(encoding="utf-8")
    lines = written.splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if "2024-01-01" in line)
    value = next(n for n in range(place, len(lines)) if "value: 60" in lines[n])
    lines[value] = lines[value].replace("value: 60", "value: 61")
    path.write_text("".join(lines), encoding="utf-8")
    made = make_packs(project, PERIOD, DATA, silent)
    note = list(csv.DictReader((made.path / "perubahan.csv").open(encoding="utf-8")))
    assert {row["cause"] for row in note if row["indicator"] == "kia"} == {"definisi"}
    assert {row["indicator"] for row in note} == {"kia"}
