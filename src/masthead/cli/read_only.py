"""That a record is read-only keeps from being done what records nothing too: told with what ends it."""

from masthead.language import Message


def what_ends_it() -> Message | None:
    """What is to be done about a record that was found damaged or put back; None where it was not."""
    from django.conf import settings

    from masthead.newsroom.evidence import damage, kept

    found = kept.known(settings.MASTHEAD_HOME)
    return damage.read_only(found).remedy if found else None


def told(remedy: Message) -> Message:
    """What to say under what is left to do."""
    return Message(
        "The record is read-only: nothing of this is done before that ends. %(remedy)s", {"remedy": remedy}
    )
