"""Every address that is answered at, found by walking the resolver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from masthead.newsroom.accounts.access import Access, access_of
from masthead.newsroom.site.routes import OTHERS


@dataclass(frozen=True)
class Route:
    """An address pattern with its view. `name` has its namespaces."""

    name: str
    pattern: str
    view: Callable[..., Any]
    parameters: tuple[str, ...]
    """The name of each part of the address that varies."""

    @property
    def access(self) -> Access | None:
        """What the code lets come in, as the gatekeeper finds it."""
        return access_of(self.view) or OTHERS.get(self.name)


def every_route() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "", (), ()))


def _walk(
    patterns: list[URLPattern | URLResolver],
    before: str,
    spaces: tuple[str, ...],
    kept: tuple[str, ...],
) -> Iterator[Route]:
    for each in patterns:
        here = before + str(each.pattern)
        parameters = (*kept, *(each.pattern.converters or each.pattern.regex.groupindex))
        if isinstance(each, URLResolver):
            inside = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each.url_patterns, here, inside, parameters)
        else:
            yield Route(":".join((*spaces, each.name or "")), here, each.callback, parameters)
