"""Taking in and confirming at the terminal: what is typed, what comes back, with which exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from adminduk.basis import frames
from adminduk.basis.paths import ROOT_VARIABLE, Paths

SHEET = "kode_wilayah,wajib_ktp,rekam\n64.74.01,60000,{}\n64.74.02,50000,49500\n64.74.03,20000,19790\n"


@pytest.fixture
def project(cloned, tmp_path) -> Paths:
    return cloned(tmp_path / "proyek")


def run(project: Paths, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from adminduk.cli import main; main()", *arguments],
        cwd=project.root,
        env={**os.environ, ROOT_VARIABLE: str(project.root)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr + done.stdout


def put(project: Paths, name: str, text: str) -> str:
    path = project.datasets / "incoming" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path.relative_to(project.root))


def take(project: Paths, file: str, *more: str) -> tuple[int, str]:
    return run(project, "ingest", "--file", file, "--as-of", "2024-11-12", *more)


def test_from_a_file_to_a_confirmed_page(project):
    file = put(project, "ktp bontang.csv", SHEET.format(59000))
    code, text = take(project, file, "--denominator", "DKB-2024-S1")
    assert code == 0, text
    assert "ktp bontang.csv: dikenali sebagai Lembar KTP-el per kelurahan (kelurahan_ktp)" in text
    assert "130.000 di 3 kecamatan; 130.000 di 1 kabupaten/kota" in text

    code, text = take(project, file, "--denominator", "DKB-2024-S1")
    assert (code, "sudah pernah dimuat, tidak ada yang berubah" in text) == (0, True)

    code, text = take(project, put(project, "baru.csv", SHEET.format(59001)), "--denominator", "DKB-2024-S1")
    assert code == 11
    assert "64.74.01 Bontang Utara, penduduk yang sudah melakukan perekaman KTP-el" in text
    assert "59000 menjadi 59001" in text
    typed = [word.partition("=") for word in text.rpartition("make ingest ")[2].split()]
    options = ((f"--{name.lower().replace('_', '-')}", value) for name, _, value in typed)
    code, text = run(project, "ingest", *(word for option in options for word in option))
    assert code == 0, text
    assert "8 angka: 6 sama, 2 diganti" in text

    code, text = run(project, "confirm", "--region", "bontang", "--as-of", "2024-11-12", "--by", "Kabid PIAK")
    assert code == 0, text
    assert "8 angka Kota Bontang keadaan 12 November 2024 dicatat sebagai dikonfirmasi oleh Kabid PIAK." in text
    code, text = run(project, "report", "--region", "bontang", "--data", "kaltim")
    assert code == 0, text
    page = next((project.root / "outputs").rglob("*.html")).read_text(encoding="utf-8")
    assert "angka terkonfirmasi</footer>" in page
    assert "dikonfirmasi oleh Kabid PIAK" in page


def test_every_kind_of_file_that_is_no_delivery_is_exit_11(project, tmp_path):
    book = openpyxl.Workbook()
    for row in (["kode_wilayah", "nik", "wajib_ktp", "rekam"], ["64.74", "6474010101010001", 2, 1]):
        book.active.append(row)
    book.save(tmp_path / "orang.xlsx")
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04 bukan buku kerja")
    (tmp_path / "lain.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for name in ("orang.xlsx", "rusak.xlsx", "lain.csv"):
        code, text = take(project, str(tmp_path / name))
        assert (name, code) == (name, 11), text
        assert "6474010101010001" not in text
    code, text = run(project, "ingest", "--file", put(project, "a.csv", SHEET), "--as-of", "2999-01-01")
    assert (code, "belum tiba" in text) == (11, True)
    assert not project.dataset("kaltim").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ingest"], "FILE: belum diisi"),
        (["ingest", "--file", "a.csv", "--as-of", "15/11/2024"], "'15/11/2024' bukan tanggal"),
        (["ingest", "--file", "a.csv", "--replace", "mungkin"], "mungkin"),
        (["ingest", "--file", "a.csv", "--data", "published"], "disusun oleh make published"),
        (["ingest", "--file", "a.csv", "--data", "../luar"], "bukan nama kumpulan data"),
        (["confirm", "--region", "bontang", "--by", "Kabid"], "AS_OF"),
        (["confirm", "--region", "bontang", "--as-of", "2024-11-12", "--by", "Siti"], "tidak menyebut jabatan"),
        (["confirm", "--region", "Bontng", "--as-of", "2024-11-12", "--by", "Kabid"], "Maksud Anda Bontang?"),
        (["confirm", "--region", "bontang", "--as-of", "2024-11-12", "--by", "Kabid"], "'kaltim' tidak ada"),
    ],
)
def test_a_wrong_argument_is_exit_10(project, arguments, told):
    code, text = run(project, *arguments)
    assert code == 10
    assert told in text
    assert sorted(path.name for path in project.datasets.iterdir()) == ["published"]


def test_a_dataset_on_a_full_or_closed_disk_says_so(project):
    project.dataset("kaltim").write_text("bukan folder", encoding="utf-8")
    code, text = take(project, put(project, "a.csv", SHEET.format(1)))
    assert code == 11
    assert "data/kaltim: tidak dapat ditulis" in text
    assert "periksa ruang disk dan izin folder" in text


def test_two_at_once_are_both_taken_in(project):
    head = "kode_wilayah,wajib_ktp,rekam"
    files = [put(project, f"{code}.csv", f"{head}\n{code},100,90\n") for code in ("64.71", "64.72")]
    command = [sys.executable, "-c", "from adminduk.cli import main; main()", "ingest", "--as-of", "2024-11-12"]
    surroundings = {**os.environ, ROOT_VARIABLE: str(project.root)}
    both = [subprocess.Popen([*command, "--file", file], cwd=project.root, env=surroundings) for file in files]
    assert [process.wait(timeout=300) for process in both] == [0, 0]
    tables = frames.read_dataset(project, "kaltim")
    assert set(tables["counts"]["region_code"]) == {"64.71", "64.72"}
    assert set(tables["journal"]["file"]) == {Path(file).name for file in files}
