"""Print the pictures of README.md, docs/panduan and tests/golden, from real pages.

``.venv/bin/python docs/make_pictures.py``; names of pictures as arguments make only these. Those of the desk need
Chromium and LibreOffice on PATH; everything else comes with the project. What is simulated says so on the picture.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from pictures import desk, paper
from pictures.scratch import Scratch
from PIL import Image

from adminduk.basis.paths import Paths, find_paths

MOST = 150_000  # bytes of one picture
COLOURS = 96

PICTURES: dict[str, Callable[[Scratch], bytes]] = {
    "balikpapan-2024-11-12": paper.published("64.71"),
    "kaltim-2024-11-12": paper.published("64"),
    "mahakam-ulu-2024-11-12": paper.published("64.11"),
    "halaman-1": paper.briefing(0),
    "halaman-perkembangan": paper.briefing(1),
    "halaman-angka": paper.briefing(2),
    "halaman-laju": paper.briefing(3),
    "rekap": paper.document("rekap_provinsi"),
    "harmonisasi": paper.document("harmonisasi_program", 1),
    "sampul": paper.cover,
    "indeks": desk.index,
    "formulir": desk.form,
    "jupyterlab": desk.lab,
    "pratinjau": desk.preview,
}
# Pages that no manual shows, held as they are all the same: tests/golden/pictures.
HELD: dict[str, Callable[[Scratch], bytes]] = {
    "perbandingan": paper.briefing(6),
    "data-yang-perlu-dikirim": paper.published("64.11", 1),
    "matriks": paper.document("harmonisasi_program", 4),
    "berita-acara": paper.document("berita_acara"),
    "salindia-ringkasan": paper.slide(1),
    "salindia-indikator": paper.slide(2),
}


def place(paths: Paths, name: str) -> Path:
    """Where the picture ``name`` is kept."""
    folder = Path("docs", "images") if name in PICTURES else Path("tests", "golden", "pictures")
    return paths.root / folder / f"{name}.png"


def small(picture: bytes) -> bytes:
    """The same picture with few colours, the rare ones among them: a page has hardly more, and is sooner there."""
    image, stream = Image.open(io.BytesIO(picture)).convert("RGB"), io.BytesIO()
    image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def main(names: list[str]) -> None:
    paths = find_paths()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Scratch(paths, Path(folder))
        known = PICTURES | HELD
        for name in names or known:
            content = small(known[name](scratch))
            if len(content) > MOST:
                raise SystemExit(f"{name}: {len(content)} bytes, more than {MOST}")
            target = place(paths, name)
            target.write_bytes(content)
            print(paths.relative(target), len(content))


if __name__ == "__main__":
    main(sys.argv[1:])
