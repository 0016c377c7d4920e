"""Messages between a kernel and who runs it: parts of bytes on a stream socket."""

from __future__ import annotations

import struct
from asyncio import StreamReader
from collections.abc import Sequence

COUNTS = struct.Struct("!cI")  # the channel, how many parts
LENGTH = struct.Struct("!Q")

SHELL, IOPUB, START, STOP = b"s", b"i", b"b", b"e"


def packed(channel: bytes, parts: Sequence[bytes]) -> bytes:
    """One message as it goes over the wire."""
    lengths = b"".join(LENGTH.pack(memoryview(part).nbytes) for part in parts)
    return b"".join([COUNTS.pack(channel, len(parts)), lengths, *(bytes(part) for part in parts)])


async def received(stream: StreamReader) -> tuple[bytes, list[bytes]]:
    """The next message on an asyncio stream; IncompleteReadError when the kernel is gone."""
    channel, count = COUNTS.unpack(await stream.readexactly(COUNTS.size))
    lengths = [LENGTH.unpack(await stream.readexactly(LENGTH.size))[0] for _ in range(count)]
    return channel, [await stream.readexactly(length) for length in lengths]
