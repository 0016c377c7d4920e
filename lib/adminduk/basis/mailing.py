"""How packs are mailed: the texts, what may be attached, and how patient to be with a server.

Which server, and the login, stand in the environment and never in a file.
"""

from __future__ import annotations

from string import Template
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from adminduk.basis.models import Model, read_model
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
    """params/mailing.yml.

    ``attachment_limit``: bytes of all files of one message, as they lie on disk. ``attempts`` at one message when the
    server asks for patience, with pauses in seconds that double from ``first_pause`` up to ``longest_pause``;
    ``timeout``: seconds to wait for an answer. ``attached`` and ``listed`` introduce the files.
    """

    attachment_limit: Annotated[int, Field(ge=0)]
    # A header is made of it: only what needs no quotes there.
    sender: Annotated[str, Field(pattern=r"^[A-Za-z0-9 ]{1,60}$")]
    attempts: Annotated[int, Field(ge=1, le=10)]
    first_pause: Seconds
    longest_pause: Seconds
    timeout: Annotated[float, Field(gt=0, le=600)]
    subject: Text
    correction: Text
    body: Text
    attached: Text
    listed: Text

    @field_validator("subject", "correction", "body")
    @classmethod
    def _open_words(cls, value: str, info: ValidationInfo) -> str:
        allowed, needed = _ALLOWED[str(info.field_name)], _NEEDED[str(info.field_name)]
        template = Template(value)
        if not template.is_valid():
            raise ValueError("memuat $ yang bukan isian; tulis $$ untuk tanda dolar")
        found = set(template.get_identifiers())
        wrong = [f"isian ${name} tidak dikenal" for name in sorted(found - allowed)]
        wrong += [f"isian ${name} wajib ada" for name in sorted(needed - found)]
        if wrong:
            raise ValueError(f"{'; '.join(wrong)}; isian yang ada: {', '.join(f'${name}' for name in sorted(allowed))}")
        return value

    @field_validator("subject", "correction")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if len(value.splitlines()) > 1:
            raise ValueError("lebih dari satu baris")
        return value


def load_mailing(paths: Paths) -> Mailing:
    """The texts and limits; ParameterError with every mistake of the file."""
    return read_model(Mailing, paths.parameters("mailing"), "params/mailing.yml")
