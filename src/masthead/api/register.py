"""The register of AI systems."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from masthead.api.giving.register import SystemOut, SystemsOut
from masthead.api.operation import Answer, operation
from masthead.errors import NotFound
from masthead.language import Message
from masthead.newsroom.connections.scopes import Scope
from masthead.newsroom.register.models import AISystem
from masthead.newsroom.register.reading import system_json

router = Router(tags=["Register"])


@operation(router, "GET", "/systems", Scope.REGISTER, {200: SystemsOut}, summary="List the AI systems")
def list_systems(request: HttpRequest) -> Answer:
    """Every system of the register, by name, with its use cases and whether it may be used."""
    systems = AISystem.objects.select_related("accountable").prefetch_related("use_cases").order_by("key")
    return Answer({"systems": [_system(each) for each in systems]})


@operation(
    router,
    "GET",
    "/systems/{system_id}",
    Scope.REGISTER,
    {200: SystemOut},
    summary="Read an AI system",
    problems=(404,),
)
def read_system(request: HttpRequest, system_id: UUID) -> Answer:
    """One system of the register."""
    system = AISystem.objects.filter(pk=system_id).select_related("accountable").first()
    if system is None:
        raise NotFound(
            Message("No AI system of that id is in the register."),
            Message("See those there are at /systems."),
        )
    return Answer(_system(system))


def _system(system: AISystem) -> dict[str, object]:
    return {"id": str(system.pk), **system_json(system)}
