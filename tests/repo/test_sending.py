"""Sending to a real server: everybody has one copy of the right files, or is told to be uncertain, whatever happens."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import shutil
import subprocess
import sys
from email import message_from_bytes, policy

import pytest
from filelock import FileLock
from tests.postoffice import (
    BALIKPAPAN,
    BOTH,
    DATA,
    INTERNAL,
    PACK,
    PACKS,
    PEOPLE,
    PERIOD,
    PROVINCE,
    SAMARINDA,
    PostOffice,
    content,
    declare,
    edition,
    invite,
)

from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.paths import ROOT_VARIABLE, Paths
from adminduk.publish.distribute.delivery import Order, send, sent_lines
from adminduk.publish.manifest import NAME

ORDER = Order(PERIOD, DATA)
ALL = {to: sorted(names) for to, names in PACKS.items()}
SEND = """
from adminduk.basis.paths import find_paths
from adminduk.publish.distribute.delivery import Order, send
send(find_paths(), Order("2024-11-12", "kaltim"), True, print)
"""


@pytest.fixture
def project(cloned, tmp_path, monkeypatch) -> Paths:
    for name in [name for name in os.environ if name.startswith("ADMINDUK_SMTP_")]:
        monkeypatch.delenv(name)
    made = cloned(tmp_path / "proyek")
    made.editions(DATA).mkdir(parents=True)
    invite(made)
    edition(made)
    return made


@pytest.fixture
def office(monkeypatch):
    with PostOffice() as opened:
        for name, value in opened.environment().items():
            monkeypatch.setenv(name, value)
        yield opened


def told(paths: Paths, order: Order = ORDER, confirm: bool = True) -> str:
    lines: list[str] = []
    send(paths, order, confirm, lines.append)
    return "\n".join(lines)


def failed(paths: Paths, order: Order = ORDER) -> str:
    with pytest.raises(DataError) as error:
        told(paths, order)
    return str(error.value)


def test_a_rehearsal_writes_messages_that_mail_programs_read(project):
    text = told(project, confirm=False)
    folder = project.letters(DATA, PERIOD)
    assert {path.stem for path in folder.iterdir()} == set(PEOPLE)
    for to, files in PACKS.items():
        message = message_from_bytes((folder / f"{to}.eml").read_bytes(), policy=policy.default)
        assert message["To"] == to and not message["Cc"] and not message["Bcc"]
        assert message["Subject"].startswith("DATA SIMULASI: Paket ")
        assert "DATA SIMULASI - bukan angka resmi" in message.get_body().get_content()
        parts = {part.get_filename(): part for part in message.iter_attachments()}
        assert parts.keys() == files
        for name, part in parts.items():
            assert part.get_content_type() == "application/pdf"
            assert part.get_content() == content(f"paket/{name}", PERIOD)
            assert name in text
    assert f"<{BALIKPAPAN}>" in text and "Yth. Nama 64" in text and "Pengirim belum diatur" in text
    assert not project.sent.exists()
    assert sent_lines(project) == ["Belum ada yang dikirim."]


def test_everybody_gets_their_files_once(project, office):
    told(project)
    assert office.files() == ALL
    assert told(project) == "Tidak ada yang perlu dikirim."
    assert office.files() == ALL
    lines = "\n".join(sent_lines(project))
    assert lines.count("sudah dikirim") == sum(map(len, PACKS.values()))
    assert "250 2.0.0 accepted" in lines and PACK["64.71"] in lines
    assert "0 pesan" in told(project, confirm=False) and not list(project.letters(DATA, PERIOD).iterdir())


def test_no_address_is_shown_to_another(project, office):
    told(project)
    for to, message in office.inbox:
        others = set(PEOPLE) - {to}
        assert not [other for other in others if other in message.as_string()]


def test_a_line_of_a_dot_does_not_end_a_message(project, office):
    invite(project, body="$nama\n.\n..\n.a\n$catatan\n$pengantar\n$berkas")
    told(project)
    assert office.files() == ALL
    bodies = [message.get_body().get_content().splitlines() for _, message in office.inbox]
    assert all(lines[1:4] == [".", "..", ".a"] for lines in bodies)


def test_more_documents_are_sent_without_those_that_were(project, office):
    told(project)
    invite(project, ("paket", "lampiran"))
    told(project)
    annex = PACK["64.71"].replace(".pdf", ".xlsx")
    assert office.files()[BALIKPAPAN] == sorted([*PACKS[BALIKPAPAN], annex, PACK["64"].replace(".pdf", ".xlsx")])


def test_every_mishap_ends_with_one_copy_or_a_word(project, office):
    office.rules[PROVINCE] = ["later", "full", "later"]
    office.rules[BALIKPAPAN] = ["no such person"]
    office.rules[SAMARINDA] = ["accepted and cut"]
    office.rules[BOTH] = ["lost"]
    text = failed(project)
    assert office.files() == {PROVINCE: ALL[PROVINCE], SAMARINDA: ALL[SAMARINDA]}
    assert office.attempts.count(PROVINCE) == 4 and office.attempts.count(BALIKPAPAN) == 1
    assert f"{BALIKPAPAN}: tidak terkirim: 550 5.1.1 no such person" in text
    assert f"{SAMARINDA}: tidak pasti diterima" in text and f"{BOTH}: tidak pasti diterima" in text
    again = failed(project)  # the refused one is there now; the uncertain ones are told and left alone
    assert "tidak terkirim" not in again and "tidak pasti diterima" in again
    assert office.files() == {to: ALL[to] for to in (PROVINCE, BALIKPAPAN, SAMARINDA)}
    told(project, Order(PERIOD, DATA, resend=BOTH.upper()))
    assert office.files() == ALL
    assert "tidak pasti" in (last := failed(project)) and BOTH not in last
    assert office.files() == ALL


def test_patience_ends(project, office):
    office.rules[BALIKPAPAN] = ["later"] * 4 + ["refused"]
    assert f"{BALIKPAPAN}: tidak terkirim: 451 4.3.0 later" in failed(project)
    assert office.attempts.count(BALIKPAPAN) == 4
    assert f"{BALIKPAPAN}: tidak terkirim: 554 5.7.1 refused" in failed(project)
    told(project)
    assert office.files() == ALL


def test_a_message_cut_on_its_way_is_sent_again(project, office):
    """Longer than what two sockets hold: the end was not on its way yet, so nobody can have accepted it."""
    made = edition(project)
    place = project.edition(DATA, PERIOD)
    big = os.urandom(1000) * 9000
    invite(project, attachment_limit=10_000_000)
    path = next(file.path for file in made.artefacts if file.path.endswith(PACK["64.71"]))
    manifest = (place / "manifest.json").read_text(encoding="utf-8")
    old = next(file for file in made.artefacts if file.path == path)
    (place / path).write_bytes(big)
    manifest = manifest.replace(old.sha256, hashlib.sha256(big).hexdigest())
    declare(place, manifest)
    office.rules[BALIKPAPAN] = ["cut before the end", "cut before the end"]
    told(project, Order(PERIOD, DATA, ("Balikpapan",)))
    assert office.files()[BALIKPAPAN] == ALL[BALIKPAPAN]
    assert office.attempts.count(BALIKPAPAN) == 3


def test_a_resend_is_for_the_uncertain_alone(project, office):
    told(project)
    with pytest.raises(ParameterError, match="tidak ada kiriman yang tidak pasti"):
        told(project, Order(PERIOD, DATA, resend=BALIKPAPAN))
    assert office.files() == ALL


def test_a_server_that_dies_and_comes_back(project, office, monkeypatch):
    office.rules[SAMARINDA] = ["the server dies"]
    assert "ulangi perintah yang sama" in failed(project)
    before = office.files()
    assert before == {to: ALL[to] for to in (PROVINCE, BALIKPAPAN)}
    assert "belum dikirim" in "\n".join(sent_lines(project))
    with PostOffice(port=office.port) as later:
        told(project)
        assert later.files() == {to: ALL[to] for to in (SAMARINDA, BOTH)}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(("moment", "uncertain"), [("hold at the address", False), ("accepted and held", True)])
def test_a_killed_sender_is_continued(project, office, moment, uncertain):
    office.rules[SAMARINDA] = [moment]
    process = subprocess.Popen(
        [sys.executable, "-c", SEND], cwd=project.root, env={**os.environ, ROOT_VARIABLE: str(project.root)}
    )
    while not office.held.wait(0.1):
        assert process.poll() is None
    process.kill()
    process.wait()
    office.release.set()
    if uncertain:
        assert f"{SAMARINDA}: tidak pasti diterima" in failed(project)
        assert re.search(f"{SAMARINDA}.*tidak pasti", "\n".join(sent_lines(project)))
    else:
        told(project)
    assert office.files() == ALL


def test_two_do_not_send_at_once(project, office):
    with FileLock(project.sent.with_suffix(".kunci")):
        assert "sedang mengirim" in failed(project)
    assert not office.inbox


def test_an_edition_with_gaps_goes_only_to_named_regions(project, office):
    edition(project, k6471="gagal")
    text = failed(project)
    assert "Kota Balikpapan: gagal dicetak" in text and "REGION=64,64.72" in text
    with pytest.raises(DataError):
        told(project, confirm=False)
    assert not office.inbox
    told(project, Order(PERIOD, DATA, ("Samarinda",)))
    assert office.files() == {SAMARINDA: ALL[SAMARINDA], BOTH: sorted([PACK["64"], PACK["64.72"]])}
    bodies = {to: message.get_body().get_content() for to, message in office.inbox}
    assert "Berkas Kota Balikpapan belum dapat disampaikan" in bodies[BOTH]
    assert "belum dapat disampaikan" not in bodies[SAMARINDA]


def test_people_of_a_withheld_region_are_told(project, office):
    edition(project, k6471="ditahan")
    rehearsed = told(project, Order(PERIOD, DATA, ("64.71",)), confirm=False)
    assert "Kota Balikpapan ditahan" in rehearsed
    told(project, Order(PERIOD, DATA, ("64.71",)))
    assert office.files() == {BALIKPAPAN: [PACK["64"]], BOTH: [PACK["64"]]}
    assert "angkanya ditahan sampai diperbaiki" in office.inbox[0][1].get_body().get_content()
    office.inbox.clear()
    told(project)  # withheld is not failed: nobody has to be named
    assert office.files() == {PROVINCE: ALL[PROVINCE], SAMARINDA: ALL[SAMARINDA], BOTH: [PACK["64.72"]]}


def test_a_manifest_that_was_rewritten_is_not_believed(project, office):
    made = edition(project)
    place = project.edition(DATA, PERIOD)
    text = made.text().replace('"audience": "internal"', '"audience": "publik"')
    (place / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="tidak cocok dengan SHA256SUMS"):
        told(project)
    assert not office.inbox


def test_misspelt_regions_are_told_together(project):
    with pytest.raises(ParameterError) as error:
        told(project, Order(PERIOD, DATA, ("Balikpapn", "Samarind")))
    assert "Maksud Anda Balikpapan?" in str(error.value) and "Maksud Anda Samarinda?" in str(error.value)


def test_a_new_edition_is_a_correction_that_names_what_it_replaces(project, office):
    told(project)
    office.inbox.clear()
    edition(project, f"{PERIOD}-r2", PERIOD, same="64.72")
    told(project)
    assert office.files() == ALL
    bodies = {to: message.get_body().get_content() for to, message in office.inbox}
    for to, message in office.inbox:
        assert message["Subject"].startswith("DATA SIMULASI: Koreksi paket")
        assert f"menggantikan edisi {PERIOD}" in message["Subject"]
        assert f"edisi {PERIOD}-r2 menggantikan edisi {PERIOD}." in bodies[to]
    assert "64.71: 1 menjadi 2." in bodies[BALIKPAPAN] and "64.72: 1 menjadi 2." not in bodies[BALIKPAPAN]
    assert f"tidak berubah sejak edisi {PERIOD}" in bodies[SAMARINDA]
    assert told(project) == "Tidak ada yang perlu dikirim."


def test_a_correction_corrects_what_the_person_has(project, office):
    """The second edition was never sent: the third replaces the first, and tells what both changed."""
    told(project)
    office.inbox.clear()
    edition(project, f"{PERIOD}-r2", PERIOD)
    edition(project, f"{PERIOD}-r3", f"{PERIOD}-r2", same="64.71")
    told(project)
    letters = dict(office.inbox)
    body = letters[BALIKPAPAN].get_body().get_content()
    assert str(letters[BALIKPAPAN]["Subject"]).endswith(f"menggantikan edisi {PERIOD}")
    assert f"edisi {PERIOD}-r3 menggantikan edisi {PERIOD}." in body and "64.71: 1 menjadi 2." in body
    assert "tidak berubah sejak" not in body


def test_who_has_nothing_yet_gets_no_correction(project, office):
    edition(project, f"{PERIOD}-r2", PERIOD)
    told(project)
    assert not [message["Subject"] for _, message in office.inbox if "Koreksi" in message["Subject"]]
    assert not [1 for _, message in office.inbox if "koreksi" in message.get_body().get_content()]


def test_who_has_it_all_is_not_sent_it_again(project, office):
    """The same files in a new edition: nobody has to hear of it."""
    made = edition(project)
    told(project)
    office.inbox.clear()
    again = dataclasses.replace(made, edition=f"{PERIOD}-r2", replaces=PERIOD)
    place = shutil.copytree(project.edition(DATA, PERIOD), project.edition(DATA, again.edition))
    declare(place, again.text())
    project.current_edition(DATA, PERIOD).write_text(f"{again.edition}\n", encoding="utf-8")
    assert told(project) == "Tidak ada yang perlu dikirim." and not office.inbox
    assert "tidak berubah, sudah dikirim dengan edisi sebelumnya" in told(project, confirm=False)


def test_an_answer_that_is_no_answer_leaves_it_uncertain(project, office):
    office.rules[BALIKPAPAN] = ["accepted without a number"]
    text = failed(project)
    assert f"{BALIKPAPAN}: tidak pasti diterima" in text and "RESEND=" in text
    assert office.files() == ALL and office.attempts.count(BALIKPAPAN) == 1
    assert "tidak pasti" in failed(project) and office.attempts.count(BALIKPAPAN) == 1


def test_above_the_limit_files_are_listed_with_their_checksums(project, office):
    files = {name: content(f"paket/{name}", PERIOD) for name in PACKS[BALIKPAPAN]}
    largest = sum(map(len, files.values()))
    invite(project, attachment_limit=largest - 1)
    told(project, Order(PERIOD, DATA, ("64.71",)))
    made = {file.path: file for file in edition(project).artefacts}
    body = next(message for to, message in office.inbox if to == BALIKPAPAN).get_body().get_content()
    assert office.files()[BALIKPAPAN] == []
    for name in files:
        assert name in body and made[f"paket/{name}"].sha256 in body
    invite(project, attachment_limit=largest)
    project.sent.unlink()
    told(project, Order(PERIOD, DATA, ("64.71",)))
    assert office.files()[BALIKPAPAN] == ALL[BALIKPAPAN]


def test_a_file_that_is_not_as_it_was_printed_stops_all(project, office):
    place = project.edition(DATA, PERIOD) / "paket"
    (place / PACK["64.71"]).write_bytes(b"another region's pack")
    (place / INTERNAL).unlink()
    text = failed(project)
    assert "bukan lagi berkas yang dicetak" in text and f"{INTERNAL}: tidak ada" in text
    assert not office.inbox and not project.sent.exists()
