"""Codes of commitments, each with its title and a way to its words: `{% load codes %}`, `{{ ids|codes }}`."""

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from masthead import declaration
from masthead.language import active

register = template.Library()


@register.filter
def codes(ids: Iterable[str]) -> SafeString:
    """Each code as a link to where the checklist has its words; one the catalogue does not know, bare."""
    said, checklist = declaration.load().words(active()).commitments, reverse("desk:checklist")
    return format_html_join(
        ", ",
        "{}",
        (
            (format_html('<a href="{}#{}" title="{}">{}</a>', checklist, each, said[each].title, each),)
            if each in said
            else (each,)
            for each in ids
        ),
    )
