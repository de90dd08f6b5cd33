"""Whatever was read, as JSON takes it: what is told of damage comes out of a damaged database."""

from collections.abc import Mapping


def plain(value: object) -> object:
    """`value` with what JSON has no form for as text: bytes, moments, numbers without end."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else str(value)
