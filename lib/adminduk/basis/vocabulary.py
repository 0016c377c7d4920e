"""The words that stand over the columns of a spreadsheet, and how they are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import Field, StringConstraints

from adminduk.basis.models import Model

Words = Annotated[tuple[Annotated[str, StringConstraints(min_length=1)], ...], Field(min_length=1)]

_CARD = re.compile(r"\b(ktp elektronik|ktp el|ktpel|e ktp|ektp)\b")
_RANGE = re.compile(r"(?<=\d) (s d|sd|sampai dengan|sampai|hingga) (?=\d)")


def fold(text: str) -> str:
    """A heading as it is compared: ``"Wajib KTP-el_(LK)"`` and ``"wajib ktp lk"`` are the same words."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("%", " persen ")
    plain = " ".join(re.findall(r"[^\W_]+", plain))
    return _RANGE.sub(" ", _CARD.sub("ktp", plain))


class LongWords(Model):
    """Headings of a long table: one row says what is counted and how many."""

    measure: Words
    """Over what is counted."""
    count: Words
    """Over the number."""
    sex: Words
    """Over the sex."""
    base_kind: Words
    """Over the kind of the base."""
    base_date: Words
    """Over the date of the base."""
    statement: Words
    """Over the statement it belongs to."""


class SexWords(Model):
    """What follows or precedes a heading, or stands below it, or fills a column: men, women, all."""

    men: Words
    """Men."""
    women: Words
    """Women."""
    all: Words
    """Both."""


class KeyWords(Model):
    """Headings over the code and the names of places."""

    code: Words
    """Over the code of a place; of two such columns the earlier word wins."""
    place: Words
    """Over the name of any place."""
    regency: Words
    """Over the name of a regency."""
    district: Words
    """Over the name of a kecamatan."""
    village: Words
    """Over the name of a kelurahan or desa."""


class Vocabulary(Model):
    """Words that mean the same in every layout."""

    keys: KeyWords
    """Headings over codes and names of places."""
    sexes: SexWords
    """What precedes, follows or fills a column: men, women, both."""
    long: LongWords
    """Headings of a long table."""
    total: Words
    """Begin the name of a row of sums."""
    aside: Words
    """Begin the name of a row that is neither sum nor figure."""
    unused: Words
    """Headings of columns that nobody needs."""
