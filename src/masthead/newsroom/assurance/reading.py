"""The checklist as the library reads it."""

from masthead import declaration
from masthead.declaration.commitment import Question
from masthead.declaration.control import Control
from masthead.declaration.status import Line
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.policy.commands import controls
from masthead.newsroom.policy.models import PolicyRevision
from masthead.vocabulary import Method


def lines(revision: PolicyRevision) -> tuple[Line, ...]:
    """A checklist as the library reads it: its controls, what is measured beside them, and the questions.

    Controls that are measured by themselves and that no profile adopts stand there whether adopted or not:
    they cost nobody a minute, and what they show is shown.
    """
    adopted = controls(revision)
    known = {one.id for one in adopted}
    catalogue = declaration.load()
    measured: list[Control] = [
        one
        for one in catalogue.controls
        if one.method is Method.PROBE and not one.profiles and one.id not in known
    ]
    asked: list[Control | Question] = [*adopted, *measured, *catalogue.questions]
    return tuple(map(Line, asked))


def line_of(answers: str, all_lines: tuple[Line, ...]) -> Line:
    """The line of that control or question; `NotFound` where the checklist has none."""
    wanted = answers.strip().casefold()
    found = next((line for line in all_lines if line.one.id.casefold() == wanted), None)
    if found is None:
        raise NotFound(
            Message("“%(id)s” is neither a control of the checklist nor a question.", {"id": answers}),
            Message("`masthead checklist status` lists them all."),
        )
    return found
