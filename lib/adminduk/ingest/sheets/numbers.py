"""Numbers as people write them, read exactly or not at all.

``2.868.568`` and ``2,868,568`` can be read in one way only; ``39,962`` in two: one sign before exactly three
digits divides thousands in one style and decimals in the other. The other values of its column decide, then what
the layout declares; where neither does, it is not read. No value is ever changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from adminduk.ingest.files.workbooks import Percent, Value, is_error

Style = Literal["auto", "indonesia", "inggris"]
Number = int | Decimal

_BLANK = re.compile(r"[-–—\s]*|n\s*/?\s*a|n\.\s*a\.?", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\u200e\u200f\ufeff]")
_SPACED = re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(\1[0-9]{3})*(?![0-9])")
_PERCENT_SIGN = re.compile(r"\s*(%|persen)\s*$", re.IGNORECASE)
_WRITTEN: dict[Style, re.Pattern[str]] = {
    # Whole part, in groups of three or in one, and decimals.
    "indonesia": re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?"),
    "inggris": re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?"),
}
_THOUSANDS: dict[Style, str] = {"indonesia": ".", "inggris": ","}
# Every whole number up to here is exactly a float; counts have at most 15 digits in the tables.
_EXACT = 2**53
_MOST = 10**15
_LONGEST = 40
_LOST = "pecahan; program yang menyimpan berkas mungkin membaca pemisah ribuan sebagai koma desimal"


@dataclass(frozen=True)
class Column:
    """A column as read: ``values`` in the order given, None where nothing stands or nothing can be read.

    ``wrong`` and ``doubtful`` tell (position, what about it): what cannot be read, and what is read with a
    choice that only the column's other values, or a space between digits, called for.
    """

    values: tuple[Number | None, ...]
    wrong: tuple[tuple[int, str], ...] = ()
    doubtful: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class _Outcome:
    """What one cell gives."""

    value: Number | None = None
    wrong: str = ""
    doubtful: str = ""


@dataclass(frozen=True)
class _Text:
    """A number as text: what it is in each style that allows it. ``spaced``: spaces between digits were left out."""

    shown: str
    readings: dict[Style, Decimal]
    signed: bool
    spaced: bool

    @property
    def choices(self) -> set[Decimal]:
        return set(self.readings.values())


@dataclass(frozen=True)
class _Decision:
    """The style in which a column is read, empty when nothing tells; ``declared`` when the layout says the same."""

    style: Style | Literal[""]
    declared: bool


def read_counts(values: Sequence[Value], style: Style = "auto") -> Column:
    """Whole numbers of one column; ``style`` is what the layout declares of how its numbers are written.

    Without a word of the layout, different numbers that all have one sign before their last three digits are
    whole numbers with thousands: no count has decimals, least of all three each time. One alone decides nothing.
    """
    texts = _texts(values, _text)
    decision = _decide(texts.values(), style)
    if not decision.style and not _seen(texts.values()):
        decision = _Decision(_common(texts.values()), declared=False)
    return _column(values, lambda place, value: _count(value, texts.get(place), decision))


def read_percents(values: Sequence[Value], style: Style = "auto") -> Column:
    """Percentages of one column as printed: ``"99,65 %"`` and a cell shown as 99.65 % give Decimal("99.65").

    A plain number stands as it is; when all of them are so small that they may be shares (0.9965), that is
    doubtful.
    """
    texts = _texts(values, lambda text: _text(_PERCENT_SIGN.sub("", text)))
    decision = _decide(texts.values(), style)
    numbers = [value for value in values if _is_number(value) and not isinstance(value, Percent)]
    shares = not texts and any(numbers) and all(abs(number) <= 1.5 for number in numbers)
    return _column(values, lambda place, value: _percent(value, texts.get(place), decision, shares))


def _column(values: Sequence[Value], outcome: Callable[[int, Value], _Outcome]) -> Column:
    outcomes = [outcome(place, value) for place, value in enumerate(values)]
    return Column(
        tuple(each.value for each in outcomes),
        tuple((place, each.wrong) for place, each in enumerate(outcomes) if each.wrong),
        tuple((place, each.doubtful) for place, each in enumerate(outcomes) if each.doubtful),
    )


def _texts(values: Sequence[Value], read: Callable[[str], _Text]) -> dict[int, _Text]:
    return {
        place: read(value)
        for place, value in enumerate(values)
        if isinstance(value, str) and not _is_blank(value) and not is_error(value)
    }


def _text(text: str) -> _Text:
    plain = _INVISIBLE.sub("", text).strip()
    plain = re.sub(r"\s*([.,])\s*", r"\1", plain)
    bare = re.sub(r"(?<=[0-9])\s(?=[0-9])", "", plain)
    signed, spaced = bool(re.search(r"[.,]", bare)), bare != plain
    # A stray space is forgiven where groups of three show that nothing is missing, nowhere else.
    whole = _SPACED.fullmatch(re.sub(r"\s", " ", plain)) or (signed and _GROUPED.match(bare))
    readings = _readings(bare) if len(bare) <= _LONGEST and (whole or not spaced) else {}
    return _Text(text.strip()[:_LONGEST], readings, signed, spaced)


def _readings(text: str) -> dict[Style, Decimal]:
    """What a text without spaces is in each style that allows it."""
    readings: dict[Style, Decimal] = {}
    for style, written in _WRITTEN.items():
        found = written.fullmatch(text)
        if found:
            whole = found[1].replace(_THOUSANDS[style], "")
            readings[style] = Decimal(f"{whole}.{found[2]}" if found[2] else whole)
    return readings


def _seen(texts: Iterable[_Text]) -> set[Style]:
    """The styles of those texts that only one style allows."""
    return {style for text in texts if text.signed and len(text.readings) == 1 for style in text.readings}


def _decide(texts: Iterable[_Text], declared: Style) -> _Decision:
    """By the column's unambiguous texts, else by the layout; by nothing when the column has both styles."""
    seen = _seen(texts)
    if len(seen) == 1:
        (style,) = seen
        return _Decision(style, style == declared)
    if seen or declared == "auto":
        return _Decision("", declared=False)
    return _Decision(declared, declared=True)


