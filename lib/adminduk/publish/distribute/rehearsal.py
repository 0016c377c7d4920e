"""The dry run: who would get which file, the text, and every message as a file that mail programs open."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import PurePosixPath

from adminduk.basis.errors import UNWRITABLE, DataError, Problem
from adminduk.present import mailing as words
from adminduk.publish.distribute.message import fits, written
from adminduk.publish.distribute.plan import Parcel
from adminduk.publish.distribute.post import Post, now
from adminduk.publish.distribute.smtp import sender_address
from adminduk.publish.index import size

# Whom messages come from while nobody said so; no such address can exist.
_NOBODY = "pengirim@belum-diatur.invalid"


def rehearse(post: Post, tell: Callable[[str], None]) -> None:
    """Nothing is sent, nothing noted. DataError when a file is not as it was made or a message cannot be written."""
    due, known = post.due(), sender_address(os.environ)
    contents, date = post.contents(due), now()
    messages = {one.attendee.person: post.message(one, contents, known or _NOBODY, date) for one in due}
    _write(post, messages)
    tell(words.outlook(post.manifest.edition, [_outlook(post, parcel, messages) for parcel in post.parcels]))
    if due:
        tell(f"\nTeks untuk {due[0].attendee.person}:\n\n{words.body(post.letter(due[0]), post.mailing)}")
    if not known:
        tell("Pengirim belum diatur: isi ADMINDUK_SMTP_FROM, atau ADMINDUK_SMTP_USER dengan alamat surel.")
    folder = post.paths.letters(post.manifest.data, post.manifest.edition)
    tell(f"{len(due)} pesan di {post.paths.relative(folder)}/. Belum ada yang dikirim; CONFIRM=yes mengirimnya.")


def _write(post: Post, messages: Mapping[str, EmailMessage]) -> None:
    """What would be sent now, and nothing that an earlier rehearsal left."""
    folder = post.paths.letters(post.manifest.data, post.manifest.edition)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.eml"):
            old.unlink()
        for person, message in messages.items():
            (folder / f"{person}.eml").write_bytes(written(message))
    except OSError as error:
        what, next_step = (
            f"tidak dapat ditulis ({UNWRITABLE.get(error.errno or 0) or error.strerror})",
            "periksa ruang disk dan izin folder, lalu ulangi",
        )
        raise DataError(Problem(post.paths.relative(folder), what, "izin menulis", next_step)) from error


def _outlook(post: Post, parcel: Parcel, messages: Mapping[str, EmailMessage]) -> words.Outlook:
    standing, attendee = post.standing(), parcel.attendee
    rows, before = [], post.before(attendee.person)
    same = "same" if before.has_all(parcel.artefacts) else ""
    for file in parcel.artefacts:
        entry = standing.get((attendee.person, file.sha256))
        rows.append((PurePosixPath(file.path).name, size(file.bytes), words.STATES[entry.state if entry else same]))
    remarks = [f"{region.name} {region.outcome}: {region.cause or 'tidak dicetak'}" for region in parcel.absent]
    if not parcel.artefacts:
        remarks.append(f"tidak ada berkas dari yang diminta ({', '.join(attendee.documents)})")
    elif not fits(parcel.artefacts, post.mailing):
        remarks.append("melampaui batas lampiran: hanya daftar berkas dengan sidiknya")
    message = messages.get(attendee.person)
    subject = str(message["Subject"]) if message else ""
    return words.Outlook(attendee.name, attendee.email, subject, tuple(rows), tuple(remarks))
