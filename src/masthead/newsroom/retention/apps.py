"""Django's name for this app."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.retention"
    label = "retention"

    def ready(self) -> None:
        """Have a hold stand against what is forgotten by itself, too."""
        from masthead.newsroom.remedies import reach
        from masthead.newsroom.retention.holding import holds_question

        if holds_question not in reach.keeping:
            reach.keeping.append(holds_question)
