"""Findings as the terminal shows them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from adminduk.basis.catalog import Catalog
from adminduk.basis.checks import SEVERITIES, Finding
from adminduk.basis.places import Places
from adminduk.present import wording
from adminduk.present.findings import sentence

_WIDTH, _INDENT = 110, 11  # characters, of a line and before the text of a finding


def listing(findings: Iterable[Finding], catalog: Catalog, places: Places) -> Iterator[str]:
    """Findings for the terminal: a line with the region, then each finding with its rule and its cells.

    What is the same of several regions and has no cells, such as that nothing was reported, is told once.
    """
    findings = list(findings)
    shared = _shared(findings, catalog)
    alone = [found for found in findings if not any(found in group for group in shared.values())]
    for code, own in groupby(alone, key=lambda found: found.region_code):
        yield f"{code} {_name(code, places)}"
        for found in own:
            yield from _told(found, catalog)
        yield ""
    for group in shared.values():
        names = wording.listing([_name(found.region_code, places) for found in group])
        yield from textwrap.wrap(f"{len(group)} daerah: {names}", _WIDTH, subsequent_indent="  ")
        yield from _told(group[0], catalog)
        yield ""
    tally = Counter(found.severity for found in findings)
    counted = ", ".join(f"{wording.number(tally[severity])} {severity}" for severity in SEVERITIES)
    yield f"{wording.number(len(findings))} temuan: {counted}." if findings else "Tidak ada temuan."


def _told(found: Finding, catalog: Catalog) -> Iterator[str]:
    told = f"{found.severity:<{_INDENT - 2}}{sentence(found, catalog)} [{found.rule}]"
    for text in (told, found.origin):
        first = "  " if text is told else " " * _INDENT
        yield from textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=" " * _INDENT)


def _shared(findings: Iterable[Finding], catalog: Catalog) -> dict[tuple[str, str], list[Finding]]:
    """Findings without cells that say the same of more than one region."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for found in findings:
        if not found.origin:
            groups.setdefault((found.severity, sentence(found, catalog)), []).append(found)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _name(code: str, places: Places) -> str:
    place = places.by_code(code)
    return f"{wording.capital(place.kind)} {place.name}" if place else ""
