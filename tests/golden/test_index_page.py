"""The first page of an edition in a real browser, from a folder as on a USB stick: links, width, no request, axe."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from adminduk.publish.index import index_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PERIOD = "2024-11-12"
WIDER = """() => [...document.querySelectorAll('body *:not(.tersembunyi)')].filter(e => !e.closest('thead')).filter(
    e => e.getBoundingClientRect().right > innerWidth + 1 || (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
).map(e => e.outerHTML.slice(0, 120))"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium not found")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="module")
def stick(printed, regions, tmp_path_factory) -> Path:
    """An edition of two printed regions, two others missing, in a folder whose name a link must encode."""
    root = tmp_path_factory.mktemp("edisi") / "Rapat 19 November #2"
    pictures, artefacts = {}, []
    for code in ("64", "64.71"):
        pdf = printed(code, PERIOD).pdf
        pictures[code] = pdf.with_suffix(".png").read_bytes()
        for folder, kind, path in (("paket", "pack", pdf), ("gambar", "picture", pdf.with_suffix(".png"))):
            artefacts.append(_put(root, f"{folder}/{path.name}", kind, code, path.read_bytes()))
    artefacts.append(_put(root, "dokumen/bahan sambutan 100% #1.txt", "document", "", b"Sambutan"))
    states = {"64.03": ("gagal", "NameError: angka"), "64.11": ("ditahan", "16 angka berturut-turut di sel B2")}
    told = {
        "format": 1, "data": "published", "period": PERIOD, "edition": f"{PERIOD}-r2", "replaces": PERIOD,
        "simulated": True, "complete": False, "as_of": "12 November 2024", "artefacts": artefacts,
        "title": "Rapat Koordinasi Daerah Kependudukan dan Pencatatan Sipil se-Kalimantan Timur",
        "regions": [
            {"code": each.code, "name": each.name, "outcome": states.get(each.code, ("dicetak", ""))[0],
             "cause": states.get(each.code, ("dicetak", ""))[1]}
            for each in (regions.province, *regions.regencies)
        ],
        "changes": ["KIA Kota Balikpapan: 96,90% menjadi 96,91% karena data."],
    }  # fmt: skip
    (root / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (root / "SHA256SUMS").write_text("", encoding="utf-8")
    (root / "index.html").write_bytes(index_html(told, pictures))
    return root


def _put(root: Path, path: str, kind: str, code: str, content: bytes) -> dict:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    told = {"path": path, "kind": kind, "title": place.stem, "region": code, "audience": "daerah", "depends": {}}
    return told | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_reads_well_and_asks_nobody(width, scheme, browser, stick):
    requests: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.on("request", lambda request: requests.append(request.url))
    page.goto((stick / "index.html").as_uri())
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.locator("img").evaluate_all("images => images.every(i => i.alt && i.naturalWidth > 0)")
    page.locator("summary").first.click()
    assert page.locator("details[open] > code").inner_text() == _sum(stick)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDER) == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def _sum(stick: Path) -> str:
    first = json.loads((stick / "manifest.json").read_text(encoding="utf-8"))["artefacts"][0]
    return hashlib.sha256((stick / first["path"]).read_bytes()).hexdigest()


def test_every_link_leads_to_a_file_beside_the_page(browser, stick):
    page = browser.new_page()
    page.goto((stick / "index.html").as_uri())
    links = page.locator("a").evaluate_all("links => links.map(link => link.href)")
    found = {Path(unquote(urlsplit(link).path)) for link in links}
    assert found == {path for path in stick.rglob("*") if path.is_file()} - {stick / "index.html"}
    page.get_by_role("link", name="bahan sambutan").click()
    assert page.locator("body").inner_text() == "Sambutan"
    page.close()


def test_on_paper_it_is_light(browser, stick):
    page = browser.new_page(color_scheme="dark")
    page.goto((stick / "index.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(20, 24, 27)"
    page.close()
