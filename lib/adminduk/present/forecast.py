"""Where the pace leads: a chart of each coverage below its target, and the day on which two models reach it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from matplotlib.figure import Figure

from adminduk.measure import projection
from adminduk.measure.briefing import Briefing
from adminduk.measure.outlook import Forecast, forecasts
from adminduk.measure.projection import Projection, Refusal
from adminduk.present import theme, wording
from adminduk.present.axes import DASHED, Axes, Pen
from adminduk.present.bundles import Bundle, figure, sentences
from adminduk.present.outlook import named
from adminduk.present.sources import SourceNumbers
from adminduk.present.tables import Column, Table

WIDTH_MM, COLUMNS, TALL_MM = 170, 2, 34
_TICKS_MM, _HEAD_MM, _FOOT_MM = 8.5, 8.0, 6.0
_BAND = "#DCE9F4"
_LEAST_SPAN, _MOST_STEPS = 4.0, 6
_TITLE_PT = 6.0  # above the plot
_PIECES = 24  # straight pieces that a band is drawn of
_REASONS = {
    "melebihi_satu": "pembilangnya melebihi penyebut",
    "kurang_dari_tiga_titik": f"angka bertanggal yang sebanding kurang dari {projection.FEWEST_POINTS}",
}
_MODELS = {"linear": "Linear", "logit": "Logit"}
_READING = (
    "Titik: laporan dengan penyebut sejenis. Garis dan bidang sesudahnya: cakupan yang diperkirakan bila laju laporan "
    "terakhir tetap, dengan rentang 80% (model linear). Garis putus-putus: target tahun ini. Model linear meneruskan "
    "pertambahan pembilang dan penyebut; model logit melambat ketika mendekati 100%."
)
_CUT, _CUT_NOTE = "‡", "‡ garisnya melewati 100%; cakupan dibatasi di situ."
_NONE = "Belum ada jumlah tahun {} yang dapat dinilai dengan targetnya; tidak ada proyeksi."


def answer(briefing: Briefing, numbers: SourceNumbers) -> list[Bundle | None]:
    """How to read, the chart, the table, and a sentence for each indicator, those refused with the reason."""
    if briefing.is_sparse:
        return []
    found = forecasts(briefing)
    if not found:
        return [sentences([_NONE.format(briefing.period.as_of.year)], "answer")]
    ahead = _leading(found)
    said = sentences(told(briefing, found), "answer")
    if not ahead:
        return [said]
    return [sentences([_READING], "reading"), _figure(briefing, ahead, numbers), _table(ahead, numbers), said]


def _leading(found: Sequence[Forecast]) -> list[Forecast]:
    """Those below their target. Another base of an indicator is among them only where it leads elsewhere: two lines of
    one numerator soon cross where their bases grow at a different pace, and neither is then the better guess."""
    ahead = [one for one in found if not one.is_reached and _models(one)]
    kept = {(one.indicator.id, *(model.reached is None for model in _models(one))): one for one in reversed(ahead)}
    return [one for one in ahead if one in kept.values()]


def _models(one: Forecast) -> list[Projection]:
    """What was projected; both models refuse together or not at all."""
    return [model for model in (one.linear, one.logit) if isinstance(model, Projection)]


def _first_bases(found: Sequence[Forecast]) -> list[Forecast]:
    """One for each indicator, on the base that it names first."""
    return list({one.indicator.id: one for one in reversed(found)}.values())[::-1]


def told(briefing: Briefing, found: Sequence[Forecast]) -> list[str]:
    """Who has reached the target, where the pace leads the others, and of whom nothing is projected."""
    reached = list(dict.fromkeys(wording.in_sentence(one.indicator.short.id) for one in found if one.is_reached))
    year = briefing.period.as_of.year
    head = [f"{wording.capital(wording.listing(reached))} sudah mencapai target {year}; tidak diproyeksikan."]
    led = [_led(briefing, one) for one in _leading(found)]
    return [*(head if reached else []), *led, *_refused([one for one in found if not one.is_reached])]


def _refused(found: Sequence[Forecast]) -> list[str]:
    """Of whom nothing is projected, by reason."""
    names: dict[str, list[str]] = {}
    for one in found:
        if isinstance(one.linear, Refusal):
            few = one.linear.reason == "kurang_dari_tiga_titik"
            name = wording.in_sentence(named(one.indicator, one.row))
            known = f"{name} ({one.linear.points})" if few and one.linear.points else name
            names.setdefault(_REASONS[one.linear.reason], []).append(known)
    return [f"Tidak diproyeksikan karena {why}: {wording.listing(few)}." for why, few in names.items()]


def _led(briefing: Briefing, one: Forecast) -> str:
    name = named(one.indicator, one.row)
    at = "sekarang" if one.row.as_of.last == briefing.period.as_of else f"sampai {wording.long_date(one.row.as_of)}"
    days = [(_MODELS[model.method].lower(), model) for model in _models(one)]
    goal, until = f"target {wording.target(one.row)}", wording.long_date(one.until)
    if all(model.reached is None for _, model in days):
        ends = " atau ".join(f"{_share(one, model.expected[1])} ({method})" for method, model in days)
        return f"{name}: {goal} tidak tercapai sebelum {until} pada laju {at}; perkiraan pada hari itu {ends}."
    ends = "; ".join(f"{method} {_reached(model, until)}" for method, model in days)
    return f"{name}: {goal} tercapai pada laju {at} menurut model {ends}."


def _reached(model: Projection, until: str) -> str:
    if model.reached is None:
        return f"tidak sebelum {until}"
    edges = [wording.long_date(day) if day else f"sesudah {until}" for day in (model.earliest, model.latest)]
    return f"{wording.long_date(model.reached)} (rentang 80%: {edges[0]} sampai {edges[1]})"


def _share(one: Forecast, share: float) -> str:
    """A projected coverage, on its own side of the target."""
    return wording.percent(Fraction(share), one.row.target.share if one.row.target else Fraction(1))


def _table(ahead: Sequence[Forecast], numbers: SourceNumbers) -> Bundle:
    rows: list[list[str]] = []
    groups = []
    for one in ahead:
        year, known = one.row.as_of.last.year, wording.number(len(one.used))
        goal = f"target {year} {wording.target(one.row)}"
        last = f"{known} laporan terakhir sampai {wording.short_date(one.row.as_of)}"
        groups.append((f"{named(one.indicator, one.row)}, {goal}, {last}", len(rows)))
        rows += [_cells(one, model) for model in _models(one)]
    until = wording.short_date(ahead[0].until)
    return Table(
        caption="Hari tercapainya target bila laju tetap",
        unit="tanggal, persen",
        columns=[Column("Model"), *(Column(label, "right") for label in ("Tercapai", "Paling cepat", "Paling lambat")),
                 Column(f"Cakupan {until}", "decimal"), Column("Rentang 80%", "right")],
        rows=rows,
        sources=numbers.of([source for one in ahead for source in one.row.sources]),
        notes=_notes(rows),
        groups=groups,
    ).bundle()  # fmt: skip


def _cells(one: Forecast, model: Projection) -> list[str]:
    after = f"sesudah {one.until.year}"
    days = [wording.short_date(day) if day else after for day in (model.reached, model.earliest, model.latest)]
    low, middle, high = (_share(one, share) + _CUT * (share >= 1) for share in model.expected)
    return [_MODELS[model.method], *days, middle, " sampai ".join(dict.fromkeys((low, high)))]


def _notes(rows: Sequence[Sequence[str]]) -> list[str]:
    notes = ["Paling cepat dan paling lambat: tepi rentang 80%. Kejadian di luar deretnya tidak termuat."]
    return notes + [_CUT_NOTE] * any(_CUT in cell for row in rows for cell in row)


def _figure(briefing: Briefing, ahead: Sequence[Forecast], numbers: SourceNumbers) -> Bundle:
    shown = _first_bases(ahead)
    caption = _message(briefing, shown)
    lowest = {named(one.indicator, one.row): _ticks(one)[0] for one in shown}
    return figure(
        {
            "caption": caption,
            "svg": _draw(shown),
            "alt": " ".join([f"{caption}.", *(_alt(one) for one in shown)]),
            "unit": f"persen dari penyebut; {theme.starts('tegak', lowest)}",
            "date": f"keadaan {wording.long_date(briefing.period.as_of)}, proyeksi sampai "
            f"{wording.long_date(shown[0].until)}",
            "sources": numbers.of([source for one in shown for source in one.row.sources]),
            "width_mm": WIDTH_MM,
            "height_mm": _tall(shown),
        }
    )


def _message(briefing: Briefing, shown: Sequence[Forecast]) -> str:
    """Which targets the line reaches until the end of the chart, and which it does not."""
    names: dict[bool, list[str]] = {}
    for one in shown:
        names.setdefault(bool(_models(one)[0].reached), []).append(wording.in_sentence(named(one.indicator, one.row)))
    until = wording.long_date(shown[0].until)
    words = {True: "mencapai", False: "belum mencapai"}
    told = [f"{wording.listing(names[hit])} {words[hit]} target" for hit in (True, False) if hit in names]
    return f"{briefing.region.name}, bila laju tetap sampai {until}: {'; '.join(told)}"


def _alt(one: Forecast) -> str:
    """The panel in words: first and last report, target, and where the line and its band end."""
    ends = [
        f"{_percent(one, p.numerator, p.denominator)} ({wording.long_date(p.as_of)})"
        for p in (one.points[0], one.points[-1])
    ]
    model = _models(one)[0]
    low, middle, high = (_share(one, share) for share in model.expected)
    until = wording.long_date(one.until)
    return (
        f"{named(one.indicator, one.row)}: {len(one.points)} laporan dari {ends[0]} sampai {ends[1]}; "
        f"target {wording.target(one.row)}; proyeksi linear {until} {middle}, rentang 80% {low} sampai {high}."
    )


def _percent(one: Forecast, numerator: int, denominator: int) -> str:
    return _share(one, Fraction(numerator, denominator))


def _ticks(one: Forecast) -> list[int]:
    """Around every report, the target, and the end of the band."""
    shares = [Fraction(p.numerator, p.denominator) for p in one.points] + [*map(Fraction, _models(one)[0].expected)]
    goal = [float(one.row.target.value)] if one.row.target else []
    return theme.percent_scale([float(share) * 100 for share in shares] + goal, _LEAST_SPAN, _MOST_STEPS)


def _tall(shown: Sequence[Forecast]) -> float:
    return -(-len(shown) // COLUMNS) * (_HEAD_MM + TALL_MM + _FOOT_MM)


def _ends(one: Forecast) -> list[tuple[float, str, str]]:
    """What stands at the right edge: value, text, colour."""
    end = _models(one)[0].expected[1]
    goal = [(float(one.row.target.value), f"target {wording.target(one.row)}", theme.INK)] if one.row.target else []
    return [(end * 100, _share(one, end), theme.ACCENT), *goal]


def _draw(shown: Sequence[Forecast]) -> str:
    total = _tall(shown)
    ends = theme.ends_mm(end for one in shown for end in _ends(one))
    with theme.style():
        drawing = Figure(figsize=(WIDTH_MM * theme.MM, total * theme.MM))
        for place, one in enumerate(shown):
            line, column = divmod(place, COLUMNS)
            left = _TICKS_MM + column * WIDTH_MM / COLUMNS
            bottom = total - (line + 1) * (_HEAD_MM + TALL_MM + _FOOT_MM) + _FOOT_MM
            axes = Axes(drawing, left, bottom, WIDTH_MM / COLUMNS - _TICKS_MM - ends, TALL_MM)
            title = named(one.indicator, one.row)
            axes.write((axes.left, axes.top + _TITLE_PT), title, theme.INK, theme.TITLE_PT, height="baseline")
            _draw_panel(axes, one)
        return theme.to_svg(drawing)


def _draw_panel(axes: Axes, one: Forecast) -> None:
    ticks, last = _ticks(one), one.used[-1].as_of.last
    margin = timedelta(days=20)
    span = one.points[0].as_of.first - margin, one.until + margin
    axes.scale(span, (ticks[0], ticks[-1]))
    theme.years(axes, span)
    axes.levels([(at, wording.tick(at)) for at in ticks])
    days = [last + (one.until - last) * n / _PIECES for n in range(_PIECES + 1)]
    course = projection.course(one.used, "linear")
    low, middle, high = zip(*([100 * share for share in course(day)] for day in days), strict=True)
    edges = [*zip(days, low, strict=True), *reversed([*zip(days, high, strict=True)])]
    axes.shape([(axes.x(day), axes.y(value)) for day, value in edges], _BAND)
    axes.line(days, middle, Pen(theme.ACCENT, 1.1))
    if one.row.target:
        goal = [float(one.row.target.value)] * 2
        axes.line(span, goal, Pen(theme.INK, 0.9, DASHED), above=2)
    for point in one.points:
        span = (point.as_of.first, point.as_of.last)
        theme.mark(axes, span, 100 * point.numerator / point.denominator, theme.ACCENT, 2.0, hollow=False)
    theme.name_ends(axes, _ends(one))
