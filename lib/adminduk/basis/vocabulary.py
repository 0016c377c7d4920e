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
    count: Words
    sex: Words
    base_kind: Words
    base_date: Words
    statement: Words


class SexWords(Model):
    """What follows or precedes a heading, or stands below it, or fills a column: men, women, all."""

    men: Words
    women: Words
    all: Words


class KeyWords(Model):
    """Headings over the code and the names of places; of two columns with a code the earlier word wins."""

    code: Words
    place: Words
    regency: Words
    district: Words
    village: Words


class Vocabulary(Model):
    """Words that mean the same in every layout.

    ``total`` begins the name of a row of sums, ``aside`` that of a row that is neither sum nor figure; columns under
    ``unused`` are nobody's business.
    """

    keys: KeyWords
    sexes: SexWords
    long: LongWords
    total: Words
    aside: Words
    unused: Words
