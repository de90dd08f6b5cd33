"""`masthead data`: erase, hold, let go and keep, each with an exit code that software can rely on."""

import os
from pathlib import Path

from tests.cli.terminal import Desk, at_a_terminal, process

AUTHOR, EDITOR, STEWARD = ("--by", "Noor Author"), ("--by", "Edda Editor"), ("--by", "Sol Steward")
GIVEN = "no-longer-needed, consent-withdrawn, objected, unlawful, legal-duty."
STORY = "# Quaylight papers\n\nThe Quaylight file says so.\n"


def place() -> dict[str, str]:
    """Where the record is, for a process of its own."""
    return {name: os.environ[name] for name in ("MASTHEAD_HOME", "MASTHEAD_DATABASE_URL")}


def brought_in(small: Desk) -> str:
    small.file("story.md", STORY)
    return str(small.json("item", "add", "story.md", *AUTHOR)["item"])


def test_a_look_and_the_deed_say_the_same(small: Desk) -> None:
    item = brought_in(small)
    erase = ("data", "erase", "--item", item, "--ground", "objected", *STEWARD)
    seen = small.json(*erase, "--dry-run")
    done = small.json(*erase, "--yes")
    assert seen["entry"] is None
    assert done["entry"] is not None
    assert seen | {"entry": done["entry"]} == done
    assert {"what", "where", "count"} == done["removed"][0].keys()
    assert {"what", "count", "ground", "why"} == done["kept"][0].keys()
    again = small.json(*erase, "--yes")
    assert (again["removed"], again["entry"]) == ([], None)
    assert small.json("log", "verify")["intact"] is True


def test_people_read_what_went_and_what_stays(small: Desk) -> None:
    item = brought_in(small)
    said = small("data", "erase", "--item", item, "--yes", *STEWARD).out
    assert "Erased:" in said
    assert "items_version.title" in said
    assert "ground: legal claims" in said
    assert "On record as entry" in said
    assert "sealed fields were erased since" in small("log", "verify").out


def test_without_a_yes_nothing_is_erased(small: Desk) -> None:
    item = brought_in(small)
    refused = small.json("data", "erase", "--item", item, *STEWARD, code=2)
    assert "--yes" in refused["error"]["remedy"]
    assert small.json("data", "erase", "--item", item, "--dry-run", *STEWARD)["removed"]


def test_grounds_that_no_person_gives_are_refused(small: Desk) -> None:
    item = brought_in(small)
    for ground in ("schedule", "restored"):
        refused = small("data", "erase", "--item", item, "--ground", ground, "--yes", *STEWARD)
        assert refused.code == 2, ground
        assert f"none of: {GIVEN}" in " ".join(refused.err.replace("│", " ").split())
    assert small.json("data", "erase", "--item", item, "--dry-run", *STEWARD)["removed"]


def test_a_look_goes_before_the_role_is_ended(small: Desk) -> None:
    erase = ("data", "erase", "--person", "Noor Author", *STEWARD)
    seen = small.json(*erase, "--dry-run", code=1)
    assert seen["removed"]
    assert "masthead person end 'Noor Author' contributor" in seen["first"]
    said = small(*erase, "--dry-run")
    assert (said.code, said.err) == (1, ""), "a look ends as the deed would"
    assert "masthead person end 'Noor Author' contributor" in " ".join(said.out.split())
    refused = small.json(*erase, "--yes", code=1)
    assert "masthead person end 'Noor Author' contributor" in refused["error"]["remedy"]
    assert small("person", "end", "Noor Author", "contributor", *STEWARD).code == 0
    assert small.json(*erase, "--dry-run")["first"] is None
    assert small.json(*erase, "--yes")["entry"] is not None


def test_at_a_terminal_it_asks_after_it_has_shown(small: Desk) -> None:
    item = brought_in(small)
    kept = at_a_terminal(
        "data", "erase", "--item", item, *STEWARD, cwd=small.folder, answers="n\n", **place()
    )
    assert "Would go:" in kept.out
    assert "Erase it, for good?" in kept.out
    assert kept.code == 2, kept.out
    assert "You did not agree; nothing of it was erased." in kept.out
    assert small.json("data", "erase", "--item", item, "--dry-run", *STEWARD)["removed"]


def test_a_process_of_its_own_erases_a_person_with_their_login(small: Desk) -> None:
    said = small("person", "login", "Noor Author", "--email", "noor@example.org", *STEWARD)
    assert said.code == 0, said
    works_here = process(
        "data", "erase", "--person", "Noor Author", "--yes", *STEWARD, cwd=small.folder, **place()
    )
    assert works_here.code == 1
    assert "still works here" in works_here.err
    assert small("person", "end", "Noor Author", "contributor", *STEWARD).code == 0
    done = process("data", "erase", "--person", "Noor Author", "--yes", *STEWARD, cwd=small.folder, **place())
    assert done.code == 0, done
    assert "their login" in done.out
    people = [each["name"] for each in small.json("person", "list")["people"]]
    assert "Noor Author" not in people
    assert sum(name.startswith("[erased ") for name in people) == 1
    unknown = small("data", "erase", "--person", "Noor Author", "--yes", *STEWARD)
    assert unknown.code == 2


