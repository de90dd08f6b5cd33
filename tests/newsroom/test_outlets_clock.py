"""The outlet's clock at work: its day on pages, its last days, and a record that does not follow it."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.newsroom.desk import Desk, approved, ready, size
from tests.newsroom.logins import client_of

from masthead import clock
from masthead.errors import NotAllowed, Refused
from masthead.labels.dates import spoken
from masthead.newsroom.accounts import commands as accounts
from masthead.newsroom.accounts.actor import Actor, named
from masthead.newsroom.evidence.bundle import build
from masthead.newsroom.items import commands as items
from masthead.newsroom.items.given import Given
from masthead.newsroom.public import commands as public
from masthead.newsroom.public.projection import contents
from masthead.newsroom.register.commands import record_terms
from masthead.newsroom.review import commands
from masthead.newsroom.site import home
from masthead.vocabulary import Role

DAY = timedelta(days=1)
EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"
"""UTC+14 and UTC-12: at any moment, in one of them it is not the day of UTC."""


def utc_today() -> date:
    return datetime.now(UTC).date()


def another_day() -> str:
    with clock.using(EAST):
        return EAST if clock.today() != utc_today() else WEST


def test_every_place_tells_one_day_and_the_record_keeps_its_own(small: Desk, tmp_path):
    version = ready(small)
    public.publish(small.editor, version, tmp_path / "out")
    out = version.item.publications.get()
    before, proof = contents(version.item), build(out.entry.place)
    with clock.using(another_day()):
        day = spoken(out.published_at)
        after = contents(version.item)
        assert f"Published {day}" in after["page.en.html"].decode()
        served = client_of(small.editor).get(f"/items/{version.item.public_id}/").content.decode()
        assert f"Published {day}" in served
        assert f"{spoken(utc_today())} (UTC)" in served
        said = json.loads(client_of(small.editor).get(f"/items/{version.item.public_id}/item.json").content)
        assert said["published_on"] == out.published_at.date().isoformat()
        assert {step["on"] for step in said["steps"]} == {utc_today().isoformat()}
        # Two days for one step would narrow the hour at which somebody did unpublished work.
        for page in (served, after["page.en.html"].decode()):
            steps = page.partition('<ol class="steps">')[2].partition("</ol>")[0]
            assert set(re.findall('datetime="([^"]+)"', steps)) == {utc_today().isoformat()}
            assert day not in steps
            assert "Days as in the record (UTC)." in page
        assert build(out.entry.place) == proof
    same = {name for name in before if not name.startswith(("page.", "index.", "disclosure."))}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert day not in before["page.en.html"].decode()


def test_a_sign_off_stands_whatever_the_clock(small: Desk, tmp_path):
    version = ready(small)
    with clock.using(another_day()):
        public.publish(small.editor, version, tmp_path / "out")
    assert version.item.publications.exists()


def test_someone_acts_to_the_end_of_their_last_day_here(small: Desk):
    with clock.using(WEST):
        last = accounts.add_person(small.steward, "Last Day", [Role.CONTRIBUTOR], ends_on=clock.today())
        assert items.add_item(Actor(last.id), Given("a.txt", b"Words.")).number == 1
        assert client_of(Actor(last.id)).get("/desk/").status_code == 200
    with clock.using(EAST), pytest.raises(NotAllowed):
        items.add_item(Actor(last.id), Given("b.txt", b"Others."))


def test_a_last_day_that_makes_no_sense_is_refused_in_words(small: Desk):
    before = size()
    with pytest.raises(Refused, match="1 January 2020, is past"):
        accounts.add_person(small.steward, "Too Late", [Role.EDITOR], ends_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="1 January 2020 cannot be their last day: they were added on"):
        accounts.set_end(small.steward, named("Ann Author"), date(2020, 1, 1))
    assert size() == before
    page = client_of(small.steward).post(
        f"/desk/people/{named('Ann Author').pk}/last-day/", {"ends_on": "2020-01-01"}
    )
    assert b"cannot be their last day" in page.content


def test_the_day_of_today_here_is_not_refused_as_one_to_come(small: Desk):
    system = approved(small)
    with clock.using(EAST):
        record_terms(small.steward, system, clock.today(), training_opt_out=True, terms_url="")
        with pytest.raises(Refused):
            record_terms(small.steward, system, clock.today() + DAY, training_opt_out=True, terms_url="")


def test_a_deadline_is_told_on_the_clock_of_the_outlet(small: Desk):
    version = items.add_item(small.author, Given("a.txt", b"It rained."), title="Rain")
    broken = commands.break_glass(small.editor, version, "It cannot wait.", review_within=DAY)
    with clock.using("Pacific/Auckland"):
        local = clock.here(broken.review_due)
        page = client_of(small.other_editor).get(f"/desk/items/{version.item.public_id}/second-review")
        told = f"{spoken(local)}, {local:%H:%M}</time>"
        assert told in page.content.decode()
        assert broken.review_due.strftime("%Y-%m-%dT%H:%M:%SZ") in page.content.decode()


def test_the_setting_is_read_from_the_environment_and_the_file(tmp_path, monkeypatch):
    monkeypatch.delenv("MASTHEAD_TIME_ZONE")
    assert home.settings(tmp_path).time_zone == clock.of_machine()
    (tmp_path / "config.toml").write_text('time_zone = "America/St_Johns"\n', encoding="utf-8")
    assert home.settings(tmp_path).time_zone == "America/St_Johns"
    monkeypatch.setenv("MASTHEAD_TIME_ZONE", "Pacific/Auckland")
    assert home.settings(tmp_path).time_zone == "Pacific/Auckland"
