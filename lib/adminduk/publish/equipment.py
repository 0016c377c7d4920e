"""What this machine has for printing, what it lacks, and what that costs the user."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from adminduk.basis.errors import UserError
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.publish import repository
from adminduk.publish.distribute.smtp import PREFIX, server_from

SUPPORTED = ((3, 11), (3, 14))
_FREE_MB = 500
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_INSTALL = "jalankan `make setup` (tanpa make: `python bootstrap.py setup`)"


@dataclass(frozen=True)
class Piece:
    """One thing: what of it is here, whether it is, whether printing needs it, and what is lost without it."""

    name: str
    found: str
    is_there: bool
    needed: bool = False
    cost: str = ""


def equipment(paths: Paths, environment: Mapping[str, str] | None = None) -> list[Piece]:
    """Everything, what printing needs first."""
    return [*_needed(paths), *_optional(paths, os.environ if environment is None else environment)]


def _needed(paths: Paths) -> Iterator[Piece]:
    version = ".".join(map(str, sys.version_info[:3]))
    first, after = SUPPORTED
    cost = f"tidak ada yang berjalan; pasang Python {first[0]}.{first[1]} sampai {after[0]}.{after[1] - 1}"
    yield Piece("Python", version, first <= sys.version_info[:2] < after, True, cost)
    for name, module, cost in (
        ("Typst", "typst", "PDF tidak dapat disusun"),
        ("pandoc (pypandoc)", "pypandoc_binary", "teks Markdown tidak dapat dicetak"),
        ("papermill", "papermill", "notebook tidak dapat dijalankan"),
        ("kernel Python", "ipykernel", "notebook tidak dapat dijalankan"),
        ("huruf IBM Plex Sans", "fontpkg-ibm-plex-sans", "halaman memakai huruf lain"),
        ("huruf Arab", "fontpkg-ibm-plex-sans-arabic", "nama bertulisan Arab menjadi kotak"),
    ):
        yield _package(name, module, cost)
    yield _disk(paths)
    yield _writable(paths)
    yield _tried(
        "berkas params",
        lambda: f"{check_params(paths)} berkas benar",
        True,
        "laporan tidak dicetak; jalankan `make params`",
    )


def _optional(paths: Paths, environment: Mapping[str, str]) -> Iterator[Piece]:
    is_own = sys.prefix != sys.base_prefix
    cost = "versi paket tidak terkunci; `make` memakai .venv"
    yield Piece("lingkungan sendiri", ".venv" if is_own else "", is_own or "CONDA_PREFIX" in environment, cost=cost)
    yield _package("bahasa Indonesia JupyterLab", "jupyterlab-language-pack-id-ID", "menu JupyterLab berbahasa Inggris",
                   needed=False)  # fmt: skip
    if repository.is_clone(paths):
        is_set_up = repository.is_set_up(paths)
        cost = f"keluaran notebook ikut masuk git; {_INSTALL}"
        yield Piece("filter git notebook", "terpasang" if is_set_up else "", is_set_up, cost=cost)
    yield _program("git", ("git",), "riwayat perubahan tidak tersimpan")
    yield _program("Quarto", ("quarto",), "hanya ENGINE=quarto; ada di lingkungan conda (environment.yml)")
    yield _program("peramban Chromium", _BROWSERS, "hanya uji peramban yang dilewati")
    cost = f"paket tidak dapat dikirim; latihan tetap jalan. Isi {PREFIX}HOST, {PREFIX}USER, {PREFIX}PASSWORD"
    yield _tried("server surel", lambda: _server(environment), False, cost)


def _package(name: str, distribution: str, cost: str, needed: bool = True) -> Piece:
    """A package of Python by the name it is installed under; conda calls pandoc's by another."""
    for known in (distribution, distribution.removesuffix("_binary")):
        if known in _installed():
            return Piece(name, metadata.version(known), True, needed)
    return Piece(name, "", False, needed, f"{cost}; {_INSTALL}")


@cache
def _installed() -> set[str]:
    names = (found.metadata["Name"] or "" for found in metadata.distributions())
    return {spelling for name in names for spelling in (name, name.replace("-", "_"), name.replace("_", "-"))}


def _program(name: str, commands: tuple[str, ...], cost: str) -> Piece:
    found = next(filter(None, map(shutil.which, commands)), "")
    return Piece(name, "ada di PATH" if found else "", bool(found), cost=cost)


def _disk(paths: Paths) -> Piece:
    free = shutil.disk_usage(paths.root).free // 2**20
    cost = f"perlu {_FREE_MB} MB; kosongkan disk, misalnya hapus outputs/rak"
    return Piece("ruang disk", f"{free:,} MB kosong".replace(",", "."), free >= _FREE_MB, True, cost)


def _writable(paths: Paths) -> Piece:
    place = paths.outputs if paths.outputs.exists() else paths.root
    is_there = place.is_dir() and os.access(place, os.W_OK)
    cost = "tidak ada yang dapat disimpan; beri izin menulis di folder itu, atau pindahkan berkas yang bernama outputs"
    return Piece(f"folder {paths.outputs.name}", "dapat ditulis", is_there, True, cost)


def _tried(name: str, look: Callable[[], str], needed: bool, cost: str) -> Piece:
    try:
        return Piece(name, look(), True, needed)
    except UserError as error:
        first = error.problems[0]
        return Piece(name, "", False, needed, f"{cost} ({first.where}: {first.what})")


def _server(environment: Mapping[str, str]) -> str:
    """Where mail would go; of the login only whether there is one."""
    server = server_from(environment, 1)
    login = "dengan kata sandi" if server.password else "tanpa kata sandi"
    return f"{server.host}:{server.port} ({server.security}), {login}"
