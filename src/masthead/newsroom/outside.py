"""What of the network outside this organisation may reach: the public web, and what its settings name."""

from django.conf import settings

from masthead.exchange import Allow


def allowed() -> Allow:
    """What to hand to `exchange.fetch` and `exchange.send` as `allow`."""
    chosen = settings.MASTHEAD
    return Allow(chosen.own_network, chosen.own_ports, chosen.own_roots)
