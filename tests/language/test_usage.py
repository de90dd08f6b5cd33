"""A command that was given wrongly is told so in the reader's language, and what is typed stays as it is."""

import pytest
import typer
from typer.main import get_command

from masthead.cli.app import app
from masthead.cli.usage import Told
from masthead.language import using

WRONG = [
    (["waive"], "ITEM is missing.", "Il manque ITEM."),
    (["publish", "--nope"], "There is no option --nope here.", "L’option --nope n’existe pas ici."),
    (
        ["publish", "--jsn"],
        "There is no option --jsn here. Did you mean --json?",
        "L’option --jsn n’existe pas ici. Vouliez-vous dire --json\u202f?",
    ),
    (
        ["pblish"],
        "There is no command “pblish”. Did you mean publish?",
        "La commande «\u202fpblish\u202f» n’existe pas. Vouliez-vous dire publish\u202f?",
    ),
    (["publish", "a", "--by"], "The option --by needs a value.", "Il faut une valeur à l’option --by."),
    (["publish", "--json=1"], "The option --json takes no value.", "L’option --json ne prend pas de valeur."),
    (
        ["item", "use", "a", "--ai", "b", "--part", "x", "y"],
        "--part has a value that cannot be used; see `--help`.",
        "La valeur de --part ne convient pas\u202f; voyez `--help`.",
    ),
    (
        ["signoff", "a", "b"],
        "The command takes no more than what stands before: b.",
        "La commande n’attend rien de plus à partir de\u00a0: b.",
    ),
    (
        ["init", "--profile", "huge"],
        "--profile: “huge” is none of: solo, small.",
        "--profile\u00a0: «\u202fhuge\u202f» n’est pas dans cette liste\u00a0: solo, small.",
    ),
]


@pytest.mark.parametrize(("command", "english", "french"), WRONG, ids=lambda given: " ".join(given))
def test_what_is_wrong_is_said_in_either_language(command: list[str], english: str, french: str) -> None:
    for language, said in (("en", english), ("fr", french)):
        with using(language), pytest.raises(typer.TyperException) as caught:
            get_command(app)(command, standalone_mode=False)
        with using(language):
            assert Told(caught.value).message == said
