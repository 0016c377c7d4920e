"""What nbclient takes for a kernel's client: requests go out on the wire, replies and outputs come in."""

from __future__ import annotations

import asyncio
import json
import os
from queue import Empty
from signal import Signals
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import DeadKernelError

from adminduk.publish.engine.prepared import Child
from adminduk.publish.engine.wire import IOPUB, SHELL, START, STOP, packed, received

_MEGABYTE = 1 << 20


class KernelEnded(DeadKernelError):
    """The kernel is gone; says how it ended, for the analyst."""


class _Inbox:
    """Messages of one channel, in order."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self.messages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; ``Empty`` after ``timeout`` seconds, KernelEnded when no more will come."""
        try:
            message = await asyncio.wait_for(self.messages.get(), timeout)
        except TimeoutError:
            raise Empty from None
        if message is None:
            self.messages.put_nowait(None)
            raise KernelEnded(self._dialogue.ended())
        return message

    def send(self, message: dict[str, Any]) -> None:
        self._dialogue.send(message)


class Dialogue:
    """The conversation with a kernel, that is to run in ``folder`` with these arguments."""

    def __init__(self, child: Child, folder: str, arguments: list[str]) -> None:
        self._child = child
        self.allow_stdin = False
        self.session = Session()
        environment = dict(os.environ) | {"JPY_PARENT_PID": str(os.getpid())}  # by which programs know Jupyter
        surroundings = {"environment": environment, "folder": folder, "arguments": arguments}
        self._asked = surroundings | {"key": self.session.key.decode()}
        self.shell_channel, self.iopub_channel = _Inbox(self), _Inbox(self)

    async def start_channels(self) -> None:
        reader, self._writer = await asyncio.open_unix_connection(sock=self._child.wire, limit=_MEGABYTE)
        self._reading = asyncio.ensure_future(self._read(reader))
        self._writer.write(packed(START, [json.dumps(self._asked).encode()]))

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Until there is a process; what is asked before it listens waits in the socket."""
        self._child.wait(timeout)

    def ended(self) -> str:
        """How the kernel ended."""
        code = self._child.code(seconds=1)
        if code is None:
            return "prosesnya tidak menjawab"
        return f"sinyal {Signals(-code).name}" if code < 0 else f"kode {code}"

    async def is_alive(self) -> bool:
        return not self._reading.done()

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Ask for a cell; the id that its outputs and its reply will name."""
        return self._request(
            "execute_request",
            code=code,
            silent=False,
            store_history=store_history,
            user_expressions={},
            allow_stdin=self.allow_stdin,
            stop_on_error=stop_on_error,
        )

    def kernel_info(self) -> str:
        return self._request("kernel_info_request")

    def _request(self, kind: str, **content: Any) -> str:
        message = self.session.msg(kind, content)
        self.send(message)
        return message["header"]["msg_id"]

    def send(self, message: dict[str, Any]) -> None:
        self._writer.write(packed(SHELL, self.session.serialize(message)))

    def stop(self) -> None:
        """Ask the kernel to end as a program does, with what it registered for its exit."""
        self._writer.write(packed(STOP, []))

    async def stop_channels(self) -> None:
        self._reading.cancel()
        self._writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        inboxes = {SHELL: self.shell_channel, IOPUB: self.iopub_channel}
        try:
            while True:
                channel, parts = await received(reader)
                _, frames = self.session.feed_identities(parts)
                inboxes[channel].messages.put_nowait(self.session.deserialize(frames))
        except (asyncio.IncompleteReadError, ConnectionError):
            # Outputs that came before the end are taken in first.
            while not self.iopub_channel.messages.empty():
                await asyncio.sleep(0.01)
            self.shell_channel.messages.put_nowait(None)
