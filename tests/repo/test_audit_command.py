"""``adminduk audit`` as a user types it."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys

import pytest

from adminduk.basis.paths import ROOT_VARIABLE, Paths

HEADER = (
    "region_code,indicator,as_of,numerator,denominator,percent_published,percent_recomputed,difference_points,class,"
    "verdict_turned,source"
)


@pytest.fixture
def project(cloned, tmp_path) -> Paths:
    return cloned(tmp_path / "proyek")


def run(project: Paths, *arguments: str, encoding: str = "utf-8") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from adminduk.cli import main; main()", "audit", *arguments],
        cwd=project.root,
        env={**os.environ, ROOT_VARIABLE: str(project.root), "PYTHONIOENCODING": encoding},
        capture_output=True,
        encoding=encoding,
        timeout=300,
    )
    return done.returncode, done.stderr + done.stdout


def test_a_table_a_file_and_a_document(project):
    code, told = run(project)
    assert code == 0, told
    for line in (
        "Penilaian berubah bila dihitung tepat (2)",
        "Kalimantan Timur, akta kelahiran 0-17 tahun, 12 Nov 2024  1.234.871  1.250.088        98,78%    99%",
        "41 persentase lain sesuai dengan jumlahnya.",
        "outputs/audit/published.csv sudah ditulis.",
        "outputs/audit/published.pdf sudah dicetak.",
    ):
        assert line in told
    assert (project.audits / "published.pdf").read_bytes().startswith(b"%PDF")
    content = (project.audits / "published.csv").read_bytes().decode("utf-8")
    assert content.splitlines()[0] == HEADER
    assert "\r" not in content
    rows = list(csv.DictReader(content.splitlines()))
    assert len(rows) == 124
    tally = {name: sum(row["class"] == name for row in rows) for name in {row["class"] for row in rows}}
    assert tally == {"holds": 44, "rounding": 7, "does_not_follow": 10, "not_recomputable": 63}
    assert [row["region_code"] for row in rows if row["verdict_turned"] == "yes"] == ["64", "64"]
    assert all((row["percent_recomputed"] == "") == (row["class"] == "not_recomputable") for row in rows)
    assert (
        "64,akta_kelahiran_0_17,2024-11-12,1234871,1250088,99,98.7827,0.2173,holds,yes,nusantaraplus-2024-11-12-rakorda"
    ) in content


def test_a_terminal_that_lacks_some_signs_is_served_too(project):
    code, told = run(project, encoding="cp1252")
    assert code == 0, told
    assert "38.000‡" in told
    assert re.search(r"97,03% +-0,02 +13\n", told)


def test_a_dataset_that_does_not_exist_leaves_nothing(project):
    code, told = run(project, "--data", "publised")
    assert code == 10
    assert "Maksud Anda published?" in told
    assert "Traceback" not in told
    assert not (project.root / "outputs").exists()


def test_rows_that_cannot_be_read_leave_the_audit_of_before(project):
    project.audits.mkdir(parents=True)
    before = project.audits / "published.csv"
    before.write_text("kemarin\n", encoding="utf-8")
    path = project.table("published", "unused")
    path.write_text(path.read_text(encoding="utf-8").replace("origin,region", "asal,region"), encoding="utf-8")
    code, told = run(project)
    assert code == 11
    assert "data/published/unused.csv" in told
    assert before.read_text(encoding="utf-8") == "kemarin\n"
