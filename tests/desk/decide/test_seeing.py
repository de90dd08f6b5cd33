"""The difference between versions, and the timeline: who sees what, and at what price."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.decide.pages import SCRIPT, at, brought_in, get, page, someone_who
from tests.newsroom.desk import Desk, approved, ready, text, use
from tests.newsroom.logins import client_of

from masthead.newsroom.items.commands import add_version, protect
from masthead.newsroom.items.given import Answers
from masthead.newsroom.public import commands as public
from masthead.newsroom.review import commands
from masthead.vocabulary import Role, Task, Tier

NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight")
LONG = "# Title\n\n" + "\n\n".join(f"Paragraph {name}." for name in NAMES) + "\n"


def test_the_newest_is_compared_with_the_last_that_was_decided_on(small: Desk) -> None:
    version = brought_in(small, words=LONG)
    commands.sign_off(small.editor, version)
    second = add_version(small.author, version, text(LONG.replace("two", "2")))
    add_version(small.author, second, text(LONG.replace("two", "2").replace("eight", "8")))
    client = client_of(small.author)
    html = client.get(at("difference", version.item)).content.decode()
    assert '<option value="1" selected>' in html
    assert '<option value="3" selected>' in html
    assert html.split("<main")[1].count("<details") == 1, (
        "what did not change is folded, and opens without scripts"
    )
    assert "2 paragraphs changed" in html
    chosen = client.get(at("difference", version.item) + "?from=2&to=3")
    assert "1 paragraph changed" in page(chosen).text


def test_everything_said_of_a_version_is_compared(small: Desk) -> None:
    version = brought_in(small, use("Ink", Task.EDITING, Tier.T1), words=LONG, title="Old title")
    add_version(
        small.author,
        version,
        text(LONG),
        uses=[use(SCRIPT, Task.DRAFTING, Tier.T2)],
        sources=[text("Other notes.", "more.txt")],
        answers=Answers("New title", public_interest=False),
    )
    response = client_of(small.editor).get(at("difference", version.item) + "?from=1&to=2")
    shown = page(response).text
    for said in (
        "removed: Old added: New title",
        "drafting, material (T2)",
        "more.txt",
        "Of public interest",
    ):
        assert said in shown, said
    assert SCRIPT not in response.content.decode()


def test_numbers_that_are_no_versions_are_passed_over(small: Desk) -> None:
    version = brought_in(small)
    client = client_of(small.author)
    for asked in ("?from=9&to=-1", "?from=x&to=%00", "?from=1&to=1", ""):
        assert client.get(at("difference", version.item) + asked).status_code == 200
    assert "There is one version so far." in get(client, "difference", version.item).text


def test_people_and_machines_are_told_apart_in_order(small: Desk) -> None:
    approved(small)
    version = ready(small, use())
    public.publish(small.author, version, small.home / "out")
    html = client_of(small.editor).get(at("timeline", version.item)).content.decode()
    shown = page(client_of(small.editor).get(at("timeline", version.item))).text
    assert "5 steps: 3 by people, 2 by machines." in shown
    order = ["Person: Author, Ann Author Handed it in.", "Machine: AI system", "Machine: Checks"]
    order += ["Person: Editor, Ed Editor", "Person: Newsroom, Ann Author"]
    places = [shown.index(said) for said in order]
    assert places == sorted(places)
    assert html.count('role="img"') == 2
    assert "<script" not in html.split("<svg")[1]


def test_an_auditor_reads_roles_and_nothing_that_is_not_out(small: Desk) -> None:
    version = ready(small)
    commands.send_back(small.other_editor, version, "A note that stays inside.")
    auditor = client_of(someone_who(small, "Al Auditor", Role.AUDITOR))
    assert auditor.get(at("timeline", version.item)).status_code == 404
    public.publish(small.author, version, small.home / "out")
    draft = add_version(small.author, version, text("# A secret draft\n\nWords.\n"))
    shown = get(auditor, "timeline", version.item).text
    for hidden in ("Ann Author", "Ed Editor", "stays inside", "secret", "version 2"):
        assert hidden not in shown, hidden
    assert "Sent version 1 back." in shown
    assert auditor.get(at("difference", version.item)).status_code == 404
    assert auditor.get(reverse("desk:file", args=[draft.item.public_id, 2])).status_code == 404
    assert auditor.get(at("disclosure", version.item)).status_code == 200


def test_a_protected_item_has_no_timeline_for_others(small: Desk) -> None:
    version = ready(small)
    protect(small.editor, version.item, protected=True)
    steward = client_of(someone_who(small, "Sue Steward", Role.STEWARD))
    other = client_of(someone_who(small, "Olga Other", Role.CONTRIBUTOR))
    for client in (steward, other):
        for name in ("timeline", "difference", "disclosure"):
            assert client.get(at(name, version.item)).status_code == 404


def test_pages_cost_the_same_however_long_the_story_is(small: Desk) -> None:
    client = client_of(small.editor)
    short = brought_in(small, use(), words=LONG)
    commands.sign_off(small.editor, short)
    long = brought_in(
        small, *(use(f"System {n}", Task.SUMMARY, Tier.T1) for n in range(3)), words=LONG + "More.\n"
    )
    for n in range(6):
        commands.sign_off(small.editor, long)
        long = add_version(
            small.author, long, text(f"{LONG}\n\nEnd {'x' * n}.\n"), sources=[text("s" * n, f"{n}")]
        )
        commands.run_checks(small.author, long)
    for name in ("difference", "timeline"):
        costs = []
        for item in (short.item, long.item):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                get(client, name, item)
            costs.append(len(queries))
        assert costs[1] <= costs[0] + 4, name


def test_a_text_too_long_for_a_page_is_said_to_be(small: Desk) -> None:
    version = brought_in(small, words="# Long\n\nShort.\n")
    add_version(small.author, version, text("# Long\n\n" + "word " * 45_000 + "\n"))
    assert "too long to be compared here" in get(client_of(small.editor), "difference", version.item).text
