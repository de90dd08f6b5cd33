"""What is asked to put an AI system in the register, to say what it is for, and to decide on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from masthead import clock
from masthead.desk.forms import Measured, WebAddress
from masthead.desk.register.words import choices
from masthead.language import Message
from masthead.newsroom.accounts.models import Person
from masthead.newsroom.register.words import LEVELS, STAGES
from masthead.vocabulary import MEANINGS, Stage, Tier, UseLevel

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def _day() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("The day its data terms were read"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def _opt_out() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Is training on your data switched off?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )


def _address() -> WebAddress:
    return WebAddress(
        label=gettext_lazy("Address of its data terms"), max_length=500, required=False, assume_scheme="https"
    )


class UseFields(forms.Form):
    """What a system is used for."""

    tier = forms.ChoiceField(
        label=gettext_lazy("How much its use matters to what the audience gets"),
        choices=choices(MEANINGS),
        widget=forms.RadioSelect,
        initial=Tier.T2.value,
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Where in the work"), choices=choices(STAGES), initial=Stage.CREATION.value
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Whose use it is"), choices=choices(LEVELS), initial=UseLevel.ORGANISATION.value
    )

    @property
    def use(self) -> dict[str, Any]:
        """What was chosen, as the command takes it."""
        said = self.cleaned_data
        return {
            "tier": Tier(said["tier"]),
            "stage": Stage(said["stage"]),
            "level": UseLevel(said["level"]),
        }


class Answerable(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    """Someone who is here, or an office."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Person.objects.none(), **options)

    def label_from_instance(self, obj: Person) -> str:
        """Their name, an office told from a person."""
        return str(Message("%(name)s (office)", {"name": obj.name})) if obj.office else obj.name


class NewSystem(UseFields):
    """A system nobody has put in the register yet."""

    name = Measured(
        label=gettext_lazy("Name of the system"),
        help_text=gettext_lazy("As people here call it, with its version if that matters."),
        max_length=200,
    )
    provider = Measured(label=gettext_lazy("Who makes or hosts it"), max_length=200, required=False)
    accountable = Answerable(
        label=gettext_lazy("Who answers for it"),
        help_text=gettext_lazy(
            "A person, or an office where a name would endanger someone. A steward makes an office under"
            " People."
        ),
    )
    terms_url = _address()
    terms_checked_on = _day()
    training_opt_out = _opt_out()

    field_order = ("name", "provider", "accountable", "tier", "stage", "level")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = self.fields["accountable"]
        assert isinstance(people, Answerable)  # noqa: S101 - as declared above
        today = clock.today()
        here = Person.objects.filter(erased_on=None).exclude(ends_on__lt=today)
        people.queryset = here.order_by("key")
        for name in ("terms_checked_on", "training_opt_out"):
            self.fields[name].required = False


class Terms(forms.Form):
    """That the data terms were read."""

    checked_on = _day()
    training_opt_out = _opt_out()
    terms_url = _address()
    seen = forms.IntegerField(widget=forms.HiddenInput)


class Decision(forms.Form):
    """Why a system is approved, paused or retired."""

    reason = Measured(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For the record; it is not told to the audience."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
