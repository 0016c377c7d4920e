"""Numbers and days in words, as Indonesian deeds write them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from adminduk.present.wording import LOCALE

_SMALL = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_UNITS = ((1000, "ribu", "seribu"), (100, "ratus", "seratus"))
_MOST = 999_999


def words(count: int) -> str:
    """2024 -> "dua ribu dua puluh empat"; from 0 to 999.999, ValueError for any other."""
    if not 0 <= count <= _MOST:
        raise ValueError(f"no words for {count}")
    if count < len(_SMALL):
        return _SMALL[count]
    if count < 20:
        return f"{_SMALL[count - 10]} belas"
    if count < 100:
        return _joined(f"{_SMALL[count // 10]} puluh", count % 10)
    unit, name, one = next(entry for entry in _UNITS if count >= entry[0])
    whole, rest = divmod(count, unit)
    return _joined(one if whole == 1 else f"{words(whole)} {name}", rest)


def _joined(head: str, rest: int) -> str:
    return f"{head} {words(rest)}" if rest else head


def weekday(day: date) -> str:
    """ "Selasa"."""
    return format_date(day, "EEEE", locale=LOCALE)


def day_in_words(day: date) -> str:
    """ "Selasa, tanggal sembilan belas bulan November tahun dua ribu dua puluh empat"."""
    month = format_date(day, "MMMM", locale=LOCALE)
    return f"{weekday(day)}, tanggal {words(day.day)} bulan {month} tahun {words(day.year)}"
