"""A choice from a closed list, as a person types it: any case, `-` or `_` for a space, or its label."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import typer

from masthead.language import Message
from masthead.vocabulary import LABELS


def one_of[Choice: StrEnum](
    choices: type[Choice], among: Sequence[Choice] | None = None
) -> Callable[[str], Choice]:
    """A parser for a member of `choices`, or of those `among` them; what is none is refused with the list."""
    known = tuple(choices) if among is None else tuple(among)

    def parse(said: str) -> Choice:
        if isinstance(said, choices):
            return said
        plain = folded(said)
        for member in known:
            if plain in (folded(member.value), folded(str(LABELS.get(member, member.value)))):
                return member
        raise typer.BadParameter(
            str(
                Message(
                    "“%(said)s” is none of: %(known)s.",
                    {"said": said, "known": ", ".join(map(hyphened, known))},
                )
            )
        )

    return parse


def folded(said: str) -> str:
    """What two ways of writing one choice have in common."""
    return " ".join(said.replace("-", " ").replace("_", " ").casefold().split())


def hyphened(member: StrEnum) -> str:
    """A member as it can be typed without quotation marks."""
    return member.value.replace(" ", "-")


def listed(choices: type[StrEnum]) -> str:
    """Every member as it can be typed, for help."""
    return ", ".join(map(hyphened, choices))
