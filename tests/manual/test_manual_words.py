"""What the manual quotes is printed, what it links is there, and its pictures are small."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from trial import folded

from adminduk.basis.paths import Paths, find_paths
from adminduk.present.mailing import STATES
from adminduk.publish.plan import plan
from adminduk.publish.run import build

DOCS = find_paths().root / "docs"
PAGES = sorted((DOCS / "panduan").glob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
MOST, ALL = 150_000, 1_500_000  # bytes, of one picture and of all
# Where Python joins two literals to one.
JOINED = re.compile(r"[\"']\s*\n\s*f?[\"']")


@pytest.fixture(scope="module")
def printable(paths: Paths, simulated: Paths, tmp_path_factory) -> str:
    """The text of two printed reports, and of what words pages, packs and notebooks are made of."""
    root = tmp_path_factory.mktemp("kata") / "proyek"
    project = Paths(root)
    root.mkdir()
    for name in ("params", "notebooks", "data"):
        (root / name).symlink_to(simulated.root / name)
    told = [_text(build(plan(project, "Balikpapan", "2024-11-12", data), project)) for data in ("published", "demo")]
    library = paths.root / "lib" / "adminduk"
    sources = [*library.glob("present/*.py"), *library.glob("publish/*.py"), *library.glob("publish/templates/*.typ")]
    told += [JOINED.sub("", path.read_text(encoding="utf-8")) for path in sources]
    return folded(" ".join(told))


def _text(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def quoted(page: Path) -> list[str]:
    return [folded(words) for words in re.findall(r"«([^»]+)»", page.read_text(encoding="utf-8"))]


def test_there_are_quotations():
    assert len([words for page in PAGES for words in quoted(page)]) > 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_stands_between_guillemets_is_printed(page: Path, printable: str):
    assert [words for words in quoted(page) if words not in printable] == []


@pytest.mark.parametrize("page", [*PAGES, DOCS.parent / "README.md"], ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path):
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve()
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def _anchors(page: Path) -> set[str]:
    """As code forges make them of headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows(page: str, heading: str) -> list[str]:
    """The first column of the table with this heading."""
    text = (DOCS / "panduan" / page).read_text(encoding="utf-8")
    table = text.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def test_states_and_reasons_of_mail_are_called_as_the_program_calls_them(paths: Paths):
    assert set(rows("rapat.md", "keadaan")) == {STATES[state] for state in ("sent", "failed", "uncertain")}
    source = (paths.root / "lib/adminduk/publish/distribute/smtp.py").read_text(encoding="utf-8")
    told = [words.removesuffix(" STARTTLS") for words in rows("pesan-kesalahan.md", "pesan")]
    assert len(told) == 6 and [words for words in told if words not in source] == []


def test_every_page_is_in_the_index():
    index = (DOCS / "panduan" / "README.md").read_text(encoding="utf-8")
    assert {page.name for page in PAGES} - {"README.md"} <= set(LINK.findall(index))


def test_pictures_are_small_described_and_used():
    pictures = sorted((DOCS / "images").glob("*.png"))
    sizes = [picture.stat().st_size for picture in pictures]
    assert max(sizes) < MOST and sum(sizes) < ALL
    pages = "".join(page.read_text(encoding="utf-8") for page in [*PAGES, DOCS.parent / "README.md"])
    assert [picture.name for picture in pictures if f"images/{picture.name})" not in pages] == []
    assert "![](" not in pages
