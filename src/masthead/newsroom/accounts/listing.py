"""Who works here, as the pages list them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Prefetch, QuerySet

from masthead.clock import today
from masthead.language import Message
from masthead.newsroom.accounts.models import Account, Invitation, Person, RoleGrant
from masthead.vocabulary import LABELS, Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role a person holds. `slug` is its name in an address."""

    role: Role
    since: datetime

    @property
    def label(self) -> Message:
        """The role in words."""
        return LABELS[self.role]

    @property
    def slug(self) -> str:
        """The role in an address."""
        return self.role.name.lower()


@dataclass(frozen=True, slots=True)
class Standing:
    """A person today."""

    person: Person
    roles: tuple[Held, ...]
    has_login: bool
    invited: bool

    @property
    def ends_on(self) -> date | None:
        """Their last day."""
        return self.person.ends_on

    @property
    def over(self) -> bool:
        """Whether their last day has passed, or their name was erased: without a last day, too."""
        return self.person.erased_on is not None or self._left

    @property
    def _left(self) -> bool:
        return self.person.ends_on is not None and self.person.ends_on < today()


def everybody() -> dict[str, list[Standing]]:
    """`people` who work here, `offices`, and those who are `gone`, each by name; three queries."""
    all_of_them = [_standing(person) for person in _with_all(Person.objects.order_by("key"))]
    return {
        "people": [each for each in all_of_them if not each.over and not each.person.office],
        "offices": [each for each in all_of_them if not each.over and each.person.office],
        "gone": [each for each in all_of_them if each.over],
    }


def standing_of(person: Person) -> Standing:
    """How a person stands today."""
    return _standing(_with_all(Person.objects.filter(pk=person.pk)).get())


def _with_all(people: QuerySet[Person]) -> QuerySet[Person]:
    now = datetime.now(UTC)
    waiting = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
    return people.prefetch_related(
        Prefetch("grants", RoleGrant.objects.filter(ended_at=None), to_attr="held"),
        Prefetch("invitations", waiting, to_attr="waiting"),
        Prefetch("account", Account.objects.all()),
    )


def _standing(person: Person) -> Standing:
    order = list(Role)
    held = [Held(Role(grant.role), grant.granted_at) for grant in getattr(person, "held")]  # noqa: B009 - prefetched
    return Standing(
        person,
        tuple(sorted(held, key=lambda each: order.index(each.role))),
        has_login=getattr(person, "account", None) is not None,
        invited=bool(getattr(person, "waiting")),  # noqa: B009 - prefetched
    )
