"""The first page of an edition: what is in it, how it looks, and how to prove that it arrived whole.

One file that works from a USB stick and on a phone: links lead to files beside it, pictures carry their own bytes, no
script, no request to any address.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from PIL import Image, UnidentifiedImageError

from adminduk.basis.errors import Problem, RenderError
from adminduk.present import editions, wording
from adminduk.present.bundles import escape

_STYLE = Path(__file__).parent / "templates" / "indeks.css"
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SMALL = (240, 340)  # pixels: page 1 in outline, sharp on a phone
_COLOURS = 64
_SHORT = 12  # letters of a checksum that are shown at once
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
_OF_REGION = {"pack": "Paket", "annex": "Lampiran Excel", "picture": "Gambar halaman pertama"}
_OUTCOMES = {"dicetak": "dicetak", "ditahan": "ditahan", "gagal": "gagal dicetak"}
_AUDIENCES = {
    "publik": "semua peserta rapat",
    "daerah": "dinas daerah ini",
    "internal": "dinas provinsi",
}
_CHECKS = (
    ("Linux, atau Git Bash di Windows: semua berkas sekaligus", f"sha256sum -c {SUMS}"),
    ("macOS: semua berkas sekaligus", f"shasum -a 256 -c {SUMS}"),
    ("Windows: satu berkas, lalu bandingkan dengan daftar di bawah ini", 'certutil -hashfile "{example}" SHA256'),
)

Artefact = Mapping[str, Any]


def index_html(manifest: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The page of the edition that ``manifest`` describes; ``pictures`` are PNG of page 1 by the code of the region.

    RenderError when a picture cannot be read.
    """
    title = manifest["title"] or "Paket rapat"
    lines = [
        '<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)} - {escape(manifest['edition'])}</title>",
        f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>",
        *_header(manifest, title),
        "<main>",
        *_standing(manifest),
        *_changes(manifest),
        *_regions(manifest, pictures),
        *_others(manifest),
        *_checksums(manifest),
        "</main>",
        f"<footer>Edisi {escape(manifest['edition'])} · data {escape(manifest['data'])} · periode "
        f"{escape(manifest['period'])}</footer>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode()


def size(count: int) -> str:
    """The size of a file as a reader knows it: "512 byte", "346 KB", "1,2 MB"."""
    if count < 1000:
        return f"{count} byte"
    tenths = (count + 50_000) // 100_000
    if tenths < 10:
        return f"{min(999, (count + 500) // 1000)} KB"
    return f"{wording.number(tenths // 10)},{tenths % 10} MB"


def address(path: str) -> str:
    """A link to a file beside the page, whatever its name holds."""
    return f"./{quote(path, safe='/')}"


def small(picture: bytes, name: str) -> str:
    """A picture of page 1 in outline, as an address that carries its own bytes; ``name`` is its region."""
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            shown = opened.convert("RGB")
    except (UnidentifiedImageError, OSError) as error:
        what = "gambar halaman pertama tidak dapat dibaca"
        raise RenderError(Problem(f"index.html, {name}", what, "PNG yang utuh", "buat paket itu lagi")) from error
    shown.thumbnail(_SMALL, Image.Resampling.LANCZOS)
    made = io.BytesIO()
    shown.quantize(_COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(made.getvalue()).decode()}"


def _header(manifest: Mapping[str, Any], title: str) -> Iterator[str]:
    yield "<header>"
    if manifest["simulated"]:
        yield '<p class="simulasi">DATA SIMULASI - bukan angka resmi</p>'
    yield f"<h1>{escape(title)}</h1>\n<dl>"
    told = {"Keadaan": manifest["as_of"], "Edisi": manifest["edition"], "Menggantikan": manifest["replaces"]}
    yield from (f"<dt>{word}</dt><dd>{escape(text)}</dd>" for word, text in told.items() if text)
    yield "</dl>"
    yield from _warning(manifest["artefacts"])
    yield "</header>"


def _warning(artefacts: Sequence[Artefact]) -> Iterator[str]:
    """That the folder as a whole is for nobody but the province's office, where it is so."""
    kept = sum(item["audience"] == "internal" for item in artefacts)
    if kept:
        yield (
            f'<p class="internal">Jangan bagikan folder ini atau zip-nya seluruhnya: {wording.number(kept)} dari '
            f"{wording.number(len(artefacts))} berkasnya hanya untuk dinas provinsi. Di samping setiap berkas tertulis "
            "untuk siapa.</p>"
        )


def _standing(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What is missing, and why."""
    missing = [region for region in manifest["regions"] if region["outcome"] != "dicetak"]
    if manifest["complete"] and not missing:
        return
    standings = [SimpleNamespace(**region) for region in manifest["regions"]]
    yield "<section>\n<h2>Apa yang belum ada?</h2>"
    yield from (f'<p class="kurang">{escape(line)}</p>' for line in editions.missing(standings))
    rows = []
    for region in missing:
        outcome = _OUTCOMES.get(region["outcome"], region["outcome"])
        cause = ": ".join(filter(None, (region.get("where", ""), region["cause"])))
        cells = [_cell(f'<span class="{escape(region["outcome"])}">{escape(outcome)}</span>', "Hasil")]
        rows.append((_named(region), [*cells, _cell(escape(cause), "Sebab")]))
    if rows:
        yield _table("Wilayah yang tidak dicetak", ("Wilayah", "Hasil", "Sebab"), rows)
    yield "</section>"


def _changes(manifest: Mapping[str, Any]) -> Iterator[str]:
    if manifest["changes"]:
        yield "<section>\n<h2>Apa yang berubah sejak edisi sebelumnya?</h2>\n<ul>"
        yield from (f"<li>{escape(line)}</li>" for line in manifest["changes"])
        yield "</ul>\n</section>"


def _regions(manifest: Mapping[str, Any], pictures: Mapping[str, bytes]) -> Iterator[str]:
    """A row for each region: page 1 in outline, and its files."""
    rows = []
    for region in manifest["regions"]:
        own = [item for item in manifest["artefacts"] if item["region"] == region["code"]]
        cells = [
            _cell("".join(_link(item, word, region["name"]) for item in own if item["kind"] == kind), word)
            for kind, word in _OF_REGION.items()
        ]
        rows.append((_named(region), [_small(region, own, pictures), *cells]))
    yield "<section>\n<h2>Apa yang dibagikan untuk setiap wilayah?</h2>"
    yield _table("Berkas setiap wilayah", ("Wilayah", "Halaman pertama", *_OF_REGION.values()), rows, "wilayah")
    yield "</section>"


def _small(region: Mapping[str, Any], own: Sequence[Artefact], pictures: Mapping[str, bytes]) -> str:
    picture = pictures.get(region["code"])
    if picture is None:
        return '<td class="kecil"></td>'
    alt = escape(f"Halaman pertama {region['name']}")
    image = f'<img src="{small(picture, region["name"])}" alt="{alt}">'
    large = next((item for item in own if item["kind"] == "picture"), None)
    shown = f'<a href="{escape(address(large["path"]))}">{image}</a>' if large else image
    return f'<td class="kecil">{shown}</td>'


def _others(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What is not the file of one region: documents of the meeting, the summary, everything in one file."""
    codes = {region["code"] for region in manifest["regions"]}
    found = [item for item in manifest["artefacts"] if item["kind"] not in _OF_REGION or item["region"] not in codes]
    if not found:
        return
    rows = [
        (f'<a href="{escape(address(item["path"]))}">{escape(item["title"])}</a>', [
            _cell(escape(_kind(item["path"])), "Jenis"),
            _cell(escape(size(item["bytes"])), "Ukuran", "ukuran"),
            _cell(escape(_readers(item)), "Untuk"),
        ])
        for item in found
    ]  # fmt: skip
    yield "<section>\n<h2>Dokumen apa lagi yang ada?</h2>"
    yield _table("Dokumen lain", ("Dokumen", "Jenis", "Ukuran", "Untuk"), rows)
    yield "</section>"


def _checksums(manifest: Mapping[str, Any]) -> Iterator[str]:
    """The sum of every file, and how to compare it."""
    artefacts = manifest["artefacts"]
    example = artefacts[0]["path"].replace("/", "\\") if artefacts else MANIFEST
    yield "<section>\n<h2>Bagaimana memeriksa bahwa berkas sampai utuh?</h2>"
    yield (
        f'<p>Setiap berkas mempunyai sidik SHA-256. Daftar lengkapnya ada di <a href="{SUMS}">{SUMS}</a>, asal-usulnya '
        f'di <a href="{MANIFEST}">{MANIFEST}</a>. Buka terminal di folder ini, lalu jalankan:</p>\n<dl class="cara">'
    )
    for system, command in _CHECKS:
        yield f"<dt>{escape(system)}</dt><dd><pre>{escape(command.format(example=example))}</pre></dd>"
    yield "</dl>"
    rows = [
        (f"<code>{escape(item['path'])}</code>", [
            _cell(escape(size(item["bytes"])), "Ukuran", "ukuran"),
            _cell(_sum(item["sha256"]), "Sidik"),
        ])
        for item in artefacts
    ]  # fmt: skip
    yield _table("Ukuran dan sidik setiap berkas", ("Berkas", "Ukuran", "Sidik SHA-256"), rows)
    yield "</section>"


def _sum(sha256: str) -> str:
    return f"<details><summary><code>{escape(sha256[:_SHORT])}…</code></summary><code>{escape(sha256)}</code></details>"


def _link(item: Artefact, word: str, name: str) -> str:
    """A file of a region; a screen reader hears of which."""
    href, kind = escape(address(item["path"])), escape(_kind(item["path"]))
    hidden = f'<span class="tersembunyi"> {escape(name)}, {escape(word)}</span>'
    told = escape(" · ".join(filter(None, (size(item["bytes"]), _readers(item)))))
    return f'<p><a href="{href}">{kind}{hidden}</a> <small>{told}</small></p>'


def _kind(path: str) -> str:
    ending = path.rpartition(".")[2].lower()
    return {"xlsx": "Excel", "docx": "Word", "txt": "teks"}.get(ending, ending.upper())


def _readers(item: Artefact) -> str:
    return _AUDIENCES.get(item["audience"], item["audience"])


def _named(region: Mapping[str, Any]) -> str:
    return f"{escape(region['name'])} <small>{escape(region['code'])}</small>"


def _cell(content: str, label: str, style: str = "") -> str:
    """A cell that says its column on a phone; ``content`` is markup."""
    named = f' class="{style}"' if style else ""
    return f'<td{named} data-label="{escape(label)}">{content}</td>' if content else "<td></td>"


def _table(caption: str, heads: Iterable[str], rows: Iterable[tuple[str, Sequence[str]]], style: str = "") -> str:
    """Rows of (markup that names the row, its cells)."""
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in heads)
    body = "\n".join(f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>' for name, cells in rows)
    named = f' class="{style}"' if style else ""
    return (
        f"<table{named}>\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n"
        "</tbody>\n</table>"
    )
