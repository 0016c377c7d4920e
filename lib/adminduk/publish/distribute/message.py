"""One message to one person, the same each time for the same files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import PurePosixPath

from adminduk.basis.mailing import Mailing
from adminduk.present import mailing as words
from adminduk.publish.distribute.plan import Parcel
from adminduk.publish.index import size
from adminduk.publish.manifest import Artefact, Manifest

_OFFICE = "vnd.openxmlformats-officedocument"
_TYPES = {
    ".pdf": ("application", "pdf"),
    ".xlsx": ("application", f"{_OFFICE}.spreadsheetml.sheet"),
    ".docx": ("application", f"{_OFFICE}.wordprocessingml.document"),
    ".png": ("image", "png"),
    ".txt": ("text", "plain"),
    ".csv": ("text", "csv"),
}
_UNKNOWN = ("application", "octet-stream")


@dataclass(frozen=True)
class Sender:
    """From whom: a name that needs no quotes in a header, and an address."""

    name: str
    address: str


def message_id(manifest: Manifest, person: str, artefacts: Sequence[Artefact], domain: str) -> str:
    """The same for the same files to the same person: a mailbox that gets it twice can tell."""
    told = [manifest.data, manifest.edition, person, *sorted(artefact.sha256 for artefact in artefacts)]
    return f"<{hashlib.sha256(chr(0).join(told).encode()).hexdigest()[:40]}@{domain}>"


def fits(artefacts: Sequence[Artefact], mailing: Mailing) -> bool:
    """Whether the files are attached; else they are listed with sizes and checksums."""
    return sum(artefact.bytes for artefact in artefacts) <= mailing.attachment_limit


@dataclass(frozen=True)
class Before:
    """What a person has of this meeting: the last edition, the hashes of its files, and by path what moved since."""

    edition: str = ""
    sums: frozenset[str] = frozenset()
    moved: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def has_all(self, artefacts: Sequence[Artefact]) -> bool:
        return bool(artefacts) and all(artefact.sha256 in self.sums for artefact in artefacts)


def letter(
    manifest: Manifest, parcel: Parcel, mailing: Mailing, names: Mapping[str, str], before: Before
) -> words.Letter:
    """What is told to the person; ``names`` are those of regions by code."""
    attendee = parcel.attendee
    moved = dict.fromkeys(change for artefact in parcel.artefacts for change in before.moved.get(artefact.path, ()))
    return words.Letter(
        name=attendee.name,
        role=attendee.role,
        office=attendee.office,
        regions=tuple(names[code] for code in attendee.regions),
        meeting=manifest.title,
        as_of=manifest.as_of,
        edition=manifest.edition,
        replaces=before.edition,
        simulated=manifest.simulated,
        files=tuple(_listed(artefact, before) for artefact in parcel.artefacts),
        attached=fits(parcel.artefacts, mailing),
        changes=tuple(moved),
        absent=tuple((region.name, region.outcome) for region in parcel.absent),
    )


def _listed(artefact: Artefact, before: Before) -> words.Listed:
    unchanged = before.edition if artefact.sha256 in before.sums else ""
    return words.Listed(artefact.title, _name(artefact), size(artefact.bytes), artefact.sha256, unchanged)


def _name(artefact: Artefact) -> str:
    return PurePosixPath(artefact.path).name


def compose(
    told: words.Letter, mailing: Mailing, sender: Sender, to: str, attached: Mapping[str, bytes]
) -> EmailMessage:
    """The message without date and id. ``attached``: contents by file name.

    No header holds a name of a person: an address alone cannot be mistaken for two.
    """
    message = EmailMessage(SMTP)
    message["From"] = Address(sender.name, addr_spec=sender.address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = words.subject(told, mailing)
    message.set_content(words.body(told, mailing), cte="quoted-printable")
    for name, content in attached.items():
        maintype, subtype = _TYPES.get(PurePosixPath(name).suffix, _UNKNOWN)
        params = {"charset": "utf-8"} if maintype == "text" else {}
        message.add_attachment(
            content, maintype=maintype, subtype=subtype, cte="base64", filename=words.line(name), params=params
        )
    return message


def dated(message: EmailMessage, identity: str, date: datetime) -> EmailMessage:
    """The message as it goes out. Its parts are divided by the id, behind signs that no encoded part can hold."""
    message["Date"] = date
    message["Message-ID"] = identity
    if message.is_multipart():
        message.set_boundary(f"=_{identity.strip('<>').partition('@')[0]}")
    return message


def written(message: EmailMessage) -> bytes:
    """The message as it travels.

    Headers of plain letters are not folded: Python would leave the first line of a subject empty that is a little
    long, and readers then see it begin with a space. Others have to be, for encoded words may not be long.
    """
    plain = str(message["Subject"]).isascii()
    return message.as_bytes(policy=SMTP.clone(max_line_length=998) if plain else SMTP)
