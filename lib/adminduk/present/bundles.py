"""One displayed word of a report: the same content for paper, for the web, for Quarto and as plain text.

``application/vnd.adminduk+json`` is what the exporter reads; JupyterLab and the web take ``text/html``;
Quarto and pandoc take ``text/markdown``. Nothing in a payload is markup: every reader escapes for itself.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

MIME = "application/vnd.adminduk+json"
VERSION = 1
NOTHING = "nothing"  # the kind of what only a notebook shows
Item = tuple[str, str]  # of a numbered list: subject, sentence
NARROW = "screen and (max-width: 47rem)"
# For JupyterLab, which sets every cell of a table to the right and, in its dark theme, puts drawings on black. The
# page of its own has a style sheet, and leaves this out with the head.
_DESK_STYLE = """<style>
.jp-RenderedHTMLCommon [class^="adminduk-"] img { background: #fff; }
.jp-RenderedHTMLCommon .adminduk-figure { margin: 0; }
.jp-RenderedHTMLCommon .adminduk-figure img { padding: .5rem; }
.jp-RenderedHTMLCommon [class^="adminduk-"] :is(caption, figcaption) { text-align: left; font-weight: 600; }
.jp-RenderedHTMLCommon [class^="adminduk-"] :is(th, td) { text-align: left; vertical-align: top; }
.jp-RenderedHTMLCommon [class^="adminduk-"] :is(th, td).right { text-align: right; white-space: pre; }
.jp-RenderedHTMLCommon [class^="adminduk-"] th.spanner { text-align: center; }
</style>"""
_SVG = "http://www.w3.org/2000/svg"
# Points kept free above, below and beside what is drawn, for letters: a phone without our typeface takes wider ones.
_LETTER, _BELOW, _BESIDE = 9.0, 5.0, 10.0


@dataclass(frozen=True)
class Bundle:
    """What a word of a report displays. ``payload`` is JSON; its ``kind`` says how it is set."""

    kind: str
    payload: dict[str, Any]
    html: str
    markdown: str
    plain: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        return {
            MIME: {"version": VERSION, "kind": self.kind, **self.payload},
            "text/html": self.html,
            "text/markdown": self.markdown,
            "text/plain": self.plain,
        }

    def __repr__(self) -> str:
        return self.plain


def escape(text: str) -> str:
    """Text as HTML text."""
    return html.escape(text, quote=True)


def markdown_text(text: str) -> str:
    """Text as Markdown text: every character that could mean something to Markdown is escaped."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$@^'\":&=])", r"\\\1", text)


def sentences(texts: Sequence[str], role: str) -> Bundle:
    """Generated sentences. ``role``: message (page 1), reading (how to read), answer."""
    kept = [text for text in texts if text]
    return Bundle(
        "sentence",
        {"texts": kept, "role": role},
        f'<div class="adminduk-{role}">' + "".join(f"<p>{escape(text)}</p>" for text in kept) + "</div>",
        "\n\n".join(map(markdown_text, kept)),
        "\n".join(kept),
    )


def numbered(found: Sequence[Item]) -> Bundle:
    """Items that a meeting can call by their number."""
    lines = [f"{subject}. {text}" for subject, text in found]
    body = "".join(f"<li><strong>{escape(subject)}.</strong> {escape(text)}</li>" for subject, text in found)
    return Bundle(
        "numbered",
        {"items": [{"subject": subject, "text": text} for subject, text in found]},
        f'<div class="adminduk-numbered"><ol>{body}</ol></div>',
        "\n".join(f"{place}. {markdown_text(line)}" for place, line in enumerate(lines, 1)),
        "\n".join(f"{place}. {line}" for place, line in enumerate(lines, 1)),
    )


def nothing() -> Bundle:
    """What a notebook shows where a report has nothing to say: paper and the page of its own leave it out."""
    told = "Tidak ada isi di sini untuk wilayah ini. Bagian tanpa isi tidak dicetak, begitu pula judulnya."
    line = f'<p class="adminduk-nothing"><em>{told}</em></p>'
    return Bundle(NOTHING, {}, line, "::: {.adminduk-nothing}\n:::", "")


def document(payload: dict[str, Any]) -> Bundle:
    """What stands at the head of every page, and the stamp at its foot."""
    line = f"{payload['region_name']} · keadaan {payload['as_of_text']}"
    if payload["simulated"]:
        line += " · DATA SIMULASI – bukan angka resmi"
    shown = f'{_DESK_STYLE}<p class="adminduk-document">{escape(line)}</p>'
    return Bundle("document", payload, shown, f"::: {{{_stamp(payload)}}}\n{markdown_text(line)}\n:::", line)


