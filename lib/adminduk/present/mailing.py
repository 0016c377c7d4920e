"""The message that brings a pack, and the lines that tell the analyst what is or was sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template

from adminduk.basis.mailing import Mailing
from adminduk.present import wording
from adminduk.present.tables import Column, Table

SIMULATED = "DATA SIMULASI"
_NOT_OFFICIAL = f"{SIMULATED} - bukan angka resmi. Seluruh isi berkasnya dibuat oleh program."
_MOST_CHANGES = 20
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # control, format, half of a sign, private, unassigned
_ABSENT = {
    "ditahan": "Berkas {name} belum dapat disampaikan: angkanya ditahan sampai diperbaiki.",
    "gagal": "Berkas {name} belum dapat disampaikan: pencetakannya belum berhasil. Berkas itu menyusul.",
}
STATES = {
    "": "belum dikirim",
    "same": "tidak berubah, sudah dikirim dengan edisi sebelumnya",
    "planned": "belum dikirim",
    "sending": "terputus saat dikirim",
    "sent": "sudah dikirim",
    "uncertain": "tidak pasti",
    "failed": "gagal",
}


@dataclass(frozen=True)
class Listed:
    """A file as a message names it; ``unchanged`` is the earlier edition that held it already."""

    title: str
    name: str
    size: str
    sha256: str
    unchanged: str = ""


@dataclass(frozen=True)
class Letter:
    """All that is told to one person. ``absent`` are names of regions with what became of them."""

    name: str
    role: str
    office: str
    regions: tuple[str, ...]
    meeting: str
    as_of: str
    edition: str
    replaces: str
    simulated: bool
    files: tuple[Listed, ...]
    attached: bool
    changes: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()


def line(text: str) -> str:
    """The text as one line that is nothing but text: no control or invisible signs, no start of an encoded word."""
    seen = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.split()).replace("=?", "= ?")


def subject(letter: Letter, mailing: Mailing) -> str:
    """One line; a simulated edition says so first, a correction names what it replaces."""
    text = Template(mailing.correction if letter.replaces else mailing.subject).substitute(_words(letter))
    return line(f"{SIMULATED}: {text}" if letter.simulated else text)


def body(letter: Letter, mailing: Mailing) -> str:
    """The text of the message; paragraphs that do not apply leave no gap."""
    words = _words(letter) | {
        "catatan": "\n\n".join(_notes(letter)),
        "pengantar": mailing.attached if letter.attached else mailing.listed,
        "berkas": "\n".join(_file(number, file, letter) for number, file in enumerate(letter.files, 1)),
    }
    return re.sub(r"\n{3,}", "\n\n", Template(mailing.body).substitute(words)).strip() + "\n"


def _words(letter: Letter) -> dict[str, str]:
    told = {
        "nama": letter.name,
        "jabatan": letter.role,
        "kantor": letter.office,
        "wilayah": wording.listing(letter.regions),
        "rapat": letter.meeting or "rapat",
        "keadaan": letter.as_of,
        "edisi": letter.edition,
        "menggantikan": letter.replaces,
    }
    return {name: line(text) for name, text in told.items()}


def _notes(letter: Letter) -> list[str]:
    """What has to be said before anything else."""
    notes = [_NOT_OFFICIAL] if letter.simulated else []
    if letter.replaces:
        notes.append(_correction(letter))
    return notes + [line(_ABSENT[outcome].format(name=name)) for name, outcome in letter.absent]


def _correction(letter: Letter) -> str:
    told = line(f"Ini koreksi: edisi {letter.edition} menggantikan edisi {letter.replaces}.")
    shown = [f"- {line(change)}" for change in letter.changes[:_MOST_CHANGES]]
    rest = len(letter.changes) - len(shown)
    more = [f"- dan {wording.number(rest)} perubahan lain, dimuat dalam paketnya"] if rest else []
    return "\n".join([f"{told} Mohon edisi sebelumnya tidak dipakai lagi.", *shown, *more])


def _file(number: int, file: Listed, letter: Letter) -> str:
    same = f"tidak berubah sejak edisi {file.unchanged}" if file.unchanged else ""
    told = line(f"{number}. {file.title} ({', '.join(filter(None, (file.name, file.size, same)))})")
    return told if letter.attached else f"{told}\n   {file.sha256}"


@dataclass(frozen=True)
class Outlook:
    """What one person would get: rows of file, size and state, the form in which, and what keeps a region away."""

    name: str
    email: str
    subject: str
    rows: tuple[tuple[str, str, str], ...]
    remarks: tuple[str, ...] = ()


def outlook(edition: str, outlooks: Sequence[Outlook]) -> str:
    """The table of the dry run: under each person the files."""
    rows: list[tuple[str, str, str]] = []
    groups: list[tuple[str, int]] = []
    for one in outlooks:
        groups.append((f"{line(one.name)} <{one.email}>: {one.subject or 'tidak ada pesan'}", len(rows)))
        rows += one.rows
        rows += [(remark, "", "") for remark in one.remarks]
    columns = [Column("Berkas"), Column("Ukuran", "right"), Column("Keadaan")]
    indented = [(f"  {file}", size, state) for file, size, state in rows]
    caption = f"Siapa menerima apa, edisi {edition}"
    return Table(caption, "berkas", columns, indented, [], [], groups).bundle().plain


def ledger(entries: Sequence[Sequence[str]]) -> list[str]:
    """What ``make sent`` prints: time, person, edition, file, state and the answer of the server."""
    if not entries:
        return ["Belum ada yang dikirim."]
    columns = [Column(label) for label in ("Waktu", "Kepada", "Edisi", "Berkas", "Keadaan", "Jawaban server")]
    return Table("Kiriman", "berkas", columns, entries, [], []).bundle().plain.splitlines()
