"""Who may do what, written by hand: the oracle that the code is held to.

Nothing here is read from the code. It says what the design says ("Deny by default. Roles: contributor,
editor, steward, facilitator, staff representative, auditor (scoped, no drafts), administrator (no
content)"; and of protected items: "invisible to auditors and administrators") and what the desk was asked
for: "An administrator sees no content; an auditor no drafts." Whoever changes it decides who may do
something, and nothing else.
"""

ROLES = (
    "contributor",
    "editor",
    "steward",
    "facilitator",
    "staff representative",
    "auditor",
    "administrator",
)

_MAY = """
                                con  edi  ste  fac  sta  aud  adm
manage people                    .    .    x    .    .    .    x
give role                        .    .    x    .    .    .    .
adopt policy                     .    .    x    .    .    .    .
answer                           .    x    x    x    x    .    .
give evidence                    .    x    x    x    x    .    .
take on a corrective action      x    x    x    x    x    .    .
close a corrective action with a reason . .   x    .    .    .    .
register system                  x    x    x    .    .    .    .
decide on system                 .    .    x    .    .    .    .
pause system                     .    x    x    .    .    .    .
work on item                     x    x    .    .    .    .    .
waive                            .    x    .    .    .    .    .
lower tier                       .    x    .    .    .    .    .
sign off                         .    x    .    .    .    .    .
publish                          x    x    .    .    .    .    .
break glass                      .    x    .    .    .    .    .
correct                          .    x    .    .    .    .    .
withdraw                         .    x    .    .    .    .    .
answer question                  .    x    x    .    .    .    .
see own item                     x    x    .    .    .    .    .
see item                         .    x    x    .    .    .    .
see protected item               .    x    .    .    .    .    .
see the record of what is out    .    x    x    .    .    x    .
see register                     x    x    x    x    x    x    x
see log                          .    x    x    .    .    x    .
see people                       .    x    x    .    .    .    x
see checklist                    x    x    x    x    x    x    x
see settings                     .    .    x    .    .    .    x
manage connections               .    .    x    .    .    .    x
manage the keys of the log       .    .    x    .    .    .    x
manage witnesses                 .    .    x    .    .    .    x
acknowledge damage               .    .    x    .    .    .    x
see what is kept and held        .    .    x    .    .    .    x
erase data                       .    .    x    .    .    .    .
erase sources and drafts         .    x    x    .    .    .    .
set retention                    .    .    x    .    .    .    .
set hold                         .    x    x    .    .    .    .
lift hold                        .    .    x    .    .    .    .
"""

MAY: dict[str, frozenset[str]] = {
    " ".join(words[: -len(ROLES)]): frozenset(
        role for role, mark in zip(ROLES, words[-len(ROLES) :], strict=True) if mark == "x"
    )
    for words in map(str.split, _MAY.strip("\n").splitlines()[1:])
}
"""Of each action, the roles that allow it."""

SEEN: dict[str, str] = {
    "contributor": "own own_protected own_published",
    "editor": "own own_protected own_published"
    " other other_protected other_published other_published_protected",
    "steward": "other other_published",
    "auditor": "other_published",
    "facilitator": "",
    "staff representative": "",
    "administrator": "",
}
"""Of whose items a role sees the working record, by what they are to this person."""

NO_DRAFTS = frozenset({"auditor"})
"""Roles that see only what is out: what shows or touches drafts is closed to them."""

SCOPES: dict[str, tuple[str, ...]] = {
    "clearance": ("see own item", "see item", "see protected item"),
    "read": ("see own item", "see item", "see protected item"),
    "write": ("work on item",),
    "waive": ("waive",),
    "publish": ("publish",),
    "correct": ("correct",),
    "withdraw": ("withdraw",),
    "register": ("see register",),
    "questions": ("see own item", "see item", "see protected item"),
    "webhooks": ("manage connections",),
    "protected": ("see own item", "see item", "see protected item"),
}
"""Of each scope of a token, the actions of which a role of its person must allow one."""
