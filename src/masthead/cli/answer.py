"""`masthead answer`: a person's word on a commitment that nothing on record answers by itself."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.asking import agreed
from masthead.cli.declaration import show_question
from masthead.cli.output import as_json, clean, say
from masthead.cli.taking import By, Json
from masthead.errors import NotReady
from masthead.language import Message, Value, active, gettext

if TYPE_CHECKING:
    from masthead.declaration import Catalogue
    from masthead.declaration.commitment import Question
    from masthead.declaration.status import Status
    from masthead.newsroom.policy.models import Answer


def answer(
    name: Annotated[
        str,
        typer.Argument(
            metavar="COMMITMENT|QUESTION", help="A commitment such as H1.3, or the id of its question."
        ),
    ],
    met: Annotated[
        bool | None,
        typer.Option("--yes/--no", help="Whether you do what is asked about.", show_default=False),
    ] = None,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="The answer in words, for the record only.")
    ] = "",
    by: By = None,
    json: Json = False,
) -> None:
    """Answer the question about a commitment, for as long as an answer stays fresh."""
    from masthead.declaration import load

    catalogue = load()
    question = catalogue.question(name)
    desk.open_desk()
    actor = desk.acting(by)
    if met is None:
        met, note = _asked(catalogue, question, note, quiet=json)
    from masthead.newsroom.policy import commands
    from masthead.newsroom.policy.reading import evidence_of

    given = commands.answer(actor, question.id, met=met, note=note)
    status = catalogue.status(question.commitment, evidence_of(question.commitment), now=given.answered_at)
    if json:
        as_json(_told(given, status))
        return
    _say(given, question, status)


def _asked(catalogue: "Catalogue", question: "Question", note: str, *, quiet: bool) -> tuple[bool, str]:
    """The answer as a person gives it at a terminal, having read the question."""
    if quiet or not sys.stdin.isatty():
        raise NotReady(
            Message("A question takes a yes or a no."),
            Message(
                "Read it with `masthead declaration %(id)s`, then answer with `--yes` or `--no`.",
                {"id": question.commitment},
            ),
        )
    show_question(catalogue.words(active()), question)
    note = note or str(typer.prompt(clean(gettext("In your words")), default="", show_default=False))
    return agreed(gettext("So do you do what is asked about?"), default=None), note


def _say(given: "Answer", question: "Question", status: "Status") -> None:
    from masthead.declaration.said import GRADES, STATUSES
    from masthead.declaration.status import Status
    from masthead.labels.dates import spoken

    said: dict[str, Value] = {
        "id": given.commitment,
        "status": STATUSES[status],
        "day": spoken(given.expires_on),
        "grade": GRADES[question.evidence],
    }
    if status is Status.UNKNOWN:
        say(
            Message(
                "On record. %(id)s stays unknown: it asks for stronger evidence (%(grade)s) than a word.",
                said,
            )
        )
    else:
        say(Message("On record. %(id)s: %(status)s, until %(day)s.", said))


def _told(given: "Answer", status: "Status") -> dict[str, object]:
    return {
        "question": given.question,
        "commitment": given.commitment,
        "met": given.met,
        "status": status.value,
        "answered_at": given.answered_at.isoformat(),
        "expires_on": given.expires_on.isoformat(),
    }
