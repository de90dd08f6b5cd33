"""What the code says beside what is written: a sentence for each difference, none where they agree."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from tests.permissions.addresses import ADDRESSES, Line
from tests.permissions.routes import Route
from tests.permissions.table import MAY, SCOPES

from masthead.api.application import api
from masthead.newsroom.accounts import permissions
from masthead.newsroom.accounts.access import Access
from masthead.newsroom.connections import scopes


def roles_that_differ() -> list[str]:
    """Of each action: who may by the code's table, beside who may by ours."""
    code = {action.value: _values(roles) for action, roles in permissions.MAY.items()}
    missing = {action.value for action in permissions.Action} - set(code)
    return [
        *(
            f"“{action}” is an action that the code allows nobody: give it a line in MAY."
            for action in missing
        ),
        *_sets_that_differ(MAY, code, "role", "table.py"),
    ]


def scopes_that_differ() -> list[str]:
    """Of each scope of a token: the actions it asks by the code, beside those written."""
    code = {scope.value: _values(actions) for scope, actions in scopes.ASKS.items()}
    return list(
        _sets_that_differ(
            {name: frozenset(said) for name, said in SCOPES.items()}, code, "action", "table.py"
        )
    )


def routes_that_differ(routes: Iterable[Route]) -> list[str]:
    """Of each route: what it asks by the code, beside what is written."""
    found = {route.name: route for route in routes}
    gone = [
        f"{name} is written in addresses.py and no route: take its line out."
        for name in ADDRESSES
        if name not in found
    ]
    return [*gone, *(said for route in found.values() for said in _of_route(route))]


def _of_route(route: Route) -> Iterator[str]:
    line = ADDRESSES.get(route.name)
    if line is None:
        yield (
            f"{route.name or 'A route without a name'} (/{route.pattern}) is not in"
            " tests/permissions/addresses.py: add a line “route | what it asks | what it is about”,"
            " and who may come is tried."
        )
    elif route.access is None:
        yield f"{route.name} does not say who may come: put @needs(…), @signed_in or @public on its view."
    elif (code := _said(route.access, line)) != (written := _written(line)):
        asked = f"{_listed(code)} by its view, and for {_listed(written)} in addresses.py"
        yield f"{route.name} asks for {asked}."


def _written(line: Line) -> frozenset[str]:
    return frozenset(
        {f"{line.method} with the scope {line.scope}"} if line.scope else line.actions or {line.asks}
    )


def _said(access: Access, line: Line) -> frozenset[str]:
    if access.open:
        return frozenset({"way in" if access.entrance else "anyone"})
    if access.by_token:
        return _of_operation(line.name)
    return _values(access.actions) or frozenset({"signed in"})


def _of_operation(name: str) -> frozenset[str]:
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                if f"api:{operation.operation_id}" == name:
                    [asked] = operation.auth_callbacks
                    said = f"{'/'.join(operation.methods)} with the scope {asked.scope.value}"
                    lets = _values(asked.actions) ^ frozenset(SCOPES[asked.scope.value])
                    return frozenset({said, *lets})
    return frozenset({"a token, and no operation"})


def _sets_that_differ(
    written: Mapping[str, Collection[str]], code: Mapping[str, Collection[str]], of: str, file: str
) -> Iterator[str]:
    for name in sorted({*written, *code}):
        if name not in written:
            yield f"“{name}” is in the code and not in tests/permissions/{file}: write its {of}s there."
        elif name not in code:
            yield f"“{name}” is in tests/permissions/{file} and not in the code."
        else:
            for each in sorted(set(code[name]) - set(written[name])):
                yield f"“{name}”: the code has the {of} {each}, and tests/permissions/{file} has not."
            for each in sorted(set(written[name]) - set(code[name])):
                yield f"“{name}”: tests/permissions/{file} has the {of} {each}, and the code has not."


def _values(of: Iterable[object]) -> frozenset[str]:
    return frozenset(str(each) for each in of)


def _listed(said: Collection[str]) -> str:
    return " or ".join(f"“{each}”" for each in sorted(said))
