"""Forms about people."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy

from masthead.desk.forms import Email, Measured
from masthead.language import Message
from masthead.newsroom.accounts.access import Someone
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.accounts.permissions import Action
from masthead.vocabulary import LABELS, Role

MEANING = {
    Role.CONTRIBUTOR: Message("brings items in, works on their own, publishes what is cleared"),
    Role.EDITOR: Message("works on every item, signs off, waives, publishes, corrects"),
    Role.STEWARD: Message("keeps people, AI systems, the checklist and settings"),
    Role.FACILITATOR: Message("leads the team's meetings and answers for the checklist"),
    Role.STAFF_REPRESENTATIVE: Message("answers for the staff where the checklist asks them"),
    Role.AUDITOR: Message("reads the record of what is out; no drafts"),
    Role.ADMINISTRATOR: Message("keeps people and settings; sees no content"),
}
"""What each role is for, in a line."""


def role_choices(roles: list[Role]) -> list[tuple[str, Message]]:
    """Roles to choose from, with what each is for."""
    return [
        (role.value, Message("%(role)s: %(meaning)s", {"role": LABELS[role], "meaning": MEANING[role]}))
        for role in roles
    ]


def _day() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy(
            "For someone who is here for a time. The day after, their login stops working."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class NewPerson(forms.Form):
    """A person or an office to add."""

    name = Measured(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("As colleagues know them, or the office."),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        required=False,
        help_text=gettext_lazy("What they may do. You can change this at any time."),
        widget=forms.CheckboxSelectMultiple,
    )
    ends_on = _day()
    office = forms.BooleanField(
        label=gettext_lazy("This is an office, such as “the duty editor”"),
        required=False,
        help_text=gettext_lazy("It can be accountable where a name would endanger someone. It has no login."),
    )

    def __init__(self, *args: object, may_give: Iterable[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["roles"].choices = role_choices(list(may_give))  # type: ignore[attr-defined]  # a ChoiceField


def may_give(giver: Someone) -> list[Role]:
    """The roles that someone may give to others."""
    return [role for role in Role if role is Role.ADMINISTRATOR or giver.may(Action.GIVE_ROLE)]


class RoleChoice(forms.Form):
    """One more role for a person."""

    role = forms.ChoiceField(label=gettext_lazy("One more role"))

    def __init__(self, person: Person, may_give: Iterable[Role], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # passed on as it came
        held = set(person.grants.filter(ended_at=None).values_list("role", flat=True))
        self.fields["role"].choices = role_choices([role for role in may_give if role.value not in held])  # type: ignore[attr-defined]  # a ChoiceField


class LastDay(forms.Form):
    """The last day of a person; empty for none."""

    ends_on = _day()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["ends_on"].help_text = gettext_lazy(
            "The day after, their login stops working and their roles allow nothing. Empty for no end."
        )


class Invite(forms.Form):
    """Where an invitation goes."""

    email = Email(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("The link is mailed there, and shown to you once."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, mail: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        if not mail:
            del self.fields["email"]
