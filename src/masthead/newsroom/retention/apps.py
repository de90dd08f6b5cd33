"""Django's name for this app."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.retention"
    label = "retention"
