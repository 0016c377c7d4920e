"""A mail server on this machine that misbehaves when told to, and an edition made by hand to send by it."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import yaml
from aiosmtpd.smtp import SMTP

from adminduk.basis.paths import Paths
from adminduk.publish.manifest import NAME, SUMS, Artefact, Manifest, Standing

PERIOD, DATA = "2024-11-12", "kaltim"
PROVINCE, BALIKPAPAN, SAMARINDA, BOTH = (
    "prov@x.example.org",
    "bpp@x.example.org",
    "smd@x.example.org",
    "dua@x.example.org",
)
REGIONS = {"64": "Provinsi Kalimantan Timur", "64.71": "Kota Balikpapan", "64.72": "Kota Samarinda"}
PEOPLE = {PROVINCE: ["64"], BALIKPAPAN: ["64.71"], SAMARINDA: ["64.72"], BOTH: ["64.71", "64.72"]}

PACK = {code: f"{code}_{name.lower().replace(' ', '-')}_{PERIOD}.pdf" for code, name in REGIONS.items()}
INTERNAL, EVERYTHING = PACK["64"].replace(".pdf", "_internal.pdf"), f"semua_{PERIOD}.pdf"
# Whoever wants packs gets these, by hand from the rules of the meeting.
PACKS = {
    PROVINCE: {PACK["64"], INTERNAL, EVERYTHING},
    BALIKPAPAN: {PACK["64"], PACK["64.71"]},
    SAMARINDA: {PACK["64"], PACK["64.72"]},
    BOTH: {PACK["64"], PACK["64.71"], PACK["64.72"]},
}


class _Session(SMTP):
    """As aiosmtpd's, but for a connection that is cut while the message is on its way."""

    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.next_is("cut before the end", self.envelope):
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if self.event_handler.echoes:
            await self.push(f"454 4.7.0 cannot process AUTH {arg}")
            return
        await super().smtp_AUTH(arg)


