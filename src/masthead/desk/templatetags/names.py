"""By what name a page was opened: `{% load names %}`, `{% by_number as number %}`."""

from dataclasses import dataclass
from ipaddress import ip_address

from django import template
from django.http.request import split_domain_port
from django.template import Context

register = template.Library()


@dataclass(frozen=True, slots=True)
class ByNumber:
    """A page opened at an address of numbers. `named` is the same page by name; empty where we know none."""

    named: str


@register.simple_tag(takes_context=True)
def by_number(context: Context) -> ByNumber | None:
    """Whether the page was opened by number, where browsers give no passkey; None where it was by name."""
    request = context["request"]
    host, port = split_domain_port(request.get_host())
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return None
    if not address.is_loopback:
        return ByNumber("")
    return ByNumber(f"{request.scheme}://localhost{f':{port}' if port else ''}{request.path}")
