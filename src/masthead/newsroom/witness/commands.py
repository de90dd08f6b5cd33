"""What a person decides: whose log we witness, and who is asked to witness ours."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from django.conf import settings

from masthead.errors import NotFound, Refused
from masthead.exchange import checked
from masthead.joined import apart
from masthead.labels.dates import spoken_time_utc
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor, require
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.key_ring import ring
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.log import Recording, record
from masthead.newsroom.outside import allowed
from masthead.newsroom.said import cleaned, too_long
from masthead.newsroom.witness import keys, seen
from masthead.newsroom.witness.keys import Cosigner
from masthead.newsroom.witness.models import (
    LONGEST_ADDRESS,
    AskedWitness,
    Contact,
    OwnKey,
    Party,
    WitnessedLog,
)
from masthead.newsroom.witness.words import key_id
from masthead.tlog.cosignature import CosignerKey
from masthead.tlog.note import Ed25519Key, Malformed, VerifierKey

MOST = 50
"""Logs that we witness, and witnesses that we ask: each a few requests every ten minutes."""


def add_log(actor: Actor, key: str, address: str) -> WitnessedLog:
    """Witness the log of this verifier key, whose checkpoint stands at `address`/checkpoint.

    The name in the key is the log's origin. Makes our own key as a witness where there is none. Raises
    `Refused` for a key that is none, our own log or one that is witnessed already, `BadAddress`,
    `AddressRefused`, `NotAllowed`.
    """
    read = _key(VerifierKey, key, Message("That is not the public key of a log."))
    if read.name == keys.origin() or read.public_key in _our_keys():
        raise Refused(
            Message("This is our own log: nobody is their own witness."),
            Message("Give the key of somebody else's log."),
        )
    added = WitnessedLog(name=read.name, key=str(read), address=_address(address))
    keys.made(settings.MASTHEAD_HOME, keys.origin())
    _add(actor, added)
    return added


def add_witness(actor: Actor, key: str, address: str) -> AskedWitness:
    """Ask the witness of this key to cosign our log, at `address`/add-checkpoint. Raises as `add_log`."""
    read = _key(CosignerKey, key, Message("That is not the public key of a witness."))
    if read.name == keys.origin() + keys.SUFFIX:
        raise Refused(
            Message("This is our own witness: nobody is their own witness."),
            Message("Give the key of a witness that somebody else keeps."),
        )
    added = AskedWitness(name=read.name, key=str(read), address=_address(address))
    _add(actor, added)
    return added


def end(actor: Actor, party: Party) -> None:
    """Witness this log, or ask this witness, no longer. What was seen and cosigned stays.

    Raises `Refused` where it is ended already, `NotAllowed`.
    """

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MANAGE_WITNESSES, now=r.now)
        found = type(party)._default_manager.get(pk=party.pk)
        if found.ended_at is not None:
            raise ended_already()
        r.change(found, ended_at=r.now, ended_by_id=actor.person_id)
        return _said(actor, found)

    record(Kind.WITNESS_ENDED, actor=actor.person_id, decide=decide)
    Contact.objects.filter(pk=str(party.pk)).delete()
    party.refresh_from_db()


def ended_already() -> Refused:
    """What is said where somebody was quicker."""
    return Refused(Message("This was ended already."), Message("Nothing is left to do about it."))


def new_key(actor: Actor) -> Cosigner:
    """Begin with a new key of our witness, which all who ask us need; see `begin_anew`. `NotAllowed`."""
    require(actor, Action.MANAGE_WITNESSES, now=datetime.now(UTC))

    def put_down(fresh: CosignerKey, before: str) -> None:
        def decide(r: Recording) -> Mapping[str, Any]:
            require(actor, Action.MANAGE_WITNESSES, now=r.now)
            r.add(OwnKey(key=str(fresh), made_at=r.now))
            return {"key": str(fresh), "previous": before or None, "through": actor.through}

        record(Kind.WITNESS_KEY_MADE, actor=actor.person_id, decide=decide)

    return seen.begin_anew(put_down)


def party_called(name: str) -> Party:
    """The log that we witness, or the witness that we ask, of that name, key or id of its key; or of that id.

    `NotFound`; `Refused` where more than one that stands now goes by it. By its id, one that is ended too.
    """
    models: tuple[type[Party], ...] = (WitnessedLog, AskedWitness)
    for model in models if _is_id(name) else ():
        if by_id := model._default_manager.filter(pk=name).first():
            return by_id
    standing = [each for model in models for each in model._default_manager.filter(ended_at=None)]
    found = [each for each in standing if name in (each.name, each.key, key_id(each.key))]
    if not found:
        raise NotFound(
            Message("No log that is witnessed here and no witness goes by that name."),
            Message("See those there are among the witnesses."),
        )
    if len(found) > 1:
        raise _more_than_one(name, found)
    return found[0]


def _more_than_one(name: str, found: list[Party]) -> Refused:
    each = [
        str(
            Message(
                "key %(key)s, since %(at)s, id %(id)s",
                {"key": key_id(one.key), "at": spoken_time_utc(one.added_at), "id": str(one.pk)},
            )
        )
        for one in sorted(found, key=lambda one: one.added_at)
    ]
    return Refused(
        Message("More than one goes by the name %(name)s: %(each)s.", {"name": name, "each": apart(each)}),
        Message("Say which: give the id of its key in the place of the name."),
    )


def _add(actor: Actor, party: Party) -> None:
    model = type(party)

    def decide(r: Recording) -> Mapping[str, Any]:
        require(actor, Action.MANAGE_WITNESSES, now=r.now)
        standing = model._default_manager.filter(ended_at=None)
        if standing.filter(name=party.name, key=party.key).exists():
            raise Refused(
                Message("%(name)s is there already, with this key.", {"name": party.name}),
                Message("To change its address, end it and add it again."),
            )
        if standing.count() >= MOST:
            raise Refused(
                Message("There are %(most)s of them, as many as there may be.", {"most": MOST}),
                Message("End one that is no longer needed."),
            )
        party.added_by_id = actor.person_id
        party.added_at = r.now
        r.add(party)
        return _said(actor, party) | {"address": party.address}

    record(Kind.WITNESS_ADDED, actor=actor.person_id, decide=decide)


def _said(actor: Actor, party: Party) -> dict[str, Any]:
    watched = isinstance(party, WitnessedLog)
    return {"party": party.name, "watched": watched, "key": party.key, "through": actor.through}


def _key[K: Ed25519Key](kind: type[K], line: str, what: Message) -> K:
    try:
        return kind.parse(cleaned(line))
    except Malformed as error:
        raise Refused(
            what,
            Message(
                "Give the whole line, from the name to the last letter, as its owner gave it to you:"
                " not as you found it at the address that it is to check."
            ),
        ) from error


def _address(said: str) -> str:
    """Where it is, without a stroke at its end; encrypted, but for an organisation's own network."""
    address = checked(said.strip(), allowed(), encrypted=True).rstrip("/")
    if len(address) > LONGEST_ADDRESS:
        raise too_long(LONGEST_ADDRESS)
    ours, given = urlsplit(settings.MASTHEAD.address), urlsplit(address)
    if ours.hostname and _place(ours) == _place(given) and f"{given.path}/".startswith("/log/"):
        raise Refused(
            Message("This is the address of our own log or witness."),
            Message("Give the address of theirs, which they tell you with the key."),
        )
    return address


def _place(address: SplitResult) -> tuple[str | None, int]:
    return address.hostname, address.port or 443


def _our_keys() -> set[bytes]:
    return {each.key.public_key for each in ring(settings.MASTHEAD_HOME).list.keys}


def _is_id(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
