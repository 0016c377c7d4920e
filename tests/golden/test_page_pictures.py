"""Pages look as in the pictures of README and the manual, which are real pages: fonts, colours, places and all."""

from __future__ import annotations

import importlib
import io
from pathlib import Path

import pytest
from looks import MOST, moved
from PIL import Image

PAGES = (
    "balikpapan-2024-11-12",
    "kaltim-2024-11-12",
    "mahakam-ulu-2024-11-12",
    "halaman-1",
    "halaman-perkembangan",
    "halaman-angka",
    "halaman-laju",
    "rekap",
    "harmonisasi",
)


@pytest.fixture
def images(paths) -> Path:
    return paths.root / "docs" / "images"


def test_pages_look_as_in_their_pictures(paths, images, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(paths.root / "docs"))
    pictures = importlib.import_module("make_pictures").PICTURES
    scratch = importlib.import_module("pictures.scratch").Scratch(paths, tmp_path)
    found = {}
    for name in PAGES:
        page = pictures[name](scratch)
        (tmp_path / f"{name}.png").write_bytes(page)
        found[name] = moved((images / f"{name}.png").read_bytes(), page)
    different = {name: pixels for name, pixels in found.items() if pixels > MOST}
    assert different == {}, f"look at them in {tmp_path}, beside those in docs/images"


def test_another_digit_is_seen(images):
    """The 8 of KIA's 81,76% over the 5 of IKD's 5,20%."""
    picture = (images / "halaman-1.png").read_bytes()
    page, stream = Image.open(io.BytesIO(picture)).convert("RGB"), io.BytesIO()
    page.paste(page.crop((221, 545, 232, 561)), (232, 740))
    page.save(stream, "PNG")
    assert moved(picture, picture) == 0
    assert moved(picture, stream.getvalue()) > MOST
