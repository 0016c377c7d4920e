"""The matriks harmonisasi: every line of the programme, grouped so that equal things stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adminduk.basis.programme import ProgramLine
from adminduk.measure import realisation
from adminduk.measure.briefing import Briefing
from adminduk.measure.plans import Plans, plans
from adminduk.present import amounts, wording
from adminduk.present.bundles import Bundle
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table
from adminduk.present.typesetting import table_html, table_markdown, table_plain

LAGS, TWICE = "†", "‡"
LAGS_NOTE = f"{LAGS} keluaran tertinggal paling sedikit satu bulan rencana, uang yang terpakai mendahuluinya."
TWICE_NOTE = f"{TWICE} sub-kegiatan, indikator, dan lokasi yang sama dibiayai oleh lebih dari satu baris."
_DASH_NOTE = f"{wording.DASH} tidak ada pagu, atau target cakupan yang tidak dihitung persen keluarannya."
# Millimetres, together those of a page that lies on its side.
_WIDTHS = (38.0, 14.5, 13.0, 14.0, 16.0, 17.0, 15.5, 23.5, 24.0, 15.0, 16.5, 24.5, 25.5)
_FIRST_MONEY = 7


def flat(briefing: Briefing, found: Plans) -> Table:
    """One row for each line with everything its document says, to be sorted and filtered."""
    year = briefing.period.as_of.year
    words = ("Indikator", "Kode sub-kegiatan", "Program", "Kegiatan", "Sub-kegiatan", "Pelaksana", "Lokasi", "Satuan")
    figures = (
        (f"Target {year}", f"Realisasi {year}", "% keluaran", f"Pagu {year} (Rp)", f"Realisasi keuangan {year} (Rp)"),
        ("% keuangan", f"Target {year + 1}", f"Pagu {year + 1} (Rp)"),
    )
    behind = ("Sumber dana", "Dokumen", "Bulan", "Catatan", "Temuan")
    columns = [Column(word) for word in words]
    columns += [Column(word, "right") for group in figures for word in group]
    return Table(
        caption=_caption(briefing, found),
        unit="keluaran dalam satuannya, uang dalam rupiah; target cakupan sebagai persen",
        columns=[*columns, *(Column(word) for word in behind)],
        rows=[_flat_row(briefing, found, line) for line in found.lines],
        sources=(),
        notes=["Kosong pada %: tidak ada target keluaran atau pagu untuk membaginya, atau barisnya target cakupan."],
    )


def _flat_row(briefing: Briefing, found: Plans, line: ProgramLine) -> list[str]:
    shares = [realisation.output_share(line), realisation.money_share(line)]
    output, money = ("" if share is None else wording.percent(share) for share in shares)
    return [
        named(briefing, line.indikator),
        line.kode_sub_kegiatan,
        line.program,
        line.kegiatan,
        line.sub_kegiatan,
        short(briefing, line.pelaksana),
        short(briefing, line.lokasi),
        line.satuan,
        amounts.quantity(line, line.target),
        amounts.quantity(line, line.realisasi),
        output,
        amounts.whole(line.pagu),
        amounts.whole(line.realisasi_keuangan),
        money,
        amounts.quantity(line, line.target_berikutnya),
        amounts.whole(line.pagu_berikutnya),
        line.sumber_dana,
        line.dokumen,
        amounts.months(line.bulan),
        line.catatan,
        "; ".join(_told(found, line)),
    ]


def _told(found: Plans, line: ProgramLine) -> list[str]:
    """What is found about one line, in a few words each."""
    told = ["keluaran tertinggal"] * (line in found.lagging)
    told += ["dibiayai lebih dari sekali"] * any(line in same for same in found.twice)
    told += ["realisasi berbeda dari jumlahnya"] * any(line == other for other, _ in found.differing)
    return told


def totals(briefing: Briefing, found: Plans) -> Table:
    """Money by indicator and altogether."""
    year = briefing.period.as_of.year
    groups = [(named(briefing, key), own) for key, own in _by_indicator(found.lines)]
    rows = [_money_row(label, own) for label, own in [*groups, ("Seluruh program", list(found.lines))]]
    figures = ("Baris", f"Pagu {year}", f"Realisasi keuangan {year}", "%", f"Pagu {year + 1}")
    return Table(
        caption=f"Jumlah pagu {year} dan {year + 1} menurut indikator",
        unit="rupiah",
        columns=[Column("Indikator"), *(Column(word, "right") for word in figures)],
        rows=rows,
        sources=(),
        notes=[],
        totals=[len(groups)],
    )


def _money_row(label: str, lines: Sequence[ProgramLine]) -> list[str]:
    budget, spent = sum(line.pagu for line in lines), sum(line.realisasi_keuangan for line in lines)
    used = realisation.over(spent, budget)
    ahead = amounts.whole(sum(line.pagu_berikutnya for line in lines))
    share = "" if used is None else wording.percent(used)
    return [label, wording.number(len(lines)), amounts.whole(budget), amounts.whole(spent), share, ahead]


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The matrix; nothing where no line is known, which the message says."""
    found = plans(briefing)
    return [bundle(briefing, found)] if found.lines else []


@dataclass(frozen=True)
class _Group:
    """Lines under one heading: level 1 what they are for, level 2 the sub-activity."""

    label: str
    start: int
    level: int


