"""What an incoming file says of itself, and whether anybody recorded it."""

from masthead.checks.credentials_on_arrival.check import CredentialsOnArrival

__all__ = ["CredentialsOnArrival"]
