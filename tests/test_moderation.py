"""What is kept from view stays counted, names its rule, and can be appealed."""

from pathlib import Path

import pytest

from coprod import contributions, identity, issues, moderation, record, search
from coprod.contributions import State
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import (
    AppealDecided,
    AppealMade,
    ContributionHidden,
    ContributionMade,
    ContributionShown,
    EraseReason,
    HideRule,
    Role,
    WordsErased,
)
from tests.make import a_contribution, a_person, a_place, someone_who, told

pytestmark = pytest.mark.usefixtures("app")


def kinds(contribution_id):
    return [type(event) for event in told(contribution_id)]


def test_hidden_words_leave_a_rule_and_are_no_longer_found():
    place = a_place()
    said = a_contribution(place, text="A marigold by the gate.")
    moderator = someone_who(Role.MODERATOR, place=place)

    moderation.hide(moderator.id, said.id, rule=HideRule.OFF_TOPIC)

    now = contributions.get(said.id)
    assert (now.state, now.rule) == (State.HIDDEN, HideRule.OFF_TOPIC)
    assert not search.find("marigold").hits
    assert kinds(said.id) == [ContributionMade, ContributionHidden]


def test_the_title_over_a_conversation_is_covered_with_the_words_it_came_from():
    place = a_place()
    said = a_contribution(place, title="Marigold the neighbour")
    moderator = someone_who(Role.MODERATOR, place=place)

    moderation.hide(moderator.id, said.id, rule=HideRule.PERSONAL_DETAILS)
    covered = issues.get(said.issue_id).title
    found = search.find("marigold").hits
    moderation.show(moderator.id, said.id)

    assert "Marigold" not in covered
    assert not found
    assert issues.get(said.issue_id).title == "Marigold the neighbour"
    moderation.erase(said.id, reason=EraseReason.THIRD_PARTY_REQUEST)
    assert "Marigold" not in issues.get(said.issue_id).title
    assert not search.find("marigold").hits


def test_an_appeal_upheld_shows_the_words_again():
    place = a_place()
    author = a_person()
    said = a_contribution(place, author=author, text="A marigold by the gate.")
    moderation.hide(someone_who(Role.MODERATOR, place=place).id, said.id, rule=HideRule.ABUSE)

    moderation.appeal(author.id, said.id, text="It abuses nobody.")
    moderation.decide_appeal(someone_who(Role.CHECKER, place=place).id, said.id, upheld=True)

    assert contributions.get(said.id).readable
    assert [hit.subject_id for hit in search.find("marigold").hits] == [said.id]
    assert kinds(said.id)[2:] == [AppealMade, AppealDecided, ContributionShown]


def test_whoever_hid_it_cannot_settle_the_appeal():
    place = a_place()
    author = a_person()
    said = a_contribution(place, author=author)
    moderator = someone_who(Role.MODERATOR, place=place)
    moderation.hide(moderator.id, said.id, rule=HideRule.ABUSE)
    moderation.appeal(author.id, said.id, text="No.")

    with pytest.raises(NotAllowed):
        moderation.decide_appeal(moderator.id, said.id, upheld=False)


def test_one_appeal_waits_at_a_time_and_none_is_made_up():
    place = a_place()
    author = a_person()
    said = a_contribution(place, author=author)
    checker = someone_who(Role.CHECKER, place=place)
    with pytest.raises(Refused):
        moderation.appeal(author.id, said.id, text="Nothing is hidden.")
    with pytest.raises(NotFound):
        moderation.decide_appeal(checker.id, said.id, upheld=True)
    moderation.hide(someone_who(Role.MODERATOR, place=place).id, said.id, rule=HideRule.SPAM)
    moderation.appeal(author.id, said.id, text="It is not spam.")
    with pytest.raises(Refused, match="already"):
        moderation.appeal(author.id, said.id, text="Again.")


def test_only_the_author_takes_words_back_and_they_stay_counted():
    place = a_place()
    author = a_person()
    said = a_contribution(place, author=author)
    with pytest.raises(NotAllowed):
        moderation.withdraw(a_person().id, said.id)

    moderation.withdraw(author.id, said.id)

    wanted = contributions.Wanted(place_id=place.id)
    assert contributions.get(said.id).state is State.WITHDRAWN
    assert contributions.count(wanted) == 1


def test_erased_words_and_their_salts_are_gone_and_the_entry_stays(app):
    said = a_contribution(title="Marigold title", text="Marigold words that must go.")
    before = record.maker(said.id)

    moderation.erase(said.id, reason=EraseReason.AUTHOR_REQUEST)

    gone = contributions.get(said.id)
    assert (gone.title, gone.text, gone.title_salt, gone.text_salt) == (None, None, None, None)
    assert record.maker(said.id).leaf == before.leaf
    assert kinds(said.id)[-1] is WordsErased
    with pytest.raises(Refused):
        moderation.erase(said.id, reason=EraseReason.AUTHOR_REQUEST)
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        file = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
        for kept in file.parent.glob(f"{file.name}*"):
            assert b"words that must go" not in kept.read_bytes(), kept


def test_an_erased_person_leaves_nameless_words():
    author = a_person(name="Agnes Marigold")
    said = a_contribution(author=author)

    identity.erase(author.id)

    assert contributions.get(said.id).shown_name is None
    assert identity.by_email(f"{author.email}") is None
    with pytest.raises(NotAllowed):
        a_contribution(author=author)
