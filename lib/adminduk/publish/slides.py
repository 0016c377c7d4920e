"""The speaker's slides: Typst source from what ``present.slides`` says, and its PDF/UA-1."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adminduk.basis.paths import Paths
from adminduk.present.opening import Opened, open_briefing
from adminduk.present.slides import TITLE, Slide, slides
from adminduk.publish.compiler import Naskah, compile_pdf
from adminduk.publish.plan import Job
from adminduk.publish.typeset import literal

NAME = "salindia"
# kind of slide: function of the template
_KINDS = {"summary": "ringkas", "indicator": "indikator", "list": "daftar", "sources": "sumber"}


def print_slides(job: Job, paths: Paths) -> Path:
    """Print the slides of a region and period beside its report; the path of the PDF."""
    opened = open_briefing(paths, job.region.code, job.period.key, job.data)
    path = job.desk(paths) / f"{job.beside(NAME)}.pdf"
    content = compile_pdf(slides_source(opened))
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}")
    made.write_bytes(content)
    os.replace(made, path)
    return path


def slides_source(opened: Opened) -> Naskah:
    """The Typst source: a function of the briefing alone."""
    stamp = opened.stamp
    lines = [
        f'#import "{NAME}.typ": *',
        "#show: salindia.with(",
        f"  dokumen: {literal(stamp)},",
        f"  judul-pdf: {literal(_full_title(stamp))},",
        ")",
    ]
    places = []
    for number, slide in enumerate(slides(opened.briefing, opened.numbers), start=1):
        places.append((len(lines) + 1, f"salindia {number}"))
        lines.append(_called(slide, stamp))
    return Naskah("\n".join(lines) + "\n", {}, stamp["date"], tuple(places))


def _called(slide: Slide, stamp: Mapping[str, Any]) -> str:
    if slide["kind"] == "title":
        return f"#sampul({literal(slide)}, simulasi: {literal(stamp['simulated'])})"
    return f"#{_KINDS[slide['kind']]}({literal(slide)})"


def _full_title(stamp: Mapping[str, Any]) -> str:
    return f"Salindia {TITLE[:1].lower()}{TITLE[1:]} - {stamp['region_name']} - {stamp['as_of_text']}"
