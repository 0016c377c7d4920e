"""Who gets which files of an edition."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from adminduk.basis.attendees import Attendee
from adminduk.basis.errors import DataError, Problem
from adminduk.publish import provenance
from adminduk.publish.audience import may_receive
from adminduk.publish.manifest import Artefact, Manifest, Standing

# The words of params/attendees.yml and the kinds of the manifest.
KINDS = {
    "paket": "pack",
    "lampiran": "annex",
    "dokumen": "document",
    "gambar": "picture",
    "ringkasan": "text",
    "tabel": "table",
}


@dataclass(frozen=True)
class Parcel:
    """What one person gets, in the order of the manifest, and which of the own regions were not printed."""

    attendee: Attendee
    artefacts: tuple[Artefact, ...]
    absent: tuple[Standing, ...]


def parcels(manifest: Manifest, attendees: Sequence[Attendee], named: Collection[str] = ()) -> list[Parcel]:
    """One for each person of the named regions (codes), of everybody without a name.

    DataError for an edition of which something failed unless regions are named; a region that its figures withhold
    is no failure.
    """
    if not manifest.complete and not named:
        raise DataError(*_incomplete(manifest))
    wanted = [one for one in attendees if not named or set(named) & set(one.regions)]
    return [_parcel(manifest, one, named) for one in wanted]


def _incomplete(manifest: Manifest) -> list[Problem]:
    printed = [region.code for region in manifest.regions if region.outcome == "dicetak"]
    next_step = f"perbaiki lalu ulangi make packs, atau sebut wilayah yang dikirimi: REGION={','.join(printed)}"
    return [
        Problem(
            f"edisi {manifest.edition}, {region.name}",
            f"gagal dicetak{f' ({region.cause})' if region.cause else ''}",
            "edisi yang lengkap",
            next_step,
        )
        for region in manifest.regions
        if region.outcome == "gagal"
    ]


def _parcel(manifest: Manifest, attendee: Attendee, named: Collection[str]) -> Parcel:
    """Files of the person's own regions and those for everybody; with names only these and the province's."""
    kinds = {KINDS[word] for word in attendee.documents}
    own = tuple(code for code in attendee.regions if not named or code in named)
    files = tuple(
        artefact
        for artefact in manifest.artefacts
        if artefact.kind in kinds and _concerns(artefact, own) and may_receive(own, artefact)
    )
    absent = tuple(one for one in manifest.regions if one.code in attendee.regions and one.outcome != "dicetak")
    return Parcel(attendee, files, absent)


def _concerns(artefact: Artefact, regions: Collection[str]) -> bool:
    """Whether a file is about these regions, the province or all; nobody is sent a neighbour's public page."""
    return artefact.region in regions or "." not in artefact.region


def read_files(folder: Path, artefacts: Collection[Artefact]) -> dict[str, bytes]:
    """The content of each file by its path; DataError naming all that are not as the manifest has them."""
    found: dict[str, bytes] = {}
    problems = []
    for artefact in artefacts:
        path = folder / artefact.path
        found[artefact.path] = path.read_bytes() if path.is_file() else b""
        if provenance.sha256(found[artefact.path]) != artefact.sha256:
            what = "tidak ada" if not path.is_file() else "bukan lagi berkas yang dicetak: sidiknya lain"
            next_step = f"pulihkan folder {folder.name} dari salinannya; tidak ada yang dikirim"
            problems.append(Problem(f"{folder.name}/{artefact.path}", what, f"SHA-256 {artefact.sha256}", next_step))
    if problems:
        raise DataError(*problems)
    return found
