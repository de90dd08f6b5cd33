"""What a worker does about webhooks: look every other second, send in the lane of the post."""

from datetime import UTC, datetime
from uuid import UUID

from masthead.newsroom.jobs import Lane, enqueue, job, regularly
from masthead.newsroom.webhooks.following import follow
from masthead.newsroom.webhooks.models import Delivery
from masthead.newsroom.webhooks.sending import due, send_due
from masthead.newsroom.webhooks.states import KEPT, State


@regularly(2)
def look() -> None:
    """Read the log on, and ask for what is due to be sent."""
    follow()
    for endpoint in due(datetime.now(UTC)):
        enqueue(tell, key=f"webhook:{endpoint}", endpoint=str(endpoint))


@job(lane=Lane.POST, attempts=3, seconds=600)
def tell(endpoint: str) -> None:
    """Send what is due to one endpoint."""
    send_due(UUID(endpoint))


@regularly(3600)
def forget() -> None:
    """Let go of deliveries that are over and past the time for which the log goes back."""
    over = Delivery.objects.exclude(state=State.WAITING)
    over.filter(made_at__lt=datetime.now(UTC) - KEPT).delete()
