"""A record in which every column of every table of evidence holds something, made by the commands alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from tests.exchange.sites import says, site
from tests.faults.hurting import put_back, rename_somebody
from tests.newsroom.desk import Desk, approved, letters, ready, text, use
from tests.retention import planted
from tests.witness.authority import Authority
from tests.witness.others import Log, Witness, serve, witness_at

from masthead import declaration
from masthead.newsroom.accounts.actor import named
from masthead.newsroom.accounts.commands import (
    accept_invitation,
    add_person,
    end_login,
    end_role,
    first_login,
    grant_role,
)
from masthead.newsroom.accounts.commands.log_keys import replace as replace_key
from masthead.newsroom.accounts.commands.log_keys import rotate
from masthead.newsroom.accounts.invitations import invite
from masthead.newsroom.assurance.actions import close, take
from masthead.newsroom.assurance.following import follow
from masthead.newsroom.assurance.giving import Given as Shown
from masthead.newsroom.assurance.giving import attest, observe
from masthead.newsroom.assurance.models import CorrectiveAction
from masthead.newsroom.evidence import watch
from masthead.newsroom.evidence.models import LogHead
from masthead.newsroom.evidence.publish import publish_checkpoint
from masthead.newsroom.integrity.commands import acknowledge
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.given import Delivery, Given, UseGiven
from masthead.newsroom.items.importing import Told, import_uses
from masthead.newsroom.policy.commands import answer as answer_control
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.commands import site_folder
from masthead.newsroom.register.commands import register_system
from masthead.newsroom.remedies import commands as remedies
from masthead.newsroom.remedies.words import Closing
from masthead.newsroom.retention.commands import erase
from masthead.newsroom.retention.setting import lift_hold, set_hold, set_schedule, state_minimum
from masthead.newsroom.retention.subjects import Subject
from masthead.newsroom.retention.words import Ground, Kept, On
from masthead.newsroom.review import commands
from masthead.newsroom.witness.alarms import end_alarm
from masthead.newsroom.witness.asking import ask_to_cosign
from masthead.newsroom.witness.commands import add_log, add_witness, end, new_key
from masthead.newsroom.witness.looking import look
from masthead.newsroom.witness.models import Alarm
from masthead.newsroom.witness.stamping import have_stamped
from masthead.tlog.handover import Ground as KeyGround
from masthead.tlog.handover import Revocation
from masthead.vocabulary import Grade, Role, Task, Tier

TREE = 256
"""From so many entries on hashes of the tree are stored."""
DAY = timedelta(days=1)
FETCHED = "https://herald.example/river"


def fill(desk: Desk, reach: Callable[[int], None], patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Do once all that a newsroom can do. Ends with a published log of little more than `TREE` entries."""
    _people(desk)
    _items(desk)
    _assurance(desk)
    _retention(desk)
    _damage(desk)
    _others_logs(desk, reach)
    _keys(desk)
    _grow(desk)
    _vouching(desk, reach, patch, folder)


def _people(desk: Desk) -> None:
    register_system(
        desk.steward, "Pen", named("Ada Steward"), provider="Pen Ltd", terms_url="https://pen.example/terms",
        terms_checked_on=date(2026, 11, 1), training_opt_out=True,
    )  # fmt: skip
    approved(desk)
    today = datetime.now(UTC).date()
    zoe = add_person(desk.steward, "Zoe Leaver", [Role.CONTRIBUTOR], ends_on=today)
    grant_role(desk.steward, zoe, Role.EDITOR)
    first_login(named("Ada Steward"), "ada@herald.example", hashed=make_password(None))
    _, token = invite(desk.steward, zoe)
    accept_invitation(token, "zoe@herald.example", None)
    end_login(desk.steward, zoe)
    for role in (Role.CONTRIBUTOR, Role.EDITOR):
        end_role(desk.steward, zoe, role)
    answer_control(desk.steward, declaration.load().questions[0].id, met=True, note="We looked.")


def _items(desk: Desk) -> None:
    """Each way that an item can go."""
    planted.withdrawn(desk, planted.Words())
    _past_the_gate(desk)
    given = Given("river.md", f"The river fell {letters(1)}.".encode(), FETCHED, datetime.now(UTC))
    part = UseGiven("Ink", Task.EDITING, Tier.T2, (0, 9))
    version = items.add_item(
        desk.author, given, sources=[replace(given, name="notes.md")], uses=[part], title="Fall",
        language="en", public_interest=True, realistic=False, protected=True,
        once=Delivery("m" * 22, "5" * 64),
    )  # fmt: skip
    commands.run_checks(desk.author, version)


def _past_the_gate(desk: Desk) -> None:
    """Out past the gate, looked at again, asked about, corrected, withdrawn."""
    said, source = "“We lost our boat”, said Marigold.", "“We lost our boats”, said Marigold."
    version = items.add_item(
        desk.author, text(said), sources=[text(source, "notes.md")], uses=[use()], title="Boat", language="en"
    )
    item = version.item
    commands.run_checks(desk.author, version)
    public.break_glass(desk.editor, version, "It cannot wait.", review_within=DAY)
    public.publish(desk.editor, version, site_folder(item))
    commands.review_break_glass(desk.other_editor, version.break_glass, upheld=True, note="Rightly so.")
    first, _ = remedies.ask(item, "Who says so?", language="en")
    second, _ = remedies.ask(item, "Buy this!", language="en")
    remedies.answer(desk.steward, first, "Two people.", show_question=True)
    remedies.close(desk.steward, second, Closing.SPAM)
    mended = text(f"The boat was lost {letters(2)}.")
    public.correct(
        desk.editor, item, mended, "A word was wrong.", uses=(use(),), sources=(), folder=site_folder(item)
    )


