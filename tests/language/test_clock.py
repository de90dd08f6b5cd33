"""The outlet's clock: whose day it is, what an hour is called, and what no clock changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead import clock, labels
from masthead.labels.dates import spoken, spoken_time, spoken_time_utc, spoken_utc
from masthead.labels.record import Change, Record
from masthead.language import using
from masthead.vocabulary import Medium

NOON_EAST = datetime(2026, 11, 22, 11, 27, tzinfo=UTC)
"""In Auckland the 23rd begins at 11:00 UTC."""
EARLY = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)
"""In St John's it is still the 21st until 3:30 UTC."""
ZONES = (
    "UTC",
    "Europe/Paris",
    "Pacific/Auckland",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "America/Havana",
)


@pytest.mark.parametrize(
    ("zone", "at", "english", "french"),
    [
        ("UTC", NOON_EAST, "22 November 2026, 11:27 UTC", "22 novembre 2026 à 11 h 27 UTC"),
        ("Europe/Paris", NOON_EAST, "22 November 2026, 12:27", "22 novembre 2026 à 12 h 27"),
        ("Pacific/Auckland", NOON_EAST, "23 November 2026, 00:27", "23 novembre 2026 à 0 h 27"),
        ("America/St_Johns", EARLY, "21 November 2026, 22:35", "21 novembre 2026 à 22 h 35"),
    ],
)
def test_a_time_is_told_on_the_clock_of_the_outlet(zone, at, english, french):
    with clock.using(zone):
        assert spoken_time(at) == english
        with using("fr"):
            assert spoken_time(at).replace("\N{NO-BREAK SPACE}", " ") == french


def test_the_day_is_that_of_the_outlet_and_beside_a_proof_that_of_the_record():
    with clock.using("Pacific/Auckland"):
        assert spoken(NOON_EAST) == "23 November 2026"
        assert clock.day_of(NOON_EAST) == date(2026, 11, 23)
        assert clock.utc_day(NOON_EAST) == date(2026, 11, 22)
        assert spoken_utc(NOON_EAST) == "22 November 2026 (UTC)"
        assert spoken_time_utc(NOON_EAST) == "22 November 2026, 11:27 UTC"
        assert spoken(date(2026, 11, 22)) == "22 November 2026"  # a day is nobody's to move


def test_the_hour_that_comes_twice_says_which_it_is():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with clock.using("Europe/Paris"):
        assert spoken_time(first - timedelta(hours=1)) == "25 October 2026, 01:30"
        assert spoken_time(first) == "25 October 2026, 02:30 UTC+2"
        assert spoken_time(first + timedelta(hours=1)) == "25 October 2026, 02:30 UTC+1"
        assert spoken_time(first + timedelta(hours=2)) == "25 October 2026, 03:30"
    with clock.using("America/St_Johns"):
        assert spoken_time(datetime(2026, 11, 1, 3, 45, tzinfo=UTC)) == "1 November 2026, 01:15 UTC-2:30"


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_on_which_the_clocks_change_is_whole(day, hours):
    with clock.using("Europe/Paris"):
        assert round((clock.ends(day) - clock.begins(day)) / timedelta(hours=1)) == hours


@given(st.integers(631_152_000, 4_102_444_800), st.sampled_from(ZONES))
def test_every_moment_lies_in_its_day(seconds, zone):
    at = datetime.fromtimestamp(seconds, UTC)
    with clock.using(zone):
        day = clock.day_of(at)
        assert clock.begins(day) <= at <= clock.ends(day)


def test_what_a_person_is_told_follows_the_clock_and_what_software_reads_does_not():
    record = Record(
        "The Herald",
        Medium.TEXT,
        "en",
        "River",
        (),
        reviewed=True,
        responsible="The Herald",
        published_on=EARLY,
        corrections=(Change(NOON_EAST, "A number was wrong."),),
        withdrawn=Change(NOON_EAST, "It was wrong."),
    )
    in_utc = labels.json_ld(record)
    with clock.using("Pacific/Auckland"):
        said = labels.disclose(record)
        assert "Withdrawn on 23 November 2026." in said.line
        assert ("23 November 2026: A number was wrong.") in [told for _, told in said.details]
        assert days(labels.json_ld(record)) == days(in_utc) == ["2026-11-22"] * 3


def days(said: dict[str, Any]) -> list[str]:
    return [said["datePublished"], said["dateModified"], said["correction"][0]["datePublished"]]


@pytest.mark.parametrize(
    "name", ["Europe", "Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "", "a\0b"]
)
def test_a_zone_that_nobody_knows_is_refused(name):
    with pytest.raises(ValueError):
        clock.keep(name)
    assert clock.named_hour(EARLY) == "UTC"


@pytest.mark.parametrize(
    ("leads_to", "zone"),
    [
        ("/usr/share/zoneinfo/Europe/Paris", "Europe/Paris"),
        ("../usr/share/zoneinfo/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("/var/db/timezone/zoneinfo/Pacific/Auckland", "Pacific/Auckland"),
        ("/usr/share/zoneinfo/Etc/UTC", "UTC"),
        ("/usr/share/zoneinfo/Europe/Atlantis", "UTC"),
        ("/somewhere/else", "UTC"),
        ("", "UTC"),
    ],
)
def test_the_zone_of_a_machine_is_known_by_its_name_or_not_at_all(tmp_path: Path, leads_to, zone):
    local = tmp_path / "localtime"
    if leads_to:
        local.symlink_to(leads_to)
    else:
        local.write_bytes(b"TZif2")  # a copy, as some machines have it
    assert clock.of_machine(local) == zone
