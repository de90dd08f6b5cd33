"""How a device is called in the list of where someone is signed in."""

from django import template

from masthead.language import Message

register = template.Library()

# The first that fits: a browser names those it descends from after itself, or before.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
            ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


@register.filter
def device(user_agent: str) -> Message:
    """A browser and its system, out of what it says of itself (RFC 9110, section 10.1.5)."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return Message("%(browser)s on %(system)s", {"browser": browser, "system": system})
    return Message("An unknown browser")


def _first(table: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for sign, name in table if sign in said), "")