def _assurance(desk: Desk) -> None:
    """Evidence by hand and of a probe; what it opened is taken on, and closed in either way."""
    now = datetime.now(UTC)
    told = Shown(
        "quarterly-review", met=False, grade=Grade.D, about="system:a", observed_at=now - DAY,
        effective_from=now - DAY, effective_until=now + DAY, expires_at=now + 2 * DAY,
        sha256="5" * 64, note="Nobody came.",
    )  # fmt: skip
    attest(desk.steward, told)
    attest(desk.steward, replace(told, about="", grade=Grade.A))
    assert follow()
    for each in CorrectiveAction.objects.filter(closed_at=None, answers="quarterly-review"):
        take(desk.steward, each, named("Ed Editor"), now.date() + 2 * DAY)
    close(desk.steward, CorrectiveAction.objects.get(about="system:a"), "It is gone.")
    observe([Shown("quarterly-review", met=True, grade=Grade.M)], ("probe", "1"))


def _retention(desk: Desk) -> None:
    draft = items.add_item(desk.author, text("The bank broke."), uses=[use()], title="Bank", language="en")
    erase(desk.steward, Subject(On.ITEM, draft.item.pk), Ground.NO_LONGER_NEEDED)
    erase(desk.steward, Subject(On.PERSON, named("Zoe Leaver").pk), Ground.OBJECTED)
    set_schedule(desk.steward, Kept.QUESTIONS, 700, "As the team decided.")
    state_minimum(desk.steward, Kept.QUESTIONS, 365, "The press law, article 9.")
    everything = set_hold(desk.steward, Subject(On.EVERYTHING), "A court asked.")
    lift_hold(desk.steward, everything, "The court is done.")
    version = ready(desk, use())
    public.publish(desk.editor, version, site_folder(version.item))
    question, _ = remedies.ask(version.item, "Since when?", language="en")
    for subject in (
        Subject(On.ITEM, version.item.pk), Subject(On.PERSON, desk.editor.person_id),
        Subject(On.QUESTION, question.pk),
    ):  # fmt: skip
        set_hold(desk.steward, subject, "A letter came.")


def _damage(desk: Desk) -> None:
    """Found, put right, and said so."""
    rename_somebody()
    watch.verify()
    put_back()
    acknowledge(desk.steward, "The disk was changed.")


def _others_logs(desk: Desk, reach: Callable[[int], None]) -> None:
    """We witness a log until it forks."""
    now, log = datetime.now(UTC) - DAY, Log().grow(7)
    first = log.key
    with site() as there:
        reach(there.port)
        party = add_log(desk.steward, str(log.key), serve(there, log))
        assert look(party, now=now).well
        log.rotate("second").grow(1)
        gone = Revocation(first, KeyGround.STOLEN, log.size, date(2026, 11, 1))
        log.say(str(gone), (log.private, log.key))
        serve(there, log)
        look(party, now=now + timedelta(hours=1))
        fork = log.copy().grow(30, "other")
        serve(there, log.grow(2))
        look(party, now=now + timedelta(hours=2))
        serve(there, fork)
        look(party, now=now + timedelta(hours=3))
    new_key(desk.steward)
    end_alarm(desk.steward, Alarm.objects.get(), "Its backup was put back.")
    end(desk.steward, party)


def _keys(desk: Desk) -> None:
    publish_checkpoint()
    rotate(desk.steward, days=2)
    replace_key(desk.steward, KeyGround.STOLEN, since=date(2026, 11, 1))


def _grow(desk: Desk) -> None:
    """So many entries that hashes of the tree are stored."""
    version = items.add_item(desk.author, text("The bank held."), title="Bank", language="en")
    missing = TREE + 2 - LogHead.objects.get().size
    told = [
        Told(number, version.item.public_id, UseGiven(f"Quill {letters(number)}", Task.SUMMARY, Tier.T1))
        for number in range(missing)
    ]
    assert sum(each.recorded for each in import_uses(desk.author, told)) == missing


def _vouching(desk: Desk, reach: Callable[[int], None], patch: pytest.MonkeyPatch, folder: Path) -> None:
    """A checkpoint that two witnesses cosign, one of which is asked no longer, and an authority stamps."""
    now = int(datetime.now(UTC).timestamp())
    first, second = Witness(time=now), Witness("gazette.example/w", time=now)
    with witness_at(first) as here, witness_at(second) as there:
        reach(here.port, there.port)
        parties = [
            add_witness(desk.steward, str(witness.key), made.url("/w"))
            for witness, made in ((first, here), (second, there))
        ]
        publish_checkpoint()
        assert all(ask_to_cosign(party).well for party in parties)
    end(desk.steward, parties[1])
    authority = Authority()
    with site() as there:
        reach(there.port)
        there.answers["/tsr"] = lambda line, asked: says(authority.answer(asked.body))(line, asked)
        root = str(authority.root_in(folder))
        patch.setattr(settings, "MASTHEAD", replace(settings.MASTHEAD, tsa=there.url("/tsr"), tsa_root=root))
        assert have_stamped().well
    publish_checkpoint()