def _stamp(payload: dict[str, Any]) -> str:
    """The same for a template of pandoc: attributes of a block, by which Quarto's page is headed and stamped."""
    foot = (f"{payload['region_code']} {payload['region_name']}", payload["period"])
    foot += (f"sidik data {payload['data_hash'][:8]}", payload["status"])
    stamp = {
        "wilayah": payload["region_name"],
        "keadaan": payload["as_of_text"],
        "rapat": payload["meeting"],
        "kaki": " · ".join(filter(None, foot)),
        "simulasi": "ya" if payload["simulated"] else "",
    }
    return " ".join([".adminduk-document", *(f'{key}="{_attribute(text)}"' for key, text in stamp.items())])


def figure(payload: dict[str, Any]) -> Bundle:
    """A chart as SVG with its message, alt text, unit, date and sources."""
    address = svg_address(payload["svg"])
    narrow = f'<source media="{NARROW}" srcset="{svg_address(stacked(payload["svg"]))}">'
    under = " · ".join(filter(None, (payload["unit"], payload["date"], source_line(payload["sources"]))))
    caption, alt = payload["caption"], payload["alt"]
    return Bundle(
        "figure",
        payload,
        f'<figure class="adminduk-figure"><figcaption>{escape(caption)}</figcaption>'
        f'<picture>{narrow}<img src="{address}" alt="{escape(alt)}"></picture>'
        f'<p class="adminduk-under">{escape(under)}</p></figure>',
        f'![{markdown_text(caption)}]({address}){{fig-alt="{_attribute(alt)}"}}\n\n{markdown_text(under)}',
        f"{caption}\n{alt}",
    )


def svg_address(svg: str) -> str:
    """A drawing as an address that carries its own bytes."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def stacked(svg: str) -> str:
    """The same drawing in one column, for a phone: panels, or the parts beside each other, one below the other.

    ``svg`` is matplotlib's: one group for each pair of axes, all in the points of the view box.
    """
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(svg)
    parts = _parts(root, float(root.get("viewBox", "").split()[2]))
    wide = max((max(right, _reach(group)) - left for group, left, right in parts), default=0.0)
    down = 0.0
    for group, left, _ in parts:
        heights = [y for _, y in _points(group)]
        top, bottom = min(heights) - _LETTER, max(heights) + _BELOW
        group.set("transform", f"translate({0 - left:g} {down - top:g})")
        down += bottom - top
    root.set("viewBox", f"{-_BESIDE:g} 0 {wide + 2 * _BESIDE:g} {down:g}")
    root.set("width", f"{wide + 2 * _BESIDE:g}pt")
    root.set("height", f"{down:g}pt")
    return ElementTree.tostring(root, encoding="unicode")


def _reach(group: ElementTree.Element) -> float:
    """About how far the texts reach to the right that start at their place: six tenths of their size a letter."""
    ends = [0.0]
    for text in group.iter(f"{{{_SVG}}}text"):
        size = re.search(r"font-size: ([\d.]+)px", text.get("style", ""))
        if size and text.get("x") and "text-anchor: " not in text.get("style", "").replace("text-anchor: start", ""):
            ends.append(float(text.get("x", 0)) + 0.6 * float(size[1]) * len("".join(text.itertext())))
    return max(ends)


def _parts(root: ElementTree.Element, wide: float) -> list[tuple[ElementTree.Element, float, float]]:
    """What is set one below the other: groups, each with the left and right edge of its column."""
    axes = [group for group in root.iter(f"{{{_SVG}}}g") if group.get("id", "").startswith("axes_")]
    if len(axes) == 1 and (cut := _gap(axes[0], wide)):
        right = ElementTree.SubElement(axes[0], f"{{{_SVG}}}g")
        left = ElementTree.SubElement(axes[0], f"{{{_SVG}}}g")
        for child in list(axes[0])[:-2]:
            axes[0].remove(child)
            if points := _points(child):  # an axis without ticks has none
                (left if min(points)[0] < cut[1] else right).append(child)
        return [(left, 0.0, cut[0]), (right, cut[1], wide)]
    middle = wide / 2
    edges = [middle * (min(x for x, _ in _points(group)) >= middle) for group in axes]
    return [(group, edge, edge + middle) for group, edge in zip(axes, edges, strict=True)]


def _gap(axes: ElementTree.Element, wide: float) -> tuple[float, float] | None:
    """The widest empty band between what is drawn, left to right, if it is a tenth of the whole; texts by anchor."""
    spans = sorted((min(xs), max(xs)) for child in axes if (xs := [x for x, _ in _points(child)]))
    ends = [max(right for _, right in spans[: n + 1]) for n in range(len(spans))]
    bands = [(end, later[0]) for end, (_, later) in zip(ends, pairwise(spans), strict=False)]
    widest = max(bands, key=lambda band: band[1] - band[0], default=(0.0, 0.0))
    return (widest[0] + 1, widest[1] - 1) if widest[1] - widest[0] > wide / 10 else None


def _points(group: ElementTree.Element) -> list[tuple[float, float]]:
    """The corners of paths and the places of texts and marks; shapes that are only defined have none."""
    points: list[tuple[float, float]] = []
    for child in group:
        if child.tag == f"{{{_SVG}}}defs":
            continue
        if child.get("x") and child.get("y"):
            points.append((float(child.get("x", 0)), float(child.get("y", 0))))
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", child.get("d", ""))]
        points += [*zip(numbers[::2], numbers[1::2], strict=True), *_points(child)]
    return points


def source_line(numbers: Sequence[int]) -> str:
    return f"Sumber: {', '.join(map(str, sorted(numbers)))}" if numbers else ""


def _attribute(text: str) -> str:
    """Text inside a quoted attribute of pandoc's Markdown."""
    return re.sub(r'(["\\`$*_<>\[\]{}])', r"\\\1", " ".join(text.split()))


