"""The executed notebook as one HTML file: for a phone, for a screen reader, for the web.

No code, no script, no request to any address. What came from a notebook is cleaned with a list of what may stay;
pictures stay only where they carry their own bytes.
"""

from __future__ import annotations

import base64
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bleach
from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from adminduk.present.bundles import MIME, NOTHING, escape
from adminduk.publish.markdown import Snippet, pandoc, readable
from adminduk.publish.outputs import PICTURES, alternative, document, extent_told, shortened, streamed

warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)  # text may well be an address
_STYLE = Path(__file__).parent / "templates" / "naskah.css"
_SCRIPT = _STYLE.with_name("laman.lua")
_GONE_WITH_CONTENT = ("script", "style", "template", "iframe", "object", "noscript")
_TAGS = frozenset(
    """a abbr b blockquote br caption code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img kbd li ol p
    picture pre q s small source span strong sub sup table tbody td tfoot th thead tr u ul""".split()  # noqa: SIM905
)
_FORMULA = frozenset(
    """math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle msub
    msubsup msup mtable mtd mtext mtr munder munderover none semantics""".split()  # noqa: SIM905
)
_FORMULA_ATTRIBUTES = ("accent", "columnalign", "display", "fence", "form", "linethickness", "mathvariant", "stretchy")
_ATTRIBUTES = frozenset(
    {"alt", "class", "colspan", "id", "lang", "media", "rowspan", "scope", "start", "title", "value"}
)
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
# A browser asks no address and runs nothing, even if the list above had a hole.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SCROLLS = {"class": "gulir", "tabindex": "0", "role": "region", "aria-label": "tabel"}
_FIGURE = re.compile(r"[+\-−]?[\d.,\s]*\d\s*%?|NaN|-|–|")
_TO_THE_RIGHT = re.compile(r"text-align:\s*right", re.IGNORECASE)
# A formula goes round the cleaning as a number between two characters that no text of a cell may hold.
_HOLD, _HELD = re.compile("\ue000(\\d+)\ue001"), dict.fromkeys((0xE000, 0xE001))


def html(notebook: NotebookNode, name: str = "") -> str:
    """The whole page. ``name`` is its title when the notebook has none."""
    about = document(notebook)
    title, body = _title(_written(list(_parts(notebook))))
    body = _without_empty_sections(body) if about else body
    title = title or name or "Naskah"
    full = " - ".join(filter(None, (title, about.get("region_name", ""), about.get("as_of_text", ""))))
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{escape(about.get("language", "id"))}">',
            '<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(full)}</title>",
            f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>",
            "</head>\n<body>",
            *_masthead(about, title),
            "<main>",
            *body,
            "</main>",
            *_foot(about),
            "</body>\n</html>\n",
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
    for cell in soup.find_all(("td", "th"), style=_TO_THE_RIGHT):
        cell["class"] = "right"
    cleaned = BeautifulSoup(cleaner.clean(str(soup)), "html.parser")
    for picture in cleaned.find_all("img", alt=False):
        picture["alt"] = ""
    return str(cleaned)


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name in ("src", "srcset"):
        return (tag, name) in (("img", "src"), ("source", "srcset")) and _PICTURE.fullmatch(value) is not None
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


