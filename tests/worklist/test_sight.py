"""The lines that a person may see are those of the items they may see: every role, whoever's item."""

from itertools import combinations

import pytest
from tests.newsroom.desk import ready, text

from masthead.newsroom.items.commands import add_item, add_version, protect
from masthead.newsroom.items.models import Item
from masthead.newsroom.items.sight import may_see_drafts, visible
from masthead.newsroom.review import commands
from masthead.newsroom.worklist import catch_up, sight
from masthead.newsroom.worklist.models import Line
from masthead.vocabulary import Role


@pytest.fixture
def items(small):
    """Drafts and what is out, protected and not, by the author, by an editor, and by both."""
    made = []
    for out in (False, True):
        for protected in (False, True):
            for both in (False, True):
                version = ready(small)
                made.append(version.item)
                if out:
                    commands.publish(small.editor, version)
                if both:
                    add_version(small.editor, version, text("Another text altogether."), language="en")
                if protected:
                    protect(small.editor, version.item, protected=True)
    add_item(small.other_editor, text("A third."), language="en")
    catch_up()
    return made


def test_lists_show_what_the_items_own_rules_show(small, items):
    people = [small.author, small.editor, small.other_editor, small.steward]
    for count in (0, 1, 2):
        for roles in combinations(Role, count):
            for person in people:
                whose = person.person_id
                seen = set(Line.objects.filter(sight.seen(whose, roles)).values_list("item", flat=True))
                assert seen == set(visible(whose, roles).values_list("pk", flat=True)), (roles, person)
                drafts = Line.objects.filter(sight.drafts_seen(whose, roles)).values_list("item", flat=True)
                expected = {item.pk for item in Item.objects.all() if may_see_drafts(item, whose, roles)}
                assert set(drafts) == expected, (roles, person)
