"""The preview: printed again on each save, mistakes told in the page and the terminal, the last good PDF stays."""

from __future__ import annotations

import json
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import sync_playwright

from adminduk.basis.errors import RenderError
from adminduk.basis.paths import Paths
from adminduk.publish.preview import Order, Preview, Shown, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ORDER = Order("Berau", "2024-11-12", "published", "capaian_wilayah")
WAIT = 120


class Terminal:
    """What was told, and waiting for the next of it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._told = threading.Condition()

    def tell(self, line: str) -> None:
        with self._told:
            self.lines.append(line)
            self._told.notify_all()

    def wait_for(self, words: str, times: int = 1) -> None:
        with self._told:
            assert self._told.wait_for(lambda: sum(words in line for line in self.lines) >= times, WAIT), self.lines


@pytest.fixture
def watching(desk: Paths) -> Iterator[tuple[Preview, Terminal]]:
    preview, terminal, stop = Preview(desk, ORDER), Terminal(), threading.Event()
    thread = threading.Thread(target=preview.watch, args=(terminal.tell, stop))
    thread.start()
    terminal.wait_for("Dicetak dalam")
    yield preview, terminal
    stop.set()
    thread.join(WAIT)
    assert not thread.is_alive()


def front(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def retitle(desk: Paths, before: str, after: str) -> None:
    path = desk.notebook(ORDER.notebook)
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="chromium not found")
def test_each_save_is_shown_and_a_mistake_keeps_the_last_good_page(desk: Paths, watching):
    preview, terminal = watching
    with served(preview) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(WAIT * 1000)
        page.goto(address)
        page.wait_for_function("() => document.getElementById('naskah').src.endsWith('naskah.pdf?1')")
        retitle(desk, "# Capaian administrasi", "# Keadaan administrasi")
        page.wait_for_function("() => document.getElementById('naskah').src.endsWith('naskah.pdf?2')")
        assert "Keadaan administrasi" in front(preview.pdf)
        assert page.locator("#keadaan").inner_text() == "Naskah terbaru."
        retitle(desk, 'report.table(\\"ringkasan\\")', 'report.table(\\"ringkasn\\")')
        page.locator("#galat").get_by_text("Maksud Anda ringkasan?").wait_for()
        terminal.wait_for("Maksud Anda ringkasan?")
        assert preview.shown.version == 2 and "Keadaan administrasi" in front(preview.pdf)
        retitle(desk, "ringkasn", "ringkasan")
        page.wait_for_function("() => document.getElementById('naskah').src.endsWith('naskah.pdf?3')")
        assert page.locator("#galat").inner_text() == ""
        browser.close()


def test_a_new_remark_is_printed(desk: Paths, watching):
    preview, terminal = watching
    folder = desk.remarks("2024-11-12")
    folder.mkdir(parents=True)
    (folder / "64.03.md").write_text("Dua tim berangkat ke Maratua.", encoding="utf-8")
    terminal.wait_for("Dicetak dalam", 2)
    assert any("params/remarks" in line for line in terminal.lines)
    with pypdfium2.PdfDocument(preview.pdf) as document:
        assert any("Maratua" in page.get_textpage().get_text_range() for page in document)


def ask(address: str, name: str = "", host: str = "") -> tuple[int, bytes]:
    request = urllib.request.Request(address + name, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def test_only_this_machine_is_answered_and_only_three_things(desk: Paths):
    preview = Preview(desk, ORDER)
    with served(preview) as address:
        assert address.startswith("http://127.0.0.1:")
        assert json.loads(ask(address, "keadaan")[1]) == {"version": 0, "error": "", "is_working": False}
        assert ask(address, "naskah.pdf")[0] == 404  # nothing was printed yet
        preview.pdf, preview.shown = b"%PDF-", Shown(1)
        assert ask(address, "naskah.pdf?1") == (200, b"%PDF-")
        assert ask(address, "../params/regions.yml")[0] == 404
        assert ask(address, "naskah.pdf", host="contoh.example")[0] == 403
        with pytest.raises(RenderError) as raised, served(preview, int(address.rstrip("/").rpartition(":")[2])):
            pass
    assert "sudah dipakai program lain" in str(raised.value)


def test_a_mistake_in_what_was_asked_is_told(desk: Paths):
    preview, terminal = Preview(desk, Order("Berua", "2024-11-12", "published", "capaian_wilayah")), Terminal()
    preview.make(terminal.tell)
    assert "Maksud Anda Berau?" in preview.shown.error and terminal.lines == [preview.shown.error]
    assert preview.pdf == b""
