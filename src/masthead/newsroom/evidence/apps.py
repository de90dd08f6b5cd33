"""Django's name for this app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class EvidenceConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Put the guard on every connection from here on, have its commits wait, and bound what it holds."""
        from masthead.newsroom.evidence import durable, gone, guard, moments

        connection_created.connect(guard.install, dispatch_uid="masthead.evidence.guard")
        connection_created.connect(durable.install, dispatch_uid="masthead.evidence.durable")
        connection_created.connect(gone.install, dispatch_uid="masthead.evidence.gone")
        connection_created.connect(moments.install, dispatch_uid="masthead.evidence.moments")
