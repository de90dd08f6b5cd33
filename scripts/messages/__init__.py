"""The gettext catalogue: what is said in the source, merged with what translators wrote, compiled.

    python -m scripts.messages        (`make messages`)

Nothing but Babel is needed. Templates are found by parsing the source, never by running it; what the
command line says of itself is asked of the command line, so that what is extracted is what is shown.
"""

from scripts.messages.helps import in_help
from scripts.messages.pages import in_pages
from scripts.messages.source import in_sources
from scripts.messages.wanted import Wanted


def everything() -> list[Wanted]:
    """All that Masthead says to a person, by template; `NotLiteral` where something cannot be translated."""
    return sorted({*in_sources(), *in_pages(), *in_help()}, key=lambda one: (one.template, one.place))
