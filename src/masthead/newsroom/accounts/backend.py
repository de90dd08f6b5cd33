"""Who a session is of: asked for with every page of the desk."""

from allauth.account.auth_backends import AuthenticationBackend

from masthead.newsroom.accounts.models import Account
from masthead.newsroom.prepared import Prepared

_CALLED = Prepared(lambda pk: Account.objects.filter(pk=pk))


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """As allauth's, with the account of a session asked for by a query that is put into words once."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of that id, with its person; None where there is none or it may not sign in."""
        found = _CALLED.first(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None
