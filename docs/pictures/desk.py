"""What an analyst has on the screen: JupyterLab, the preview, the form and the index of an edition."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from playwright.sync_api import Page, sync_playwright

from adminduk.basis.defaults import NOTEBOOK
from adminduk.basis.paths import ROOT_VARIABLE
from adminduk.ingest.form.workbook import write_form
from pictures.paper import OFFICE, page, trimmed
from pictures.scratch import Scratch

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WINDOW = {"width": 1280, "height": 860}
PATIENCE = 120  # seconds
REPORTING_DAY = date(2024, 11, 30)
TOKEN = "gambar"
DRAWN = 10_000  # milliseconds
SHEET = 1400  # pixels, of the form


@contextmanager
def window() -> Iterator[Page]:
    """A browser's window; SystemExit without Chromium."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise SystemExit("Chromium is not on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        shown = browser.new_page(viewport=WINDOW)
        shown.set_default_timeout(PATIENCE * 1000)
        yield shown
        browser.close()


@contextmanager
def running(scratch: Scratch, said: str, *arguments: str) -> Iterator[str]:
    """``adminduk`` as long as it is needed; gives the first address that it tells after the words ``said``."""
    home, log = scratch.folder / "rumah", scratch.folder / f"{arguments[0]}.txt"
    home.mkdir(exist_ok=True)
    own = {ROOT_VARIABLE: str(scratch.paths.root), "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home)}
    command = [sys.executable, "-u", "-c", "from adminduk.cli import main; main()", *arguments]
    with log.open("w") as stream:
        program = subprocess.Popen(command, env={**os.environ, **own}, stdout=stream, stderr=subprocess.STDOUT)
    try:
        yield _address(program, log, said)
    finally:
        program.terminate()
        program.wait(PATIENCE)


def _address(program: subprocess.Popen, log, said: str) -> str:
    end = time.monotonic() + PATIENCE
    while not (found := re.search(rf"{said}.*?(http://[\w.]+:\d+)", log.read_text(), re.S)):
        if program.poll() is not None or time.monotonic() > end:
            raise SystemExit(log.read_text())
        time.sleep(0.2)
    return found[1]


def index(scratch: Scratch) -> bytes:
    """The first page of the simulated edition."""
    with window() as shown:
        shown.goto((scratch.edition / "index.html").as_uri())
        return shown.screenshot()


def form(scratch: Scratch) -> bytes:
    """The form of the office as a spreadsheet program prints it, with what it reported last."""
    workbook = write_form(scratch.paths, OFFICE, REPORTING_DAY, scratch.demo)
    home = f"-env:UserInstallation={(scratch.folder / 'soffice').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(scratch.folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True)
    return trimmed(page(scratch.folder / f"{workbook.stem}.pdf", 1, SHEET))  # after the instructions


def lab(scratch: Scratch) -> bytes:
    """JupyterLab with the briefing, all cells run."""
    path = scratch.paths.notebook(NOTEBOOK)
    path.write_text(path.read_text("utf-8").replace('\\"published\\"', f'\\"{scratch.demo}\\"'), encoding="utf-8")
    own = ["--no-browser", "--allow-root", "--port=0", f"--IdentityProvider.token={TOKEN}"]
    with running(scratch, "is running at", "lab", *own) as address, window() as shown:
        shown.goto(f"{address}/lab/tree/{NOTEBOOK}.ipynb?token={TOKEN}")
        shown.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        shown.locator(".lm-MenuBar-item").nth(3).click()
        shown.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        shown.locator(".adminduk-notes").first.wait_for()
        shown.locator(".adminduk-summary").first.scroll_into_view_if_needed()
        shown.locator(".jp-MarkdownOutput h1").first.scroll_into_view_if_needed()
        return shown.screenshot()


def preview(scratch: Scratch) -> bytes:
    """The preview's page, with the PDF beside what the browser says of it."""
    order = ["--region", OFFICE, "--data", scratch.demo, "--no-browser"]
    with running(scratch, "Pratinjau di", "preview", *order) as address, window() as shown:
        shown.goto(address)
        shown.get_by_text("Naskah terbaru.").wait_for()
        shown.wait_for_timeout(DRAWN)  # the browser's own viewer tells nobody when it has drawn the page
        return shown.screenshot()
