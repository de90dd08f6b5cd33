"""Whether somebody is here to answer for an AI system."""

from masthead import clock
from masthead.errors import Refused
from masthead.language import Message
from masthead.newsroom.accounts.models import Person


def is_gone(person: Person) -> bool:
    """Whether somebody can answer for nothing any more: their name was erased, or their last day is past."""
    return person.erased_on is not None or (person.ends_on is not None and person.ends_on < clock.today())


def must_be_here(person: Person) -> None:
    """Refuse somebody whose name was erased, or whose last day is past, as who answers for something."""
    person.refresh_from_db()
    if is_gone(person):
        raise Refused(
            Message("Whoever answers for an AI system is here: this person is not any more."),
            Message("Name somebody who is, or an office."),
        )
