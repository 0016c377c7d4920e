"""The server: who it is, as the environment says, and one message handed to it."""

from __future__ import annotations

import errno
import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from adminduk.basis.attendees import is_address
from adminduk.basis.errors import ParameterError, Problem
from adminduk.present.mailing import line
from adminduk.publish.distribute.message import written

PREFIX = "ADMINDUK_SMTP_"
_SET, _ASK = "isi di lingkungan, lalu ulangi", "hubungi pengelola server"
_LOOK = f"periksa {PREFIX}SECURITY dan {PREFIX}PORT, atau {_ASK}"
_PORTS = {"starttls": 587, "tls": 465, "tanpa": 25}
_UNENCRYPTED = "sambungan terenkripsi tidak dapat dibuat"
_ANSWER = 200  # letters of an answer that are kept
_HOST = re.compile(r"[^\s/@:]+|[0-9A-Fa-f:.]+")  # a name or an address, without https://, a mailbox or a port
# Why there is no connection, by the number of the operating system's error.
_AWAY = {
    errno.ECONNREFUSED: "tidak ada server di port itu",
    errno.ECONNRESET: "diputus oleh server",
    errno.EPIPE: "diputus oleh server",
    errno.ENETUNREACH: "jaringan tidak tersambung",
    errno.EHOSTUNREACH: "jaringan tidak tersambung",
}


class Waiting(Exception):
    """Not delivered, and surely not accepted: worth another attempt."""


class Unreachable(Waiting):
    """Nothing can be delivered to anybody now."""


class Refused(Exception):
    """Not delivered, and another attempt would end alike."""


class Uncertain(Exception):
    """All of it was handed over and no answer came: the server may have it or not."""


@dataclass(frozen=True)
class Server:
    """``security``: starttls, tls, or tanpa (nothing), the last one only on this machine."""

    host: str
    port: int
    security: Literal["starttls", "tls", "tanpa"]
    user: str
    password: str = field(repr=False)
    address: str
    timeout: float


def server_from(environment: Mapping[str, str], timeout: float) -> Server:
    """The server that the environment names; ParameterError with everything that is missing or wrong in it."""
    told = {name: environment.get(PREFIX + name, "").strip() for name in ("HOST", "PORT", "USER", "SECURITY", "FROM")}
    security = told["SECURITY"].casefold() or "starttls"
    password = environment.get(PREFIX + "PASSWORD", "")
    problems = [*_wrong(told, security)]
    if told["USER"] and not password and not is_loopback(told["HOST"]):
        what = f"belum diisi, padahal {PREFIX}USER terisi"
        problems.append(Problem(f"{PREFIX}PASSWORD", what, "kata sandi pengguna itu", _SET))
    if problems:
        raise ParameterError(*problems)
    port = int(told["PORT"] or _PORTS[security])
    return Server(told["HOST"], port, security, told["USER"], password, sender_address(environment), timeout)


def sender_address(environment: Mapping[str, str]) -> str:
    """The address that messages come from; empty while none is known."""
    names = (environment.get(PREFIX + name, "").strip() for name in ("FROM", "USER"))
    return next(filter(is_address, names), "")


def _wrong(told: Mapping[str, str], security: str) -> list[Problem]:
    found = []
    if not told["HOST"]:
        found.append(Problem(f"{PREFIX}HOST", "belum diisi", "nama server surel", _SET))
    elif not _HOST.fullmatch(told["HOST"]):
        expected = f"nama server saja, misalnya smtp.dinas.example.org; port di {PREFIX}PORT"
        found.append(Problem(f"{PREFIX}HOST", f"{told['HOST']!r} bukan nama server", expected, _SET))
    if not re.fullmatch(r"([1-9]\d{0,4})?", told["PORT"]) or int(told["PORT"] or 0) > 65535:
        found.append(
            Problem(f"{PREFIX}PORT", f"{told['PORT']!r} bukan nomor port", "1 sampai 65535, atau kosong", _SET)
        )
    if security not in _PORTS:
        found.append(Problem(f"{PREFIX}SECURITY", f"{security!r} tidak dikenal", ", ".join(_PORTS), _SET))
    elif security == "tanpa" and told["HOST"] and not is_loopback(told["HOST"]):
        what = f"tanpa TLS hanya boleh ke mesin ini, bukan ke {told['HOST']}"
        found.append(Problem(f"{PREFIX}SECURITY", what, "starttls atau tls", "hubungi pengelola server bila belum ada"))
    if told["FROM"] and not is_address(told["FROM"]):
        found.append(Problem(f"{PREFIX}FROM", f"{told['FROM']!r} bukan alamat surel", "satu alamat", _SET))
    elif not told["FROM"] and not is_address(told["USER"]):
        found.append(Problem(f"{PREFIX}FROM", "belum diisi, dan _USER bukan alamat surel", "alamat pengirim", _SET))
    return found


