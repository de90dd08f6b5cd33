"""Find entries: newest first, by kind, person, item, AI system or day."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.desk.log.seeing import Shows, read, sight_of
from masthead.desk.log.words import WORDS
from masthead.desk.work.searching import all_open
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, RowDigest
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import visible
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.review.models import Correction
from masthead.newsroom.worklist.lines import HAPPENED

SIZE = 25
MOST_AT_ONCE = 500
TELLING = ("person", "item", "day")
"""Conditions that say more of an entry than its kind, which anybody may know."""
ABOUT_ITEM: tuple[tuple[type[Model], str], ...] = (
    *HAPPENED,
    (Correction, "item"),
    (Question, "item"),
    (Ending, "question__item"),
)


class Filter(forms.Form):
    """Which entries to show."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    item = Measured(label=gettext_lazy("Id of the item"), required=False, max_length=26)
    day = forms.DateField(
        label=gettext_lazy("Day (UTC)"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any, who: Someone) -> None:
        super().__init__(data, use_required_attribute=False)
        self.who = who
        kinds = [(str(kind.value), lazystr(words.name)) for kind, words in WORDS.items()]
        self._choose("kind", kinds)
        if who.may(Action.SEE_PEOPLE):
            people = Person.objects.order_by("key").values_list("pk", "name")
            self._choose("person", [(str(pk), name) for pk, name in people])
        else:
            del self.fields["person"]
        all_open(self)

    def clean_item(self) -> Item | None:
        """The item of that id, where it is one that they may see."""
        public_id = self.cleaned_data["item"].strip().lower()
        if not public_id:
            return None
        item = visible(self.who.id, self.who.roles).filter(public_id=public_id).first()
        if item is None:
            raise forms.ValidationError(
                str(Message("No item that you may see has this id. It stands in the address of its page."))
            )
        return item

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", gettext_lazy("any")), *choices]


def entries(who: Someone, asked: dict[str, Any], before: str) -> tuple[list[Entry], str]:
    """The newest entries that fit, or those before a place; and the place before which older ones stand."""
    found = _fitting(who, asked)
    if before.isascii() and before.isdecimal() and len(before) < 19:
        found = found.filter(place__lt=int(before))
    if any(asked.get(name) for name in TELLING):
        page = list(islice(_seen(found, who), SIZE + 1))
    else:
        page = list(found.order_by("-place")[: SIZE + 1])
    return page[:SIZE], str(page[SIZE - 1].place) if len(page) > SIZE else ""


def _seen(found: "QuerySet[Entry, Entry]", who: Someone) -> Iterator[Entry]:
    """Those of which this person may know more than the kind, newest first.

    Left out before a page is cut, so that neither a short page nor the place it ends at tells of the others.
    """
    at_once, found = SIZE + 1, found.order_by("-place")
    while batch := list(found[:at_once]):
        said = read(batch, ("item",))
        seen = sight_of(who, said)
        yield from (each for each in batch if seen.of(each, said[each.place]) is not Shows.KIND)
        found, at_once = found.filter(place__lt=batch[-1].place), min(2 * at_once, MOST_AT_ONCE)


def _fitting(who: Someone, asked: dict[str, Any]) -> "QuerySet[Entry, Entry]":
    found = Entry.objects.all()
    if asked["kind"]:
        found = found.filter(kind=Kind(int(asked["kind"])))
    if asked.get("person"):
        found = found.filter(actor=asked["person"])
    if asked["item"]:
        found = found.filter(place__in=about_item(asked["item"]))
    if asked["day"]:
        # The day that every reader may know: to ask for the outlet's besides would tell some the hour.
        begin, end = (datetime.combine(asked["day"], at, UTC) for at in (time.min, time.max))
        found = found.filter(recorded_at__gte=begin, recorded_at__lte=end)
    return found


def about_item(item: Item) -> list[int]:
    """The places of all entries about an item. A sealed field has no index; the rows that entries made do."""
    places: set[int] = set()
    for model, path in ABOUT_ITEM:
        places |= set(model._default_manager.filter(**{path: item.pk}).values_list("entry__place", flat=True))
    # A row that changes names its latest entry only.
    changed = RowDigest.objects.filter(table=Item._meta.db_table, row=item.pk)
    return sorted(places | set(changed.values_list("entry__place", flat=True)))


def about_system(system: AISystem) -> list[int]:
    """The places of all entries about a system of the register and what it is used for."""
    own = RowDigest.objects.filter(table=AISystem._meta.db_table, row=system.pk)
    cases = RowDigest.objects.filter(
        table=UseCase._meta.db_table, row__in=list(system.use_cases.values_list("pk", flat=True))
    )
    return sorted(
        {*own.values_list("entry__place", flat=True), *cases.values_list("entry__place", flat=True)}
    )
