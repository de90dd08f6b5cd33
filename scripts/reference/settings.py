"""The settings, from the docstrings beside them."""

import ast
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from masthead.desk.settings.words import GROUPS
from masthead.newsroom.site import home
from masthead.newsroom.site.chosen import OIDC
from masthead.reading.limits import USUAL

HEAD = f"""# Settings

<!-- Written by `make reference` from src/masthead/newsroom/site/home.py; do not edit. -->

Every setting has a default that works. Say another in `config.toml` in the home folder (`.masthead`, or what
`MASTHEAD_HOME` names), or in the environment, which wins. The file is TOML: a text stands in quotes, a list
in brackets, and tables come last. Each setting is shown below with a line of the file and the same in the
environment; what is served takes a change up when it is started again. A variable that is set and empty says
nothing, nor does a name that no setting has: `masthead init`, `serve` and `check` warn of such a one.

```toml
# .masthead/config.toml
address = "https://desk.example.org"
behind_proxy = true

[checks]
bylines = "1.4.0"
```

Three more stand in the environment alone:

| variable | what it says |
|---|---|
| `MASTHEAD_HOME` | The home folder; without it the nearest `.masthead` here or above. |
| `MASTHEAD_LANGUAGE` | The language at the terminal, `en` or `fr`; without it `LC_ALL` or `LANG`. |
| `MASTHEAD_SECRET_KEY` | What signs sessions instead of `keys/django.key`: a long secret of your own. |

What is set nowhere: a text has at most {USUAL.characters:,} characters and {USUAL.blocks:,} paragraphs
or lines. A whole novel fits; what is longer is refused and never cut.
"""
KINDS = {
    bool: "`true` or `false`",
    int: "a whole number above zero",
    str: "a text",
    tuple: "a list",
    dict: "a table",
}
"""What a value is, by the type that TOML reads."""


def page() -> str:
    """The page, in Markdown."""
    defaults = {each.name: each for each in fields(home.Settings)}
    lines = {name: told.line for _, group in GROUPS for name, told in group.items()}
    parts = [HEAD]
    for name, said in _said():
        value = tomllib.loads(lines[name])[name]
        kind, default = _kind(value), _default(value, defaults[name].default)
        parts.append(
            f"## {name}\n\n{said}\n\n```toml\n{lines[name]}\n```\n\n"
            f"{kind[0].upper()}{kind[1:]} · default: {default} · environment: {_environment(name, value)}\n"
        )
    return "\n".join(parts)


def _kind(value: object) -> str:
    if isinstance(value, list):
        return f"a list of {'numbers' if isinstance(value[0], int) else 'texts'}"
    return KINDS[type(value)]


def _default(value: object, default: object) -> str:
    if isinstance(value, list):
        return "`[]`, none"
    if isinstance(value, dict):
        return "none"
    if isinstance(value, str):
        return f'`"{default}"`' + ("" if default else ", the empty text")
    return f"`{str(default).lower()}`"


def _environment(name: str, value: object) -> str:
    """The same said in the environment."""
    variable = f"MASTHEAD_{name.upper()}"
    if isinstance(value, Mapping):
        if name != "oidc":
            return f"not there: `[{name}]` stands in the file alone"
        return ", ".join(f"`{variable}_{each.upper()}`" for each in OIDC)
    if isinstance(value, list):
        apart = os.pathsep if name == "trust" else ","
        return f"`{variable}={apart.join(map(str, value))}`, apart by `{apart}`"
    return f"`{variable}={str(value).lower() if isinstance(value, bool) else value}`"


def _said() -> Iterator[tuple[str, str]]:
    """Each setting, and the docstring that follows it."""
    tree = ast.parse(Path(home.__file__).read_text(encoding="utf-8"))
    (body,) = (each.body for each in tree.body if isinstance(each, ast.ClassDef) and each.name == "Settings")
    for declared, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(declared, ast.AnnAssign) and isinstance(declared.target, ast.Name):
            match after:
                case ast.Expr(value=ast.Constant(value=str(said))):
                    lines = [line.strip() for line in said.splitlines()]
                    yield declared.target.id, "\n".join(lines).strip()
                case _:
                    raise SystemExit(f"the setting {declared.target.id} has no docstring")
