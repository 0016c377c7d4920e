"""The only place where a number or a date becomes text.

Numbers and dates follow Babel's Indonesian locale: 2.868.568; 99,65%; 12 November 2024.
A printed share never crosses its target by rounding (law 2): see ``percent``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from babel.dates import format_date
from babel.numbers import format_decimal

from adminduk.basis.catalog import Indicator, Target
from adminduk.basis.dates import AsOf
from adminduk.basis.periods import Period
from adminduk.measure.audit import Remark
from adminduk.measure.briefing import Entry
from adminduk.measure.compare import Rank
from adminduk.measure.facts import Claim, Conflict
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.targets import UNSTATED, target_of_each

LOCALE = "id_ID"
DASH = "–"
MINUS = "\N{MINUS SIGN}"
_FEWEST, _MOST = 2, 6

VERDICTS = {"melampaui": "melampaui target", "mencapai": "mencapai target", "di_bawah": "di bawah target"}


def number(count: int) -> str:
    """2868568 -> "2.868.568"."""
    return format_decimal(count, locale=LOCALE)


def percent(value: Fraction, *limits: Fraction) -> str:
    """An exact share as a percentage that stands on the same side of every limit as the exact value.

    Two decimals; more when two would move it onto or across a limit; past six decimals it is cut away
    from the limit instead of rounded. 0 and 1 are always limits: 99,998% is not printed as 100,00%.
    """
    return f"{_decimal(_printable(value * 100, {limit * 100 for limit in limits} | {0, 100}))}%"


def _printable(value: Fraction, limits: Iterable[Fraction | int]) -> Decimal:
    for decimals in range(_FEWEST, _MOST + 1):
        rounded = _rounded(value, decimals)
        if all(_side(Fraction(rounded), limit) == _side(value, limit) for limit in limits):
            return rounded
    near = min(limits, key=lambda limit: abs(value - limit))
    cut = (floor if value < near else ceil)(value * 10**_MOST)
    return Decimal(cut).scaleb(-_MOST)


def _rounded(value: Fraction, decimals: int) -> Decimal:
    """Rounded half away from zero, exactly: no binary fraction is involved."""
    scaled = value * 10**decimals
    whole = floor(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals)


def _side(value: Fraction, limit: Fraction | int) -> int:
    return (value > limit) - (value < limit)


def _decimal(value: Decimal) -> str:
    decimals = -int(value.as_tuple().exponent)
    pattern = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    return format_decimal(value, format=pattern, locale=LOCALE)


def printed_percent(percent_as_printed: str) -> str:
    """A published percentage with the decimals it was published with: "99.4" -> "99,4%"."""
    return f"{_decimal(Decimal(percent_as_printed))}%"


def tick(at: float) -> str:
    """A round percentage on an axis or a class limit: "99,5%", "60%"."""
    return f"{format_decimal(round(at, 6), locale=LOCALE)}%"


def points(difference: Fraction) -> str:
    """A difference of two shares: "+0,25 poin persen"; more decimals where two would print zero."""
    value = difference * 100
    decimals = _FEWEST
    while value and decimals < _MOST and _rounded(value, decimals) == 0:
        decimals += 1
    return f"{_signed(_rounded(value, decimals))} poin persen"


def _signed(value: Decimal) -> str:
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return sign + _decimal(abs(value))


def more_or_less(count: int, noun: str) -> str:
    """A change in people: "+135.324 anak"."""
    return f"{_signed(Decimal(count))} {noun}"


def long_date(when: AsOf | date) -> str:
    """ "12 November 2024", "Oktober 2024" or "2024", as precise as the source."""
    return _date(when, {"hari": "d MMMM y", "bulan": "MMMM y", "tahun": "y"})


def short_date(when: AsOf | date) -> str:
    """ "12 Nov 2024", "Okt 2024" or "2024", for tables."""
    return _date(when, {"hari": "d MMM y", "bulan": "MMM y", "tahun": "y"})


def _date(when: AsOf | date, patterns: dict[str, str]) -> str:
    if isinstance(when, AsOf):
        return format_date(when.first, patterns[when.precision], locale=LOCALE)
    return format_date(when, patterns["hari"], locale=LOCALE)


def fraction(row: IndicatorRow) -> str:
    """The two counts of a share: "1.234.871 dari 1.250.088"."""
    return f"{number(row.numerator or 0)} dari {number(row.denominator or 0)}"


def listing(items: Sequence[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(items) < 3:
        return " dan ".join(items)
    return f"{', '.join(items[:-1])}, dan {items[-1]}"


def in_sentence(name: str) -> str:
    """A heading word inside a sentence: "Akta kelahiran" small, "KIA" and "Buku Pokok" as they are."""
    words = name.split()
    common = len(words) > 1 and words[0][1:].islower() and words[1][:1].islower()
    return name[:1].lower() + name[1:] if common else name


def capital(text: str) -> str:
    """The text with its first letter large, the others as they were."""
    return text[:1].upper() + text[1:]


def value(row: IndicatorRow) -> str:
    """The share of a row as it may be printed: rebuilt from counts, or as published."""
    if row.claim is not None:
        return printed_percent(row.claim.percent)
    if row.value is None:
        return DASH
    if row.denominator is None:
        return number(row.numerator or 0)
    limits = [row.target.share] if row.target else []
    return percent(row.value, *limits)


def target(row: IndicatorRow) -> str:
    """The target with the decimals of its document: "99,40%"."""
    return target_value(row.target) if row.target else DASH


def target_value(stated: Target) -> str:
    """What a target asks for, as its document writes it: "99,40%", or a plain number."""
    return _decimal(stated.value) + ("%" if stated.unit == "persen" else "")


def per_region(stated: Target) -> str:
    """What a target asks of each regency by itself: "target 15 per daerah"."""
    return f"target {target_value(stated)} per daerah"


def distance(row: IndicatorRow) -> str:
    """How far from the target, in percentage points."""
    if row.target is None or (row.denominator is None and row.claim is None):
        return DASH
    if row.approximate:
        return DASH
    if row.claim is not None:
        judged = row.verdict is not None
        return points(Fraction(row.claim.percent) / 100 - row.target.share) if judged else DASH
    return points(row.value - row.target.share) if row.value is not None else DASH


def missing(row: IndicatorRow, indicator: Indicator) -> str:
    """ "kurang 2.717 akta"; empty when nothing is missing or it cannot be said."""
    return f"kurang {number(row.gap)} {indicator.missing.id}" if row.gap else ""


def verdict(row: IndicatorRow, indicator: Indicator, old: bool = False) -> str:
    """The verdict in words, with what it rests on; of an old figure with the year of its target."""
    if row.status == "penyebut_nol":
        return "penyebutnya nol, tidak dinilai"
    if not indicator.targets:
        return "tanpa target"
    if row.target is None:
        each = target_of_each(indicator, row.as_of)
        return per_region(each) if each else f"target {row.as_of.last.year} tidak ditemukan"
    if row.verdict is None:
        return _unjudged(row)
    words = VERDICTS[row.verdict] + (f" {row.as_of.last.year}" if old else "")
    if row.claim is not None:
        return f"{words} menurut angka publikasi"
    short = missing(row, indicator)
    return f"{words}, {short}" if short else words


def _unjudged(row: IndicatorRow) -> str:
    if row.approximate:
        return "angka perkiraan, tidak dinilai"
    if row.status == "parsial":
        return "belum lengkap, tidak dinilai"
    return "tidak dinilai: pembulatan angka publikasi melintasi target"


def parts(row: IndicatorRow) -> str:
    """ "7 dari 10 kabupaten/kota" for a sum with parts missing."""
    if row.parts is None or row.parts[0] == row.parts[1]:
        return ""
    return f"{row.parts[0]} dari {row.parts[1]} kabupaten/kota"


def base(indicator: Indicator, base_id: str) -> str:
    """The denominator by its name; a base that no source states is said to be unstated."""
    if base_id == UNSTATED:
        return "penyebut tidak disebut"
    return f"dari {indicator.bases[base_id].id}" if base_id in indicator.bases else ""


def over_one(row: IndicatorRow) -> str:
    """Why a share is above one: the denominator was frozen, and when."""
    if row.claim is not None and Fraction(row.claim.percent) > 100:
        return "lebih dari 100%: penyebutnya tidak dimuat sumbernya"
    if row.status != "melebihi_satu":
        return ""
    if row.base_kind == "beku" and row.denominator_as_of:
        return f"lebih dari 100%: penyebut dibekukan pada DKB {long_date(row.denominator_as_of)}"
    return "lebih dari 100%: tanggal penyebut tidak disebut sumbernya"


def above_one(row: IndicatorRow) -> str:
    """The same inside a sentence that has the figure: "penyebut dibekukan pada DKB 31 Desember 2021"."""
    return over_one(row).partition(": ")[2]


def standing(claim: Claim, office: str) -> str:
    """What ``office`` said of the place among the regencies: "tertinggi menurut DKP3A, 13 Juni 2024"."""
    return f"{claim.standing} menurut {office}, {long_date(claim.as_of)}" if claim.standing else ""


def published_on(text: str) -> str:
    """The date of publication of a source, as far as it is known."""
    return long_date(AsOf.parse(text)) if text else ""


def nothing_known(entry: Entry, period: Period, office: str) -> str:
    """Why a row of the summary is empty: words without a figure, a number without a share, or nothing."""
    if entry.told:
        claim = entry.told[-1]
        return f"{claim.words} (pernyataan {office}, {long_date(claim.as_of)}; tanpa angka)"
    if entry.lone is not None:
        return lone(entry)
    if entry.contradicted:
        return "pernyataan-pernyataan yang ada berbeda; belum dipilih yang dipakai (lihat catatan atas data)"
    if entry.refused:
        return f"angka yang terbit tidak dapat dipakai: {entry.refused[-1]}"
    return f"belum ada angka sampai {long_date(period.as_of)}"


def lone(entry: Entry) -> str:
    """A number that no denominator may divide, and why."""
    counted = entry.lone
    if counted is None:
        return ""
    about = "sekitar " if counted.approximate else ""
    if entry.contradicted:
        reason = "pernyataan tentang penyebutnya berbeda-beda"
    elif entry.refused:
        reason = f"persen yang terbit tidak dipakai ({entry.refused[-1]})"
    else:
        reason = "penyebut tidak dimuat sumbernya"
    return (
        f"{about}{number(counted.count)} {people(entry.indicator)} ({long_date(counted.as_of)}), tanpa persen: {reason}"
    )


def conflict(found: Conflict, name: str) -> str:
    """Statements that differ, with what each says."""
    values = [number(said) if isinstance(said, int) else printed_percent(said) for said, _ in found.values]
    return (
        f"{capital(name)}, {long_date(found.as_of)}: pernyataan yang ada berbeda ({listing(values)}); "
        "tidak dipakai sampai satu dipilih."
    )


def printed_on(row: IndicatorRow) -> str:
    """The bracket behind a figure in a sentence: its date, whether it is a claim, an unstated base."""
    unstated = "penyebut tidak disebut" if row.base == UNSTATED else ""
    claimed = "angka publikasi " if row.claim else ""
    return ", ".join(filter(None, (unstated, f"{claimed}{long_date(row.as_of)}")))


def people(indicator: Indicator) -> str:
    """What the numerator counts, as a noun: "orang", "anak", "akta"."""
    return indicator.missing.id


def place(rank: Rank) -> str:
    """ "peringkat 2 dari 6 kabupaten/kota yang angkanya dimuat"."""
    shared = " (bersama)" if rank.tied > 1 else ""
    return f"peringkat {rank.place}{shared} dari {rank.of} kabupaten/kota yang angkanya dimuat"


def published(remark: Remark) -> str:
    """The footnote to a published percentage: "dihitung ulang 98,78%; dipublikasikan 99%"."""
    limits = [remark.row.target.share] if remark.row.target else []
    printed = printed_percent(remark.claim.percent)
    if remark.kind == "bagian_target":
        printed = f"{printed} dari target"
    return f"dihitung ulang {percent(remark.value, *limits)}; dipublikasikan {printed}"
