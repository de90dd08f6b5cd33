"""Pages as a browser without scripts has them: forms are read from the page and sent as they stand there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.newsroom.desk import Desk, letters, text

from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.accounts.commands import add_person
from masthead.newsroom.items.commands import add_item
from masthead.newsroom.items.given import Given, UseGiven
from masthead.newsroom.items.models import Item, Version
from masthead.newsroom.review import commands
from masthead.vocabulary import Role

SCRIPT = "<script>alert('x')</script>"
WORDS = "# A quiet day\n\nThe river rose {}.\n\nNobody was harmed.\n\nThe mayor spoke.\n\nThe end came.\n"


@dataclass
class Form:
    """One form of a page: the fields it would send, and its buttons."""

    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """The forms of a page and the words on it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._area = ""
        self._select = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self.forms.append(Form())
        elif not self.forms:
            return
        elif tag == "input" and name and said.get("type") not in ("radio", "checkbox", "file"):
            self.forms[-1].fields[name] = said.get("value", "")
        elif tag == "button":
            self.forms[-1].buttons.append((name, said.get("value", "")))
        elif tag == "textarea" and name:
            self._area, self.forms[-1].fields[name] = name, ""
        elif tag == "select" and name:
            self._select, self.forms[-1].fields[name] = name, ""
        elif tag == "option" and self._select and "selected" in said:
            self.forms[-1].fields[self._select] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._area:
            # A browser drops the line break that follows the tag.
            kept = self.forms[-1].fields
            kept[self._area] = kept[self._area] + data if kept[self._area] else data.removeprefix("\n")
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        """What is read, in one line."""
        return " ".join(" ".join(self.words).split())

    def form_with(self, button: str) -> dict[str, str]:
        """The fields of the form whose button sends `button`, that button pressed."""
        for form in self.forms:
            for name, value in form.buttons:
                if value == button:
                    return {**form.fields, name: value}
        raise AssertionError(f"no button {button!r} on the page")

    def form_of(self, name: str) -> dict[str, str]:
        """The fields of the first form that has a field `name`."""
        return next(form.fields for form in self.forms if name in form.fields)


def at(name: str, item: Item | str) -> str:
    """The address of a page about an item."""
    return reverse(f"desk:{name}", args=[item if isinstance(item, str) else item.public_id])


def page(response: HttpResponse) -> Page:
    """The page of an answer."""
    return Page(response.content.decode())


def get(client: Client, name: str, item: Item) -> Page:
    """A page that is there."""
    response = client.get(at(name, item))
    assert response.status_code == 200, response.content[:400]
    return page(response)


def post(client: Client, name: str, item: Item, fields: dict[str, Any]) -> HttpResponse:
    """Send a form."""
    return client.post(at(name, item), fields)


def looked_at(client: Client, response: HttpResponse) -> HttpResponse:
    """The second page of a decision, which the first leads to."""
    assert response.status_code == 303, response.content[:400]
    return client.get(response["Location"])


_words = iter(range(10_000))


def brought_in(desk: Desk, *uses: UseGiven, words: str = "", title: str = "") -> Version:
    """A version that is checked and waits for its sign-off."""
    words = words or WORDS.format(letters(next(_words)))
    version = add_item(
        desk.author, text(words), sources=[text(words, "notes.md")], uses=uses, title=title, language="en"
    )
    commands.run_checks(desk.author, version)
    return version


def given(words: str) -> Given:
    """A text as handed in."""
    return text(words)


def someone_who(desk: Desk, name: str, *roles: Role) -> Actor:
    """Another person here, with these roles."""
    add_person(desk.steward, name, list(roles))
    return Actor(named(name).id)
