"""A request that carries an idempotency key is done once, however often it is sent.

After draft-ietf-httpapi-idempotency-key-header: the same key with the same request gives the same answer,
with another request it is refused, and while the first is in hand the second is told to wait. What was
refused changed nothing, so its key is free again. A request that a crash cut off is taken up where the record
shows it: every entry's place is noted in the entry's own transaction, and a request that lost its turn
meanwhile can record nothing more.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from masthead.errors import Refused, Stale
from masthead.language import Message
from masthead.newsroom.connections.alongside import alongside
from masthead.newsroom.connections.models import Done, Token
from masthead.newsroom.evidence.models import Entry
from masthead.newsroom.evidence.vouched import Vouched

KEPT_FOR = timedelta(hours=24)
"""How long a key is remembered."""

TURN = timedelta(minutes=2)
"""How long a request may be in hand before it counts as cut off."""


class InHand(Refused):
    """The first request under this key has not been answered yet."""


class OtherRequest(Refused):
    """This key came with another request before."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: an HTTP status, a JSON body and headers."""

    status: int
    body: Any
    headers: Mapping[str, str]


class Turn:
    """One request under its key, in hand."""

    def __init__(self, row: Done | None) -> None:
        self._row = row
        self.answered = _kept(row) if row else None
        """The answer given before, to be given again."""

    @property
    def cut_off(self) -> bool:
        """Whether something was recorded for this request before it was cut off."""
        return bool(self._row and self._row.places)

    def recorded[T: Vouched](self, model: type[T]) -> T | None:
        """The row of `model` that this request recorded before it was cut off."""
        places = self._row.places if self._row else []
        return model._default_manager.filter(entry__place__in=places).order_by("entry__place").first()

    def note(self, entry: Entry) -> None:
        """Note an entry's place, in its transaction; refuses where another took the turn over."""
        if self._row is None:
            return
        # Read anew each time: the place of a transaction that was aborted goes to someone else's entry.
        noted = self._mine().values_list("places", flat=True).first()
        if noted is None or not self._mine().update(places=[*noted, entry.place]):
            raise Stale(
                Message("This request took too long, and was begun again meanwhile."),
                Message("Ask for what came of it."),
            )

    def answer(self, answer: Answer) -> None:
        """Keep the answer, to be given again."""
        kept = {"body": answer.body, "headers": dict(answer.headers)}
        self._mine().update(status=answer.status, answer=kept)

    def give_back(self) -> None:
        """Free the key where nothing was recorded under it, and the turn in any case."""
        if self._row is not None and not self._mine().filter(places=[]).delete()[0]:
            self._mine().update(begun_at=self._row.begun_at - TURN)

    def _mine(self) -> QuerySet[Done]:
        row = self._row
        if row is None:
            return Done.objects.none()
        return Done.objects.filter(pk=row.pk, begun_at=row.begun_at, status=None)


@contextmanager
def once(token: Token, key: str | None, fingerprint: str, *, now: datetime) -> Iterator[Turn]:
    """Take the turn of `key`; without one, every request is a new one.

    Raises `InHand` or `OtherRequest`. What the block records is noted; what it raises gives the turn back.
    """
    turn = Turn(_begin(token, key, fingerprint, now) if key else None)
    if turn.answered is not None:
        yield turn
        return
    try:
        with alongside(turn.note):
            yield turn
    except BaseException:
        turn.give_back()
        raise


def _kept(row: Done) -> Answer | None:
    if row.status is None or row.answer is None:
        return None
    return Answer(row.status, row.answer["body"], row.answer["headers"])


def _begin(token: Token, key: str, fingerprint: str, now: datetime) -> Done:
    Done.objects.filter(begun_at__lt=now - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            return Done.objects.create(token=token, key=key, fingerprint=fingerprint, begun_at=now)
    except IntegrityError:
        pass
    row = Done.objects.filter(token=token, key=key).first()
    if row is None:
        # Its first request was refused and gave the key back between our two looks.
        raise _in_hand()
    if row.fingerprint != fingerprint:
        raise OtherRequest(
            Message("This idempotency key came with another request before."),
            Message("Give each request a key of its own; send the same key only with the same request."),
        )
    if row.status is not None:
        return row
    if row.begun_at > now - TURN:
        raise _in_hand()
    if not Done.objects.filter(pk=row.pk, begun_at=row.begun_at, status=None).update(begun_at=now):
        raise _in_hand()
    row.refresh_from_db()
    return row


def _in_hand() -> InHand:
    return InHand(
        Message("The first request under this idempotency key is still in hand."),
        Message("Wait a moment, then send the same request again."),
    )
