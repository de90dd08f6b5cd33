"""Who may do what, and who may come through each address: from the table and the routes themselves."""

import os
from collections.abc import Iterator

import django

from masthead.vocabulary import LABELS, Role

HEAD = """# Permissions

<!-- Written by `make reference` from newsroom/accounts/permissions.py and the routes; do not edit. -->

What is not here, nobody may. Each view declares who may come in, each command asks again, and which items a
person may see at all says `newsroom/items/sight.py`: a contributor their own, nobody a protected one but its
author and editors, an auditor what is out, an administrator none.

An editor erases sources and drafts where no reason that they wrote themselves goes along: why a finding was
waived, a version sent back, or the gate passed. Else it takes a steward, or an editor who wrote none of them.

## Actions

"""
ADDRESSES = """
## Addresses

*Anyone* needs no login and gets no cookie. *On the way in* is a page before the login. *Signed in* is anyone
with a login here. *A token* is other software, whose token is looked at operation by operation. Else: whose
role allows one of the actions named.

| address | route | who |
|---|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.newsroom.site.web")
    django.setup()
    return HEAD + "\n".join(_actions()) + "\n" + ADDRESSES + "\n".join(sorted(_routes())) + "\n"


def _actions() -> Iterator[str]:
    from masthead.newsroom.accounts.permissions import MAY

    yield "| | " + " | ".join(str(LABELS[role]) for role in Role) + " |"
    yield "|---" * (len(Role) + 1) + "|"
    for action, roles in MAY.items():
        marks = ("✓" if role in roles else "" for role in Role)
        yield f"| {action.value} | " + " | ".join(marks) + " |"


def _routes() -> Iterator[str]:
    from django.urls import get_resolver

    for address, name, view in _walk(get_resolver(), "/", ()):
        yield f"| `{address}` | {name or '—'} | {_who(name, view)} |"


def _walk(resolver: object, before: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str, object]]:
    from django.urls import URLPattern, URLResolver

    for each in resolver.url_patterns:  # type: ignore[attr-defined]
        address = before + str(each.pattern).replace("|", "\\|")
        if isinstance(each, URLResolver):
            inside = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each, address, inside)
        elif isinstance(each, URLPattern):
            yield address, ":".join((*spaces, each.name)) if each.name else "", each.callback


def _who(name: str, view: object) -> str:
    from masthead.newsroom.accounts.access import access_of
    from masthead.newsroom.site.routes import OTHERS

    access = access_of(view) or OTHERS.get(name)  # type: ignore[arg-type]
    if access is None:
        return "nobody"
    if access.by_token:
        return "a token"
    if access.open:
        return "on the way in" if access.entrance else "anyone"
    return ", ".join(action.value for action in access.actions) or "signed in"
