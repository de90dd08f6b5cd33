"""`masthead waive`, `signoff`, `review`: what a person decides about a version, explicitly."""

from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.choices import listed, one_of
from masthead.cli.output import answer
from masthead.cli.taking import By, Item, Json
from masthead.labels.dates import spoken
from masthead.language import Message, Value, gettext
from masthead.vocabulary import WaiverReason

if TYPE_CHECKING:
    from masthead.newsroom.items.models import Version

Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="More, for the record only; never published.")
]


def waive(
    item: Item,
    finding: Annotated[
        str, typer.Argument(metavar="FINDING", help="The finding's id, or how it begins (six letters).")
    ],
    reason: Annotated[
        WaiverReason,
        typer.Option(
            "--reason",
            metavar="REASON",
            parser=one_of(WaiverReason),
            help=f"Why it may stand: {listed(WaiverReason)}.",
        ),
    ],
    note: Note = "",
    by: By = None,
    json: Json = False,
) -> None:
    """Waive a finding, with a reason."""
    desk.open_desk()
    from masthead.newsroom.review import commands
    from masthead.newsroom.review.commands.deciding import finding_called

    version = desk.newest_of(item)
    waiver = commands.waive(desk.acting(by), version, finding_called(version, finding), reason, note)
    answer(
        {"item": version.item.public_id, "finding": waiver.fingerprint, "reason": reason.value},
        gettext("Waived. The audience is told how many findings were, not which."),
        json=json,
    )


def signoff(
    item: Item,
    by: By = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="You have read what you sign; needed without a terminal.")
    ] = False,
    json: Json = False,
) -> None:
    """Sign off the newest version of an item: you read it, and your organisation answers for it."""
    desk.open_desk()
    from datetime import UTC, datetime

    from masthead.cli.clearance import obstacles_json
    from masthead.cli.signing import agree
    from masthead.newsroom.accounts.actor import require
    from masthead.newsroom.accounts.permissions import Action
    from masthead.newsroom.public import commands
    from masthead.newsroom.review.clearing import clearance

    version = desk.newest_of(item)
    actor = desk.acting(by)
    # Nobody reads what they would sign only to be told that they may not.
    require(actor, Action.SIGN_OFF, now=datetime.now(UTC))
    shown = agree(actor, version, yes=yes, quiet=json)
    signed = commands.sign_off(actor, version, shown=shown)
    left = clearance(version, now=datetime.now(UTC))
    item = version.item.public_id
    told = {"item": item, "version": version.number, "role": signed.role, "self_signed": signed.self_signed}
    told["canonical_sha256"] = signed.canonical_sha256
    told["obstacles"] = obstacles_json(left.obstacles, item, by=desk.several_people())
    answer(told, _what_is_next(version, clear=left.clear), json=json)


def _what_is_next(version: "Version", *, clear: bool) -> Message:
    item = version.item.public_id[:8]
    if hasattr(version, "publication"):
        return Message("Signed off. It is out already, and its page says so from now on.")
    if clear:
        by: dict[str, Value] = {"item": item, "by": desk.by_name()}
        return Message("Signed off. Publish it: masthead publish %(item)s%(by)s", by)
    return Message(
        "Signed off. It is not cleared yet; see what is in the way: masthead item show %(item)s",
        {"item": item},
    )


def review(
    item: Item,
    uphold: Annotated[bool, typer.Option("--uphold/--object", help="Whether it was right to publish.")],
    version: Annotated[
        int | None,
        typer.Option("--version", metavar="N", min=1, help="Which version, where several wait."),
    ] = None,
    note: Note = "",
    by: By = None,
    json: Json = False,
) -> None:
    """Look again at what went out past the gate: the second review of a break-glass, by someone else."""
    desk.open_desk()
    from masthead.newsroom.public import commands
    from masthead.newsroom.review.commands.deciding import broken_glass

    kept = desk.newest_of(item).item
    broken = broken_glass(kept, version)
    commands.review_break_glass(desk.acting(by), broken, upheld=uphold, note=note)
    named: dict[str, Value] = {
        "title": broken.version.title or gettext("Untitled"),
        "number": broken.version.number,
        "day": spoken(broken.broken_at),
    }
    said = (
        Message("Reviewed “%(title)s”, version %(number)s, decided on %(day)s: it stands.", named)
        if uphold
        else Message(
            "Reviewed “%(title)s”, version %(number)s, decided on %(day)s: it should not have gone out."
            " Correct it or withdraw it now.",
            named,
        )
    )
    told = {"item": kept.public_id, "version": broken.version.number, "upheld": uphold}
    answer(told, said, json=json)
