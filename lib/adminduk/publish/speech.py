"""The text to be read out as a Word file: real styles, A4, Indonesian, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from adminduk.measure.briefing import Briefing
from adminduk.present import speech, wording

LANGUAGE = "id-ID"
_SIMULATED = "DATA SIMULASI - bukan angka resmi"
_A4, _MARGIN, _TOP = (Mm(210), Mm(297)), Mm(25), Mm(30)
_TYPEFACE = "Arial"  # every office has it, or one as wide
# Large enough to be read standing.
_SIZES = {"Normal": 13, "List Number": 13, "List Bullet": 13, "Heading 1": 14, "Subtitle": 12, "Title": 22}
_SMALL = {"Header": 9, "Footer": 9}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_INK, _PRESSING = RGBColor(0x14, 0x18, 0x1B), RGBColor(0xB5, 0x40, 0x2A)


def speech_docx(briefing: Briefing) -> bytes:
    """The editable text in the spoken order, every number as it stands in the reports."""
    document = Document()
    _lay_out(document)
    _head(document, briefing)
    for paragraph in speech.paragraphs(briefing):
        document.add_paragraph(paragraph.text, style=paragraph.style)
    _describe(document, briefing)
    written = io.BytesIO()
    document.save(written)
    return _repacked(written.getvalue())


def _lay_out(document: WordDocument) -> None:
    """Paper, and the looks of the styles that are used."""
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.left_margin = section.right_margin = section.bottom_margin = _MARGIN
    section.top_margin = _TOP
    for name, size in (_SIZES | _SMALL).items():
        style = document.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), _INK, False
        _set_typeface(style)
        style.paragraph_format.space_after = Pt(0 if name in _SMALL else 8)
        style.paragraph_format.line_spacing = 1.0 if name in _SMALL else 1.25
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _set_typeface(style: Any) -> None:
    """One typeface by its name; that of the theme would go before it."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), _TYPEFACE)


def _head(document: WordDocument, briefing: Briefing) -> None:
    """Region and period on every page, that figures are simulated, and the number of the page."""
    section = document.sections[0]
    top = section.header.paragraphs[0]
    top.text = f"{briefing.region.name}, keadaan {wording.long_date(briefing.period.as_of)}"
    if briefing.is_simulated:
        warning = top.insert_paragraph_before(style=top.style).add_run(_SIMULATED)
        warning.bold, warning.font.color.rgb = True, _PRESSING
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(foot, "PAGE")
    foot.add_run(" dari ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A number that Word works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _describe(document: WordDocument, briefing: Briefing) -> None:
    """Properties that depend on nothing but the briefing."""
    day, own = briefing.period.as_of, document.core_properties
    own.title = f"Bahan sambutan {briefing.region.name}, {wording.long_date(day)}"
    own.language, own.author, own.last_modified_by, own.comments = LANGUAGE, "", "", ""
    own.created = own.modified = datetime(day.year, day.month, day.day)
    own.revision = 1


def _repacked(content: bytes) -> bytes:
    """The same parts in an archive that bears no time of its making."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
