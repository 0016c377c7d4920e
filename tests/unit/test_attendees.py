"""params/attendees.yml: the example is right, every mistake is told at once, an address is one address."""

from __future__ import annotations

import shutil
from email.headerregistry import Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.basis.attendees import EXAMPLE, check_attendees, is_address, load_attendees
from adminduk.basis.errors import ParameterError
from adminduk.basis.paths import Paths

GOOD = ("a@b.org", "a.b+c@x-y.co.id", "disdukcapil_64.71@kaltim.example.org", "A@B.ORG", "1@2.id")
BAD = (
    "", "a", "a@", "@b.org", "a@b", "a b@x.org", "a..b@x.org", ".a@x.org", "a.@x.org", "a@x..org", "a@-x.org",
    "-a@x.org", "a@x-.org", "a@x.o", "a@x.o1", "é@x.org", "a@é.org", "a,b@x.org", "a@x.org, b@y.org", "a@x.org;b@y.org",
    "../a@x.org", "<a@x.org>", "A <a@x.org>", "a@x.org\nBcc: b@y.org", "a@x.org\r", "a(c)@x.org", '"a b"@x.org',
    "a@[127.0.0.1]", "a@b@c.org", f"{'a' * 65}@x.org", f"a@{'b' * 64}.org", f"a@{'b.' * 130}org", f"{'a' * 60}!@x.org",
)  # fmt: skip


@pytest.fixture
def written(paths, tmp_path):
    """``written(text)``: a project with this file of attendees."""
    shutil.copytree(paths.params, tmp_path / "params")
    made = Paths(tmp_path)

    def write(text: str) -> Paths:
        made.parameters("attendees").write_text(text, encoding="utf-8")
        return made

    return write


def entry(**keys: str) -> str:
    told = {"name": "N", "office": "O", "regions": "[64.71]", "role": "R", "email": "a@b.org", "documents": "[paket]"}
    lines = [f"{key}: {value}" for key, value in (told | keys).items() if value]
    return "  - " + "\n    ".join(lines)


def people(*entries: str) -> str:
    return "\n".join(["attendees:", *entries]) + "\n"


def test_the_example_is_right_and_reaches_nobody(paths, regions):
    found = load_attendees(paths, regions, EXAMPLE)
    assert [one.regions for one in found] == [("64",), ("64.71",), ("64.11",), ("64.74", "64.08")]
    assert all(one.email.endswith(".example.org") for one in found)
    check_attendees(paths, regions)


def test_regions_are_named_in_any_way(written, regions):
    (one,) = load_attendees(written(people(entry(regions="[kukar, 6471, Kota Samarinda]"))), regions)
    assert one.regions == ("64.02", "64.71", "64.72")
    assert one.person == "a@b.org"


def test_every_mistake_is_told_at_once(written, regions):
    made = written(
        people(
            entry(email="a@b"),
            entry(regions="[Balikpapn]", documents="[pakett]"),
            entry(name="", regions="[]"),
            entry(office='"Dinas\\nBcc: x@y.org"', rol="kepala"),
        )
    )
    with pytest.raises(ParameterError) as error:
        load_attendees(made, regions)
    told = str(error.value)
    assert len(error.value.problems) == 7, told
    for words in (
        "attendees ke-1, email: 'a@b' bukan alamat surel",
        "attendees ke-2, regions ke-1: 'Balikpapn'",
        "attendees ke-2, documents ke-1: 'pakett' nilai tidak dikenal",
        "Maksud Anda paket?",
        "attendees ke-3, name: wajib diisi",
        "attendees ke-3, regions: wajib diisi",
        "attendees ke-4, office",
        "memuat baris baru",
        "attendees ke-4, rol: kunci tidak dikenal",
        "Maksud Anda role?",
    ):
        assert words in told


def test_an_address_stands_there_once(written, regions):
    made = written(people(entry(), entry(email="A@B.org", regions="[64.72]")))
    with pytest.raises(ParameterError, match=r"a@b\.org ditulis 2 kali"):
        load_attendees(made, regions)
    with pytest.raises(ParameterError, match=r"a@b\.org ditulis 2 kali"):
        check_attendees(made, regions)


def test_a_file_that_is_not_there_yet(paths, regions, tmp_path):
    with pytest.raises(ParameterError, match=r"salin params/attendees\.example\.yml menjadi params/attendees\.yml"):
        load_attendees(Paths(tmp_path), regions)


@pytest.mark.parametrize("text", GOOD)
def test_addresses(text):
    assert is_address(text)


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_address(text):
    assert not is_address(text)


@given(
    st.one_of(
        st.from_regex(r"[a-zA-Z0-9._%+,@<> \n-]{1,12}@[a-zA-Z0-9.@, -]{1,12}\.[a-z]{1,3}", fullmatch=True), st.emails()
    )
)
def test_what_is_taken_is_one_address_for_the_standard_library(text):
    if is_address(text):
        read = Address(addr_spec=text)
        assert (read.addr_spec, read.display_name) == (text, "")
