"""Let something go out: record it, sign the log's head over it, and write what the audience gets.

Each is a command of `review` followed by its projection. A process killed in between has recorded and not
yet written: running it again, or `write`, finishes from the record.
"""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from masthead.errors import MastheadError, NotReady, Stale, Unavailable
from masthead.language import Message
from masthead.newsroom.accounts.actor import Actor
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.evidence.signing import signers_now
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.given import Answers, Given, UseGiven
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.public.folders import last
from masthead.newsroom.public.projection import take_back, write
from masthead.newsroom.public.unwritten import on_record, unfinished, unsigned
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.review import commands
from masthead.newsroom.review.models import BreakGlass, Publication, SecondReview, SignOff
from masthead.newsroom.review.standing import live_break_glass, publications, withdrawal
from masthead.newsroom.said import folded, key


def publish(actor: Actor, version: Version, folder: Path) -> Path:
    """Publish a cleared version into `folder`. A version that is out already is written again.

    Refused before anything is recorded where the log's key cannot be had: readers are promised a proof.
    """
    if not Publication.objects.filter(version=version).exists():
        signers_now(Path(settings.MASTHEAD_HOME))
        commands.publish(actor, version)
    return go_out(version.item, folder)


def break_glass(actor: Actor, version: Version, reason: str, *, review_within: timedelta) -> BreakGlass:
    """Decide to publish `version` past the gate; where that was decided and holds, it is not decided again.

    It is an entry of its own before `publish`, so that a publication that fails leaves the decision standing.
    """
    holds = live_break_glass(version)
    return holds or commands.break_glass(actor, version, reason, review_within=review_within)


def correct(
    actor: Actor,
    item: Item,
    given: Given,
    note: str,
    *,
    uses: tuple[UseGiven, ...],
    sources: tuple[Given, ...],
    folder: Path,
    answers: Answers = Answers(),  # noqa: B008 - frozen
    seen: int | None = None,
) -> Path:
    """Publish a correction at once; then let the checks look at it, and tell what they looked for.

    `seen` is the number of the newest version when the correction was begun. Raises `Stale` where there is
    another one by now, but for this very correction by the same person: it was sent twice.
    """
    made = _made(item, given, note, uses, sources)
    base = newest(item)
    if seen is not None and base.number != seen and not _by(actor, made):
        raise Stale(
            Message("Someone changed this item while you were at it. Your correction has not gone out."),
            Message("Look at what is out now, then send yours if it is still needed."),
        )
    publication = made or commands.correct(
        actor, item, given, note, uses=uses, sources=sources, answers=answers, base=base
    )
    written = go_out(item, folder)
    if not publication.version.check_runs.exists():
        try:
            commands.run_checks(actor, publication.version)
        except MastheadError as error:
            error.on_record = True
            raise
        write(item, folder)
    return written


def _made(
    item: Item, given: Given, note: str, uses: tuple[UseGiven, ...], sources: tuple[Given, ...]
) -> Publication | None:
    """This very correction, where it is the newest thing that went out and was perhaps cut off after."""
    out = next(iter(publications(item)[-1:]), None)
    if out is None or out.correction is None or out.correction.note != folded(note):
        return None
    version = out.version
    known = {(key(use.system), use.task, use.tier) for use in version.ai_uses.all()}
    kept = {version.sha256, *version.sources.values_list("sha256", flat=True)}
    same = all((key(use.system), use.task or "", use.tier) in known for use in uses) and all(
        sha256(each.content).hexdigest() in kept for each in sources
    )
    return out if same and sha256(given.content).hexdigest() == version.sha256 else None


def _by(actor: Actor, made: Publication | None) -> bool:
    return made is not None and made.correction is not None and made.correction.person_id == actor.person_id


def withdraw(actor: Actor, item: Item, reason: str, folder: Path) -> Path:
    """Withdraw an item: its page says so, and its content leaves `folder`."""
    gone = withdrawal(item)
    if gone is None or gone.reason != folded(reason):
        commands.withdraw(actor, item, reason)
    return go_out(item, folder)


def sign_off(actor: Actor, version: Version, *, shown: str = "") -> SignOff:
    """Sign off `version`; a correction that is out already is told as reviewed from then on."""
    signed = commands.sign_off(actor, version, shown=shown)
    _tell_again(version.item)
    return signed


def review_break_glass(actor: Actor, broken: BreakGlass, *, upheld: bool, note: str = "") -> SecondReview:
    """Look again at what went out past the gate, and have its page tell so."""
    review = commands.review_break_glass(actor, broken, upheld=upheld, note=note)
    _tell_again(broken.version.item)
    return review


def answer_question(actor: Actor, question: Question, text: str, *, show_question: bool) -> Ending:
    """Answer what somebody asked, and have the pages of the item that are out as files tell it too."""
    ending = remedies.answer(actor, question, text, show_question=show_question)
    _tell_again(question.item)
    return ending


def site_folder(item: Item) -> Path:
    """Where the desk publishes an item to: what a web server can hand out as it stands.

    Our own public pages do not need it. They come from the record, as everything in the folder does.
    """
    return Path(settings.MASTHEAD_HOME) / "public" / item.public_id


def _tell_again(item: Item) -> None:
    """Write the files of an item anew where it is out; where it is not, nobody is told anything yet."""
    folder = last(item)
    if folder is not None and publications(item):
        write(item, folder)


def go_out(item: Item, folder: Path) -> Path:
    """Sign the head over what is on record of an item, and write it to `folder` and where it was before."""
    # A withdrawal waits for nothing that the proof of it waits for.
    try:
        publish_checkpoint()
    except OSError as error:
        raise take_back(item, unfinished(error)) from error
    except (NotReady, Unavailable) as error:
        raise take_back(item, unsigned(error)) from error
    except MastheadError as error:
        take_back(item, on_record(error))
        raise
    item.refresh_from_db()
    write(item, folder)
    return folder
