"""`masthead data hold`, `lift` and `holds`: that nothing is erased, with who and why."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli import desk
from masthead.cli.concerning import Item, Person, Question, Reason, open_data, subject_of
from masthead.cli.output import answer, as_json, say
from masthead.cli.taking import By, Json
from masthead.language import Message, gettext

if TYPE_CHECKING:
    from masthead.newsroom.retention.models import Hold


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
    from masthead.newsroom.said import readable

    found = [_hold(each) for each in open_holds()]
    if json:
        as_json({"holds": found})
        return
    for each in found:
        said = {name: readable(str(value)) for name, value in each.items()} | {"id": str(each["id"])[-8:]}
        say(
            Message("%(id)s  %(on)s %(called)s, set by %(set_by)s (%(role)s) on %(set_on)s: %(reason)s", said)
        )
    if not found:
        say(gettext("Nothing is held."))


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