def _common(texts: Iterable[_Text]) -> Style | Literal[""]:
    """The style in which all ambiguous texts are whole numbers, when at least two of them differ."""
    unclear = [text for text in texts if len(text.choices) > 1]
    if len({text.shown for text in unclear}) < 2:
        return ""
    for style in _THOUSANDS:
        others = [text.readings[other] for text in unclear for other in _THOUSANDS if other != style]
        if all(_is_whole(text.readings[style]) for text in unclear) and not any(map(_is_whole, others)):
            return style
    return ""


def _count(value: Value, text: _Text | None, decision: _Decision) -> _Outcome:
    outcome = _number(value) if text is None else _chosen(text, decision)
    if outcome.value is None:
        return outcome
    if isinstance(value, Percent):
        return _Outcome(wrong="persen, bukan jumlah")
    if not _is_whole(outcome.value):
        return _Outcome(wrong=_LOST if text is None else f"{text.shown!r}: pecahan, bukan jumlah")
    if outcome.value >= _MOST:
        return _Outcome(wrong="lebih dari 15 angka")
    return _Outcome(int(outcome.value), doubtful=outcome.doubtful)


def _percent(value: Value, text: _Text | None, decision: _Decision, shares: bool) -> _Outcome:
    if text is None:
        outcome = _number(value)
        if outcome.value is None or not (shares and outcome.value) or isinstance(value, Percent):
            return outcome
        return _Outcome(outcome.value, doubtful=f"{value} dapat berarti bagian dari satu, bukan persen")
    if text.spaced:
        return _Outcome(wrong=f"{text.shown!r}: bukan persen")
    if len(text.choices) > 1 and not decision.style:
        # Read with thousands it would be a thousand percent and more.
        return _Outcome(min(text.choices), doubtful=f"{text.shown!r} dibaca dengan koma desimal")
    outcome = _chosen(text, decision)
    if len(text.choices) > 1 and outcome.value == max(text.choices):
        return _Outcome(wrong=f"{text.shown!r}: seribu persen atau lebih menurut nilai lain di kolom ini")
    return outcome


def _chosen(text: _Text, decision: _Decision) -> _Outcome:
    """The value of a text, chosen by the decision where there is a choice."""
    if not text.readings:
        return _Outcome(wrong=f"{text.shown!r}: bukan bilangan")
    if len(text.choices) == 1:
        told = f"{text.shown!r} ditulis dengan spasi di antara angkanya" if text.spaced else ""
        return _Outcome(min(text.choices), doubtful=told)
    if not decision.style:
        most = max(text.choices)
        told = f"{text.shown!r} dapat berarti {most} atau pecahan; nilai lain di kolom ini tidak memutuskan"
        return _Outcome(wrong=told)
    value = text.readings[decision.style]
    if decision.declared and not text.spaced:
        return _Outcome(value)
    return _Outcome(value, doubtful=f"{text.shown!r} dibaca {value} menurut nilai lain di kolom ini")


def _number(value: Value) -> _Outcome:
    """A cell that is no number as text: blank, an error, a number or something else."""
    if value is None:
        return _Outcome()
    if isinstance(value, str):
        return _Outcome(wrong=f"galat lembar kerja {value.strip()}" if is_error(value) else "")
    if isinstance(value, date):
        return _Outcome(wrong="tanggal, bukan bilangan")
    if isinstance(value, bool):
        return _Outcome(wrong="nilai logika, bukan bilangan")
    if not abs(value) <= _EXACT:
        return _Outcome(wrong="bilangan terlalu besar")
    if value < 0:
        return _Outcome(wrong="bilangan negatif")
    exact = Decimal(repr(value)) * (100 if isinstance(value, Percent) else 1)
    return _Outcome(exact.quantize(Decimal(1)) if _is_whole(exact) else exact.normalize())


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_blank(text: str) -> bool:
    return _BLANK.fullmatch(_INVISIBLE.sub("", text).strip()) is not None


def _is_whole(number: Number) -> bool:
    return number == int(number)
