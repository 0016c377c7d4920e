"""`check` at the terminal, and what it keeps from being printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adminduk.basis.paths import ROOT_VARIABLE, Paths

ROOT = Path(__file__).parents[2]
WRONG = (
    "64.71,2024-09-30,hari,{measure},,,{count},lembar@2024-09-30,dinamis,tidak,,antara-2020-10-ktp,lembar.xlsx:A!B{row}"
)


@pytest.fixture
def project(paths, tmp_path) -> Paths:
    for folder in ("params", "notebooks"):
        shutil.copytree(paths.root / folder, tmp_path / folder)
    shutil.copytree(paths.dataset("published"), tmp_path / "data" / "published")
    return Paths(tmp_path)


def run(project: Paths, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from adminduk.cli import main; main()", *arguments],
        cwd=project.root,
        env={**os.environ, ROOT_VARIABLE: str(project.root)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stdout, done.stderr


def add(project: Paths, *lines: str) -> None:
    path = project.table("published", "counts")
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def add_wrong_order(project: Paths) -> None:
    counts = {"anak_0_16": 1001, "anak_0_17": 1000}
    rows = enumerate(counts.items(), start=5)
    add(project, *(WRONG.format(measure=m, count=n, row=row, source="antara-2020-10-ktp") for row, (m, n) in rows))


def test_findings_without_a_refusal_are_exit_0(project):
    code, out, err = run(project, "check")
    assert (code, err) == (0, "")
    assert re.search(r"^\d+ temuan: 0 tolak, \d+ periksa, \d+ catat\.$", out, flags=re.MULTILINE)
    assert "64.74 Kota Bontang\n  periksa  Penduduk yang sudah melakukan perekaman KTP-el, Mei 2022: turun 3.623" in out


def test_a_period_leaves_out_what_came_later(project):
    code, out, _ = run(project, "check", "--period", "2022-04-15")
    assert code == 0
    assert "31 Juli 2023" not in out
    assert "15 April 2022" in out


def test_a_refusal_is_exit_11_and_named_with_rule_and_cell(project):
    add_wrong_order(project)
    code, out, err = run(project, "check")
    assert code == 11
    assert "tolak    Anak usia 0-16 tahun, 30 September 2024: 1.001 anak, lebih banyak daripada" in out
    assert "[urutan_salah]" in out
    assert "lembar.xlsx:A!B5; lembar.xlsx:A!B6" in out
    assert out.rstrip().endswith("Tidak dicetak sampai angkanya diperbaiki: Kota Balikpapan.")
    assert "Traceback" not in err


def test_a_region_with_a_refusal_is_not_printed_and_nothing_is_left(project):
    add_wrong_order(project)
    code, _, err = run(project, "report", "--region", "balikpapan")
    assert code == 11
    assert "Kota Balikpapan (64.71, lembar.xlsx:A!B5; lembar.xlsx:A!B6): tidak dicetak." in err
    assert "Langkah berikut: minta angka yang benar" in err
    assert not (project.root / "outputs").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--data", "publised"), "Maksud Anda published?"),
        (("--period", "2024-11-13"), "periode '2024-11-13' tidak ada"),
    ],
)
def test_what_does_not_exist_is_exit_10(project, arguments, told):
    code, _, err = run(project, "check", *arguments)
    assert code == 10
    assert told in err


def test_make_check_passes_what_was_given_on():
    command = ["make", "-n", "check", "DATA=demo", "PERIOD=2024-11-12"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    assert 'bootstrap.py check ${GIVEN_DATA:+--data "$GIVEN_DATA"}' in printed
