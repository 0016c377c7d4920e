"""The HTML beside the PDF in a real browser: a phone's width, no request, nothing that axe-core objects to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

# Everything that holds more than its own width or window shows: a reader would have to push it sideways.
WIDER = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('thead')).filter(
    e => e.getBoundingClientRect().right > innerWidth + 1 || (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
).map(e => e.outerHTML.slice(0, 120))"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium not found")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("code", ["64", "64.71", "64.11", "64.07"])
def test_the_page_reads_well_and_asks_nobody(code, width, browser, printed):
    path = printed(code, "2024-11-12").pdf.with_suffix(".html")
    assert path.is_file()
    requests: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("img").evaluate_all("images => images.every(i => i.complete && i.naturalWidth > 0)")
    assert page.locator("figure img").evaluate_all("images => images.every(i => i.alt)")
    assert page.evaluate(WIDER) == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_a_phone_sees_the_panels_one_below_the_other(browser, printed):
    """The narrow form of a figure is shown on a phone only; what is printed has the wide one, on A4."""
    path = printed("64.71", "2024-11-12").pdf.with_suffix(".html")
    shapes = {}
    for media in ("screen", "print"):
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.emulate_media(media=media)
        page.goto(path.as_uri())
        shape = "images => images.map(i => i.naturalHeight / i.naturalWidth)"
        shapes[media] = page.locator("figure img").evaluate_all(shape)
        pdf = page.pdf(prefer_css_page_size=True)
        page.close()
    assert all(narrow > wide for narrow, wide in zip(shapes["screen"], shapes["print"], strict=True))
    with pypdfium2.PdfDocument(pdf) as document:
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
