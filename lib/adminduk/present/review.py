"""What is said of published percentages beside what their counts give: for the office, blaming nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from adminduk.basis.catalog import Catalog
from adminduk.basis.regions import Regions
from adminduk.measure import ratios
from adminduk.measure.audit import Audited
from adminduk.measure.targets import UNSTATED
from adminduk.present import wording

TURNED = "Penilaian berubah bila dihitung tepat"
GROUPS = {
    "does_not_follow": "Berbeda 0,1 poin persen atau lebih",
    "rounding": "Berbeda kurang dari 0,1 poin persen",
    "holds": "Perkiraan yang sesuai dalam kelonggarannya",
}


class Reviewed(Protocol):
    """What is read here: the audited percentages, and the names of things."""

    @property
    def catalog(self) -> Catalog: ...

    @property
    def regions(self) -> Regions: ...

    @property
    def audited(self) -> Sequence[Audited]: ...


@dataclass(frozen=True)
class Review:
    """The audited percentages of a dataset, where there is no report of one region."""

    catalog: Catalog
    regions: Regions
    audited: tuple[Audited, ...]


def message(review: Reviewed) -> list[str]:
    """How many were published, how many could be recomputed, how many hold, and whether a verdict turns."""
    every, known = review.audited, [item for item in review.audited if item.value is not None]
    if not every:
        return ["Kumpulan data ini tidak memuat persentase yang dipublikasikan."]
    tally = {name: wording.number(sum(item.outcome == name for item in known)) for name in GROUPS}
    turned = sum(item.verdict_turned for item in known)
    return [
        f"Dari {wording.number(len(every))} persentase yang dipublikasikan, {wording.number(len(known))} dapat "
        "dihitung ulang dari jumlah dalam pernyataan yang sama.",
        f"Dari {wording.number(len(known))} itu {tally['holds']} sesuai, {tally['rounding']} berbeda kurang dari 0,1 "
        f"poin persen, dan {tally['does_not_follow']} berbeda 0,1 poin persen atau lebih.",
        f"Pada {wording.number(turned)} angka penilaian terhadap target berubah bila dihitung tepat."
        if turned
        else "Tidak ada penilaian terhadap target yang berubah bila dihitung tepat.",
    ]


def verdicts(review: Reviewed) -> list[str]:
    """Each figure whose verdict turns, with what was printed and what the counts say."""
    found = [_verdict(review, item) for item in ordered(review) if item.verdict_turned]
    return found or ["Semua penilaian tetap sama bila dihitung tepat."]


def _verdict(review: Reviewed, item: Audited) -> str:
    if item.target is None or item.numerator is None or item.denominator is None:
        return ""
    short = ratios.gap(item.numerator.count, item.denominator.count, item.target.share)
    said = f"angka yang dicetak {'' if short else 'belum '}mencapainya"
    if item.claim.verdict:
        said = f"menurut pernyataannya “{item.claim.verdict}”"
    noun = wording.people(review.catalog.indicators[item.claim.indicator])
    exact = f"masih kurang {wording.number(short)} {noun}" if short else "target itu tercapai"
    return (
        f"{heading(review, item)}: dihitung ulang {recomputed(item)}; dipublikasikan {printed(item)}. "
        f"Target {wording.target_value(item.target)}: {said}; menurut nilai tepat {exact}."
    )


def grouped(review: Reviewed) -> list[tuple[str, list[Audited]]]:
    """What is listed, what weighs most first: (label, percentages). Exact ones that hold are not listed."""
    known = [item for item in ordered(review) if item.value is not None]
    rest = [item for item in known if not item.verdict_turned]
    groups = [(TURNED, [item for item in known if item.verdict_turned])]
    for name, label in GROUPS.items():
        listed = [item for item in rest if item.outcome == name]
        groups.append((label, [item for item in listed if name != "holds" or item.approximate]))
    return [(label, items) for label, items in groups if items]


def ordered(review: Reviewed) -> list[Audited]:
    """Newest first, the province before its regencies."""
    by_place = sorted(review.audited, key=lambda item: (item.claim.region_code, item.claim.indicator))
    return sorted(by_place, key=lambda item: item.claim.as_of, reverse=True)


def name(review: Reviewed, item: Audited) -> str:
    """Region and indicator, with the base where an indicator has several: "Balikpapan, IKD dari wajib KTP"."""
    places = {place.code: place.short_name for place in review.regions.all}
    places |= {place.code: place.name for place in review.regions.districts}
    place = places.get(item.claim.region_code, item.claim.region_code)
    indicator = review.catalog.indicators.get(item.claim.indicator)
    if indicator is None:
        return f"{place}, {item.claim.indicator.replace('_', ' ')}"
    measure = item.denominator.measure if item.denominator else item.claim.base
    base = wording.base(indicator, measure) if len(indicator.bases) > 1 and measure != UNSTATED else ""
    return f"{place}, {' '.join(filter(None, (wording.in_sentence(indicator.short.id), base)))}"


def heading(review: Reviewed, item: Audited) -> str:
    """What a sentence about one figure begins with."""
    return f"{name(review, item)}, {wording.long_date(item.claim.as_of)}"


def printed(item: Audited) -> str:
    return wording.printed_percent(item.claim.percent)


def recomputed(item: Audited) -> str:
    """The exact share, on its own side of the target, and apart from a printed number that it does not give."""
    if item.value is None:
        return wording.DASH
    limits = [item.target.share] if item.target else []
    if item.outcome != "holds":
        limits.append(Fraction(item.claim.percent) / 100)
    return wording.percent(item.value, *limits)


def explanations(review: Reviewed) -> list[str]:
    """What has to be known of figures of the list: another meaning, a base nobody named, a wide wording."""
    rows = [item for _, items in grouped(review) for item in items]
    explained = ((item, "; ".join(_explained(review, item))) for item in rows)
    return [f"{heading(review, item)}: {text}." for item, text in explained if text]


def _explained(review: Reviewed, item: Audited) -> Iterable[str]:
    indicator = review.catalog.indicators.get(item.claim.indicator)
    if item.claim.kind == "bagian_target":
        yield from _share(item)
    elif item.claim.base == UNSTATED and item.denominator and indicator:
        base = wording.base(indicator, item.denominator.measure).removeprefix("dari ")
        yield f"sumbernya tidak menyebut penyebut {printed(item)}; di sini dibagi {base} dari pernyataan yang sama"
    if item.span and item.span[0] < item.span[1]:
        yield f"jumlahnya perkiraan, sehingga hitungan ulang terletak antara {_between(item.span)}"
    if item.claim.approximate and item.outcome != "holds":
        ends = ratios.rounding_interval(item.claim.percent)
        yield f"“sekitar {printed(item)}” berarti antara {_between(ends)}"


def _between(ends: tuple[Fraction, Fraction]) -> str:
    return " dan ".join(wording.percent(end) for end in ends)


def _share(item: Audited) -> Iterable[str]:
    """A share of the target stands beside coverages only because nobody may take it for one."""
    if item.target is None or item.value is None:
        return
    part = ratios.share_of_target(item.value, item.target.share)
    again = "" if ratios.follows(item.claim.percent, part) else f" (dihitung ulang {wording.percent(part)})"
    yield (
        f"{printed(item)} adalah bagian dari target {wording.target_value(item.target)} yang sudah dicapai{again}; "
        f"cakupannya {recomputed(item)}"
    )


def unused(review: Reviewed) -> list[str]:
    """The percentages that are kept but not used, each with its reason."""
    found = [item for item in ordered(review) if item.reason]
    return [f"{heading(review, item)}, {printed(item)}: {item.reason}." for item in found]


def dates(review: Reviewed) -> str:
    """Between which dates the percentages lie: "5 Mei 2016 sampai 29 Januari 2026"; empty without any."""
    known = [item.claim.as_of for item in review.audited]
    ends = [wording.long_date(when) for when in (min(known), max(known))] if known else []
    return " sampai ".join(dict.fromkeys(ends))
