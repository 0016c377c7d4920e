"""Page 1's table takes the roomiest of its spacings that fits; what is not measured would not have fitted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst

from adminduk.basis.paths import find_paths
from adminduk.basis.regions import load_regions
from adminduk.present import summary
from adminduk.present.sources import SourceNumbers
from adminduk.publish import compiler
from adminduk.publish.typeset import BUNDLE, bundle

CODES = [region.code for region in load_regions(find_paths()).all]
# Every spacing: its height, and the least that is expected of it before it is measured.
_SOURCE = """#import "ringkasan.typ": _kerapatan, _sedikitnya, _susunan
#import "dasar.typ": huruf
#set page("a4", margin: 20mm)
#set text(font: huruf, lang: "id")
#let data = {data}
#context {{
  let tinggi(k) = measure(_susunan(data, k), width: 170mm).height
  let longgar = _kerapatan.first()
  let keduanya(k) = (tinggi(k), _sedikitnya(data, tinggi(longgar), longgar, k)).map(t => t / 1mm)
  [#metadata(_kerapatan.map(keduanya))<tinggi>]
}}
#metadata(none)<akhir>
"""


@pytest.mark.parametrize("period", ["2021-06-15", "2024-11-12"])
@pytest.mark.parametrize("code", CODES)
def test_no_spacing_is_lower_than_expected(code, period, briefing, published, tmp_path):
    shown = summary.summary(briefing(code, period), SourceNumbers(published["sources"]))
    (piece,) = bundle(shown._repr_mimebundle_()[BUNDLE], "sel 3")
    for name, content in compiler.templates().items():
        Path(tmp_path, name).write_bytes(content)
    data = piece.typst.removeprefix("#ringkasan")
    Path(tmp_path, "main.typ").write_text(_SOURCE.format(data=data), encoding="utf-8")

    asked = typst.Compiler(tmp_path / "main.typ", root=tmp_path, font_paths=compiler._fonts()).query(
        "<tinggi>", field="value"
    )
    (heights,) = json.loads(asked)
    assert len(heights) == 5
    assert [height for height, _ in heights] == sorted((height for height, _ in heights), reverse=True)
    for height, least in heights:
        assert least <= height + 0.01  # millimetres
