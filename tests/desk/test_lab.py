"""JupyterLab as `make lab` opens it, in a real browser: open, run all, change a sentence, export."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from adminduk.basis.paths import ROOT_VARIABLE, Paths

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
NOTEBOOK = "capaian_wilayah"
ANSWER_MS = 120_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium not found")


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def lab(paths: Paths, desk: Paths, tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab on a desk of its own, for a user without any settings."""
    shutil.copytree(paths.lab_settings, desk.lab_settings)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path / "rumah"
    home.mkdir()
    told = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_RUNTIME_DIR": str(home / "jalan")}
    own = ["--no-browser", "--allow-root", f"--port={port}", "--port-retries=0", "--IdentityProvider.token=uji"]
    with (tmp_path / "lab.txt").open("w") as log:
        command = [sys.executable, "-c", "from adminduk.cli import main; main()", "lab", *own]
        environment = {**os.environ, **told, ROOT_VARIABLE: str(desk.root)}
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + ANSWER_MS / 1000
    while "is running at" not in (tmp_path / "lab.txt").read_text():
        assert server.poll() is None and time.monotonic() < deadline, (tmp_path / "lab.txt").read_text()
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    started = psutil.Process(server.pid).children(recursive=True)
    server.terminate()
    server.wait(30)
    assert psutil.wait_procs(started, timeout=10)[1] == []  # neither server nor kernel is left


def opened(browser: Browser, lab: str) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    page.set_default_timeout(ANSWER_MS)
    page.goto(f"{lab}/lab/tree/{NOTEBOOK}.ipynb?token=uji")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    return page


def menu(page: Page, place: int) -> Locator:
    page.locator(".lm-MenuBar-item").nth(place).click()
    return page.locator(".lm-Menu-item")


def brightness(page: Page, selector: str) -> list[int]:
    told = page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor")
    return [int(number) for number in re.findall(r"\d+", told)[:3]]


def test_open_run_all_change_a_sentence_and_export(browser: Browser, lab: str, desk: Paths):
    page = opened(browser, lab)
    entries = menu(page, 0)
    entries.filter(has_text="Simpan Notebook").first.wait_for()  # the interface speaks Indonesian
    page.keyboard.press("Escape")
    page.locator(".jp-MarkdownOutput h1").first.dblclick()
    editor = page.locator(".jp-MarkdownCell .cm-content").first
    editor.wait_for()
    editor.click()
    page.keyboard.press("End")
    page.keyboard.type(" edisi meja")
    menu(page, 3)
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
    page.locator(".adminduk-notes").first.wait_for()
    assert "edisi meja" in page.locator(".jp-MarkdownOutput h1").first.inner_text()
    table = page.locator(".adminduk-summary")
    assert "Capaian Kota Balikpapan" in table.locator("caption").inner_text()
    assert "99,98%" in table.inner_text()
    assert table.locator("caption").evaluate("e => getComputedStyle(e).textAlign") == "left"
    page.locator('[data-command="docmanager:save"]').first.click()
    page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")
    entries = menu(page, 0)
    entries.filter(has_text="Export").hover()
    entries.get_by_text("Naskah", exact=True).wait_for()  # the same, by the name that nbconvert knows
    naskah = entries.get_by_text("Cetak naskah ringkas (PDF)", exact=True)
    with page.context.expect_event("download") as saved:
        naskah.click()
    with pypdfium2.PdfDocument(saved.value.path()) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "edisi meja" in text and "Kota Balikpapan" in text
    source = json.loads(desk.notebook(NOTEBOOK).read_text(encoding="utf-8"))
    assert "edisi meja" in "".join(source["cells"][0]["source"])


def test_drawings_stay_readable_in_the_dark_theme(browser: Browser, lab: str):
    page = opened(browser, lab)
    menu(page, 3)
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
    page.locator(".adminduk-figure img").first.wait_for()
    page.evaluate("() => document.body.dataset.jpThemeLight = 'false'")
    assert brightness(page, ".adminduk-figure img") == [255, 255, 255]
    assert brightness(page, ".adminduk-summary img") == [255, 255, 255]
