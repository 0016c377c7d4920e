"""The office's own paragraphs: a Markdown file for one region at one period, and one for a single document of it.

``params/remarks/2024-11-12/64.71.md`` is for the region's report, ``64_harmonisasi_program.md`` for the notebook of
that name. They speak of real figures: beside simulated ones stand those that the simulated dataset brings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from adminduk.basis.errors import ParameterError, Problem, suggestion
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Regions

_MOVE = "pindahkan, ganti namanya, atau hapus"
_MOST_BYTES = 60_000  # some twenty pages: more than that is no remark
# A number that may name a person: sixteen digits, together or parted by one sign throughout. Years in a row are none.
_PERSON = re.compile("|".join(rf"(?<![\d.,])\d(?:{sign}\d){{15}}(?!{sign}\d)" for sign in ("", " ?", "[.]?", "[-]?")))
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ .-]){3}(?:19|20)\d\d")


def load_remarks(paths: Paths, period: str, code: str, data: str = "") -> dict[str, str]:
    """The texts of a region by the notebook they are for ("" for the report itself); none is a dict without entries.

    ``data`` names a simulated dataset, whose own texts are taken instead. ParameterError with every mistake.
    """
    found = {path.stem.removeprefix(code).removeprefix("_"): path for path in remark_files(paths, period, code, data)}
    problems = [problem for path in found.values() for problem in _wrong(path, paths.relative(path))]
    if problems:
        raise ParameterError(*problems)
    texts = {name: path.read_text(encoding="utf-8-sig").strip() for name, path in found.items()}
    return {name: text for name, text in texts.items() if text}


def remark_files(paths: Paths, period: str, code: str, data: str = "") -> list[Path]:
    """The files that a region's documents may print."""
    folder = paths.remarks(period, data)
    return sorted({*folder.glob(f"{code}.md"), *folder.glob(f"{code}_*.md")})


def check_remarks(paths: Paths, regions: Regions, periods: list[str]) -> Iterator[Problem]:
    """Every mistake in the files, and those that no document would ever print."""
    known = {region.code for region in regions.all}
    notebooks = [path.stem for path in paths.notebooks.glob("*.ipynb")]
    for path in sorted(path for path in paths.all_remarks.rglob("*") if path.is_file()):
        where = paths.relative(path)
        code, _, notebook = path.stem.partition("_")
        if path.suffix != ".md" or path.parent.parent != paths.all_remarks:
            expected = "params/remarks/<periode>/<kode wilayah>.md"
            yield Problem(where, "tidak pernah dibaca", expected, _MOVE)
        elif path.parent.name not in periods:
            expected = f"salah satu dari: {', '.join(periods)}"
            yield Problem(where, f"periode {path.parent.name!r} tidak ada", expected, _MOVE)
        elif code not in known:
            expected = f"salah satu dari: {', '.join(sorted(known))}"
            yield Problem(where, f"wilayah {code!r} tidak ada", expected, _MOVE)
        elif notebook and notebook not in notebooks:
            expected = f"salah satu dari: {', '.join(sorted(notebooks))}"
            yield Problem(where, f"notebook {notebook!r} tidak ada", expected, suggestion(notebook, notebooks) or _MOVE)
        else:
            yield from _wrong(path, where)


def _wrong(path: Path, where: str) -> Iterator[Problem]:
    content = path.read_bytes()
    if len(content) > _MOST_BYTES:
        yield Problem(
            where,
            f"catatan terlalu panjang ({len(content)} bita)",
            f"paling banyak {_MOST_BYTES} bita",
            "persingkat catatannya",
        )
        return
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        yield Problem(where, "bukan teks UTF-8", "berkas Markdown dalam UTF-8", "simpan ulang sebagai UTF-8")
        return
    for number, line in enumerate(lines, 1):
        if not all(_YEARS.fullmatch(found[0]) for found in _PERSON.finditer(line)):
            expected = "tanpa NIK, nomor KK, atau nomor lain milik seseorang"
            yield Problem(f"{where}, baris {number}", "memuat bilangan 16 angka", expected, "hapus bilangan itu")
