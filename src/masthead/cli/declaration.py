"""`masthead declaration`: what was promised, and what answers each promise."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import as_json, console, pair, say
from masthead.errors import NotFound, NotReady
from masthead.joined import apart
from masthead.language import Message, active, gettext, using
from masthead.vocabulary import LABELS, Grade

if TYPE_CHECKING:
    from masthead.declaration import Catalogue
    from masthead.declaration.commitment import Commitment, Question
    from masthead.declaration.control import Control
    from masthead.declaration.status import Status
    from masthead.declaration.words import Words

INDENT = "  "
WIDEST = 88
"""Columns of a paragraph: longer lines are hard to follow."""

PARTS = {
    "bullet": Message("bullet %(position)s"),
    "example": Message("example %(position)s"),
    "practical": Message("practical commitment %(position)s"),
    "call": Message("call (%(position)s)"),
}


def declaration(
    id: Annotated[  # noqa: A002 - the word people see
        str | None,
        typer.Argument(metavar="[ID]", help="A commitment such as H3.1 or FOC-e, or a control."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="The language to read it in: en or fr.")] = None,
) -> None:
    """Read the commitments, and the control or question that answers each."""
    with using(lang or active()):
        _declaration(id, json, lang or active())


def _declaration(name: str | None, json: bool, lang: str) -> None:
    from masthead.declaration import load
    from masthead.declaration.commitment import Commitment
    from masthead.declaration.export import catalogue_json, commitment_json, control_json

    catalogue = load()
    words = _words(catalogue, lang)
    if name is None:
        if json:
            as_json(catalogue_json(catalogue, words, _statuses(catalogue)))
        else:
            _show_all(catalogue, words, _statuses(catalogue))
        return
    one = catalogue.named(name)
    if isinstance(one, Commitment):
        status = _statuses(catalogue, one)[one.id]
        if json:
            as_json({"language": words.tag, **commitment_json(catalogue, words, one, status)})
        else:
            _show_commitment(catalogue, words, one, status)
    elif json:
        as_json({"language": words.tag, **control_json(words, one)})
    else:
        _show_control(words, one)


def _statuses(catalogue: "Catalogue", *asked: "Commitment") -> "Mapping[str, Status]":
    """Where the commitments stand now (all, where none is named) by the record nearby.

    Without a record, or a checklist, everything is unknown, and nothing of the desk is loaded.
    """
    from masthead.newsroom.site import home

    asked = asked or catalogue.commitments
    if not home.begun(home.find(Path.cwd())):
        return {one.id: catalogue.status(one.id) for one in asked}
    desk.open_desk()
    from masthead.newsroom.assurance.standing import board
    from masthead.newsroom.witness.status import evidence as measured

    now = datetime.now(UTC)
    try:
        found = board(now, measured=measured(now)).commitments
    except NotReady:
        return {one.id: catalogue.status(one.id) for one in asked}
    return {one.id: found[one.id].status for one in asked}


def _words(catalogue: "Catalogue", lang: str) -> "Words":
    words = catalogue.words(lang)
    if words.tag.split("-")[0].lower() != lang.replace("_", "-").split("-")[0].lower():
        raise NotFound(
            Message("The commitments are not there in “%(language)s”.", {"language": lang}),
            Message("Use one of these: %(known)s.", {"known": ", ".join(catalogue.languages)}),
        )
    return words


def _show_all(catalogue: "Catalogue", words: "Words", statuses: "Mapping[str, Status]") -> None:
    from rich.table import Table

    from masthead.declaration.said import STATUSES

    for section in catalogue.sections:
        say(words.sections[section.id], style="bold")
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
        table.add_column(min_width=5, no_wrap=True)
        table.add_column(ratio=3)
        table.add_column(ratio=2)
        table.add_column(no_wrap=True, style="dim")
        for one in catalogue.commitments:
            if one.section == section.id:
                status = str(STATUSES[statuses[one.id]])
                table.add_row(one.id, words.commitments[one.id].title, _answered_by(catalogue, one), status)
        console().print(table, soft_wrap=False)
        say()
    count = Message(
        "%(commitments)s commitments: the controls answer %(served)s, a question each of the others.",
        {
            "commitments": len(catalogue.commitments),
            "served": len(catalogue.commitments) - len(catalogue.questions),
        },
    )
    say(count)
    say(gettext("A status comes from evidence alone; until someone answers, it is unknown."))
    say(gettext("One of them in full: masthead declaration H3.1"))


def _answered_by(catalogue: "Catalogue", one: "Commitment") -> str:
    said = [control.id for control in catalogue.controls_of(one.id)]
    question = catalogue.question_of(one.id)
    if question:
        said.append(str(Message("question %(id)s", {"id": question.id})))
    return ", ".join(said)


def _show_commitment(catalogue: "Catalogue", words: "Words", one: "Commitment", status: "Status") -> None:
    from masthead.declaration.said import STATUSES

    said = words.commitments[one.id]
    say(f"{one.id}  {said.title}", style="bold")
    _paragraph(said.text)
    if said.readings:
        _paragraph(said.readings.duty_bearer, gettext("If you are a public body"))
        _paragraph(said.readings.watchdog, gettext("If you watch over one"))
    _paragraph(_reference(words, one), gettext("In the text"))
    if said.caveat:
        _paragraph(said.caveat, gettext("About the text"))
    for control in catalogue.controls_of(one.id):
        _show_control(words, control)
    question = catalogue.question_of(one.id)
    if question:
        show_question(words, question)
    say(Message("Status: %(status)s", {"status": STATUSES[status]}), style="bold")
    if question:
        say(Message("Answer it: masthead answer %(id)s --by NAME", {"id": one.id}))


def _reference(words: "Words", one: "Commitment") -> str:
    place = Message(PARTS[one.part].template, {"position": one.position})
    source, section = words.sources[one.source], words.sections[one.section]
    if one.principle is None:
        return f"{source}, {place}"
    principle = Message("principle %(number)s", {"number": one.principle})
    return f"{source}, {principle} ({section}), {place}"


def _show_control(words: "Words", control: "Control") -> None:
    from masthead.declaration.said import ASKED, COMES_TO

    said = words.controls[control.id]
    say(Message("Control %(id)s: %(title)s", {"id": control.id, "title": said.title}), style="bold")
    _paragraph(said.guidance)
    facts = [ASKED[control.moment], COMES_TO[control.consequence], _evidence(control.evidence)]
    if control.tiers:
        facts.append(Message("at %(tiers)s", {"tiers": ", ".join(control.tiers)}))
    if control.cadence_days:
        facts.append(_every(control.cadence_days))
    _paragraph(apart(facts))
    _paragraph(", ".join(control.commitments), gettext("Serves"))


def show_question(words: "Words", question: "Question") -> None:
    """Print a question as people read it, with whom it asks and for how strong an answer."""
    say(Message("Question %(id)s", {"id": question.id}), style="bold")
    _paragraph(words.questions[question.id])
    asked = Message("asked of: %(role)s", {"role": LABELS[question.asked]})
    _paragraph(apart((asked, _evidence(question.evidence), _every(question.cadence_days))))


def _evidence(grade: Grade) -> Message:
    from masthead.declaration.said import GRADES

    return Message("evidence: %(grade)s or stronger", {"grade": GRADES[grade]})


def _every(days: int) -> Message:
    return Message("fresh for %(n)s day", {"n": days}, plural="fresh for %(n)s days")


def _paragraph(text: str, heading: str | None = None) -> None:
    # Rich breaks lines at the no-break spaces that French sets before its question marks; textwrap does not.
    said = pair(heading, text) if heading else text
    width = min(console().width, WIDEST)
    say(fill(said, width, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False))
    say()