@dataclass
class PostOffice:
    """``rules`` say by recipient what happens at each attempt, in order; after them all goes well.

    ``echoes``: a login is put off with the line that asked for it.

    ``inbox`` holds what was accepted. ``held`` is set when an attempt was told to wait, until ``release`` is set.
    """

    port: int = 0
    echoes: bool = False
    starttls: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    rules: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    inbox: list[tuple[str, EmailMessage]] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> PostOffice:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(30)
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    async def _open(self) -> None:
        def session() -> SMTP:
            return _Session(self, hostname="localhost", tls_context=self.starttls, loop=self._loop, **self.options)

        self._server = await self._loop.create_server(session, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def next_is(self, rule: str, envelope: Any) -> bool:
        """Whether this happens now to the recipient; then it is done with."""
        waiting = self.rules[envelope.rcpt_tos[0]] if envelope.rcpt_tos else []
        found = bool(waiting) and waiting[0] == rule
        if found:
            del waiting[0]
        return found

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.attempts.append(address)
        envelope.rcpt_tos.append(address)
        if self.next_is("no such person", envelope):
            return "550 5.1.1 no such person"
        if self.next_is("later", envelope):
            return "451 4.3.0 later"
        if self.next_is("the server dies", envelope):
            self._server.close()
            server.transport.abort()
        if self.next_is("hold at the address", envelope):
            await self._hold()
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.next_is("full", envelope):
            return "452 4.2.2 full"
        if self.next_is("refused", envelope):
            return "554 5.7.1 refused"
        if self.next_is("lost", envelope):
            server.transport.abort()
            return ""
        (to,) = envelope.rcpt_tos
        self.inbox.append((to, message_from_bytes(envelope.original_content, policy=policy.default)))
        if self.next_is("accepted and cut", envelope):
            server.transport.abort()
        if self.next_is("accepted and held", envelope):
            await self._hold()
        if self.next_is("accepted without a number", envelope):
            return "OK queued as 123"
        return "250 2.0.0 accepted"

    async def _hold(self) -> None:
        self.held.set()
        await self._loop.run_in_executor(None, self.release.wait)

    def files(self) -> dict[str, list[str]]:
        """The names of the files that arrived, by recipient."""
        found: dict[str, list[str]] = defaultdict(list)
        for to, message in self.inbox:
            found[to] += [str(part.get_filename()) for part in message.iter_attachments()]
        return {to: sorted(names) for to, names in found.items()}

    def environment(self) -> dict[str, str]:
        told = {"HOST": "127.0.0.1", "PORT": str(self.port), "SECURITY": "tanpa", "FROM": "dkp3a@x.example.org"}
        return {f"ADMINDUK_SMTP_{name}": value for name, value in told.items()}


def content(path: str, edition: str) -> bytes:
    return f"%PDF-1.7\n{edition} {path}\r\n.\r\n..\n".encode() + bytes(range(256))


def _artefact(path: str, kind: str, region: str, audience: str, version: str) -> Artefact:
    title = f"Berkas {path.partition('/')[2] or path}"
    data = content(path, version)
    sha, told = hashlib.sha256(data).hexdigest(), ("Edisi ini menggantikan.", f"{region}: 1 menjadi 2.")
    return Artefact(path, kind, title, region, audience, version, {"isi": sha}, told, len(data), sha)


def edition(paths: Paths, name: str = PERIOD, replaces: str = "", same: str = "", **outcomes: str) -> Manifest:
    """Write an edition and put it in force. ``outcomes`` by region ("k6471"); ``same``: a region that is as in
    ``replaces``."""
    regions = tuple(
        Standing(code, label, outcomes.get(f"k{code.replace('.', '')}", "dicetak"), cause="")
        for code, label in REGIONS.items()
    )
    found = []
    for region in regions:
        if region.outcome != "dicetak":
            continue
        version, audience = replaces if region.code == same else name, "publik" if region.code == "64" else "daerah"
        stem = PACK[region.code].removesuffix(".pdf")
        for path, kind in (
            (f"paket/{stem}.pdf", "pack"),
            (f"lampiran/{stem}.xlsx", "annex"),
            (f"gambar/{stem}.png", "picture"),
        ):
            found.append(_artefact(path, kind, region.code, audience, version))
    found += [
        _artefact(f"paket/{INTERNAL}", "pack", "64", "internal", name),
        _artefact(f"paket/{EVERYTHING}", "pack", "", "internal", name),
        _artefact("dokumen/bahan_sambutan.docx", "document", "64", "publik", name),
        _artefact("ringkasan.txt", "text", "", "publik", name),
        _artefact("indikator.csv", "table", "", "publik", name),
    ]
    made = Manifest(DATA, PERIOD, name, replaces, True, "Rakorda", "12 November 2024", regions, tuple(found))
    folder = paths.edition(DATA, name)
    for artefact in found:
        place = folder / artefact.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content(artefact.path, artefact.version))
    declare(folder, made.text())
    paths.current_edition(DATA, PERIOD).write_text(f"{name}\n", encoding="utf-8")
    return made


def declare(folder: Path, manifest: str) -> None:
    """Write the manifest of an edition, with its sum."""
    (folder / NAME).write_bytes(manifest.encode())
    (folder / SUMS).write_text(f"{hashlib.sha256(manifest.encode()).hexdigest()}  {NAME}\n", encoding="utf-8")


def invite(paths: Paths, documents: tuple[str, ...] = ("paket",), **mailing: object) -> None:
    """Everybody into params/attendees.yml; ``mailing`` changes keys of params/mailing.yml. Nobody waits between
    attempts."""
    people = [
        {"name": f"Nama {regions[0]}", "office": "Dinas", "regions": regions, "role": "kepala", "email": to,
         "documents": list(documents)}
        for to, regions in PEOPLE.items()
    ]  # fmt: skip
    written = yaml.safe_dump({"attendees": people}, allow_unicode=True)
    paths.parameters("attendees").write_text(written, encoding="utf-8")
    path = paths.parameters("mailing")
    told = yaml.safe_load(path.read_text(encoding="utf-8")) | {"first_pause": 0, "longest_pause": 0} | mailing
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