def checklist(caption: str, items: Sequence[tuple[str, str]], notes: Sequence[str]) -> Bundle:
    """Things an office can do, one by one, with an empty box to tick."""
    payload = {
        "caption": caption,
        "items": [{"text": text, "detail": detail} for text, detail in items],
        "notes": list(notes),
    }
    body = "".join(
        f"<li>{escape(text)}" + (f"<br><small>{escape(detail)}</small>" if detail else "") + "</li>"
        for text, detail in items
    )
    ends = "".join(f'<p class="adminduk-under">{escape(note)}</p>' for note in notes)
    lines = [f"☐ {text}" + (f" ({detail})" if detail else "") for text, detail in items]
    return Bundle(
        "checklist",
        payload,
        f'<div class="adminduk-checklist"><p><strong>{escape(caption)}</strong></p>{ends}<ul>{body}</ul></div>',
        "\n\n".join([*map(markdown_text, (caption, *notes)), "\n".join(f"- {markdown_text(line)}" for line in lines)]),
        "\n".join([caption, *notes, *lines]),
    )


def notes(blocks: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> Bundle:
    """Blocks of (heading, paragraphs, items): methods, definitions, findings."""
    payload = {"blocks": [{"heading": h, "paragraphs": list(p), "items": list(i)} for h, p, i in blocks]}
    markup, text, plain = [], [], []
    for heading, paragraphs, items in blocks:
        markup.append(f"<h3>{escape(heading)}</h3>" + "".join(f"<p>{escape(p)}</p>" for p in paragraphs))
        text += [f"### {markdown_text(heading)}", *map(markdown_text, paragraphs)]
        plain += [heading, *paragraphs, *(f"- {item}" for item in items)]
        if items:
            markup.append("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>")
            text.append("\n".join(f"- {markdown_text(item)}" for item in items))
    return Bundle(
        "notes", payload, f'<div class="adminduk-notes">{"".join(markup)}</div>', "\n\n".join(text), "\n".join(plain)
    )


def source_list(items: Sequence[dict[str, Any]], notes: Sequence[str] = (), heading: str = "") -> Bundle:
    """The numbered sources: number, title, published, address, note; ``notes`` explain their signs, ``heading`` stands
    above them among the notes of a report."""
    markup, text, plain = [], [], []
    for item in items:
        tail = ". ".join(filter(None, (item["published"], item["note"])))
        line = f"{item['title']}. {tail}".strip()
        linked = item["address"].startswith(("http://", "https://"))
        shown = escape(item["address"])
        place = f'<a href="{shown}">{shown}</a>' if linked else shown
        markup.append(f'<li value="{item["number"]}">{escape(line)}<br>{place}</li>')
        text.append(f"{item['number']}. {markdown_text(line)} {markdown_text(item['address'])}")
        plain.append(f"{item['number']}. {line} {item['address']}")
    head = [f"### {markdown_text(heading)}"] if heading else []
    return Bundle(
        "sources",
        {"items": list(items), "notes": list(notes), "heading": heading, "level": 3},
        (f"<h3>{escape(heading)}</h3>" if heading else "")
        + f'<ol class="adminduk-sources">{"".join(markup)}</ol>'
        + "".join(f'<p class="adminduk-under">{escape(note)}</p>' for note in notes),
        "\n\n".join([*head, "\n".join(text), *map(markdown_text, notes)]),
        "\n".join([*plain, *notes]),
    )
