import json
from pathlib import Path

from tests.cli.terminal import MENDED, NOTES, STORY, WRITER, Desk

AUTHOR, EDITOR, STEWARD = ("--by", "Noor Author"), ("--by", "Edda Editor"), ("--by", "Sol Steward")


def brought_in(small: Desk, words: str = MENDED) -> str:
    small.file("story.md", words)
    small.file("notes.txt", NOTES)
    told = small.json("item", "add", "story.md", "--source", "notes.txt", "--ai", WRITER, *AUTHOR)
    return str(told["item"])


def test_who_may_not_sign_off_is_refused_before_the_words_are_shown(small: Desk) -> None:
    small.file("story.md", STORY)
    item = small.json("item", "add", "story.md", "--by", "Noor Author")["item"]
    said = small("signoff", item, "--by", "Noor Author")
    assert said.code == 1, said
    assert said.out == ""


def test_one_brings_in_another_signs_off_and_either_publishes(small: Desk) -> None:
    item = brought_in(small)
    signed = small.json("signoff", item[:6], "--yes", *EDITOR)
    assert len(signed.pop("canonical_sha256")) == 64
    assert signed == {
        "item": item,
        "version": 1,
        "role": "editor",
        "self_signed": False,
        "obstacles": [],
    }
    told = small.json("publish", item, *AUTHOR)
    assert told["self_signed"] is False
    assert told["folder"] == str(Path("published") / item)


def test_the_author_cannot_sign_off_and_an_editor_cannot_sign_their_own(small: Desk) -> None:
    item = brought_in(small)
    refused = small.json("signoff", item, "--yes", *AUTHOR, code=1)
    assert "editor" in refused["error"]["remedy"]
    small.file("mine.md", "# Mine\n\nThe repair costs 4.2 million euros. Again.\n")
    held = small.json(
        "publish", "mine.md", "--source", "notes.txt", "--ai", WRITER, "--sign-off", "Edda Editor", code=1
    )
    assert [each["code"] for each in held["obstacles"]] == ["sign_off_by_author"]
    # One who signs and publishes in one breath is another way, and no step after this.
    assert held["obstacles"][0]["commands"] == [f"masthead signoff {held['item'][:8]} --by NAME"]


def test_nobody_signs_in_the_name_of_another_and_the_way_out_can_be_copied(small: Desk) -> None:
    item = brought_in(small)
    refused = small.json("publish", item, "--sign-off", "Edda Editor", *AUTHOR, code=2)
    assert refused["error"]["remedy"] == (
        "Have them run `masthead signoff ITEM --by NAME`; then run `masthead publish ITEM --by NAME`."
    )


def test_a_finding_is_waived_by_an_editor_with_a_reason_from_the_list(small: Desk) -> None:
    item = brought_in(small, STORY)
    (finding,) = [
        each["finding"] for each in small.json("item", "show", item)["obstacles"] if each["finding"]
    ]
    assert small.json("waive", item, finding[:8], "--reason", "witnessed", *AUTHOR, code=1)["error"]
    told = small.json("waive", item, finding[:8], "--reason", "Own_Calculation", *EDITOR)
    assert told == {"item": item, "finding": finding, "reason": "own calculation"}
    shown = small("item", "show", item)
    assert "waived  " in shown.out
    assert f"$ masthead signoff {item[:8]} --by NAME" in shown.out


def test_a_change_of_meaning_kills_the_sign_off_and_a_change_of_form_does_not(small: Desk) -> None:
    item = brought_in(small)
    small.json("signoff", item, "--yes", *EDITOR)
    small.file("form.md", MENDED.replace("The bridge", "The  *bridge*"))
    assert small.json("item", "add", "form.md", "--version-of", item, *AUTHOR)["clear"] is True
    small.file("meaning.md", MENDED.replace("costs", "may cost"))
    shown = small.json("item", "add", "meaning.md", "--version-of", item, *AUTHOR)
    assert [each["code"] for each in shown["obstacles"]] == ["sign_off_died"]


def test_a_paused_system_stops_the_item_and_approving_it_again_lets_it_go(small: Desk) -> None:
    item = brought_in(small)
    small.json("signoff", item, "--yes", *EDITOR)
    assert (
        small.json("register", "pause", "quill drafter 3", "--reason", "leak", *EDITOR)["status"] == "paused"
    )
    held = small.json("publish", item, *AUTHOR, code=1)
    (obstacle,) = held["obstacles"]
    assert obstacle["code"] == "system_paused"
    assert "masthead register approve 'Quill Drafter 3' --by NAME" in obstacle["commands"]
    small.json("register", "approve", "Quill Drafter 3", *STEWARD)
    small.json("publish", item, *AUTHOR)


def test_terms_that_are_not_on_record_can_be_put_there_by_the_command_it_names(small: Desk) -> None:
    small.json("register", "add", "Bare Tool", "--accountable", "Sol Steward", *STEWARD)
    small.json("register", "approve", "Bare Tool", *STEWARD)
    small.file("story.md", MENDED)
    small.file("notes.txt", NOTES)
    add = ("item", "add", "story.md", "--source", "notes.txt", "--ai", "Bare Tool, drafting, T2", *AUTHOR)
    shown = small(*add)
    assert (
        "masthead register terms 'Bare Tool' --checked DATE --opt-out --by NAME" in shown.out + shown.err
        or ("data is not on record" in shown.out)
    )
    told = small.json("register", "terms", "Bare Tool", "--checked", "2026-01-02", "--opt-out", *STEWARD)
    assert (told["terms_checked_on"], told["training_opt_out"]) == ("2026-01-02", True)
    assert small.json(
        "register", "terms", "Bare Tool", "--checked", "2999-01-01", "--opt-out", *STEWARD, code=1
    )


