"""The terminal's door: what a user types, what comes back, with which exit code."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from adminduk.basis.paths import ROOT_VARIABLE, Paths


@pytest.fixture
def project(paths, tmp_path) -> Paths:
    """The project without its outputs, to be changed at will."""
    for folder in ("params", "notebooks"):
        shutil.copytree(paths.root / folder, tmp_path / folder)
    shutil.copytree(paths.dataset("published"), tmp_path / "data" / "published")
    return Paths(tmp_path)


def start(project: Paths, *arguments: str, interrupt: int = signal.SIG_DFL) -> subprocess.Popen:
    """The program as a terminal starts it; ``interrupt`` SIG_IGN: as a shell starts it in the background."""
    return subprocess.Popen(
        [sys.executable, "-c", "from adminduk.cli import main; main()", *arguments],
        cwd=project.root,
        env={**os.environ, ROOT_VARIABLE: str(project.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=(lambda: signal.signal(signal.SIGINT, interrupt)) if os.name == "posix" else None,
    )


def run(project: Paths, *arguments: str) -> tuple[int, str]:
    process = start(project, *arguments)
    out, err = process.communicate(timeout=300)
    return process.returncode, err + out


def outputs(project: Paths) -> list[str]:
    folder = project.root / "outputs"
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["report", "--region", "Balikpapn"], "Maksud Anda Balikpapan?"),
        (["report", "--region", "Tarakan"], "64.71 Kota Balikpapan"),
        (["report"], "wilayah belum diisi"),
        (["report", "--region", "64", "--period", "2024-11-13"], "2024-06-13, 2024-11-12"),
        (["report", "--region", "64", "--data", "publised"], "Maksud Anda published?"),
        (["report", "--region", "64", "--notebook", "capaian"], "capaian_wilayah"),
        (["report", "--regoin", "64"], "--regoin"),
        (["laporan"], "laporan"),
    ],
)
def test_a_wrong_argument_is_exit_10_with_what_exists(project, arguments, told):
    code, text = run(project, *arguments)
    assert code == 10
    assert told in text
    assert "Traceback" not in text
    assert outputs(project) == []


def test_all_wrong_arguments_at_once(project):
    code, text = run(project, "report", "--region", "x", "--period", "y", "--data", "z")
    assert code == 10
    assert all(name in text for name in ("REGION", "PERIOD", "DATA"))


def test_data_that_cannot_be_used_is_exit_11(project):
    path = project.dataset("published") / "counts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2868568,", ",banyak,", 1), encoding="utf-8")
    code, text = run(project, "report", "--region", "64")
    assert code == 11
    assert re.search(r"data/published/counts\.csv, baris \d+: count 'banyak'", text)
    assert "Traceback" not in text


def test_a_mistake_in_params_is_exit_10_and_not_the_notebook_s_fault(project):
    path = project.indicators / "kia.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("order:", "ordr:"), encoding="utf-8")
    code, text = run(project, "report", "--region", "64")
    assert code == 10
    assert "Maksud Anda order?" in text
    assert outputs(project) == []


def test_figures_of_an_unknown_region_are_exit_11(project):
    path = project.dataset("published") / "counts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("64.71,2021", "64.99,2021", 1), encoding="utf-8")
    code, text = run(project, "report", "--region", "64")
    assert code == 11
    assert "wilayah '64.99' tidak ada di params/regions.yml" in text


def test_a_file_that_is_no_notebook_is_exit_10(project):
    project.notebook("capaian_wilayah").write_text("bukan JSON", encoding="utf-8")
    code, text = run(project, "report", "--region", "64")
    assert code == 10
    assert "bukan notebook Jupyter yang utuh" in text


def edit(project: Paths, change) -> None:
    path = project.notebook("capaian_wilayah")
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('regoin = "64.71"\nperiod = "2024-11-12"\ndata = "published"', "Maksud Anda regoin?"),
        ('region = 64.71\nperiod = "2024-11-12"\ndata = "published"', "seharusnya"),
        ('region = "64.71"\nperiod = str(1)\ndata = "published"', "nama = nilai tetap"),
        ('region = "64"\nperiod = "2024-11-12"\ndata = "published"\nextra = "1"', "parameter extra"),
    ],
)
def test_a_misspelt_or_mistyped_parameter_stops_before_the_run(project, source, told):
    edit(project, lambda notebook: notebook.cells[1].update(source=source))
    code, text = run(project, "report", "--region", "Balikpapan")
    assert code == 10
    assert told.lower() in text.lower()
    assert outputs(project) == []


STEM = "64.71_kota-balikpapan_2024-11-12"


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import sys; sys.exit(0)", "SystemExit"),
        ("import os; os._exit(1)", "kernel berhenti"),
        ('report.table("ringksan")', "Maksud Anda ringkasan?"),
    ],
)
def test_a_failing_cell_is_named_and_leaves_no_pdf(project, source, cause):
    code, text = run(project, "report", "--region", "Balikpapan")
    assert code == 0, text
    assert outputs(project) == [f"{STEM}.html", f"{STEM}.ipynb", f"{STEM}.pdf", f"{STEM}.png"]
    edit(project, lambda notebook: notebook.cells[4].update(source=source))
    code, text = run(project, "report", "--region", "Balikpapan")
    assert code == 12
    for part in ("Kota Balikpapan", "capaian_wilayah", "sel 5", source, cause):
        assert part in text
    assert "Traceback" not in text
    earlier = [f"{STEM}.lama.{ending}" for ending in ("html", "ipynb", "pdf", "png")]
    assert outputs(project) == [f"{STEM}.gagal.ipynb", *earlier]
    edit(project, lambda notebook: notebook.cells[4].update(source='report.table("ringkasan")'))
    assert run(project, "report", "--region", "Balikpapan")[0] == 0
    assert outputs(project) == [f"{STEM}.html", f"{STEM}.ipynb", f"{STEM}.pdf", f"{STEM}.png"]


def descendants(process: subprocess.Popen) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(
    ("number", "interrupt"),
    [(signal.SIGINT, signal.SIG_DFL), (signal.SIGTERM, signal.SIG_DFL), (signal.SIGTERM, signal.SIG_IGN)],
)
def test_an_interrupt_leaves_no_kernel_and_no_half_written_file(project, number, interrupt):
    edit(project, lambda notebook: notebook.cells[4].update(source="import time; time.sleep(120)"))
    process = start(project, "report", "--region", "Balikpapan", interrupt=interrupt)
    limit = time.monotonic() + 60
    while not (kernels := descendants(process)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert kernels
    time.sleep(2)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, out + err
    assert "Dibatalkan" in err
    assert "Traceback" not in err
    _, alive = psutil.wait_procs(kernels, timeout=5)
    assert alive == []
    assert outputs(project) == []
    assert not any(project.root.rglob(".kerja-*"))


def test_a_killed_run_leaves_no_kernel(project):
    edit(project, lambda notebook: notebook.cells[4].update(source="import time; time.sleep(120)"))
    process = start(project, "report", "--region", "Balikpapan")
    limit = time.monotonic() + 60
    while not (kernels := descendants(process)) and time.monotonic() < limit:
        time.sleep(0.05)
    time.sleep(2)
    process.kill()
    process.communicate(timeout=60)
    _, alive = psutil.wait_procs(kernels, timeout=10)
    assert alive == []


def test_two_runs_at_once_do_not_disturb_each_other(project):
    both = [start(project, "report", "--region", region) for region in ("Balikpapan", "Berau")]
    texts = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], texts
    alone = [outputs(project), contents(project)]
    shutil.rmtree(project.root / "outputs")
    for region in ("Balikpapan", "Berau"):
        assert run(project, "report", "--region", region)[0] == 0
    assert [outputs(project), contents(project)] == alone


def contents(project: Paths) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project.root / "outputs").rglob("*") if path.is_file()}


def test_the_last_line_says_where_and_how_long(project):
    code, text = run(project, "report", "--region", "6471")
    assert code == 0
    pdf = f"outputs/2024-11-12/64.71_kota-balikpapan/{STEM}.pdf"
    assert re.search(rf"^{re.escape(pdf)} selesai dalam \d+,\d detik$", text.splitlines()[-1])
    assert Path(project.root / pdf).stat().st_size < 1_000_000


def test_every_command_has_help(project):
    code, text = run(project, "--help")
    assert code == 0
    commands = re.findall(r"^  ([a-z-]+)  ", text.split("Perintah:")[1], flags=re.MULTILINE)
    assert set(commands) == {
        "report", "params", "published", "ingest", "confirm", "template", "check", "columns", "audit", "demo", "lab",
        "test", "bench", "bench-cluster", "bench-nation",
        "lock", "program", "meeting", "packs", "why", "verify", "send", "sent", "slides",
        "preview", "new", "notebooks", "setup", "doctor",
    }  # fmt: skip
    for command in commands:
        assert run(project, command, "--help")[0] == 0
