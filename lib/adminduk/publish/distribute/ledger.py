"""What was sent to whom: a line for every step of every file, never changed, forced to disk before the next step."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal

from adminduk.basis.errors import DataError, Problem

State = Literal["planned", "sending", "sent", "uncertain", "failed"]


@dataclass(frozen=True)
class Entry:
    """One file to one person: what was true ``at`` that time. ``answer`` is the server's, or why there is none."""

    at: str
    person: str
    data: str
    edition: str
    path: str
    sha256: str
    message_id: str
    state: State
    answer: str = ""


_COLUMNS = ", ".join(field.name for field in fields(Entry))
_TABLE = f"CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, {_COLUMNS})"
_INSERT = f"INSERT INTO entries ({_COLUMNS}) VALUES ({', '.join('?' for _ in fields(Entry))})"
# The newest line of each person, edition and file, in the order in which they were written.
_NEWEST = f"""SELECT {_COLUMNS} FROM entries WHERE number IN
    (SELECT max(number) FROM entries GROUP BY person, data, edition, sha256) ORDER BY number"""


class Ledger:
    """The file at ``path``. SQLite's rollback journal with its default of forcing to disk: a kill at any moment leaves
    every line that ``write`` returned for, and no half of one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, entries: Iterable[Entry]) -> None:
        """All of them or none; DataError when there is no room or no permission. The folder must be there."""
        with self._opened() as connection:
            connection.executemany(_INSERT, [astuple(entry) for entry in entries])

    def newest(self) -> list[Entry]:
        """What is true now of every file that was ever to be sent."""
        if not self._path.is_file():
            return []
        with self._opened() as connection:
            return [Entry(*row) for row in connection.execute(_NEWEST)]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path)) as connection, connection:
                connection.execute(_TABLE)
                yield connection
        except sqlite3.Error as error:
            what, next_step = f"tidak dapat dibaca atau ditulis ({error})", "periksa ruang disk dan izin, lalu ulangi"
            raise DataError(Problem(f"outputs/{self._path.name}", what, "buku kiriman yang utuh", next_step)) from error

    def received(self, person: str, data: str, editions: Collection[str]) -> tuple[str, frozenset[str]]:
        """The last of these editions that the person has something of, and the hashes of that; empty when nothing."""
        got = [entry for entry in self.newest() if (entry.person, entry.data, entry.state) == (person, data, "sent")]
        got = [entry for entry in got if entry.edition in editions]
        last = got[-1].edition if got else ""
        return last, frozenset(entry.sha256 for entry in got if entry.edition == last)

    def standing(self, data: str, edition: str) -> dict[tuple[str, str], Entry]:
        """As ``newest``, of one edition, by person and hash of the file."""
        found = (entry for entry in self.newest() if (entry.data, entry.edition) == (data, edition))
        return {(entry.person, entry.sha256): entry for entry in found}
