"""`masthead checklist actions`, `take` and `close`: what is to be mended, by whom, and how it ended."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.output import answer, as_json, complain, pair, say
from masthead.cli.taking import By, Json
from masthead.errors import ReadOnly
from masthead.joined import apart
from masthead.language import Message

if TYPE_CHECKING:
    from masthead.newsroom.assurance.models import CorrectiveAction

LEFT = 1
"""Exit code where something is still to be mended."""
Action = Annotated[str, typer.Argument(metavar="ACTION", help="The action's id, or how it ends.")]


def actions(
    all_: Annotated[bool, typer.Option("--all", help="Those that are closed too.")] = False,
    json: Json = False,
) -> None:
    """What is to be mended: opened by what failed. Exit 1 where something is."""
    desk.open_desk()
    from masthead.newsroom.assurance.models import CorrectiveAction
    from masthead.newsroom.assurance.telling import action_json

    follow()
    found = CorrectiveAction.objects.select_related("owner").order_by("opened_at", "id")
    shown = list(found if all_ else found.filter(closed_at=None))
    if json:
        as_json({"actions": [action_json(each) for each in shown]})
    else:
        for each in shown:
            say(_action(each))
        if not shown:
            say(Message("Nothing is to be mended."))
    raise typer.Exit(LEFT if any(each.closed_at is None for each in shown) else 0)


def follow() -> None:
    """Open and close what is due by now; said so where the record is read-only, and so stays as it is."""
    from masthead.newsroom.assurance import following

    try:
        following.follow()
    except ReadOnly as error:
        complain(error.what)


def _action(each: "CorrectiveAction") -> str:
    from masthead.labels.dates import spoken
    from masthead.newsroom.assurance.words import CAUSES, Cause

    said: list[object] = [CAUSES[Cause(each.cause)]]
    if each.about:
        said.append(Message("about %(subject)s", {"subject": each.about}))
    said.append(Message("since %(day)s", {"day": spoken(each.opened_at.date())}))
    if each.owner:
        said.append(Message("%(who)s mends it", {"who": each.owner.called}))
    if each.due_on:
        said.append(Message("due on %(day)s", {"day": spoken(each.due_on)}))
    if each.closed_at:
        said.append(Message("closed on %(day)s", {"day": spoken(each.closed_at.date())}))
    return f"{each.pk.hex[-8:]}  {pair(each.answers, apart(said))}"


def take(
    action: Action,
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who mends it.")],
    due: Annotated[
        datetime | None, typer.Option("--due", metavar="DATE", formats=["%Y-%m-%d"], help="By which day.")
    ] = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Say who mends something, and by when."""
    desk.open_desk()
    from masthead.newsroom.accounts.actor import named
    from masthead.newsroom.assurance import actions as work
    from masthead.newsroom.assurance.telling import action_json

    found = work.action_with(action)
    work.take(desk.acting(by), found, named(owner), due.date() if due else None)
    answer(action_json(found), _action(found), json=json)


def close(
    action: Action,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why nothing is left to mend.")],
    by: By = None,
    json: Json = False,
) -> None:
    """Close what is to be mended without a passing re-check: the reason is signed and stays on record."""
    desk.open_desk()
    from masthead.newsroom.assurance import actions as work
    from masthead.newsroom.assurance.telling import action_json

    found = work.action_with(action)
    work.close(desk.acting(by), found, because)
    answer(action_json(found), _action(found), json=json)
