"""Pages look as in the pictures of README, of the manual and of this folder, which are real pages: fonts and all."""

from __future__ import annotations

import importlib
import io

import pytest
from looks import MOST, marked, moved, where
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
def maker(paths, monkeypatch):
    """docs/make_pictures.py."""
    monkeypatch.syspath_prepend(str(paths.root / "docs"))
    return importlib.import_module("make_pictures")


@pytest.fixture
def known(paths, maker):
    """``known("halaman-1")``: the picture as it was looked at."""
    return lambda name: maker.place(paths, name).read_bytes()


def test_pages_look_as_in_their_pictures(paths, maker, known, tmp_path):
    scratch = importlib.import_module("pictures.scratch").Scratch(paths, tmp_path)
    different = []
    for name in (*PAGES, *maker.HELD):
        page, picture = (maker.PICTURES | maker.HELD)[name](scratch), known(name)
        if moved(picture, page) > MOST:
            shown = tmp_path / f"{name}.png"
            shown.write_bytes(marked(picture, page))
            different.append(f"{maker.place(paths, name)} differs {where(picture, page)}; the page: {shown}")
    assert not different, "\n".join(different)


def test_the_pictures_of_this_folder_are_few_and_each_is_held(paths, maker):
    kept = list((paths.root / "tests" / "golden" / "pictures").iterdir())
    assert {path.stem for path in kept} == set(maker.HELD)
    assert sum(path.stat().st_size for path in kept) < 600_000


def test_another_digit_is_seen_and_found(known):
    """The 8 of KIA's 81,76% over the 5 of IKD's 5,20%: from 232 to 243 of 900 pixels, from 740 to 756 of 1273."""
    picture = known("halaman-1")
    page, stream = Image.open(io.BytesIO(picture)).convert("RGB"), io.BytesIO()
    page.paste(page.crop((221, 545, 232, 561)), (232, 740))
    page.save(stream, "PNG")
    assert moved(picture, picture) == 0
    assert moved(picture, stream.getvalue()) > MOST
    assert where(picture, stream.getvalue()) == "across 25-26%, down 58-59%"


def test_another_size_is_told():
    small, large = (io.BytesIO(), io.BytesIO())
    Image.new("RGB", (90, 60)).save(small, "PNG")
    Image.new("RGB", (90, 61)).save(large, "PNG")
    assert moved(small.getvalue(), large.getvalue()) == 90 * 60
    assert where(small.getvalue(), large.getvalue()) == "90 x 61 pixels, not 90 x 60"
