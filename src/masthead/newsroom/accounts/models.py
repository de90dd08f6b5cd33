"""Persons act; accounts log in; roles allow. One organisation per database."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from masthead.newsroom.columns import NameKey
from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import Mutable
from masthead.newsroom.said import readable
from masthead.vocabulary import Role


class Organisation(Mutable):
    """The one organisation this database serves. `publisher` holds editorial responsibility by name."""

    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="one_organisation"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(publisher=""), name="organisation_is_named"),
        ]


class Person(Mutable):
    """Someone who acts, or an office someone acts for. May have no login."""

    name = models.CharField(max_length=200)
    key = NameKey()
    """`masthead.newsroom.said.key` of the name: by it a person is found."""
    office = models.BooleanField(default=False)
    """An office such as *the duty editor*: accountable where a name would endanger someone."""
    ends_on = models.DateField(null=True)
    """The last day a freelancer may act; none for no end."""
    erased_on = models.DateField(null=True)
    """When their name was erased; what stands for it since says nothing of them."""

    @property
    def called(self) -> str:
        """Their name for a person to read; where it was erased, what stands for it in their language."""
        return readable(self.name)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="person_is_named"),
        ]


class RoleGrant(Mutable):
    """A role a person holds, until it is ended."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = one_of(Role)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "role", condition=Q(ended_at=None), name="role_is_held_once"),
            known("role", Role),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("granted_at")),
                name="role_ends_after_start",
            ),
        ]


class Accounts(BaseUserManager["Account"]):
    """Logins, each read together with the person it is of: every request asks for both."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        """The accounts with their persons."""
        return super().get_queryset().select_related("person")

    def select_for_update(self, *args: Any, **kwargs: Any) -> models.QuerySet["Account"]:
        """The accounts alone: PostgreSQL locks no row that may be missing, as a person's may."""
        return super().get_queryset().select_for_update(*args, **kwargs)


class Account(AbstractBaseUser):
    """A login. Not evidence: what a person did stands under the person, not under the login."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="account")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, blank=True)
    """The language the desk speaks to this person; empty for that of their browser."""

    objects = Accounts()

    USERNAME_FIELD = "email"


class LoginGrant(Mutable):
    """That a person was given a login, by whom, and until when. The login itself is no evidence."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="login_grants")
    given_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who invited them; none for whoever founded the organisation."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(ended_at=None), name="login_is_given_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("given_at")),
                name="login_ends_after_start",
            ),
        ]


class Invitation(models.Model):
    """A link with which a person gets a login. Not evidence: that it was used is (`LoginGrant`)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    """Of the link's secret, which is kept nowhere."""
    email = models.EmailField(blank=True)
    """Where it was mailed; empty where it was handed over."""
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", condition=Q(used_at=None, withdrawn_at=None), name="one_open_invitation"
            ),
        ]
