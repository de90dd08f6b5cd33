"""Forms on which somebody decides. What each command refuses comes back on the form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from masthead.desk.item.fields import ACCEPT, Line, Words
from masthead.newsroom.items.given import UseGiven
from masthead.newsroom.items.models import Version
from masthead.newsroom.review.commands.returning import LONGEST
from masthead.vocabulary import LABELS, Medium, Task, Tier


class Shown(forms.Form):
    """What was on the page when somebody pressed its button."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    said = forms.RegexField("^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)
    uses = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class SendBack(forms.Form):
    """What an author is to do."""

    note = Words(
        label=gettext_lazy("What is to be done"),
        help_text=gettext_lazy(
            "The author reads it beside the item. It stays in the record and is never published."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class BreakGlass(forms.Form):
    """Why it cannot wait. `sure` is set by the second page, which shows what follows from it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = Words(
        label=gettext_lazy("Why it cannot wait"),
        help_text=gettext_lazy("For whoever reviews it, and for the record. It is never published."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SecondReview(forms.Form):
    """What a second person says of a publication past the gate."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What you found"),
        choices=[
            ("uphold", gettext_lazy("It stands: going out then was right.")),
            ("object", gettext_lazy("It should not have gone out.")),
        ],
        widget=forms.RadioSelect,
    )
    note = Words(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For the record. It is never published."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class Correct(forms.Form):
    """What is changed in what is out, and what the audience is told of it."""

    ROWS = 3
    """How many AI uses of one correction can be named; more are said in a second correction."""

    words = Words(
        label=gettext_lazy("The text"),
        widget=forms.Textarea(attrs={"class": "long", "dir": "auto"}),
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or hand in a file"),
        help_text=gettext_lazy("It takes the place of the text above."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    title = Line(label=gettext_lazy("Title"), required=False, max_length=300)
    note = Words(
        label=gettext_lazy("What was wrong, and what is right"),
        help_text=gettext_lazy(
            "The audience reads this. One or two plain sentences; name nobody who is not in the item."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: Version, kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        if version.item.medium != Medium.TEXT:
            del self.fields["words"]
            self.fields["file"].label = gettext_lazy("The new file")
            self.fields["file"].help_text = gettext_lazy(
                "Left empty, the picture stays and only what is said of it changes."
            )
        for row in range(self.ROWS):
            self.fields[f"system-{row}"] = Line(
                label=gettext_lazy("AI system"), required=False, max_length=200
            )
            self.fields[f"task-{row}"] = forms.ChoiceField(
                label=gettext_lazy("What for"), choices=_tasks, required=False
            )
            self.fields[f"tier-{row}"] = forms.ChoiceField(
                label=gettext_lazy("How much it matters"), choices=_tiers, required=False
            )

    def clean(self) -> dict[str, Any]:
        """An AI use is told whole, and a text is not emptied by a correction."""
        given = super().clean() or self.cleaned_data
        for row in range(self.ROWS):
            if given.get(f"system-{row}"):
                for name in ("task", "tier"):
                    if not given.get(f"{name}-{row}"):
                        self.add_error(f"{name}-{row}", gettext_lazy("Say this of the AI system too."))
        empty = "words" in self.fields and not given.get("words") and not given.get("file")
        if empty and not self.kept:
            self.add_error("words", gettext_lazy("There is no text left. Write it, or hand in a file."))
        return given

    @property
    def uses(self) -> tuple[UseGiven, ...]:
        """What AI did to the correction."""
        said = self.cleaned_data
        return tuple(
            UseGiven(said[f"system-{row}"], Task(said[f"task-{row}"]), Tier(said[f"tier-{row}"]))
            for row in range(self.ROWS)
            if said.get(f"system-{row}")
        )

    @property
    def use_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each AI use."""
        return [[self[f"{name}-{row}"] for name in ("system", "task", "tier")] for row in range(self.ROWS)]

    @property
    def passed_on(self) -> list[tuple[str, str]]:
        """What the page that shows it hands on: everything but the words and the file, which are kept."""
        names = ["title", "note"] + [name for name in self.fields if name.partition("-")[2]]
        return [(name, str(self.cleaned_data.get(name) or "")) for name in names]


def _tasks() -> list[tuple[str, Any]]:
    return [("", gettext_lazy("Choose")), *((task.value, LABELS[task]) for task in Task)]


def _tiers() -> list[tuple[str, Any]]:
    return [("", gettext_lazy("Choose")), *((tier.value, LABELS[tier]) for tier in Tier)]


class Withdraw(forms.Form):
    """Why it is taken back. `sure` is set by the second page, which shows what follows from it."""

    reason = Words(
        label=gettext_lazy("Why it is taken back"),
        help_text=gettext_lazy(
            "The audience reads this in place of the item. Name nobody who could be hurt by it."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
