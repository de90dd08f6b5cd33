"""What is asked to erase, to hold and to let go, and to say how long something is kept."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Measured
from masthead.errors import MastheadError
from masthead.newsroom.retention.setting import LONGEST, MOST_DAYS
from masthead.newsroom.retention.subjects import EVERYTHING, Subject, item_of, person_called, question_of
from masthead.newsroom.retention.words import ASKED_FOR, GROUNDS, PARTS, On, Part

_ID = re.compile("[a-z2-7]{26}")
ABOUT = [
    (On.PERSON.value, gettext_lazy("A person who works or worked here")),
    (On.ITEM.value, gettext_lazy("An item")),
    (On.QUESTION.value, gettext_lazy("A question of the audience")),
]
OF_ITEMS = [(part.value, said) for part, said in PARTS.items()]
"""What may be erased though the item is out."""


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
                said["subject"] = _subject(said["about"], said["called"])
            except MastheadError as error:
                self.add_error("called", str(error))
        return said


def _subject(about: str, called: str) -> Subject:
    if about in PARTS:
        return item_of(called, Part(about))
    if about == On.EVERYTHING:
        return EVERYTHING
    if about == On.PERSON:
        return person_called(called)
    return item_of(called) if about == On.ITEM else question_of(called)


def _choose(form: About, choices: list[tuple[str, Any]]) -> None:
    about = form.fields["about"]
    assert isinstance(about, forms.ChoiceField)  # noqa: S101 - every form of this kind has it
    about.choices = choices


def _reason() -> Measured:
    return Measured(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("It stays in the record, and is shown to nobody outside."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Erase(About):
    """Whom or what to erase, and on what ground; `whole` people, items and questions for who may."""

    ground = forms.ChoiceField(
        label=gettext_lazy("On what ground?"),
        choices=[(each.value, GROUNDS[each]) for each in ASKED_FOR],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, whole: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own, as they come
        _choose(self, [*ABOUT, *OF_ITEMS] if whole else OF_ITEMS)
        self.fields["called"].required = True


def for_item(public_id: str) -> dict[str, str]:
    """What the form begins with for whoever comes from the page of an item: an id, and nothing else."""
    return {"about": Part.SOURCES.value, "called": public_id} if _ID.fullmatch(public_id) else {}


def an_item(public_id: str) -> dict[str, str]:
    """The same for the form that holds an item whole."""
    return {"about": On.ITEM.value, "called": public_id} if _ID.fullmatch(public_id) else {}


class Hold(About):
    """What to hold, and why."""

    reason = _reason()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own, as they come
        _choose(self, [*ABOUT, (On.EVERYTHING.value, gettext_lazy("Everything"))])


class Lift(forms.Form):
    """Why a hold is lifted."""

    reason = _reason()


class Least(forms.Form):
    """For how many days a law asks that something be kept, and which."""

    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        help_text=gettext_lazy("Leave it empty where no law asks for it any more."),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )
    reason = _reason()
    reason.label = gettext_lazy("Which law, and where in it?")


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