def test_a_hold_stands_until_it_is_lifted(small: Desk) -> None:
    item = brought_in(small)
    hold = small.json("data", "hold", "--item", item, "--reason", "The court asked.", *EDITOR)
    (listed,) = small.json("data", "holds")["holds"]
    assert listed == hold
    assert (hold["on"], hold["role"], hold["set_by"]) == ("item", "editor", "Edda Editor")
    erase = ("data", "erase", "--item", item, *STEWARD)
    refused = small.json(*erase, "--yes", code=1)
    assert "masthead data holds" in refused["error"]["remedy"]
    seen = small.json(*erase, "--dry-run", code=1)
    assert seen["removed"]
    assert "masthead data holds" in seen["first"]
    asked = at_a_terminal(*erase, cwd=small.folder, answers="y\n", **place())
    assert asked.code == 1, asked.out
    assert "Would go:" in asked.out
    assert "Erase it, for good?" not in asked.out
    assert "The court asked." in small("data", "holds").out
    not_theirs = small("data", "lift", hold["id"][-8:], "--reason", "Over.", *EDITOR)
    assert not_theirs.code == 1
    assert small.json("data", "lift", hold["id"][-8:], "--reason", "Over.", *STEWARD)["lifted_on"]
    assert small.json("data", "holds") == {"holds": []}
    assert small("data", "holds").out == "Nothing is held.\n"


HELD = "A legal hold stands against it, set on "
LIFT = "See why it was set with `masthead data holds`; a steward can lift it."
AT_WORK = "The person to be erased still works here."
END_FIRST = (
    "Give them a last day that is past, or end their roles; then erase: `masthead person end 'Noor Author'"
    " contributor --by NAME`."
)


def test_each_cause_stands_in_a_line_of_its_own_with_its_own_way_out(small: Desk) -> None:
    small.json("data", "hold", "--person", "Noor Author", "--reason", "The court asked.", *EDITOR)
    erase = ("data", "erase", "--person", "Noor Author", *STEWARD)
    seen = small.json(*erase, "--dry-run", code=1)
    hold, at_work = seen["against"]
    assert hold["what"].startswith(HELD)
    assert (hold["remedy"], at_work) == (LIFT, {"what": AT_WORK, "remedy": END_FIRST})
    lines = [f"{each['what']} {each['remedy']}" for each in seen["against"]]
    looked = small(*erase, "--dry-run")
    assert looked.code == 1
    assert [line for line in looked.out.splitlines() if line in lines] == lines
    refused = small(*erase, "--yes")
    assert refused.code == 1
    assert refused.err.splitlines() == [f"Not done. {lines[0]}", lines[1], "Then do the same again."]
    assert small.json(*erase, "--yes", code=1)["error"]["what"].splitlines() == lines


def test_at_a_terminal_what_stands_against_it_is_said_once(small: Desk) -> None:
    small.json("data", "hold", "--person", "Noor Author", "--reason", "The court asked.", *EDITOR)
    erase = ("data", "erase", "--person", "Noor Author", *STEWARD)
    asked = at_a_terminal(*erase, cwd=small.folder, answers="y\n", **place(), COLUMNS="1000")
    assert asked.code == 1, asked.out
    assert [asked.out.count(each) for each in (HELD, LIFT, AT_WORK, END_FIRST)] == [1, 1, 1, 1]
    assert "Not done. Nothing was erased: what stands against it is said above." in asked.out


def test_the_help_says_that_a_look_ends_as_the_deed_would(small: Desk) -> None:
    told = " ".join(small("data", "erase", "--help").out.replace("│", " ").split())
    assert "1 refused, or a look at what would be" in told


def test_the_schedule_is_shown_and_set(small: Desk) -> None:
    assert all(each["days"] is None for each in small.json("data", "retention")["retention"])
    given = ("--set", "drafts", "--days", "90", "--reason", "Our rule.")
    found = small.json("data", "retention", *given, *STEWARD)["retention"]
    assert [each["days"] for each in found if each["what"] == "drafts"] == [90]
    brought_in(small)
    said = small("data", "retention").out
    assert "erased after 90 days. Due now: 0, held: 0." in said
    assert "The next falls due on" in said
    unsaid = small("data", "retention", "--set", "drafts", "--reason", "x", *STEWARD)
    assert unsaid.code == 2


def test_where_personal_data_can_stand_is_listed(small: Desk) -> None:
    places = {each["where"]: each["holds"] for each in small.json("data", "inventory")["inventory"]}
    assert places["accounts_person.name"] == "name"
    assert places["log: text"] == "asked"
    assert "items_version.title" in small("data", "inventory").out


def test_it_is_said_what_it_is_about_and_once(small: Desk) -> None:
    for words in ((), ("--person", "Noor Author", "--everything")):
        assert small("data", "hold", "--reason", "x", *words, *STEWARD).code == 2
    assert small("data", "erase", "--yes", *STEWARD).code == 2