def _parts(notebook: NotebookNode) -> Iterator[str | Snippet]:
    """Everything the notebook shows, in its order; a snippet is still Markdown."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield Snippet("", cell.source, attachments=cell.get("attachments", {}))
        for output in cell.get("outputs", []):
            yield from _output(output, cell)


def _written(parts: Sequence[str | Snippet]) -> list[str]:
    """All parts as HTML."""
    snippets = [part for part in parts if isinstance(part, Snippet)]
    texts = [{"text": readable(part).translate(_HELD), "literal": part.literal} for part in snippets]
    if not texts:
        return [str(part) for part in parts]
    answers = iter(pandoc(_SCRIPT, texts))
    return [_markdown(next(answers), part.attachments) if isinstance(part, Snippet) else part for part in parts]


def _markdown(answer: Mapping[str, Any], attachments: Mapping[str, Mapping[str, str]]) -> str:
    """Cleaned HTML of one cell; pictures that were dragged into the cell as bytes of the page itself."""
    soup = BeautifulSoup(answer["markup"], "html.parser")
    for picture in soup.find_all("img", src=re.compile("^attachment:")):
        kept = attachments.get(unquote(picture["src"].removeprefix("attachment:")), {})
        picture["src"] = next((f"data:{kind};base64,{''.join(coded.split())}" for kind, coded in kept.items()), "")
    formulas = dict(enumerate(_formula(**formula) for formula in answer["formulas"]))
    cleaned = BeautifulSoup(clean(str(soup)), "html.parser")
    for text in cleaned.find_all(string=_HOLD):  # in text only: inside an attribute a formula could end it
        told = _HOLD.sub(lambda found: formulas.get(int(found[1]), ""), escape(text))
        text.replace_with(BeautifulSoup(told, "html.parser"))
    return _framed(cleaned)


def _formula(markup: str, text: str) -> str:
    """MathML of known elements only; what pandoc cannot set stands there as it was written."""
    soup = BeautifulSoup(markup, "html.parser")
    for note in soup.find_all("annotation"):
        note.decompose()
    elements = soup.find_all(True)
    if soup.math is None or any(element.name not in _FORMULA for element in elements):
        return f"<code>{escape(text)}</code>"
    for element in elements:
        element.attrs = {name: value for name, value in element.attrs.items() if name in _FORMULA_ATTRIBUTES}
    return str(soup)


def _output(output: NotebookNode, cell: NotebookNode) -> Iterator[str | Snippet]:
    if output.output_type == "stream":
        text = streamed(output)
        if text:
            yield f"<pre>{escape(text)}</pre>"
    elif output.output_type == "error":
        yield f'<pre class="galat">{escape(shortened(strip_ansi(chr(10).join(output.traceback))))}</pre>'
    else:
        data = output.get("data", {})
        payload = data.get(MIME)
        if isinstance(payload, Mapping) and payload.get("kind") in ("document", NOTHING):
            return
        if isinstance(payload, Mapping) and payload.get("kind") == "remark":
            yield Snippet("", payload.get("markdown", ""), literal=True)
            return
        yield _data(data, output, cell)


def _data(data: Mapping[str, Any], output: NotebookNode, cell: NotebookNode) -> str | Snippet:
    if "text/html" in data:
        framed = _framed(BeautifulSoup(clean(extent_told(data["text/html"])), "html.parser"))
        return f'<div class="keluaran">{framed}</div>'
    for kind in PICTURES:
        if kind in data:
            content = data[kind]
            coded = base64.b64encode(content.encode()).decode() if kind == "image/svg+xml" else content
            alt = escape(alternative(output, cell, kind))
            return clean(f'<p><img src="data:{kind};base64,{escape(coded)}" alt="{alt}"></p>')
    for kind in ("text/markdown", "text/latex"):
        if kind in data:
            return Snippet("", data[kind])
    if "text/plain" in data:
        return f"<pre>{escape(shortened(strip_ansi(data['text/plain'])))}</pre>"
    kinds = ", ".join(data) or "kosong"
    return f"<p>keluaran jenis {escape(kinds)} tidak dapat ditampilkan</p>"


def _framed(soup: BeautifulSoup) -> str:
    """Tables in a frame of their own that scrolls, also from the keyboard; on a phone their rows become cards."""
    for table in soup.find_all("table"):
        if table.find_parent(class_="adminduk-summary") is None and table.find_parent("table") is None:
            _label(table)
            name = table.caption.get_text() if table.caption else _SCROLLS["aria-label"]
            table.wrap(soup.new_tag("div", attrs={**_SCROLLS, "aria-label": name}))
    return str(soup)


def _label(table: Tag) -> None:
    """Each cell says its column, for a phone, and a column of figures stands to the right.

    Cells are counted from the right: what a cell above reaches down into stands at the left.
    """
    heads = [_spread(row) for row in table.select("thead tr")]
    wide = max(map(len, heads), default=0)
    full = [[cell.get_text() for cell in head] for head in heads if len(head) == wide]
    words = [": ".join(dict.fromkeys(filter(None, map(str.strip, told)))) for told in zip(*full, strict=True)]
    rows = [_spread(row) for row in table.select("tbody tr")]
    for place in range(1, wide + 1):
        column = [row[-place] for row in rows if len(row) >= place and not row[-place].has_attr("colspan")]
        for cell in (cell for cell in column if cell.name == "td"):
            cell["data-label"] = words[-place]
        if column and not table.find_parent(class_="adminduk-table") and _are_figures(column):
            for cell in (*column, *(head[-place] for head in heads if len(head) == wide)):
                cell["class"] = "right"


def _are_figures(cells: Sequence[Tag]) -> bool:
    texts = [cell.get_text().strip() for cell in cells]
    return all(map(_FIGURE.fullmatch, texts)) and any(re.search(r"\d", text) for text in texts)


def _spread(row: Tag) -> list[Tag]:
    """The cells of a row, one for each column that they reach over."""
    cells = row.find_all(("td", "th"), recursive=False)
    reach = [int(re.sub(r"\D", "", cell.get("colspan", ""))[:2] or 1) for cell in cells]
    return [cell for cell, columns in zip(cells, reach, strict=True) for _ in range(columns)]


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
        yield '<aside class="simulasi" aria-label="Peringatan">DATA SIMULASI - bukan angka resmi</aside>'
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
