"""What Quarto is documented to do with an executed notebook, done with pandoc and Typst of our own environment."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pikepdf
import pypandoc
import pypdfium2
import typst

from adminduk.publish.compiler import font_folders
from adminduk.publish.quarto import PARTIALS

# What only our own page 1 has: how to read its bars, and on which page the sources stand.
OURS_ALONE = {
    "Batang", "mulai", "dari", "nol", "garis", "tegak", "target", "segitiga", "provinsi", "berongga", "berarsir",
    "setengah", "data", "lama", "angka", "publikasi", "Sumber", "dan", "metode", "halaman",
}  # fmt: skip
# The skeleton as Quarto documents it: definitions, the template, its own page, our show rule, the text.
SKELETON = """\
#let horizontalrule = line(start: (25%,0%), end: (75%,0%))

$typst-template.typ()$

#set page(paper: "us-letter", margin: (x: 1.25in, y: 1.25in), numbering: none)

$for(header-includes)$
$header-includes$
$endfor$

$typst-show.typ()$

$body$
"""


def markdown(notebook: Path) -> str:
    """Cells in their order: text as it stands, outputs as text/markdown in the boxes that Quarto puts around them."""
    written = []
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "markdown":
            written.append(cell.source)
            continue
        outputs = [output.data["text/markdown"] for output in cell.outputs if "text/markdown" in output.get("data", {})]
        boxes = [f"::: {{.cell-output .cell-output-display .cell-output-markdown}}\n{text}\n:::" for text in outputs]
        if boxes:
            written.append("\n\n".join(["::: {.cell}", *boxes, ":::"]))
    return "\n\n".join(written)


def typst_of(text: str, folder: Path) -> str:
    """The Typst source that pandoc makes of it with our partials and filter."""
    for path in PARTIALS.iterdir():
        shutil.copy(path, folder / path.name)
    (folder / "template.typ").write_text(SKELETON, encoding="utf-8")
    (folder / "naskah.md").write_text(text, encoding="utf-8")
    subprocess.run(
        [
            pypandoc.get_pandoc_path(), "naskah.md", "--from=markdown", "--to=typst", "--standalone", "--wrap=none",
            "--template=template.typ", "--lua-filter=naskah.lua", "--metadata=lang:id", "--output=naskah.typ",
        ],
        cwd=folder, check=True,
    )  # fmt: skip
    return (folder / "naskah.typ").read_text(encoding="utf-8")


def pdf_of(notebook: Path, folder: Path) -> Path:
    """The PDF/UA-1 of an executed notebook by this road."""
    typst_of(markdown(notebook), folder)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=font_folders())
    compiler = typst.Compiler(folder / "naskah.typ", root=folder, font_paths=fonts)
    content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=datetime(2024, 11, 12, tzinfo=UTC))
    (folder / "naskah.pdf").write_bytes(content)
    return folder / "naskah.pdf"


def text_of(pdf: Path) -> str:
    """The text of all pages with single spaces; marks of no width and addresses, which may break anywhere, left out."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    text = "\n".join(pages).replace("\u200b", "").replace("\ufffe", "-")
    return " ".join(text.split())


def words_of(pdf: Path) -> set[str]:
    """Words and figures; of an address nothing."""
    text = re.sub(r"https?:\S*( \S*[/.-]\S*)*", " ", text_of(pdf))
    return {word.strip(".,;:()[]“”\"'") for word in text.split()} - {""}


def outline(pdf) -> list[str]:
    def titles(items):
        for item in items:
            yield str(item.title)
            yield from titles(item.children)

    with pikepdf.Pdf.open(pdf) as document, document.open_outline() as found:
        return [*titles(found.root)]
