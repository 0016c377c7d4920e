"""The people of the meeting: who receives which kinds of documents, of which regions, at which address."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.models import Model, parse_model, read_yaml, wrong
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Regions

OWN, EXAMPLE = "attendees", "attendees.example"
Document = Literal["paket", "lampiran", "dokumen", "gambar", "ringkasan", "tabel"]

# Narrower than the standard, which also knows quotes, comments and addresses without a name: a slip of the pen
# looks like one of those more often than a mailbox does.
_LOCAL = r"(?!-)[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*"
_LABEL = r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)"
_ADDRESS = re.compile(rf"(?=.{{1,254}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@({_LABEL}\.)+[A-Za-z]{{2,63}}")


def is_address(text: str) -> bool:
    """Whether mail can be addressed to it: one name, one domain, letters every server knows."""
    return _ADDRESS.fullmatch(text) is not None


def _line(value: str) -> str:
    if not value:
        raise wrong("wajib diisi", "isi yang tidak kosong")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in value):
        raise wrong("memuat baris baru atau tanda yang tidak tampak", "satu baris huruf biasa")
    return value


def _address(value: str) -> str:
    if not is_address(value):
        raise wrong("bukan alamat surel", "satu alamat, misalnya paket@dinas.example.org")
    return value


def _place(value: str, info: ValidationInfo) -> str:
    """The code of a region that may be named in any way."""
    try:
        return info.context.find(value).code
    except ParameterError as error:
        expected = ", ".join(region.short_name for region in info.context.all)
        raise PydanticCustomError("literal_error", error.problems[0].what, {"expected": expected}) from error


Line = Annotated[str, Field(max_length=120), AfterValidator(_line)]
Address = Annotated[str, AfterValidator(_address)]
Place = Annotated[str, AfterValidator(_place)]


class Attendee(Model):
    """One person, or the mailbox of an office."""

    name: Line
    """Name, or the name of the post."""
    office: Line
    """Office."""
    regions: tuple[Place, ...]
    """Regions whose own pages this person may have: code, name or alias; `64` also gets internal pages."""
    role: Line
    """Post."""
    email: Address
    """One address, one message."""
    documents: tuple[Document, ...]
    """What is wanted; it narrows what may be had and never widens it."""

    @field_validator("regions", "documents")
    @classmethod
    def _some(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise wrong("wajib diisi", "isi yang tidak kosong")
        return value

    @property
    def person(self) -> str:
        """How the ledger knows this person: the address, however it is written."""
        return self.email.casefold()


class Attendees(Model):
    """Everybody; an address stands there once, because one message goes to it."""

    attendees: tuple[Attendee, ...]
    """Everybody; each address once."""

    @field_validator("attendees")
    @classmethod
    def _distinct(cls, value: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
        if not value:
            raise wrong("wajib diisi", "paling sedikit satu penerima")
        twice = [f"{person} ditulis {n} kali" for person, n in Counter(one.person for one in value).items() if n > 1]
        if twice:
            raise wrong("; ".join(twice), "setiap alamat satu kali: satu orang dengan semua wilayahnya")
        return value


def load_attendees(paths: Paths, regions: Regions, name: str = OWN) -> tuple[Attendee, ...]:
    """Everybody in the file; ParameterError with every mistake in it, or when there is none yet."""
    path = paths.parameters(name)
    where = paths.relative(path)
    if not path.is_file():
        next_step = f"salin {paths.relative(paths.parameters(EXAMPLE))} menjadi {where}, lalu isi penerimanya"
        raise ParameterError(Problem(where, "belum ada", "daftar penerima paket", next_step))
    return parse_model(Attendees, read_yaml(path, where), where, regions).attendees


def check_attendees(paths: Paths, regions: Regions) -> None:
    """ParameterError with every mistake of the example, and of the file itself where it is there."""
    problems: list[Problem] = []
    for name in (EXAMPLE, OWN):
        if paths.parameters(name).is_file():
            try:
                load_attendees(paths, regions, name)
            except ParameterError as error:
                problems.extend(error.problems)
    if problems:
        raise ParameterError(*problems)
