"""A legal hold as one reader sees it: what it is on is named as far as they may see that."""

from dataclasses import dataclass

from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.items.commands import newest
from masthead.newsroom.items.left import left
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see, may_see_drafts
from masthead.newsroom.retention.holding import subject_of
from masthead.newsroom.retention.models import Hold
from masthead.newsroom.retention.words import On
from masthead.newsroom.review.standing import publications
from masthead.newsroom.said import readable
from masthead.vocabulary import LABELS, Role

ON = {
    On.PERSON: Message("a person"),
    On.ITEM: Message("an item"),
    On.QUESTION: Message("a question"),
    On.EVERYTHING: Message("everything"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A hold for one reader: who sees no content is told neither of whom or what it is, nor why."""

    row: Hold
    on: Message
    called: str
    """A name or a title; an id, where they may not see more."""
    item: str
    """The id of the item, where it is one whose page opens for them."""
    role: Message
    reason: str


def held(hold: Hold, who: Someone) -> Held:
    """A hold as this person may see it."""
    about, names = subject_of(hold), who.may(Action.SEE_ITEM)
    title = _title(about.item(), who) if about.on is On.ITEM else ""
    return Held(
        row=hold,
        on=ON[about.on],
        called=title or (readable(about.called()) if names else ""),
        item=about.item().public_id if title else "",
        role=LABELS[Role(hold.role)],
        reason=hold.reason if names else "",
    )


def _title(item: Item, who: Someone) -> str:
    """Its title, as far as this person may see it; empty for none."""
    if may_see_drafts(item, who.id, who.roles):
        return (left(item) or newest(item)).title
    out = publications(item) if may_see(item, who.id, who.roles) else []
    return out[-1].version.title if out else ""
