"""How forms look, and the fields for words of every form at the desk: what is too long is said, not cut."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import lazy

from masthead.language import Message
from masthead.newsroom.said import counted


class Renderer(TemplatesSetting):
    """The templates of the pages, with our templates for forms and fields."""

    form_template_name = "desk/form/form.html"
    field_template_name = "desk/form/field.html"


def _more_than(longest: int) -> str:
    return str(
        Message(
            "This has more than %(longest)s characters. Shorten it: nothing of what you typed is lost.",
            {"longest": counted(longest)},
        )
    )


more_than = lazy(_more_than, str)
"""What is said of words that are too many, in the language of whoever reads it."""


class Measured(forms.CharField):
    """A field for words that says when there are too many of them.

    Not by `maxlength`: a browser cuts a paste at it unsaid, and counts other units than we do.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.max_length is not None:
            self.error_messages["max_length"] = more_than(self.max_length)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """How many characters it takes, and what is said where there are more."""
        attrs = super().widget_attrs(widget)
        if attrs.pop("maxlength", None) is None:
            return attrs
        assert self.max_length is not None  # noqa: S101 - it had a `maxlength`
        return {**attrs, "data-longest": self.max_length, "data-too-long": more_than(self.max_length)}


class Email(Measured, forms.EmailField):
    """An e-mail address."""


class WebAddress(Measured, forms.URLField):
    """An address on the web."""
