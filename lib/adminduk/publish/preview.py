"""A report that is made again whenever something it depends on is saved, shown by a browser on this machine only."""

from __future__ import annotations

import json
import multiprocessing
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from adminduk.basis.errors import Problem, RenderError, UserError
from adminduk.basis.paths import Paths
from adminduk.publish.engine import prepared
from adminduk.publish.pool import begin_worker
from adminduk.publish.provenance import LIBRARY

_PAGE = Path(__file__).parent / "templates" / "pratinjau.html"
HOST = "127.0.0.1"
_GRACE_SECONDS = 10  # for a report that is being printed
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Shown:
    """What the browser is told: ``version`` counts the PDFs, ``error`` is empty when the newest one is of now."""

    version: int = 0
    error: str = ""
    is_working: bool = False


@dataclass(frozen=True)
class Order:
    """The report that is asked for, as the user typed it: it is looked up anew each time, its files may change."""

    region: str
    period: str
    data: str
    notebook: str


class Preview:
    """The newest PDF of one report, and what is wrong with a newer one. Safe to read while it is made."""

    def __init__(self, paths: Paths, order: Order) -> None:
        self._paths, self._order = paths, order
        self._worker: ProcessPoolExecutor | None = None
        self.shown, self.pdf = Shown(), b""

    def make(self, tell: Tell) -> None:
        """Print the report; after a mistake the last good PDF stays and the mistake is told."""
        start = time.monotonic()
        self.shown = Shown(self.shown.version, self.shown.error, True)
        try:
            self.pdf = self._print()
        except UserError as error:
            self.shown = Shown(self.shown.version, str(error))
            tell(str(error))
            return
        except Exception as error:  # in the program, which may be what is being edited
            self.close()
            self.shown = Shown(self.shown.version, f"{type(error).__name__}: {error}")
            tell("".join(traceback.format_exception(error)))
            return
        self.shown = Shown(self.shown.version + 1)
        tell(f"Dicetak dalam {time.monotonic() - start:.1f} detik.".replace(".", ",", 1))

    def _print(self) -> bytes:
        if self._worker is None:
            # Everything anew: the program may have been edited.
            fresh = multiprocessing.get_context("spawn")
            self._worker = ProcessPoolExecutor(1, fresh, _begin, (prepared.begin(),))
        return self._worker.submit(_printed, self._paths, self._order).result()

    def close(self) -> None:
        """End the process that prints, and the prepared process with it; the next print begins new ones."""
        if self._worker is not None:
            self._worker.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():  # of a preview there is no other
                process.join(_GRACE_SECONDS)
                process.kill()
            self._worker = None
        prepared.forget()

    def watch(self, tell: Tell, stop: threading.Event | None = None) -> None:
        """Make it now and after each change, until interrupted or stopped."""
        try:
            self._watch(tell, stop)
        finally:
            self.close()

    def _watch(self, tell: Tell, stop: threading.Event | None) -> None:
        from watchfiles import watch

        paths = self._paths
        folders = (paths.notebooks, paths.params, paths.dataset(self._order.data), LIBRARY)
        watched = [folder for folder in folders if folder.is_dir()]
        is_first = True
        # It looks out before the first print too: what is saved meanwhile is not missed.
        for changes in watch(*watched, watch_filter=_matters, debounce=300, step=100, rust_timeout=300,
                             yield_on_timeout=True, stop_event=stop):  # fmt: skip
            if changes:
                tell(f"Berubah: {', '.join(sorted({paths.relative(Path(path)) for _, path in changes}))}")
            if any(Path(path).is_relative_to(LIBRARY) for _, path in changes):
                self.close()
            if changes or is_first:
                self.make(tell)
            is_first = False


def _begin(asked: socket.socket | None) -> None:
    """The process that prints: an interrupt at the terminal ends it without a word."""
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    begin_worker(asked)


def _printed(paths: Paths, order: Order) -> bytes:
    """Print the report; its PDF."""
    # Imported here: a mistake in one of them is told like one in a notebook.
    from adminduk.publish.plan import plan
    from adminduk.publish.run import build

    return build(plan(paths, order.region, order.period, order.data, order.notebook), paths).read_bytes()


def _matters(_: Any, path: str) -> bool:
    """Files that a report depends on, and folders, which may have come with files; no copies of JupyterLab's."""
    place = Path(path)
    if place.is_relative_to(LIBRARY):
        return place.suffix in (".py", ".typ")
    hidden = any(part.startswith((".", "~")) for part in place.parts[-2:])
    return not hidden and (place.suffix in (".ipynb", ".yml", ".md", ".csv", ".png", ".jpg", ".svg") or place.is_dir())


@contextmanager
def served(preview: Preview, port: int = 0) -> Iterator[str]:
    """The address at which a browser on this machine sees the preview; RenderError for a port that is taken."""
    try:
        server = ThreadingHTTPServer((HOST, port), _handler(preview))
    except OSError:
        what, next_step = "sudah dipakai program lain, atau tidak diizinkan", "pilih --port lain, atau 0"
        raise RenderError(Problem(f"port {port}", what, "port yang bebas", next_step)) from None
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(preview: Preview) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """The page, the PDF, and what the page asks twice a second."""

        def do_GET(self) -> None:
            name = self.path.partition("?")[0]
            if not self._is_ours():
                self.send_error(403)
            elif name == "/":
                self._answer("text/html; charset=utf-8", _PAGE.read_bytes())
            elif name == "/keadaan":
                self._answer("application/json", json.dumps(asdict(preview.shown)).encode())
            elif name == "/naskah.pdf" and preview.pdf:
                self._answer("application/pdf", preview.pdf)
            else:
                self.send_error(404)

        def _is_ours(self) -> bool:
            """Asked by this machine's name: a page elsewhere that points its own name here gets nothing."""
            return self.headers.get("Host", "").partition(":")[0] in (HOST, "localhost")

        def _answer(self, kind: str, content: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:
            """The terminal tells of prints, not of requests."""

    return Handler
