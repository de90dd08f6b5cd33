"""Who asks for a new password learns from no delay whether anyone has that address."""

from django.core import mail as post
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.newsroom.logins import login_of

from masthead.desk.people import post as people_post
from masthead.newsroom.jobs import work_off
from masthead.newsroom.jobs.models import Ticket


def test_asking_again_for_a_new_password_writes_alike_whoever_asks(small, mail):
    def asked(email):
        with CaptureQueriesContext(connection) as queries:
            people_post.ask_for_new_password(email, "http://testserver")
        return [each["sql"].split()[0] for each in queries]

    known, others = login_of(small.editor).email, ["nobody@example.org", "stray@example.org"]
    people_post.ask_for_new_password("first@example.org", "http://testserver")  # one waits already
    first = asked(known)
    assert [asked(email) for email in others] == [first, first]
    again = asked(f" {known.upper()}")
    assert len(again) < len(first)
    assert [asked(email) for email in others] == [again, again]
    work_off()
    assert [each.to for each in post.outbox] == [[known]]
    assert not any(known in key or "nobody" in key for key in Ticket.objects.values_list("key", flat=True))
