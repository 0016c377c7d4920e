"""Where Quarto is on PATH: what it prints, held against ours."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pypdfium2
import pytest
from emulated import OURS_ALONE, outline, text_of, words_of

from adminduk.publish.quarto import find_quarto, render

pytestmark = pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto not found")


@pytest.mark.parametrize("code", ["64.71", "64"])
def test_quarto_prints_the_same_text_in_the_same_order(executed, code):
    one = executed(code)
    pdf = render(find_quarto(), one.notebook, one.job)
    pages = {str(number) for number in range(1, 30)}
    assert words_of(one.pdf) - words_of(pdf) - OURS_ALONE - pages == set()
    told = text_of(pdf)
    asked = [title for title in outline(one.pdf) if text_of(one.pdf).count(title) == 1]
    places = [told.find(title) for title in asked]
    assert -1 not in places
    assert all(earlier < later for earlier, later in pairwise(places))
    with pypdfium2.PdfDocument(pdf) as document:
        assert {tuple(round(side) for side in page.get_size()) for page in document} == {(595, 842)}
