"""Bundles become Typst source that no data can break out of."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adminduk.basis.errors import RenderError
from adminduk.publish.compiler import PRIVATE_USE
from adminduk.publish.typeset import bundle, known, literal, printable

WHERE = "capaian, sel 4"
FIGURE = {
    "version": 1,
    "kind": "figure",
    "caption": "Akta naik",
    "svg": "<svg/>",
    "alt": "Akta 98,78%",
    "width_mm": 80,
    "height_mm": 40,
}
texts = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)
hostile = st.one_of(texts, st.lists(st.sampled_from(list('#$\\@`*/]["\n\t{}<>=-')), max_size=12).map("".join))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), hostile),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(hostile, inner, max_size=3)),
    max_leaves=8,
)


def read_back(source: str):
    """What Typst understands a literal to be."""
    program = f"#metadata({source})<nilai>".encode()
    found = typst.query(program, "<nilai>", field="value", one=True, ignore_system_fonts=True)
    return json.loads(found)


def cleaned(value):
    """A value as it may stand on paper: without characters that no font has."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {printable(key): cleaned(item) for key, item in value.items()}
    return value


def test_what_cannot_stand_on_paper_is_told_by_its_category():
    """Every character that Unicode has, by the sets that stand for its categories."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    gone = {char for char in every if unicodedata.category(char) in ("Cc", "Cs")} - {"\n", "\t"}
    ends = {"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\ufeff": ""}
    assert [char for char in every if printable(char) != ends.get(char, "" if char in gone else char)] == []
    private = {char for char in every if unicodedata.category(char) == "Co"}
    assert {char for char in every if PRIVATE_USE.fullmatch(char)} == private


@settings(max_examples=150, deadline=None)
@example('"; #import "x"; "')
@example('\\"#panic()\\')
@example("*/ // ]} \\u{23}")
@given(hostile)
def test_text_comes_back_as_text(text):
    assert read_back(literal(text)) == printable(text)


@settings(max_examples=80, deadline=None)
@given(st.lists(values, max_size=3))
def test_values_come_back_as_values(value):
    assert read_back(literal(value)) == cleaned(value)


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ([], "()"),
        (["satu"], '("satu", )'),
        ({}, "(:)"),
        ({"a": True}, '("a": true)'),
        (float("nan"), "none"),
        (0.30, "0.3"),
        ("a\r\nb\x00c\ufeff", '"a\\nbc"'),
    ],
)
def test_literals(value, source):
    assert literal(value) == source


def test_what_is_no_value_is_a_bug():
    with pytest.raises(TypeError):
        literal(object())


def test_a_figure_without_alternative_text_is_refused():
    with pytest.raises(RenderError) as raised:
        bundle({**FIGURE, "alt": " "}, WHERE)
    (problem,) = raised.value.problems
    assert problem.where == WHERE
    assert "Akta naik" in problem.what
    assert "teks alternatif" in problem.what
    assert problem.next_step
    assert raised.value.exit_code == 12


def test_an_incomplete_bundle_names_what_is_missing():
    with pytest.raises(RenderError, match=r"figure tidak lengkap: alt, svg tidak ada"):
        bundle({key: value for key, value in FIGURE.items() if key not in ("svg", "alt")}, WHERE)
    with pytest.raises(RenderError, match="sentence tidak lengkap: text"):
        bundle({"version": 1, "kind": "sentence", "role": "answer"}, WHERE)


def test_only_bundles_of_this_version_are_known():
    assert known(FIGURE)
    assert not known({**FIGURE, "version": 2})
    assert not known({**FIGURE, "kind": "peta"})
    assert not known("figure")


def test_headings_of_notes_and_sources_enter_the_outline():
    notes = bundle(
        {
            "version": 1,
            "kind": "notes",
            "blocks": [{"heading": "Target", "paragraphs": ["a"]}, {"heading": "", "items": ["b"]}],
        },
        WHERE,
    )
    assert [piece.level for piece in notes] == [3, 0, 0]
    sources = bundle({"version": 1, "kind": "sources", "heading": "Sumber", "items": []}, WHERE)
    assert [(piece.level, piece.plain) for piece in sources] == [(2, "Sumber"), (0, "")]


def test_a_row_that_says_little_is_filled_in():
    row = {"label": "IKD", "empty": "belum ada angka", "bar": {"value": 0.5, "upper": 1.0}}
    columns = {"label": "", "value": "", "target": "", "gap": "", "change": "", "date": "", "source": ""}
    payload = {"version": 1, "kind": "summary", "caption": "", "columns": columns, "rows": [row], "notes": []}
    (piece,) = bundle(payload, WHERE)
    assert '"verdict": ("state": "none", "text": "")' in piece.typst
    assert '"style": "solid"' in piece.typst
