"""Messages in which `commands` are marked, on a page: `{% load marked %}`, `{{ error.remedy|marked }}`."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CODE = re.compile("`([^`]+)`")


@register.filter
def marked(words: object) -> SafeString:
    """The words, escaped; what stands between two backticks is code."""
    return mark_safe(_CODE.sub(r"<code>\1</code>", conditional_escape(str(words))))  # noqa: S308 - escaped


@register.filter
def unmarked(words: object) -> str:
    """The words without backticks, for where no markup can be."""
    return _CODE.sub(r"\1", str(words))
