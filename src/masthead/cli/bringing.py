"""Bring a file in for one person who publishes it in one go."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from masthead.cli import desk
from masthead.cli.given import given, given_all, uses

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.given import Answers
    from masthead.newsroom.items.models import Version


class Brought(NamedTuple):
    """What a file led to: the version to go on with, and whether it was brought in now."""

    version: "Version"
    new: bool


def bring_in(
    actor: "Actor",
    path: Path,
    *,
    sources: Sequence[Path] | None,
    ai: Sequence[str] | None,
    item: str,
    lang: str,
    answers: "Answers",
) -> Brought:
    """The version to go on with: the same bytes brought in before are gone on with, not brought in anew."""
    from masthead.newsroom.items import again, commands
    from masthead.newsroom.items.given import not_its_own_source

    content = given(path)
    given_sources, said = given_all(sources), uses(ai)
    not_its_own_source(content, given_sources)
    base = desk.newest_of(item) if item else again.same_file(actor, content)
    if base is None:
        added = commands.add_item(
            actor,
            content,
            sources=given_sources,
            uses=said,
            title=answers.title,
            language=lang,
            public_interest=answers.public_interest,
            realistic=answers.realistic,
        )
        return Brought(added, new=True)
    if again.nothing_new(base, content, answers):
        return Brought(again.bring_up_to_date(actor, base, given_sources, said), new=False)
    added = commands.add_version(
        actor, base, content, sources=given_sources, uses=said, answers=answers, language=lang
    )
    return Brought(added, new=True)
