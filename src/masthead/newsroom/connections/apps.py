"""Django's name for this app."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.connections"
    label = "connections"

    def ready(self) -> None:
        """Have `alongside` hear of entries in the transaction that writes them."""
        from masthead.newsroom.connections.alongside import written
        from masthead.newsroom.evidence.log import appended

        appended.connect(written, dispatch_uid="connections")
