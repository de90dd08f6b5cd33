"""The desk says which folders what went out, or was taken back, did not reach."""

import pytest
from tests.desk.decide.pages import Page, get, looked_at, page, post
from tests.newsroom.desk import Desk, ready
from tests.newsroom.logins import client_of

from masthead.newsroom.items.models import Item
from masthead.newsroom.public import commands


@pytest.fixture
def item(small: Desk, tmp_path) -> Item:
    """An item that is out in the folder of the desk, and on a disk that is away by now."""
    version = ready(small)
    for folder in (commands.site_folder(version.item), tmp_path / "disk" / "web"):
        commands.publish(small.editor, version, folder)
    (tmp_path / "disk").rename(tmp_path / "aside")
    return version.item


def sent(small: Desk, item: Item, name: str, given: dict[str, str], button: str) -> Page:
    """The page that follows once something was decided."""
    client = client_of(small.editor)
    form = get(client, name, item).form_of(next(iter(given)))
    asked = page(looked_at(client, post(client, name, item, {**form, **given})))
    sure = asked.form_of(button) if button == "sure" else asked.form_with(button)
    return page(looked_at(client, post(client, name, item, sure)))


@pytest.mark.parametrize(
    ("name", "given", "button"),
    [
        ("withdraw", {"reason": "It was not true."}, "sure"),
        ("correct", {"note": "It was not so.", "words": "The banks held."}, "send"),
    ],
)
def test_the_page_after_it_names_what_is_away_and_the_way_out(small, item, tmp_path, name, given, button):
    shown = sent(small, item, name, given, button).text
    assert f"not there just now: {tmp_path / 'disk' / 'web'}." in shown
    assert "masthead data finish" in shown
    assert str(commands.site_folder(item)) not in shown
