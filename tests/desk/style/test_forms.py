"""Every form of the desk says what is too long for it, and cuts nothing."""

import pkgutil
from importlib import import_module

import pytest
from django import forms

import masthead.desk
from masthead.desk.forms import Email, Measured, WebAddress
from masthead.language import using

for module in pkgutil.walk_packages(masthead.desk.__path__, "masthead.desk."):
    import_module(module.name)


def kinds(form: type[forms.Form]) -> set[type[forms.Form]]:
    return {form}.union(*(kinds(each) for each in form.__subclasses__()))


OURS = sorted(
    (form for form in kinds(forms.Form) if form.__module__.startswith("masthead.desk.")),
    key=lambda form: (form.__module__, form.__qualname__),
)


@pytest.mark.parametrize("form", OURS, ids=lambda form: f"{form.__module__}.{form.__qualname__}")
def test_no_field_has_a_paste_cut_unsaid(form):
    cut = [
        name
        for name, field in form.base_fields.items()
        if "maxlength" in field.widget.attrs and not field.widget.is_hidden
    ]
    assert cut == []


def test_there_are_forms_to_look_at():
    assert len(OURS) > 20


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (Measured(max_length=2000), "é" * 2001),
        (Email(max_length=2000), f"{'e' * 1990}@example.org"),
        (WebAddress(max_length=2000, assume_scheme="https"), f"https://example.org/{'e' * 2000}"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_too_many_characters_are_told_in_the_reader_s_language(field, said):
    for language, count in (("en", "2,000"), ("fr", "2\u202f000")):
        with using(language):
            assert count in str(field.widget.attrs["data-too-long"])
            with pytest.raises(forms.ValidationError) as refused:
                field.clean(said)
            assert any(count in each for each in refused.value.messages)
