"""Who may come through the routes of other packages, by the name of the route.

Views of ours declare it on themselves (`masthead.newsroom.accounts.access`).
"""

from masthead.newsroom.accounts.access import ENTRANCE, SIGNED_IN, Access

_WAYS_IN = (
    "account_login",
    "account_logout",  # also for a login that belongs to nobody
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
)
_OWN_LOGIN = (
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "socialaccount_connections",
    "usersessions_list",
)

OTHERS: dict[str, Access] = dict.fromkeys(_WAYS_IN, ENTRANCE) | dict.fromkeys(_OWN_LOGIN, SIGNED_IN)
