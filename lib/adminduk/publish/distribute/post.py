"""What was asked for, and all that its messages are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from functools import cached_property
from itertools import takewhile
from pathlib import PurePosixPath

from adminduk.basis.attendees import load_attendees
from adminduk.basis.errors import ParameterError, Problem
from adminduk.basis.mailing import Mailing, load_mailing
from adminduk.basis.paths import Paths
from adminduk.basis.regions import Regions, load_regions
from adminduk.present.mailing import Letter
from adminduk.publish import manifest as editions
from adminduk.publish.distribute.ledger import Entry, Ledger, State
from adminduk.publish.distribute.message import Before, Sender, compose, dated, letter, message_id
from adminduk.publish.distribute.plan import Parcel, parcels, read_files
from adminduk.publish.manifest import Manifest

_OPEN = ("", "planned", "failed")
_UNHEARD = ("sending", "uncertain")


@dataclass(frozen=True)
class Order:
    """What is asked for: the edition in force of a period and dataset.

    ``regions`` as the user names them, none for all; ``resend``: the address of one person to whom everything is sent
    again of which nobody knows whether it arrived, and then nothing else to anybody.
    """

    period: str
    data: str
    regions: tuple[str, ...] = ()
    resend: str = ""


@dataclass(frozen=True)
class Post:
    """``names`` are those of regions by code; ``parcels`` what each person gets of the edition in all."""

    paths: Paths
    order: Order
    manifest: Manifest
    mailing: Mailing
    names: Mapping[str, str]
    parcels: Sequence[Parcel]

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.paths.sent)

    def standing(self) -> dict[tuple[str, str], Entry]:
        """What the ledger knows of the files of these parcels, by person and hash."""
        known = self.ledger.standing(self.manifest.data, self.manifest.edition)
        wanted = [(parcel.attendee.person, file.sha256) for parcel in self.parcels for file in parcel.artefacts]
        return {key: known[key] for key in wanted if key in known}

    def due(self) -> list[Parcel]:
        """What is to be sent now: of each person the files that were not, or those that are asked for again."""
        known = self.standing()
        wanted = _UNHEARD if self.order.resend else _OPEN

        def is_due(person: str, sha256: str) -> bool:
            entry = known.get((person, sha256))
            return (entry.state if entry else "") in wanted

        found = [
            replace(one, artefacts=tuple(file for file in one.artefacts if is_due(one.attendee.person, file.sha256)))
            for one in self.parcels
            if not self.before(one.attendee.person).has_all(one.artefacts)
        ]
        return [parcel for parcel in found if parcel.artefacts]

    def contents(self, due: Sequence[Parcel]) -> dict[str, bytes]:
        """Every file of these parcels by its path; DataError when one is not as it was made."""
        folder = self.paths.edition(self.manifest.data, self.manifest.edition)
        return read_files(folder, {file.path: file for parcel in due for file in parcel.artefacts}.values())

    def letter(self, parcel: Parcel) -> Letter:
        return letter(self.manifest, parcel, self.mailing, self.names, self.before(parcel.attendee.person))

    def before(self, person: str) -> Before:
        """What the person has of earlier editions; a correction corrects that, and no edition that was never sent."""
        earlier = [made.replaces for made in self._line if made.replaces]
        last, sums = self.ledger.received(person, self.manifest.data, earlier)
        moved: dict[str, list[str]] = {}
        for made in takewhile(lambda made: last and made.edition != last, self._line):
            for file in (file for file in made.artefacts if file.version == made.edition):
                # The first line of its changes says what is replaced.
                moved[file.path] = [*file.changes[1:], *moved.get(file.path, ())]
        return Before(last, sums, moved)

    @cached_property
    def _line(self) -> list[Manifest]:
        """This edition and those that it corrects, the newest first."""
        line = [self.manifest]
        while line[-1].replaces:
            line.append(editions.read(self.paths.edition(self.manifest.data, line[-1].replaces) / editions.NAME))
        return line

    def message(self, parcel: Parcel, contents: Mapping[str, bytes], address: str, date: datetime) -> EmailMessage:
        """The message from ``address`` that brings a parcel."""
        told = self.letter(parcel)
        files = parcel.artefacts if told.attached else ()
        attached = {PurePosixPath(file.path).name: contents[file.path] for file in files}
        made = compose(told, self.mailing, Sender(self.mailing.sender, address), parcel.attendee.email, attached)
        return dated(made, self.identity(parcel, address), date)

    def identity(self, parcel: Parcel, address: str) -> str:
        """The id of that message."""
        return message_id(self.manifest, parcel.attendee.person, parcel.artefacts, address.rpartition("@")[2])

    def entries(self, parcel: Parcel, identity: str, state: State, answer: str = "") -> list[Entry]:
        """A line of the ledger for each file of a parcel."""
        at, person, edition = now().isoformat(), parcel.attendee.person, self.manifest
        return [
            Entry(at, person, edition.data, edition.edition, file.path, file.sha256, identity, state, answer)
            for file in parcel.artefacts
        ]


def now() -> datetime:
    """The hour here, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


def gathered(paths: Paths, order: Order) -> Post:
    """Raises ParameterError for what is wrong in params/ or the order, DataError for an edition that is not whole."""
    regions, mailing = load_regions(paths), load_mailing(paths)
    named = _codes(order.regions, regions)
    attendees = load_attendees(paths, regions)
    manifest = editions.needed(paths, order.data, order.period)
    made = parcels(manifest, attendees, named)
    if order.resend:
        made = [parcel for parcel in made if parcel.attendee.person == order.resend.casefold()]
    post = Post(paths, order, manifest, mailing, {region.code: region.name for region in regions.all}, made)
    if order.resend and not post.due():
        what = f"tidak ada kiriman yang tidak pasti untuk {order.resend!r} pada edisi {manifest.edition}"
        raise ParameterError(
            Problem("RESEND", what, "alamat yang dicantumkan make sent sebagai tidak pasti", "lihat make sent")
        )
    return post


def _codes(named: Sequence[str], regions: Regions) -> tuple[str, ...]:
    """The codes of regions that were named; ParameterError with all that are not known."""
    codes, problems = [], []
    for text in named:
        try:
            codes.append(regions.find(text).code)
        except ParameterError as error:
            problems.extend(error.problems)
    if problems:
        raise ParameterError(*problems)
    return tuple(codes)
