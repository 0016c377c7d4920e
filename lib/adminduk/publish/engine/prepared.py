"""The prepared process as seen from outside: started once, early; asked for kernels by all who run notebooks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

from adminduk.publish.engine.setting import FORK, engine

# The socket on which the prepared process of this program is asked.
_asked: socket.socket | None = None


def begin() -> socket.socket | None:
    """Start the prepared process now, while other work is done, if notebooks are to run in forks of it."""
    return prepare() if engine() == FORK else None


def prepare() -> socket.socket:
    """Start the prepared process of this program unless there is one; it imports while others work.

    The socket is what a worker needs to ``adopt`` it. The process ends when no copy of the socket is left.
    """
    global _asked
    if _asked is None:
        _asked, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        _start(theirs)
    return _asked


def adopt(asked: socket.socket) -> None:
    """Let this process ask the prepared process of the one that started it."""
    global _asked
    _asked = asked


def forget() -> None:
    """Fork the next kernel from a new prepared process. The old one ends when no worker holds its socket any more."""
    global _asked
    if _asked is not None:
        _asked.close()
        _asked = None


def _start(theirs: socket.socket) -> None:
    command = [sys.executable, "-m", "adminduk.publish.engine.nursery", str(theirs.fileno())]
    process = subprocess.Popen(
        command,
        pass_fds=[theirs.fileno()],
        cwd=os.sep,  # no matplotlibrc of the place where the program was started
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,  # an interrupt at the terminal is for the program, which then ends it
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    process.returncode = 0  # it ends by itself when the program does; nobody waits for it
    theirs.close()


class Child:
    """One kernel that is forked for this process.

    ``wire`` is the socket to talk to it; what is said early waits there.
    """

    def __init__(self) -> None:
        """Ask for it."""
        self._control, their_control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.wire, their_wire = socket.socketpair()
        with their_control, their_wire:
            _ask(their_control, their_wire)
        self._code: int | None = None

    def wait(self, seconds: float | None) -> None:
        """Until it is forked. RuntimeError when the prepared process cannot, or not within so many seconds."""
        self._control.settimeout(seconds)
        try:
            told = self._control.recv(1 << 16).decode() or "it ended while importing"
        except TimeoutError:
            told = f"no answer within {seconds} seconds"
        if not told.isdigit():
            self._control.close()  # a kernel that comes late ends at once
            self._code = -signal.SIGKILL
            raise RuntimeError(f"the prepared process is not ready for kernels: {told}")
        self._number = int(told)  # of its process, and of its process group

    def code(self, seconds: float = 0) -> int | None:
        """Its exit code, or minus the signal that ended it; None when it still runs after so many seconds."""
        if self._code is None:
            self._control.settimeout(seconds)
            with suppress(BlockingIOError, TimeoutError):
                told = self._control.recv(32)
                if not told:  # its keeper was killed, and it with its keeper, but not what it had started
                    self._kill()
                self._code = int(told or -signal.SIGKILL)
        return self._code

    def _kill(self) -> None:
        # A process group lives, and its number with it, as long as one of its members.
        with suppress(ProcessLookupError):
            os.killpg(self._number, signal.SIGKILL)

    def interrupt(self) -> None:
        """Stop its cell, if one runs."""
        with suppress(ProcessLookupError):  # it ended, or has hardly begun
            os.killpg(self._number, signal.SIGINT)

    def end(self) -> None:
        """Kill what is left of it, and of what it started."""
        if self.code() is None:
            self._kill()
            self.code(10)
        self._control.close()


def _ask(*ends: socket.socket) -> None:
    global _asked
    numbers = [end.fileno() for end in ends]
    try:
        socket.send_fds(prepare(), [b"+"], numbers)
    except (BrokenPipeError, ConnectionResetError):  # it was killed: a new one
        _asked = None
        socket.send_fds(prepare(), [b"+"], numbers)
