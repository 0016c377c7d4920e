"""Reproducible briefing packs for civil registration in East Kalimantan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adminduk.report import Report, open_report

__all__ = ["Report", "open_report"]


def __getattr__(name: str) -> Any:
    """The notebooks' door, opened when it is used: the command line does not wait for charts."""
    if name in __all__:
        from adminduk import report

        return getattr(report, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
