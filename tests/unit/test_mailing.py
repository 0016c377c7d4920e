"""The message: nothing that is told in it becomes a header, and the same parcel makes the same message."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from adminduk.basis.errors import ParameterError
from adminduk.basis.mailing import Mailing, load_mailing
from adminduk.basis.paths import Paths, find_paths
from adminduk.present import mailing as words
from adminduk.present.mailing import Letter, Listed
from adminduk.publish.distribute.ledger import Entry, Ledger
from adminduk.publish.distribute.message import Sender, compose, dated, fits, message_id, written
from adminduk.publish.manifest import Artefact, Manifest

MAILING = load_mailing(find_paths())
SENDER, TO = Sender("DKP3A Kaltim", "dkp3a@x.example.org"), "kepala@y.example.org"
DATE = datetime(2024, 11, 18, 8, 30, tzinfo=UTC)
HEADERS = ["from", "to", "subject", "mime-version", "date", "message-id"]

# What people try, and what goes wrong by itself.
PIECES = (
    "\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\u202e", "\ud800", "\u200b", "--",
    "Bcc: ", "x@evil.example", "Subject: ", "Content-Type: text/html", "=?utf-8?q?=0D=0ABcc:_x=40evil.example?=", "=",
    "?", ",", "<", ">", '"', "\r\n\r\n", "é", "–", " ", "$berkas", "a" * 90,
)  # fmt: skip
TOLD = ("name", "office", "role", "meeting", "as_of", "edition", "replaces")
nasty = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
nasty_words = st.fixed_dictionaries(dict.fromkeys(TOLD, nasty))


def letter(**told) -> Letter:
    fixed = {
        "name": "Nama", "role": "kepala", "office": "Dinas", "regions": ("Kota Balikpapan",), "meeting": "Rakorda",
        "as_of": "12 November 2024", "edition": "2024-11-12", "replaces": "", "simulated": False,
        "files": (Listed("Paket", "a.pdf", "1 KB", "0" * 64),), "attached": True,
    }  # fmt: skip
    return Letter(**(fixed | told))


def message(told: Letter, attached: dict[str, bytes], mailing: Mailing = MAILING) -> EmailMessage:
    return dated(compose(told, mailing, SENDER, TO, attached), "<1@x.example.org>", DATE)


def read_back(told: Letter, attached: dict[str, bytes]) -> EmailMessage:
    return message_from_bytes(written(message(told, attached)), policy=policy.default)


@settings(deadline=None, max_examples=150)
@given(given=nasty_words, region=nasty, title=nasty, file=nasty, change=nasty, simulated=st.booleans())
def test_no_text_becomes_a_header_or_an_address(given, region, title, file, change, simulated):
    listed = Listed(title, file, "1 KB", "0" * 64)
    told = letter(**given, regions=(region, region), files=(listed,), changes=(change,), simulated=simulated)
    raw = written(message(told, {f"a{file}.pdf": b"%PDF"}))
    assert raw.isascii() and all(len(line) < 998 for line in raw.splitlines())
    for found in (message_from_bytes(raw, policy=policy.default), message_from_bytes(raw, policy=policy.compat32)):
        assert sorted(map(str.lower, found.keys())) == sorted([*HEADERS, "content-type"])
        assert found["To"] == TO and "\n" not in found["To"]
        assert [part.get_content_type() for part in found.walk()] == [
            "multipart/mixed",
            "text/plain",
            "application/pdf",
        ]
    parsed = message_from_bytes(raw, policy=policy.default)
    assert [one.addr_spec for one in parsed["To"].addresses] == [TO]
    assert [one.addr_spec for one in parsed["From"].addresses] == [SENDER.address]
    assert len(str(parsed["Subject"]).splitlines()) == 1
    assert not parsed.defects and not [part.defects for part in parsed.walk() if part.defects]


@given(nasty)
def test_a_line_is_one_line_of_visible_signs(text):
    found = words.line(text)
    assert len(found.splitlines()) <= 1 and "=?" not in found and found == words.line(found)
    assert found.isprintable()


@given(st.binary(max_size=400), st.sampled_from(("a.pdf", "a.csv", "a.txt", "a.png", "é b.docx", "a.xlsx", "a.lain")))
def test_files_arrive_byte_for_byte(content, name):
    (part,) = read_back(letter(), {name: content}).iter_attachments()
    assert part.get_payload(decode=True) == content
    assert part.get_filename() == name


def test_types_of_files():
    names = ("a.pdf", "a.xlsx", "a.docx", "a.png", "a.txt", "a.csv")
    parts = read_back(letter(), dict.fromkeys(names, b"1;2")).iter_attachments()
    office = "application/vnd.openxmlformats-officedocument"
    assert [part.get_content_type() for part in parts] == [
        "application/pdf",
        f"{office}.spreadsheetml.sheet",
        f"{office}.wordprocessingml.document",
        "image/png",
        "text/plain",
        "text/csv",
    ]


def test_the_text_of_a_message():
    told = letter(simulated=True, absent=(("Kota Samarinda", "ditahan"), ("Kota Bontang", "gagal")))
    text = read_back(told, {"a.pdf": b"x"}).get_body().get_content().replace("\r\n", "\n")
    assert text.startswith(
        "Yth. Nama\nkepala\nDinas\n\nDATA SIMULASI - bukan angka resmi. Seluruh isi berkasnya dibuat oleh program.\n\n"
        "Berkas Kota Samarinda belum dapat disampaikan: angkanya ditahan sampai diperbaiki.\n\n"
        "Berkas Kota Bontang belum dapat disampaikan: pencetakannya belum berhasil. Berkas itu menyusul.\n\n"
        "Bersama ini kami sampaikan bahan Rakorda, keadaan 12 November 2024 (edisi 2024-11-12). "
        "Berkas yang terlampir:\n\n"
        "1. Paket (a.pdf, 1 KB)\n\n"
    )
    plain = words.body(letter(), MAILING)
    assert "SIMULASI" not in plain and "\n\n\n" not in plain
    assert words.subject(letter(), MAILING) == "Paket Kota Balikpapan, keadaan 12 November 2024"


def test_a_correction():
    told = letter(replaces="2024-11-12", edition="2024-11-12-r2", changes=tuple(f"angka {n}" for n in range(22)))
    assert words.subject(told, MAILING).endswith("menggantikan edisi 2024-11-12")
    text = words.body(told, MAILING)
    assert "edisi 2024-11-12-r2 menggantikan edisi 2024-11-12. Mohon edisi sebelumnya tidak dipakai lagi." in text
    assert "- angka 19\n- dan 2 perubahan lain" in text and "angka 20" not in text
    same = letter(replaces="a", files=(Listed("Paket", "a.pdf", "1 KB", "0", unchanged="a"),))
    assert "1. Paket (a.pdf, 1 KB, tidak berubah sejak edisi a)" in words.body(same, MAILING)


def test_above_the_limit_the_files_are_listed():
    files = [Artefact(f"{n}.pdf", "pack", "t", "64", "publik", "e", {}, (), 100, "0") for n in range(2)]
    exact, less = (MAILING.model_copy(update={"attachment_limit": limit}) for limit in (200, 199))
    assert fits(files, exact) and not fits(files, less)
    text = words.body(letter(attached=False), MAILING)
    assert "1. Paket (a.pdf, 1 KB)\n   " + "0" * 64 in text and "melampaui batas lampiran" in text


def test_the_id_is_that_of_edition_person_and_files():
    def identity(edition="e", person="p", *files) -> str:
        made = Manifest("d", "p", edition, "", False, "t", "a", (), ())
        found = [Artefact(sha, "pack", "t", "64", "publik", "e", {}, sha256=sha) for sha in files]
        return message_id(made, person, found, "x.example.org")

    assert identity("e", "p", "1", "2") == identity("e", "p", "2", "1")
    others = {
        identity("e", "p", "1", "2"),
        identity("f", "p", "1", "2"),
        identity("e", "q", "1", "2"),
        identity("e", "p", "1"),
    }
    assert len(others) == 4
    first, second = (written(message(letter(), {"a.pdf": b"%PDF"})) for _ in range(2))
    assert first == second and b"Date: Mon, 18 Nov 2024 08:30:00 +0000" in first


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("subject", "Paket $wilyah, $keadaan", "isian $wilyah tidak dikenal"),
        ("subject", "Paket", "isian $keadaan wajib ada"),
        ("subject", "$keadaan\nBcc: x@y.org", "lebih dari satu baris"),
        ("subject", "$keadaan 5 $", "$$ untuk tanda dolar"),
        ("correction", "Koreksi", "isian $menggantikan wajib ada"),
        ("body", "$nama $pengantar $berkas", "isian $catatan wajib ada"),
        ("body", "$nama $catatan $pengantar $berkas $password", "isian $password tidak dikenal"),
        ("sender", "Dinas <x@y.org>", "sender"),
        ("attachment_limit", "10 MB", "bukan bilangan bulat"),
        ("attempts", "0", "attempts"),
        ("host", "mail.example.org", "kunci tidak dikenal"),
    ],
)
def test_a_mistake_in_the_texts_is_named(paths, tmp_path, key, value, told):
    content = yaml.safe_load(paths.parameters("mailing").read_text(encoding="utf-8")) | {key: value}
    (tmp_path / "params").mkdir()
    made = Paths(tmp_path)
    made.parameters("mailing").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(ParameterError) as error:
        load_mailing(made)
    assert told in str(error.value) and f"params/mailing.yml: {key}" in str(error.value)


def test_the_ledger_keeps_every_line_and_tells_the_newest(tmp_path):
    ledger = Ledger(tmp_path / "kiriman.sqlite3")
    assert ledger.newest() == []
    first = Entry("2024-11-18T08:30:00", "p", "d", "e", "a.pdf", "0", "<1>", "planned")
    sent = Entry("2024-11-18T08:31:00", "p", "d", "e", "a.pdf", "0", "<1>", "sent", "250 ok")
    other = Entry("2024-11-18T08:30:00", "q", "d", "f", "a.pdf", "0", "<2>", "planned")
    ledger.write([first, other])
    ledger.write([sent])
    assert ledger.newest() == [other, sent]
    assert ledger.standing("d", "e") == {("p", "0"): sent}
