"""What can go wrong outside. No message repeats an address's path, query or number: they may be secret."""

from masthead.errors import CannotRead, Refused, Unavailable
from masthead.language import Message


class BadAddress(CannotRead):
    """This is no address of the web that we go to."""


class AddressRefused(Refused):
    """The address leads, or may lead, to somewhere that is not public."""


class RobotsRefuse(Refused):
    """The site asks programs to stay away from this page."""


class NotWanted(CannotRead):
    """The answer is not what was asked for: another type, another status, broken off."""


class TooLarge(CannotRead):
    """The answer is larger than it may be."""


class Unreachable(Unavailable):
    """Nobody answered, or not in time, or could not show who they are."""


def bad_address() -> BadAddress:
    """For what is no http or https URL."""
    return BadAddress(
        Message("That is not an address of the web that can be fetched."),
        Message("Give one that begins with https:// or http://, with no user name or password in it."),
    )


def refused() -> AddressRefused:
    """For what leads inside. Says nothing of where: who asks need not learn what is there."""
    return AddressRefused(
        Message("That address does not lead to the public internet; nothing was asked of it."),
        Message("Give a public address. A server of your own on a private network is named in the settings."),
    )


def not_encrypted() -> BadAddress:
    """For http where https is asked for."""
    return BadAddress(
        Message("What is sent to that address could be read on the way."),
        Message("Give one that begins with https://."),
    )


def unreachable(host: str) -> Unreachable:
    """For a host that gave no answer."""
    return Unreachable(
        Message("%(host)s did not answer.", {"host": host}),
        Message("Check the address in a browser, then try again later."),
    )


def too_slow(host: str) -> Unreachable:
    """For a host that took too long."""
    return Unreachable(
        Message("%(host)s took too long to answer.", {"host": host}),
        Message("Try again later, or save the page yourself and bring in the file."),
    )


def not_shown(host: str) -> Unreachable:
    """For a host whose certificate is not its own, or nobody's we trust."""
    return Unreachable(
        Message("Whoever answered could not show that they are %(host)s.", {"host": host}),
        Message("Check the address. If the site is yours, renew its certificate."),
    )


def not_http(host: str) -> NotWanted:
    """For an answer that cannot be understood or broke off."""
    return NotWanted(
        Message("%(host)s gave an answer that is broken.", {"host": host}),
        Message("Try again, or save the page yourself and bring in the file."),
    )


def too_large(host: str, size: int) -> TooLarge:
    """For an answer of more than `size` bytes."""
    return TooLarge(
        Message(
            "What %(host)s has there is larger than %(megabytes)s MB.",
            {"host": host, "megabytes": f"{size / 1_000_000:g}"},
        ),
        Message("Save what you need of it yourself and bring in the file."),
    )
