"""Mistakes of a user, tried one by one (spec/messages.yml): exit code, words, and what to do about it."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest
import yaml
from aiosmtpd.smtp import AuthResult
from tests.postoffice import DATA, PostOffice, edition, invite

from adminduk import cli
from adminduk.basis import frames
from adminduk.basis.errors import suggestion
from adminduk.basis.paths import ROOT_VARIABLE, Paths

SPEC = Path(__file__).parents[1] / "spec" / "messages.yml"
TRIED = yaml.load(SPEC.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
NEEDED = ("Seharusnya: ", "Langkah berikut: ")
# Words of the libraries that an analyst must never have to read.
FOREIGN = re.compile(r"\b(Usage|Try|Invalid|Missing|Input should|No such option|while scanning|expected|found)\b")


@pytest.fixture
def project(cloned, tmp_path) -> Paths:
    return cloned(tmp_path / "proyek")


@pytest.fixture
def run(project, monkeypatch, capsys):
    """``run("report --region 64")``: the exit code and everything that the program says."""
    before = signal.getsignal(signal.SIGTERM)

    def typed(words: str) -> tuple[int, str]:
        monkeypatch.setenv(ROOT_VARIABLE, str(project.root))
        monkeypatch.chdir(project.root)
        monkeypatch.setattr(sys, "argv", ["adminduk", *shlex.split(words)])
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return code, told.err + told.out

    yield typed
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def served(project, monkeypatch):
    """``served("biasa")``: an edition, people to send it to, and a server that the environment names."""
    with ExitStack() as opened:

        def open_for(kind: str) -> None:
            project.editions(DATA).mkdir(parents=True)
            invite(project)
            edition(project)
            options = {"auth_require_tls": False, "authenticator": _refuse} if kind == "menolak login" else {}
            office = opened.enter_context(PostOffice(options=options))
            for name, value in office.environment().items():
                monkeypatch.setenv(name, value)

        yield open_for


def _refuse(*_: object) -> AuthResult:
    return AuthResult(success=False, handled=False)  # the server words the refusal


def change(project: Paths, case: dict) -> None:
    """What is broken before the command is typed."""
    path = project.root / case["file"]
    if "delete" in case:
        path.unlink()
    elif "write" in case:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case["write"], encoding="utf-8")
    elif "cell" in case:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[int(case["cell"]) - 1].source = case["new"]
        nbformat.write(notebook, path)
    else:
        text = path.read_text(encoding="utf-8")
        assert case["old"] in text
        path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")


def problems(text: str) -> list[str]:
    """What is said of each mistake: a line that is not indented, with those below it that are."""
    parts = re.split(r"\n(?=\S)", text.strip())
    return [part for part in parts if not part.endswith("...")]


@pytest.mark.parametrize("case", TRIED, ids=lambda case: f"{case['run'] or '(kosong)'} {case.get('file', '')}")
def test_a_mistake_is_told_with_what_to_do(case, project, run, served, monkeypatch):
    if "server" in case:
        served(case["server"])
    if "file" in case:
        change(project, case)
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value)
    code, text = run(case["run"])
    assert code == int(case["exit"]), text
    assert [words for words in case["says"] if words not in text] == [], text
    assert [part for part in problems(text) if not all(word in part for word in NEEDED)] == []
    assert "Traceback" not in text
    assert not FOREIGN.search(text), text


def test_every_command_was_tried():
    tried = {case["run"].split(" ")[0] for case in TRIED}
    without_mistakes = {"bench", "bench-cluster", "bench-nation", "doctor", "lab", "lock", "sent", "setup", "test"}
    assert set(cli.cli.commands) - tried == without_mistakes


def test_the_template_says_for_which_day_it_is(run, project):
    code, text = run("template --as-of 2024-11-15 --region berau")
    assert code == 0
    assert "2024-11-15.xlsx untuk keadaan 15 November 2024." in text
    assert "laporan berikutnya" not in text
    assert "data/kaltim belum ada: formulirnya tanpa angka laporan sebelumnya." in text
    assert "Itu laporan berikutnya; untuk tanggal lain, isi AS_OF=" in run("template")[1]


def test_confirming_a_day_without_figures_says_which_days_there_are(run, project):
    shutil.copytree(project.dataset("published"), project.dataset("kaltim"))
    code, text = run("confirm --region Berau --as-of 2024-11-11 --by 'Kabid PIAK'")
    assert code == 10
    assert "AS_OF: kumpulan data kaltim tidak memuat angka Kabupaten Berau keadaan 2024-11-11" in text
    assert "Langkah berikut: pilih salah satu tanggal itu" in text


def test_what_several_regions_lack_is_told_once(run, project):
    tables = {
        "counts": ["64.71,2024-11-12,hari,wajib_ktp,,,1000,a@2024-11-12,dinamis,tidak,,a,a.xlsx:B2"],
        "claims": [],
        "sources": ["a,Lembar,,,"],
    }
    project.dataset("kaltim").mkdir()
    for name, lines in tables.items():
        text = "\n".join([",".join(frames.TABLES[name]), *lines, ""])
        project.table("kaltim", name).write_text(text, encoding="utf-8")
    code, text = run("check --data kaltim")
    assert code == 0
    assert text.count("belum ada angka dari tahun 2024") == 1
    assert "9 daerah: Kabupaten Paser, Kabupaten Kutai Kartanegara, Kabupaten Berau" in text
    assert "\n9 temuan: 0 tolak, 9 periksa, 0 catat." in text


@pytest.mark.parametrize(
    ("word", "known", "told"),
    [
        (
            "akta_kelahiran",
            ["akta_kelahiran_0_17", "akta_kelahiran_0_18", "kia"],
            "akta_kelahiran_0_17 atau akta_kelahiran_0_18",
        ),
        ("perekaman_ktp", ["perekaman_ktp_el", "perekaman_ktp_el_pemula"], "perekaman_ktp_el"),
        ("rekam_ktp", ["rekam_ktp_el", "arus_rekam_ktp_el", "rekam_pemula"], "rekam_ktp_el"),
        ("rekam_ktp", ["perekaman_ktp_el", "perekaman_ktp_el_pemula", "ikd"], "perekaman_ktp_el"),
        ("6471", ["64.71", "64.72"], "64.71"),
        ("64.12", ["64.11", "64.02"], ""),
        ("2024-11-13", ["2024-11-12"], ""),
        ("Kota Kutai Barat", ["Kutai Barat", "Kabupaten Kutai Barat", "Kota Samarinda"], "Kutai Barat"),
        ("Pontianak", ["Kota Bontang", "Bontang"], ""),
        ("Kukarr", ["Kukar", "Kubar"], "Kukar"),
        ("kia_0_17", ["anak_0_17", "milik_akta_0_17"], ""),
    ],
)
def test_a_suggestion_is_near_or_none(word, known, told):
    assert suggestion(word, known) == (f"Maksud Anda {told}?" if told else "")
