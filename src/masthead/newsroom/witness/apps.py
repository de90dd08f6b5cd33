"""Django's name for this app."""

from django.apps import AppConfig


class WitnessConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.witness"
    label = "witness"
