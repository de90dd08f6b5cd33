"""What the tests of this room say again and again."""

from tests.newsroom.desk import Desk, text

from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.models import Version
from masthead.newsroom.review.commands import run_checks

STORY = """# Flood repairs

A second phase will cost £900,000, the council heard. “We never got a penny,” Ruth Tan said.

- Mill Lane is first

> The river does not read minutes.
"""


def story(desk: Desk, words: str = STORY, *, checked: bool = True, **given) -> Version:
    """An item of the author's with findings."""
    version = add_item(
        desk.author, text(words), sources=[text("No figure has been set.", "minutes.md")], **given
    )
    if checked:
        run_checks(desk.author, version)
    return version


def of(version: Version, what: str = "") -> str:
    """An address below the item's page."""
    return f"/desk/items/{version.item.public_id}/{what}"


def html(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


HTMX = {"HX-Request": "true", "HX-Target": "div#work"}
