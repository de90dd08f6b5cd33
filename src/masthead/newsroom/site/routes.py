"""Who may come through the routes of other packages, by the name of the route.

Views of ours declare it on themselves (`masthead.newsroom.accounts.access`).
"""

from masthead.newsroom.accounts.access import PUBLIC, SIGNED_IN, Access

OTHERS: dict[str, Access] = {
    "account_login": PUBLIC,
    "account_logout": SIGNED_IN,
}
