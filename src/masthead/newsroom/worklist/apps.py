"""Django's name for this app."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.worklist"
    label = "worklist"
