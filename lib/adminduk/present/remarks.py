"""The office's own paragraphs as a bundle. What they hold besides paragraphs, headings, lists, bold and tables stays
text: HTML, code for a typesetter, and pictures, which are told by their words and address."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from adminduk.present.bundles import Bundle, escape

# What pandoc, and Quarto with it, would take for more than text: raw HTML and LaTeX, attributes, formulas, citations,
# pictures, and metadata between two lines of dashes.
_ACTIVE = re.compile(r"[<$@{}]|!(?=\[)|\\(?=[A-Za-z])|:(?=::)")
_DASHES = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def remark(text: str) -> Bundle:
    """The paragraphs, in Markdown."""
    shown = f'<div class="adminduk-remark">{_rendered()(text)}</div>'
    return Bundle("remark", {"markdown": text, "heading": ""}, shown, inert(text), text)


def inert(text: str) -> str:
    """The same Markdown without anything that another program would run, fetch or leave out."""
    return _ACTIVE.sub(lambda sign: f"&#{ord(sign[0])};", _DASHES.sub("***", text))


@cache
def _rendered() -> Any:
    import mistune

    class Renderer(mistune.HTMLRenderer):
        """Headings start below those of the page; a picture is its words; a link leads to the web or to a mail."""

        def heading(self, text: str, level: int, **attributes: Any) -> str:
            return f"<p><strong>{text}</strong></p>\n"

        def image(self, text: str, url: str, title: str | None = None) -> str:
            return f"{escape(text)} ({escape(url)})"

        def link(self, text: str, url: str, title: str | None = None) -> str:
            return f'<a href="{escape(url)}">{text}</a>' if _LINK.match(url) else text

    return mistune.create_markdown(renderer=Renderer(escape=True), plugins=["table", "strikethrough"])
