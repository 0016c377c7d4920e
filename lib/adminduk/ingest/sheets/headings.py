"""What a heading says: which column of a layout, which block, which sex; or the code, the name, the day of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from adminduk.basis.errors import suggestion
from adminduk.basis.layouts import Layout, Sex
from adminduk.basis.vocabulary import fold

Role = Literal["kolom", "kunci", "tanggal", "panjang", "diabaikan"]

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_COUNTED = ("jumlah", "jml")  # may begin every heading


@dataclass(frozen=True)
class Field:
    """What a column of a table tells.

    ``name`` is a column of the layout (role "kolom", with its block and sex), code, place, regency, district or village
    ("kunci"), measure, count, sex, base_kind, base_date or statement ("panjang").
    """

    role: Role
    name: str = ""
    block: str = ""
    sex: Sex = ""

    @property
    def tells(self) -> bool:
        """Whether figures stand below it."""
        return self.role in ("kolom", "panjang")


class Headings:
    """The headings of one layout, read one at a time."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.exact = layout.exact == "ya"
        self._read: dict[str, Field | None] = {}
        words = layout.vocabulary
        self._columns = self._by_word((column.words, name) for name, column in layout.columns.items())
        if not self.exact:
            for word, name in list(self._columns.items()):
                for counted in _COUNTED:
                    self._columns.setdefault(f"{counted} {word}", name)
        sexes: tuple[tuple[Sex, tuple[str, ...]], ...] = (
            ("L", words.sexes.men), ("P", words.sexes.women), ("", words.sexes.all),
        )  # fmt: skip
        self._sexes = {fold(word): sex for sex, told in sexes for word in told}
        self._blocks = {fold(word): name for name, block in layout.blocks.items() for word in block.words}
        self._others = self._single_words()
        self._ranks = {fold(word): place for place, word in enumerate(self._others)}

    def read(self, text: str) -> Field | None:
        """What the heading says, None when it is not one of this layout."""
        if text not in self._read:
            forms = (text.strip(),) if self.exact else tuple(dict.fromkeys(_forms(text)))
            found = (self._column(form) or self._others.get(form) for form in forms if form)
            self._read[text] = next((field for field in found if field), None)
        return self._read[text]

    def column(self, text: str) -> str:
        """The column of the layout that a word in a long table means; empty when there is none."""
        return self._columns.get(self._key(text), "")

    def sex(self, text: str) -> Sex | None:
        """The sex that a cell names; an empty cell means all, None is no sex."""
        return "" if not text.strip() else self._sexes.get(fold(text))

    def block(self, text: str) -> str:
        """The block that a heading of several columns begins with; empty when it names none."""
        folded = f"{fold(text)} "
        longest = sorted(self._blocks, key=len, reverse=True)
        return next((word for word in longest if folded.startswith(f"{word} ")), "")

    def words(self) -> Iterable[str]:
        """Every heading that the layout knows, without blocks and sexes."""
        return (*self._columns, *self._others)

    def rank(self, text: str) -> int:
        """The place of a word among those for its key: the earlier, the better."""
        return self._ranks.get(fold(text), len(self._ranks))

    def nearest(self, text: str) -> str:
        """The "Maksud Anda ...?" for a heading that was not read; empty when nothing is near."""
        folded = fold(text)
        rest = next((rest for _, rest in self._without_block(folded)), folded)
        *_, (_, bare) = self._without_sex(rest)
        return suggestion(bare, self.words())

    def _key(self, word: str) -> str:
        return word.strip() if self.exact else fold(word)

    def _by_word(self, named: Iterable[tuple[Iterable[str], str]]) -> dict[str, str]:
        return {self._key(word): name for words, name in named for word in words}

    def _single_words(self) -> dict[str, Field]:
        """Headings that stand alone: of keys, days, long tables; the first meaning of a word is the one that counts."""
        layout, words = self.layout, self.layout.vocabulary
        told = [(Field("tanggal"), layout.day.words)] if layout.day else []
        told += [(Field("kunci", name), getattr(words.keys, name)) for name in type(words.keys).model_fields]
        if layout.shape != "lebar":
            told += [(Field("panjang", name), getattr(words.long, name)) for name in type(words.long).model_fields]
        told += [(Field("diabaikan"), words.unused)]
        found: dict[str, Field] = {}
        for field, entries in told:
            for entry in entries:
                found.setdefault(self._key(entry), field)
        return found

    def _column(self, form: str) -> Field | None:
        if self.layout.shape == "panjang":
            return None
        if self.exact:
            return Field("kolom", self._columns[form]) if form in self._columns else None
        for block, rest in self._without_block(form):
            for sex, bare in self._without_sex(rest):
                if bare in self._columns:
                    return Field("kolom", self._columns[bare], block, sex)
        return None

    def _without_block(self, form: str) -> Iterator[tuple[str, str]]:
        if not self._blocks:
            yield "", form
        for word in sorted(self._blocks, key=len, reverse=True):
            before, found, after = f" {form} ".partition(f" {word} ")
            if found:
                yield self._blocks[word], f"{before} {after}".strip().replace("  ", " ")

    def _without_sex(self, form: str) -> Iterator[tuple[Sex, str]]:
        yield "", form
        for word in sorted(self._sexes, key=len, reverse=True):
            if form.endswith(f" {word}"):
                yield self._sexes[word], form.removesuffix(f" {word}")
            if form.startswith(f"{word} "):
                yield self._sexes[word], form.removeprefix(f"{word} ")


def _forms(text: str) -> Iterator[str]:
    """A heading as it stands, then without what stands in brackets."""
    yield fold(text)
    yield fold(_BRACKETS.sub(" ", text))
