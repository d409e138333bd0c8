"""Lists: every state shown, filtered, sorted, in pages that follow each other."""

from datetime import timedelta

import pytest

from coprod import clock, contributions, moderation
from coprod.contributions import Answered, Order, Wanted
from coprod.events import HideRule, Kind, Role, Sector
from tests.make import a_contribution, a_person, a_place, someone_who

pytestmark = pytest.mark.usefixtures("app")


def ids(wanted, limit=2):
    """Everything a list holds, read page by page."""
    seen, after = [], None
    while True:
        page = contributions.listed(wanted, after, limit)
        seen += [item.id for item in page.items]
        if page.after is None:
            return seen
        after = page.after


@pytest.fixture
def five(noon):
    place = a_place()
    made = []
    for n in range(5):
        with clock.at(noon + timedelta(days=n)):
            made.append(a_contribution(place, title=f"Idea {n}"))
    return place, [c.id for c in made]


def test_newest_come_first_and_oldest_if_asked(five):
    place, made = five
    assert ids(Wanted(place_id=place.id)) == made[::-1]
    assert ids(Wanted(place_id=place.id, order=Order.OLDEST)) == made


def test_most_supported_come_first(five):
    place, made = five
    for _ in range(2):
        contributions.support(a_person().id, made[1], sector=Sector.RESIDENT)
    contributions.support(a_person().id, made[3], sector=Sector.RESIDENT)
    assert ids(Wanted(place_id=place.id, order=Order.MOST_SUPPORTED))[:2] == [made[1], made[3]]


def test_the_random_order_is_the_same_for_a_seed_and_holds_everything(five):
    place, made = five
    orders = {tuple(ids(Wanted(place_id=place.id, order=Order.FAIR, seed=s))) for s in range(30)}
    again = tuple(ids(Wanted(place_id=place.id, order=Order.FAIR, seed=7)))
    assert again in orders
    assert all(sorted(order) == sorted(made) for order in orders)
    assert len(orders) > 5


def test_hidden_words_stay_on_the_list(five):
    place, made = five
    moderation.hide(someone_who(Role.MODERATOR, place=place).id, made[0], rule=HideRule.ABUSE)
    assert made[0] in ids(Wanted(place_id=place.id))
    assert contributions.count(Wanted(place_id=place.id)) == 5


def test_a_list_narrows_by_what_is_asked(five):
    place, made = five
    other = a_contribution(place, sector=Sector.LIVED_EXPERIENCE, kind=Kind.CONCERN)
    assert ids(Wanted(place_id=place.id, sector=Sector.LIVED_EXPERIENCE)) == [other.id]
    assert ids(Wanted(place_id=place.id, kind=Kind.CONCERN)) == [other.id]
    assert ids(Wanted(place_id=place.id, answered=Answered.REPLIED)) == []
    assert len(ids(Wanted(place_id=place.id, answered=Answered.WAITING))) == 6
    assert ids(Wanted(author_id=other.author_id)) == [other.id]
    assert ids(Wanted(ids=[made[2]])) == [made[2]]


def test_a_place_shows_what_lies_within_it(five):
    place, made = five
    assert sorted(ids(Wanted(place_id=place.parent_id))) == sorted(made)
    assert ids(Wanted(place_id=a_place().id)) == []


def test_a_page_costs_the_same_for_five_as_for_one(five, statements):
    place, _ = five
    statements.clear()
    contributions.listed(Wanted(place_id=place.id), limit=1)
    one = len(statements)
    statements.clear()
    contributions.listed(Wanted(place_id=place.id), limit=5)
    assert len(statements) == one == 1
