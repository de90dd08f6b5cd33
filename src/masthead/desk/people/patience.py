"""How many wrong passwords are taken, for whom and from where, and what is said when there were too many.

Each try is counted for its address of a login at one place; then for that place, whoever it is about; then
for the address from everywhere. A place is a network, behind which a whole newsroom may sit; so tries refused
for one address do not count against the others there, and whoever signed in before is known by a cookie of
their device (OWASP, "Device cookies"): counted by itself, so that nobody else's guesses keep them out.
"""

import time
from collections.abc import Callable
from math import ceil

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

from masthead.desk.people import post
from masthead.language import Message

COUNTED_AS = "allauth.account"
HERE, FROM, ANYWHERE = "login_failed", "login_failed_from", "login_failed_anywhere"
"""Wrong passwords: for an address at one place, at one place, for an address. How many, the settings say."""

KNOWN_FOR = 180 * 24 * 3600
"""Seconds for which a device is known after it signed in."""

TOO_MANY = "too_many_login_attempts"
PASSKEY = Message("If you have a passkey, it lets you in at once.")
WAYS_OUT = {
    HERE: Message("A passkey lets you in at once. So does a new password, which you may have mailed to you."),
    FROM: Message("A passkey lets you in at once. So does a device on which you signed in before."),
    ANYWHERE: Message(
        "A passkey lets you in at once. So does a device on which you signed in before, or a new password,"
        " which you may have mailed to you."
    ),
}
CODES = Message("Too many wrong codes. Wait five minutes, then try again.")
CODES_WAIT = 300


class Tries:
    """The tries at one address of a login, from where this request comes."""

    def __init__(self, request: HttpRequest, address: str) -> None:
        self._request, self._address = request, address.lower()
        self._device = _device(request, self._address)
        self._counted: list[ratelimit.RateLimitUsage] = []

    def count(self) -> None:
        """Count one; raises `ValidationError` where there were too many, and then counts nothing."""
        for action in (HERE,) if self._device else (HERE, FROM, ANYWHERE):
            usage = ratelimit.consume(self._request, app=COUNTED_AS, action=action, key=self._key(action))
            if usage is None:
                self.take_back()
                raise self._refusal(action)
            self._counted.append(usage)

    def take_back(self) -> None:
        """Count none after all: the password was right, or nobody looked at it."""
        while self._counted:
            self._counted.pop().rollback()

    def forget(self) -> None:
        """Begin anew for this address, here and everywhere: its person showed another way who they are."""
        for action in (HERE, ANYWHERE):
            ratelimit.clear(self._request, app=COUNTED_AS, action=action, key=self._key(action))

    def _key(self, action: str) -> str:
        if action != HERE:
            return self._address
        return f"{self._address}:{self._device or ratelimit.get_ip(self._request)}"

    def _refusal(self, action: str) -> ValidationError:
        seconds = max((self._wait(action, rate) for rate in _rates(action)), default=0)
        refuse(self._request, seconds)
        wait = Message(
            "Too many wrong passwords. Wait %(n)s minute, then try again.",
            {"n": max(1, ceil(seconds / 60))},
            "Too many wrong passwords. Wait %(n)s minutes, then try again.",
        )
        way = WAYS_OUT[action] if action == FROM or post.possible() else PASSKEY
        return ValidationError([ValidationError(str(said), code=TOO_MANY) for said in (wait, way)])

    def _wait(self, action: str, rate: ratelimit.Rate) -> float:
        """Seconds until a try is taken again."""
        name = ratelimit.get_cache_key(
            self._request, app=COUNTED_AS, action=action, rate=rate, key=self._key(action)
        )
        now = time.time()
        counted = [at for at in cache.get(name, []) if at > now - rate.duration]
        return float(min(counted) + rate.duration - now) if len(counted) >= rate.amount else 0.0


def refuse(request: HttpRequest, seconds: float) -> None:
    """Have the page that answers this say by its status that there were too many tries, and for how long."""
    request.wait = max(1, ceil(seconds))  # type: ignore[attr-defined]  # read by `Patience`


class Patience:
    """Middleware. A form shown again because of too many tries is answered with 429 (RFC 6585, section 4)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        answer = self.get_response(request)
        wait = getattr(request, "wait", 0)
        if wait and answer.status_code == 200:
            answer.status_code = 429
            answer.headers["Retry-After"] = str(wait)
        return answer


def know(response: HttpResponse, address: str) -> None:
    """Have this device known from now on as one on which the login of this address signed in.

    The cookie goes to the pages of logins alone. It tells nobody whose it is, opens nothing, and allows as
    many wrong passwords as a place does.
    """
    address = address.lower()
    response.set_cookie(
        _name(address),
        signing.dumps(get_random_string(22), salt=_salt(address)),
        max_age=KNOWN_FOR,
        path="/account/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device(request: HttpRequest, address: str) -> str:
    """The mark of a device that is known for this address, else empty."""
    kept = request.COOKIES.get(_name(address), "")
    try:
        return f"device {signing.loads(kept, salt=_salt(address), max_age=KNOWN_FOR)}"
    except signing.BadSignature:
        return ""


def _name(address: str) -> str:
    return f"masthead-device-{salted_hmac('masthead.device', address, algorithm='sha256').hexdigest()[:16]}"


def _salt(address: str) -> str:
    return f"masthead.device {address}"


def _rates(action: str) -> list[ratelimit.Rate]:
    rates: list[ratelimit.Rate] = ratelimit.get_rates(app=COUNTED_AS, action=action)
    return rates
