"""Every address that the desk answers at, found by walking the resolver."""

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
    parameters: tuple[tuple[str, str], ...]
    """The name of each part of the address that varies, and what it must be."""

    @property
    def access(self) -> Access | None:
        return access_of(self.view) or OTHERS.get(self.name)

    @property
    def about_an_item(self) -> bool:
        return hasattr(self.view, "drafts")


def every_route() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "", (), ()))


def _walk(
    patterns: list[URLPattern | URLResolver],
    before: str,
    spaces: tuple[str, ...],
    kept: tuple[tuple[str, str], ...],
) -> Iterator[Route]:
    for each in patterns:
        here = before + str(each.pattern)
        sorts = {name: type(kind).__name__ for name, kind in each.pattern.converters.items()}
        if not sorts:
            sorts = dict.fromkeys(each.pattern.regex.groupindex, "regex")
        parameters = (*kept, *sorts.items())
        if isinstance(each, URLResolver):
            inside = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each.url_patterns, here, inside, parameters)
        else:
            name = ":".join((*spaces, each.name or ""))
            yield Route(name, here, each.callback, parameters)
