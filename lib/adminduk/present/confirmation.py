"""Whether the offices stand by the figures, in words."""

from __future__ import annotations

from datetime import date

from adminduk.basis.regions import Region
from adminduk.measure.confirmation import Confirmation
from adminduk.present import wording

_STAMPS = {
    "terkonfirmasi": "angka terkonfirmasi",
    "sebagian": "angka terkonfirmasi sebagian",
    "sementara": "angka sementara",
    "": "",
}


def confirmed(figures: int, name: str, as_of: date, by: str) -> str:
    """What ``confirm`` did, in one sentence."""
    when = wording.long_date(as_of)
    return f"{wording.number(figures)} angka {name} keadaan {when} dicatat sebagai dikonfirmasi oleh {by}."


def stamp(confirmation: Confirmation) -> str:
    """The state in the foot of a page; empty where figures are not confirmed by anybody."""
    return _STAMPS[confirmation.state]


def state(confirmation: Confirmation, region: Region) -> str:
    """The state as a sentence of the notes; empty as above."""
    if not confirmation.state:
        return ""
    days = wording.listing([wording.long_date(day) for day in confirmation.days])
    office = f"Disdukcapil {'kabupaten/kota' if region.is_province else region.name}"
    if confirmation.state == "sementara":
        return f"Sementara: angka keadaan {days} belum dikonfirmasi {office}."
    on = wording.long_date(confirmation.on) if confirmation.on else ""
    by = f"dikonfirmasi oleh {wording.listing(confirmation.by)}, terakhir pada {on}"
    if confirmation.state == "terkonfirmasi":
        return f"Angka keadaan {days} {by}."
    whole, regions = confirmation.regions
    told = f"{wording.number(confirmation.confirmed)} dari {wording.number(confirmation.figures)} angka"
    if region.is_province and whole:
        told = f"semua angka {wording.number(whole)} dari {wording.number(regions)} kabupaten/kota"
    return f"Sebagian: {told} keadaan {days} {by}; selebihnya sementara."
