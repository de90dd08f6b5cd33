"""Django's settings for the served desk: those of the record, and what a browser needs besides.

The terminal does without, so that a command starts quickly. Unsafe by omission is not possible here either.
"""

from urllib.parse import urlsplit

from django.utils.csp import CSP

from masthead.newsroom.site import names
from masthead.newsroom.site.lines import CONFIG as LOGGING  # noqa: F401 - a setting
from masthead.newsroom.site.mail import mailers
from masthead.newsroom.site.settings import *  # noqa: F403 - these settings are those and more
from masthead.newsroom.site.settings import INSTALLED_APPS as RECORD
from masthead.newsroom.site.settings import MASTHEAD, MASTHEAD_HOME

INSTALLED_APPS = [
    *RECORD,
    "django_tasks_db",
    "masthead.desk",
    "masthead.api",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "masthead.newsroom.site.logged.Logged",
    "masthead.newsroom.site.forwarded.Forwarded",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "masthead.newsroom.site.front.Front",
    "masthead.newsroom.site.packing.Packing",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "masthead.newsroom.site.cookieless.Cookieless",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "masthead.newsroom.site.speaking.Speaking",
    "masthead.newsroom.site.sized.Sized",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "masthead.desk.people.patience.Patience",
    "masthead.newsroom.site.refusals.Refusals",
    "masthead.newsroom.site.gatekeeper.Gatekeeper",
]

# One lane does not wait for another: see newsroom/jobs/declaring.py.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["desk", "post"]}}

# One setting, the address, says by which name the desk is reached and whether that is encrypted.
_ADDRESS = urlsplit(MASTHEAD.address)
ENCRYPTED = _ADDRESS.scheme == "https"
ALLOWED_HOSTS = names.of(MASTHEAD.address)
CSRF_TRUSTED_ORIGINS = list(filter(None, [MASTHEAD.address]))
SESSION_COOKIE_SECURE = ENCRYPTED
CSRF_COOKIE_SECURE = ENCRYPTED
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENCRYPTED else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
"""Of use only behind a proxy: `site.forwarded` takes the header away from everyone else."""

MAILERS = mailers(MASTHEAD.mail_url)
DEFAULT_FROM_EMAIL = MASTHEAD.mail_from or f"masthead@{_ADDRESS.hostname or 'localhost'}"

# To open SQLite takes longer (1.4 ms) than to show a page that is kept in memory (0.3 ms).
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}  # noqa: F405
ROOT_URLCONF = "masthead.newsroom.site.urls"
WSGI_APPLICATION = "masthead.newsroom.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "masthead.desk.context.desk",
                "masthead.desk.people.context.at_the_door",
            ],
        },
    }
]
FORM_RENDERER = "masthead.desk.forms.Renderer"

AUTHENTICATION_BACKENDS = ["masthead.newsroom.accounts.backend.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:work"
LOGOUT_REDIRECT_URL = "account_login"

AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
        for name, options in (
            ("MinimumLengthValidator", {"min_length": 12}),
            ("UserAttributeSimilarityValidator", {"user_attributes": ["email"]}),
            ("CommonPasswordValidator", {}),
            ("NumericPasswordValidator", {}),
        )
    ),
    {"NAME": "masthead.newsroom.accounts.passwords.Guessable"},
]
# Logins: by invitation alone; with a password, a passkey, or the organisation's own provider.
ACCOUNT_ADAPTER = "masthead.desk.people.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "masthead.desk.people.adapters.display"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this device stays; every other is signed out
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Wrong passwords: five for an address at one place, fifty at one place, a hundred an hour for an address from
# everywhere (desk/people/patience.py). Then all that is sent to sign in: an office begins work in one minute.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/300s/key",
    "login_failed_from": "50/300s/ip",
    "login_failed_anywhere": "100/3600s/key",
    "login": "120/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_FORMS = {
    "login": "masthead.desk.people.forms.Login",
    "change_password": "masthead.desk.people.forms.ChangePassword",
    "set_password": "masthead.desk.people.forms.SetPassword",
    "reset_password": "masthead.desk.people.forms.AskForNewPassword",
    "reset_password_from_key": "masthead.desk.people.forms.NewPassword",
    "reauthenticate": "masthead.desk.people.forms.SayPasswordAgain",
}
MFA_ADAPTER = "masthead.desk.people.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a steward vouched for the person
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_FORMS = {
    "authenticate": "masthead.desk.people.forms.Code",
    "reauthenticate": "masthead.desk.people.forms.CodeAgain",
    "activate_totp": "masthead.desk.people.forms.FirstCode",
    "add_webauthn": "masthead.desk.people.passkeys.Add",
    "authenticate_webauthn": "masthead.desk.people.passkeys.Show",
    "reauthenticate_webauthn": "masthead.desk.people.passkeys.ShowAgain",
    "login_webauthn": "masthead.desk.people.passkeys.SignIn",
    "edit_webauthn": "masthead.desk.people.passkeys.Name",
}
SOCIALACCOUNT_ADAPTER = "masthead.desk.people.adapters.Provider"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "own",
                "name": MASTHEAD.oidc["name"] or urlsplit(MASTHEAD.oidc["server"]).hostname,
                "client_id": MASTHEAD.oidc["client_id"],
                "secret": MASTHEAD.oidc["secret"],
                "settings": {"server_url": MASTHEAD.oidc["server"]},
            }
        ]
        if MASTHEAD.oidc
        else [],
    }
}
# Counts that all processes share; in memory, how often a token asks where one process serves alone.
CACHES = {
    "default": {"BACKEND": "masthead.newsroom.site.counts.Counts"},
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

STATIC_URL = "/static/"
_LAID_OUT = MASTHEAD_HOME / "static"
COLLECTED = (_LAID_OUT / "staticfiles.json").is_file()
"""Whether `masthead serve` has laid out style and scripts, hashed and compressed; tests do without."""
STATIC_ROOT = _LAID_OUT if COLLECTED else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED

# Ours alone, no `unsafe-`: a style or script in a page does not run, and nothing of a third party loads.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# A cookie and no session: whoever only looks at the way in writes nothing to the database.
CSRF_COOKIE_NAME = "__Host-masthead-csrf" if ENCRYPTED else "masthead-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # with the browser's session
CSRF_FAILURE_VIEW = "masthead.desk.failing.csrf"
SESSION_ENGINE = "masthead.newsroom.accounts.sessions"
SESSION_COOKIE_NAME = "masthead"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATA_UPLOAD_MAX_MEMORY_SIZE = MASTHEAD.max_upload + 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
