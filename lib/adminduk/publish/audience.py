"""Who may have a file of an edition. The only place where that is decided."""

from __future__ import annotations

from collections.abc import Collection

from adminduk.publish.manifest import Artefact


def may_receive(regions: Collection[str], artefact: Artefact) -> bool:
    """Whether people of these regions (codes) may have the file; nobody gets what has no known audience.

    ``publik``: everybody of the meeting; ``daerah``: the region's own people; ``internal``: the province's office.
    """
    match artefact.audience:
        case "publik":
            return bool(regions)
        case "daerah":
            return artefact.region in regions
        case "internal":
            return any(_is_province(code) for code in regions)
        case _:
            return False


def _is_province(code: str) -> bool:
    """Codes of provinces have no dot: 64, but 64.71."""
    return len(code) == 2 and code.isdigit()
