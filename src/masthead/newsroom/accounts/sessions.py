"""Sessions in the database, as Django's: one is asked for with every page of the desk."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from masthead.newsroom.prepared import Prepared

_KEPT = Prepared(lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    """As Django's, with the session asked for by a query that is put into words once."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, where there is none or its time is over."""
        found = _KEPT.first(self.session_key or "")
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return {}
        return self.decode(found.session_data)
