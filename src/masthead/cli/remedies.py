"""What to type to follow a remedy: errors say the same at every door, and the terminal adds the command."""

from collections.abc import Mapping

from masthead.language import Message

PEOPLE = "masthead person list"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "Publish it first.": ("masthead publish ITEM{by}",),
    "Bring a new one in.": ("masthead item add PATH{by}",),
    "See where it stands.": ("masthead item show ITEM",),
    "Look at one, then say which version you mean.": (
        "masthead item show ITEM",
        "masthead review ITEM --uphold --version NUMBER{by}",
    ),
    "Bring the change in as a new version.": ("masthead item add PATH --version-of ITEM{by}",),
    "Correct it, or bring a new version in.": ("masthead correct ITEM PATH --note WHAT{by}",),
    "See the findings of the newest version.": ("masthead item show ITEM",),
    "Add it to the register, with a person who answers for it.": (
        "masthead register add NAME --accountable PERSON{by}",
    ),
    "A steward puts on record who answers for it now; then do the same again.": (
        "masthead register answers NAME --accountable PERSON{by}",
    ),
    "See it in the register.": ("masthead register show NAME",),
    "See in the register where it stands.": ("masthead register show NAME",),
    "See the list of witnesses.": ("masthead witness list",),
    "Look for it among the items.": ("masthead item list",),
    "Bring it in as an item of its own.": ("masthead item add PATH{by}",),
    "Publish a correction that says so.": ("masthead correct ITEM PATH --note WHAT{by}",),
    "Look among the people who work here, or add them.": (PEOPLE, "masthead person add NAME --role ROLE{by}"),
    "By name only who works or worked here is found. Of others, take what they asked, or an item.": (PEOPLE,),
    "Give a name that tells them apart.": (PEOPLE,),
    "Look which roles they hold.": (PEOPLE,),
}
"""For a remedy, by its template, the commands that follow it; the words in capitals are for the person.

`{by}` is for who acts, where that must be said.
"""


def commands_of(remedy: Message) -> tuple[str, ...]:
    """The commands that follow a remedy; none where it takes no command."""
    from masthead.cli import desk

    offered = COMMANDS.get(remedy.template, ())
    return tuple(each.format(by=desk.by_name()) for each in offered)
