"""The AI register: which systems are in use, for what, and who answers for each."""

from django.db import models
from django.db.models import Q

from masthead.newsroom.columns import NameKey
from masthead.newsroom.evidence.closed import known, one_of
from masthead.newsroom.evidence.vouched import Mutable
from masthead.newsroom.register.here import is_gone
from masthead.vocabulary import Stage, SystemStatus, Tier, UseLevel


class AISystem(Mutable):
    """A tool or model, its provider, the human who answers for it, and whether it may be used.

    `training_opt_out` is None while nobody has looked; `terms_checked_on` is when the data terms were read.
    """

    name = models.CharField(max_length=200)
    key = NameKey()
    """`masthead.newsroom.said.key` of the name: by it a system is found."""
    provider = models.CharField(max_length=200, blank=True)
    accountable = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    status = one_of(SystemStatus)
    terms_url = models.URLField(blank=True, max_length=500)
    terms_checked_on = models.DateField(null=True)
    training_opt_out = models.BooleanField(null=True)

    @property
    def unanswered(self) -> bool:
        """Whether nobody answers for it any more: their name was erased, or their last day is past."""
        return is_gone(self.accountable)

    @property
    def unanswered_use(self) -> bool:
        """Whether nobody answers any more for something that it is used for."""
        return any(use_case.unanswered for use_case in self.use_cases.select_related("accountable"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="system_is_named"),
            known("status", SystemStatus),
        ]
        # Every list asks which systems are paused; mostly none is.
        indexes = [
            models.Index("key", name="system_paused", condition=Q(status=SystemStatus.PAUSED.value)),
        ]


class UseCase(Mutable):
    """A system put to a stage of the work, at a tier and a level of the organisation."""

    system = models.ForeignKey(AISystem, models.PROTECT, related_name="use_cases")
    stage = one_of(Stage)
    tier = one_of(Tier)
    level = one_of(UseLevel)
    accountable = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    status = one_of(SystemStatus)

    @property
    def unanswered(self) -> bool:
        """As for a system; what is retired is nobody's any more."""
        return self.status != SystemStatus.RETIRED and is_gone(self.accountable)

    class Meta:
        constraints = [
            models.UniqueConstraint("system", "stage", "tier", "level", name="use_case_is_listed_once"),
            known("stage", Stage),
            known("tier", Tier),
            known("level", UseLevel),
            known("status", SystemStatus),
            models.CheckConstraint(
                condition=~Q(tier=Tier.TX) | ~Q(status=SystemStatus.APPROVED),
                name="prohibited_use_is_never_approved",
            ),
        ]
