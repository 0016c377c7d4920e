"""An edition is believed only as it was made: spoiled files, rewritten editions, inputs that change meanwhile."""

from __future__ import annotations

import hashlib
import json
import shutil
from functools import partial

import nbformat
import pytest
from deadly import Surprising
from quick_packs import DATA, PERIOD, SMALL, quick, silent, sums, write_notebook

from adminduk.basis.errors import DataError, ParameterError, RenderError
from adminduk.basis.paths import Paths
from adminduk.basis.regions import load_regions
from adminduk.publish import manifest
from adminduk.publish.distribute.post import Order, gathered
from adminduk.publish.edition import Made, make_packs
from adminduk.publish.material import gather
from adminduk.publish.parcel import Packer
from adminduk.publish.pool import Processes, run
from adminduk.publish.verify import verify, why


@pytest.fixture(scope="module")
def printed(simulated, tmp_path_factory) -> Paths:
    """A project with an edition of the province, that no test changes."""
    paths = quick(simulated, tmp_path_factory.mktemp("bukti") / "proyek", ["provinsi"])
    make_packs(paths, PERIOD, DATA, silent)
    return paths


@pytest.fixture
def project(printed, tmp_path) -> Paths:
    return Paths(shutil.copytree(printed.root, tmp_path / "proyek"))


def place(paths: Paths):
    return paths.edition(DATA, PERIOD)


def pack(made: Made) -> str:
    return next(entry.path for entry in made.manifest.artefacts if entry.kind == "pack")


def believable(paths: Paths, content: dict) -> None:
    """Write another manifest, and its sum."""
    text = (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    sums_file = place(paths) / "SHA256SUMS"
    other = [line for line in sums_file.read_text().splitlines() if not line.endswith("manifest.json")]
    (place(paths) / "manifest.json").write_bytes(text)
    sums_file.write_text("\n".join([*other, f"{hashlib.sha256(text).hexdigest()}  manifest.json"]) + "\n")


@pytest.mark.parametrize("spoil", ["replace", "remove"])
def test_a_spoiled_file_is_made_again_in_a_new_edition(project, spoil):
    before = sums(place(project))
    first = make_packs(project, PERIOD, DATA, silent)
    assert not first.is_new
    path = first.path / pack(first)
    if spoil == "remove":
        path.unlink()
    else:
        path.write_bytes(b"%PDF-1.7 bukan paket")
    again = make_packs(project, PERIOD, DATA, silent)
    assert again.manifest.edition == f"{PERIOD}-r2"
    assert sums(again.path)[pack(again)] == before[pack(first)]
    assert any(pack(first) in line for line in again.manifest.changes)
    assert not make_packs(project, PERIOD, DATA, silent).is_new


def test_a_file_of_the_same_size_is_found_when_everything_is_looked_at(project):
    first = make_packs(project, PERIOD, DATA, silent)
    path, before = first.path / pack(first), sums(first.path)
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    (project.shelf(f"terakhir-{DATA}-{PERIOD}.json")).unlink()
    again = make_packs(project, PERIOD, DATA, silent)
    assert again.is_new and sums(again.path)[pack(again)] == before[pack(first)]


def test_verify_names_every_file_that_is_not_of_the_edition(project):
    folder = place(project)
    (folder / "index.html").write_bytes(b"<p>lain</p>")
    (folder / f"paket_{DATA}_{PERIOD}.zip").write_bytes(b"PK")
    (folder / "paket" / "titipan.pdf").write_bytes(b"%PDF")
    with pytest.raises(RenderError) as raised:
        verify(project, PERIOD, DATA, silent)
    named = {problem.where.partition(f"{PERIOD}/")[2]: problem.what for problem in raised.value.problems}
    assert named.keys() == {"index.html", f"paket_{DATA}_{PERIOD}.zip", "paket/titipan.pdf"}
    assert "asing" in named["paket/titipan.pdf"]


def test_verify_tells_a_changed_input_once_and_before_it_prints(project):
    path, printed = project.packs / "provinsi.yml", []
    place(project)
    path.write_text(path.read_text(encoding="utf-8").replace("Paket provinsi", "Bundel"), encoding="utf-8")
    with pytest.raises(RenderError) as raised:
        verify(project, PERIOD, DATA, lambda done, of, name: printed.append(name))
    told = {problem.where.partition("/")[0]: problem.what for problem in raised.value.problems}
    assert told == {
        "paket": "sampul berubah; susunan atau nama paket berubah",
        "lampiran": "susunan atau nama paket berubah",
    }
    assert not printed


def test_verify_finds_an_audience_that_was_changed_together_with_its_sum(project):
    content = json.loads((place(project) / "manifest.json").read_text(encoding="utf-8"))
    for entry in content["artefacts"]:
        entry["audience"] = "publik"
    believable(project, content)
    with pytest.raises(RenderError, match=r"manifest\.json: berkas hilang atau berubah"):
        verify(project, PERIOD, DATA, silent)


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS"])
def test_a_manifest_without_its_sum_is_believed_by_nobody(project, name):
    (project.parameters("attendees")).write_bytes((project.parameters("attendees.example")).read_bytes())
    path = place(project) / name
    path.write_text(path.read_text().replace("internal", "publik") if name == "manifest.json" else "")
    asked = (
        lambda: verify(project, PERIOD, DATA, silent),
        lambda: make_packs(project, PERIOD, DATA, silent),
        lambda: gathered(project, Order(PERIOD, DATA)),
    )
    for ask in asked:
        with pytest.raises(DataError, match="tidak cocok dengan SHA256SUMS"):
            ask()


def test_inputs_that_change_while_a_report_is_made_put_nothing_on_the_shelf(project):
    cell = 'import os; open(os.environ["ADMINDUK_ROOT"] + "/params/regions.yml", "a").write("# lain\\n")'
    write_notebook(project, 'report.sentence("pesan")', cell)
    there = {path.name for path in project.shelf("").iterdir() if path.is_dir()}
    made = make_packs(project, PERIOD, DATA, silent)
    assert [region.outcome for region in made.manifest.regions] == ["gagal"]
    assert "berubah selagi" in made.manifest.regions[0].cause
    assert {path.name for path in project.shelf("").iterdir() if path.is_dir()} == there


def test_the_order_and_the_name_of_a_pack_are_seen(project):
    path = project.packs / "provinsi.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Paket provinsi", "Bundel"), encoding="utf-8")
    found = why(project, PERIOD, DATA, load_regions(project).province)
    reasons = {name.partition("/")[0]: names for name, names in found.files}
    assert reasons["paket"] == ["sampul", "susunan"] and reasons["lampiran"] == ["susunan"]
    assert (reasons["gambar"], found.inputs, found.moved) == ([], [], [])