def test_glass_is_broken_with_a_reason_and_reviewed_by_someone_else(small: Desk) -> None:
    item = brought_in(small, STORY)
    told = small.json("publish", item, "--break-glass", "The river rises.", *EDITOR)
    assert told["stage"] == "published"
    shown = small.json("item", "show", item)
    assert [each["reviewed"] for each in shown["break_glass"]] == [False]
    assert small.json("review", item, "--uphold", *EDITOR, code=1)["error"]
    assert small.json("review", item, "--uphold", *STEWARD) == {
        "item": item,
        "version": 1,
        "upheld": True,
    }


def test_a_review_names_what_it_is_of_and_asks_where_several_wait(small: Desk) -> None:
    item = brought_in(small, STORY)
    small.json("publish", item, "--break-glass", "The river rises.", *EDITOR)
    small.file("again.md", f"{STORY}\n\nIt rose again.")
    small.json("item", "add", "again.md", "--version-of", item, *AUTHOR)
    small.json("publish", item, "--break-glass", "It rises again.", *EDITOR)
    said = small.json("review", item, "--uphold", *STEWARD, code=1)["error"]
    assert "1, 2" in said["what"]
    assert "which version" in said["remedy"]
    shown = small("review", item, "--object", "--version", "2", *STEWARD).out
    assert "version 2, decided on" in shown
    assert "Correct it or withdraw it now" in " ".join(shown.split())
    broken = small.json("item", "show", item)["break_glass"]
    assert [(each["version"], each["reviewed"]) for each in broken] == [(1, False), (2, True)]
    assert small.json("review", item, "--uphold", *STEWARD)["version"] == 1
    assert small.json("review", item, "--uphold", "--version", "3", *STEWARD, code=2)["error"]


def test_a_source_and_an_ai_use_can_be_added_later(small: Desk) -> None:
    small.file("story.md", MENDED)
    small.file("notes.txt", NOTES)
    item = small.json("item", "add", "story.md", "--ai", WRITER, *AUTHOR)["item"]
    assert small.json("item", "source", item, "notes.txt", *AUTHOR)["sources"][0]["label"] == "notes.txt"
    shown = small.json(
        "item", "use", item, "--ai", "Quill Drafter 3, headline, T1", "--part", "0", "10", *AUTHOR
    )
    assert len(shown["ai_uses"]) == 2
    assert small.json("item", "check", item, *AUTHOR)["checked"] is True


def test_who_acts_must_be_said_where_several_work(small: Desk) -> None:
    said = small.json("item", "add", "story.md", code=2)
    assert "--by" in said["error"]["remedy"]


def test_people_come_get_roles_lose_them_and_are_listed(small: Desk) -> None:
    added = small.json("person", "add", "Duty Desk", "--role", "staff-representative", "--office", *STEWARD)
    assert added == {"name": "Duty Desk", "office": True, "until": None, "roles": ["staff representative"]}
    assert small.json("person", "grant", "Duty Desk", "editor", *STEWARD)["roles"][0] == "editor"
    assert small.json("person", "end", "Duty Desk", "editor", *STEWARD)["roles"] == ["staff representative"]
    assert len(small.json("person", "list")["people"]) == 4


def test_the_register_answers_in_json_and_in_prose(small: Desk) -> None:
    told = small.json("register", "use", "Quill Drafter 3", "--tier", "T1", "--stage", "promotion", *AUTHOR)
    assert {case["tier"] for case in told["use_cases"]} == {"T1", "T2"}
    assert small.json("register", "show", "Quill Drafter 3") == told
    assert small.json("register", "list")["systems"] == [told]
    assert "Quill Drafter 3: approved" in small("register", "list").out
    assert small.json("register", "retire", "Quill Drafter 3", *STEWARD)["status"] == "retired"


def test_the_log_is_intact_until_somebody_reaches_around_us(small: Desk) -> None:
    item = brought_in(small)
    small.json("signoff", item, "--yes", *EDITOR)
    small.json("publish", item, "--out", "site", *AUTHOR)
    assert small.json("log", "verify")["intact"] is True
    assert small("log", "verify").out.startswith("Intact: all ")


def test_a_bundle_verifies_with_the_key_and_says_so_without_it(small: Desk, home: Path) -> None:
    item = brought_in(small)
    small.json("signoff", item, "--yes", *EDITOR)
    small.json("publish", item, "--out", "site", *AUTHOR)
    bundle = small.folder / "site" / "bundle.json"
    key = str(home / "keys" / "log.pub")
    assert small.json("log", "verify", "--bundle", str(bundle), "--key", key)["signed"] is True
    assert small.json("log", "verify", "--bundle", str(bundle), code=3)["signed"] is False
    small.file("junk.json", "{]")
    assert small.json("log", "verify", "--bundle", "junk.json", code=2)["error"]
    assert small.json("log", "verify", "--bundle", str(bundle), "--key", "nonsense", code=2)["error"]
    forged = json.loads(bundle.read_text())
    forged["entries"][-1]["opened"][0]["value"] = "forged"
    small.file("forged.json", json.dumps(forged, separators=(",", ":"), ensure_ascii=False) + "\n")
    told = small.json("log", "verify", "--bundle", "forged.json", "--key", key, code=1)
    assert told["intact"] is False
    assert told["why"]
