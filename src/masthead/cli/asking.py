"""Ask a person at a terminal for a yes or a no, in the words of the active language."""

import typer

from masthead.cli.output import clean, complain
from masthead.language import Message, gettext

ENGLISH = {"yes": True, "y": True, "no": False, "n": False}
"""Understood in every language: it is what people know from other programs."""


def agreed(question: str, *, default: bool | None) -> bool:
    """Ask until there is a yes or a no; an answer left empty is `default`, and none where that is None."""
    yes, no = gettext("yes"), gettext("no")
    known = ENGLISH | {yes: True, yes[0]: True, no: False, no[0]: False}
    offered = f"{yes[0]}/{no[0] if default is None else no[0].upper()}"
    while True:
        said = str(typer.prompt(f"{clean(question)} [{offered}]", default="", show_default=False)).strip()
        if not said and default is not None:
            return default
        if said.casefold() in known:
            return known[said.casefold()]
        complain(Message("Answer %(yes)s or %(no)s.", {"yes": yes, "no": no}))