def test_two_notebooks_with_the_same_cells_are_two_reports(project):
    source = nbformat.read(project.notebook(SMALL), as_version=4)
    nbformat.write(source, project.notebook("kembar"))
    (project.packs / "provinsi.yml").write_text(
        f"label: Paket\nregions: provinsi\nnotebooks: [{SMALL}, kembar]\n", encoding="utf-8"
    )
    made = make_packs(project, PERIOD, DATA, silent)
    assert made.manifest.complete and [name.rpartition(" ")[2] for name in made.reports] == ["kembar"]


@pytest.mark.parametrize("outside", ["absolute", "upwards"])
def test_a_name_that_leads_elsewhere_touches_nothing(project, tmp_path, outside):
    other = tmp_path / "lain"
    (other / ".sedang-x").mkdir(parents=True)
    data = str(other) if outside == "absolute" else "../../../../lain"
    for ask in (make_packs, verify):
        with pytest.raises(ParameterError):
            ask(project, PERIOD, data, silent)
    with pytest.raises(ParameterError):
        make_packs(project, "../2024-11-12", DATA, silent)
    assert [path.name for path in other.iterdir()] == [".sedang-x"]


def test_why_names_the_file_and_the_number_and_leaves_later_periods_out(project):
    province = load_regions(project).province
    (project.period("2031-01-15")).write_text("as_of: 2031-01-15\n", encoding="utf-8")
    assert not any(names for _, names in why(project, PERIOD, DATA, province).files)
    path = project.indicators / "kia.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 60", "value: 61"), encoding="utf-8")
    found = why(project, PERIOD, DATA, province)
    assert found.inputs == ["params/indicators/kia.yml"]
    assert "KIA" in found.moved[0] and "dengan target 60% menjadi" in found.moved[0]


def test_a_surprise_in_one_report_does_not_stop_the_others(project, capfd):
    """Told with its kind and text, its traceback kept."""
    material = gather(project, PERIOD, DATA)
    packer = Packer(project, DATA, material.read, material.kept)
    job, depends = material.jobs[SMALL, "64"]
    packs = [partial(packer.pack, each, depends) for each in (Surprising(**vars(job)), job)]
    with Processes(2) as crew:
        ends = dict(run(packs, crew))
    (problem,) = ends[0].problems
    assert problem.what == "ValueError: invalid literal for int() with base 10: 'x'"
    assert ends[0].kind is RenderError and ends[1].files and not ends[1].problems
    assert "Traceback" in capfd.readouterr().err


def test_what_cannot_be_bound_fails_its_region(project):
    shutil.rmtree(project.editions(DATA))
    [stored] = project.shelf("").glob("*/naskah.json")
    content = json.loads(stored.read_text(encoding="utf-8"))
    content["naskah"]["source"] += "\n#tidak-dikenal()\n"
    stored.write_text(json.dumps(content), encoding="utf-8")
    made = make_packs(project, PERIOD, DATA, silent)
    assert [(region.outcome, bool(region.cause)) for region in made.manifest.regions] == [("gagal", True)]
    assert not [entry for entry in made.manifest.artefacts if entry.region]


def test_the_run_tells_findings_and_remarks(project):
    unwritten = "from IPython.display import Markdown; Markdown('\\U00010600')"  # Linear A: no font of ours has it
    write_notebook(project, 'report.sentence("pesan")', unwritten)
    made = make_packs(project, PERIOD, DATA, silent)
    run = json.loads((made.path / "run.json").read_text(encoding="utf-8"))
    assert run["findings"].keys() == {"64"} and set(run["findings"]["64"]) <= {"tolak", "periksa", "catat"}
    assert run["remarks"] == list(made.remarks) and "10600" in made.remarks[0]
    assert manifest.in_force(project, DATA, PERIOD) == made.manifest
