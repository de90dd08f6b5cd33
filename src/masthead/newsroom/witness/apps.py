"""Django's name for this app."""

from collections.abc import Iterable

from django.apps import AppConfig


class WitnessConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.witness"
    label = "witness"

    def ready(self) -> None:
        """Let the log be verified with what is known here of its witnesses."""
        from masthead.newsroom.evidence.verify_said import witness_keys

        if _keys not in witness_keys:
            witness_keys.append(_keys)


def _keys() -> Iterable[str]:
    """The keys of every witness that was ever asked: whoever is asked no longer has signed all the same."""
    from masthead.newsroom.witness.models import AskedWitness

    return AskedWitness.objects.values_list("key", flat=True)
