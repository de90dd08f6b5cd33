"""`masthead data hold`, `lift` and `holds`: that nothing is erased, with who and why."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.concerning import Item, Person, Question, Reason, open_data, subject_of
from masthead.cli.output import answer, as_json, say
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext
from masthead.newsroom.retention.words import On
from masthead.vocabulary import LABELS, Role

if TYPE_CHECKING:
    from masthead.newsroom.retention.models import Hold

HELD = {
    On.PERSON: Message(
        "%(id)s  the person %(called)s, held by %(set_by)s (%(role)s) on %(set_on)s: %(reason)s"
    ),
    On.ITEM: Message("%(id)s  the item %(called)s, held by %(set_by)s (%(role)s) on %(set_on)s: %(reason)s"),
    On.QUESTION: Message(
        "%(id)s  the question %(called)s, held by %(set_by)s (%(role)s) on %(set_on)s: %(reason)s"
    ),
    On.EVERYTHING: Message("%(id)s  everything, held by %(set_by)s (%(role)s) on %(set_on)s: %(reason)s"),
}
"""A line of the list, by what is held."""


def hold(
    reason: Reason,
    person: Person = "",
    item: Item = "",
    question: Question = "",
    everything: Annotated[bool, typer.Option("--everything", help="All there is.")] = False,
    by: By = None,
    json: Json = False,
) -> None:
    """Have nothing erased that hangs together with it, until the hold is lifted.

    A person hangs together with the items they had a hand in and the questions about those; an item with the
    questions about it; and the other way round.
    """
    open_data()
    from masthead.newsroom.retention.setting import set_hold

    about = subject_of(person, item, question, everything=everything)
    made = set_hold(desk.acting(by), about, reason)
    answer(_hold(made), Message("Held, under %(id)s.", {"id": str(made.pk)[-8:]}), json=json)


def lift(
    hold: Annotated[str, typer.Argument(metavar="HOLD", help="The id of the hold, or how it ends.")],
    reason: Reason,
    by: By = None,
    json: Json = False,
) -> None:
    """Lift a hold."""
    open_data()
    from masthead.newsroom.retention.setting import hold_called, lift_hold

    answer(_hold(lift_hold(desk.acting(by), hold_called(hold), reason)), gettext("Lifted."), json=json)


def holds(json: Json = False) -> None:
    """List the holds that stand: on what, who set each, when and why."""
    open_data()
    from masthead.newsroom.retention.holding import open_holds

    found = list(open_holds())
    if json:
        as_json({"holds": [_hold(each) for each in found]})
        return
    for each in found:
        say(_line(each))
    if not found:
        say(gettext("Nothing is held."))


def _line(hold: "Hold") -> Message:
    from masthead.labels.dates import spoken
    from masthead.newsroom.retention.holding import subject_of
    from masthead.newsroom.said import readable

    about = subject_of(hold)
    said: dict[str, str | Message] = {
        "id": str(hold.pk)[-8:],
        "called": readable(about.called()),
        "set_by": readable(hold.set_by.name),
        "role": LABELS[Role(hold.role)],
        "set_on": spoken(hold.set_at),
        "reason": readable(hold.reason),
    }
    return Message(HELD[about.on].template, said)


def _hold(hold: "Hold") -> dict[str, Any]:
    from masthead.newsroom.retention.holding import subject_of

    about = subject_of(hold)
    return {
        "id": str(hold.pk),
        "on": about.on.value,
        "called": about.called(),
        "reason": hold.reason,
        "set_by": hold.set_by.name,
        "role": hold.role,
        "set_on": hold.set_at.date().isoformat(),
        "lifted_on": hold.lifted_at.date().isoformat() if hold.lifted_at else None,
    }
