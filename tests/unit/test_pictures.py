"""Pictures that a notebook shows, or names in its text, are printed with words for those who do not see them."""

from __future__ import annotations

import base64
import io

import nbformat
import pikepdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from adminduk.basis.errors import RenderError
from adminduk.publish.export import NaskahExporter, compile_pdf, typst_source

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="80mm" height="30mm"><text y="9">98%</text></svg>'


def picture(kind: str) -> str:
    made = io.BytesIO()
    Image.new("RGB", (30, 12), "#0B5FA5").save(made, kind)
    return base64.b64encode(made.getvalue()).decode()


def display(data: dict, **metadata) -> nbformat.NotebookNode:
    return new_output("display_data", data=data, metadata=metadata)


def pdf(*cells: nbformat.NotebookNode) -> bytes:
    return compile_pdf(typst_source(new_notebook(cells=list(cells)), "capaian"))


@pytest.mark.parametrize(
    "data",
    [
        {"image/svg+xml": SVG},
        {"image/png": picture("PNG")},
        {"image/jpeg": picture("JPEG")},
        {"image/gif": picture("GIF")},
    ],
)
def test_pictures_carry_their_alternative_text(data):
    (kind,) = data
    shown = (
        new_code_cell(outputs=[display({**data, "text/plain": "<Figure>"}, alt="isi gambar")]),
        new_code_cell(outputs=[display(data, **{kind: {"alt": "isi gambar"}})]),
        new_code_cell('#| fig-alt: "isi gambar"\nplot()', outputs=[display(data)]),
    )
    for made in shown:
        with pikepdf.open(io.BytesIO(pdf(made))) as document:
            found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
            assert [str(item.Alt) for item in found if item.get("/S") == "/Figure"] == ["isi gambar"]


def test_a_picture_without_alternative_text_names_its_cell():
    with pytest.raises(RenderError) as raised:
        pdf(new_markdown_cell("a"), new_code_cell(outputs=[display({"image/png": picture("PNG")})]))
    (problem,) = raised.value.problems
    assert problem.where == "capaian, sel 2"
    assert "teks alternatif" in problem.what
    assert "fig-alt" in problem.next_step
    assert raised.value.exit_code == 12


def test_pictures_are_found_beside_the_notebook(tmp_path):
    (tmp_path / "peta.png").write_bytes(base64.b64decode(picture("PNG")))
    nbformat.write(new_notebook(cells=[new_markdown_cell("![peta](peta.png)")]), tmp_path / "a.ipynb")
    content, resources = NaskahExporter().from_filename(str(tmp_path / "a.ipynb"))
    assert resources["output_extension"] == ".pdf"
    assert content.startswith(b"%PDF")
