"""The kernel that runs in a forked child: ipykernel's own, with a wire in the place of its sockets.

Everything that makes outputs is ipykernel's: the shell, the streams with their thread and their watch over the file
descriptors, the hooks for results, the order of what is flushed. Only what carries the messages is ours.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait

from adminduk.publish.engine.wire import COUNTS, IOPUB, LENGTH, SHELL, STOP, packed


class Wire:
    """The kernel's end. Threads may write, and so may processes that a cell forks: a message stays in one piece."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._stream = end.makefile("rb")
        self._threads = threading.Lock()
        self._processes = os.memfd_create("kawat")
        os.register_at_fork(after_in_child=self._forked)

    def send(self, channel: bytes, parts: Sequence[bytes]) -> None:
        with self._threads:
            fcntl.lockf(self._processes, fcntl.LOCK_EX)
            try:
                self._end.sendall(packed(channel, parts))
            finally:
                fcntl.lockf(self._processes, fcntl.LOCK_UN)

    def receive(self) -> tuple[bytes, list[bytes]] | None:
        """The next message; None when nobody is left at the other end."""
        head = self._stream.read(COUNTS.size)
        if len(head) < COUNTS.size:
            return None
        channel, count = COUNTS.unpack(head)
        lengths = [LENGTH.unpack(self._stream.read(LENGTH.size))[0] for _ in range(count)]
        return channel, [self._stream.read(length) for length in lengths]

    def _forked(self) -> None:
        # Another thread may have held it at the time of the fork, and does not exist here.
        self._threads = threading.Lock()


class _Channel:
    """What ipykernel takes for a socket."""

    def __init__(self, wire: Wire, name: bytes) -> None:
        self._wire, self._name = wire, name

    def send_multipart(self, parts: Sequence[bytes], **_: Any) -> None:
        self._wire.send(self._name, parts)

    def on_recv(self, handle: Callable[[list[zmq.Frame]], Any], **_: Any) -> None:
        """From now on, give ``handle`` every request, on the loop of this thread."""
        threading.Thread(target=self._listen, args=(IOLoop.current(), handle), daemon=True).start()

    def flush(self, *_: Any) -> None:
        """Nothing waits here."""

    def _listen(self, loop: IOLoop, handle: Callable[[list[zmq.Frame]], Any]) -> None:
        while (message := self._wire.receive()) and message[0] != STOP:
            loop.add_callback(handle, [zmq.Frame(part) for part in message[1]])
        if message is None:  # who asked is gone: nobody waits for the rest
            os.killpg(0, signal.SIGKILL)
        loop.add_callback(loop.stop)


class _Outlet(IOPubThread):
    """ipykernel's thread for outputs, woken by its loop and not by a socket."""

    def _setup_event_pipe(self) -> None:
        """No socket wakes this thread."""

    def schedule(self, f: Callable[[], Any]) -> None:
        if self.thread.is_alive():
            self.io_loop.add_callback(f)
        else:
            f()


class _NoChannelThread:
    """No thread takes requests for subshells; ipykernel asks here which thread runs the cells."""

    parent_thread = threading.main_thread()

    def __bool__(self) -> bool:
        return False


class _Kernel(IPythonKernel):
    shell_stream = AnyTrait()
    _supports_kernel_subshells = False


class ForkedKernelApp(IPKernelApp):
    """ipykernel's application, without connection file, ports and heartbeat."""

    wire: Wire
    key: bytes

    def init_connection_file(self) -> None: ...

    def init_poller(self) -> None: ...

    def init_heartbeat(self) -> None: ...

    def write_connection_file(self, **_: Any) -> None: ...

    def log_connection_info(self) -> None: ...

    def init_sockets(self) -> None:
        self.configure_tornado_logger()
        self.session.key = self.key
        self.iopub_thread = _Outlet(_Channel(self.wire, IOPUB), session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_kernel(self) -> None:
        self.kernel = _Kernel.instance(
            parent=self,
            session=self.session,
            shell_channel_thread=_NoChannelThread(),
            shell_stream=_Channel(self.wire, SHELL),
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = partial(getattr, self.kernel, "execution_count")


def serve(wire: Wire, key: bytes, arguments: list[str]) -> None:
    """Be the kernel of whoever is at the other end of the wire, until told to stop; ``key`` signs what is said."""
    app = ForkedKernelApp.instance()
    app.wire, app.key = wire, key
    app.initialize(arguments)
    app.start()
