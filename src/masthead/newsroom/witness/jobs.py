"""What a worker does about witnesses: look every few seconds what is due, and speak to others as jobs."""

from datetime import UTC, datetime

from masthead.newsroom.jobs import Lane, enqueue, job, regularly
from masthead.newsroom.witness import doubts, key_left, stamping
from masthead.newsroom.witness.asking import ask_to_cosign, newest, waits
from masthead.newsroom.witness.contacts import SHORTEST_WAIT, rests
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import AskedWitness, Contact, WitnessedLog
from masthead.newsroom.witness.stamping import authority, contact_of, have_stamped


@regularly(10)
def see_what_is_due() -> None:
    """Ask for a job for each witness that has not cosigned the newest checkpoint, and each log to look at."""
    now, published = datetime.now(UTC), newest()
    for witness in AskedWitness.objects.filter(ended_at=None):
        if published and waits(witness, published, now) and not rests(str(witness.pk), now):
            enqueue(ask, key=f"witness:{witness.pk}", witness=str(witness.pk))
    if published and stamping.waits(published, now) and not rests(contact_of(authority()), now):
        enqueue(stamp, key="witness:stamp")
    for log in WitnessedLog.objects.filter(ended_at=None):
        if not rests(str(log.pk), now) or _in_doubt(log, now):
            enqueue(watch, key=f"witness:{log.pk}", log=str(log.pk))


def _in_doubt(log: WitnessedLog, now: datetime) -> bool:
    """Whether a head that may be half of a fork came since we last looked: once a minute, whoever sends."""
    last = Contact.objects.filter(pk=str(log.pk)).values_list("tried_at", flat=True).first()
    return last is not None and last < now - SHORTEST_WAIT and doubts.came_since(log.name, last)


@regularly(3600)
def take_away_what_is_left_of_a_key() -> int:
    """Take away what is left of the making of our own key, where nothing names it; how many files went."""
    return key_left.take_away_due(datetime.now(UTC))


@job(lane=Lane.POST, attempts=1, seconds=300)
def ask(witness: str) -> None:
    """Ask one witness to cosign our newest checkpoint. What goes wrong is put down, and tried again later."""
    found = AskedWitness.objects.filter(pk=witness, ended_at=None).first()
    if found is not None:
        ask_to_cosign(found)


@job(lane=Lane.POST, attempts=1, seconds=300)
def watch(log: str) -> None:
    """Look at one log that we witness."""
    found = WitnessedLog.objects.filter(pk=log, ended_at=None).first()
    if found is not None:
        look(found)


@job(lane=Lane.POST, attempts=1, seconds=300)
def stamp() -> None:
    """Have our newest checkpoint stamped."""
    have_stamped()
