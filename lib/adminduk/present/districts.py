"""The kecamatan to lift first across the province, for the public: small numbers are withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from adminduk.measure import recap
from adminduk.measure.briefing import Briefing
from adminduk.measure.districts import Lifted, lifted
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import wording
from adminduk.present.bundles import Bundle, sentences
from adminduk.present.numerals import spelled
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

WITHHELD = "dirahasiakan"
_READING = (
    "Kecamatan dengan kekurangan terbanyak terhadap target, dari seluruh kabupaten/kota: di sana satu kegiatan menutup "
    "paling banyak."
)
_NONE = "Belum ada angka kecamatan pada tanggal yang dibandingkan."


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, the table, a sentence for each indicator; one honest line without figures of kecamatan."""
    found = [one for indicator in recap.columns(briefing) if (one := lifted(briefing, indicator))]
    if not found:
        return [] if briefing.is_sparse else [sentences([_NONE], "answer")]
    shown = [one for one in found if one.rows or one.hidden]
    return [
        sentences([_READING], "reading") if shown else None,
        _table(briefing, shown, numbers) if shown else None,
        sentences([_told(briefing, one) for one in found], "answer"),
    ]


def _table(briefing: Briefing, found: Sequence[Lifted], numbers: SourceNumbers) -> Bundle:
    rows: list[list[str]] = []
    groups, used = [], set()
    for one in found:
        if one.rows:
            groups.append((_label(one), len(rows)))
        for district, row in one.rows:
            rows.append([district.name, _regency(briefing, district.code), *_numbers(row)])
            used |= set(numbers.of(row.sources))
        if one.hidden:  # apart from those in order: whether they are short of the target is not said
            groups.append((f"{_named(one)}, tidak diurutkan", len(rows)))
            rows += [[d.name, _regency(briefing, d.code), wording.DASH, *[WITHHELD] * 4] for d in one.hidden]
    return Table(
        caption="Kecamatan yang perlu didahulukan",
        unit="orang atau dokumen, persen dari penyebut",
        columns=[
            Column("Kecamatan"),
            Column("Kabupaten/kota"),
            *(Column(label, "right") for label in ("Penyebut", "Sudah", "Belum", "Capaian", "Kurang")),
        ],
        rows=rows,
        sources=sorted(used),
        notes=_notes(briefing, found),
        groups=groups,
    ).bundle()


def _numbers(row: IndicatorRow) -> list[str]:
    have, of_all = row.numerator or 0, row.denominator or 0
    counts = [wording.number(of_all), wording.number(have), wording.number(max(0, of_all - have))]
    return [*counts, wording.value(row), wording.number(row.gap or 0)]


def _regency(briefing: Briefing, code: str) -> str:
    return briefing.regions.get(code[:5]).short_name


def _label(one: Lifted) -> str:
    return f"{_named(one)}, {wording.long_date(one.like.as_of)}, target {wording.target(one.like)}"


def _named(one: Lifted) -> str:
    several = len(one.indicator.bases) > 1
    return (
        f"{one.indicator.short.id} {wording.base(one.indicator, one.like.base)}" if several else one.indicator.short.id
    )


def _notes(briefing: Briefing, found: Sequence[Lifted]) -> list[str]:
    notes = [
        "Kurang: orang atau dokumen sampai target; Belum: seluruhnya yang belum. Kelebihan sebuah kecamatan tidak "
        "menutup kekurangan kecamatan lain."
    ]
    if any(one.hidden for one in found):
        notes.append(
            f"Dirahasiakan: angka 1 sampai {briefing.threshold - 1}, dan angka lain yang akan membukanya kembali lewat "
            "penjumlahan; apakah kecamatan itu di bawah target tidak disebut."
        )
    return notes


def _told(briefing: Briefing, one: Lifted) -> str:
    """How much of the gap these kecamatan hold, and where most of them lie."""
    if not one.rows:
        return f"{_named(one)}: tidak ada kecamatan yang angkanya dimuat di bawah target."
    few = sum(row.gap or 0 for _, row in one.rows)
    noun = wording.people(one.indicator)
    who = f"{spelled(len(one.rows))} kecamatan ini" if one.rest else f"{spelled(len(one.rows))} kecamatan"
    held = f"{wording.number(few)} dari {wording.number(one.short)} {noun} yang kurang di {one.below} kecamatan"
    held = held if one.rest else f"seluruh {wording.number(few)} {noun} yang kurang"
    if len(one.rows) == 1:
        district = one.rows[0][0]
        return f"{_named(one)}: {district.name} di {_regency(briefing, district.code)} menanggung {held}."
    where = Counter(_regency(briefing, district.code) for district, _ in one.rows)
    name, times = where.most_common(1)[0]
    lies = "semuanya" if times == len(one.rows) else f"{spelled(times)} di antaranya"
    return f"{_named(one)}: {who} menanggung {held}; {lies} di {name}."
