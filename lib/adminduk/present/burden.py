"""Who carries the gap: shares of the regencies, largest first."""

from __future__ import annotations

from collections.abc import Sequence

from adminduk.measure import recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.indicators import IndicatorRow
from adminduk.measure.recap import Burden
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.numerals import spelled
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

_READING = (
    "Kekurangan adalah orang atau dokumen yang masih diperlukan setiap kabupaten/kota untuk mencapai target, pada satu "
    "tanggal dan satu definisi. Kumulatif menjumlahkan bagian dari yang terbesar."
)
_NONE = "Belum ada tanggal dengan angka dari setengah kabupaten/kota; bagian setiap daerah tidak dapat dihitung."


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, the table, and a sentence for each indicator; one honest line where nothing can be shared out."""
    found = recap.burdens(briefing)
    if not found:
        return [] if briefing.is_sparse else [sentences([_NONE], "answer")]
    carried = [burden for burden in found if burden.gap]
    return [
        sentences([_READING], "reading") if carried else None,
        _table(briefing, carried, numbers) if carried else None,
        sentences([*(told(briefing, burden) for burden in found), *_unknown(briefing, found)], "answer"),
    ]


def _table(briefing: Briefing, burdens: Sequence[Burden], numbers: SourceNumbers) -> Bundle:
    rows, groups, used = [], [], set()
    for burden in burdens:
        groups.append((_label(burden), len(rows)))
        by_code = {row.region_code: row for row in burden.rows}
        for share in burden.shares:
            row = by_code[share.region_code]
            rows.append(
                [
                    briefing.regions.get(row.region_code).name,
                    wording.value(row),
                    wording.number(share.gap),
                    wording.percent(share.share),
                    wording.percent(share.cumulative),
                ]
            )
            used |= set(numbers.of(row.sources))
    return Table(
        caption="Bagian setiap kabupaten/kota dari kekurangan terhadap target",
        unit="persen, orang atau dokumen",
        columns=[
            Column("Kabupaten/kota"),
            Column("Capaian", "decimal"),
            Column("Kurang", "right"),
            Column("Bagian", "decimal"),
            Column("Kumulatif", "decimal"),
        ],
        rows=rows,
        sources=sorted(used),
        notes=_against_province(briefing, burdens),
        groups=groups,
    ).bundle()


def _label(burden: Burden) -> str:
    first = burden.rows[0]
    short = f"kurang {wording.number(burden.gap)} {wording.people(burden.indicator)}"
    return f"{_named(burden)}, {wording.long_date(first.as_of)}, {_goal(burden)}: {short}{_few(burden, ' (', ')')}"


def _named(burden: Burden) -> str:
    """The indicator, with its base where it has several."""
    several = len(burden.indicator.bases) > 1
    base = f" {wording.base(burden.indicator, burden.rows[0].base)}" if several else ""
    return f"{burden.indicator.short.id}{base}"


def _goal(burden: Burden) -> str:
    """The target, where all regencies have one and the same."""
    stated = {wording.target(row) for row in burden.rows}
    return f"target {stated.pop()}" if len(stated) == 1 else "target masing-masing"


def _few(burden: Burden, before: str, after: str) -> str:
    """ "6 dari 10 kabupaten/kota", where parts are missing."""
    if burden.is_complete:
        return ""
    return f"{before}{len(burden.rows)} dari {burden.regencies} kabupaten/kota{after}"


def told(briefing: Briefing, burden: Burden) -> str:
    """ "Akta: tiga daerah (A, B, dan C) menanggung 72,19% dari 4.739 akta yang kurang; 7 dari 10 di bawah target." """
    where = f"{_named(burden)}, {wording.long_date(burden.rows[0].as_of)}"
    among = f"semua {len(burden.rows)} kabupaten/kota yang angkanya dimuat (dari {burden.regencies})"
    if not burden.gap:
        who = f"seluruh {burden.regencies} kabupaten/kota" if burden.is_complete else among
        return f"{where}: {who} mencapai {_goal(burden)}."
    below = f"{len(burden.shares)} dari {len(burden.rows)} kabupaten/kota"
    few = "" if burden.is_complete else f" (angka dimuat untuk {len(burden.rows)} dari {burden.regencies})"
    return f"{where}: {who_carries(briefing, burden)}; {below} di bawah {_goal(burden)}{few}{_newer(briefing, burden)}."


def _newer(briefing: Briefing, burden: Burden) -> str:
    """How many regencies have a newer figure than the date at which most can be compared."""
    histories = (briefing.history(burden.indicator, row.region_code) for row in burden.rows)
    newer = sum(rows[-1].as_of > burden.rows[0].as_of for rows in histories if rows)
    return f"; {spelled(newer)} daerah sudah punya angka yang lebih baru" if newer else ""


def who_carries(briefing: Briefing, burden: Burden) -> str:
    """ "tiga daerah (A, B, dan C) menanggung 72,19% dari 4.739 akta yang kurang"."""
    most = burden.most()
    names = [briefing.regions.get(share.region_code).short_name for share in most]
    whole = f"{wording.number(burden.gap)} {wording.people(burden.indicator)} yang kurang"
    who = names[0] if len(most) == 1 else f"{spelled(len(most))} daerah ({wording.listing(names)})"
    part = "seluruh" if len(most) == len(burden.shares) else f"{wording.percent(most[-1].cumulative)} dari"
    return f"{who} menanggung {part} {whole}"


def _against_province(briefing: Briefing, burdens: Sequence[Burden]) -> list[str]:
    """Why the gaps of the regencies add up to more than the province's own."""
    told = []
    for burden in burdens:
        own = _province(briefing, burden)
        if own is not None and own.gap is not None and own.gap < burden.gap:
            short = f"kurang {wording.number(own.gap)}" if own.gap else "target tercapai"
            told.append(f"{_named(burden)} {short}")
    above = any(row.verdict != "di_bawah" for one in burdens for row in one.rows)
    why = "Kelebihan sebuah daerah tidak menutup kekurangan daerah lain" if above else "Kurangnya dibulatkan per daerah"
    more = f"{why}, maka jumlahnya melebihi kekurangan provinsi"
    return [f"{more} ({'; '.join(told)})."] if told else []


def _province(briefing: Briefing, burden: Burden) -> IndicatorRow | None:
    """The province's figure of the same date and base."""
    first = burden.rows[0]
    rows = briefing.history(burden.indicator, briefing.regions.province.code)
    return next((row for row in rows if (row.as_of, row.base) == (first.as_of, first.base)), None)


def _unknown(briefing: Briefing, found: Sequence[Burden]) -> list[str]:
    """The indicators with a target of which too few regencies have a figure of one date."""
    told_of = {burden.indicator.id for burden in found}
    names = [
        wording.in_sentence(indicator.short.id)
        for indicator in recap.columns(briefing)
        if indicator.id not in told_of and indicator.bases and recap.target(briefing, indicator)
    ]
    few = "tidak ada tanggal dengan angka dari setengah kabupaten/kota"
    return [f"{wording.capital(wording.listing(names))}: {few}."] if names else []
