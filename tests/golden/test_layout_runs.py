"""What a cell of a run leaves on paper, and how a run that fails names its cell."""

from __future__ import annotations

import nbformat
import pypdfium2
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from adminduk.basis.errors import RenderError
from adminduk.publish.plan import plan
from adminduk.publish.run import build

PARAMETERS = new_code_cell(
    'region = "64.71"\nperiod = "2024-11-12"\ndata = "published"', metadata={"tags": ["parameters"]}
)
EMOJI = """\
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
axes.set_title("Naik \\U0001f389")
figure.canvas.draw()
plt.close(figure)"""


@pytest.fixture
def run(cloned, tmp_path):
    """``run(cells)``: the text of each printed page."""

    def made(*cells) -> list[str]:
        project = cloned(tmp_path / "proyek")
        notebook = new_notebook(cells=list(cells), metadata={"language_info": {"name": "python"}})
        nbformat.write(notebook, project.notebooks / "bebas.ipynb")
        with pypdfium2.PdfDocument(build(plan(project, "64.71", "2024-11-12", "published", "bebas"), project)) as pdf:
            return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]

    return made


def test_tables_are_printed_whole_and_very_long_ones_say_what_is_left_out(run):
    text = " ".join(
        run(
            PARAMETERS,
            new_code_cell("import pandas as pd\npd.DataFrame({'a': range(1000, 1080)})"),
            new_code_cell("pd.DataFrame({'b': range(2000, 2600)})"),
        )
    )
    assert [text.count(f" {number} ") for number in range(1000, 1080)] == [1] * 80
    assert "600 baris × 1 kolom; 540 baris tidak dicetak" in text
    assert " 2599 " in text
    assert " 2300 " not in text


def test_a_chart_with_emoji_leaves_no_complaint_on_paper(run):
    (page,) = run(PARAMETERS, new_code_cell(EMOJI), new_code_cell("import sys\nprint('awas', file=sys.stderr)"))
    assert "Pesan program awas" in page
    assert "Glyph" not in page


BROKEN = new_code_cell("1 / 0")
TITLES = [new_markdown_cell(f"# Judul {number}") for number in range(4)]


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        ([PARAMETERS, BROKEN], 2),
        ([BROKEN, PARAMETERS], 1),
        ([*TITLES[:3], PARAMETERS, TITLES[3], BROKEN], 6),
    ],
)
def test_a_cell_that_fails_is_named_as_the_analyst_counts_it(cells, number, run):
    with pytest.raises(RenderError) as raised:
        run(*cells)
    (problem,) = raised.value.problems
    assert problem.where == f"Kota Balikpapan, 2024-11-12, notebook bebas, sel {number} (1 / 0)"
    assert problem.what == "ZeroDivisionError: division by zero"