def bundle(briefing: Briefing, found: Plans) -> Bundle:
    """A table that lies on its side: two levels of groups, money added up for each indicator and altogether."""
    rows, groups, totals = _body(briefing, found)
    table = Table(
        caption=_caption(briefing, found),
        unit="keluaran dalam satuannya, uang dalam rupiah",
        columns=_columns(),
        rows=rows,
        sources=(),
        notes=notes(found),
        groups=[(group.label, group.start) for group in groups],
        spanners=_spanners(briefing),
        totals=totals,
    )
    levels = [vars(group) for group in groups]
    payload = {**table.bundle().payload, "groups": levels, "widths": list(_WIDTHS)}
    return Bundle("matrix", payload, table_html(table), table_markdown(table), table_plain(table))


def _columns() -> list[Column]:
    words = ("Pelaksana", "Dokumen", "Sumber dana", "Satuan")
    figures = ("Target", "Realisasi", "%", "Pagu", "Realisasi keuangan", "%", "Target", "Pagu")
    return [*(Column(word) for word in words), *(Column(word, "right") for word in figures), Column("Bulan")]


def _spanners(briefing: Briefing) -> list[tuple[str, int, int]]:
    year = briefing.period.as_of.year
    return [(f"Keluaran {year}", 4, 6), (f"Keuangan {year} (Rp)", 7, 9), (f"Rencana {year + 1} (pagu Rp)", 10, 11)]


def _caption(briefing: Briefing, found: Plans) -> str:
    year, executors = briefing.period.as_of.year, {line.pelaksana for line in found.lines}
    lines = f"{wording.number(len(found.lines))} baris dari {wording.number(len(executors))} pelaksana"
    money = f"pagu {amounts.rupiah(found.budget)} pada {year} dan {amounts.rupiah(found.next_budget)} pada {year + 1}"
    return f"Matriks harmonisasi {year} dan {year + 1}: {lines}, {money}"


def notes(found: Plans) -> list[str]:
    """What the signs mean, those that occur."""
    told = [LAGS_NOTE] if found.lagging else []
    told += [TWICE_NOTE] if found.twice else []
    return [*told, _DASH_NOTE]


def _body(briefing: Briefing, found: Plans) -> tuple[list[list[str]], list[_Group], list[int]]:
    """Money altogether first, then each indicator: its money, then its lines, as planning documents have it."""
    rows = [_total(found.lines)]
    groups, totals = [_Group("Seluruh program", 0, 1)], [0]
    for key, own in _by_indicator(found.lines):
        groups.append(_Group(named(briefing, key), len(rows), 1))
        totals.append(len(rows))
        rows.append(_total(own))
        below = ""
        for line in own:
            if sub_activity(line) != below:
                below = sub_activity(line)
                groups.append(_Group(below, len(rows), 2))
            rows.append(_row(briefing, found, line))
    return rows, groups, totals


def _by_indicator(lines: Sequence[ProgramLine]) -> Iterator[tuple[str, list[ProgramLine]]]:
    keys = dict.fromkeys(line.indikator for line in lines)
    return ((key, [line for line in lines if line.indikator == key]) for key in keys)


def named(briefing: Briefing, key: str) -> str:
    """An indicator by its short word, an action by its label."""
    catalog = briefing.catalog
    if key in catalog.indicators:
        return catalog.indicators[key].short.id
    return wording.capital(catalog.measures[key].label.id)


def sub_activity(line: ProgramLine) -> str:
    """Code and name of the sub-activity, then the programme and activity that it belongs to."""
    head = " ".join(filter(None, (line.kode_sub_kegiatan, line.sub_kegiatan)))
    return f"{head} ({line.program} · {line.kegiatan})"


def executor(briefing: Briefing, line: ProgramLine) -> str:
    """Who carries it out, and where, if that is not at home."""
    name = short(briefing, line.pelaksana)
    return name if line.lokasi == line.pelaksana else f"{name}, di {short(briefing, line.lokasi)}"


def short(briefing: Briefing, code: str) -> str:
    """A regency without its kind; the province by that word, as its name sounds like one of a regency."""
    region = briefing.regions.get(code)
    return wording.capital(region.kind) if region.is_province else region.short_name


def _row(briefing: Briefing, found: Plans, line: ProgramLine) -> list[str]:
    lags = LAGS if line in found.lagging else ""
    twice = TWICE if any(line in same for same in found.twice) else ""
    return [
        executor(briefing, line) + (f" ({line.catatan})" if line.catatan else ""),
        line.dokumen,
        line.sumber_dana,
        line.satuan,
        amounts.quantity(line, line.target),
        amounts.quantity(line, line.realisasi),
        amounts.share(realisation.output_share(line)) + lags,
        amounts.or_dash(line.pagu),
        amounts.whole(line.realisasi_keuangan) if line.pagu or line.realisasi_keuangan else wording.DASH,
        amounts.share(realisation.money_share(line)),
        amounts.quantity(line, line.target_berikutnya),
        amounts.or_dash(line.pagu_berikutnya) + twice,
        amounts.months(line.bulan),
    ]


def _total(lines: Sequence[ProgramLine]) -> list[str]:
    """Only money is added up: outputs of different units are not."""
    budget, spent = sum(line.pagu for line in lines), sum(line.realisasi_keuangan for line in lines)
    used = amounts.share(realisation.over(spent, budget))
    ahead = amounts.or_dash(sum(line.pagu_berikutnya for line in lines))
    money = [amounts.or_dash(budget), amounts.or_dash(spent), used]
    return ["Jumlah", *[""] * (_FIRST_MONEY - 1), *money, "", ahead, ""]
