"""The plate on top of every page of the desk: `{% load plate %}{% plate %}`."""

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from masthead.language import active

register = template.Library()


@register.simple_tag(takes_context=True)
def plate(context: Mapping[str, Any]) -> SafeString:
    """Whose desk it is and where one may go, made once for as long as it says the same."""
    who, may = context.get("someone"), context.get("may", {})
    allowed = frozenset(name for name, yes in may.items() if yes)
    name = who.name if who else None
    return _plate(
        name, context.get("outlet", ""), context.get("here", ""), allowed, context.get("waiting", 0), active()
    )


@lru_cache(maxsize=1024)
def _plate(
    name: str | None, outlet: str, here: str, allowed: frozenset[str], waiting: int, language: str
) -> SafeString:
    told = {
        "someone": None if name is None else SimpleNamespace(name=name),
        "outlet": outlet,
        "here": here,
        "may": dict.fromkeys(allowed, True),
        "waiting": waiting,
    }
    return render_to_string("desk/part/plate.html", told)
