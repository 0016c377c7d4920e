"""Apa yang perlu disepakati: what the plans ask of the meeting, and the message at the head of the document."""

from __future__ import annotations

from collections.abc import Iterator

from adminduk.measure.briefing import Briefing
from adminduk.measure.outreach import shared
from adminduk.measure.plans import Plans, plans
from adminduk.present import amounts, bundles, funding, needs, outreach, realised, targets, wording
from adminduk.present.bundles import Bundle, Item, numbered
from adminduk.present.matrix import executor, named
from adminduk.present.numerals import spelled
from adminduk.present.sources import SourceNumbers

READING = (
    "Daftar ini disusun dari rencana dan jumlah yang dimuat, bukan usul kebijakan; rapat menetapkan keputusan, "
    "penanggung jawab, dan tenggatnya."
)
_NOTHING = "Rencana yang dimuat saling mencukupi; tidak ada hal yang menuntut kesepakatan."
_NO_LINES = "Belum ada program dan kegiatan yang dimuat untuk periode {when}, sehingga matriks belum dapat disusun."
_SEND = "Matriks tersusun setelah setiap pelaksana mengirim lembar PROGRAM dan lembar itu dimuat."
_METHOD = (
    "Jumlah target: target setiap kabupaten/kota dikalikan penyebutnya dan dibulatkan ke atas menjadi orang, lalu "
    "dijumlahkan. Bila sebuah daerah menyebut beberapa target, dipakai dokumen yang paling akhir dalam urutan Renja, "
    "RKPD, RKA, DPA.",
    "Sisa diukur pada jumlah terbaru terhadap target tahun berikutnya: target daerah di rencananya sendiri, kalau "
    "tidak ada target yang ditetapkan untuk tahun itu, kalau tidak ada juga target tahun ini. Tambahan ialah yang "
    "masuk ke penyebut tahun berikutnya; yang keluar dari penyebut tidak dikurangkan.",
    "Keluaran hanya dihitung bila satuannya satuan indikatornya; kegiatan dalam satuan lain tetap ada di matriks.",
    "Keluaran tertinggal bila paling sedikit satu bulan rencana penuh di belakang bulan yang sudah lewat, dan bagian "
    "uang yang terpakai lebih besar daripada bagian keluaran yang tercapai. Baris tanpa bulan dianggap berjalan "
    "sepanjang tahun.",
    "Biaya satu keluaran ialah realisasi keuangan dibagi realisasi keluaran dari baris yang sama; tidak pernah "
    "dirata-rata.",
    "Hari tim: banyaknya orang yang terlayani dibuat sebesar-besarnya, dengan paling sedikit sekian hari di setiap "
    "daerah, diselesaikan tepat dengan program linear bilangan bulat.",
)


