"""Do all of it now: ask every witness, have the head stamped, look at every log."""

from masthead.newsroom.witness import stamping
from masthead.newsroom.witness.asking import ask_to_cosign
from masthead.newsroom.witness.contacts import Went
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import AskedWitness, WitnessedLog


def run_all() -> list[tuple[str, Went]]:
    """Each by its name, and how it went: first what is ours, then what is theirs."""
    done = [(each.name, ask_to_cosign(each)) for each in AskedWitness.objects.filter(ended_at=None)]
    if stamping.authority():
        done.append((stamping.authority(), stamping.have_stamped()))
    return done + [(each.name, look(each)) for each in WitnessedLog.objects.filter(ended_at=None)]
