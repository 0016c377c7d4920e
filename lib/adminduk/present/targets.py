"""The regencies' own targets together against the province's, and the smallest uplift that closes what is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from adminduk.measure.briefing import Briefing
from adminduk.measure.plans import Goal, Plans, Summed, plans
from adminduk.present import amounts, wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_READING = (
    "Setiap target dikalikan penyebut daerahnya menjadi orang, lalu dijumlahkan; target provinsi dikalikan seluruh "
    "penyebut itu. Target tidak pernah dirata-rata."
)
_NO_TARGETS = "Belum ada kabupaten/kota yang menyebut target cakupan tahun berikutnya di dokumennya."
_RAISED = (
    "Kenaikan: yang terkecil yang menutup kekurangan; target yang paling rendah dinaikkan lebih dahulu sampai satu "
    "tingkat bersama. Menjadi: target yang memintanya, dibulatkan ke atas pada dua desimal."
)


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """A table of the targets whose sum is short, and a sentence for each indicator."""
    found = plans(briefing)
    if not found.lines:
        return []
    judged = [one for one in found.sums if one.targets]
    if not judged:
        return [sentences([_NO_TARGETS], "answer")]
    short = [one for one in judged if one.total and one.total.short]
    return [
        sentences([_READING], "reading"),
        table(briefing, short, numbers).bundle() if short else None,
        sentences(summed(briefing, found), "answer"),
    ]


def table(briefing: Briefing, sums: Sequence[Summed], numbers: SourceNumbers) -> Table:
    """The regencies by code, all together under them, for each indicator."""
    rows, groups, totals, used = [], [], [], set()
    for one in (one for one in sums if one.targets):
        groups.append((f"{one.indicator.short.id}, {_bases(one)}", len(rows)))
        rows += [_target_row(briefing, one, code) for code in one.targets]
        used |= {number for code in one.targets for number in numbers.of(one.rows[code].sources)}
        totals.append(len(rows))
        rows.append(_sum_row(one))
    ahead = briefing.period.as_of.year + 1
    return Table(
        caption=f"Target cakupan {ahead} kabupaten/kota dan yang dimintanya",
        unit="orang atau dokumen, persen",
        columns=_columns(ahead),
        rows=rows,
        sources=sorted(used),
        notes=[_RAISED] if any(one.more for one in sums) else [],
        groups=groups,
        totals=totals,
        whole=True,
    )


def _columns(ahead: int) -> list[Column]:
    asked = (Column(word, "right") for word in ("Yang diminta", "Kenaikan", "Menjadi"))
    return [Column("Kabupaten/kota"), Column("Penyebut", "right"), Column(f"Target {ahead}", "decimal"), *asked]


def _bases(one: Summed) -> str:
    """The base by its name and day: "anak usia 0-17 tahun, keadaan 12 November 2024"."""
    first = next(iter(one.rows.values()))
    days = {wording.long_date(row.denominator_as_of or row.as_of) for row in one.rows.values()}
    when = f"keadaan {days.pop()}" if len(days) == 1 else "keadaan terakhir masing-masing"
    return f"{wording.base(one.indicator, first.base).removeprefix('dari ')}, {when}"


def _target_row(briefing: Briefing, one: Summed, code: str) -> list[str]:
    more, base = one.more.get(code, 0), one.bases[code]
    return [
        briefing.regions.get(code).short_name,
        wording.number(base),
        amounts.target(one.targets[code]),
        wording.number(one.asked(code)),
        wording.number(more) if more else wording.DASH,
        closing(one, code) if more else wording.DASH,
    ]


def _sum_row(one: Summed) -> list[str]:
    """Together; the province's target in the place of a regency's."""
    if one.total is None:
        return ["Jumlah", wording.number(sum(one.bases.values())), wording.DASH, *[wording.DASH] * 3]
    more = sum(one.more.values())
    return [
        "Jumlah",
        wording.number(one.total.base),
        wording.percent(one.total.share),
        wording.number(one.total.asked),
        wording.number(more) if more else wording.DASH,
        wording.percent(one.goal.value) if one.goal and more else wording.DASH,
    ]


def closing(one: Summed, code: str) -> str:
    """The smallest target of two decimals that asks for what the regency is lifted to: "98,90%"."""
    wanted = Fraction(one.asked(code) + one.more[code], one.bases[code])
    return wording.percent(Fraction(ceil(wanted * 10_000), 10_000))


def summed(briefing: Briefing, found: Plans) -> list[str]:
    """For each indicator whether the sum reaches the province's target, and what closes it."""
    return [sentence for one in found.sums if one.targets for sentence in _summed(briefing, one)]


def _summed(briefing: Briefing, one: Summed) -> Iterator[str]:
    ahead, noun = briefing.period.as_of.year + 1, wording.people(one.indicator)
    name = wording.capital(one.indicator.short.id)
    few = f" ({len(one.targets)} dari {one.of} kabupaten/kota)" if len(one.targets) < one.of else ""
    if one.total is None or one.goal is None:
        yield f"{name}: provinsi tidak menyebut target {ahead}, jumlah target daerah tidak dapat dinilai."
        return
    asked = f"target kabupaten/kota{few} bersama-sama meminta {wording.number(one.total.asked)} {noun}"
    whole = f"{_goal(one.goal, ahead)} {amounts.target(one.goal.value)} meminta {wording.number(one.total.needed)}"
    if one.total.short:
        yield f"{name}: {asked}, sedangkan {whole}: kurang {wording.number(one.total.short)} {noun}."
        yield f"Kenaikan terkecil yang menutupnya: {lifted(briefing, one)}."
    elif one.total.asked == one.total.needed:
        yield f"{name}: {asked}, tepat sebanyak yang diminta {whole.replace(' meminta', ':')}."
    else:
        over = wording.number(one.total.asked - one.total.needed)
        yield f"{name}: {asked}; {whole}, jadi jumlahnya cukup dengan {over} {noun} lebih."


def _goal(goal: Goal, ahead: int) -> str:
    return "target provinsi" if goal.year == ahead else f"target provinsi {goal.year} (target {ahead} tidak ditemukan)"


def lifted(briefing: Briefing, one: Summed) -> str:
    """ "Kutai Barat 302 akta (98,3% menjadi 98,71%), ..."."""
    noun = wording.people(one.indicator)
    told = [
        f"{briefing.regions.get(code).short_name} {wording.number(more)} {noun} "
        f"({amounts.target(one.targets[code])} menjadi {closing(one, code)})"
        for code, more in sorted(one.more.items(), key=lambda item: (-item[1], item[0]))
    ]
    return wording.listing(told)
