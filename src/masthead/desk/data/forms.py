"""What is asked to erase, to hold and to let go, and to say how long something is kept."""

import re

from django import forms
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.errors import MastheadError
from masthead.newsroom.retention.setting import LONGEST, MOST_DAYS
from masthead.newsroom.retention.subjects import EVERYTHING, Subject, item_of, person_called, question_of
from masthead.newsroom.retention.words import ASKED_FOR, GROUNDS, On

_ID = re.compile("[a-z2-7]{26}")
ABOUT = [
    (On.PERSON.value, gettext_lazy("A person who works or worked here")),
    (On.ITEM.value, gettext_lazy("An item")),
    (On.QUESTION.value, gettext_lazy("A question of the audience")),
]


class About(forms.Form):
    """Whom or what it is about."""

    about = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=ABOUT, widget=forms.RadioSelect
    )
    called = Measured(
        label=gettext_lazy("Their name, or the id of the item or question"),
        help_text=gettext_lazy("An id stands in the address of its page."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """Find whom or what it is about: `subject`."""
        said = super().clean() or {}
        if "about" in said and "called" in said:
            try:
                said["subject"] = _subject(On(said["about"]), said["called"])
            except MastheadError as error:
                self.add_error("called", str(error))
        return said


def _subject(on: On, called: str) -> Subject:
    if on is On.EVERYTHING:
        return EVERYTHING
    return {On.PERSON: person_called, On.ITEM: item_of, On.QUESTION: question_of}[on](called)


def _reason() -> Measured:
    return Measured(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("It stays in the record, and is shown to nobody outside."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Erase(About):
    """Whom or what to erase, and on what ground."""

    ground = forms.ChoiceField(
        label=gettext_lazy("On what ground?"),
        choices=[(each.value, GROUNDS[each]) for each in ASKED_FOR],
        widget=forms.RadioSelect,
    )


def an_item(public_id: str) -> dict[str, str]:
    """What the form begins with for whoever comes from the page of an item: an id, and nothing else."""
    return {"about": On.ITEM.value, "called": public_id} if _ID.fullmatch(public_id) else {}


class Hold(About):
    """What to hold, and why."""

    reason = _reason()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own, as they come
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)  # noqa: S101 - it is one line above
        about.choices = [*ABOUT, (On.EVERYTHING.value, gettext_lazy("Everything"))]


class Lift(forms.Form):
    """Why a hold is lifted."""

    reason = _reason()


class Keep(forms.Form):
    """After how many days something is erased by itself."""

    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        help_text=gettext_lazy("Leave it empty to erase nothing by itself."),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )
    reason = _reason()
