"""`masthead publish`: from a file or an item to what goes out."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import desk
from masthead.cli.folders import folder_for, must_be_ours
from masthead.cli.outcome import tell
from masthead.cli.output import complain, say, say_command, working
from masthead.cli.taking import Ai, By, Interest, Json, Lang, Out, Realistic, Sources, Title
from masthead.errors import MastheadError, NotFound, NotReady
from masthead.labels.dates import spoken_time
from masthead.language import Message, Value, gettext

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Version


What = Annotated[str, typer.Argument(metavar="PATH|ITEM", help="A story or picture, or an item's id.")]
SignOff = Annotated[
    str, typer.Option("--sign-off", metavar="NAME", help="Who has read it, signs it off and answers for it.")
]
VersionOf = Annotated[
    str, typer.Option("--item", metavar="ITEM", help="The item that PATH is a new version of.")
]
BreakGlass = Annotated[
    str,
    typer.Option(
        "--break-glass", metavar="REASON", help="Publish now, whatever is in the way; reviewed after."
    ),
]


def publish(
    what: What,
    source: Sources = None,
    ai: Ai = None,
    sign_off: SignOff = "",
    item: VersionOf = "",
    title: Title = "",
    lang: Lang = "auto",
    public_interest: Interest = None,
    realistic: Realistic = None,
    break_glass: BreakGlass = "",
    out: Out = None,
    by: By = None,
    json: Json = False,
) -> None:
    """Publish: check, sign off, ask the gate, seal, disclose, prove.

    Exit 0 published, 1 not cleared (every obstacle is listed with its way out), 2 cannot be read.
    """
    desk.open_desk()
    from masthead.cli.bringing import bring_in
    from masthead.newsroom.items.given import Answers

    must_be_ours(out)
    actor = desk.acting(by or sign_off or None)
    _sign_for_oneself(actor, sign_off)
    if Path(what).exists() or _looks_like_path(what):
        answers = Answers(title, public_interest, realistic)
        version, _ = bring_in(actor, Path(what), sources=source, ai=ai, item=item, lang=lang, answers=answers)
    else:
        _must_stand_alone(source, ai, item, title, public_interest, realistic)
        version = _kept(what)
    if not _is_out(version):
        _must_be_provable(version)
        _make_ready(actor, version, sign_off, break_glass, json=json)
    _publish(actor, version, out, json=json)


def _sign_for_oneself(actor: "Actor", sign_off: str) -> None:
    """Nobody signs in another's name: two people are two commands."""
    from masthead.newsroom.accounts.actor import named

    if sign_off and named(sign_off).id != actor.person_id:
        raise NotReady(
            Message("Whoever signs off does it themselves, and not in the same breath as someone else."),
            Message(
                "Have them run `masthead signoff ITEM --by NAME`; then run `masthead publish ITEM --by NAME`."
            ),
        )


def _kept(what: str) -> "Version":
    """The newest version of an item that is on record; what is neither that nor a file may be either."""
    try:
        return desk.newest_of(what)
    except NotFound as error:
        raise NotFound(
            Message("There is no file “%(what)s”, and no single item goes by that id.", {"what": what}),
            Message("Check the path, or see the ids with `masthead item list`."),
        ) from error


def _looks_like_path(what: str) -> bool:
    return "/" in what or "." in what


def _must_stand_alone(*given: object) -> None:
    """Refuse what is said of a file where an item's id is given: it would be passed over."""
    if any(each not in (None, "", []) for each in given):
        raise NotReady(
            Message("An item's id stands alone: sources, AI uses and answers are given with a file."),
            Message(
                "Give the file with `--item ITEM`, or use `masthead item source` and `masthead item use`."
            ),
        )


def _is_out(version: "Version") -> bool:
    from masthead.newsroom.review.standing import publications

    return any(each.version_id == version.id for each in publications(version.item))


def _must_be_provable(version: "Version") -> None:
    """Refuse where the log's key cannot be had, before anybody signs for what cannot go out."""
    from django.conf import settings

    from masthead.newsroom.evidence.signing import signers_now

    try:
        signers_now(Path(settings.MASTHEAD_HOME))
    except MastheadError as error:
        kept: dict[str, Value] = {"item": version.item.public_id[:8], "why": error.what}
        error.say(Message("It is kept as %(item)s, and nothing was signed or published. %(why)s", kept))
        raise


def _make_ready(actor: "Actor", version: "Version", who: str, break_glass: str, *, json: bool) -> None:
    """What comes before the gate: the checks, and the sign-off where it is given or can be asked for."""
    from masthead.cli.checking import check_if_needed
    from masthead.cli.clearance import Held
    from masthead.cli.signing import agree, if_signed
    from masthead.cli.talking import talk_through
    from masthead.newsroom.accounts.actor import Actor, named
    from masthead.newsroom.review import commands
    from masthead.newsroom.review.standing import live_sign_off

    check_if_needed(actor, version)
    if break_glass:
        _break_glass(actor, version, break_glass, json=json)
    elif live_sign_off(version) is not None:
        return
    elif who:
        signer = Actor(named(who).id, desk.THROUGH)
        # Neither what is still held back is signed, nor by somebody whose sign-off would not count.
        if not (left := if_signed(signer, version)).clear:
            raise Held(version, left)
        commands.sign_off(signer, version, shown=agree(signer, version, yes=True, quiet=json))
    elif sys.stdin.isatty() and not json and not desk.several_people():
        talk_through(actor, version)


def _break_glass(actor: "Actor", version: "Version", reason: str, *, json: bool) -> None:
    from django.conf import settings

    from masthead.newsroom.review import commands

    within = timedelta(hours=settings.MASTHEAD.review_hours)
    broken = commands.break_glass(actor, version, reason, review_within=within)
    if not json:
        due = {"due": spoken_time(broken.review_due)}
        say(
            Message("Glass broken. Someone else must review this by %(due)s, with --uphold or --object:", due)
        )
        say_command(f"masthead review {version.item.public_id[:8]} --uphold --by NAME")


def _publish(actor: "Actor", version: "Version", out: Path | None, *, json: bool) -> None:
    from masthead.cli.clearance import Held
    from masthead.gate.refusal import NotCleared
    from masthead.newsroom.public import commands
    from masthead.newsroom.public.folders import last
    from masthead.newsroom.witness.telling import ONE_OPEN, about_ours

    if about_ours() is not None:
        complain(ONE_OPEN)
    try:
        with working(gettext("Sealing…")):
            folder = commands.publish(
                actor, version, folder_for(version.item.public_id, out or last(version.item))
            )
    except NotCleared as error:
        raise Held(version, error.clearance) from error
    tell(version.item, folder, json=json)