def is_loopback(host: str) -> bool:
    """Whether what is sent there stays on this machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def deliver(server: Server, message: EmailMessage, to: str, before_end: Callable[[], None]) -> str:
    """Hand one message over; the answer of the server.

    ``before_end`` is called when all but the last line was handed over: until then a server cannot have accepted it.
    Raises Waiting, Unreachable, Refused or Uncertain; ParameterError where login or encryption is not possible.
    """
    content = written(message)  # base64 and quoted-printable: short lines, each with its end
    with closing(_connected(server)) as connection:
        try:
            _step(connection.mail(server.address))
            _step(connection.rcpt(to))
            _step(connection.docmd("DATA"), 354)
            connection.send(re.sub(rb"(?m)^\.", b"..", content))  # a line of one dot would end it
        except OSError as error:
            raise Waiting(_told(error)) from error
        before_end()
        try:
            connection.send(b".\r\n")
            answer = connection.getreply()
        except OSError as error:
            raise Uncertain(_told(error)) from error
        told = _ended(answer)
        with suppress(OSError):  # it is delivered, however we part
            connection.quit()
        return told


def _step(answer: tuple[int, bytes], expected: int = 250) -> str:
    """The answer in words when it is a yes."""
    code, text = answer
    told = line(f"{code} {text.decode('utf-8', 'replace')}")[:_ANSWER]
    if code == expected or (expected == 250 and code == 251):
        return told
    raise Waiting(told) if 400 <= code < 500 or code == -1 else Refused(told)


def _ended(answer: tuple[int, bytes]) -> str:
    """The answer to a whole message. Only a clear no means that the server does not have it."""
    code, text = answer
    told = line(f"{code} {text.decode('utf-8', 'replace')}")[:_ANSWER]
    if 200 <= code < 300:
        return told
    if not 400 <= code < 600:
        raise Uncertain(told)
    raise Waiting(told) if code < 500 else Refused(told)


def _connected(server: Server) -> smtplib.SMTP:
    """Greeted, encrypted and logged in."""
    context = ssl.create_default_context()
    kind = smtplib.SMTP_SSL if server.security == "tls" else smtplib.SMTP
    secure = {"context": context} if server.security == "tls" else {}
    with ExitStack() as opened:
        try:
            connection = kind(server.host, server.port, timeout=server.timeout, **secure)
            opened.callback(connection.close)
            if server.security == "starttls":
                connection.starttls(context=context)
            connection.ehlo_or_helo_if_needed()
            if server.user and server.password:
                connection.login(server.user, server.password)
        except UnicodeError:  # the cause holds the password, or a host name that no network knows
            where, what = f"{PREFIX}HOST, _USER, _PASSWORD", "salah satunya memuat huruf yang tidak dapat dikirim"
            raise ParameterError(Problem(where, what, "nama server yang sah; huruf ASCII", _SET)) from None
        except OSError as error:  # what smtplib raises is one, too
            raise _explained(error, server) from None
        opened.pop_all()
    return connection


def _explained(error: OSError, server: Server) -> Exception:
    """What keeps everybody's message from being sent, in our words."""
    where = f"{server.host}:{server.port}"
    match error:
        case ssl.SSLCertVerificationError():
            what = f"{_UNENCRYPTED} (sertifikat tidak dipercaya: {line(error.verify_message)})"
            return ParameterError(Problem(where, what, "sertifikat yang sah untuk nama server itu", _ASK))
        case ssl.SSLError():
            what = f"{_UNENCRYPTED} (jawabannya bukan TLS: {line(error.reason or str(error))})"
            return ParameterError(Problem(where, what, "server dengan TLS di port itu", _LOOK))
        case smtplib.SMTPNotSupportedError():
            lacking = "STARTTLS" if "STARTTLS" in str(error) else "login"
            what, expected = f"server tidak menyediakan {lacking}", f"server yang menyediakan {lacking}"
            return ParameterError(Problem(where, what, expected, _LOOK))
        case smtplib.SMTPAuthenticationError() if error.smtp_code >= 500:
            expected = f"{PREFIX}USER dan {PREFIX}PASSWORD yang benar"
            return ParameterError(Problem(where, f"login ditolak (jawaban {error.smtp_code})", expected, _SET))
        case smtplib.SMTPAuthenticationError():
            # Nothing of the answer: a server may repeat the line that holds the password.
            return Unreachable(f"{error.smtp_code} saat login")
        case _:
            return Unreachable(_told(error))


def _told(error: OSError) -> str:
    """An error of the connection in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        told = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        return line(f"{error.smtp_code} {told}")[:_ANSWER]
    match error:
        case socket.gaierror():
            why = "nama server tidak ditemukan di jaringan"
        case TimeoutError():
            why = "server tidak menjawab"
        case smtplib.SMTPServerDisconnected():
            why = "diputus oleh server"
        case _:
            why = _AWAY.get(error.errno or 0, str(error))
    return line(f"sambungan gagal: {why}")[:_ANSWER]
