"""Have the newest checkpoint of our log stamped by an authority, where the settings name one: RFC 3161."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.x509 import Certificate
from django.conf import settings

from masthead.errors import MastheadError, NotReady
from masthead.exchange import Limits, ask
from masthead.language import Message
from masthead.newsroom.evidence.models import Checkpoint, Stamp
from masthead.newsroom.evidence.said_of_it import keep_stamp
from masthead.newsroom.outside import allowed
from masthead.newsroom.witness import contacts
from masthead.newsroom.witness.asking import OFF, newest
from masthead.newsroom.witness.contacts import WELL, Went
from masthead.tlog import note
from masthead.tlog.stamp import (
    LARGEST,
    QUERY,
    NoStamp,
    NotGranted,
    Unproved,
    Unreadable,
    query,
    read_roots,
    stamped_at,
)

EVERY = timedelta(hours=1)
"""How long the desk waits after a stamp: authorities for everybody are not there for every checkpoint."""
_WHY = {
    NotGranted: Message("It answered that it gives no stamp."),
    Unreadable: Message("What it answered cannot be read as a time stamp of RFC 3161; it was not kept."),
    Unproved: Message(
        "The certificates in the file that `tsa_root` names do not show that its stamp is the authority's;"
        " it was not kept. Put the authority's root there, and the certificates between where it does not"
        " send them."
    ),
}
_OTHER = Message("What it gave is a stamp of something else than was asked; it was not kept.")
_LIMITS = Limits(size=LARGEST, seconds=20.0, redirects=0)


def authority() -> str:
    """The address of the authority; empty where none is named."""
    named: str = settings.MASTHEAD.tsa
    return named


def contact_of(address: str) -> str:
    """Under which id it is put down how it went with an authority."""
    return f"tsa:{sha256(address.encode()).hexdigest()[:32]}"


def waits(published: Checkpoint, now: datetime) -> bool:
    """Whether the newest checkpoint has no stamp, and the last one was not just now."""
    stamps = Stamp.objects.filter(authority=authority())
    if not authority() or stamps.filter(checkpoint=published).exists():
        return False
    return not stamps.filter(said_at__gt=now - EVERY).exists()


def have_stamped(*, now: datetime | None = None) -> Went:
    """Ask once for a stamp of the newest checkpoint, keep it if it is good, and say how it went."""
    moment, address, published = now or datetime.now(UTC), authority(), newest()
    if not address or published is None:
        return WELL
    try:
        went = _stamp(address, published, moment)
    except MastheadError as error:
        went = Went(error.what)
    contacts.note(contact_of(address), went, moment, again=timedelta(0))
    return went


def _stamp(address: str, published: Checkpoint, now: datetime) -> Went:
    roots, text = _roots(), note.parse(published.note).text
    asked = query(text)
    answer = ask(address, asked.content, {"Content-Type": QUERY}, limits=_LIMITS, allow=allowed())
    if answer.status != 200:
        return Went(Message("It answered %(status)s.", {"status": answer.status}))
    try:
        said_at = stamped_at(answer.content, text, roots, asked.nonce)
    except NoStamp as error:
        return Went(_WHY.get(type(error), _OTHER))
    # One that was valid once and is not now could otherwise go on stamping with an old time.
    if abs(said_at - now) > OFF:
        return Went(Message("Its clock and ours differ by more than five minutes; the stamp was not kept."))
    keep_stamp(published, address, answer.content, said_at)
    return WELL


def _roots() -> list[Certificate]:
    try:
        return read_roots(Path(settings.MASTHEAD.tsa_root).read_bytes())
    except (OSError, ValueError) as error:
        raise NotReady(
            Message("The root certificate of the time stamps cannot be read."),
            Message("Set `tsa_root` to the PEM file that the authority gives out."),
        ) from error
