"""A zipped workbook (.xlsx, .ods) unpacked within limits, before any reader of workbooks sees it.

What is read afterwards is packed anew from the parts that were checked here, so a size that lies in
the archive's own lists, a picture or a macro never reaches the reader.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from adminduk.basis.errors import DataError, Problem

MEGABYTE = 1_000_000
ENTRIES = 2_000
# A workbook of nothing but zeros packs about 50 to 1; only a bomb comes near the 1032 to 1 of deflate.
RATIO = 200
RATIO_FROM = 5 * MEGABYTE

_READ = (".xml", ".rels", "mimetype")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip


def unpack(name: str, content: bytes, megabytes: int) -> dict[str, bytes]:
    """The XML parts of the archive by their path; DataError with every reason not to unpack it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            problems = list(_suspicious(name, archive.infolist(), megabytes))
            if problems:
                raise DataError(*problems)
            return {
                entry.filename: archive.read(entry) for entry in archive.infolist() if entry.filename.endswith(_READ)
            }
    except _BROKEN as error:
        raise DataError(damaged(name)) from error


def pack(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive again, not compressed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return packed.getvalue()


def paths_in(content: bytes) -> list[str]:
    """The paths of an archive's entries; empty when it is damaged. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except _BROKEN:
        return []


def damaged(name: str) -> Problem:
    """What is said of a workbook that no reader can make sense of."""
    return Problem(
        name,
        "berkas rusak atau tidak lengkap, tidak dapat dibaca",
        "buku kerja .xlsx, .xls atau .ods, atau CSV",
        "buka dengan Excel atau LibreOffice, simpan kembali sebagai .xlsx, lalu ulangi; atau minta dikirim ulang",
    )


def locked(name: str) -> Problem:
    """What is said of a workbook that needs a password."""
    return Problem(
        name, "berkas dilindungi kata sandi", "berkas tanpa kata sandi", "minta pengirim menyimpannya tanpa kata sandi"
    )


def _suspicious(name: str, entries: list[zipfile.ZipInfo], megabytes: int) -> Iterator[Problem]:
    """By what the archive's list declares; reading never gives more than what was declared."""
    advice = "jangan dibuka; tanyakan kepada pengirim"
    if len(entries) > ENTRIES:
        yield Problem(name, f"arsip berisi {len(entries)} berkas", f"paling banyak {ENTRIES}", advice)
    if len({entry.filename for entry in entries}) < len(entries):
        yield Problem(name, "arsip berisi dua berkas dengan nama yang sama", "setiap nama satu kali", advice)
    size = sum(entry.file_size for entry in entries)
    if size > megabytes * MEGABYTE:
        yield Problem(
            name,
            f"isinya {_megabytes(size)} MB setelah dimekarkan",
            f"paling banyak {megabytes} MB (params/sources.yml: limits)",
            advice,
        )
    for entry in entries:
        if entry.file_size > max(RATIO_FROM, RATIO * entry.compress_size):
            what = f"bagian {entry.filename!r} mekar lebih dari {RATIO} kali, seperti bom zip"
            yield Problem(name, what, f"paling banyak {RATIO} kali", advice)
    if any(entry.flag_bits & 1 for entry in entries):
        yield locked(name)
    if any(entry.compress_type not in _METHODS for entry in entries):
        yield Problem(name, "arsip dimampatkan dengan cara yang tidak dipakai buku kerja", "deflate", advice)


def _megabytes(size: int) -> str:
    return str(-(-size // MEGABYTE))