def test_an_editor_erases_the_sources_of_an_item_and_it_goes_on(small: Desk) -> None:
    small.file("notes.md", "What Heronwitness told us.\n")
    small.file("story.md", STORY)
    item = str(small.json("item", "add", "story.md", "--source", "notes.md", *AUTHOR)["item"])
    for words in (("--sources", "--drafts", "--item", item), ("--person", "Noor Author", "--sources")):
        assert small("data", "erase", "--yes", *words, *EDITOR).code == 2
    erase = ("data", "erase", "--item", item, "--sources", "--ground", "objected", *EDITOR)
    assert small.json(*erase, "--dry-run")["part"] == "sources"
    assert "names, hashes and addresses of sources: 1" in small(*erase, "--yes").out
    assert "Nothing is left to erase." in small(*erase, "--yes").out
    drafts = small.json("data", "erase", "--item", item, "--drafts", "--yes", *EDITOR)
    assert (drafts["part"], drafts["removed"]) == ("drafts", [])
    whole = small("data", "erase", "--item", item, "--yes", *EDITOR)
    assert whole.code == 1
    assert small.json("log", "verify")["intact"] is True


def test_an_editor_who_waived_a_finding_is_told_whom_to_ask(small: Desk) -> None:
    small.file("notes.md", "What Heronwitness told us.\n")
    small.file("story.md", "The river rose by 40 percent, in 1987.\n")
    item = str(small.json("item", "add", "story.md", "--source", "notes.md", *AUTHOR)["item"])
    small.json("item", "check", item, *AUTHOR)
    finding = next(
        each["finding"] for each in small.json("item", "show", item)["obstacles"] if each["finding"]
    )
    because = ("--reason", "witnessed", "--note", "Heronwitness knows.")
    assert small("waive", item, finding[:8], *because, *EDITOR).code == 0
    erase = ("data", "erase", "--item", item, "--sources", "--ground", "objected", "--yes")
    for words in ((*erase, *EDITOR), (*erase, "--dry-run", *EDITOR)):
        refused = small(*words)
        assert refused.code == 1
        said = " ".join(refused.err.split())
        assert "Reasons that you wrote would go too" in said
        assert "Ask a steward" in said
    assert small(*erase, *STEWARD).code == 0


def test_where_nothing_was_ever_served_a_person_is_erased_too(tmp_path: Path) -> None:
    here = {"MASTHEAD_HOME": str(tmp_path / "home"), "MASTHEAD_DATABASE_URL": ""}

    def said(*words: str) -> int:
        return process(*words, cwd=tmp_path, **here).code

    founded = ("--name", "The Herald", "--person", "Sol Steward", "--profile", "small")
    assert said("init", *founded) == 0
    assert said("person", "add", "Noor Author", "--role", "contributor", *STEWARD) == 0
    assert said("person", "end", "Noor Author", "contributor", *STEWARD) == 0
    done = process("data", "erase", "--person", "Noor Author", "--yes", *STEWARD, cwd=tmp_path, **here)
    assert (done.code, done.err) == (0, "")
    assert "their name" in done.out


def test_a_legal_minimum_is_stated_shown_and_kept_to(small: Desk) -> None:
    law = "The archives act, § 7"
    refused = small.json("data", "minimum", "drafts", "--law", law, *STEWARD, code=2)
    assert "--none" in refused["error"]["remedy"]
    for words in (("--days", "90"), ("--days", "0", "--law", law)):
        small.json("data", "minimum", "drafts", *words, *STEWARD, code=1)
    small.json("data", "retention", "--set", "drafts", "--reason", "Ours.", *STEWARD, code=2)
    for command, refuses in (
        ("minimum", "Exit 1 where no law is"),
        ("retention", "Exit 1 where it would be"),
    ):
        told = " ".join(small("data", command, "--help").out.replace("│", " ").split())
        assert refuses in told
        assert "2 where it is not said how long" in told
    assert small.json("data", "minimum", "drafts", "--days", "90", "--law", law, *STEWARD)["days"] == 90
    assert f"A law asks for at least 90 days: {law}" in small("data", "retention").out
    shorter = ("data", "retention", "--set", "drafts", "--days", "89", "--reason", "Ours.", *STEWARD)
    said = "That is shorter than the legal minimum on record, 90 days: The archives act, § 7"
    assert said in small.json(*shorter, code=1)["error"]["what"]
    item = brought_in(small)
    looked = small("data", "erase", "--item", item, "--dry-run", *STEWARD)
    seen = looked.out
    assert looked.code == 1
    assert "A legal minimum stands against it until" in seen
    assert f"all of it, for at least 90 days from the last thing recorded of them: {law}" in seen
    assert small("data", "erase", "--item", item, "--yes", *STEWARD).code == 1
    small.json("data", "minimum", "drafts", "--none", "--law", "Repealed.", *STEWARD)
    told = {each["what"]: each for each in small.json("data", "retention")["retention"]}
    assert (told["drafts"]["minimum"], told["drafts"]["law"]) == (None, None)
    assert small("data", "erase", "--item", item, "--yes", *STEWARD).code == 0