def message(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """Page 1: how much is planned, whether the targets add up, whether the outputs suffice."""
    found = plans(briefing)
    if not found.lines:
        return [bundles.sentences([nothing(briefing, found), _SEND], "message")]
    return [bundles.sentences([_planned(briefing, found), *_targets(found), _covers(found)], "message")]


def _planned(briefing: Briefing, found: Plans) -> str:
    year, executors = briefing.period.as_of.year, len({line.pelaksana for line in found.lines})
    lines = f"{wording.number(len(found.lines))} baris program dari {wording.number(executors)} pelaksana"
    money = f"pagu {amounts.rupiah(found.budget)} pada {year} dan {amounts.rupiah(found.next_budget)} pada {year + 1}"
    return f"{lines} dimuat, dengan {money}."


def _targets(found: Plans) -> list[str]:
    """Which sums are short, and that the others are not."""
    judged = [one for one in found.sums if one.total]
    short = [one for one in judged if one.total and one.total.short]
    if not judged:
        return []
    if not short:
        return ["Jumlah target kabupaten/kota mencapai target provinsi di semua cakupan yang direncanakan."]
    told = [
        f"{wording.in_sentence(one.indicator.short.id)} kurang {wording.number(one.total.short if one.total else 0)} "
        f"{wording.people(one.indicator)}"
        for one in short
    ]
    return [f"Jumlah target kabupaten/kota tidak mencapai target provinsi: {wording.listing(told)}."]


def _covers(found: Plans) -> str:
    places = len(found.short) + len(found.unplanned)
    if not places:
        return f"Di setiap daerah yang dapat dinilai keluaran yang direncanakan menutup {needs.measured(found)}."
    known = wording.number(len(found.judged))
    some = f"Dari {known} kebutuhan daerah yang dapat dinilai, {wording.number(places)} tidak tertutup oleh rencananya"
    untold = f"; tambahan tidak disebut pada {wording.number(len(found.untold))}" if found.untold else ""
    twice = f"; {spelled(len(found.twice))} sub-kegiatan dibiayai lebih dari sekali" if found.twice else ""
    return f"{some}{untold}{twice}."


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """The numbered list; one line where nothing has to be agreed; nothing where no line is known."""
    found = plans(briefing)
    if not found.lines:
        return []
    listed = [*items(briefing, found)]
    if not listed:
        return [bundles.sentences([nothing(briefing, found)], "answer")]
    return [bundles.sentences([READING], "reading"), numbered(listed)]


def items(briefing: Briefing, found: Plans) -> Iterator[Item]:
    """Targets, outputs, money, then team days."""
    yield from _short_targets(briefing, found)
    yield from _rivals(briefing, found)
    yield from _unplanned(briefing, found)
    for key in dict.fromkeys(cover.indicator.id for cover in found.short):
        short = needs.largest_first(found, key)
        name = wording.in_sentence(short[0].indicator.short.id)
        yield f"Keluaran {name} yang belum cukup", f"{wording.capital(needs.too_small(briefing, short))}."
    for cover in found.needless:
        yield "Kegiatan tanpa sisa", needs.needless(briefing, cover)
    yield from _twice(briefing, found)
    for line in found.lagging:
        yield "Keluaran yang tertinggal", realised.lag(briefing, line)
    for sentence in realised.differing(found, briefing):
        yield "Realisasi yang berbeda dari jumlahnya", sentence
    yield from _outreach(briefing)


def unmet(briefing: Briefing, found: Plans) -> Iterator[Item]:
    """What only the meeting can settle: targets that do not add up, gaps that nobody plans for, money spent twice."""
    yield from _short_targets(briefing, found)
    yield from _unplanned(briefing, found)
    yield from _twice(briefing, found)


def _short_targets(briefing: Briefing, found: Plans) -> Iterator[Item]:
    for one in found.sums:
        if one.total and one.total.short:
            name, noun = wording.in_sentence(one.indicator.short.id), wording.people(one.indicator)
            short = f"Jumlahnya kurang {wording.number(one.total.short)} {noun} dari target provinsi"
            yield f"Target {name}", f"{short}; kenaikan terkecil yang menutupnya: {targets.lifted(briefing, one)}."


def _unplanned(briefing: Briefing, found: Plans) -> Iterator[Item]:
    for cover in found.unplanned:
        yield "Sisa tanpa kegiatan", needs.unplanned(briefing, cover)


def _twice(briefing: Briefing, found: Plans) -> Iterator[Item]:
    for same in found.twice:
        yield "Pembiayaan lebih dari sekali", funding.paid(briefing, same)


def _rivals(briefing: Briefing, found: Plans) -> Iterator[Item]:
    """Targets of one region that differ between its documents."""
    for lines in found.rivals:
        name = wording.in_sentence(named(briefing, lines[0].indikator))
        said = [f"{amounts.quantity(line, line.target_berikutnya)} ({line.dokumen})" for line in lines]
        used = f"dipakai {amounts.quantity(lines[0], lines[0].target_berikutnya)}"
        yield f"Target {name} yang berbeda", f"{executor(briefing, lines[0])}: {wording.listing(said)}; {used}."


def _outreach(briefing: Briefing) -> Iterator[Item]:
    found = shared(briefing)
    if found is not None and found.best is not None:
        days = wording.number(found.outreach.team_days)
        yield f"Pembagian {days} hari tim jemput bola", " ".join(outreach.told(briefing, found)[:2])


def nothing(briefing: Briefing, found: Plans) -> str:
    """Why there is nothing to agree on: the plans fit, or none is known."""
    return _NOTHING if found.lines else _NO_LINES.format(when=wording.long_date(briefing.period.as_of))


def paragraphs(briefing: Briefing) -> list[str]:
    """How the findings are made and where plans and newcomers come from."""
    documents = sorted({line.dokumen for line in briefing.period.program})
    told = dict.fromkeys(one.sumber.rstrip(".") for one in briefing.period.newcomers)
    made = [f"Baris program disusun dari {wording.listing(documents)} setiap pelaksana."] if documents else []
    made += [f"Asal tambahan penyebut: {'; '.join(told)}."] if told else []
    return [*made, *_METHOD]


def method(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How the findings are made, and the sources."""
    listed = bundles.source_list(numbers.cited(), numbers.notes(), "Sumber") if numbers.cited() else None
    return [bundles.notes([("Cara menghitung", (), paragraphs(briefing))]), listed]
