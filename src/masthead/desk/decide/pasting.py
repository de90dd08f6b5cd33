"""The disclosure as it is pasted elsewhere, with what a person needs to know of each place."""

from dataclasses import dataclass
from datetime import UTC, datetime

from masthead.errors import NotReady
from masthead.labels.places import LONGEST_ADDRESS, Form, Place, forms
from masthead.language import Message, using
from masthead.newsroom.review.models import Publication
from masthead.newsroom.review.telling import as_published
from masthead.newsroom.said import counted

NAMES = {
    Place.SITE: Message("Your own site"),
    Place.WORDPRESS: Message("WordPress"),
    Place.FACEBOOK: Message("Facebook"),
    Place.WHATSAPP: Message("WhatsApp"),
    Place.PRINT: Message("Print"),
}
HINTS = {
    Place.SITE: Message("HTML for the page of the item; the script tells search engines the same."),
    Place.WORDPRESS: Message("In the editor choose “Code editor”, and paste this below the item."),
    Place.FACEBOOK: Message("Put it at the top of the post: what comes later is folded away."),
    Place.WHATSAPP: Message("Goes with a picture as its caption, or before a link."),
    Place.PRINT: Message("One line for the foot of the column, or for the caption."),
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What to paste in one place; `name` and `hint` are for whoever does it."""

    form: Form
    name: Message
    hint: Message

    @property
    def rows(self) -> int:
        """How high its field is."""
        return min(12, sum(1 + len(line) // 90 for line in self.form.text.splitlines()))

    @property
    def size(self) -> Message:
        """How much room it takes, and how much there is."""
        length = counted(self.form.length)
        if self.form.limit is None:
            return Message("Characters: %(length)s", {"length": length})
        return Message(
            "Characters: %(length)s of at most %(limit)s",
            {"length": length, "limit": counted(self.form.limit)},
        )


def pasted(out: Publication, page: str, language: str) -> tuple[Pasted, ...]:
    """The forms of what is out now, in `language`; `page` is the address of its public page.

    Raises `NotReady` where that address has room nowhere.
    """
    if len(page) > LONGEST_ADDRESS:
        raise NotReady(
            Message("The address of this desk is too long to be told in a post or in print."),
            Message("Choose a shorter one as `address` in the settings."),
        )
    record = as_published(out, today=datetime.now(UTC).date())
    with using(language):
        made = forms(record, page)
    return tuple(Pasted(form, NAMES[form.place], HINTS[form.place]) for form in made)
