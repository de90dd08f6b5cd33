"""Django's name for this app."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.assurance"
    label = "assurance"
