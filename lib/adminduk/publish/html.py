"""The executed notebook as one HTML file: for a phone, for a screen reader, for the web.

No code, no script, no request to any address. What came from a notebook is cleaned with a list of what may stay;
pictures stay only where they carry their own bytes.
"""

from __future__ import annotations

import base64
import re
import warnings
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bleach
from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from adminduk.present.bundles import MIME, escape
from adminduk.publish.outputs import PICTURES, alternative, document, shortened

warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)  # text may well be an address
_STYLE = Path(__file__).parent / "templates" / "naskah.css"
_GONE_WITH_CONTENT = ("script", "style", "template", "iframe", "object", "noscript")
_TAGS = frozenset(
    """a abbr b blockquote br caption code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img kbd li ol p
    pre q s small span strong sub sup table tbody td tfoot th thead tr u ul""".split()  # noqa: SIM905
)
_ATTRIBUTES = frozenset({"alt", "class", "colspan", "id", "lang", "rowspan", "scope", "start", "title", "value"})
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
# A browser asks no address and runs nothing, even if the list above had a hole.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SCROLLS = {"class": "gulir", "tabindex": "0", "role": "region", "aria-label": "tabel"}


def html(notebook: NotebookNode, name: str = "") -> str:
    """The whole page. ``name`` is its title when the notebook has none."""
    about = document(notebook)
    title, body = _title(list(_parts(notebook)))
    body = _without_empty_sections(body) if about else body
    title = title or name or "Naskah"
    full = " - ".join(filter(None, (title, about.get("region_name", ""), about.get("as_of_text", ""))))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(about.get("language", "id"))}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(full)}</title>",
            f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>",
            "</head>",
            "<body>",
            *_masthead(about, title),
            "<main>",
            *body,
            "</main>",
            *_foot(about),
            "</body>",
            "</html>",
            "",
        ]
    )


def clean(markup: str) -> str:
    """Markup with only what may stay: no script, no style, no picture or link that would ask another address."""
    soup = BeautifulSoup(markup, "html.parser")
    for element in soup.find_all(_GONE_WITH_CONTENT):
        element.decompose()
    cleaner = bleach.Cleaner(
        tags=_TAGS, attributes=_may_stay, protocols={"http", "https", "mailto", "data"}, strip=True
    )
    cleaned = BeautifulSoup(cleaner.clean(str(soup)), "html.parser")
    for picture in cleaned.find_all("img", alt=False):
        picture["alt"] = ""
    return str(cleaned)


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and _PICTURE.fullmatch(value) is not None
    if name == "href":
        return tag == "a" and _LINK.match(value) is not None
    return name in _ATTRIBUTES or name == "data-label"


def _title(parts: list[str]) -> tuple[str, list[str]]:
    """The first level-1 heading, which stands in the masthead, and the rest."""
    for place, part in enumerate(parts):
        soup = BeautifulSoup(part, "html.parser")
        heading = soup.find("h1")
        if heading is not None:
            text = heading.get_text().strip("¶ \n")
            heading.decompose()
            return text, [*parts[:place], str(soup), *parts[place + 1 :]]
    return "", parts


