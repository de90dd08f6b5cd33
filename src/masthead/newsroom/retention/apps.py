"""Django's name for this app."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The app's label is its room's name."""

    name = "masthead.newsroom.retention"
    label = "retention"

    def ready(self) -> None:
        """Have a hold stand against what is forgotten by itself, too; and finish pages that were left."""
        from masthead.newsroom.accounts.commands import logins
        from masthead.newsroom.public import folders
        from masthead.newsroom.remedies import reach
        from masthead.newsroom.retention import left
        from masthead.newsroom.retention.holding import holds_question, refuse_held_person
        from masthead.newsroom.review import going_out

        if holds_question not in reach.keeping:
            reach.keeping.append(holds_question)
        if refuse_held_person not in logins.keeping:
            logins.keeping.append(refuse_held_person)
        if left.pages not in folders.leaving:
            folders.leaving.append(left.pages)
            folders.reaching.append(left.written)
            going_out.telling.append(folders.expect)
