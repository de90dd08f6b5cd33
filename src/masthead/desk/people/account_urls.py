"""Addresses of logins: ours, and of django-allauth those that are used. What is not here is not routed."""

from allauth.account import views as account
from django.urls import include, path, re_path

from masthead.desk.people import login

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", login.sign_out, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("invitation/", login.invitation, name="account_invitation"),
    path("invitation/<str:token>/", login.come_in, name="account_come_in"),
    path("signup/", login.closed, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", login.email, name="account_email"),
    path("email/<str:signed>/", login.confirm_email, name="account_confirm_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", login.second_factors, name="mfa_index"),
    path("2fa/totp/code.svg", login.totp_code, name="account_totp_code"),
    path("2fa/", include("masthead.desk.people.mfa_urls")),
    path("provider/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