def _parts(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield _readable(_markdown(cell.source, cell.get("attachments", {})))
        for output in cell.get("outputs", []):
            yield from _output(output, cell)


def _readable(markup: str) -> str:
    """Tables scroll inside a frame of their own."""
    return _framed(BeautifulSoup(markup, "html.parser"))


class _Renderer(IPythonRenderer):
    """Markdown as JupyterLab shows it; pictures that were dragged into the cell as bytes of the page itself."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if url.startswith("attachment:"):
            kept = self.attachments.get(unquote(url.removeprefix("attachment:")), {})
            url = next((f"data:{kind};base64,{''.join(coded.split())}" for kind, coded in kept.items()), "")
        return super().image(text, url, title)

    def block_code(self, code: str, info: str | None = None) -> str:
        return super().block_code(code, info if unescape(info or "").strip() else None)


def _markdown(source: str, attachments: Mapping[str, Mapping[str, str]] | None = None) -> str:
    renderer = _Renderer(escape=False, exclude_anchor_links=True, attachments=attachments or {})
    return clean(MarkdownWithMath(renderer=renderer).render(source))


def _output(output: NotebookNode, cell: NotebookNode) -> Iterator[str]:
    if output.output_type == "stream":
        yield f"<pre>{escape(shortened(strip_ansi(output.text)))}</pre>"
    elif output.output_type == "error":
        yield f'<pre class="galat">{escape(shortened(strip_ansi(chr(10).join(output.traceback))))}</pre>'
    else:
        data = output.get("data", {})
        payload = data.get(MIME)
        if isinstance(payload, Mapping) and payload.get("kind") == "document":
            return
        yield _data(data, output, cell)


def _data(data: Mapping[str, Any], output: NotebookNode, cell: NotebookNode) -> str:
    if "text/html" in data:
        framed = _framed(BeautifulSoup(clean(data["text/html"]), "html.parser"))
        return f'<div class="keluaran">{framed}</div>'
    for kind in PICTURES:
        if kind in data:
            content = data[kind]
            coded = base64.b64encode(content.encode()).decode() if kind == "image/svg+xml" else content
            alt = escape(alternative(output, cell, kind))
            return clean(f'<p><img src="data:{kind};base64,{escape(coded)}" alt="{alt}"></p>')
    for kind in ("text/markdown", "text/latex"):
        if kind in data:
            return _readable(_markdown(data[kind]))
    if "text/plain" in data:
        return f"<pre>{escape(shortened(strip_ansi(data['text/plain'])))}</pre>"
    kinds = ", ".join(data) or "kosong"
    return f"<p>keluaran jenis {escape(kinds)} tidak dapat ditampilkan</p>"


def _framed(soup: BeautifulSoup) -> str:
    """Tables and charts in a frame of their own that scrolls, also from the keyboard, where the screen is narrow."""
    for table in soup.find_all("table"):
        if table.find_parent("table") is None and table.find_parent(class_="adminduk-summary") is None:
            name = table.caption.get_text() if table.caption else _SCROLLS["aria-label"]
            table.wrap(soup.new_tag("div", attrs={**_SCROLLS, "aria-label": name}))
    for picture in soup.select("figure.adminduk-figure img"):
        caption = picture.find_parent("figure").figcaption
        name = caption.get_text() if caption else "gambar"
        picture.wrap(soup.new_tag("div", attrs={**_SCROLLS, "aria-label": name}))
    return str(soup)


def _without_empty_sections(parts: list[str]) -> list[str]:
    """A report's headings under which nothing is said are left out, as on paper."""
    kept: list[str] = []
    following: int | None = 0  # level of the heading that comes next; 0 at the end; None for content
    for part in reversed(parts):
        level = _heading_alone(part)
        if level and following is not None and following <= level:
            continue
        if part.strip():
            following = level or None
        kept.append(part)
    return kept[::-1]


def _heading_alone(part: str) -> int:
    """The level of a part that is one heading and nothing else; 0 for any other."""
    elements = [node for node in BeautifulSoup(part, "html.parser").contents if str(node).strip()]
    names = [getattr(node, "name", None) or "" for node in elements]
    return int(names[0][1]) if len(names) == 1 and re.fullmatch(r"h[1-6]", names[0]) else 0


def _masthead(about: Mapping[str, Any], title: str) -> Iterator[str]:
    if about.get("simulated"):
        yield '<p class="simulasi">DATA SIMULASI - bukan angka resmi</p>'
    if not about:
        yield f"<header><h1>{escape(title)}</h1></header>"
        return
    name, when, meeting = (escape(about.get(key, "")) for key in ("region_name", "as_of_text", "meeting"))
    yield (
        f"<header><h1>{name}<small>{escape(title)}</small></h1><p>Keadaan {when}<small>{meeting}</small></p></header>"
    )


def _foot(about: Mapping[str, Any]) -> Iterator[str]:
    if about:
        code, name, period, sign = (about.get(key, "") for key in ("region_code", "region_name", "period", "data_hash"))
        told = (f"{code} {name}", period, f"sidik data {sign[:8]}", about.get("status", ""))
        yield f"<footer>{escape(' · '.join(filter(None, told)))}</footer>"
