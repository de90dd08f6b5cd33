"""What docs/how-to/receive-webhooks.md says is so."""

import re
from pathlib import Path

from tests.newsroom.desk import ready

from masthead.newsroom import jobs
from masthead.newsroom.webhooks import commands
from masthead.newsroom.webhooks.events import TOLD, Event
from masthead.newsroom.webhooks.jobs import look
from masthead.newsroom.webhooks.states import DELAYS

PAGE = (Path(__file__).parents[2] / "docs/how-to/receive-webhooks.md").read_text()
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_both_programs_take_a_message_and_no_other(telling, monkeypatch, capsys):
    received, signed = {}, {}
    exec(PROGRAMS[0], received)
    exec(PROGRAMS[1], signed)
    old = telling.add()
    new = commands.rotate_secret(telling.desk.steward, old.endpoint)
    ready(telling.desk)
    look()
    jobs.work_off()
    [asked] = telling.there.asked
    for secret in (old.secret, new.secret):
        monkeypatch.setenv("WEBHOOK_SECRET", secret)
        assert received["received"](asked.headers, asked.body) == 204
        assert signed["signed"](asked.headers, asked.body)
        assert received["received"](asked.headers, asked.body + b" ") == 400
        assert not signed["signed"](asked.headers, asked.body + b" ")
    assert "item.signed_off" in capsys.readouterr().out


def test_the_programs_are_short():
    assert all(len(program.strip().splitlines()) <= 12 for program in PROGRAMS)


def test_the_table_names_every_event_with_what_it_says():
    rows = dict(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|[^|]*\| (.*) \|$", PAGE, re.MULTILINE))
    for told in TOLD.values():
        says = [*told.fields, *(["system"] if told.system else [])]
        assert rows[told.event] == ", ".join(f"`{name}`" for name in says)
    assert rows.keys() == set(Event)


def test_the_schedule_is_the_one_it_gives():
    [said] = re.findall(r"tries again (5 seconds .*?) hours", PAGE, re.DOTALL)
    numbers = [int(number) for number in re.findall(r"\d+", said)]
    units = [1, 60, 60, *[3600] * 6]
    assert [n * unit for n, unit in zip(numbers, units, strict=True)] == [d.total_seconds() for d in DELAYS]
