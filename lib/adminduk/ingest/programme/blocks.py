"""The sections of a period's file as text, and the one block of it that is replaced while the rest stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml

from adminduk.basis.programme import ProgramLine

PROGRAM = "program"


class _Dumper(yaml.SafeDumper):
    """Numbers and dates as they are written by hand, lists below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value.normalize(), "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _months(dumper: yaml.SafeDumper, value: tuple) -> yaml.SequenceNode:
    """Short lists stand in one row."""
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(tuple, _months)


def block(sections: Mapping[str, Any]) -> str:
    """Sections as block YAML; a tuple stands in one row, a list below its key."""
    return yaml.dump(
        dict(sections), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False
    )


def program_block(lines: Sequence[ProgramLine]) -> str:
    """The section ``program``; what a line need not say is left out."""
    return block({PROGRAM: [stated(line) for line in lines]})


def stated(line: ProgramLine) -> dict[str, Any]:
    """A line as its file says it, in the order of the documents."""
    told = line.model_dump()
    unsaid = {"kode_sub_kegiatan": "", "bulan": (), "catatan": "", "lokasi": line.pelaksana}
    return {key: value for key, value in told.items() if key not in unsaid or value != unsaid[key]}


def replaced(text: str, lines: Sequence[ProgramLine]) -> str:
    """The file with those lines in place of its section ``program``; every other character stays.

    Where there is none it stands at the end. Comments inside the section belong to it; those below its last line
    do not. ValueError for a file that is no block mapping.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    written = program_block(lines).replace("\n", newline)
    start, end = _place(text)
    if start == end and start and not text.endswith("\n"):
        written = newline + written
    return text[:start] + written + text[end:]


def _place(text: str) -> tuple[int, int]:
    """Where the section begins and ends, in characters; both at the end of the file where there is none."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    if root is None:
        return len(text), len(text)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise ValueError("bukan kelompok kunci yang ditulis baris demi baris")
    for key, value in root.value:
        if key.value == PROGRAM:
            last = max(key.end_mark.index, _last(value))
            below = text.find("\n", last)
            return key.start_mark.index, len(text) if below < 0 else below + 1
    return len(text), len(text)


def _last(node: yaml.Node) -> int:
    """Where the last thing of a node ends: a block's own mark lies behind the comments that follow it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return node.end_mark.index if node.end_mark.index > node.start_mark.index else 0
    parts = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return max(map(_last, parts), default=0)
