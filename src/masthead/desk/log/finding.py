"""Find entries: newest first, by kind, person, item, AI system or days."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

from django import forms
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.desk.log.seeing import Shows, read, sight_of
from masthead.desk.log.unread import LAST, at, known
from masthead.desk.log.words import WORDS
from masthead.desk.work.searching import all_open
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.evidence.kinds import Kind
from masthead.newsroom.evidence.models import Entry, LogHead, RowDigest
from masthead.newsroom.items.models import AIUse, Item
from masthead.newsroom.items.sight import visible
from masthead.newsroom.register.models import AISystem, UseCase
from masthead.newsroom.remedies.models import Ending, Question
from masthead.newsroom.review.models import Correction
from masthead.newsroom.said import key, readable
from masthead.newsroom.worklist import catch_up, sight
from masthead.newsroom.worklist.lines import HAPPENED
from masthead.newsroom.worklist.models import Line
from masthead.newsroom.worklist.words import search_words

SIZE = 25
MOST_AT_ONCE = 500
FEW = 1_000
"""Uses of an AI system that are named one by one to find the entries about it."""
REACH = 10_000
"""Places that are looked through for one page by who sees few of them.

Counted in places, as those are public: were it counted in entries that fit, where a page ends would tell how
many fit that this reader may not see.
"""
TELLING = ("person", "item", "system", "since", "until")
"""Conditions that say more of an entry than its kind, which anybody may know."""
BROUGHT_IN = frozenset({Kind.ITEM_ADDED, Kind.VERSION_ADDED})
"""Kinds whose AI uses open with their version alone, and not with the item."""
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
    item = Measured(label=gettext_lazy("Item: words of its title, or its id"), required=False, max_length=200)
    system = forms.ChoiceField(label=gettext_lazy("AI system"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From (day in UTC)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Until (day in UTC)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, data: Any, who: Someone) -> None:
        super().__init__(data, use_required_attribute=False)
        self.who = who
        kinds = [(str(kind.value), lazystr(words.name)) for kind, words in WORDS.items()]
        self._choose("kind", kinds)
        systems = AISystem.objects.order_by("key").values_list("pk", "name")
        self._choose("system", [(str(pk), name) for pk, name in systems])
        if who.may(Action.SEE_PEOPLE):
            people = Person.objects.order_by("key").values_list("pk", "name")
            self._choose("person", [(str(pk), readable(name)) for pk, name in people])
        else:
            del self.fields["person"]
        all_open(self)

    def clean_item(self) -> Item | None:
        """The item of that id, or the one with these words in its title, where they may see it."""
        said = self.cleaned_data["item"].strip()
        if not said:
            return None
        seen = visible(self.who.id, self.who.roles)
        item = seen.filter(public_id=said.lower()).first()
        if item is not None:
            return item
        titled = list(seen.filter(pk__in=_titled(self.who, said))[:2])
        if len(titled) == 1:
            return titled[0]
        told = (
            Message("More than one item has these words in its title. Use more of them, or its id.")
            if titled
            else Message("No item that you may see has these words in its title, or this id.")
        )
        raise forms.ValidationError(str(told))

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", str(Message("This day is before the first one.")))
        return self.cleaned_data

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", gettext_lazy("any")), *choices]


def entries(who: Someone, asked: dict[str, Any], before: str) -> tuple[list[Entry], str]:
    """The newest entries that fit, or those before a place; and the place before which older ones stand."""
    found, start = _fitting(who, asked), None
    if before.isascii() and before.isdecimal() and len(before) < 19:
        start = int(before)
        found = found.filter(place__lt=start)
    floor = 0
    if any(asked.get(name) for name in TELLING):
        if not who.may(Action.SEE_ITEM):
            size = LogHead.objects.values_list("size", flat=True).get()
            floor = max(0, min(size, size if start is None else start) - REACH)
        fits = _seen(found.filter(place__gte=floor), who, by_system=bool(asked.get("system")))
        page = list(islice(fits, SIZE + 1))
    else:
        page = _newest(found, SIZE + 1)
    if len(page) > SIZE:
        return page[:SIZE], str(page[SIZE - 1].place)
    return page, str(floor) if floor else ""


def _seen(found: "QuerySet[Entry, Entry]", who: Someone, *, by_system: bool) -> Iterator[Entry]:
    """Those of which this person may know more than the kind, newest first.

    Left out before a page is cut, so that neither a short page nor the place it ends at tells of the others.
    """
    at_once = SIZE + 1
    while batch := _newest(found, at_once):
        said = read(batch, ("item",))
        seen = sight_of(who, said)
        for each in filter(known, batch):
            shows = seen.of(each, said[each.place])
            # Which systems made a version that is not out is not told by finding it, either.
            untold = by_system and shows is Shows.OPENED and each.kind in BROUGHT_IN
            if shows is not Shows.KIND and not untold:
                yield each
        found, at_once = found.filter(place__lt=batch[-1].place), min(2 * at_once, MOST_AT_ONCE)


def _newest(found: "QuerySet[Entry, Entry]", count: int) -> list[Entry]:
    """The newest of them. Their places first: what is sorted to find them is not to be whole entries."""
    found = found.filter(place__lte=LAST)
    return at(list(found.order_by("-place").values_list("place", flat=True)[:count]))


def _fitting(who: Someone, asked: dict[str, Any]) -> "QuerySet[Entry, Entry]":
    found = Entry.objects.all()
    if asked["kind"]:
        found = found.filter(kind=Kind(int(asked["kind"])))
    if asked.get("person"):
        found = found.filter(actor=asked["person"])
    if asked["item"]:
        found = found.filter(place__in=about_item(asked["item"]))
    if asked["system"]:
        found = found.filter(telling_of(AISystem.objects.get(pk=asked["system"])))
    # The day that every reader may know: to ask for the outlet's besides would tell some the hour.
    if asked["since"]:
        found = found.filter(recorded_at__gte=datetime.combine(asked["since"], time.min, UTC))
    if asked["until"]:
        found = found.filter(recorded_at__lte=datetime.combine(asked["until"], time.max, UTC))
    return found


def _titled(who: Someone, said: str) -> "QuerySet[Line, Any]":
    """The items with these words in their titles, in what this person may see of each."""
    catch_up()
    drafts, seen = sight.drafts_seen(who.id, who.roles), sight.seen(who.id, who.roles)
    words = search_words(said)
    if not words:
        return Line.objects.none().values("item")
    full, out = (Q(*(Q(**{f"{column}__contains": word}) for word in words)) for column in ("key", "out_key"))
    return Line.objects.filter((drafts & full) | (seen & out)).values("item")


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


def telling_of(system: AISystem) -> Q:
    """The entries about a system of the register, and those that say of an item that it was used."""
    about = about_system(system)
    names = AIUse.objects.order_by().values_list("system", flat=True).distinct()
    uses = AIUse.objects.order_by().filter(system__in=[name for name in names if key(name) == system.key])
    few = list(uses.values_list("entry__place", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Q(place__in={*about, *few})
    # Found soon on the way back from the newest entry, so each on the way is asked.
    return Q(place__in=about) | Q(Exists(uses.filter(entry=OuterRef("pk"))))
