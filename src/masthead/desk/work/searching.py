"""Search across items: only what this person may see is looked at, in what they may see of it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from masthead import clock
from masthead.desk.forms import Measured
from masthead.desk.work.paging import page
from masthead.desk.work.row import MEDIA, STAGES, Row, rows, shown
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.said import key, readable
from masthead.newsroom.worklist import catch_up, sight
from masthead.newsroom.worklist.held import held
from masthead.newsroom.worklist.models import Line, Used
from masthead.newsroom.worklist.step import WORDS, Step
from masthead.newsroom.worklist.words import search_words

ANY = ("", gettext_lazy("any"))
# Made once: to make words late costs more than to say them.
_STAGES = [(each.value, lazystr(words)) for each, words in STAGES.items()]
_MEDIA = [(each.value, lazystr(words)) for each, words in MEDIA.items()]
HELD = "held"
_STEPS = [
    *((each.value, lazystr(words)) for each, words in WORDS.items()),
    (HELD, gettext_lazy("held by a pause")),
]


class Search(forms.Form):
    """What to look for. Everything may be left open; what makes no sense is said beside its field."""

    q = Measured(
        label=gettext_lazy("Words of the title, or an item's id"),
        help_text=gettext_lazy("Titles are searched, not the texts."),
        required=False,
        max_length=200,
    )
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("What is next"), required=False)
    medium = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    system = Measured(label=gettext_lazy("AI system"), required=False, max_length=200)
    author = forms.ChoiceField(label=gettext_lazy("Author"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any, who: Someone) -> None:
        super().__init__(data, use_required_attribute=False)
        self.choose("stage", _STAGES)
        self.choose("medium", _MEDIA)
        self.choose("step", _STEPS)
        self.choose("author", _authors(who))
        self.systems = AISystem.objects.order_by("key").values_list("name", flat=True)
        self.fields["system"].widget.attrs["list"] = "systems"
        if not (who.may(Action.SEE_ITEM) or who.may(Action.SEE_OWN_ITEM)):
            del self.fields["step"], self.fields["author"]
        all_open(self)

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Offer `choices`, or any."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [ANY, *choices]

    @property
    def narrowed(self) -> bool:
        """Whether more than words is asked."""
        return any(self.data.get(name) for name in self.fields if name != "q")


def all_open(form: forms.Form) -> None:
    """Read the form now, then show its fields without *optional* beside each: in a search, all are."""
    form.full_clean()
    for field in form.fields.values():
        field.required = True


def _authors(who: Someone) -> list[tuple[str, Any]]:
    me = (str(who.id), gettext_lazy("me"))
    if not who.may(Action.SEE_PEOPLE):
        return [me]
    others = Person.objects.exclude(pk=who.id).order_by("key").values_list("pk", "name")
    return [me, *((str(pk), readable(name)) for pk, name in others)]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found."""

    rows: list[Row]
    older: str


def search(who: Someone, asked: dict[str, Any], after: str) -> Found:
    """The items that fit what was asked, newest first; no more is said of the others, not even how many."""
    catch_up()
    works = who.may(Action.SEE_ITEM) or who.may(Action.SEE_OWN_ITEM)
    # Who sees only what is out is not to see by the order that a new draft is under way.
    by = "updated_at" if works else "published_at"
    found = page(shown(_lines(who, asked, by)), after, by=by)
    return Found(rows(found.lines, who), found.older)


def _lines(who: Someone, asked: dict[str, Any], by: str) -> "QuerySet[Line, Line]":
    drafts, seen = sight.drafts_seen(who.id, who.roles), sight.seen(who.id, who.roles)
    full, out = _words(asked["q"], "key"), _words(asked["q"], "out_key")
    if asked["system"]:
        full &= _used(asked["system"], out=False) | _used(asked["system"], out=True)
        out &= _used(asked["system"], out=True)
    if asked.get("step"):
        full &= held(asked["system"]) if asked["step"] == HELD else Q(step=Step(asked["step"]))
        out = sight.NOTHING
    if asked.get("author"):
        full &= Q(author=asked["author"])
        out = sight.NOTHING
    either = full if drafts == seen == sight.EVERYTHING else (drafts & full) | (seen & out)
    return Line.objects.filter(either, _plain(asked, by))


def _words(said: str, column: str) -> Q:
    words = search_words(said)
    found = Q(*(Q(**{f"{column}__contains": word}) for word in words))
    if len(words) == 1 and len(words[0]) >= 6:
        found |= Q(public_id__startswith=words[0])
    return found


def _used(system: str, *, out: bool) -> Q:
    return Q(Exists(Used.objects.filter(line=OuterRef("pk"), key=key(system), out=out)))


def _plain(asked: dict[str, Any], by: str) -> Q:
    """What everybody may ask of what they see."""
    found = Q()
    if asked["stage"]:
        found &= Q(stage=asked["stage"])
    if asked["medium"]:
        found &= Q(medium=asked["medium"])
    if asked["since"]:
        found &= Q(**{f"{by}__gte": clock.begins(asked["since"])})
    if asked["until"]:
        found &= Q(**{f"{by}__lte": clock.ends(asked["until"])})
    return found
