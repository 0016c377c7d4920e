"""How packs are mailed: the texts, what may be attached, and how patient to be with a server.

Which server, and the login, stand in the environment and never in a file.
"""

from __future__ import annotations

from string import Template
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from adminduk.basis.models import Model, read_model, wrong
from adminduk.basis.paths import Paths

_SUBJECT = frozenset({"nama", "kantor", "wilayah", "rapat", "keadaan", "edisi"})
# The words that a text may leave open, and those that it must.
_ALLOWED = {
    "subject": _SUBJECT,
    "correction": _SUBJECT | {"menggantikan"},
    "body": _SUBJECT | {"jabatan", "catatan", "pengantar", "berkas"},
}
_NEEDED = {
    "subject": frozenset({"keadaan"}),
    "correction": frozenset({"menggantikan"}),
    "body": frozenset({"nama", "catatan", "pengantar", "berkas"}),
}

Text = Annotated[str, Field(min_length=1)]
Seconds = Annotated[float, Field(ge=0, le=600)]


class Mailing(Model):
    """params/mailing.yml."""

    attachment_limit: Annotated[int, Field(ge=0)]
    """Bytes of all files of one message, as they lie on disk."""
    # A header is made of it: only what needs no quotes there.
    sender: Annotated[str, Field(pattern=r"^[A-Za-z0-9 ]{1,60}$")]
    """Name before the sender's address."""
    attempts: Annotated[int, Field(ge=1, le=10)]
    """How often one message is tried when the server asks for patience."""
    first_pause: Seconds
    """Seconds before the second attempt; each further pause is twice as long."""
    longest_pause: Seconds
    """The longest of these pauses, in seconds."""
    timeout: Annotated[float, Field(gt=0, le=600)]
    """Seconds to wait for an answer."""
    subject: Text
    """Subject; open words: `$nama $kantor $wilayah $rapat $keadaan $edisi`."""
    correction: Text
    """Subject of a corrected edition; also `$menggantikan`."""
    body: Text
    """Text; also `$jabatan $catatan $pengantar $berkas`."""
    attached: Text
    """Introduces files that are attached."""
    listed: Text
    """Introduces files that are too large and are only listed."""

    @field_validator("subject", "correction", "body")
    @classmethod
    def _open_words(cls, value: str, info: ValidationInfo) -> str:
        allowed, needed = _ALLOWED[str(info.field_name)], _NEEDED[str(info.field_name)]
        template = Template(value)
        if not template.is_valid():
            raise wrong("memuat $ yang bukan isian", "$$ untuk tanda dolar")
        found = set(template.get_identifiers())
        told = [f"isian ${name} tidak dikenal" for name in sorted(found - allowed)]
        told += [f"isian ${name} wajib ada" for name in sorted(needed - found)]
        if told:
            raise wrong("; ".join(told), f"isian yang ada: {', '.join(f'${name}' for name in sorted(allowed))}")
        return value

    @field_validator("subject", "correction")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if len(value.splitlines()) > 1:
            raise wrong("lebih dari satu baris", "satu baris")
        return value


def load_mailing(paths: Paths) -> Mailing:
    """The texts and limits; ParameterError with every mistake of the file."""
    return read_model(Mailing, paths.parameters("mailing"), "params/mailing.yml")
