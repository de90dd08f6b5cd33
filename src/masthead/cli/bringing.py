"""Bring a file in for one person who publishes it in one go."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.cli import desk
from masthead.cli.given import given_all, uses

if TYPE_CHECKING:
    from masthead.newsroom.accounts.actor import Actor
    from masthead.newsroom.items.models import Version


def bring_in(
    actor: "Actor",
    path: Path,
    *,
    sources: Sequence[Path],
    ai: Sequence[str],
    item: str,
    title: str,
    lang: str,
    public_interest: bool | None,
    realistic: bool | None,
) -> "Version":
    """The version to publish. The same bytes brought in before and not yet out are the same version."""
    from masthead.newsroom.items import again, commands

    (content,) = given_all([path])
    given_sources, said = given_all(sources), uses(ai)
    if item:
        return commands.add_version(
            actor, desk.newest_of(item), content, sources=given_sources, uses=said, language=lang
        )
    known = again.unpublished_copy(actor, content)
    if known is not None:
        return again.bring_up_to_date(actor, known, given_sources, said)
    return commands.add_item(
        actor,
        content,
        sources=given_sources,
        uses=said,
        title=title,
        language=lang,
        public_interest=public_interest,
        realistic=realistic,
    )
