"""``adminduk send`` and ``adminduk sent``: each file goes to each person once for each edition."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import PurePosixPath

from filelock import FileLock, Timeout
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from adminduk.basis.errors import UNWRITABLE, DataError, Problem
from adminduk.basis.mailing import Mailing
from adminduk.basis.paths import Paths
from adminduk.present import mailing as words
from adminduk.publish.distribute.ledger import Entry, Ledger, State
from adminduk.publish.distribute.plan import Parcel
from adminduk.publish.distribute.post import Order, Post, gathered, now
from adminduk.publish.distribute.rehearsal import rehearse
from adminduk.publish.distribute.smtp import (
    PREFIX,
    Refused,
    Server,
    Uncertain,
    Unreachable,
    Waiting,
    deliver,
    server_from,
)

__all__ = ["Order", "send", "sent_lines"]

_CUT = "terputus sebelum jawaban server terdengar"
Tell = Callable[[str], None]


def send(paths: Paths, order: Order, confirm: bool, tell: Tell) -> None:
    """Tell what would be sent and write the messages as files; with ``confirm`` send them.

    ParameterError for what is wrong in params/, the order or the environment; DataError for an edition that is not
    whole or not as it was made, and at the end for everything that did not, or perhaps not, arrive.
    """
    if not confirm:
        rehearse(gathered(paths, order), tell)
        return
    with _alone(paths):
        _settle(Ledger(paths.sent))
        post = gathered(paths, order)
        _send_all(post, server_from(os.environ, post.mailing.timeout), tell)


def sent_lines(paths: Paths) -> list[str]:
    """The ledger for the terminal: every file of every person with what became of it."""
    return words.ledger([_line(entry) for entry in Ledger(paths.sent).newest()])


def _line(entry: Entry) -> tuple[str, ...]:
    when, edition = entry.at[:16].replace("T", " "), f"{entry.data} {entry.edition}"
    return when, entry.person, edition, PurePosixPath(entry.path).name, words.STATES[entry.state], entry.answer


@contextmanager
def _alone(paths: Paths) -> Iterator[None]:
    """One sender at a time; the lock of a killed one is gone with it. DataError when there is another."""
    lock = FileLock(paths.sent.with_suffix(".kunci"))
    try:
        paths.sent.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        what = "sedang mengirim dalam perintah lain"
        raise DataError(Problem("make send", what, "satu pengirim", "tunggu sampai perintah itu selesai")) from error
    except OSError as error:
        where, what = (
            paths.relative(paths.sent.parent),
            f"tidak dapat ditulis ({UNWRITABLE.get(error.errno or 0) or error.strerror})",
        )
        raise DataError(
            Problem(where, what, "izin menulis", "periksa ruang disk dan izin folder, lalu ulangi")
        ) from error
    try:
        yield
    finally:
        lock.release()


def _settle(ledger: Ledger) -> None:
    """What a sender that is gone was about to end: nobody heard whether it arrived."""
    cut = [entry for entry in ledger.newest() if entry.state == "sending"]
    if cut:
        ledger.write(replace(entry, at=now().isoformat(), state="uncertain", answer=_CUT) for entry in cut)


def _send_all(post: Post, server: Server, tell: Tell) -> None:
    due = post.due()
    contents = post.contents(due)
    if not post.order.resend:  # what is uncertain stays so until it is on its way again
        identified = [(parcel, post.identity(parcel, server.address)) for parcel in due]
        post.ledger.write(line for parcel, key in identified for line in post.entries(parcel, key, "planned"))
    for number, parcel in enumerate(due, 1):
        message = post.message(parcel, contents, server.address, now())
        tell(f"[{number}/{len(due)}] {parcel.attendee.person}: {_send_one(post, server, parcel, message, tell)}")
    if not due:
        tell("Tidak ada yang perlu dikirim.")
    problems = [_problem(entry) for entry in post.standing().values() if entry.state != "sent"]
    if problems:
        raise DataError(*dict.fromkeys(problems))


def _send_one(post: Post, server: Server, parcel: Parcel, message: EmailMessage, tell: Tell) -> str:
    """What became of it, as the ledger has it; the ledger knows of every step before it is taken."""
    before: State = "uncertain" if post.order.resend else "planned"

    def record(state: State, answer: str = "") -> str:
        post.ledger.write(post.entries(parcel, str(message["Message-ID"]), state, answer))
        return f"{words.STATES[state]} {answer}".strip()

    def wait(tried: RetryCallState) -> None:
        answer = str(tried.outcome.exception())
        record(before, answer)
        tell(f"{parcel.attendee.person}: {answer}; dicoba lagi dalam {tried.next_action.sleep:.0f} detik ...")

    patient = _patient(post.mailing, wait)
    try:
        return record("sent", patient(deliver, server, message, parcel.attendee.email, lambda: record("sending")))
    except Unreachable as error:
        record(before, str(error))
        raise DataError(_unreachable(server, str(error))) from error
    except Uncertain as error:
        return record("uncertain", str(error))
    except (Refused, Waiting) as error:
        return record("uncertain" if post.order.resend else "failed", str(error))


def _patient(mailing: Mailing, wait: Callable[[RetryCallState], None]) -> Retrying:
    """As many attempts as params/mailing.yml allows; ``wait`` is called before each pause between them."""
    return Retrying(
        stop=stop_after_attempt(mailing.attempts),
        wait=wait_exponential(multiplier=mailing.first_pause, max=mailing.longest_pause),
        retry=retry_if_exception_type(Waiting),
        before_sleep=wait,
        reraise=True,
    )


def _unreachable(server: Server, answer: str) -> Problem:
    what = f"server tidak dapat dihubungi ({answer}); pesan yang tersisa belum dikirim"
    look = f"periksa {PREFIX}HOST, {PREFIX}PORT dan jaringan"
    next_step = f"{look}, lalu ulangi perintah yang sama: yang sudah dikirim tidak dikirim lagi"
    return Problem(f"{server.host}:{server.port}", what, "server surel yang menjawab", next_step)


def _problem(entry: Entry) -> Problem:
    """What is to be done about a file that did not, or perhaps not, arrive."""
    if entry.state == "uncertain":
        what = f"tidak pasti diterima: {entry.answer}"
        again = f"tanyakan kepada penerima; bila tidak ada, make send RESEND={entry.person} CONFIRM=yes"
        return Problem(entry.person, what, "jawaban 250 dari server", again)
    next_step = "perbaiki alamatnya di params/attendees.yml, atau ulangi perintah ini nanti"
    return Problem(entry.person, f"tidak terkirim: {entry.answer}", "jawaban 250 dari server", next_step)
